package io.pileus.lambda.filter;

import com.fasterxml.jackson.databind.JsonNode;
import io.pileus.core.policy.AddressRange;
import io.pileus.lambda.filter.ValueRule.*;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reads event patterns and refuses what is none. */
final class PatternParser {
    private static final String OR = "$or";
    private static final Set<String> OPERATORS =
            Set.of("exists", "anything-but", "numeric", "prefix", "suffix", "equals-ignore-case", "wildcard", "cidr");

    /** Numbers lie between -5 and 5 billion: what the event language can compare. */
    private static final BigDecimal NUMBER_MAX = BigDecimal.valueOf(5_000_000_000L);

    private PatternParser() {}

    static EventPattern parse(String text) throws MalformedPatternException {
        JsonNode node = Events.read(text).orElseThrow(() -> new MalformedPatternException("Filter is not JSON"));
        if (!node.isObject()) {
            throw new MalformedPatternException("Filter is not an object");
        }
        return new EventPattern(fields(node));
    }

    private static EventPattern.Fields fields(JsonNode object) throws MalformedPatternException {
        if (object.isEmpty()) {
            throw new MalformedPatternException("Empty objects are not allowed");
        }
        Map<String, EventPattern.Part> fields = new HashMap<>();
        List<List<EventPattern.Fields>> alternatives = new ArrayList<>();
        for (Map.Entry<String, JsonNode> field : object.properties()) {
            JsonNode value = field.getValue();
            if (field.getKey().equals(OR) && isAlternative(value)) {
                List<EventPattern.Fields> branches = new ArrayList<>();
                for (JsonNode branch : value) {
                    branches.add(fields(branch));
                }
                alternatives.add(branches);
            } else if (value.isObject()) {
                fields.put(field.getKey(), fields(value));
            } else if (value.isArray() && !value.isEmpty()) {
                fields.put(field.getKey(), values(value));
            } else {
                throw new MalformedPatternException("\"" + field.getKey() + "\" must be an object or an array");
            }
        }
        return new EventPattern.Fields(fields, alternatives);
    }

    /** Two or more objects without an operator among their fields make an {@code $or}; else it is a field's name. */
    private static boolean isAlternative(JsonNode value) {
        if (!value.isArray() || value.size() < 2) {
            return false;
        }
        for (JsonNode branch : value) {
            if (!branch.isObject()
                    || branch.properties().stream().anyMatch(field -> OPERATORS.contains(field.getKey()))) {
                return false;
            }
        }
        return true;
    }

    private static EventPattern.Values values(JsonNode array) throws MalformedPatternException {
        List<ValueRule> rules = new ArrayList<>();
        for (JsonNode item : array) {
            rules.add(item.isObject() ? operator(item) : exactly(item));
        }
        return new EventPattern.Values(rules);
    }

    private static ValueRule exactly(JsonNode value) throws MalformedPatternException {
        if (value.isArray()) {
            throw new MalformedPatternException("Match value must be String, number, true, false, or null");
        }
        return new Exactly(value);
    }

    private static ValueRule operator(JsonNode object) throws MalformedPatternException {
        Map.Entry<String, JsonNode> only = only(object);
        JsonNode operand = only.getValue();
        return switch (only.getKey()) {
            case "exists" -> {
                if (!operand.isBoolean()) {
                    throw new MalformedPatternException("exists match pattern must be either true or false.");
                }
                yield new Exists(operand.booleanValue());
            }
            case "prefix" ->
                operand.isObject()
                        ? new Prefix(ignoringCase(operand), Case.IGNORED)
                        : new Prefix(text(operand), Case.MATTERS);
            case "suffix" ->
                operand.isObject()
                        ? new Suffix(ignoringCase(operand), Case.IGNORED)
                        : new Suffix(text(operand), Case.MATTERS);
            case "equals-ignore-case" -> new EqualsIgnoreCase(text(operand));
            case "wildcard" -> new Like(Wildcard.parse(text(operand)));
            case "cidr" -> cidr(text(operand));
            case "numeric" -> numeric(operand);
            case "anything-but" -> new AnythingBut(refused(operand));
            default -> throw new MalformedPatternException("Unrecognized match type " + only.getKey());
        };
    }

    private static Map.Entry<String, JsonNode> only(JsonNode object) throws MalformedPatternException {
        if (object.size() != 1) {
            throw new MalformedPatternException("Only one key allowed in match expression");
        }
        return object.properties().iterator().next();
    }

