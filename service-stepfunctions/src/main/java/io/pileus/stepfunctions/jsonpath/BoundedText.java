package io.pileus.stepfunctions.jsonpath;

import java.util.regex.Pattern;

/** A text that lets a regular expression look at it only so often, so that a pattern that backtracks without end fails. */
final class BoundedText implements CharSequence {
    private static final int LOOKS_MAX = 10_000_000;

    private final String text;
    private final int[] looks;

    private BoundedText(String text, int[] looks) {
        this.text = text;
        this.looks = looks;
    }

    /** Whether the whole text matches; a match that takes too long is none. */
    static boolean matches(Pattern pattern, String text) {
        try {
            return pattern.matcher(new BoundedText(text, new int[1])).matches();
        } catch (TooManyLooks | StackOverflowError e) {
            return false;
        }
    }

    @Override
    public char charAt(int index) {
        if (++looks[0] > LOOKS_MAX) {
            throw new TooManyLooks();
        }
        return text.charAt(index);
    }

    @Override
    public int length() {
        return text.length();
    }

    @Override
    public CharSequence subSequence(int start, int end) {
        return new BoundedText(text.substring(start, end), looks);
    }

    @Override
    public String toString() {
        return text;
    }

    private static final class TooManyLooks extends RuntimeException {
        TooManyLooks() {
            super(null, null, false, false);
        }
    }
}
