package io.pileus.lambda.filter;

import java.util.ArrayList;
import java.util.List;

/**
 * Text with {@code *} for any characters; {@code \*} and {@code \\} stand for themselves. Matching takes time in proportion to
 * the lengths of the text and the pattern, whatever they are.
 *
 * @param parts the text between the asterisks: one without an asterisk, two or more with
 */
record Wildcard(List<String> parts) {

    Wildcard {
        parts = List.copyOf(parts);
    }

    static Wildcard parse(String pattern) throws MalformedPatternException {
        List<String> parts = new ArrayList<>();
        StringBuilder part = new StringBuilder();
        for (int i = 0; i < pattern.length(); i++) {
            char c = pattern.charAt(i);
            if (c == '*') {
                if (i > 0 && part.isEmpty() && !parts.isEmpty()) {
                    throw new MalformedPatternException("Consecutive wildcard characters at pos " + (i - 1));
                }
                parts.add(part.toString());
                part.setLength(0);
            } else if (c == '\\') {
                i++;
                if (i == pattern.length() || pattern.charAt(i) != '*' && pattern.charAt(i) != '\\') {
                    throw new MalformedPatternException("Invalid escape character at pos " + (i - 1));
                }
                part.append(pattern.charAt(i));
            } else {
                part.append(c);
            }
        }
        parts.add(part.toString());
        return new Wildcard(parts);
    }

    boolean matches(String text) {
        String first = parts.getFirst();
        String last = parts.getLast();
        if (parts.size() == 1) {
            return text.equals(first);
        }
        if (text.length() < first.length() + last.length() || !text.startsWith(first) || !text.endsWith(last)) {
            return false;
        }
        int at = first.length();
        int end = text.length() - last.length();
        for (String middle : parts.subList(1, parts.size() - 1)) {
            int found = indexOf(text, middle, at, end);
            if (found < 0) {
                return false;
            }
            at = found + middle.length();
        }
        return at <= end;
    }

    /** Finds a part between two places, never looking back in the text (Knuth, Morris and Pratt). */
    private static int indexOf(String text, String part, int from, int to) {
        int[] fallback = new int[part.length() + 1];
        for (int i = 1, k = 0; i < part.length(); i++) {
            while (k > 0 && part.charAt(i) != part.charAt(k)) {
                k = fallback[k];
            }
            k = part.charAt(i) == part.charAt(k) ? k + 1 : k;
            fallback[i + 1] = k;
        }
        for (int i = from, k = 0; i < to; i++) {
            while (k > 0 && text.charAt(i) != part.charAt(k)) {
                k = fallback[k];
            }
            k = text.charAt(i) == part.charAt(k) ? k + 1 : k;
            if (k == part.length()) {
                return i - k + 1;
            }
        }
        return -1;
    }
}
