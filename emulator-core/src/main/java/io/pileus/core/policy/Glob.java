package io.pileus.core.policy;

import java.util.Arrays;

/**
 * A pattern of literal characters, {@code *} (any run) and {@code ?} (any one character). Matching takes at most
 * pattern × text steps, whatever the pattern.
 */
public final class Glob {
    private static final int RUN = -1;
    private static final int ONE = -2;

    private final int[] tokens;

    private Glob(int[] tokens) {
        this.tokens = tokens;
    }

    public static Glob of(String pattern) {
        return new Builder(pattern.length()).pattern(pattern).build();
    }

    /** Puts a glob together from pattern text and text that is meant literally. */
    static final class Builder {
        private int[] tokens;
        private int size;

        Builder(int capacity) {
            this.tokens = new int[Math.max(8, capacity)];
        }

        Builder pattern(String text) {
            for (int i = 0; i < text.length(); i++) {
                char c = text.charAt(i);
                if (c == '*') {
                    if (size == 0 || tokens[size - 1] != RUN) {
                        add(RUN);
                    }
                } else {
                    add(c == '?' ? ONE : c);
                }
            }
            return this;
        }

        Builder literal(String text) {
            text.chars().forEach(this::add);
            return this;
        }

        private void add(int token) {
            if (size == tokens.length) {
                tokens = Arrays.copyOf(tokens, size * 2);
            }
            tokens[size++] = token;
        }

        Glob build() {
            return new Glob(Arrays.copyOf(tokens, size));
        }
    }

    /** The text, when the pattern has no wildcard; wildcards as written otherwise. */
    String text() {
        StringBuilder text = new StringBuilder(tokens.length);
        for (int token : tokens) {
            text.append(token == RUN ? '*' : token == ONE ? '?' : (char) token);
        }
        return text.toString();
    }

    public boolean matches(String text) {
        return matches(text, false);
    }

    public boolean matchesIgnoringCase(String text) {
        return matches(text, true);
    }

    private boolean matches(String text, boolean ignoreCase) {
        int t = 0;
        int p = 0;
        int lastRun = -1;
        int resumeAt = 0;
        while (t < text.length()) {
            if (p < tokens.length && tokens[p] == RUN) {
                lastRun = p++;
                resumeAt = t;
            } else if (p < tokens.length && (tokens[p] == ONE || same(tokens[p], text.charAt(t), ignoreCase))) {
                p++;
                t++;
            } else if (lastRun >= 0) {
                p = lastRun + 1;
                t = ++resumeAt;
            } else {
                return false;
            }
        }
        while (p < tokens.length && tokens[p] == RUN) {
            p++;
        }
        return p == tokens.length;
    }

    private static boolean same(int token, char c, boolean ignoreCase) {
        return token == c
                || (ignoreCase && token >= 0 && Character.toLowerCase((char) token) == Character.toLowerCase(c));
    }

    /**
     * The pattern cut at its first {@code parts - 1} colons, as ARN operators compare; fewer where it has fewer colons.
     */
    Glob[] splitAtColons(int parts) {
        Glob[] result = new Glob[parts];
        int count = 0;
        int from = 0;
        for (int i = 0; i < tokens.length && count < parts - 1; i++) {
            if (tokens[i] == ':') {
                result[count++] = new Glob(Arrays.copyOfRange(tokens, from, i));
                from = i + 1;
            }
        }
        result[count++] = new Glob(Arrays.copyOfRange(tokens, from, tokens.length));
        return Arrays.copyOf(result, count);
    }
}
