package io.pileus.sns.delivery;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.pileus.core.shape.JsonTrees;
import io.pileus.sns.filter.Value;
import io.pileus.sns.model.MessageAttributeValue;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Message attributes as a filter policy sees them: a String is text, a Number a number, a String.Array the values of its
 * elements; a Binary cannot be filtered on, and an array that does not parse is plain text.
 */
final class AttributeValues {

    private AttributeValues() {}

    static Map<String, List<Value>> of(Map<String, MessageAttributeValue> attributes) {
        if (attributes.isEmpty()) {
            return Map.of();
        }
        Map<String, List<Value>> values = new HashMap<>();
        attributes.forEach((name, attribute) -> {
            String type = attribute.dataType();
            if (type.startsWith("Binary")) {
                values.put(name, List.of());
            } else if (type.equals("String.Array")) {
                values.put(name, elements(attribute.stringValue()));
            } else if (type.startsWith("Number")) {
                values.put(name, List.of(number(attribute.stringValue())));
            } else {
                values.put(name, List.of(new Value.Text(attribute.stringValue())));
            }
        });
        return values;
    }

    private static Value number(String text) {
        try {
            return new Value.Number(new BigDecimal(text.trim()));
        } catch (NumberFormatException e) {
            return new Value.Text(text);
        }
    }

    private static List<Value> elements(String json) {
        try {
            JsonNode array = JsonTrees.mapper().readTree(json);
            if (array != null && array.isArray()) {
                List<Value> elements = new ArrayList<>();
                array.forEach(element -> elements.add(Value.of(element)));
                return elements;
            }
        } catch (JsonProcessingException e) {
            // no array: plain text, below
        }
        return List.of(new Value.Text(json));
    }
}
