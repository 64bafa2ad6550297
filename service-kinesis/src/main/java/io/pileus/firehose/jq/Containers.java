package io.pileus.firehose.jq;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.NullNode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Functions on arrays and objects: their keys, what is in them, their order. */
final class Containers {
    private Containers() {}

    static JsonNode keys(JsonNode value, boolean inOrder, Meter meter) {
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

    static JsonNode has(JsonNode value, JsonNode key) {
        if (value.isObject() && key.isTextual()) {
            return Values.of(value.has(key.textValue()));
        }
        if (value.isArray() && key.isNumber()) {
            return Values.of(key.doubleValue() >= 0 && key.doubleValue() < value.size());
        }
        throw new JqException("Cannot check whether " + Values.type(value) + " has a "
                + (key.isTextual() ? "string" : Values.type(key)) + " key");
    }

    static boolean contains(JsonNode whole, JsonNode part, Meter meter) {
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

    static void flatten(JsonNode value, int depth, ArrayNode into, Meter meter) {
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

    static JsonNode reversed(JsonNode input, Meter meter) {
        ArrayNode turned = Values.array();
        meter.steps(input.size());
        if (!input.isNull() && !Builtins.array(input, "reversed").isEmpty()) {
            for (int i = input.size() - 1; i >= 0; i--) {
                turned.add(input.get(i));
            }
        }
        return turned;
    }

    static void range(List<JsonNode> values, Meter meter, Consumer<JsonNode> out) {
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

    static void paths(JsonNode value, ArrayNode prefix, Meter meter, Consumer<JsonNode> out) {
        meter.enter();
        for (JsonNode key : value.isContainerNode() ? keys(value, false, meter) : Values.array()) {
            ArrayNode path = Values.array().addAll(prefix).add(key);
            meter.steps(path.size());
            out.accept(path);
            paths(key.isTextual() ? value.get(key.textValue()) : value.get(key.intValue()), path, meter, out);
        }
        meter.leave();
    }

    private record Keyed(JsonNode key, JsonNode value) {}

    private static Comparator<JsonNode> order(Meter meter) {
        return (left, right) -> Values.compare(left, right, meter);
    }

    static ArrayNode sorted(JsonNode input, Meter meter) {
        List<JsonNode> elements = new ArrayList<>();
        Builtins.array(input, "sorted").forEach(elements::add);
        elements.sort(order(meter));
        return Values.array().addAll(elements);
    }

    static ArrayNode unique(JsonNode sorted, Meter meter) {
        ArrayNode once = Values.array();
        for (JsonNode element : sorted) {
            if (once.isEmpty() || Values.compare(once.get(once.size() - 1), element, meter) != 0) {
                once.add(element);
            }
        }
        return once;
    }

    static JsonNode extreme(JsonNode values, JsonNode keys, int sign, Meter meter) {
        int best = -1;
        for (int i = 0; i < Builtins.array(values, "iterated over").size(); i++) {
            int order = best < 0 ? 1 : sign * Values.compare(keys.get(i), keys.get(best), meter);
            // of equals, min keeps the first and max the last
            if (order > 0 || (order == 0 && sign > 0)) {
                best = i;
            }
        }
        return best < 0 ? NullNode.getInstance() : values.get(best);
    }

    static JsonNode byKey(Evaluator evaluator, Expression.Call call, Scope scope, JsonNode input) {
        Meter meter = evaluator.meter();
        List<Keyed> keyed = new ArrayList<>();
        ArrayNode keys = Values.array();
        for (JsonNode element : Builtins.array(input, "sorted")) {
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
