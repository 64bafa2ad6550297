package io.pileus.firehose.jq;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.DoubleNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.pileus.firehose.jq.Expression.Operator;
import java.io.IOException;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Map;

/** What the language means by values: types, text, order, equality and arithmetic. */
final class Values {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();
    private static final int SHOWN = 11;

    private Values() {}

    static JsonNode constant(String word) {
        return switch (word) {
            case "null" -> NullNode.getInstance();
            case "true" -> BooleanNode.TRUE;
            default -> BooleanNode.FALSE;
        };
    }

    static JsonNode of(boolean value) {
        return BooleanNode.valueOf(value);
    }

    static JsonNode of(String value) {
        return TextNode.valueOf(value);
    }

    static JsonNode of(long value) {
        return LongNode.valueOf(value);
    }

    /** A number; whole ones are kept whole, so that they are written without a fraction. */
    static JsonNode of(double value) {
        return value == Math.rint(value) && Math.abs(value) < 1e17
                ? LongNode.valueOf((long) value)
                : DoubleNode.valueOf(value);
    }

    static JsonNode number(String text) {
        try {
            return LongNode.valueOf(Long.parseLong(text));
        } catch (NumberFormatException e) {
            return of(Double.parseDouble(text));
        }
    }

    static ArrayNode array() {
        return NODES.arrayNode();
    }

    static ObjectNode object() {
        return NODES.objectNode();
    }

    static boolean isTrue(JsonNode value) {
        return !value.isNull() && !(value.isBoolean() && !value.booleanValue());
    }

    static String type(JsonNode value) {
        return switch (value.getNodeType()) {
            case OBJECT, POJO -> "object";
            case ARRAY -> "array";
            case STRING, BINARY -> "string";
            case NUMBER -> "number";
            case BOOLEAN -> "boolean";
            case NULL, MISSING -> "null";
        };
    }

    /** A value as error messages show it, such as {@code string ("abc")}. */
    static String described(JsonNode value) {
        return value.isContainerNode()
                ? type(value)
                : type(value) + " (" + shortened(value.isTextual() ? "\"" + value.textValue() + "\"" : text(value))
                        + ")";
    }

    static String shortened(String text) {
        return text.length() <= SHOWN ? text : text.substring(0, SHOWN - 3) + "...";
    }

    static String text(JsonNode value) {
        return value.isTextual() ? value.textValue() : json(value);
    }

    /** Compact JSON; a caller counts the value's parts first. */
    static String json(JsonNode value) {
        if (value.isNumber() && !value.isIntegralNumber()) {
            return Numerals.of(value.doubleValue());
        }
        StringWriter text = new StringWriter();
        try (JsonGenerator generator = Numerals.spelling(JSON.createGenerator(text))) {
            JSON.writeTree(generator, value);
            generator.flush();
            return text.toString();
        } catch (IOException e) {
            throw new JqException("The value cannot be written");
        }
    }

    static JsonNode parse(String text) {
        try {
            JsonNode value = JSON.readTree(text);
            return value.isMissingNode() ? NullNode.getInstance() : value;
        } catch (JsonProcessingException e) {
            throw new JqException(shortened(text) + " (while parsing '" + shortened(text) + "')");
        }
    }

    // Order

    /** null, false, true, numbers, strings, arrays, objects. */
    static int compare(JsonNode left, JsonNode right, Meter meter) {
        meter.step();
        int kind = Integer.compare(rank(left), rank(right));
        if (kind != 0) {
            return kind;
        }
        if (left.isNumber()) {
            return left.isIntegralNumber()
                            && right.isIntegralNumber()
                            && left.canConvertToLong()
                            && right.canConvertToLong()
                    ? Long.compare(left.longValue(), right.longValue())
                    : Double.compare(left.doubleValue() + 0.0, right.doubleValue() + 0.0);
        }
        if (left.isTextual()) {
            meter.steps(Math.min(left.textValue().length(), right.textValue().length()) / 16);
            return compareCodePoints(left.textValue(), right.textValue());
        }
        if (left.isArray()) {
            Iterator<JsonNode> others = right.iterator();
            for (JsonNode element : left) {
                int order = others.hasNext() ? compare(element, others.next(), meter) : 1;
                if (order != 0) {
                    return order;
                }
            }
            return others.hasNext() ? -1 : 0;
        }
        return left.isObject() ? compareObjects(left, right, meter) : 0;
    }

