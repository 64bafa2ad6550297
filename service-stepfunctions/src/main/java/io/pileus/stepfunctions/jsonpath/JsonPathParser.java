package io.pileus.stepfunctions.jsonpath;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.DecimalNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.pileus.stepfunctions.jsonpath.Filter.Operand;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * Reads a path by recursive descent. The grammar is that of the Jayway library, which AWS documents as its JSONPath,
 * with AWS's roots {@code $$} and {@code $name}.
 */
final class JsonPathParser {
    private static final int LENGTH_MAX = 32_768;
    private static final int DEPTH_MAX = 64;
    private static final Set<String> WORD_OPERATORS =
            Set.of("in", "nin", "contains", "size", "empty", "subsetof", "anyof", "noneof");

    private final String text;
    private int at;
    private int depth;

    JsonPathParser(String text) {
        this(text, 0);
    }

    /** Starts in the midst of a text, as in an intrinsic function's arguments. */
    JsonPathParser(String text, int at) {
        this.text = text;
        this.at = at;
    }

    /** Reads a path that is the whole text. */
    JsonPath parse() {
        if (text.length() > LENGTH_MAX) {
            throw failure("too long");
        }
        JsonPath path = parsePrefix();
        if (at != text.length()) {
            throw failure("unexpected character");
        }
        return path;
    }

    /** Reads the path that begins here, as far as it goes. */
    JsonPath parsePrefix() {
        int begin = at;
        expect('$');
        JsonPath.Root root;
        if (peek() == '$') {
            at++;
            root = new JsonPath.ContextObject();
        } else if (Character.isUnicodeIdentifierStart(peek()) || peek() == '_') {
            root = new JsonPath.Variable(identifier());
        } else {
            root = new JsonPath.Document();
        }
        List<Segment> segments = segments();
        return new JsonPath(text.substring(begin, at), root, segments);
    }

    /** Where the parser stands. */
    int position() {
        return at;
    }

    private List<Segment> segments() {
        List<Segment> segments = new ArrayList<>();
        while (at < text.length()) {
            char c = peek();
            if (c == '.') {
                at++;
                if (peek() == '.') {
                    at++;
                    segments.add(new Segment.Descent(peek() == '[' ? bracket() : dotted()));
                } else {
                    segments.add(dotted());
                }
            } else if (c == '[') {
                segments.add(bracket());
            } else {
                break;
            }
        }
        return segments;
    }

    private Segment dotted() {
        if (peek() == '*') {
            at++;
            return new Segment.Wildcard();
        }
        int begin = at;
        while (at < text.length() && fieldCharacter(text.charAt(at))) {
            at++;
        }
        String name = text.substring(begin, at);
        if (name.isEmpty()) {
            throw failure("a field name is missing");
        }
        if (peek() == '(') {
            if (!Segment.Function.NAMES.contains(name)) {
                throw failure("no such function: " + name);
            }
            at++;
            skipBlanks();
            expect(')');
            return new Segment.Function(name);
        }
        return new Segment.Field(name);
    }

    /** What a field name after a dot may hold; anything else must be written in brackets. */
    private static boolean fieldCharacter(char c) {
        return Character.isLetterOrDigit(c) || c == '_' || c == '-' || c == ':' || c == '/' || c >= 0x80;
    }

    private Segment bracket() {
        expect('[');
        skipBlanks();
        char c = peek();
        Segment segment;
        if (c == '*') {
            at++;
            segment = new Segment.Wildcard();
        } else if (c == '\'' || c == '"') {
            segment = fields();
        } else if (c == '?') {
            at++;
            skipBlanks();
            expect('(');
            Filter filter = or();
            skipBlanks();
            expect(')');
            segment = new Segment.Where(filter);
        } else {
            segment = indexesOrSlice();
        }
        skipBlanks();
        expect(']');
        return segment;
    }

    private Segment fields() {
        List<String> names = new ArrayList<>();
        do {
            skipBlanks();
            names.add(quoted());
            skipBlanks();
        } while (take(','));
        return names.size() == 1 ? new Segment.Field(names.get(0)) : new Segment.Fields(List.copyOf(names));
    }

    private Segment indexesOrSlice() {
        OptionalInt first = optionalInteger();
        skipBlanks();
        if (peek() == ':') {
            at++;
            skipBlanks();
            OptionalInt to = optionalInteger();
            skipBlanks();
            int step = 1;
            if (take(':')) {
                skipBlanks();
                step = optionalInteger().orElse(1);
                if (step < 1) {
                    throw failure("a slice's step is positive");
                }
            }
            return new Segment.Slice(first, to, step);
        }
        List<Integer> indexes = new ArrayList<>();
        indexes.add(first.orElseThrow(() -> failure("an index is missing")));
        while (take(',')) {
            skipBlanks();
            indexes.add(optionalInteger().orElseThrow(() -> failure("an index is missing")));
            skipBlanks();
        }
        return new Segment.Indexes(List.copyOf(indexes));
    }

    private OptionalInt optionalInteger() {
        int begin = at;
        if (peek() == '-') {
            at++;
        }
        while (Character.isDigit(peek())) {
            at++;
        }
        if (begin == at) {
            return OptionalInt.empty();
        }
        try {
            return OptionalInt.of(Integer.parseInt(text.substring(begin, at)));
        } catch (NumberFormatException e) {
            throw failure("not an index");
        }
    }

