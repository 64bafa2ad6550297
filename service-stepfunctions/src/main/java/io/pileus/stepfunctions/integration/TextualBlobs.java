package io.pileus.stepfunctions.integration;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.pileus.stepfunctions.asl.Json;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * Binary members that a workflow gives and gets as text: the body of an object, the payload of a function, the data of a
 * record. A JSON value given in place of a text is written as JSON. All other binary members are base64.
 */
final class TextualBlobs {
    /** The member by service, at whatever depth. */
    private static final Map<String, String> MEMBERS =
            Map.of("s3", "Body", "lambda", "Payload", "kinesis", "Data", "firehose", "Data");

    private TextualBlobs() {}

    /**
     * Parameters as the operation reads them: the text as base64. The body of an object is written as JSON even when it is
     * a text, in quotes (measured by others, github.com/localstack/localstack/pull/12035).
     */
    static JsonNode encoded(String service, JsonNode parameters) {
        boolean quoted = service.equals("s3");
        return change(
                MEMBERS.get(service),
                parameters,
                value -> base64(value.isTextual() && !quoted ? value.textValue() : value.toString()));
    }

    /** A result that is made up, as the operation would write it. */
    static JsonNode resultEncoded(String service, JsonNode result) {
        return change(MEMBERS.get(service), result, value -> base64(value.toString()));
    }

    private static JsonNode base64(String text) {
        return TextNode.valueOf(Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8)));
    }

    /** A result as the workflow sees it. */
    static JsonNode decoded(String service, JsonNode result) {
        return change(
                MEMBERS.get(service),
                result,
                value -> value.isTextual() || value.isBinary()
                        ? TextNode.valueOf(
                                new String(Base64.getDecoder().decode(value.asText()), StandardCharsets.UTF_8))
                        : value);
    }

    private static JsonNode change(
            @org.jspecify.annotations.Nullable String member, JsonNode node, UnaryOperator<JsonNode> change) {
        if (member == null) {
            return node;
        }
        if (node.isObject()) {
            ObjectNode changed = Json.object();
            for (Map.Entry<String, JsonNode> field : node.properties()) {
                changed.set(
                        field.getKey(),
                        field.getKey().equals(member)
                                ? change.apply(field.getValue())
                                : change(member, field.getValue(), change));
            }
            return changed;
        }
        if (node.isArray()) {
            ArrayNode changed = JsonNodeFactory.instance.arrayNode(node.size());
            node.forEach(element -> changed.add(change(member, element, change)));
            return changed;
        }
        return node;
    }
}
