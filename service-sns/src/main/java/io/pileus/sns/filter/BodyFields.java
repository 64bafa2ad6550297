package io.pileus.sns.filter;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/** The members of a JSON object as fields. Arrays stand for their elements, however deep. */
record BodyFields(JsonNode object) implements Fields {

    @Override
    public boolean has(String name) {
        return object.has(name);
    }

    @Override
    public List<Value> values(String name) {
        List<Value> values = new ArrayList<>();
        leaves(object.get(name)).forEach(leaf -> {
            if (!leaf.isObject()) {
                values.add(Value.of(leaf));
            }
        });
        return values;
    }

    @Override
    public List<Fields> objects(String name) {
        List<Fields> objects = new ArrayList<>();
        leaves(object.get(name)).forEach(leaf -> {
            if (leaf.isObject()) {
                objects.add(new BodyFields(leaf));
            }
        });
        return objects;
    }

    private static List<JsonNode> leaves(JsonNode node) {
        List<JsonNode> leaves = new ArrayList<>();
        collect(node, leaves);
        return leaves;
    }

    private static void collect(JsonNode node, List<JsonNode> leaves) {
        if (node == null) {
            return;
        }
        if (node.isArray()) {
            node.forEach(element -> collect(element, leaves));
        } else {
            leaves.add(node);
        }
    }
}
