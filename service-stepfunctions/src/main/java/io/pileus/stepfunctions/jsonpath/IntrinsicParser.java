package io.pileus.stepfunctions.jsonpath;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.DecimalNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads calls of intrinsic functions. Texts are in single quotes; a backslash escapes a quote, a brace or itself. In the
 * template of Format escaped braces keep their backslash, so that the function can tell them from places.
 *
 * @see <a href="https://docs.aws.amazon.com/step-functions/latest/dg/intrinsic-functions.html">Intrinsic functions</a>
 */
final class IntrinsicParser {
    private static final int NESTING_MAX = 10;
    private static final int LENGTH_MAX = 65_536;

    private final String text;
    private int at;
    private int nesting;

    IntrinsicParser(String text) {
        this.text = text;
    }

    IntrinsicCall parse() {
        if (text.length() > LENGTH_MAX) {
            throw failure("too long");
        }
        IntrinsicCall call = call();
        skipBlanks();
        if (at != text.length()) {
            throw failure("unexpected character");
        }
        return call;
    }

    private IntrinsicCall call() {
        if (++nesting > NESTING_MAX) {
            throw failure("more than " + NESTING_MAX + " nested functions");
        }
        int begin = at;
        if (!text.startsWith("States.", at)) {
            throw failure("a function's name begins with States.");
        }
        at += "States.".length();
        int nameBegin = at;
        while (at < text.length() && Character.isLetterOrDigit(text.charAt(at))) {
            at++;
        }
        String name = text.substring(nameBegin, at);
        Intrinsics.Signature signature = Intrinsics.SIGNATURES.get(name);
        if (signature == null) {
            throw failure("no such function: States." + name);
        }
        expect('(');
        List<IntrinsicCall.Argument> arguments = new ArrayList<>();
        skipBlanks();
        if (peek() != ')') {
            do {
                skipBlanks();
                arguments.add(argument());
                skipBlanks();
            } while (take(','));
        }
        expect(')');
        if (!signature.takes(arguments.size())) {
            throw failure("wrong number of arguments for States." + name);
        }
        nesting--;
        return new IntrinsicCall(text.substring(begin, at), name, arguments);
    }

    private IntrinsicCall.Argument argument() {
        char c = peek();
        if (c == '$') {
            JsonPathParser parser = new JsonPathParser(text, at);
            JsonPath path = parser.parsePrefix();
            at = parser.position();
            return new IntrinsicCall.PathArgument(path);
        }
        if (c == '\'') {
            return new IntrinsicCall.Literal(TextNode.valueOf(quoted()));
        }
        if (text.startsWith("States.", at)) {
            return new IntrinsicCall.Nested(call());
        }
        int begin = at;
        while (at < text.length() && (Character.isLetterOrDigit(peek()) || "+-.".indexOf(peek()) >= 0)) {
            at++;
        }
        return new IntrinsicCall.Literal(word(text.substring(begin, at)));
    }

    private JsonNode word(String word) {
        return switch (word) {
            case "true" -> BooleanNode.TRUE;
            case "false" -> BooleanNode.FALSE;
            case "null" -> NullNode.instance;
            default -> {
                try {
                    BigDecimal number = new BigDecimal(word);
                    if (number.scale() > 0 || number.precision() - number.scale() > 18) {
                        yield DecimalNode.valueOf(number);
                    }
                    long value = number.longValueExact();
                    yield value == (int) value ? IntNode.valueOf((int) value) : LongNode.valueOf(value);
                } catch (NumberFormatException e) {
                    throw failure("not an argument: " + word);
                }
            }
        };
    }

    private String quoted() {
        expect('\'');
        StringBuilder value = new StringBuilder();
        while (true) {
            char c = next();
            if (c == '\'') {
                return value.toString();
            }
            if (c != '\\') {
                value.append(c);
                continue;
            }
            char escaped = next();
            switch (escaped) {
                case '\'' -> value.append('\'');
                case '{', '}', '\\' -> value.append('\\').append(escaped);
                default -> value.append('\\').append(escaped);
            }
        }
    }

    private void skipBlanks() {
        while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
            at++;
        }
    }

    private char peek() {
        return at < text.length() ? text.charAt(at) : '\0';
    }

    private char next() {
        if (at >= text.length()) {
            throw failure("unexpected end");
        }
        return text.charAt(at++);
    }

    private boolean take(char c) {
        if (at < text.length() && text.charAt(at) == c) {
            at++;
            return true;
        }
        return false;
    }

    private void expect(char c) {
        if (!take(c)) {
            throw failure("expected '" + c + "'");
        }
    }

    private JsonPathSyntaxException failure(String what) {
        return new JsonPathSyntaxException(what + " at " + at + " of " + text);
    }
}
