package io.pileus.lambda.executor;

import com.fasterxml.jackson.databind.JsonNode;
import io.pileus.core.service.ServiceEnvironment;
import io.pileus.core.shape.Blob;
import io.pileus.lambda.LambdaErrors;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Answers invocations from a list of results, one after the other; the last one goes on for ever. Keeps the events it was
 * given, up to a bound, so that a test can look at them.
 *
 * <p>A result is {@code {"payload": …}}, {@code {"error": {"errorType": …, "errorMessage": …}}} or
 * {@code {"throttle": true}}, each with an optional {@code "delayMillis"} on the emulator's clock. A delay beyond the
 * function's time-out is a time-out.
 */
public final class ScriptedExecutor implements FunctionExecutor {
    private static final int EVENTS_MAX = 1000;

    private final ServiceEnvironment env;
    private final ArrayDeque<JsonNode> results = new ArrayDeque<>();
    private final ArrayDeque<Blob> events = new ArrayDeque<>();

    public ScriptedExecutor(ServiceEnvironment env, List<JsonNode> results) {
        this.env = env;
        this.results.addAll(results);
    }

    /** What it has been invoked with, oldest first. */
    public List<Blob> events() {
        synchronized (results) {
            return new ArrayList<>(events);
        }
    }

    @Override
    public CompletionStage<Outcome> run(Invocation invocation) {
        JsonNode result;
        synchronized (results) {
            result = results.size() > 1 ? results.poll() : results.peek();
            events.add(invocation.payload());
            if (events.size() > EVENTS_MAX) {
                events.poll();
            }
        }
        Duration delay = Duration.ofMillis(
                result == null ? 0 : result.path("delayMillis").asLong(0));
        if (delay.isZero()) {
            return CompletableFuture.completedStage(outcome(result));
        }
        CompletableFuture<Outcome> later = new CompletableFuture<>();
        boolean late = delay.compareTo(invocation.timeout()) > 0;
        env.timers()
                .at(
                        env.clock().instant().plus(late ? invocation.timeout() : delay),
                        () -> later.complete(late ? Outcome.timedOut(invocation, "") : outcome(result)));
        return later;
    }

    private static Outcome outcome(JsonNode result) {
        if (result == null) {
            return new Outcome.Returned(Blob.ofUtf8("null"), "");
        }
        if (result.path("throttle").asBoolean()) {
            return new Outcome.Refused(LambdaErrors.throttled("ConcurrentInvocationLimitExceeded"));
        }
        return result.has("error")
                ? new Outcome.Failed(Blob.ofUtf8(result.get("error").toString()), "")
                : new Outcome.Returned(
                        Blob.ofUtf8(
                                result.has("payload") ? result.get("payload").toString() : "null"),
                        "");
    }
}
