package io.pileus.sns.filter;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Parses and validates a filter policy, within SNS's limits: five keys, 150 combinations, 256 KiB, and for wildcards the
 * documented complexity points.
 *
 * @see <a href="https://docs.aws.amazon.com/sns/latest/dg/subscription-filter-policy-constraints.html">Filter policy constraints</a>
 */
public final class FilterPolicyParser {
    private static final int KEYS_MAX = 5;
    private static final long COMBINATIONS_MAX = 150;
    private static final int SIZE_MAX = 256 * 1024;
    private static final int WILDCARDS_PER_PATTERN_MAX = 3;
    private static final int DEPTH_MAX = 50;
    private static final BigDecimal NUMBER_MAX = new BigDecimal("1000000000");

    private static final ObjectReader READER = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(com.fasterxml.jackson.databind.DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(com.fasterxml.jackson.databind.DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build()
            .reader();

    private final FilterPolicy.Scope scope;
    private int keys;

    private FilterPolicyParser(FilterPolicy.Scope scope) {
        this.scope = scope;
    }

    public static FilterPolicy parse(String json, FilterPolicy.Scope scope) throws FilterPolicyException {
        if (json.length() > SIZE_MAX) {
            throw new FilterPolicyException("Filter policy is too large");
        }
        JsonNode policy;
        try {
            policy = READER.readTree(json);
        } catch (JsonProcessingException e) {
            throw new FilterPolicyException("failed to parse JSON. " + e.getOriginalMessage());
        }
        if (policy == null || !policy.isObject()) {
            throw new FilterPolicyException("failed to parse JSON. Filter policy must be an object");
        }
        FilterPolicyParser parser = new FilterPolicyParser(scope);
        FilterPolicy.All root = parser.object(policy, 1);
        // Of a policy on bodies only the outermost keys count: "nested keys don't count", as the page says.
        int keys = scope == FilterPolicy.Scope.MESSAGE_BODY ? policy.size() : parser.keys;
        if (keys > KEYS_MAX) {
            throw new FilterPolicyException("Filter policy can not have more than 5 keys");
        }
        if (combinations(root, 1) > COMBINATIONS_MAX) {
            throw new FilterPolicyException("Filter policy is too complex");
        }
        return new FilterPolicy(scope, root);
    }

    private FilterPolicy.All object(JsonNode object, int depth) throws FilterPolicyException {
        List<FilterPolicy.Node> nodes = new ArrayList<>();
        for (Map.Entry<String, JsonNode> entry : object.properties()) {
            nodes.add(member(entry.getKey(), entry.getValue(), depth));
        }
        return new FilterPolicy.All(nodes);
    }

    /**
     * A policy on bodies may spell a nested key with dots, {@code {"a.b": …}} for {@code {"a": {"b": …}}}; what SNS makes of it
     * was tried out in localstack/localstack pull request 9319.
     */
    private FilterPolicy.Node member(String name, JsonNode value, int depth) throws FilterPolicyException {
        if (depth > DEPTH_MAX) {
            throw new FilterPolicyException("Filter policy is too complex");
        }
        if (name.equals("$or") && isAlternatives(value)) {
            List<FilterPolicy.All> alternatives = new ArrayList<>();
            for (JsonNode alternative : value) {
                alternatives.add(object(alternative, depth + 1));
            }
            return new FilterPolicy.AnyOf(alternatives);
        }
        int dot = scope == FilterPolicy.Scope.MESSAGE_BODY ? name.indexOf('.') : -1;
        if (dot >= 0) {
            return new FilterPolicy.Nested(
                    name.substring(0, dot),
                    new FilterPolicy.All(List.of(member(name.substring(dot + 1), value, depth + 1))));
        }
        if (value.isObject()) {
            if (scope == FilterPolicy.Scope.MESSAGE_ATTRIBUTES) {
                throw new FilterPolicyException(
                        "Filter policy scope MessageAttributes does not support nested filter policy");
            }
            if (value.isEmpty()) {
                throw new FilterPolicyException("Empty objects are not allowed");
            }
            return new FilterPolicy.Nested(name, object(value, depth + 1));
        }
        if (!value.isArray()) {
            throw new FilterPolicyException("\"" + name + "\" must be an object or an array");
        }
        if (value.isEmpty()) {
            throw new FilterPolicyException("Empty arrays are not allowed");
        }
        keys++;
        List<Condition> conditions = new ArrayList<>();
        for (JsonNode condition : value) {
            conditions.add(condition(condition));
        }
        return new FilterPolicy.Key(name, List.copyOf(conditions));
    }

    /** {@code $or} is the operator when it holds at least two objects that are no match expressions; else a key like any other. */
    private static boolean isAlternatives(JsonNode value) {
        if (!value.isArray() || value.size() < 2) {
            return false;
        }
        for (JsonNode element : value) {
            if (!element.isObject() || element.isEmpty()) {
                return false;
            }
            for (Map.Entry<String, JsonNode> entry : element.properties()) {
                if (MATCH_TYPES.contains(entry.getKey())) {
                    return false;
                }
            }
        }
        return true;
    }

    private static final Set<String> MATCH_TYPES =
            Set.of("prefix", "suffix", "anything-but", "numeric", "exists", "cidr", "equals-ignore-case", "wildcard");

    private static Condition condition(JsonNode node) throws FilterPolicyException {
        if (node.isTextual()) {
            return new Condition.Exact(node.textValue());
        }
        if (node.isNumber()) {
            return new Condition.ExactNumber(number(node.decimalValue()));
        }
        if (node.isBoolean() || node.isNull()) {
            return new Condition.Literal((Value.Constant) Value.of(node));
        }
        if (!node.isObject()) {
            throw new FilterPolicyException("Match value must be String, number, true, false, or null");
        }
        if (node.size() != 1) {
            throw new FilterPolicyException(
                    node.isEmpty() ? "Empty objects are not allowed" : "Only one key allowed in match expression");
        }
        Map.Entry<String, JsonNode> match = node.properties().iterator().next();
        JsonNode operand = match.getValue();
        return switch (match.getKey()) {
            case "prefix" -> new Condition.Prefix(text("prefix", operand));
            case "suffix" -> new Condition.Suffix(text("suffix", operand));
            case "equals-ignore-case" -> new Condition.EqualsIgnoreCase(text("equals-ignore-case", operand));
            case "wildcard" -> wildcard(operand);
            case "anything-but" -> anythingBut(operand);
            case "numeric" -> numeric(operand);
            case "cidr" -> cidr(operand);
            case "exists" -> {
                if (!operand.isBoolean()) {
                    throw new FilterPolicyException("exists match pattern must be either true or false.");
                }
                yield new Condition.Exists(operand.booleanValue());
            }
            default -> throw new FilterPolicyException("Unrecognized match type " + match.getKey());
        };
    }

    private static String text(String type, JsonNode operand) throws FilterPolicyException {
        if (!operand.isTextual()) {
            throw new FilterPolicyException(type + " match pattern must be a string");
        }
        return operand.textValue();
    }

    /** What nothing could be, as everything begins and ends with an empty text, is refused. */
    private static String nonEmpty(String type, JsonNode operand) throws FilterPolicyException {
        String text = text(type, operand);
        if (text.isEmpty()) {
            throw new FilterPolicyException("Null prefix/suffix not allowed");
        }
        return text;
    }

    private static Condition wildcard(JsonNode operand) throws FilterPolicyException {
        String pattern = text("wildcard", operand);
        if (pattern.contains("**")) {
            throw new FilterPolicyException("Consecutive wildcard characters are not allowed");
        }
        if (pattern.chars().filter(c -> c == '*').count() > WILDCARDS_PER_PATTERN_MAX) {
            throw new FilterPolicyException("Wildcard pattern can not have more than 3 wildcards");
        }
        return new Condition.Wildcard(pattern);
    }

    private static Condition anythingBut(JsonNode operand) throws FilterPolicyException {
        if (operand.isObject()) {
            if (operand.size() != 1) {
                throw new FilterPolicyException("Only one key allowed in match expression");
            }
            Map.Entry<String, JsonNode> match = operand.properties().iterator().next();
            if (!Set.of("prefix", "suffix", "wildcard", "equals-ignore-case").contains(match.getKey())) {
                throw new FilterPolicyException("Unsupported anything-but pattern: " + match.getKey());
            }
            List<Condition> unwanted = new ArrayList<>();
            for (JsonNode each : match.getValue().isArray() ? match.getValue() : List.of(match.getValue())) {
                unwanted.add(
                        switch (match.getKey()) {
                            case "prefix" -> new Condition.Prefix(nonEmpty("prefix", each));
                            case "suffix" -> new Condition.Suffix(nonEmpty("suffix", each));
                            case "wildcard" -> wildcard(each);
                            default -> new Condition.EqualsIgnoreCase(text("equals-ignore-case", each));
                        });
            }
            if (unwanted.isEmpty()) {
                throw new FilterPolicyException("Empty arrays are not allowed");
            }
            return new Condition.AnythingBut(unwanted);
        }
        List<Condition> unwanted = new ArrayList<>();
        Set<String> texts = new LinkedHashSet<>();
        for (JsonNode each : operand.isArray() ? operand : List.of(operand)) {
            if (!each.isTextual() && !each.isNumber()) {
                throw new FilterPolicyException("Inside anything-but, only strings and numbers are allowed");
            }
            unwanted.add(condition(each));
            if (each.isTextual()) {
                texts.add(each.textValue());
            }
        }
        if (unwanted.isEmpty()) {
            throw new FilterPolicyException("Empty arrays are not allowed");
        }
        return texts.size() == unwanted.size()
                ? new Condition.AnythingButTexts(texts)
                : new Condition.AnythingBut(unwanted);
    }

    private static Condition numeric(JsonNode operand) throws FilterPolicyException {
        if (!operand.isArray()) {
            throw new FilterPolicyException("Value of numeric must be an array.");
        }
        if (operand.isEmpty()) {
            throw new FilterPolicyException("Invalid member in numeric match: ]");
        }
        List<JsonNode> parts = new ArrayList<>();
        operand.forEach(parts::add);
        if (parts.size() > 4) {
            throw new FilterPolicyException("Too many terms in numeric range expression");
        }
        String text = "{\"numeric\":" + operand + "}";
        String operator = operator(parts.get(0));
        BigDecimal value = operandOf(operator, parts);
        if (operator.equals("=")) {
            if (parts.size() > 2) {
                throw new FilterPolicyException("Too many terms in numeric range expression");
            }
            return new Condition.Range(value, true, value, true, text);
        }
        if (operator.startsWith("<")) {
            if (parts.size() > 2) {
                throw new FilterPolicyException("Too many terms in numeric range expression");
            }
            return new Condition.Range(null, false, value, operator.equals("<="), text);
        }
        if (parts.size() == 2) {
            return new Condition.Range(value, operator.equals(">="), null, false, text);
        }
        String upper = operator(parts.get(2));
        if (!upper.startsWith("<")) {
            throw new FilterPolicyException("Bad numeric range operator: " + upper);
        }
        BigDecimal high = operandOf(upper, parts.subList(2, parts.size()));
        if (value.compareTo(high) >= 0) {
            throw new FilterPolicyException("Bottom must be less than top");
        }
        return new Condition.Range(value, operator.equals(">="), high, upper.equals("<="), text);
    }

    private static String operator(JsonNode node) throws FilterPolicyException {
        if (!node.isTextual()) {
            throw new FilterPolicyException("Invalid member in numeric match: " + node);
        }
        if (!Set.of("=", "<", "<=", ">", ">=").contains(node.textValue())) {
            throw new FilterPolicyException("Unrecognized numeric range operator: " + node.textValue());
        }
        return node.textValue();
    }

    private static BigDecimal operandOf(String operator, List<JsonNode> parts) throws FilterPolicyException {
        if (parts.size() < 2 || !parts.get(1).isNumber()) {
            throw new FilterPolicyException("Value of " + operator + " must be numeric");
        }
        return number(parts.get(1).decimalValue());
    }

    private static BigDecimal number(BigDecimal value) throws FilterPolicyException {
        if (value.abs().compareTo(NUMBER_MAX) > 0) {
            throw new FilterPolicyException("Numeric values must be between -1000000000 and 1000000000");
        }
        return value;
    }

    private static Condition cidr(JsonNode operand) throws FilterPolicyException {
        String block = text("cidr", operand);
        String[] parts = block.split("/", -1);
        if (parts.length != 2) {
            throw new FilterPolicyException("Malformed CIDR, one '/' required");
        }
        byte[] network = addressOf(parts[0]);
        int bits = maskBits(parts[1]);
        int bitsMax = network.length * 8;
        if (bits > bitsMax) {
            throw new FilterPolicyException((bitsMax == 32 ? "IPv4" : "IPv6") + " mask bits must be < " + bitsMax);
        }
        return new Condition.Cidr(network, bits, block);
    }

    private static byte[] addressOf(String text) throws FilterPolicyException {
        try {
            if (Condition.Cidr.looksLikeAddress(text)) {
                return Condition.Cidr.address(text);
            }
        } catch (IllegalArgumentException e) {
            // said below
        }
        throw new FilterPolicyException("Nonstandard IP address: " + text);
    }

    private static int maskBits(String text) throws FilterPolicyException {
        int bits;
        try {
            bits = Integer.parseInt(text);
        } catch (NumberFormatException e) {
            throw new FilterPolicyException("Malformed CIDR, mask bits must be an integer");
        }
        if (bits < 0) {
            throw new FilterPolicyException("Malformed CIDR, mask bits must not be negative");
        }
        return bits;
    }

    /**
     * The number of combinations that SNS counts: the product over all keys of their values, each value of a nested key
     * weighing as much as the key is deep.
     */
    private static long combinations(FilterPolicy.All all, int depth) {
        long product = 1;
        for (FilterPolicy.Node node : all.nodes()) {
            long factor = switch (node) {
                case FilterPolicy.Key key -> (long) key.conditions().size() * depth;
                case FilterPolicy.Nested nested -> combinations(nested.node(), depth + 1);
                case FilterPolicy.All nested -> combinations(nested, depth);
                case FilterPolicy.AnyOf anyOf ->
                    anyOf.alternatives().stream()
                            .mapToLong(a -> combinations(a, depth))
                            .sum();
            };
            product = Math.min(product * factor, Integer.MAX_VALUE);
        }
        return product;
    }
}
