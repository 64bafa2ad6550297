package io.pileus.stepfunctions.jsonata;

import com.dashjoin.jsonata.JException;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Ends an evaluation whose regular expressions backtrack without end. One per evaluation.
 *
 * <p>The library hands texts to Java's regular expressions, which nothing can stop. So each pattern is rehearsed on each
 * text that it may be used on, with a text that counts how often it is looked at; only what ends in time is left to the
 * library. Patterns and texts are the values that the evaluation comes across, in whatever way they meet.
 */
final class RegexBounds {
    /** All expressions of one evaluation together may look at so many characters: less than a second of work. */
    private static final long LOOKS_MAX = 50_000_000;

    /** Shorter texts end soon, whatever the pattern. */
    private static final int TEXT_MIN = 20;

    private static final int RECENT_MAX = 64;
    private static final int REMEMBERED_MAX = 1_000;

    private final Set<Pattern> patterns = Collections.newSetFromMap(new IdentityHashMap<>());

    /** Texts, and lists that may hold some, which came before their pattern. */
    private final Deque<Object> recent = new ArrayDeque<>();

    private final Map<Pattern, Map<String, Boolean>> rehearsed = new IdentityHashMap<>();
    private long looks;

    /** A value that the evaluation came across. */
    void saw(@Nullable Object value) {
        if (value instanceof Pattern pattern) {
            if (patterns.add(pattern)) {
                recent.forEach(text -> rehearseAll(pattern, text));
            }
            return;
        }
        boolean longText = value instanceof String text && text.length() >= TEXT_MIN;
        if (longText || value instanceof List<?>) {
            patterns.forEach(pattern -> rehearseAll(pattern, value));
            recent.addLast(value);
            if (recent.size() > RECENT_MAX) {
                recent.removeFirst();
            }
        }
    }

    private void rehearseAll(Pattern pattern, Object value) {
        if (value instanceof String text) {
            rehearse(pattern, text);
        } else if (value instanceof List<?> list) {
            for (Object element : list) {
                if (element instanceof String text && text.length() >= TEXT_MIN) {
                    rehearse(pattern, text);
                }
            }
        }
    }

    private void rehearse(Pattern pattern, String text) {
        Map<String, Boolean> texts = rehearsed.computeIfAbsent(pattern, missing -> new IdentityHashMap<>());
        if (texts.put(text, true) != null) {
            return;
        }
        if (texts.size() > REMEMBERED_MAX) {
            texts.clear();
        }
        Matcher matcher = pattern.matcher(new CountedText(text));
        while (matcher.find()) {
            if (matcher.end() == text.length()) {
                return;
            }
        }
    }

    private final class CountedText implements CharSequence {
        private final String text;

        CountedText(String text) {
            this.text = text;
        }

        @Override
        public char charAt(int index) {
            if (++looks > LOOKS_MAX) {
                throw new JException("Expression evaluation timeout: Check for infinite loop", -1);
            }
            return text.charAt(index);
        }

        @Override
        public int length() {
            return text.length();
        }

        @Override
        public CharSequence subSequence(int start, int end) {
            return new CountedText(text.substring(start, end));
        }

        @Override
        public String toString() {
            return text;
        }
    }
}
