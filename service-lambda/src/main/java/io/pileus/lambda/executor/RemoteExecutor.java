package io.pileus.lambda.executor;

import com.fasterxml.jackson.databind.JsonNode;
import io.pileus.core.http.client.OutboundHttp;
import io.pileus.core.shape.Blob;
import io.pileus.core.shape.JsonTrees;
import io.pileus.core.time.Activity;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;

/**
 * Runs a function at an HTTP endpoint by the contract of AWS's Runtime Interface Emulator: a POST of the event to
 * {@code /2015-03-31/functions/function/invocations}. The time-out is in real time.
 */
public final class RemoteExecutor implements FunctionExecutor {

    private final OutboundHttp http;
    private final Activity activity;
    private final URI target;

    /**
     * @param activity what time that is moved waits for
     * @param endpoint the endpoint; the contract's path is put behind it when it has none
     */
    public RemoteExecutor(OutboundHttp http, Activity activity, URI endpoint) {
        this.http = http;
        this.activity = activity;
        String path = endpoint.getPath();
        this.target = path == null || path.isEmpty() || path.equals("/")
                ? endpoint.resolve("/2015-03-31/functions/function/invocations")
                : endpoint;
    }

    @Override
    public CompletionStage<Outcome> run(Invocation invocation) {
        Map<String, String> headers = new HashMap<>();
        headers.put("Content-Type", "application/json");
        headers.put("X-Amzn-RequestId", invocation.requestId());
        headers.put("X-Amzn-Trace-Id", invocation.traceId());
        invocation
                .clientContext()
                .ifPresent(context -> headers.put(
                        "X-Amz-Client-Context",
                        Base64.getEncoder().encodeToString(context.getBytes(StandardCharsets.UTF_8))));
        CompletableFuture<Outcome> result = new CompletableFuture<>();
        activity.begin();
        http.send(new OutboundHttp.Call(
                        "POST", target, headers, invocation.payload().bytes(), invocation.timeout()))
                .whenComplete((answer, failure) -> {
                    try {
                        result.complete(failure == null ? outcome(answer) : failed(invocation, failure));
                    } finally {
                        // time that is moved waits for what follows from the answer, too
                        activity.end();
                    }
                });
        return result;
    }

    /** The Runtime Interface Emulator marks errors by their shape only. */
    private static Outcome outcome(OutboundHttp.Answer answer) {
        Blob payload = Blob.of(answer.body());
        if (answer.status() >= 300) {
            return Outcome.failed("Runtime.ExitError", "the remote endpoint answered " + answer.status(), "");
        }
        boolean error = !answer.header("X-Amz-Function-Error").isEmpty();
        try {
            JsonNode node = JsonTrees.mapper().readTree(answer.body());
            error |= node != null && node.has("errorType") && node.has("errorMessage");
        } catch (IOException e) {
            // a payload that is not JSON is passed on as it is
        }
        return error ? new Outcome.Failed(payload, "") : new Outcome.Returned(payload, "");
    }

    private static Outcome failed(Invocation invocation, Throwable failure) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        return cause instanceof java.net.http.HttpTimeoutException
                ? Outcome.timedOut(invocation, "")
                : Outcome.failed("Runtime.ExitError", "the remote endpoint did not answer", "");
    }
}
