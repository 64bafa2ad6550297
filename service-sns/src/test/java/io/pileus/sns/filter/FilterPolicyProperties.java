package io.pileus.sns.filter;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.StreamSupport;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** The compiled policy decides as a plain walk over the policy's JSON does. */
class FilterPolicyProperties {
    private static final JsonMapper JSON = new JsonMapper();

    @Provide
    Arbitrary<String> policies() {
        Arbitrary<String> condition = Arbitraries.of(
                "\"a\"",
                "\"ab\"",
                "1",
                "2.50",
                "{\"prefix\":\"a\"}",
                "{\"suffix\":\"b\"}",
                "{\"equals-ignore-case\":\"AB\"}",
                "{\"anything-but\":[\"a\",\"b\"]}",
                "{\"anything-but\":[1]}",
                "{\"anything-but\":{\"prefix\":\"a\"}}",
                "{\"numeric\":[\">\",0,\"<=\",2]}",
                "{\"numeric\":[\"=\",2.5]}",
                "{\"exists\":true}",
                "{\"exists\":false}");
        return Arbitraries.maps(
                        Arbitraries.of("x", "y", "z"),
                        condition.list().ofMinSize(1).ofMaxSize(3))
                .ofMinSize(1)
                .ofMaxSize(3)
                .map(keys -> {
                    StringBuilder json = new StringBuilder("{");
                    keys.forEach((key, conditions) -> json.append(json.length() > 1 ? "," : "")
                            .append('"')
                            .append(key)
                            .append("\":")
                            .append(conditions));
                    return json.append('}').toString();
                });
    }

    @Provide
    Arbitrary<Map<String, List<String>>> messages() {
        Arbitrary<String> value = Arbitraries.of("\"a\"", "\"b\"", "\"ab\"", "\"AB\"", "1", "2.5", "0", "-3");
        return Arbitraries.maps(
                        Arbitraries.of("x", "y", "z"), value.list().ofMinSize(1).ofMaxSize(3))
                .ofMaxSize(3);
    }

    @Property(tries = 1000)
    void decidesAsTheReferenceDoes(
            @ForAll("policies") String policy, @ForAll("messages") Map<String, List<String>> message) throws Exception {
        Map<String, List<Value>> attributes = new HashMap<>();
        Map<String, JsonNode> arrays = new HashMap<>();
        for (Map.Entry<String, List<String>> attribute : message.entrySet()) {
            JsonNode array = JSON.readTree(attribute.getValue().toString());
            arrays.put(attribute.getKey(), array);
            attributes.put(
                    attribute.getKey(),
                    StreamSupport.stream(array.spliterator(), false)
                            .map(Value::of)
                            .toList());
        }

        boolean accepted = FilterPolicyParser.parse(policy, FilterPolicy.Scope.MESSAGE_ATTRIBUTES)
                .refusal(attributes, Optional.empty())
                .isEmpty();

        assertThat(accepted).isEqualTo(reference(JSON.readTree(policy), arrays));
    }

    private static boolean reference(JsonNode policy, Map<String, JsonNode> message) {
        for (Map.Entry<String, JsonNode> key : policy.properties()) {
            boolean met = false;
            for (JsonNode condition : key.getValue()) {
                met |= met(condition, message.get(key.getKey()));
            }
            if (!met) {
                return false;
            }
        }
        return true;
    }

    private static boolean met(JsonNode condition, JsonNode values) {
        if (condition.has("exists")) {
            return condition.get("exists").booleanValue() == (values != null);
        }
        if (values != null) {
            for (JsonNode value : values) {
                if (matches(condition, value)) {
                    return true;
                }
            }
        }
        return false;
    }

    private static boolean matches(JsonNode condition, JsonNode value) {
        if (condition.isNumber()) {
            return value.isNumber() && value.decimalValue().compareTo(condition.decimalValue()) == 0;
        }
        if (condition.isTextual()) {
            return value.equals(condition);
        }
        Map.Entry<String, JsonNode> match = condition.properties().iterator().next();
        JsonNode operand = match.getValue();
        return switch (match.getKey()) {
            case "prefix" -> value.isTextual() && value.textValue().startsWith(operand.textValue());
            case "suffix" -> value.isTextual() && value.textValue().endsWith(operand.textValue());
            case "equals-ignore-case" -> value.isTextual() && value.textValue().equalsIgnoreCase(operand.textValue());
            case "anything-but" -> {
                for (JsonNode unwanted :
                        operand.isArray() ? operand : JSON.createArrayNode().add(operand)) {
                    if (matches(unwanted, value)) {
                        yield false;
                    }
                }
                yield true;
            }
            case "numeric" -> value.isNumber() && inRange(operand, value.decimalValue());
            default -> throw new IllegalArgumentException(match.getKey());
        };
    }

    private static boolean inRange(JsonNode range, BigDecimal value) {
        for (int i = 0; i < range.size(); i += 2) {
            int order = value.compareTo(range.get(i + 1).decimalValue());
            boolean holds = switch (range.get(i).textValue()) {
                case "=" -> order == 0;
                case ">" -> order > 0;
                case "<=" -> order <= 0;
                default -> throw new IllegalArgumentException(range.toString());
            };
            if (!holds) {
                return false;
            }
        }
        return true;
    }
}
