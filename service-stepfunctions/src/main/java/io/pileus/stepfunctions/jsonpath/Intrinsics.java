package io.pileus.stepfunctions.jsonpath;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.pileus.core.identity.Ids;
import io.pileus.stepfunctions.asl.Json;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/**
 * The 18 intrinsic functions of the JSONPath dialect.
 *
 * @see <a href="https://docs.aws.amazon.com/step-functions/latest/dg/intrinsic-functions.html">Intrinsic functions</a>
 */
public final class Intrinsics {
    /** States.ArrayRange makes at most 1,000 elements. */
    static final int RANGE_MAX = 1_000;

    /** Base64 and Hash take at most 10,000 characters. */
    static final int TEXT_MAX = 10_000;

    /** How many arguments a function takes. */
    record Signature(int least, int most) {
        boolean takes(int count) {
            return count >= least && count <= most;
        }
    }

    static final Map<String, Signature> SIGNATURES = Map.ofEntries(
            Map.entry("Array", new Signature(0, Integer.MAX_VALUE)),
            Map.entry("ArrayPartition", new Signature(2, 2)),
            Map.entry("ArrayContains", new Signature(2, 2)),
            Map.entry("ArrayRange", new Signature(3, 3)),
            Map.entry("ArrayGetItem", new Signature(2, 2)),
            Map.entry("ArrayLength", new Signature(1, 1)),
            Map.entry("ArrayUnique", new Signature(1, 1)),
            Map.entry("Base64Encode", new Signature(1, 1)),
            Map.entry("Base64Decode", new Signature(1, 1)),
            Map.entry("Hash", new Signature(2, 2)),
            Map.entry("JsonMerge", new Signature(3, 3)),
            Map.entry("StringToJson", new Signature(1, 1)),
            Map.entry("JsonToString", new Signature(1, 1)),
            Map.entry("MathRandom", new Signature(2, 3)),
            Map.entry("MathAdd", new Signature(2, 2)),
            Map.entry("StringSplit", new Signature(2, 2)),
            Map.entry("UUID", new Signature(0, 0)),
            Map.entry("Format", new Signature(1, Integer.MAX_VALUE)));

    private static final Set<String> ALGORITHMS = Set.of("MD5", "SHA-1", "SHA-256", "SHA-384", "SHA-512");

    private final PathScope scope;
    private final Ids ids;

    public Intrinsics(PathScope scope, Ids ids) {
        this.scope = scope;
        this.ids = ids;
    }

    /** Computes a call; throws {@link IntrinsicFailure} where AWS fails the state. */
    public JsonNode evaluate(IntrinsicCall call) {
        List<JsonNode> values = new ArrayList<>(call.arguments().size());
        for (IntrinsicCall.Argument argument : call.arguments()) {
            values.add(
                    switch (argument) {
                        case IntrinsicCall.Literal literal -> literal(call, literal.node(), values.size());
                        case IntrinsicCall.Nested nested -> evaluate(nested.call());
                        case IntrinsicCall.PathArgument path ->
                            scope.resolve(path.path())
                                    .orElseThrow(() -> new IntrinsicFailure(
                                            "The JsonPath argument for the field '" + path.path()
                                                    + "' could not be found in the input '"
                                                    + scope.start(path.path()) + "'",
                                            true));
                    });
        }
        return apply(call, values);
    }

    /** Only the template of Format wants to see which braces were escaped. */
    private static JsonNode literal(IntrinsicCall call, JsonNode node, int position) {
        return node.isTextual() && !(call.name().equals("Format") && position == 0)
                ? TextNode.valueOf(unescape(node.textValue()))
                : node;
    }

