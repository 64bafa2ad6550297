package io.pileus.stepfunctions.integration;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.pileus.core.http.client.OutboundHttp;
import io.pileus.core.identity.Region;
import io.pileus.stepfunctions.asl.Errors;
import io.pileus.stepfunctions.asl.Json;
import io.pileus.stepfunctions.run.PendingTask;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Calls an HTTP endpoint. Differs from AWS: the EventBridge connection that AWS requires is not looked at, so its
 * credentials are not added.
 *
 * @see <a href="https://docs.aws.amazon.com/step-functions/latest/dg/call-https-apis.html">Call HTTPS APIs</a>
 */
final class HttpTask {
    /** An HTTP task takes at most 60 seconds. */
    private static final Duration TIMEOUT = Duration.ofSeconds(60);

    /** What a task may not set: AWS, or HTTP itself, does. */
    private static final Set<String> RESERVED = Set.of(
            "authorization",
            "connection",
            "content-md5",
            "date",
            "expect",
            "host",
            "max-forwards",
            "proxy-authenticate",
            "server",
            "te",
            "trailer",
            "transfer-encoding",
            "upgrade",
            "via",
            "www-authenticate");

    private static final List<String> RESERVED_PREFIXES = List.of("x-forwarded", "x-amz", "x-amzn");

    private final OutboundHttp http;

    HttpTask(OutboundHttp http) {
        this.http = http;
    }

    void run(JsonNode parameters, Region region, PendingTask task) {
        OutboundHttp.Call call;
        try {
            call = call(parameters, region);
        } catch (IllegalArgumentException e) {
            task.failed(Errors.RUNTIME, Optional.of("Invalid HTTP task: " + e.getMessage()));
            return;
        }
        http.send(call).whenComplete((answer, failure) -> {
            if (answer != null) {
                task.exchanged(exchange(call, answer));
            }
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

    private static PendingTask.Exchange exchange(OutboundHttp.Call call, OutboundHttp.Answer answer) {
        Map<String, String> received = new LinkedHashMap<>();
        answer.headers().forEach((name, values) -> received.put(name, String.join(",", values)));
        return new PendingTask.Exchange(
                call.method(),
                call.target().toString(),
                call.headers(),
                new String(call.body(), StandardCharsets.UTF_8),
                answer.status(),
                reason(answer.status()),
                received,
                new String(answer.body(), StandardCharsets.UTF_8));
    }

    private static OutboundHttp.Call call(JsonNode parameters, Region region) {
        String endpoint = parameters.path("ApiEndpoint").asText("");
        String method = parameters.path("Method").asText("");
        if (endpoint.isEmpty() || method.isEmpty()) {
            throw new IllegalArgumentException("ApiEndpoint and Method are required");
        }
        Map<String, String> headers = new LinkedHashMap<>();
        parameters.path("Headers").properties().forEach(h -> headers.put(h.getKey(), text(h.getValue())));
        refuseReserved(headers);
        headers.put("User-Agent", "Amazon|StepFunctions|HttpInvoke|" + region);
        headers.put("Range", "bytes=0-262144");
        String query = query(parameters.path("QueryParameters"), ArrayFormat.REPEAT);
        String target = query.isEmpty() ? endpoint : endpoint + (endpoint.contains("?") ? "&" : "?") + query;
        JsonNode body = parameters.path("RequestBody");
        byte[] bytes = new byte[0];
        if (!body.isMissingNode()) {
            JsonNode transform = parameters.path("Transform");
            boolean form =
                    transform.path("RequestBodyEncoding").asText("").equals("URL_ENCODED") && body.isContainerNode();
            String text = form
                    ? query(body, ArrayFormat.of(transform.path("RequestEncodingOptions")))
                    : body.isTextual() ? body.textValue() : body.toString();
            bytes = text.getBytes(StandardCharsets.UTF_8);
            String type = form ? "application/x-www-form-urlencoded" : "application/json";
            if (headers.keySet().stream().noneMatch(h -> h.equalsIgnoreCase("Content-Type"))) {
                headers.put("Content-Type", type);
            }
        }
        return new OutboundHttp.Call(method, URI.create(target), headers, bytes, TIMEOUT);
    }

    private static String text(JsonNode value) {
        return value.isTextual() ? value.textValue() : value.toString();
    }

    /** Headers that a task must not set, and beginnings of such. */
    private static void refuseReserved(Map<String, String> headers) {
        for (String name : headers.keySet()) {
            String lower = name.toLowerCase(Locale.ROOT);
            if (RESERVED.contains(lower) || RESERVED_PREFIXES.stream().anyMatch(lower::startsWith)) {
                throw new IllegalArgumentException("the header '" + name + "' is not allowed");
            }
        }
    }

    /** How the elements of an array are named in a form. */
    private enum ArrayFormat {
        INDICES,
        REPEAT,
        COMMAS,
        BRACKETS,
        NONE;

        static ArrayFormat of(JsonNode options) {
            String name = options.path("ArrayFormat").asText(INDICES.name());
            return Arrays.stream(values())
                    .filter(f -> f.name().equals(name))
                    .findFirst()
                    .orElseThrow(() ->
                            new IllegalArgumentException("ArrayFormat is not one of " + Arrays.toString(values())));
        }
    }

    private static String query(JsonNode fields, ArrayFormat format) {
        StringBuilder query = new StringBuilder();
        fields.properties().forEach(field -> {
            String name = field.getKey();
            JsonNode value = field.getValue();
            if (!value.isArray()) {
                pair(query, name, text(value));
                return;
            }
            switch (format) {
                case COMMAS -> {
                    List<String> texts = new ArrayList<>();
                    value.forEach(element -> texts.add(text(element)));
                    pair(query, name, String.join(",", texts));
                }
                case NONE -> pair(query, name, value.toString());
                case REPEAT -> value.forEach(element -> pair(query, name, text(element)));
                case BRACKETS -> value.forEach(element -> pair(query, name + "[]", text(element)));
                case INDICES -> {
                    for (int i = 0; i < value.size(); i++) {
                        pair(query, name + "[" + i + "]", text(value.get(i)));
                    }
                }
            }
        });
        return query.toString();
    }

    private static void pair(StringBuilder query, String name, String value) {
        query.append(query.isEmpty() ? "" : "&")
                .append(URLEncoder.encode(name, StandardCharsets.UTF_8))
                .append('=')
                .append(URLEncoder.encode(value, StandardCharsets.UTF_8));
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
        result.put("StatusText", reason(answer.status()));
        return result;
    }

    private static String reason(int status) {
        return switch (status) {
            case 200 -> "OK";
            case 201 -> "Created";
            case 202 -> "Accepted";
            case 204 -> "No Content";
            case 206 -> "Partial Content";
            case 400 -> "Bad Request";
            case 401 -> "Unauthorized";
            case 403 -> "Forbidden";
            case 404 -> "Not Found";
            case 429 -> "Too Many Requests";
            case 500 -> "Internal Server Error";
            case 502 -> "Bad Gateway";
            case 503 -> "Service Unavailable";
            default -> "";
        };
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
