package io.pileus.client;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A JSON object to read from; what is not there is empty. */
record Node(Map<?, ?> fields) {

    static Node of(@Nullable Object value) {
        return new Node(value instanceof Map<?, ?> fields ? fields : Map.of());
    }

    String text(String name) {
        Object value = fields.get(name);
        return value == null ? "" : value.toString();
    }

    long number(String name) {
        return fields.get(name) instanceof Number number ? number.longValue() : 0;
    }

    double decimal(String name) {
        return fields.get(name) instanceof Number number ? number.doubleValue() : 0;
    }

    boolean flag(String name) {
        return Boolean.TRUE.equals(fields.get(name));
    }

    Node node(String name) {
        return of(fields.get(name));
    }

    List<Node> nodes(String name) {
        return fields.get(name) instanceof List<?> list
                ? list.stream().map(Node::of).toList()
                : List.of();
    }

    Map<String, String> texts(String name) {
        Map<String, String> texts = new LinkedHashMap<>();
        node(name).fields().forEach((key, value) -> texts.put(String.valueOf(key), String.valueOf(value)));
        return texts;
    }

    /** The value of this name as JSON; empty when there is none. */
    String json(String name) {
        return fields.get(name) == null ? "" : Json.write(fields.get(name));
    }
}
