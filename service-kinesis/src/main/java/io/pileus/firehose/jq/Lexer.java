package io.pileus.firehose.jq;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Cuts a query into tokens. A string is one token with its parts; an expression in it is a list of tokens of its own. */
final class Lexer {
    private static final List<String> SYMBOLS = List.of(
            "//=", "|=", "+=", "-=", "*=", "/=", "%=", "==", "!=", "<=", ">=", "//", "..", "?", "|", ",", ".", "[", "]",
            "{", "}", "(", ")", ":", ";", "=", "<", ">", "+", "-", "*", "/", "%", "$");
    private static final String LOCATION = "$__loc__";
    private static final int NESTING_MAX = 20;

    private final String source;
    private final int nesting;
    private int at;

    private Lexer(String source, int at, int nesting) {
        if (nesting > NESTING_MAX) {
            throw new JqSyntaxException("strings are nested too deeply");
        }
        this.source = source;
        this.at = at;
        this.nesting = nesting;
    }

    /** A token. */
    sealed interface Token {
        record Symbol(String text) implements Token {}

        record Word(String text) implements Token {}

        /** {@code .name}, written without a space. */
        record Field(String name) implements Token {}

        record Number(String text) implements Token {}

        /** {@code @name}. */
        record FormatName(String name) implements Token {}

        /** Parts are {@link Chars} and {@link Embedded}. */
        record Text(List<Part> parts) implements Token {}

        /** {@code $__loc__}, and the line it stands in. */
        record Location(int line) implements Token {}

        record End() implements Token {}
    }

    sealed interface Part {}

    record Chars(String chars) implements Part {}

    record Embedded(List<Token> tokens) implements Part {}

    static List<Token> tokens(String source) {
        Lexer lexer = new Lexer(source, 0, 0);
        List<Token> tokens = new ArrayList<>();
        for (Optional<Token> token = lexer.next(); token.isPresent(); token = lexer.next()) {
            tokens.add(token.get());
        }
        return tokens;
    }

    private Optional<Token> next() {
        skipSpace();
        if (at >= source.length()) {
            return Optional.empty();
        }
        char c = source.charAt(at);
        if (c == '"') {
            return Optional.of(text());
        }
        if (isDigit(c) || (c == '.' && at + 1 < source.length() && isDigit(source.charAt(at + 1)))) {
            return Optional.of(number());
        }
        if (isLetter(c)) {
            return Optional.of(new Token.Word(name()));
        }
        if (c == '.' && at + 1 < source.length() && isLetter(source.charAt(at + 1))) {
            at++;
            return Optional.of(new Token.Field(name()));
        }
        if (c == '@' && at + 1 < source.length() && isLetter(source.charAt(at + 1))) {
            at++;
            return Optional.of(new Token.FormatName(name()));
        }
        if (isLocation()) {
            int line = 1
                    + (int) source.substring(0, at)
                            .chars()
                            .filter(each -> each == '\n')
                            .count();
            at += LOCATION.length();
            return Optional.of(new Token.Location(line));
        }
        for (String symbol : SYMBOLS) {
            if (source.startsWith(symbol, at)) {
                at += symbol.length();
                return Optional.of(new Token.Symbol(symbol));
            }
        }
        throw new JqSyntaxException("syntax error, unexpected INVALID_CHARACTER");
    }

    private boolean isLocation() {
        int end = at + LOCATION.length();
        return source.startsWith(LOCATION, at)
                && (end == source.length() || !(isLetter(source.charAt(end)) || isDigit(source.charAt(end))));
    }

    private void skipSpace() {
        while (at < source.length() && (Character.isWhitespace(source.charAt(at)) || source.charAt(at) == '#')) {
            if (source.charAt(at) == '#') {
                int end = source.indexOf('\n', at);
                at = end < 0 ? source.length() : end;
            } else {
                at++;
            }
        }
    }

    private String name() {
        int start = at;
        while (at < source.length() && (isLetter(source.charAt(at)) || isDigit(source.charAt(at)) || isNamespace(at))) {
            at += isNamespace(at) ? 2 : 1;
        }
        return source.substring(start, at);
    }

    private boolean isNamespace(int index) {
        return source.startsWith("::", index) && index + 2 < source.length() && isLetter(source.charAt(index + 2));
    }

    private Token number() {
        int start = at;
        digits();
        if (at < source.length() && source.charAt(at) == '.') {
            at++;
            digits();
        }
        if (at < source.length() && (source.charAt(at) == 'e' || source.charAt(at) == 'E')) {
            int mark = at;
            at++;
            if (at < source.length() && (source.charAt(at) == '+' || source.charAt(at) == '-')) {
                at++;
            }
            int exponent = at;
            digits();
            if (at == exponent) {
                at = mark;
            }
        }
        return new Token.Number(source.substring(start, at));
    }

    private void digits() {
        while (at < source.length() && isDigit(source.charAt(at))) {
            at++;
        }
    }

    private Token text() {
        at++;
        List<Part> parts = new ArrayList<>();
        StringBuilder chars = new StringBuilder();
        while (true) {
            char c = take();
            if (c == '"') {
                parts.add(new Chars(chars.toString()));
                return new Token.Text(parts);
            }
            if (c != '\\') {
                chars.append(c);
                continue;
            }
            char escape = take();
            switch (escape) {
                case '(' -> {
                    parts.add(new Chars(chars.toString()));
                    chars.setLength(0);
                    parts.add(embedded());
                }
                case 'n' -> chars.append('\n');
                case 't' -> chars.append('\t');
                case 'r' -> chars.append('\r');
                case 'b' -> chars.append('\b');
                case 'f' -> chars.append('\f');
                case '"', '\\', '/' -> chars.append(escape);
                case 'u' -> chars.append(unicode());
                default -> throw new JqSyntaxException("syntax error, invalid escape in a string");
            }
        }
    }

    private char take() {
        if (at >= source.length()) {
            throw new JqSyntaxException("syntax error, unterminated string");
        }
        return source.charAt(at++);
    }

    private char unicode() {
        try {
            char c = (char) Integer.parseInt(source.substring(at, Math.min(source.length(), at + 4)), 16);
            at += 4;
            return c;
        } catch (NumberFormatException e) {
            throw new JqSyntaxException("syntax error, invalid escape in a string");
        }
    }

    private Embedded embedded() {
        Lexer inner = new Lexer(source, at, nesting + 1);
        List<Token> tokens = new ArrayList<>();
        int open = 0;
        while (true) {
            Token token = inner.next().orElseThrow(() -> new JqSyntaxException("syntax error, unterminated string"));
            if (token.equals(new Token.Symbol("("))) {
                open++;
            } else if (token.equals(new Token.Symbol(")")) && open-- == 0) {
                at = inner.at;
                return new Embedded(tokens);
            }
            tokens.add(token);
        }
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    private static boolean isLetter(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
    }
}
