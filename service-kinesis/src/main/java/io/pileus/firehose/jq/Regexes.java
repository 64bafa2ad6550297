package io.pileus.firehose.jq;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** The functions on regular expressions. Each character the matcher looks at is a step, so that backtracking ends. */
final class Regexes {
    private static final int PATTERN_MAX = 1_000;

    private Regexes() {}

    private record Regex(Pattern pattern, boolean global, boolean skipsEmpty) {}

    private static Regex regex(JsonNode expression, JsonNode flags) {
        boolean pair = expression.isArray() && expression.size() > 0;
        JsonNode text = pair ? expression.get(0) : expression;
        JsonNode letters = pair && expression.size() > 1 ? expression.get(1) : flags;
        if (!text.isTextual() || !(letters.isTextual() || letters.isNull())) {
            throw new JqException(Values.described(text) + " cannot be matched, as it is not a string");
        }
        int bits = 0;
        boolean global = false;
        boolean skipsEmpty = false;
        for (char flag : (letters.isNull() ? "" : letters.textValue()).toCharArray()) {
            switch (flag) {
                case 'g' -> global = true;
                case 'i' -> bits |= Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE;
                case 'x' -> bits |= Pattern.COMMENTS;
                case 's' -> bits |= Pattern.DOTALL;
                case 'n' -> skipsEmpty = true;
                case 'l', 'p' -> bits |= flag == 'p' ? Pattern.DOTALL : 0;
                default -> throw new JqException(letters.textValue() + " is not a valid modifier string");
            }
        }
        if (text.textValue().length() > PATTERN_MAX) {
            throw new JqLimitException("A regular expression is longer than " + PATTERN_MAX + " characters");
        }
        try {
            return new Regex(Pattern.compile(text.textValue(), bits), global, skipsEmpty);
        } catch (PatternSyntaxException e) {
            throw new JqException(text.textValue() + " (at offset 0) is not a valid regex");
        }
    }

    static List<JsonNode> matches(String text, JsonNode expression, JsonNode flags, Meter meter) {
        Regex regex = regex(expression, flags);
        List<JsonNode> found = new ArrayList<>();
        Matcher matcher = regex.pattern().matcher(meter.metered(text));
        while (matcher.find()) {
            if (!(regex.skipsEmpty() && matcher.end() == matcher.start())) {
                found.add(match(matcher, text, names(regex.pattern()), meter));
            }
            if (!regex.global()) {
                break;
            }
        }
        return found;
    }

    private static Map<Integer, String> names(Pattern pattern) {
        Map<Integer, String> names = new TreeMap<>();
        pattern.namedGroups().forEach((name, group) -> names.put(group, name));
        return names;
    }

    private static JsonNode match(Matcher matcher, String text, Map<Integer, String> names, Meter meter) {
        ObjectNode match = group(matcher, 0, text, meter);
        ArrayNode captures = match.putArray("captures");
        for (int i = 1; i <= matcher.groupCount(); i++) {
            ObjectNode capture = group(matcher, i, text, meter);
            String name = names.get(i);
            capture.set("name", name == null ? NullNode.getInstance() : Values.of(name));
            captures.add(capture);
        }
        return match;
    }

    private static ObjectNode group(Matcher matcher, int group, String text, Meter meter) {
        int start = matcher.start(group);
        int end = matcher.end(group);
        ObjectNode node = Values.object();
        if (start < 0) {
            node.put("offset", -1).put("length", 0).putNull("string");
            return node;
        }
        meter.text(end - start);
        meter.steps(start / 16);
        return node.put("offset", text.codePointCount(0, start))
                .put("length", text.codePointCount(start, end))
                .put("string", text.substring(start, end));
    }

    static JsonNode split(String text, JsonNode expression, JsonNode flags, Meter meter) {
        ArrayNode parts = Values.array();
        Matcher matcher = regex(expression, flags).pattern().matcher(meter.metered(text));
        int from = 0;
        while (matcher.find()) {
            meter.text(matcher.end() - from);
            parts.add(text.substring(from, matcher.start()));
            from = matcher.end();
        }
        return parts.add(text.substring(from));
    }

    /** Puts for each match what the second argument makes of its named captures. */
    static void substitute(
            Evaluator evaluator, List<Expression> arguments, Scope scope, JsonNode input, Consumer<JsonNode> out) {
        String text = Builtins.text(input, "matched");
        Meter meter = evaluator.meter();
        evaluator.evaluate(
                arguments.get(0),
                scope,
                input,
                expression -> evaluator.evaluate(arguments.get(2), scope, input, flags -> {
                    Regex regex = regex(expression, flags);
                    Map<Integer, String> names = names(regex.pattern());
                    Matcher matcher = regex.pattern().matcher(meter.metered(text));
                    StringBuilder made = new StringBuilder();
                    int from = 0;
                    while (matcher.find()) {
                        ObjectNode captures = Values.object();
                        names.forEach((group, name) -> captures.put(name, matcher.group(group)));
                        JsonNode[] replacement = {Values.of("")};
                        evaluator.limit(1, arguments.get(1), scope, captures, value -> replacement[0] = value);
                        made.append(text, from, matcher.start())
                                .append(Builtins.text(replacement[0], "added to a string"));
                        meter.text(made.length());
                        from = matcher.end();
                        if (!regex.global()) {
                            break;
                        }
                    }
                    out.accept(Values.of(made.append(text, from, text.length()).toString()));
                }));
    }
}
