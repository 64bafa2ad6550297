package io.pileus.stepfunctions.jsonata;

import com.dashjoin.jsonata.Jsonata;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.DoubleNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** JSON values to the evaluator's plain Java values and back. */
final class JsonataValues {
    /** How many values a result may hold; a shared value counts as often as it appears. */
    private static final int NODES_MAX = 2_000_000;

    private static final int DEPTH_MAX = 500;

    private int nodes;

    private JsonataValues() {}

    /** A JSON null inside a container is a Java null; on its own it is the evaluator's null, for Java's means undefined. */
    static Object toJava(JsonNode node) {
        Object value = plain(node);
        return value == null ? Jsonata.NULL_VALUE : value;
    }

    private static @Nullable Object plain(JsonNode node) {
        return switch (node.getNodeType()) {
            case OBJECT -> {
                Map<String, Object> map = LinkedHashMap.newLinkedHashMap(node.size());
                for (Map.Entry<String, JsonNode> field : node.properties()) {
                    map.put(field.getKey(), plain(field.getValue()));
                }
                yield map;
            }
            case ARRAY -> {
                List<Object> list = new ArrayList<>(node.size());
                for (JsonNode element : node) {
                    list.add(plain(element));
                }
                yield list;
            }
            case STRING -> node.textValue();
            case BOOLEAN -> node.booleanValue();
            case NUMBER -> number(node);
            default -> null;
        };
    }

    private static Number number(JsonNode node) {
        if (node.isInt()) {
            return node.intValue();
        }
        if (node.isLong()) {
            return node.longValue();
        }
        double value = node.doubleValue();
        return value == Math.rint(value) && Math.abs(value) < 1L << 53 ? (Number) (long) value : value;
    }

    /** The JSON value of a result; undefined and functions have none. */
    static @Nullable JsonNode toJson(@Nullable Object value) {
        return new JsonataValues().json(value, 0);
    }

    private @Nullable JsonNode json(@Nullable Object value, int depth) {
        if (++nodes > NODES_MAX || depth > DEPTH_MAX) {
            throw JsonataBounds.tooLarge();
        }
        if (value == null) {
            return depth == 0 ? null : NullNode.instance;
        }
        if (value == Jsonata.NULL_VALUE) {
            return NullNode.instance;
        }
        return switch (value) {
            case String text -> TextNode.valueOf(text);
            case Boolean flag -> BooleanNode.valueOf(flag);
            case Integer number -> IntNode.valueOf(number);
            case Long number ->
                number == number.intValue() ? IntNode.valueOf(number.intValue()) : LongNode.valueOf(number);
            case Number number -> decimal(number.doubleValue());
            case Map<?, ?> map -> {
                ObjectNode object = JsonNodeFactory.instance.objectNode();
                for (Map.Entry<?, ?> field : map.entrySet()) {
                    JsonNode member = json(field.getValue(), depth + 1);
                    if (member != null) {
                        object.set(String.valueOf(field.getKey()), member);
                    }
                }
                yield object;
            }
            case Iterable<?> list -> {
                ArrayNode array = JsonNodeFactory.instance.arrayNode();
                for (Object element : list) {
                    JsonNode member = json(element, depth + 1);
                    if (member != null) {
                        array.add(member);
                    }
                }
                yield array;
            }
            default -> depth == 0 ? null : TextNode.valueOf("");
        };
    }

    private static JsonNode decimal(double value) {
        if (Double.isNaN(value) || Double.isInfinite(value)) {
            return TextNode.valueOf(String.valueOf(value));
        }
        if (value == Math.rint(value) && Math.abs(value) < 1L << 53) {
            long whole = (long) value;
            return whole == (int) whole ? IntNode.valueOf((int) whole) : LongNode.valueOf(whole);
        }
        return DoubleNode.valueOf(value);
    }

    /** Counts the values in a result as its JSON text would hold them, and fails when they are too many. */
    static void check(@Nullable Object value) {
        new JsonataValues().json(value, 0);
    }
}
