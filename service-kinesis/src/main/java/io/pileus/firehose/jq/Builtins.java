package io.pileus.firehose.jq;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.NullNode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/** The functions of the language that are not written in the language itself. */
final class Builtins {
    private static final Set<String> NATIVE = Set.of(
            "empty/0",
            "error/0",
            "error/1",
            "not/0",
            "length/0",
            "utf8bytelength/0",
            "keys/0",
            "keys_unsorted/0",
            "has/1",
            "contains/1",
            "type/0",
            "tostring/0",
            "tonumber/0",
            "tojson/0",
            "format/1",
            "fromjson/0",
            "range/3",
            "limit/2",
            "first/1",
            "isempty/1",
            "sort/0",
            "sort_by/1",
            "group_by/1",
            "unique/0",
            "unique_by/1",
            "min/0",
            "max/0",
            "min_by/1",
            "max_by/1",
            "reverse/0",
            "flatten/1",
            "startswith/1",
            "endswith/1",
            "ltrimstr/1",
            "rtrimstr/1",
            "explode/0",
            "implode/0",
            "split/1",
            "split/2",
            "ascii_downcase/0",
            "ascii_upcase/0",
            "index/1",
            "rindex/1",
            "indices/1",
            "getpath/1",
            "setpath/2",
            "delpaths/1",
            "path/1",
            "paths/0",
            "now/0",
            "mktime/0",
            "gmtime/0",
            "strftime/1",
            "strptime/1",
            "match/2",
            "test/2",
            "sub/3");

    private Builtins() {}

    static boolean isDefined(String signature) {
        return NATIVE.contains(signature) || Mathematics.isDefined(signature);
    }

    /** Calls a function that is not written in the language. Arguments that are values are evaluated, each with each. */
    static void apply(Evaluator evaluator, Expression.Call call, Scope scope, JsonNode input, Consumer<JsonNode> out) {
        List<Expression> arguments = call.arguments();
        Meter meter = evaluator.meter();
        switch (call.signature()) {
            case "empty/0" -> {}
            case "first/1" -> evaluator.limit(1, arguments.getFirst(), scope, input, out);
            case "limit/2" ->
                evaluator.evaluate(arguments.getFirst(), scope, input, count -> {
                    if (number(count) < 0) {
                        evaluator.evaluate(arguments.get(1), scope, input, out);
                    } else {
                        evaluator.limit((long) number(count), arguments.get(1), scope, input, out);
                    }
                });
            case "isempty/1" -> {
                boolean[] any = {false};
                evaluator.limit(1, arguments.getFirst(), scope, input, value -> any[0] = true);
                out.accept(Values.of(!any[0]));
            }
            case "sort_by/1", "group_by/1", "unique_by/1", "min_by/1", "max_by/1" ->
                out.accept(Containers.byKey(evaluator, call, scope, input));
            case "path/1" ->
                new PathEvaluator(evaluator)
                        .evaluate(
                                arguments.getFirst(),
                                scope,
                                new PathEvaluator.Place(Values.array(), input),
                                place -> out.accept(place.path()));
            case "sub/3" -> Regexes.substitute(evaluator, arguments, scope, input, out);
            default ->
                withValues(evaluator, call, List.of(), scope, input, values -> {
                    if (call.signature().equals("range/3")) {
                        Containers.range(values, meter, out);
                    } else if (call.signature().equals("match/2")) {
                        Regexes.matches(text(input, "matched"), values.get(0), values.get(1), meter)
                                .forEach(out);
                    } else if (call.signature().equals("paths/0")) {
                        Containers.paths(input, Values.array(), meter, out);
                    } else {
                        out.accept(value(evaluator, call.signature(), input, values));
                    }
                });
        }
    }

    private static void withValues(
            Evaluator evaluator,
            Expression.Call call,
            List<JsonNode> values,
            Scope scope,
            JsonNode input,
            Consumer<List<JsonNode>> then) {
        int position = values.size();
        if (position == call.arguments().size()) {
            then.accept(values);
            return;
        }
        evaluator.evaluate(call.arguments().get(position), scope, input, value -> {
            List<JsonNode> more = new ArrayList<>(values);
            more.add(value);
            withValues(evaluator, call, more, scope, input, then);
        });
    }