    private JsonNode apply(IntrinsicCall call, List<JsonNode> values) {
        return switch (call.name()) {
            case "Array" -> array(values);
            case "ArrayPartition" -> partition(list(values.get(0)), positive(values.get(1)));
            case "ArrayContains" -> BooleanNode.valueOf(contains(list(values.get(0)), values.get(1)));
            case "ArrayRange" -> range(integer(values.get(0)), integer(values.get(1)), integer(values.get(2)));
            case "ArrayGetItem" -> item(list(values.get(0)), integer(values.get(1)));
            case "ArrayLength" -> IntNode.valueOf(list(values.get(0)).size());
            case "ArrayUnique" -> unique(list(values.get(0)));
            case "Base64Encode" ->
                TextNode.valueOf(Base64.getEncoder()
                        .encodeToString(bounded(values.get(0)).getBytes(StandardCharsets.UTF_8)));
            case "Base64Decode" -> decode(bounded(values.get(0)));
            case "Hash" -> hash(values.get(0), string(values.get(1)));
            case "JsonMerge" -> merge(values.get(0), values.get(1), values.get(2));
            case "StringToJson" -> parse(string(values.get(0)));
            case "JsonToString" -> TextNode.valueOf(values.get(0).toString());
            case "MathRandom" -> random(values);
            case "MathAdd" -> LongNode.valueOf(Math.addExact(integer(values.get(0)), integer(values.get(1))));
            case "StringSplit" -> split(string(values.get(0)), string(values.get(1)));
            case "UUID" -> TextNode.valueOf(ids.uuid());
            default -> TextNode.valueOf(format(string(values.get(0)), values.subList(1, values.size())));
        };
    }

    private static ArrayNode array(Iterable<JsonNode> values) {
        ArrayNode array = JsonNodeFactory.instance.arrayNode();
        values.forEach(array::add);
        return array;
    }

    private static ArrayNode partition(JsonNode list, long size) {
        ArrayNode chunks = JsonNodeFactory.instance.arrayNode();
        ArrayNode chunk = null;
        for (JsonNode element : list) {
            if (chunk == null || chunk.size() == size) {
                chunk = chunks.addArray();
            }
            chunk.add(element);
        }
        return chunks;
    }

    private static boolean contains(JsonNode list, JsonNode value) {
        for (JsonNode element : list) {
            if (Json.same(element, value)) {
                return true;
            }
        }
        return false;
    }

    private static ArrayNode range(long first, long last, long step) {
        if (step == 0) {
            throw failure("The step for States.ArrayRange cannot be 0");
        }
        ArrayNode numbers = JsonNodeFactory.instance.arrayNode();
        for (long n = first; step > 0 ? n <= last : n >= last; n = Math.addExact(n, step)) {
            if (numbers.size() == RANGE_MAX) {
                throw failure("The array of States.ArrayRange cannot have more than " + RANGE_MAX + " elements");
            }
            numbers.add(n);
        }
        return numbers;
    }

    private static JsonNode item(JsonNode list, long index) {
        if (index < 0 || index >= list.size()) {
            throw failure("Index out of bounds: " + index);
        }
        return list.get((int) index);
    }

    private static ArrayNode unique(JsonNode list) {
        Set<JsonNode> seen = new LinkedHashSet<>();
        list.forEach(seen::add);
        return array(seen);
    }

    private static JsonNode decode(String text) {
        try {
            return TextNode.valueOf(new String(Base64.getDecoder().decode(text), StandardCharsets.UTF_8));
        } catch (IllegalArgumentException e) {
            throw failure("Invalid Base64 string: " + e.getMessage());
        }
    }

