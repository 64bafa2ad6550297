package io.pileus.server.control;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.pileus.core.dispatch.RequestLog;
import io.pileus.core.http.HttpRequest;
import io.pileus.core.http.HttpResponse;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * {@code GET /_pileus/requests}: the last requests, the newest first; {@code service}, {@code operation}, {@code account},
 * {@code region}, {@code errors=true} and {@code limit} choose among them. DELETE forgets them.
 */
final class RequestsEndpoint {
    private static final Set<String> PARAMETERS =
            Set.of("service", "operation", "account", "region", "errors", "limit");
    private static final int LIMIT = 100;

    private final RequestLog log;

    RequestsEndpoint(RequestLog log) {
        this.log = log;
    }

    HttpResponse list(HttpRequest request) {
        Map<String, String> wanted = parameters(request.query());
        int limit = limit(wanted);
        ObjectNode answer = Json.object().put("count", log.count());
        ArrayNode list = answer.putArray("requests");
        for (RequestLog.Entry entry : log.newestFirst()) {
            if (list.size() < limit && matches(entry, wanted)) {
                list.add(json(entry));
            }
        }
        return Json.answer(answer);
    }

    HttpResponse forget() {
        log.clear();
        return HttpResponse.empty(204);
    }

    private static int limit(Map<String, String> wanted) {
        try {
            return Integer.parseInt(wanted.getOrDefault("limit", String.valueOf(LIMIT)));
        } catch (NumberFormatException e) {
            throw new Json.BadRequest("the limit is not a number");
        }
    }

    private static Map<String, String> parameters(String query) {
        Map<String, String> parameters = new HashMap<>();
        for (String parameter : query.split("&")) {
            int equals = parameter.indexOf('=');
            if (equals > 0) {
                String name = parameter.substring(0, equals);
                if (!PARAMETERS.contains(name)) {
                    throw new Json.BadRequest("unknown parameter '" + name + "'; known are "
                            + PARAMETERS.stream().sorted().toList());
                }
                parameters.put(name, URLDecoder.decode(parameter.substring(equals + 1), StandardCharsets.UTF_8));
            }
        }
        return parameters;
    }

    private static boolean matches(RequestLog.Entry entry, Map<String, String> wanted) {
        return matches(entry.service(), wanted.get("service"))
                && matches(entry.operation(), wanted.get("operation"))
                && matches(entry.account(), wanted.get("account"))
                && matches(entry.region(), wanted.get("region"))
                && (!"true".equals(wanted.get("errors")) || !entry.errorCode().isEmpty());
    }

    private static boolean matches(String value, @org.jspecify.annotations.Nullable String wanted) {
        return wanted == null || wanted.equals(value);
    }

    private static ObjectNode json(RequestLog.Entry entry) {
        ObjectNode json = Json.object()
                .put("time", entry.time().toString())
                .put("requestId", entry.requestId())
                .put("service", entry.service())
                .put("operation", entry.operation())
                .put("account", entry.account())
                .put("region", entry.region())
                .put("status", entry.status())
                .put("latencyMicros", entry.latency().toNanos() / 1_000);
        if (!entry.errorCode().isEmpty()) {
            json.putObject("error").put("code", entry.errorCode()).put("message", entry.errorMessage());
        }
        return entry.notEmulated().isEmpty() ? json : json.put("notEmulated", entry.notEmulated());
    }
}
