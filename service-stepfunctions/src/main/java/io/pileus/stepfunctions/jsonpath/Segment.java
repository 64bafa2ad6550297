package io.pileus.stepfunctions.jsonpath;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.DoubleNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;
import java.util.stream.DoubleStream;
import java.util.stream.StreamSupport;

/** One step of a path: from a value to the values it selects. */
public sealed interface Segment {

    /** Whether the step leads to at most one value. */
    default boolean definite() {
        return false;
    }

    /** Hands on the values that the step selects in a node. */
    void select(JsonNode node, JsonNode root, Consumer<JsonNode> selected);

    /** {@code .name} or {@code ['name']}. */
    record Field(String name) implements Segment {
        @Override
        public boolean definite() {
            return true;
        }

        @Override
        public void select(JsonNode node, JsonNode root, Consumer<JsonNode> selected) {
            JsonNode value = node.isObject() ? node.get(name) : null;
            if (value != null) {
                selected.accept(value);
            }
        }
    }

    /** {@code ['a','b']}: an object with those fields that are there. */
    record Fields(List<String> names) implements Segment {
        @Override
        public boolean definite() {
            return true;
        }

        @Override
        public void select(JsonNode node, JsonNode root, Consumer<JsonNode> selected) {
            if (!node.isObject()) {
                return;
            }
            ObjectNode picked = JsonNodeFactory.instance.objectNode();
            for (String name : names) {
                JsonNode value = node.get(name);
                if (value != null) {
                    picked.set(name, value);
                }
            }
            selected.accept(picked);
        }
    }

    /** {@code [0]} or {@code [0,2]}; negative counts from the end. */
    record Indexes(List<Integer> indexes) implements Segment {
        boolean single() {
            return indexes.size() == 1;
        }

        int first() {
            return indexes.get(0);
        }

        @Override
        public boolean definite() {
            return single();
        }

        @Override
        public void select(JsonNode node, JsonNode root, Consumer<JsonNode> selected) {
            if (!node.isArray()) {
                return;
            }
            for (int index : indexes) {
                JsonNode value = node.get(index < 0 ? node.size() + index : index);
                if (value != null) {
                    selected.accept(value);
                }
            }
        }
    }

    /** {@code [from:to:step]}. */
    record Slice(OptionalInt from, OptionalInt to, int step) implements Segment {
        @Override
        public void select(JsonNode node, JsonNode root, Consumer<JsonNode> selected) {
            if (!node.isArray()) {
                return;
            }
            int size = node.size();
            int begin = from.isPresent() ? bound(from.getAsInt(), size) : 0;
            int end = to.isPresent() ? bound(to.getAsInt(), size) : size;
            for (int i = begin; i < end; i += step) {
                selected.accept(node.get(i));
            }
        }

        private static int bound(int index, int size) {
            return Math.max(0, Math.min(size, index < 0 ? size + index : index));
        }
    }

    /** {@code .*} or {@code [*]}. */
    record Wildcard() implements Segment {
        @Override
        public void select(JsonNode node, JsonNode root, Consumer<JsonNode> selected) {
            node.forEach(selected);
        }
    }

    /** {@code ..} before another step: that step in the node and in everything below it. */
    record Descent(Segment each) implements Segment {
        @Override
        public void select(JsonNode node, JsonNode root, Consumer<JsonNode> selected) {
            each.select(node, root, selected);
            for (JsonNode child : node) {
                if (child.isContainerNode()) {
                    select(child, root, selected);
                }
            }
        }
    }

    /** {@code [?(…)]}: the members for which the condition holds. */
    record Where(Filter condition) implements Segment {
        @Override
        public void select(JsonNode node, JsonNode root, Consumer<JsonNode> selected) {
            if (node.isArray()) {
                for (JsonNode element : node) {
                    if (condition.holds(element, root)) {
                        selected.accept(element);
                    }
                }
            } else if (node.isObject() && condition.holds(node, root)) {
                selected.accept(node);
            }
        }
    }

    /** A function at the path's end, such as {@code .length()}. */
    record Function(String name) implements Segment {
        static final List<String> NAMES =
                List.of("length", "size", "min", "max", "avg", "sum", "stddev", "keys", "first", "last");

        @Override
        public boolean definite() {
            return true;
        }

        @Override
        public void select(JsonNode node, JsonNode root, Consumer<JsonNode> selected) {
            apply(node).ifPresent(selected);
        }

        Optional<JsonNode> apply(JsonNode node) {
            return switch (name) {
                case "length", "size" ->
                    node.isContainerNode()
                            ? Optional.of(IntNode.valueOf(node.size()))
                            : node.isTextual()
                                    ? Optional.of(
                                            IntNode.valueOf(node.textValue().length()))
                                    : Optional.empty();
                case "keys" -> {
                    if (!node.isObject()) {
                        yield Optional.empty();
                    }
                    var keys = JsonNodeFactory.instance.arrayNode();
                    node.fieldNames().forEachRemaining(keys::add);
                    yield Optional.of(keys);
                }
                case "first" -> node.isArray() ? Optional.ofNullable(node.get(0)) : Optional.empty();
                case "last" -> node.isArray() ? Optional.ofNullable(node.get(node.size() - 1)) : Optional.empty();
                case "min" -> number(numbers(node).min().stream());
                case "max" -> number(numbers(node).max().stream());
                case "avg" -> number(numbers(node).average().stream());
                case "sum" ->
                    numbers(node).findAny().isEmpty()
                            ? Optional.empty()
                            : number(DoubleStream.of(numbers(node).sum()));
                default -> deviation(numbers(node).toArray());
            };
        }

        private static DoubleStream numbers(JsonNode node) {
            return StreamSupport.stream(node.spliterator(), false)
                    .filter(JsonNode::isNumber)
                    .mapToDouble(JsonNode::doubleValue);
        }

        private static Optional<JsonNode> number(DoubleStream value) {
            return value.mapToObj(d -> (JsonNode) DoubleNode.valueOf(d)).findFirst();
        }

        private static Optional<JsonNode> deviation(double[] values) {
            if (values.length == 0) {
                return Optional.empty();
            }
            double mean = DoubleStream.of(values).average().orElse(0);
            double variance = DoubleStream.of(values)
                    .map(v -> (v - mean) * (v - mean))
                    .average()
                    .orElse(0);
            return Optional.of(DoubleNode.valueOf(Math.sqrt(variance)));
        }
    }
}