    private static JsonNode hash(JsonNode data, String algorithm) {
        String text = data.isTextual() ? data.textValue() : data.toString();
        if (text.length() > TEXT_MAX) {
            throw failure("The data of States.Hash cannot have more than " + TEXT_MAX + " characters");
        }
        if (!ALGORITHMS.contains(algorithm)) {
            throw failure("Invalid hash algorithm: " + algorithm);
        }
        try {
            byte[] digest = MessageDigest.getInstance(algorithm).digest(text.getBytes(StandardCharsets.UTF_8));
            return TextNode.valueOf(HexFormat.of().formatHex(digest));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static JsonNode merge(JsonNode first, JsonNode second, JsonNode deep) {
        if (!first.isObject() || !second.isObject()) {
            throw failure("States.JsonMerge takes two JSON objects");
        }
        if (!deep.isBoolean() || deep.booleanValue()) {
            throw failure("States.JsonMerge supports only the shallow merging mode, so its third argument is false");
        }
        ObjectNode merged = JsonNodeFactory.instance.objectNode();
        merged.setAll((ObjectNode) first);
        merged.setAll((ObjectNode) second);
        return merged;
    }

    private static JsonNode parse(String text) {
        if (text.isEmpty()) {
            return TextNode.valueOf("");
        }
        try {
            return Json.read(text);
        } catch (JsonProcessingException e) {
            throw failure("Invalid JSON: " + e.getOriginalMessage());
        }
    }

    private JsonNode random(List<JsonNode> values) {
        long first = integer(values.get(0));
        long end = integer(values.get(1));
        if (first >= end) {
            throw failure("The start number of States.MathRandom must be less than its end number");
        }
        double fraction = values.size() == 3 ? new Random(integer(values.get(2))).nextDouble() : ids.fraction();
        return LongNode.valueOf(first + (long) Math.floor(fraction * (end - first)));
    }

    /** Splits at any of the characters; empty parts are dropped. */
    private static ArrayNode split(String text, String characters) {
        ArrayNode parts = JsonNodeFactory.instance.arrayNode();
        if (characters.isEmpty()) {
            return parts.add(text);
        }
        StringBuilder part = new StringBuilder();
        for (int i = 0; i <= text.length(); i++) {
            if (i == text.length() || characters.indexOf(text.charAt(i)) >= 0) {
                if (!part.isEmpty()) {
                    parts.add(part.toString());
                    part.setLength(0);
                }
            } else {
                part.append(text.charAt(i));
            }
        }
        return parts;
    }

    private static String format(String template, List<JsonNode> values) {
        StringBuilder out = new StringBuilder();
        int used = 0;
        for (int i = 0; i < template.length(); i++) {
            char c = template.charAt(i);
            if (c == '\\' && i + 1 < template.length() && "{}\\".indexOf(template.charAt(i + 1)) >= 0) {
                out.append(template.charAt(++i));
            } else if (c == '{') {
                if (i + 1 >= template.length() || template.charAt(i + 1) != '}') {
                    throw failure("Found unescaped '{' at index " + i + " in the format string");
                }
                i++;
                if (used == values.size()) {
                    throw failure(argumentCount(template, values));
                }
                JsonNode value = values.get(used++);
                out.append(value.isTextual() ? value.textValue() : value.toString());
            } else if (c == '}') {
                throw failure("Found unescaped '}' at index " + i + " in the format string");
            } else {
                out.append(c);
            }
        }
        if (used != values.size()) {
            throw failure(argumentCount(template, values));
        }
        return out.toString();
    }

    private static String argumentCount(String template, List<JsonNode> values) {
        return "number of arguments do not match the occurrences of {} in the format string '" + template + "': "
                + values.size();
    }

    private static String unescape(String text) {
        if (text.indexOf('\\') < 0) {
            return text;
        }
        StringBuilder plain = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\\' && i + 1 < text.length() && "{}\\'".indexOf(text.charAt(i + 1)) >= 0) {
                plain.append(text.charAt(++i));
            } else {
                plain.append(c);
            }
        }
        return plain.toString();
    }

    private static JsonNode list(JsonNode value) {
        if (!value.isArray()) {
            throw failure("Expected an array, but got: " + value);
        }
        return value;
    }

    private static String string(JsonNode value) {
        if (!value.isTextual()) {
            throw failure("Expected a string, but got: " + value);
        }
        return value.textValue();
    }

    private static String bounded(JsonNode value) {
        String text = string(value);
        if (text.length() > TEXT_MAX) {
            throw failure("The string cannot have more than " + TEXT_MAX + " characters");
        }
        return text;
    }

    /** Numbers that are not whole are rounded to the nearest integer, as AWS documents for the array functions. */
    private static long integer(JsonNode value) {
        if (!value.isNumber()) {
            throw failure("Expected an integer, but got: " + value);
        }
        try {
            return value.decimalValue().setScale(0, RoundingMode.HALF_UP).longValueExact();
        } catch (ArithmeticException e) {
            throw failure("Integer out of range: " + value);
        }
    }

    private static long positive(JsonNode value) {
        long size = integer(value);
        if (size < 1) {
            throw failure("The chunk size of States.ArrayPartition must be a positive integer, but was: " + size);
        }
        return size;
    }

    private static IntrinsicFailure failure(String message) {
        return new IntrinsicFailure(message, false);
    }
}