    private static String ignoringCase(JsonNode object) throws MalformedPatternException {
        Map.Entry<String, JsonNode> only = only(object);
        if (!only.getKey().equals("equals-ignore-case")) {
            throw new MalformedPatternException("Unsupported nested match type " + only.getKey());
        }
        return text(only.getValue());
    }

    private static String text(JsonNode operand) throws MalformedPatternException {
        if (!operand.isTextual()) {
            throw new MalformedPatternException("match pattern must be a string");
        }
        return operand.textValue();
    }

    private static ValueRule cidr(String text) throws MalformedPatternException {
        if (text.indexOf('/') < 0) {
            throw new MalformedPatternException("Malformed CIDR, one '/' required");
        }
        return new Cidr(
                AddressRange.parse(text).orElseThrow(() -> new MalformedPatternException("Malformed CIDR: " + text)));
    }

    private static ValueRule numeric(JsonNode operand) throws MalformedPatternException {
        if (!operand.isArray() || operand.size() != 2 && operand.size() != 4) {
            throw new MalformedPatternException("numeric takes an operator and a number, or a range");
        }
        Comparison first = comparison(operand, 0);
        if (operand.size() == 2) {
            return new Numeric(List.of(first));
        }
        Comparison second = comparison(operand, 2);
        boolean below = first.operator() == Operator.GREATER || first.operator() == Operator.GREATER_OR_EQUAL;
        boolean above = second.operator() == Operator.LESS || second.operator() == Operator.LESS_OR_EQUAL;
        if (!below || !above || first.operand().compareTo(second.operand()) >= 0) {
            throw new MalformedPatternException("Bottom must be less than top");
        }
        return new Numeric(List.of(first, second));
    }

    private static Comparison comparison(JsonNode operand, int at) throws MalformedPatternException {
        Operator operator = switch (text(operand.get(at))) {
            case "=" -> Operator.EQUAL;
            case "<" -> Operator.LESS;
            case "<=" -> Operator.LESS_OR_EQUAL;
            case ">" -> Operator.GREATER;
            case ">=" -> Operator.GREATER_OR_EQUAL;
            default -> throw new MalformedPatternException("Unrecognized numeric range operator");
        };
        return new Comparison(operator, number(operand.get(at + 1)));
    }

    private static BigDecimal number(JsonNode operand) throws MalformedPatternException {
        if (!operand.isNumber() || operand.decimalValue().abs().compareTo(NUMBER_MAX) > 0) {
            throw new MalformedPatternException("Value must be between -5.0E9 and 5.0E9, inclusive");
        }
        return operand.decimalValue();
    }

    private static List<ValueRule> refused(JsonNode operand) throws MalformedPatternException {
        if (!operand.isObject()) {
            List<ValueRule> refused = new ArrayList<>();
            for (JsonNode value : listed(operand)) {
                refused.add(value.isNumber() ? new SameNumber(number(value)) : new Exactly(value));
            }
            return refused;
        }
        Map.Entry<String, JsonNode> only = only(operand);
        List<ValueRule> refused = new ArrayList<>();
        for (JsonNode value : listed(only.getValue())) {
            refused.add(
                    switch (only.getKey()) {
                        case "prefix" -> new Prefix(text(value), Case.MATTERS);
                        case "suffix" -> new Suffix(text(value), Case.MATTERS);
                        case "equals-ignore-case" -> new EqualsIgnoreCase(text(value));
                        case "wildcard" -> new Like(Wildcard.parse(text(value)));
                        default -> throw new MalformedPatternException("Unsupported anything-but pattern");
                    });
        }
        return refused;
    }

    /** One value or a list of them, all text or all numbers. */
    private static List<JsonNode> listed(JsonNode operand) throws MalformedPatternException {
        List<JsonNode> values = new ArrayList<>();
        if (operand.isArray()) {
            operand.forEach(values::add);
        } else {
            values.add(operand);
        }
        boolean texts = values.stream().allMatch(JsonNode::isTextual);
        boolean numbers = values.stream().allMatch(JsonNode::isNumber);
        if (values.isEmpty() || !texts && !numbers) {
            throw new MalformedPatternException("Inside anything-but list, all values must be strings or all numbers");
        }
        return values;
    }
}
