package io.pileus.lambda.mapping;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.pileus.core.identity.Arn;
import io.pileus.core.identity.Caller;
import io.pileus.core.port.FunctionInvoker;
import io.pileus.core.shape.Blob;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/** A function that a test looks into: it answers at once, or holds its invocations until the test lets them end. */
final class TestFunction implements FunctionInvoker {
    private static final JsonMapper JSON = new JsonMapper();

    final List<String> events = new ArrayList<>();
    final List<Held> held = new ArrayList<>();
    private Function<JsonNode, Result> behaviour = event -> returned("null");
    private boolean holds;

    /** An invocation that has not ended. */
    record Held(JsonNode event, CompletableFuture<Result> answer) {
        List<String> bodies() {
            return TestFunction.bodies(event);
        }
    }

    static Result returned(String json) {
        return new Returned(Blob.ofUtf8(json), "$LATEST");
    }

    static Result failed() {
        return new Failed("Unhandled", Blob.ofUtf8("{\"errorMessage\":\"no\"}"), Optional.empty());
    }

    static Result throttled() {
        return new Refused("TooManyRequestsException", "Rate Exceeded.", 429);
    }

    /** An answer that reports failed items. */
    static Result reporting(String... ids) {
        List<String> failures = new ArrayList<>();
        for (String id : ids) {
            failures.add("{\"itemIdentifier\":\"" + id + "\"}");
        }
        return returned("{\"batchItemFailures\":[" + String.join(",", failures) + "]}");
    }

    void does(Function<JsonNode, Result> what) {
        behaviour = what;
        holds = false;
    }

    void succeeds() {
        does(event -> returned("null"));
    }

    void fails() {
        does(event -> failed());
    }

    void holds() {
        holds = true;
    }

    /** Ends the invocation that has been held longest. */
    void end(Result result) {
        held.removeFirst().answer().complete(result);
    }

    @Override
    public CompletionStage<Result> invoke(Arn function, Blob payload, Caller caller, int hops) {
        events.add(payload.utf8());
        JsonNode event = json(payload.utf8());
        if (holds) {
            Held invocation = new Held(event, new CompletableFuture<>());
            held.add(invocation);
            return invocation.answer();
        }
        return CompletableFuture.completedStage(behaviour.apply(event));
    }

    /** The bodies or the decoded data of each invocation's records. */
    List<List<String>> batches() {
        return events.stream().map(event -> bodies(json(event))).toList();
    }

    JsonNode event(int number) {
        return json(events.get(number));
    }

    static List<String> bodies(JsonNode event) {
        List<String> bodies = new ArrayList<>();
        for (JsonNode record : event.path("Records")) {
            bodies.add(
                    record.has("body")
                            ? record.get("body").textValue()
                            : new String(Base64.getDecoder()
                                    .decode(record.path("kinesis").path("data").textValue())));
        }
        return bodies;
    }

    static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
