package io.pileus.server.control;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.pileus.core.dispatch.Fault;
import io.pileus.core.dispatch.Faults;
import io.pileus.core.dispatch.HostedService;
import io.pileus.core.http.HttpRequest;
import io.pileus.core.http.HttpResponse;
import io.pileus.core.service.AwsException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Set;

/**
 * {@code /_pileus/faults}: GET lists what shall go wrong, POST adds to it, DELETE takes all of it back, or with an id behind
 * the path one fault.
 *
 * <p>A fault is {@code service}, {@code operation}, {@code account}, {@code region} (each may be left out); {@code error} with
 * {@code code}, {@code status} and {@code message}, or {@code throttle: true} for the service's own way to say so; {@code
 * latency}; {@code callsPerSecond}; {@code probability} and {@code seed}; {@code count}.
 */
final class FaultsEndpoint {
    private static final Set<String> FIELDS = Set.of(
            "service",
            "operation",
            "account",
            "region",
            "error",
            "throttle",
            "latency",
            "callsPerSecond",
            "probability",
            "seed",
            "count");
    private static final Set<String> ERROR_FIELDS = Set.of("code", "status", "message");
    private static final int TEXT_MAX = 10_000;

    private final Emulator emulator;
    private final Faults faults;

    FaultsEndpoint(Emulator emulator) {
        this.emulator = emulator;
        this.faults = emulator.conditions().faults();
    }

    HttpResponse list() {
        ObjectNode answer = Json.object();
        ArrayNode list = answer.putArray("faults");
        faults.all().forEach(entry -> list.add(json(entry)));
        return Json.answer(answer);
    }

    HttpResponse one(String id) {
        return faults.find(id).map(entry -> Json.answer(json(entry))).orElseGet(() -> noFault(id));
    }

    HttpResponse add(HttpRequest request) {
        ObjectNode wanted = Json.body(request, FIELDS);
        Fault fault;
        try {
            fault = fault(wanted);
        } catch (IllegalArgumentException e) {
            throw new Json.BadRequest(String.valueOf(e.getMessage()));
        }
        try {
            String id = faults.add(fault);
            return Json.answer(201, json(faults.find(id).orElseThrow()));
        } catch (IllegalStateException e) {
            return Json.error(409, String.valueOf(e.getMessage()));
        }
    }

    HttpResponse removeAll() {
        faults.clear();
        return HttpResponse.empty(204);
    }

    HttpResponse remove(String id) {
        return faults.remove(id) ? HttpResponse.empty(204) : noFault(id);
    }

    private static HttpResponse noFault(String id) {
        return Json.error(404, "there is no fault '" + id + "'");
    }

    private Fault fault(ObjectNode wanted) {
        Optional<String> service = text(wanted, "service");
        service.filter(name -> !emulator.services().containsKey(name)).ifPresent(name -> {
            throw new Json.BadRequest("there is no service '" + name + "'; there are "
                    + emulator.services().keySet());
        });
        Optional<String> operation = text(wanted, "operation");
        operation.ifPresent(name -> requireOperation(service, name));
        boolean throttle = wanted.path("throttle").asBoolean();
        if (throttle && wanted.has("error")) {
            throw new Json.BadRequest("'throttle' has an error of its own; leave out one of the two");
        }
        if (throttle && service.isEmpty()) {
            throw new Json.BadRequest("services say 'too many requests' in words of their own; name the service");
        }
        Optional<AwsException> error = throttle
                ? Optional.of(Throttling.errorOf(service.orElseThrow()))
                : Optional.ofNullable(wanted.get("error")).map(FaultsEndpoint::error);
        return new Fault(
                new Fault.Target(service, operation, text(wanted, "account"), text(wanted, "region")),
                error,
                text(wanted, "latency").map(Durations::parse).orElse(Duration.ZERO),
                wanted.has("callsPerSecond")
                        ? OptionalDouble.of(number(wanted, "callsPerSecond").asDouble())
                        : OptionalDouble.empty(),
                wanted.has("probability") ? number(wanted, "probability").asDouble() : 1,
                wanted.has("seed") ? OptionalLong.of(number(wanted, "seed").asLong()) : OptionalLong.empty(),
                wanted.has("count") ? OptionalLong.of(number(wanted, "count").asLong()) : OptionalLong.empty());
    }

    /** A mistyped operation would never be hit. Of a service that is not enabled nothing is known. */
    private void requireOperation(Optional<String> service, String operation) {
        List<HostedService> meant = emulator.hosted().stream()
                .filter(hosted -> service.isEmpty() || hosted.name().equals(service.get()))
                .toList();
        if (!meant.isEmpty() && meant.stream().allMatch(hosted -> hosted.api().operation(operation) == null)) {
            throw new Json.BadRequest("there is no operation '" + operation + "'"
                    + service.map(name -> " of " + name).orElse(""));
        }
    }

    private static AwsException error(JsonNode node) {
        if (!(node instanceof ObjectNode wanted)) {
            throw new Json.BadRequest("an error is an object with 'code', 'status' and 'message'");
        }
        Json.requireKnown(wanted, ERROR_FIELDS);
        String code = text(wanted, "code")
                .orElseThrow(() -> new Json.BadRequest("an error has a code, such as InternalFailure"));
        if (!code.matches("[A-Za-z0-9_.:-]{1,200}")) {
            throw new Json.BadRequest("'" + code + "' is no error code");
        }
        int status = wanted.has("status") ? number(wanted, "status").asInt() : usualStatus(code);
        if (status < 400 || status > 599) {
            throw new Json.BadRequest("an error's status is from 400 to 599");
        }
        return new AwsException(code, status, text(wanted, "message").orElse(""));
    }

    private static int usualStatus(String code) {
        return switch (code) {
            case "InternalFailure", "InternalError", "InternalServerError", "InternalServiceError" -> 500;
            case "ServiceUnavailable", "ServiceUnavailableException", "SlowDown" -> 503;
            default -> 400;
        };
    }

    private static Optional<String> text(ObjectNode wanted, String field) {
        JsonNode value = wanted.get(field);
        if (value == null) {
            return Optional.empty();
        }
        if (!value.isValueNode() || value.isNull() || value.asText().length() > TEXT_MAX) {
            throw new Json.BadRequest("'" + field + "' is not a text");
        }
        return Optional.of(value.asText());
    }

    private static JsonNode number(ObjectNode wanted, String field) {
        JsonNode value = wanted.get(field);
        if (!value.isNumber()) {
            throw new Json.BadRequest("'" + field + "' is not a number");
        }
        return value;
    }

    private static ObjectNode json(Faults.Entry entry) {
        Fault fault = entry.fault();
        ObjectNode json = Json.object().put("id", entry.id());
        fault.target().service().ifPresent(value -> json.put("service", value));
        fault.target().operation().ifPresent(value -> json.put("operation", value));
        fault.target().account().ifPresent(value -> json.put("account", value));
        fault.target().region().ifPresent(value -> json.put("region", value));
        fault.error()
                .ifPresent(error -> json.putObject("error")
                        .put("code", error.code())
                        .put("status", error.httpStatus())
                        .put("message", error.getMessage()));
        if (!fault.latency().isZero()) {
            json.put("latency", fault.latency().toString());
        }
        fault.callsPerSecond().ifPresent(value -> json.put("callsPerSecond", value));
        json.put("probability", fault.probability());
        fault.seed().ifPresent(value -> json.put("seed", value));
        fault.count().ifPresent(value -> json.put("count", value));
        return json.put("hits", entry.hits());
    }
}