    private static int compareObjects(JsonNode left, JsonNode right, Meter meter) {
        List<String> names = keys(left, meter);
        List<String> others = keys(right, meter);
        for (int i = 0; i < Math.min(names.size(), others.size()); i++) {
            int order = compareCodePoints(names.get(i), others.get(i));
            if (order != 0) {
                return order;
            }
        }
        if (names.size() != others.size()) {
            return Integer.compare(names.size(), others.size());
        }
        for (String name : names) {
            int order = compare(left.get(name), right.get(name), meter);
            if (order != 0) {
                return order;
            }
        }
        return 0;
    }

    private static int compareCodePoints(String left, String right) {
        int at = 0;
        while (at < left.length() && at < right.length() && left.charAt(at) == right.charAt(at)) {
            at++;
        }
        if (at == left.length() || at == right.length()) {
            return Integer.compare(left.length(), right.length());
        }
        return Integer.compare(left.codePointAt(at), right.codePointAt(at));
    }

    private static int rank(JsonNode value) {
        return switch (value.getNodeType()) {
            case NULL, MISSING -> 0;
            case BOOLEAN -> value.booleanValue() ? 2 : 1;
            case NUMBER -> 3;
            case STRING, BINARY -> 4;
            case ARRAY -> 5;
            case OBJECT, POJO -> 6;
        };
    }

    /** An object's names in order. */
    static List<String> keys(JsonNode object, Meter meter) {
        meter.steps(object.size());
        List<String> names = new ArrayList<>(object.size());
        object.fieldNames().forEachRemaining(names::add);
        Collections.sort(names, Values::compareCodePoints);
        return names;
    }

    // Arithmetic

    static JsonNode apply(Operator operator, JsonNode left, JsonNode right, Meter meter) {
        return switch (operator) {
            case ADD -> add(left, right, meter);
            case SUBTRACT -> subtract(left, right, meter);
            case MULTIPLY -> multiply(left, right, meter);
            case DIVIDE -> divide(left, right, meter);
            case MODULO -> modulo(left, right);
            case EQUAL -> of(compare(left, right, meter) == 0);
            case NOT_EQUAL -> of(compare(left, right, meter) != 0);
            case LESS -> of(compare(left, right, meter) < 0);
            case LESS_OR_EQUAL -> of(compare(left, right, meter) <= 0);
            case GREATER -> of(compare(left, right, meter) > 0);
            case GREATER_OR_EQUAL -> of(compare(left, right, meter) >= 0);
        };
    }

    static JsonNode add(JsonNode left, JsonNode right, Meter meter) {
        if (left.isNull()) {
            return right;
        }
        if (right.isNull()) {
            return left;
        }
        if (left.isNumber() && right.isNumber()) {
            return bothWhole(left, right) && fits(left.longValue(), right.longValue())
                    ? of(left.longValue() + right.longValue())
                    : of(left.doubleValue() + right.doubleValue());
        }
        if (left.isTextual() && right.isTextual()) {
            meter.text((long) left.textValue().length() + right.textValue().length());
            return of(left.textValue() + right.textValue());
        }
        if (left.isArray() && right.isArray()) {
            meter.steps((long) left.size() + right.size());
            return array().addAll((ArrayNode) left).addAll((ArrayNode) right);
        }
        if (left.isObject() && right.isObject()) {
            meter.steps((long) left.size() + right.size());
            ObjectNode sum = object();
            sum.setAll((ObjectNode) left);
            sum.setAll((ObjectNode) right);
            return sum;
        }
        throw new JqException(described(left) + " and " + described(right) + " cannot be added");
    }

    private static boolean bothWhole(JsonNode left, JsonNode right) {
        return left.isIntegralNumber()
                && right.isIntegralNumber()
                && left.canConvertToLong()
                && right.canConvertToLong();
    }

    private static boolean fits(long left, long right) {
        long bound = Long.MAX_VALUE / 2;
        return left < bound && left > -bound && right < bound && right > -bound;
    }