    private Filter or() {
        List<Filter> any = new ArrayList<>();
        do {
            any.add(and());
            skipBlanks();
        } while (take("||"));
        return any.size() == 1 ? any.get(0) : new Filter.Or(List.copyOf(any));
    }

    private Filter and() {
        List<Filter> all = new ArrayList<>();
        do {
            all.add(condition());
            skipBlanks();
        } while (take("&&"));
        return all.size() == 1 ? all.get(0) : new Filter.And(List.copyOf(all));
    }

    private Filter condition() {
        if (++depth > DEPTH_MAX) {
            throw failure("too deeply nested");
        }
        try {
            skipBlanks();
            if (take('!')) {
                return new Filter.Not(condition());
            }
            if (take('(')) {
                Filter inner = or();
                skipBlanks();
                expect(')');
                return inner;
            }
            return comparison();
        } finally {
            depth--;
        }
    }

    private Filter comparison() {
        Operand left = operand();
        skipBlanks();
        if (take("=~")) {
            skipBlanks();
            return new Filter.Matches(left, regex());
        }
        for (String operator : List.of("==", "!=", "<=", ">=", "<", ">")) {
            if (take(operator)) {
                return new Filter.Comparison(left, operator, operand());
            }
        }
        if (Character.isLetter(peek())) {
            String word = identifier();
            if (!WORD_OPERATORS.contains(word)) {
                throw failure("no such operator: " + word);
            }
            return new Filter.Comparison(left, word, operand());
        }
        if (left instanceof Filter.Literal) {
            throw failure("a comparison is missing");
        }
        return new Filter.Exists(left);
    }

    private Operand operand() {
        skipBlanks();
        char c = peek();
        if (c == '@' || c == '$') {
            int begin = at;
            at++;
            List<Segment> segments = segments();
            return new Filter.PathOperand(
                    c == '$', new JsonPath(text.substring(begin, at), new JsonPath.Document(), segments));
        }
        return new Filter.Literal(literal());
    }

    private JsonNode literal() {
        char c = peek();
        if (c == '\'' || c == '"') {
            return TextNode.valueOf(quoted());
        }
        if (c == '[') {
            if (++depth > DEPTH_MAX) {
                throw failure("too deeply nested");
            }
            at++;
            var array = JsonNodeFactory.instance.arrayNode();
            skipBlanks();
            if (!take(']')) {
                do {
                    skipBlanks();
                    array.add(literal());
                    skipBlanks();
                } while (take(','));
                expect(']');
            }
            depth--;
            return array;
        }
        int begin = at;
        while (at < text.length() && (Character.isLetterOrDigit(peek()) || "+-.".indexOf(peek()) >= 0)) {
            at++;
        }
        String word = text.substring(begin, at);
        return switch (word) {
            case "true" -> BooleanNode.TRUE;
            case "false" -> BooleanNode.FALSE;
            case "null" -> NullNode.instance;
            default -> number(word);
        };
    }

    private JsonNode number(String word) {
        try {
            BigDecimal value = new BigDecimal(word);
            return value.scale() <= 0 && value.abs().compareTo(BigDecimal.valueOf(Integer.MAX_VALUE)) <= 0
                    ? IntNode.valueOf(value.intValue())
                    : DecimalNode.valueOf(value);
        } catch (NumberFormatException e) {
            throw failure("not a literal: " + word);
        }
    }

    private Pattern regex() {
        expect('/');
        StringBuilder pattern = new StringBuilder();
        while (peek() != '/') {
            if (peek() == '\\') {
                pattern.append(next());
            }
            pattern.append(next());
        }
        at++;
        int flags = 0;
        while (Character.isLetter(peek())) {
            flags |= switch (next()) {
                case 'i' -> Pattern.CASE_INSENSITIVE;
                case 'm' -> Pattern.MULTILINE;
                case 's' -> Pattern.DOTALL;
                case 'u' -> Pattern.UNICODE_CASE;
                default -> throw failure("no such flag");
            };
        }
        try {
            return Pattern.compile(pattern.toString(), flags);
        } catch (PatternSyntaxException e) {
            throw failure(e.getMessage());
        }
    }

    private String quoted() {
        char quote = next();
        if (quote != '\'' && quote != '"') {
            throw failure("a quotation mark is missing");
        }
        StringBuilder value = new StringBuilder();
        while (true) {
            char c = next();
            if (c == quote) {
                return value.toString();
            }
            value.append(c == '\\' ? unescape(next()) : c);
        }
    }

    private char unescape(char c) {
        return switch (c) {
            case 'n' -> '\n';
            case 't' -> '\t';
            case 'r' -> '\r';
            case 'b' -> '\b';
            case 'f' -> '\f';
            default -> c;
        };
    }

    private String identifier() {
        int begin = at;
        while (at < text.length() && (Character.isUnicodeIdentifierPart(peek()) || peek() == '_')) {
            at++;
        }
        return text.substring(begin, at);
    }

    private void skipBlanks() {
        while (at < text.length() && text.charAt(at) == ' ') {
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
        if (peek() == c && at < text.length()) {
            at++;
            return true;
        }
        return false;
    }

    private boolean take(String token) {
        if (text.startsWith(token, at)) {
            at += token.length();
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
