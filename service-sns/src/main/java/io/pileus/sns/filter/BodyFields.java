package io.pileus.sns.filter;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The members of a JSON object as fields. Arrays stand for their elements, however deep. Names may be spelled with dots:
 * {@code {"a.b": 1}} is the same as {@code {"a": {"b": 1}}}.
 */
record BodyFields(JsonNode object) implements Fields {

    /** Only what has a value of its own is there: an object is not, as in awsdocs/amazon-sns-developer-guide issue 36. */
    @Override
    public boolean has(String name) {
        return !values(name).isEmpty();
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
        JsonNode member = object.get(name);
        ObjectNode dotted = dotted(name);
        if (dotted != null && member instanceof ObjectNode undotted) {
            return List.of(new BodyFields(dotted.setAll(undotted)));
        }
        List<Fields> objects = new ArrayList<>();
        leaves(member).forEach(leaf -> {
            if (leaf.isObject()) {
                objects.add(new BodyFields(leaf));
            }
        });
        if (dotted != null) {
            objects.add(new BodyFields(dotted));
        }
        return objects;
    }

    /** What members whose names go on after the name and a dot tell of it; null where there are none. */
    private @Nullable ObjectNode dotted(String name) {
        ObjectNode dotted = null;
        for (Map.Entry<String, JsonNode> entry : object.properties()) {
            String path = entry.getKey();
            if (path.length() > name.length() && path.charAt(name.length()) == '.' && path.startsWith(name)) {
                dotted = dotted == null ? JsonNodeFactory.instance.objectNode() : dotted;
                dotted.set(path.substring(name.length() + 1), entry.getValue());
            }
        }
        return dotted;
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