    /** The one result of a function on an input and values. */
    private static JsonNode value(Evaluator evaluator, String signature, JsonNode input, List<JsonNode> values) {
        Meter meter = evaluator.meter();
        return switch (signature) {
            case "error/0" -> throw new JqException(input);
            case "error/1" -> throw new JqException(values.getFirst());
            case "not/0" -> Values.of(!Values.isTrue(input));
            case "type/0" -> Values.of(Values.type(input));
            case "length/0" -> length(input);
            case "utf8bytelength/0" -> Values.of(text(input, "measured").getBytes(StandardCharsets.UTF_8).length);
            case "keys/0", "keys_unsorted/0" -> Containers.keys(input, signature.equals("keys/0"), meter);
            case "has/1" -> Containers.has(input, values.getFirst());
            case "contains/1" -> Values.of(Containers.contains(input, values.getFirst(), meter));
            case "tostring/0" -> Values.of(Format.TEXT.write(input, meter));
            case "tojson/0" -> Values.of(Format.JSON.write(input, meter));
            case "format/1" -> Values.of(format(values.getFirst()).write(input, meter));
            case "fromjson/0" -> {
                String text = text(input, "parsed");
                meter.steps(text.length());
                yield Values.parse(text);
            }
            case "tonumber/0" -> toNumber(input);
            case "sort/0" -> Containers.sorted(input, meter);
            case "unique/0" -> Containers.unique(Containers.sorted(input, meter), meter);
            case "min/0" -> Containers.extreme(input, input, -1, meter);
            case "max/0" -> Containers.extreme(input, input, 1, meter);
            case "reverse/0" -> Containers.reversed(input, meter);
            case "flatten/1" -> {
                ArrayNode flat = Values.array();
                if (number(values.getFirst()) < 0) {
                    throw new JqException("flatten depth must not be negative");
                }
                Containers.flatten(array(input, "flattened"), (int) number(values.getFirst()), flat, meter);
                yield flat;
            }
            case "startswith/1" ->
                Values.of(bothText(input, values.getFirst(), "startswith() requires string inputs")
                        .startsWith(values.getFirst().textValue()));
            case "endswith/1" ->
                Values.of(bothText(input, values.getFirst(), "endswith() requires string inputs")
                        .endsWith(values.getFirst().textValue()));
            case "ltrimstr/1" ->
                input.isTextual()
                                && values.getFirst().isTextual()
                                && input.textValue()
                                        .startsWith(values.getFirst().textValue())
                        ? Values.of(input.textValue()
                                .substring(values.getFirst().textValue().length()))
                        : input;
            case "rtrimstr/1" ->
                input.isTextual()
                                && values.getFirst().isTextual()
                                && input.textValue().endsWith(values.getFirst().textValue())
                        ? Values.of(input.textValue()
                                .substring(
                                        0,
                                        input.textValue().length()
                                                - values.getFirst().textValue().length()))
                        : input;
            case "explode/0" -> {
                ArrayNode points = Values.array();
                meter.steps(text(input, "exploded").length());
                input.textValue().codePoints().forEach(points::add);
                yield points;
            }
            case "implode/0" -> implode(input, meter);
            case "split/1" ->
                Values.split(
                        bothText(input, values.getFirst(), "split input and separator must be strings"),
                        values.getFirst().textValue(),
                        meter);
            case "split/2" -> Regexes.split(text(input, "matched"), values.get(0), values.get(1), meter);
            case "test/2" ->
                Values.of(!Regexes.matches(text(input, "matched"), values.get(0), values.get(1), meter)
                        .isEmpty());
            case "ascii_downcase/0" -> Values.of(ascii(input, meter, false));
            case "ascii_upcase/0" -> Values.of(ascii(input, meter, true));
            case "indices/1" -> input.isNull() ? input : Containers.indices(input, values.getFirst(), meter);
            case "index/1", "rindex/1" -> {
                JsonNode all = input.isNull() ? Values.array() : Containers.indices(input, values.getFirst(), meter);
                yield all.isEmpty()
                        ? NullNode.getInstance()
                        : all.get(signature.equals("index/1") ? 0 : all.size() - 1);
            }
            case "getpath/1" -> new Places(evaluator).get(input, values.getFirst());
            case "setpath/2" -> new Places(evaluator).set(input, values.get(0), values.get(1));
            case "delpaths/1" -> new Places(evaluator).delete(input, values.getFirst());
            case "now/0" -> Values.of(evaluator.now().toEpochMilli() / 1000.0);
            case "mktime/0" -> Times.mktime(input);
            case "gmtime/0" -> Times.gmtime(input);
            case "strftime/1" -> Times.strftime(input, values.getFirst(), meter);
            case "strptime/1" -> Times.strptime(input, values.getFirst());
            default -> Mathematics.apply(signature, input, values);
        };
    }

