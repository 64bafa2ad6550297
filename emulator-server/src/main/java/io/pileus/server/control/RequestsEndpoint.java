package io.pileus.server.control;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.pileus.core.dispatch.RequestLog;
import io.pileus.core.http.HttpRequest;
import io.pileus.core.http.HttpResponse;
import io.pileus.core.protocol.Documents;
import io.pileus.core.shape.Shape;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * {@code GET /_pileus/requests}: the last requests, the newest first; {@code service}, {@code operation}, {@code account},
 * {@code region}, {@code errors=true}, {@code after} (a number) and {@code limit} choose among them, and {@code bodies=true}
 * shows what went in and came out, secrets masked, with the AWS CLI's command that does the same. {@code
 * /_pileus/requests/{number}} is one of them with its bodies. DELETE forgets them.
 */
final class RequestsEndpoint {
    private static final Set<String> PARAMETERS =
            Set.of("service", "operation", "account", "region", "errors", "after", "bodies", "limit");
    private static final int LIMIT = 100;

    private final RequestLog log;

    RequestsEndpoint(RequestLog log) {
        this.log = log;
    }

    HttpResponse list(HttpRequest request) {
        Map<String, String> wanted = Json.parameters(request, PARAMETERS);
        long limit = number(wanted, "limit", LIMIT);
        long after = number(wanted, "after", -1);
        boolean bodies = flag(wanted, "bodies");
        boolean errors = flag(wanted, "errors");
        if (limit < 0) {
            throw new Json.BadRequest("'limit' is less than 0");
        }
        ObjectNode answer = Json.object().put("count", log.count());
        ArrayNode list = answer.putArray("requests");
        for (RequestLog.Entry entry : log.newestFirst()) {
            if (list.size() < limit && entry.number() > after && matches(entry, wanted, errors)) {
                list.add(bodies ? withBodies(entry, request) : json(entry));
            }
        }
        return Json.answer(answer);
    }

    HttpResponse one(HttpRequest request, String number) {
        Optional<RequestLog.Entry> entry;
        try {
            entry = log.find(Long.parseLong(number));
        } catch (NumberFormatException e) {
            entry = Optional.empty();
        }
        return entry.map(found -> Json.answer(withBodies(found, request)))
                .orElseGet(() -> Json.error(404, "no request of this number is remembered"));
    }

    HttpResponse forget() {
        log.clear();
        return HttpResponse.empty(204);
    }

    private static long number(Map<String, String> wanted, String name, long otherwise) {
        try {
            return Long.parseLong(wanted.getOrDefault(name, String.valueOf(otherwise)));
        } catch (NumberFormatException e) {
            throw new Json.BadRequest("'" + name + "' is not a number");
        }
    }

    private static boolean flag(Map<String, String> wanted, String name) {
        return switch (wanted.getOrDefault(name, "false")) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new Json.BadRequest("'" + name + "' is true or false");
        };
    }

    private static boolean matches(RequestLog.Entry entry, Map<String, String> wanted, boolean errors) {
        return matches(entry.service(), wanted.get("service"))
                && matches(entry.operation(), wanted.get("operation"))
                && matches(entry.account(), wanted.get("account"))
                && matches(entry.region(), wanted.get("region"))
                && (!errors || !entry.errorCode().isEmpty());
    }

    private static boolean matches(String value, @org.jspecify.annotations.Nullable String wanted) {
        return wanted == null || wanted.equals(value);
    }

    private static ObjectNode json(RequestLog.Entry entry) {
        ObjectNode json = Json.object()
                .put("number", entry.number())
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
        if (entry.fault()) {
            json.put("fault", true);
        }
        return entry.notEmulated().isEmpty() ? json : json.put("notEmulated", entry.notEmulated());
    }

    private static ObjectNode withBodies(RequestLog.Entry entry, HttpRequest asked) {
        ObjectNode json = json(entry);
        entry.contents().ifPresent(contents -> {
            document(entry, contents.input()).ifPresent(input -> {
                json.set("input", input);
                json.put("command", AwsCommand.of(entry, input, asked.scheme() + "://" + asked.host()));
            });
            contents.output()
                    .flatMap(output -> document(entry, output))
                    .ifPresent(output -> json.set("output", output));
        });
        return json;
    }

    /** Empty where the bytes are no longer there, as those of a large object. */
    private static Optional<JsonNode> document(RequestLog.Entry entry, Shape shape) {
        try {
            return Optional.of(Secrets.mask(entry.service(), Documents.write(shape)));
        } catch (UncheckedIOException e) {
            return Optional.empty();
        }
    }
}
