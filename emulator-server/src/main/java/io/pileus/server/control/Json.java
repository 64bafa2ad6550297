package io.pileus.server.control;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.util.MinimalPrettyPrinter;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.pileus.core.http.HttpRequest;
import io.pileus.core.http.HttpResponse;
import io.pileus.core.shape.JsonTrees;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.Set;

/** JSON of the control endpoints; none of it is loaded before one of them is called. */
final class Json {
    private static final int BODY_BYTES_MAX = 1 << 20;

    private Json() {}

    static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }

    /** An object that this program wrote itself. */
    static ObjectNode read(String text) {
        try {
            return (ObjectNode) JsonTrees.mapper().readTree(text);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    static HttpResponse answer(JsonNode body) {
        return answer(200, body);
    }

    static HttpResponse answer(int status, JsonNode body) {
        try {
            return HttpResponse.json(status, JsonTrees.mapper().writeValueAsString(body));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    /** With a space behind each colon and comma: users' scripts grep LocalStack's answers for {@code "sqs": "available"}. */
    static HttpResponse spaced(JsonNode body) {
        try {
            return HttpResponse.json(
                    200, JsonTrees.mapper().writer(new Spaces()).writeValueAsString(body));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private static final class Spaces extends MinimalPrettyPrinter {
        @Override
        public void writeObjectFieldValueSeparator(JsonGenerator out) throws IOException {
            out.writeRaw(": ");
        }

        @Override
        public void writeObjectEntrySeparator(JsonGenerator out) throws IOException {
            out.writeRaw(", ");
        }

        @Override
        public void writeArrayValueSeparator(JsonGenerator out) throws IOException {
            out.writeRaw(", ");
        }
    }

    static HttpResponse error(int status, String message) {
        return answer(status, object().put("error", message));
    }

    /**
     * The request's body as an object, empty when there is no body.
     *
     * @param known the fields that may be there
     * @throws BadRequest when it is something else
     */
    static ObjectNode body(HttpRequest request, Set<String> known) {
        if (request.body().size() == 0) {
            return object();
        }
        if (request.body().size() > BODY_BYTES_MAX) {
            throw new BadRequest("the body is too large");
        }
        JsonNode node;
        try {
            node = JsonTrees.mapper().readTree(request.body().bytes());
        } catch (IOException e) {
            throw new BadRequest("the body is not JSON");
        }
        if (!(node instanceof ObjectNode object)) {
            throw new BadRequest("the body is not a JSON object");
        }
        requireKnown(object, known);
        return object;
    }

    /**
     * @param known the fields that may be there; any when empty
     * @throws BadRequest when there is another one
     */
    static void requireKnown(ObjectNode object, Set<String> known) {
        for (Iterator<String> names = object.fieldNames(); names.hasNext(); ) {
            String name = names.next();
            if (!known.isEmpty() && !known.contains(name)) {
                throw new BadRequest("unknown field '" + name + "'; known are "
                        + known.stream().sorted().toList());
            }
        }
    }

    /**
     * The request's query parameters.
     *
     * @param known the names that may be there
     * @throws BadRequest when there is another one
     */
    static Map<String, String> parameters(HttpRequest request, Set<String> known) {
        Map<String, String> parameters = new HashMap<>();
        for (String parameter : request.query().split("&")) {
            int equals = parameter.indexOf('=');
            if (equals > 0) {
                String name = parameter.substring(0, equals);
                if (!known.contains(name)) {
                    throw new BadRequest("unknown parameter '" + name + "'; known are "
                            + known.stream().sorted().toList());
                }
                parameters.put(name, decoded(parameter.substring(equals + 1)));
            }
        }
        return parameters;
    }

    private static String decoded(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw new BadRequest("'" + text + "' is not percent-encoded well");
        }
    }

    /** A request that cannot be understood; its message goes to the client. */
    static final class BadRequest extends RuntimeException {
        BadRequest(String message) {
            super(message, null, false, false);
        }
    }
}
