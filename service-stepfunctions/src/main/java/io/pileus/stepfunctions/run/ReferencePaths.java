package io.pileus.stepfunctions.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.pileus.stepfunctions.asl.Errors;
import io.pileus.stepfunctions.asl.Json;
import io.pileus.stepfunctions.jsonpath.JsonPath;
import io.pileus.stepfunctions.jsonpath.Segment;
import java.util.List;

/** Puts values at reference paths. */
final class ReferencePaths {
    private ReferencePaths() {}

    /** The document with the value at the path; objects on the way are made where they are missing. */
    static JsonNode put(JsonNode document, JsonPath path, JsonNode value) {
        return put(document, path, path.segments(), value);
    }

    private static JsonNode put(JsonNode node, JsonPath path, List<Segment> segments, JsonNode value) {
        if (segments.isEmpty()) {
            return value;
        }
        List<Segment> rest = segments.subList(1, segments.size());
        return switch (segments.get(0)) {
            case Segment.Field field -> {
                if (!node.isObject()) {
                    throw mismatch(path, node);
                }
                ObjectNode copy = Json.object();
                copy.setAll((ObjectNode) node);
                JsonNode child = node.get(field.name());
                boolean absent = child == null || (!rest.isEmpty() && child.isNull());
                copy.set(field.name(), put(absent ? Json.EMPTY_OBJECT : child, path, rest, value));
                yield copy;
            }
            case Segment.Indexes indexes -> {
                int index = indexes.indexes().get(0);
                if (!node.isArray() || index >= node.size()) {
                    throw mismatch(path, node);
                }
                ArrayNode copy = ((ArrayNode) node).arrayNode(node.size());
                copy.addAll((ArrayNode) node);
                copy.set(index, put(node.get(index), path, rest, value));
                yield copy;
            }
            default -> throw mismatch(path, node);
        };
    }

    private static StateFailure mismatch(JsonPath path, JsonNode node) {
        return new StateFailure(
                Errors.RESULT_PATH_MATCH_FAILURE, "Unable to apply Reference Path " + path + " to input " + node);
    }
}
