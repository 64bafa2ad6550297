package io.pileus.lambda.mapping;

import com.fasterxml.jackson.databind.JsonNode;
import io.pileus.core.shape.JsonTrees;
import io.pileus.lambda.LambdaErrors;
import io.pileus.lambda.model.Filter;
import io.pileus.lambda.model.FilterCriteria;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An event pattern: names every field an event must have and the values it may have. Knows exact values, {@code prefix},
 * {@code suffix}, {@code equals-ignore-case}, {@code anything-but}, {@code exists}, {@code numeric} and {@code $or}.
 */
final class EventPattern {
    private static final Set<String> OPERATORS =
            Set.of("prefix", "suffix", "equals-ignore-case", "anything-but", "exists", "numeric");
    private final JsonNode pattern;

    private EventPattern(JsonNode pattern) {
        this.pattern = pattern;
    }

    /** The patterns of a mapping's filter criteria; none lets everything through. */
    static List<EventPattern> parseAll(@Nullable FilterCriteria criteria) {
        List<EventPattern> patterns = new ArrayList<>();
        if (criteria != null) {
            for (Filter filter : criteria.filters()) {
                patterns.add(parse(String.valueOf(filter.pattern())));
            }
        }
        return patterns;
    }

    private static EventPattern parse(String text) {
        try {
            JsonNode node = JsonTrees.mapper().readTree(text);
            if (node != null && node.isObject()) {
                check(node, 0);
                return new EventPattern(node);
            }
        } catch (IOException e) {
            // said below
        }
        throw LambdaErrors.invalid("Invalid filter pattern definition.");
    }

    private static void check(JsonNode node, int depth) throws IOException {
        for (Map.Entry<String, JsonNode> field : node.properties()) {
            JsonNode value = field.getValue();
            if (depth > 20 || !(value.isObject() || value.isArray() && !value.isEmpty())) {
                throw new IOException("not a pattern");
            }
            if (value.isObject()) {
                check(value, depth + 1);
            } else if (field.getKey().equals("$or")) {
                for (JsonNode branch : value) {
                    check(branch, depth + 1);
                }
            } else {
                for (JsonNode rule : value) {
                    if (rule.isArray() || rule.isObject() && (rule.size() != 1 || !known(rule))) {
                        throw new IOException("not a rule");
                    }
                }
            }
        }
    }

    private static boolean known(JsonNode rule) {
        Map.Entry<String, JsonNode> only = rule.properties().iterator().next();
        JsonNode value = only.getValue();
        return OPERATORS.contains(only.getKey())
                && switch (only.getKey()) {
                    case "exists" -> value.isBoolean();
                    case "numeric" -> value.isArray() && value.size() % 2 == 0 && !value.isEmpty();
                    case "anything-but" -> true;
                    default -> value.isTextual();
                };
    }

    boolean matches(JsonNode event) {
        return object(pattern, event);
    }

    private static boolean object(JsonNode pattern, JsonNode event) {
        for (Map.Entry<String, JsonNode> field : pattern.properties()) {
            JsonNode rules = field.getValue();
            boolean fits;
            if (field.getKey().equals("$or")) {
                fits = false;
                for (JsonNode branch : rules) {
                    fits |= object(branch, event);
                }
            } else if (rules.isObject()) {
                JsonNode inner = event.path(field.getKey());
                fits = object(rules, inner);
            } else {
                fits = any(rules, event.path(field.getKey()));
            }
            if (!fits) {
                return false;
            }
        }
        return true;
    }

    private static boolean any(JsonNode rules, JsonNode value) {
        for (JsonNode rule : rules) {
            if (rule.has("exists")) {
                if (rule.get("exists").asBoolean() != value.isMissingNode()) {
                    return true;
                }
            } else if (value.isArray()) {
                for (JsonNode item : value) {
                    if (one(rule, item)) {
                        return true;
                    }
                }
            } else if (!value.isMissingNode() && one(rule, value)) {
                return true;
            }
        }
        return false;
    }

    private static boolean one(JsonNode rule, JsonNode value) {
        if (!rule.isObject()) {
            return rule.isNumber() && value.isNumber()
                    ? rule.decimalValue().compareTo(value.decimalValue()) == 0
                    : rule.equals(value);
        }
        Map.Entry<String, JsonNode> only = rule.properties().iterator().next();
        JsonNode operand = only.getValue();
        String text = value.isTextual() ? value.asText() : "";
        return switch (only.getKey()) {
            case "prefix" -> value.isTextual() && text.startsWith(operand.asText());
            case "suffix" -> value.isTextual() && text.endsWith(operand.asText());
            case "equals-ignore-case" -> value.isTextual() && text.equalsIgnoreCase(operand.asText());
            case "anything-but" -> !(operand.isArray() ? any(operand, value) : one(operand, value));
            case "numeric" -> value.isNumber() && numeric(operand, value);
            default -> false;
        };
    }

    private static boolean numeric(JsonNode operand, JsonNode value) {
        for (int i = 0; i + 1 < operand.size(); i += 2) {
            int order = value.decimalValue().compareTo(operand.get(i + 1).decimalValue());
            boolean holds = switch (operand.get(i).asText()) {
                case "=" -> order == 0;
                case "<" -> order < 0;
                case "<=" -> order <= 0;
                case ">" -> order > 0;
                case ">=" -> order >= 0;
                default -> false;
            };
            if (!holds) {
                return false;
            }
        }
        return true;
    }
}
