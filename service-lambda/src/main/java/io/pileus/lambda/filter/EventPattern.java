package io.pileus.lambda.filter;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * An event pattern: for each field it names, the values the field may have. All fields must fit; of a field's alternatives one.
 * Where the event has an array, one of its items must fit; a pattern of several fields must fit one and the same item.
 *
 * @see <a href="https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-create-pattern-operators.html">Comparison
 *     operators</a>
 */
final class EventPattern {
    private final Fields root;

    EventPattern(Fields root) {
        this.root = root;
    }

    /** A part of a pattern. */
    sealed interface Part {}

    /**
     * An object: all fields, and of each {@code $or} one branch.
     *
     * @param alternatives the branches of each {@code $or}
     */
    record Fields(Map<String, Part> fields, List<List<Fields>> alternatives) implements Part {
        Fields {
            fields = Map.copyOf(fields);
            alternatives = List.copyOf(alternatives);
        }
    }

    /** The alternatives of one field. */
    record Values(List<ValueRule> rules) implements Part {
        Values {
            rules = List.copyOf(rules);
        }
    }

    /** What the pattern says of a top-level field: fields within it, values, or nothing. */
    enum Kind {
        FIELDS,
        VALUES,
        ABSENT
    }

    Kind kindOf(String field) {
        return switch (root.fields().get(field)) {
            case null -> Kind.ABSENT;
            case Fields fields -> Kind.FIELDS;
            case Values values -> Kind.VALUES;
        };
    }

    boolean matches(JsonNode event) {
        return matches(root, event);
    }

    private static boolean matches(Fields fields, JsonNode event) {
        if (event.isArray() && !event.isEmpty()) {
            for (JsonNode item : event) {
                if (matches(fields, item)) {
                    return true;
                }
            }
            return false;
        }
        for (Map.Entry<String, Part> field : fields.fields().entrySet()) {
            JsonNode value = event.isObject() ? event.path(field.getKey()) : MissingNode.getInstance();
            boolean fits = switch (field.getValue()) {
                case Fields inner -> matches(inner, value);
                case Values values -> matches(values, value);
            };
            if (!fits) {
                return false;
            }
        }
        for (List<Fields> branches : fields.alternatives()) {
            if (branches.stream().noneMatch(branch -> matches(branch, event))) {
                return false;
            }
        }
        return true;
    }

    private static boolean matches(Values values, JsonNode value) {
        List<JsonNode> leaves = new ArrayList<>();
        forEachLeaf(value, leaves::add);
        for (ValueRule rule : values.rules()) {
            // whether a field exists is asked of leaves only: an object in its place counts as nothing
            boolean fits = rule instanceof ValueRule.Exists exists
                    ? exists.wanted() != leaves.isEmpty()
                    : leaves.stream().anyMatch(rule::matches);
            if (fits) {
                return true;
            }
        }
        return false;
    }

    private static void forEachLeaf(JsonNode value, Consumer<JsonNode> consumer) {
        if (value.isArray()) {
            value.forEach(item -> forEachLeaf(item, consumer));
        } else if (value.isValueNode() && !value.isMissingNode()) {
            consumer.accept(value);
        }
    }
}
