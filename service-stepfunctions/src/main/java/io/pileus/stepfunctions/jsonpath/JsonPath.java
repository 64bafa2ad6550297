package io.pileus.stepfunctions.jsonpath;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A parsed path. A definite path names at most one value and fails when there is none; an indefinite one (wildcard,
 * descent, slice, union, filter) answers the array of all matches.
 *
 * @param text the path as it was written
 * @param root what the path starts from
 * @param segments the steps from the root
 */
public record JsonPath(String text, Root root, List<Segment> segments) {
    /** How many values one evaluation may visit, so that a path with many descents ends. */
    static final int VISITS_MAX = 5_000_000;

    /** What a path starts from. */
    public sealed interface Root {}

    /** {@code $}: the state's input, or whatever document is being worked on. */
    public record Document() implements Root {}

    /** {@code $$}: the context object. */
    public record ContextObject() implements Root {}

    /** {@code $name}: a variable. */
    public record Variable(String name) implements Root {}

    public JsonPath {
        segments = List.copyOf(segments);
    }

    /** Reads a path; answers empty when the text is none. */
    public static Optional<JsonPath> parse(String text) {
        try {
            return Optional.of(new JsonPathParser(text).parse());
        } catch (JsonPathSyntaxException e) {
            return Optional.empty();
        }
    }

    /** Whether the path names at most one value. */
    public boolean definite() {
        return segments.stream().allMatch(Segment::definite);
    }

    /**
     * Whether the path is a reference path: only field names and array indexes, so that it can say where to put a value.
     *
     * @see <a href="https://states-language.net/spec.html#ref-paths">Reference Paths</a>
     */
    public boolean reference() {
        return segments.stream()
                .allMatch(s -> s instanceof Segment.Field
                        || (s instanceof Segment.Indexes indexes && indexes.single() && indexes.first() >= 0));
    }

    /** The value at the path, or empty when a definite path leads nowhere. */
    public Optional<JsonNode> evaluate(JsonNode start) {
        List<JsonNode> current = List.of(start);
        int[] visits = {0};
        boolean definite = true;
        for (Segment segment : segments) {
            if (segment instanceof Segment.Function function) {
                JsonNode argument = definite ? (current.isEmpty() ? null : current.get(0)) : array(current);
                Optional<JsonNode> value = argument == null ? Optional.empty() : function.apply(argument);
                if (value.isEmpty()) {
                    return Optional.empty();
                }
                current = List.of(value.get());
                definite = true;
                continue;
            }
            List<JsonNode> next = new ArrayList<>();
            for (JsonNode node : current) {
                segment.select(node, start, next::add);
                visits[0] += 1 + next.size();
                if (visits[0] > VISITS_MAX) {
                    return Optional.empty();
                }
            }
            current = next;
            definite &= segment.definite();
        }
        if (!definite) {
            return Optional.of(array(current));
        }
        return current.isEmpty() ? Optional.empty() : Optional.of(current.get(0));
    }

    /** Whether the path leads nowhere only because its last index lies past the end of an array. */
    public boolean pastTheEnd(JsonNode start) {
        if (segments.isEmpty() || !definite() || !(segments.get(segments.size() - 1) instanceof Segment.Indexes)) {
            return false;
        }
        return new JsonPath(text, root, segments.subList(0, segments.size() - 1))
                .evaluate(start)
                .filter(JsonNode::isArray)
                .isPresent();
    }

    /** Why a definite path leads nowhere, in the words of the Jayway library, which AWS hands on. */
    public String missing(JsonNode start) {
        StringBuilder reached = new StringBuilder("$");
        JsonNode node = start;
        for (int i = 0; i < segments.size(); i++) {
            Segment segment = segments.get(i);
            boolean leaf = i == segments.size() - 1;
            if (segment instanceof Segment.Field field) {
                if (!node.isObject()) {
                    return "Expected to find an object with property ['" + field.name() + "'] in path " + reached
                            + " but found '" + javaType(node) + "'. This is not a json object according to the"
                            + " JsonProvider: 'com.jayway.jsonpath.spi.json.JacksonJsonNodeJsonProvider'.";
                }
                reached.append("['").append(field.name()).append("']");
                if (!node.has(field.name())) {
                    return (leaf ? "No results for path: " : "Missing property in path ") + reached;
                }
                node = node.get(field.name());
            } else if (segment instanceof Segment.Indexes indexes && indexes.single()) {
                if (!node.isArray()) {
                    return "Filter: [" + indexes.first() + "] can only be applied to arrays. Current context is: "
                            + node;
                }
                int index = indexes.first() < 0 ? node.size() + indexes.first() : indexes.first();
                if (index < 0 || index >= node.size()) {
                    return "No results for path: " + reached + "[" + indexes.first() + "]";
                }
                reached.append('[').append(indexes.first()).append(']');
                node = node.get(index);
            } else {
                break;
            }
        }
        return "No results for path: " + text;
    }

    private static String javaType(JsonNode node) {
        return switch (node.getNodeType()) {
            case ARRAY -> "com.fasterxml.jackson.databind.node.ArrayNode";
            case STRING -> "java.lang.String";
            case NUMBER -> "java.lang.Number";
            case BOOLEAN -> "java.lang.Boolean";
            default -> "null";
        };
    }

    private static ArrayNode array(List<JsonNode> nodes) {
        ArrayNode array = JsonNodeFactory.instance.arrayNode(nodes.size());
        nodes.forEach(array::add);
        return array;
    }

    @Override
    public String toString() {
        return text;
    }
}