    private static JsonNode subtract(JsonNode left, JsonNode right, Meter meter) {
        if (left.isNumber() && right.isNumber()) {
            return bothWhole(left, right) && fits(left.longValue(), right.longValue())
                    ? of(left.longValue() - right.longValue())
                    : of(left.doubleValue() - right.doubleValue());
        }
        if (left.isArray() && right.isArray()) {
            ArrayNode rest = array();
            for (JsonNode element : left) {
                boolean taken = false;
                for (JsonNode other : right) {
                    taken |= compare(element, other, meter) == 0;
                }
                if (!taken) {
                    rest.add(element);
                }
            }
            return rest;
        }
        throw new JqException(described(left) + " and " + described(right) + " cannot be subtracted");
    }

    private static JsonNode multiply(JsonNode left, JsonNode right, Meter meter) {
        if (left.isNumber() && right.isNumber()) {
            double product = left.doubleValue() * right.doubleValue();
            return bothWhole(left, right) && Math.abs(product) < 9e18
                    ? of(left.longValue() * right.longValue())
                    : of(product);
        }
        if (left.isTextual() && right.isNumber()) {
            return repeat(left.textValue(), right.doubleValue(), meter);
        }
        if (left.isNumber() && right.isTextual()) {
            return repeat(right.textValue(), left.doubleValue(), meter);
        }
        if (left.isObject() && right.isObject()) {
            return merge((ObjectNode) left, (ObjectNode) right, meter);
        }
        throw new JqException(described(left) + " and " + described(right) + " cannot be multiplied");
    }

    private static JsonNode repeat(String text, double count, Meter meter) {
        if (!(count > 0)) {
            return NullNode.getInstance();
        }
        int times = (int) Math.min(Integer.MAX_VALUE, Math.max(1, Math.ceil(count)));
        meter.text((long) text.length() * times);
        return of(text.repeat(times));
    }

    private static ObjectNode merge(ObjectNode left, ObjectNode right, Meter meter) {
        meter.steps(1L + left.size() + right.size());
        ObjectNode merged = object();
        merged.setAll(left);
        for (Map.Entry<String, JsonNode> member : right.properties()) {
            JsonNode present = merged.get(member.getKey());
            merged.set(
                    member.getKey(),
                    present instanceof ObjectNode a && member.getValue() instanceof ObjectNode b
                            ? merge(a, b, meter)
                            : member.getValue());
        }
        return merged;
    }

    private static JsonNode divide(JsonNode left, JsonNode right, Meter meter) {
        if (left.isNumber() && right.isNumber()) {
            if (right.doubleValue() == 0) {
                throw new JqException(described(left) + " and " + described(right)
                        + " cannot be divided because the divisor is zero");
            }
            return of(left.doubleValue() / right.doubleValue());
        }
        if (left.isTextual() && right.isTextual()) {
            return split(left.textValue(), right.textValue(), meter);
        }
        throw new JqException(described(left) + " and " + described(right) + " cannot be divided");
    }

    static ArrayNode split(String text, String separator, Meter meter) {
        meter.text(text.length());
        ArrayNode parts = array();
        if (text.isEmpty()) {
            return parts;
        }
        if (separator.isEmpty()) {
            meter.steps(text.length());
            text.codePoints().forEach(c -> parts.add(Character.toString(c)));
            return parts;
        }
        int from = 0;
        for (int to = text.indexOf(separator); to >= 0; to = text.indexOf(separator, from)) {
            meter.step();
            parts.add(text.substring(from, to));
            from = to + separator.length();
        }
        return parts.add(text.substring(from));
    }

    private static JsonNode modulo(JsonNode left, JsonNode right) {
        if (!left.isNumber() || !right.isNumber()) {
            throw new JqException(described(left) + " and " + described(right) + " cannot be divided");
        }
        long divisor = Math.abs((long) right.doubleValue());
        if (divisor == 0) {
            throw new JqException(
                    described(left) + " and " + described(right) + " cannot be divided because the divisor is zero");
        }
        return of((left.isIntegralNumber() ? left.longValue() : (long) left.doubleValue()) % divisor);
    }
}
