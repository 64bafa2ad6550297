package io.pileus.stepfunctions.asl;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;

/** The JSON values that a state machine works on. Numbers keep their digits. */
public final class Json {
    /** The payload of a state, task or execution is at most 256 KiB of UTF-8. */
    public static final int PAYLOAD_BYTES_MAX = 262_144;

    public static final ObjectNode EMPTY_OBJECT = JsonNodeFactory.instance.objectNode();

    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS, DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .build();

    private Json() {}

    /** Reads one JSON text; a text without any value is an error. */
    public static JsonNode read(String text) throws JsonProcessingException {
        JsonNode node = MAPPER.readTree(text);
        if (node == null || node.isMissingNode()) {
            throw new com.fasterxml.jackson.core.JsonParseException(null, "No content to map due to end-of-input");
        }
        return node;
    }

    /** Reads JSON that is known to be well-formed. */
    public static JsonNode of(String text) {
        try {
            return read(text);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }

    public static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }

    /** Whether a value's JSON text is longer than a payload may be. */
    public static boolean tooLarge(JsonNode value) {
        return size(value) > PAYLOAD_BYTES_MAX;
    }

    public static boolean tooLarge(String text) {
        return text.length() > PAYLOAD_BYTES_MAX
                || (text.length() > PAYLOAD_BYTES_MAX / 3
                        && text.getBytes(StandardCharsets.UTF_8).length > PAYLOAD_BYTES_MAX);
    }

    public static int size(JsonNode value) {
        return value.isContainerNode() && value.isEmpty()
                ? 2
                : value.toString().getBytes(StandardCharsets.UTF_8).length;
    }

    /** Equality of JSON values in which {@code 1} and {@code 1.0} are the same number. */
    public static boolean same(JsonNode a, JsonNode b) {
        return a.equals(
                (x, y) -> x.isNumber() && y.isNumber()
                        ? x.decimalValue().compareTo(y.decimalValue())
                        : x.equals(y) ? 0 : 1,
                b);
    }
}
