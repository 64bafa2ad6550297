package io.pileus.server.control;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.pileus.core.http.HttpRequest;
import io.pileus.core.http.HttpResponse;
import io.pileus.core.time.EmulatedTime;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.Set;

/**
 * {@code /_pileus/clock}: GET tells the time; POST changes it, in this order: {@code mode} ({@code real}, {@code manual},
 * {@code scaled}) and {@code scale}, {@code set} (an instant), {@code advance} (a duration, or {@code next} for the next
 * thing that falls due). It answers when everything that fell due has run.
 */
final class ClockEndpoint {
    private static final Set<String> FIELDS = Set.of("mode", "scale", "set", "advance");

    private final EmulatedTime time;

    ClockEndpoint(EmulatedTime time) {
        this.time = time;
    }

    HttpResponse read() {
        return Json.answer(state());
    }

    HttpResponse change(HttpRequest request) {
        ObjectNode wanted = Json.body(request, FIELDS);
        if (wanted.isEmpty()) {
            throw new Json.BadRequest(
                    "nothing to do; known are " + FIELDS.stream().sorted().toList());
        }
        Instant set = wanted.has("set") ? instant(wanted.get("set")) : null;
        Duration advance = wanted.has("advance") ? advance(wanted.get("advance")) : null;
        changePace(wanted);
        boolean settled = set == null || time.setTo(set);
        if (advance != null) {
            settled &= time.advance(advance);
        }
        return Json.answer(state().put("settled", settled));
    }

    private static Instant instant(JsonNode value) {
        try {
            return value.isNumber() ? Instant.ofEpochSecond(value.asLong()) : Instant.parse(value.asText());
        } catch (DateTimeParseException | ArithmeticException e) {
            throw new Json.BadRequest("not an instant: '" + value.asText() + "'; write such as 2026-01-01T00:00:00Z");
        }
    }

    private Duration advance(JsonNode value) {
        if (value.asText().equals("next")) {
            Instant next = time.nextDue();
            Duration wait = next == null ? Duration.ZERO : Duration.between(time.instant(), next);
            return wait.isNegative() ? Duration.ZERO : wait;
        }
        return Durations.parse(value.asText());
    }

    private void changePace(ObjectNode wanted) {
        JsonNode scale = wanted.get("scale");
        String mode = wanted.has("mode")
                ? wanted.get("mode").asText().toLowerCase(Locale.ROOT)
                : scale == null ? "" : "scaled";
        if (scale != null && !mode.equals("scaled")) {
            throw new Json.BadRequest("a scale belongs to the mode 'scaled'");
        }
        switch (mode) {
            case "" -> {}
            case "real" -> time.run();
            case "manual" -> time.freeze();
            case "scaled" -> {
                if (scale == null || !scale.isNumber()) {
                    throw new Json.BadRequest("the mode 'scaled' needs a number as its scale");
                }
                try {
                    time.scale(scale.asDouble());
                } catch (IllegalArgumentException e) {
                    throw new Json.BadRequest(String.valueOf(e.getMessage()));
                }
            }
            default -> throw new Json.BadRequest("unknown mode '" + mode + "'; there are real, manual and scaled");
        }
    }

    private ObjectNode state() {
        Instant next = time.nextDue();
        ObjectNode state = Json.object()
                .put("now", time.instant().toString())
                .put("mode", time.mode().name().toLowerCase(Locale.ROOT))
                .put("scale", time.scale())
                .put("pending", time.pending());
        return next == null ? state : state.put("nextDue", next.toString());
    }
}
