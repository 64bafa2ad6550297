package io.pileus.stepfunctions.jsonpath;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.Map;
import java.util.Optional;

/**
 * What paths can see.
 *
 * @param document the value of {@code $}
 * @param context the value of {@code $$}
 * @param variables the values of {@code $name}
 */
public record PathScope(JsonNode document, JsonNode context, Map<String, JsonNode> variables) {

    /** The value at the path, or empty when a definite path leads nowhere. */
    public Optional<JsonNode> resolve(JsonPath path) {
        JsonNode start = start(path);
        return start.isMissingNode() ? Optional.empty() : path.evaluate(start);
    }

    /** The value that the path starts from; a missing node for a variable that has not been assigned. */
    public JsonNode start(JsonPath path) {
        return switch (path.root()) {
            case JsonPath.Document d -> document;
            case JsonPath.ContextObject c -> context;
            case JsonPath.Variable v -> variables.getOrDefault(v.name(), MissingNode.getInstance());
        };
    }
}
