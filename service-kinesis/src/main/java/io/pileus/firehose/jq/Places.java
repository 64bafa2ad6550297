package io.pileus.firehose.jq;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;

/** Values with something put at, or taken from, a place within. The values themselves never change. */
final class Places {
    private final Evaluator evaluator;
    private final Meter meter;

    Places(Evaluator evaluator) {
        this.evaluator = evaluator;
        this.meter = evaluator.meter();
    }

    JsonNode get(JsonNode value, JsonNode path) {
        JsonNode at = value;
        for (JsonNode key : path(path)) {
            meter.step();
            at = part(at, key);
        }
        return at;
    }

    JsonNode set(JsonNode value, JsonNode path, JsonNode newValue) {
        return set(value, path(path), 0, newValue);
    }

    private static JsonNode path(JsonNode path) {
        if (!path.isArray()) {
            throw new JqException("Path must be specified as an array");
        }
        return path;
    }

    private JsonNode set(JsonNode value, JsonNode path, int position, JsonNode newValue) {
        if (position == path.size()) {
            return newValue;
        }
        meter.enter();
        JsonNode key = path.get(position);
        JsonNode changed = with(value, key, set(part(value, key), path, position + 1, newValue));
        meter.leave();
        return changed;
    }

    private JsonNode part(JsonNode value, JsonNode key) {
        return key.isObject() ? evaluator.sliced(value, start(key), end(key)) : evaluator.index(value, key);
    }

    private static JsonNode start(JsonNode slice) {
        return slice.path("start").isMissingNode() ? NullNode.getInstance() : slice.get("start");
    }

    private static JsonNode end(JsonNode slice) {
        return slice.path("end").isMissingNode() ? NullNode.getInstance() : slice.get("end");
    }

    /** The value with another part; of a kind that has such a key, if it is null. */
    private JsonNode with(JsonNode value, JsonNode key, JsonNode part) {
        meter.steps(value.size());
        if (key.isTextual() && (value.isNull() || value.isObject())) {
            ObjectNode changed =
                    value.isNull() ? Values.object() : Values.object().setAll((ObjectNode) value);
            changed.set(key.textValue(), part);
            return changed;
        }
        ArrayNode changed = Values.array();
        if (value.isArray()) {
            changed.addAll((ArrayNode) value);
        } else if (!value.isNull()) {
            throw new JqException("Cannot index " + Values.type(value) + " with " + Values.type(key));
        }
        if (key.isObject()) {
            return withSlice(changed, evaluator.range(start(key), end(key), changed.size()), part);
        }
        double at = Builtins.number(key) < 0 ? Builtins.number(key) + changed.size() : Builtins.number(key);
        if (at < 0) {
            throw new JqException("Out of bounds negative array index");
        }
        for (; changed.size() <= (long) at; changed.addNull()) {
            meter.step();
        }
        changed.set((int) at, part);
        return changed;
    }

    private static JsonNode withSlice(ArrayNode value, Evaluator.Range range, JsonNode part) {
        if (!part.isArray()) {
            throw new JqException("A slice of an array can only be assigned another array");
        }
        ArrayNode changed = Values.array();
        for (int i = 0; i < range.start(); i++) {
            changed.add(value.get(i));
        }
        changed.addAll((ArrayNode) part);
        for (int i = range.end(); i < value.size(); i++) {
            changed.add(value.get(i));
        }
        return changed;
    }

    /** Deletes what is at the places, the last first, so that none moves before its turn. */
    JsonNode delete(JsonNode value, JsonNode paths) {
        if (!paths.isArray()) {
            throw new JqException("Paths must be specified as an array");
        }
        List<JsonNode> sorted = new ArrayList<>();
        paths.forEach(sorted::add);
        sorted.sort((left, right) -> Values.compare(right, left, meter));
        JsonNode left = value;
        for (JsonNode path : sorted) {
            left = delete(left, path(path), 0);
        }
        return left;
    }

    private JsonNode delete(JsonNode value, JsonNode path, int position) {
        if (value.isNull() || position == path.size()) {
            return NullNode.getInstance();
        }
        meter.enter();
        JsonNode key = path.get(position);
        JsonNode changed;
        if (position == path.size() - 1) {
            changed = without(value, key);
        } else {
            JsonNode part = part(value, key);
            changed = part.isNull() ? value : with(value, key, delete(part, path, position + 1));
        }
        meter.leave();
        return changed;
    }

    private JsonNode without(JsonNode value, JsonNode key) {
        meter.steps(value.size());
        if (value.isObject() && key.isTextual()) {
            ObjectNode changed = Values.object().setAll((ObjectNode) value);
            changed.remove(key.textValue());
            return changed;
        }
        if (value.isArray() && key.isNumber()) {
            ArrayNode changed = Values.array().addAll((ArrayNode) value);
            double at = key.doubleValue() < 0 ? key.doubleValue() + value.size() : key.doubleValue();
            if (at >= 0 && at < value.size()) {
                changed.remove((int) at);
            }
            return changed;
        }
        if (value.isArray() && key.isObject()) {
            Evaluator.Range range = evaluator.range(start(key), end(key), value.size());
            return withSlice((ArrayNode) value, range, Values.array());
        }
        throw new JqException(
                value.isObject()
                        ? "Cannot delete " + Values.type(key) + " field of object"
                        : value.isArray()
                                ? "Cannot delete " + Values.type(key) + " element of array"
                                : "Cannot delete fields from " + Values.type(value));
    }
}
