package io.pileus.firehose.jq;

import io.pileus.firehose.jq.Lexer.Token;
import java.util.List;
import java.util.Set;

/** The tokens of a query, and how far they have been read. */
final class Tokens {
    static final Set<String> KEYWORDS = Set.of(
            "def", "if", "then", "elif", "else", "end", "as", "reduce", "foreach", "try", "catch", "label", "import",
            "include", "and", "or", "__loc__");

    private final List<Token> tokens;
    private int at;

    Tokens(List<Token> tokens) {
        this.tokens = tokens;
    }

    /** Whether this token and then that one come next. */
    boolean sees(String symbol, Class<? extends Token> then) {
        return sees(symbol) && at + 1 < tokens.size() && then.isInstance(tokens.get(at + 1));
    }

    boolean sees(String symbol, String then) {
        return sees(symbol) && at + 1 < tokens.size() && tokens.get(at + 1).equals(new Token.Symbol(then));
    }

    void skip() {
        at++;
    }

    /** Goes back over the token that was taken last. */
    void back() {
        at--;
    }

    void end() {
        if (!(peek() instanceof Token.End)) {
            throw unexpected();
        }
    }

    Token peek() {
        return at < tokens.size() ? tokens.get(at) : new Token.End();
    }

    Token take() {
        Token token = peek();
        at++;
        return token;
    }

    boolean sees(String symbol) {
        return peek() instanceof Token.Symbol(String text) && text.equals(symbol);
    }

    boolean seesWord(String word) {
        return peek() instanceof Token.Word(String text) && text.equals(word);
    }

    boolean takes(String symbol) {
        boolean seen = sees(symbol);
        if (seen) {
            at++;
        }
        return seen;
    }

    boolean takesWord(String word) {
        boolean seen = seesWord(word);
        if (seen) {
            at++;
        }
        return seen;
    }

    void expect(String symbol) {
        if (!takes(symbol)) {
            throw unexpected();
        }
    }

    void expectWord(String word) {
        if (!takesWord(word)) {
            throw unexpected();
        }
    }

    JqSyntaxException unexpected() {
        return switch (peek()) {
            case Token.End end -> new JqSyntaxException("syntax error, unexpected end of the query");
            case Token.Symbol(String text) -> new JqSyntaxException("syntax error, unexpected '" + text + "'");
            case Token.Word(String text) -> new JqSyntaxException("syntax error, unexpected " + text);
            case Token.Field(String name) -> new JqSyntaxException("syntax error, unexpected ." + name);
            case Token.Number number -> new JqSyntaxException("syntax error, unexpected a number");
            case Token.FormatName format -> new JqSyntaxException("syntax error, unexpected a format");
            case Token.Location location -> new JqSyntaxException("syntax error, unexpected $__loc__");
            case Token.Text text -> new JqSyntaxException("syntax error, unexpected a string");
        };
    }

    String word() {
        if (take() instanceof Token.Word(String text) && !KEYWORDS.contains(text)) {
            return text;
        }
        at--;
        throw unexpected();
    }

    String variableName() {
        expect("$");
        if (take() instanceof Token.Word(String text)) {
            return text;
        }
        at--;
        throw unexpected();
    }
}
