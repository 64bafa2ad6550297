package io.pileus.firehose.jq;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.NullNode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The functions of the language: those that need the host, and those that are written in the language itself. */
final class Builtins {
    private static final String WRITTEN_IN_JQ = """
            def map(f): [.[] | f];
            def select(f): if f then . else empty end;
            def values: select(. != null);
            def nulls: select(. == null);
            def booleans: select(type == "boolean");
            def numbers: select(type == "number");
            def strings: select(type == "string");
            def arrays: select(type == "array");
            def objects: select(type == "object");
            def iterables: select(type == "array" or type == "object");
            def scalars: select(type != "array" and type != "object");
            def to_entries: [keys_unsorted[] as $name | {key: $name, value: .[$name]}];
            def entry_value: if has("value") then .value elif has("v") then .v else .Value end;
            def entry_key: if type != "object" then .
                elif has("key") then .key elif has("k") then .k elif has("name") then .name
                elif has("Name") then .Name elif has("Key") then .Key else .K end
                | if type == "string" then . else tojson end;
            def from_entries: reduce .[] as $entry ({}; . + {($entry | entry_key): ($entry | entry_value)});
            def with_entries(f): to_entries | map(f) | from_entries;
            def map_values(f): if type == "array" then [.[] | first(f)]
                else with_entries({key, value: (.value | first(f))}) end;
            def recurse(f): def next: ., (f | next); next;
            def recurse(f; condition): def next: ., (f | select(condition) | next); next;
            def recurse: ..;
            def while(condition; update): def next: if condition then ., (update | next) else empty end; next;
            def until(condition; update): def next: if condition then . else update | next end; next;
            def repeat(f): def next: ., (f | next); next;
            def in(container): . as $key | container | has($key);
            def inside(container): . as $part | container | contains($part);
            def add: reduce .[] as $each (null; . + $each);
            def any(generator; condition): isempty(first(generator | condition | select(.))) | not;
            def all(generator; condition): isempty(first(generator | condition | select(. | not)));
            def any(f): any(.[]; f);
            def all(f): all(.[]; f);
            def any: any(.);
            def all: all(.);
            def first: .[0];
            def last: .[-1];
            def last(f): reduce f as $each (null; $each);
            def nth($n): .[$n];
            def nth($n; f): if $n < 0 then error("Out of bounds negative array index") else last(limit($n + 1; f)) end;
            def join($separator): reduce .[] as $each (null;
                (if . == null then "" else . + $separator end)
                + ($each | if . == null then "" elif type == "boolean" or type == "number" then tojson else . end)) // "";
            def flatten: flatten(1000);
            def range($to): range(0; $to; 1);
            def range($from; $to): range($from; $to; 1);
            def todate: strftime("%Y-%m-%dT%H:%M:%SZ");
            def todateiso8601: todate;
            def fromdateiso8601: strptime("%Y-%m-%dT%H:%M:%SZ") | mktime;
            def fromdate: fromdateiso8601;
            def match($regex): match($regex; null);
            def test($regex): test($regex; null);
            def capture($regex; $flags): match($regex; $flags)
                | [.captures[] | select(.name != null) | {key: .name, value: .string}] | from_entries;
            def capture($regex): capture($regex; null);
            def scan($regex): match($regex; "g")
                | if (.captures | length) > 0 then [.captures[].string] else .string end;
            def splits($regex; $flags): split($regex; $flags) | .[];
            def splits($regex): splits($regex; null);
            def sub($regex; replacement): sub($regex; replacement; "");
            def gsub($regex; replacement; $flags): sub($regex; replacement; $flags + "g");
            def gsub($regex; replacement): sub($regex; replacement; "g");
            def paths(f): . as $root | paths | select(. as $path | $root | getpath($path) | f);
            def leaf_paths: paths(scalars);
            """;

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
            "paths/0",
            "floor/0",
            "ceil/0",
            "round/0",
            "sqrt/0",
            "fabs/0",
            "log/0",
            "log2/0",
            "log10/0",
            "exp/0",
            "exp2/0",
            "exp10/0",
            "pow/2",
            "infinite/0",
            "nan/0",
            "isinfinite/0",
            "isnan/0",
            "isnormal/0",
            "now/0",
            "mktime/0",
            "gmtime/0",
            "strftime/1",
            "strptime/1",
            "match/2",
            "test/2",
            "sub/3");

    private static final Map<String, Expression.Function> WRITTEN = written();

    private Builtins() {}

    private static Map<String, Expression.Function> written() {
        Map<String, Expression.Function> written = new HashMap<>();
        Parser.definitions(
                WRITTEN_IN_JQ,
                signature -> NATIVE.contains(signature) || written.containsKey(signature),
                function -> written.put(function.signature(), function));
        return written;
    }

    static boolean isDefined(String signature) {
        return NATIVE.contains(signature) || WRITTEN.containsKey(signature);
    }

    static Expression.@Nullable Function function(String signature) {
        return WRITTEN.get(signature);
    }

    /** Calls a function that is not written in the language. Arguments that are values are evaluated, each with each. */
    static void apply(Evaluator evaluator, Expression.Call call, Scope scope, JsonNode input, Consumer<JsonNode> out) {
        List<Expression> arguments = call.arguments();
        Meter meter = evaluator.meter();
        switch (call.signature()) {
            case "empty/0" -> {}
            case "first/1" -> evaluator.limit(1, arguments.getFirst(), scope, input, out);
            case "limit/2" ->
                evaluator.evaluate(
                        arguments.getFirst(),
                        scope,
                        input,
                        count -> evaluator.limit((long) number(count), arguments.get(1), scope, input, out));
            case "isempty/1" -> {
                boolean[] any = {false};
                evaluator.limit(1, arguments.getFirst(), scope, input, value -> any[0] = true);
                out.accept(Values.of(!any[0]));
            }
            case "sort_by/1", "group_by/1", "unique_by/1", "min_by/1", "max_by/1" ->
                out.accept(byKey(evaluator, call, scope, input));
            case "sub/3" -> Regexes.substitute(evaluator, arguments, scope, input, out);
            default ->
                withValues(evaluator, call, List.of(), scope, input, values -> {
                    if (call.signature().equals("range/3")) {
                        range(values, meter, out);
                    } else if (call.signature().equals("match/2")) {
                        Regexes.matches(text(input, "matched"), values.get(0), values.get(1), meter)
                                .forEach(out);
                    } else if (call.signature().equals("paths/0")) {
                        paths(input, Values.array(), meter, out);
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
            case "keys/0", "keys_unsorted/0" -> keys(input, signature.equals("keys/0"), meter);
            case "has/1" -> has(input, values.getFirst());
            case "contains/1" -> Values.of(contains(input, values.getFirst(), meter));
            case "tostring/0" -> Values.of(Format.TEXT.write(input, meter));
            case "tojson/0" -> Values.of(Format.JSON.write(input, meter));
            case "fromjson/0" -> {
                String text = text(input, "parsed");
                meter.steps(text.length());
                yield Values.parse(text);
            }
            case "tonumber/0" -> toNumber(input);
            case "sort/0" -> sorted(input, meter);
            case "unique/0" -> unique(sorted(input, meter), meter);
            case "min/0" -> extreme(input, input, -1, meter);
            case "max/0" -> extreme(input, input, 1, meter);
            case "reverse/0" -> reversed(input, meter);
            case "flatten/1" -> {
                ArrayNode flat = Values.array();
                if (number(values.getFirst()) < 0) {
                    throw new JqException("flatten depth must not be negative");
                }
                flatten(array(input, "flattened"), (int) number(values.getFirst()), flat, meter);
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
            case "indices/1" -> input.isNull() ? input : indices(input, values.getFirst(), meter);
            case "index/1", "rindex/1" -> {
                JsonNode all = input.isNull() ? Values.array() : indices(input, values.getFirst(), meter);
                yield all.isEmpty()
                        ? NullNode.getInstance()
                        : all.get(signature.equals("index/1") ? 0 : all.size() - 1);
            }
            case "getpath/1" -> {
                JsonNode at = input;
                for (JsonNode key : array(values.getFirst(), "a path")) {
                    meter.step();
                    at = evaluator.index(at, key);
                }
                yield at;
            }
            case "now/0" -> Values.of(evaluator.now().toEpochMilli() / 1000.0);
            case "mktime/0" -> Times.mktime(input);
            case "gmtime/0" -> Times.gmtime(input);
            case "strftime/1" -> Times.strftime(input, values.getFirst(), meter);
            case "strptime/1" -> Times.strptime(input, values.getFirst());
            default -> mathematics(signature, input, values);
        };
    }

    private static JsonNode mathematics(String signature, JsonNode input, List<JsonNode> values) {
        return switch (signature) {
            case "infinite/0" -> Values.of(Double.POSITIVE_INFINITY);
            case "nan/0" -> Values.of(Double.NaN);
            case "pow/2" -> Values.of(Math.pow(number(values.get(0)), number(values.get(1))));
            case "floor/0" -> Values.of(Math.floor(number(input)));
            case "ceil/0" -> Values.of(Math.ceil(number(input)));
            case "round/0" -> Values.of(Math.signum(number(input)) * Math.floor(Math.abs(number(input)) + 0.5));
            case "sqrt/0" -> Values.of(Math.sqrt(number(input)));
            case "fabs/0" -> Values.of(Math.abs(number(input)));
            case "log/0" -> Values.of(Math.log(number(input)));
            case "log2/0" -> Values.of(Math.log(number(input)) / Math.log(2));
            case "log10/0" -> Values.of(Math.log10(number(input)));
            case "exp/0" -> Values.of(Math.exp(number(input)));
            case "exp2/0" -> Values.of(Math.pow(2, number(input)));
            case "exp10/0" -> Values.of(Math.pow(10, number(input)));
            case "isinfinite/0" -> Values.of(Double.isInfinite(number(input)));
            case "isnan/0" -> Values.of(Double.isNaN(number(input)));
            case "isnormal/0" ->
                Values.of(Double.isFinite(number(input)) && Math.abs(number(input)) >= Double.MIN_NORMAL);
            default -> throw new IllegalStateException(signature);
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

    private static JsonNode array(JsonNode value, String participle) {
        if (!value.isArray()) {
            throw new JqException(Values.described(value) + " cannot be " + participle + ", as it is not an array");
        }
        return value;
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

    // Containers

    private static JsonNode keys(JsonNode value, boolean inOrder, Meter meter) {
        ArrayNode keys = Values.array();
        meter.steps(value.size());
        if (value.isArray()) {
            for (int i = 0; i < value.size(); i++) {
                keys.add(i);
            }
        } else if (!value.isObject()) {
            throw new JqException(Values.described(value) + " has no keys");
        } else if (inOrder) {
            Values.keys(value, meter).forEach(keys::add);
        } else {
            value.fieldNames().forEachRemaining(keys::add);
        }
        return keys;
    }

    private static JsonNode has(JsonNode value, JsonNode key) {
        if (value.isObject() && key.isTextual()) {
            return Values.of(value.has(key.textValue()));
        }
        if (value.isArray() && key.isNumber()) {
            return Values.of(key.doubleValue() >= 0 && key.doubleValue() < value.size());
        }
        throw new JqException("Cannot check whether " + Values.type(value) + " has a "
                + (key.isTextual() ? "string" : Values.type(key)) + " key");
    }

    private static boolean contains(JsonNode whole, JsonNode part, Meter meter) {
        meter.step();
        if (whole.isObject() && part.isObject()) {
            for (Map.Entry<String, JsonNode> member : part.properties()) {
                if (!whole.has(member.getKey()) || !contains(whole.get(member.getKey()), member.getValue(), meter)) {
                    return false;
                }
            }
            return true;
        }
        if (whole.isArray() && part.isArray()) {
            for (JsonNode wanted : part) {
                boolean found = false;
                for (JsonNode element : whole) {
                    found = found
                            || (Values.type(element).equals(Values.type(wanted)) && contains(element, wanted, meter));
                }
                if (!found) {
                    return false;
                }
            }
            return true;
        }
        if (whole.isTextual() && part.isTextual()) {
            meter.steps(whole.textValue().length() / 16);
            return whole.textValue().contains(part.textValue());
        }
        if (!Values.type(whole).equals(Values.type(part))) {
            throw new JqException(Values.described(whole) + " and " + Values.described(part)
                    + " cannot have their containment checked");
        }
        return Values.compare(whole, part, meter) == 0;
    }

    static JsonNode indices(JsonNode whole, JsonNode part, Meter meter) {
        ArrayNode found = Values.array();
        if (whole.isTextual() && part.isTextual()) {
            String wanted = part.textValue();
            meter.steps(whole.textValue().length());
            for (int at = wanted.isEmpty() ? -1 : whole.textValue().indexOf(wanted);
                    at >= 0;
                    at = whole.textValue().indexOf(wanted, at + 1)) {
                meter.step();
                found.add(at);
            }
            return found;
        }
        if (!whole.isArray()) {
            throw new JqException("Cannot determine indices of " + Values.type(part) + " in " + Values.type(whole));
        }
        int length = part.isArray() ? part.size() : 1;
        for (int at = 0; length > 0 && at + length <= whole.size(); at++) {
            boolean same = true;
            for (int i = 0; same && i < length; i++) {
                same = Values.compare(whole.get(at + i), part.isArray() ? part.get(i) : part, meter) == 0;
            }
            if (same) {
                found.add(at);
            }
        }
        return found;
    }

    private static void flatten(JsonNode value, int depth, ArrayNode into, Meter meter) {
        meter.enter();
        for (JsonNode element : value) {
            if (element.isArray() && depth > 0) {
                flatten(element, depth - 1, into, meter);
            } else {
                meter.step();
                into.add(element);
            }
        }
        meter.leave();
    }

    private static JsonNode reversed(JsonNode input, Meter meter) {
        ArrayNode turned = Values.array();
        meter.steps(input.size());
        if (!input.isNull() && !array(input, "reversed").isEmpty()) {
            for (int i = input.size() - 1; i >= 0; i--) {
                turned.add(input.get(i));
            }
        }
        return turned;
    }

    private static void range(List<JsonNode> values, Meter meter, Consumer<JsonNode> out) {
        if (!values.stream().allMatch(JsonNode::isNumber)) {
            throw new JqException("Range bounds must be numeric");
        }
        double to = values.get(1).doubleValue();
        double by = values.get(2).doubleValue();
        for (double at = values.get(0).doubleValue(); by > 0 ? at < to : by < 0 ? at > to : at < to; at += by) {
            meter.step();
            out.accept(Values.of(at));
        }
    }

    private static void paths(JsonNode value, ArrayNode prefix, Meter meter, Consumer<JsonNode> out) {
        meter.enter();
        for (JsonNode key : value.isContainerNode() ? keys(value, false, meter) : Values.array()) {
            ArrayNode path = Values.array().addAll(prefix).add(key);
            meter.steps(path.size());
            out.accept(path);
            paths(key.isTextual() ? value.get(key.textValue()) : value.get(key.intValue()), path, meter, out);
        }
        meter.leave();
    }

    // Order

    private record Keyed(JsonNode key, JsonNode value) {}

    private static Comparator<JsonNode> order(Meter meter) {
        return (left, right) -> Values.compare(left, right, meter);
    }

    private static ArrayNode sorted(JsonNode input, Meter meter) {
        List<JsonNode> elements = new ArrayList<>();
        array(input, "sorted").forEach(elements::add);
        elements.sort(order(meter));
        return Values.array().addAll(elements);
    }

    private static ArrayNode unique(JsonNode sorted, Meter meter) {
        ArrayNode once = Values.array();
        for (JsonNode element : sorted) {
            if (once.isEmpty() || Values.compare(once.get(once.size() - 1), element, meter) != 0) {
                once.add(element);
            }
        }
        return once;
    }

    private static JsonNode extreme(JsonNode values, JsonNode keys, int sign, Meter meter) {
        int best = -1;
        for (int i = 0; i < array(values, "iterated over").size(); i++) {
            int order = best < 0 ? 1 : sign * Values.compare(keys.get(i), keys.get(best), meter);
            // of equals, min keeps the first and max the last
            if (order > 0 || (order == 0 && sign > 0)) {
                best = i;
            }
        }
        return best < 0 ? NullNode.getInstance() : values.get(best);
    }

    private static JsonNode byKey(Evaluator evaluator, Expression.Call call, Scope scope, JsonNode input) {
        Meter meter = evaluator.meter();
        List<Keyed> keyed = new ArrayList<>();
        ArrayNode keys = Values.array();
        for (JsonNode element : array(input, "sorted")) {
            JsonNode key = Values.array().addAll(evaluator.all(call.arguments().getFirst(), scope, element));
            keys.add(key);
            keyed.add(new Keyed(key, element));
        }
        if (call.name().equals("min_by") || call.name().equals("max_by")) {
            return extreme(input, keys, call.name().equals("min_by") ? -1 : 1, meter);
        }
        keyed.sort(Comparator.comparing(Keyed::key, order(meter)));
        ArrayNode result = Values.array();
        JsonNode last = null;
        for (Keyed each : keyed) {
            boolean same = last != null && Values.compare(last, each.key(), meter) == 0;
            last = each.key();
            switch (call.name()) {
                case "sort_by" -> result.add(each.value());
                case "unique_by" -> {
                    if (!same) {
                        result.add(each.value());
                    }
                }
                default -> (same ? (ArrayNode) result.get(result.size() - 1) : result.addArray()).add(each.value());
            }
        }
        return result;
    }
}
