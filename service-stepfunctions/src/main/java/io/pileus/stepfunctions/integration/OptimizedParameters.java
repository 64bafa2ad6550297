package io.pileus.stepfunctions.integration;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.pileus.stepfunctions.asl.Json;
import java.util.Map;

/** What optimized integrations make of their parameters: some texts may be written as JSON. */
final class OptimizedParameters {
    private static final Map<String, String> TEXTS = Map.of("sqs", "MessageBody", "sns", "Message");

    private OptimizedParameters() {}

    static JsonNode of(String service, JsonNode parameters) {
        String field = TEXTS.get(service);
        if (field == null || !parameters.isObject()) {
            return parameters;
        }
        JsonNode value = parameters.get(field);
        if (value == null || value.isTextual()) {
            return parameters;
        }
        ObjectNode changed = Json.object();
        changed.setAll((ObjectNode) parameters);
        changed.put(field, value.toString());
        return changed;
    }
}
