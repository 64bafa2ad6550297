package io.pileus.stepfunctions.integration;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.pileus.core.http.client.OutboundHttp;
import io.pileus.stepfunctions.asl.Errors;
import io.pileus.stepfunctions.asl.Json;
import io.pileus.stepfunctions.run.PendingTask;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Calls an HTTP endpoint. Differs from AWS: the EventBridge connection that AWS requires is not looked at, so its
 * credentials are not added.
 *
 * @see <a href="https://docs.aws.amazon.com/step-functions/latest/dg/call-https-apis.html">Call HTTPS APIs</a>
 */
final class HttpTask {
    /** An HTTP task takes at most 60 seconds. */
    private static final Duration TIMEOUT = Duration.ofSeconds(60);

    private final OutboundHttp http;

    HttpTask(OutboundHttp http) {
        this.http = http;
    }

    void run(JsonNode parameters, PendingTask task) {
        OutboundHttp.Call call;
        try {
            call = call(parameters);
        } catch (IllegalArgumentException e) {
            task.failed(Errors.RUNTIME, Optional.of("Invalid HTTP task: " + e.getMessage()));
            return;
        }
        http.send(call).whenComplete((answer, failure) -> {
            if (failure != null) {
                task.failed("States.Http.Socket", Optional.of(String.valueOf(failure.getMessage())));
            } else if (answer.status() >= 200 && answer.status() < 300) {
                task.succeeded(result(answer));
            } else {
                task.failed(
                        "States.Http.StatusCode." + answer.status(),
                        Optional.of(new String(answer.body(), StandardCharsets.UTF_8)));
            }
        });
    }

    private static OutboundHttp.Call call(JsonNode parameters) {
        String endpoint = parameters.path("ApiEndpoint").asText("");
        String method = parameters.path("Method").asText("");
        if (endpoint.isEmpty() || method.isEmpty()) {
            throw new IllegalArgumentException("ApiEndpoint and Method are required");
        }
        Map<String, String> headers = new LinkedHashMap<>();
        parameters.path("Headers").properties().forEach(h -> headers.put(h.getKey(), text(h.getValue())));
        String query = query(parameters.path("QueryParameters"));
        String target = query.isEmpty() ? endpoint : endpoint + (endpoint.contains("?") ? "&" : "?") + query;
        JsonNode body = parameters.path("RequestBody");
        byte[] bytes = new byte[0];
        if (!body.isMissingNode()) {
            boolean form = parameters
                    .path("Transform")
                    .path("RequestBodyEncoding")
                    .asText("")
                    .equals("URL_ENCODED");
            bytes = (form ? query(body) : body.isTextual() ? body.textValue() : body.toString())
                    .getBytes(StandardCharsets.UTF_8);
            String type = form ? "application/x-www-form-urlencoded" : "application/json";
            if (headers.keySet().stream().noneMatch(h -> h.equalsIgnoreCase("Content-Type"))) {
                headers.put("Content-Type", type);
            }
        }
        headers.keySet()
                .removeIf(h -> List.of("host", "content-length", "connection", "transfer-encoding")
                        .contains(h.toLowerCase(Locale.ROOT)));
        return new OutboundHttp.Call(method, URI.create(target), headers, bytes, TIMEOUT);
    }

    private static String text(JsonNode value) {
        return value.isTextual() ? value.textValue() : value.toString();
    }

    private static String query(JsonNode fields) {
        StringBuilder query = new StringBuilder();
        fields.properties().forEach(field -> {
            Iterable<JsonNode> values = field.getValue().isArray() ? field.getValue() : List.of(field.getValue());
            for (JsonNode value : values) {
                query.append(query.isEmpty() ? "" : "&")
                        .append(URLEncoder.encode(field.getKey(), StandardCharsets.UTF_8))
                        .append('=')
                        .append(URLEncoder.encode(text(value), StandardCharsets.UTF_8));
            }
        });
        return query.toString();
    }

    private static JsonNode result(OutboundHttp.Answer answer) {
        ObjectNode result = Json.object();
        ObjectNode headers = result.putObject("Headers");
        answer.headers().forEach((name, values) -> {
            ArrayNode list = headers.putArray(name);
            values.forEach(list::add);
        });
        result.set("ResponseBody", body(answer));
        result.put("StatusCode", answer.status());
        result.put("StatusText", answer.status() == 200 ? "OK" : String.valueOf(answer.status()));
        return result;
    }

    private static JsonNode body(OutboundHttp.Answer answer) {
        String text = new String(answer.body(), StandardCharsets.UTF_8);
        if (text.isEmpty()) {
            return TextNode.valueOf("");
        }
        try {
            return Json.read(text);
        } catch (JsonProcessingException e) {
            return TextNode.valueOf(text);
        }
    }
}
