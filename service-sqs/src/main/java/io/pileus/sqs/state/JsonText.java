package io.pileus.sqs.state;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.Optional;

/** JSON inside attributes: policies. Parsed when an attribute is set, never per message. */
public final class JsonText {
    private JsonText() {}

    /** The object that the text spells; empty when it spells something else. */
    public static Optional<JsonNode> object(String json) {
        try {
            JsonNode node = mapper().readTree(json);
            return Optional.ofNullable(node).filter(JsonNode::isObject);
        } catch (JsonProcessingException e) {
            return Optional.empty();
        }
    }

    /** Whether two texts are the same but for the form. */
    static boolean sameObject(String a, String b) {
        return a.equals(b) || object(a).isPresent() && object(a).equals(object(b));
    }

    public static String print(JsonNode node) {
        return node.toString();
    }

    public static JsonMapper mapper() {
        return JsonMapper.builder()
                .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                .build();
    }
}