    // Types

    static double number(JsonNode value) {
        if (!value.isNumber()) {
            throw new JqException(Values.described(value) + " number required");
        }
        return value.doubleValue();
    }

    static String text(JsonNode value, String participle) {
        if (!value.isTextual()) {
            throw new JqException(Values.described(value) + " cannot be " + participle + ", as it is not a string");
        }
        return value.textValue();
    }

    private static String bothText(JsonNode one, JsonNode other, String message) {
        if (!one.isTextual() || !other.isTextual()) {
            throw new JqException(message);
        }
        return one.textValue();
    }

    static JsonNode array(JsonNode value, String participle) {
        if (!value.isArray()) {
            throw new JqException(Values.described(value) + " cannot be " + participle + ", as it is not an array");
        }
        return value;
    }

    private static Format format(JsonNode name) {
        if (!name.isTextual()) {
            throw new JqException(Values.described(name) + " is not a valid format");
        }
        return Format.find(name.textValue())
                .orElseThrow(() -> new JqException(name.textValue() + " is not a valid format"));
    }

    private static JsonNode length(JsonNode value) {
        return switch (value.getNodeType()) {
            case NULL, MISSING -> Values.of(0);
            case NUMBER -> Values.of(Math.abs(value.doubleValue()));
            case STRING, BINARY ->
                Values.of(value.textValue().codePointCount(0, value.textValue().length()));
            case ARRAY, OBJECT, POJO -> Values.of(value.size());
            case BOOLEAN -> throw new JqException(Values.described(value) + " has no length");
        };
    }

    private static JsonNode toNumber(JsonNode input) {
        if (input.isNumber()) {
            return input;
        }
        JsonNode parsed = input.isTextual() ? Values.parse(input.textValue()) : NullNode.getInstance();
        if (!parsed.isNumber()) {
            throw new JqException(Values.described(input) + " cannot be parsed as a number");
        }
        return parsed;
    }

    private static String ascii(JsonNode input, Meter meter, boolean up) {
        if (!input.isTextual()) {
            throw new JqException("ascii_" + (up ? "up" : "down") + "case input must be a string");
        }
        StringBuilder out = new StringBuilder(input.textValue());
        meter.text(out.length());
        for (int i = 0; i < out.length(); i++) {
            char c = out.charAt(i);
            if (up ? c >= 'a' && c <= 'z' : c >= 'A' && c <= 'Z') {
                out.setCharAt(i, (char) (c ^ 0x20));
            }
        }
        return out.toString();
    }

    private static JsonNode implode(JsonNode input, Meter meter) {
        StringBuilder text = new StringBuilder();
        for (JsonNode point : array(input, "imploded")) {
            meter.step();
            if (!point.isNumber() || !Character.isValidCodePoint(point.intValue())) {
                throw new JqException("Unicode codepoint array must be numbers");
            }
            text.appendCodePoint(point.intValue());
        }
        meter.text(text.length());
        return Values.of(text.toString());
    }
}
