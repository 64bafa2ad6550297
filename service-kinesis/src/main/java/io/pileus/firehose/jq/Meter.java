package io.pileus.firehose.jq;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * What one evaluation has used. A step is one node of the query applied to one value, one value looked at in depth, or one character
 * that a regular expression looks at; a step takes well under a microsecond, so that the steps bound the time too.
 */
final class Meter {
    private final long stepsMax;
    private final long charactersMax;
    private final int depthMax;
    private long steps;
    private long characters;
    private int depth;

    Meter(Jq.Limits limits) {
        this.stepsMax = limits.steps();
        this.charactersMax = limits.characters();
        this.depthMax = limits.depth();
    }

    void step() {
        steps(1);
    }

    void steps(long count) {
        steps += count;
        if (steps > stepsMax) {
            throw new JqLimitException("The query takes more than " + stepsMax + " steps");
        }
    }

    /** Counts text before it is made. */
    void text(long length) {
        characters += length;
        if (characters > charactersMax) {
            throw new JqLimitException("The query makes more than " + charactersMax + " characters of text");
        }
    }

    void enter() {
        step();
        if (++depth > depthMax) {
            throw new JqLimitException("The query is nested more than " + depthMax + " deep");
        }
    }

    void leave() {
        depth--;
    }

    int depth() {
        return depth;
    }

    /** Back to the depth from before, after an exception has left some levels. */
    void depth(int before) {
        depth = before;
    }

    /** Counts every value within; what a query builds may share parts, so that it is larger when walked than in memory. */
    void walk(JsonNode value) {
        walk(value, 0);
    }

    private void walk(JsonNode value, int level) {
        step();
        if (value.isTextual()) {
            text(value.textValue().length());
        }
        if (level > depthMax) {
            throw new JqLimitException("A value is nested more than " + depthMax + " deep");
        }
        for (JsonNode member : value) {
            walk(member, level + 1);
        }
    }

    /** The text as a regular expression may look at it: each look is a step. */
    CharSequence metered(CharSequence text) {
        return new MeteredText(text);
    }

    private final class MeteredText implements CharSequence {
        private final CharSequence text;

        MeteredText(CharSequence text) {
            this.text = text;
        }

        @Override
        public int length() {
            return text.length();
        }

        @Override
        public char charAt(int index) {
            step();
            return text.charAt(index);
        }

        @Override
        public CharSequence subSequence(int start, int end) {
            return text.subSequence(start, end);
        }

        @Override
        public String toString() {
            return text.toString();
        }
    }
}
