package io.pileus.lambda.executor;

import com.fasterxml.jackson.databind.JsonNode;
import io.pileus.core.http.client.OutboundHttp;
import io.pileus.core.shape.Blob;
import io.pileus.core.shape.JsonTrees;
import java.io.IOException;
import java.net.URI;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;

/**
 * Runs a function at an HTTP endpoint by the contract of AWS's Runtime Interface Emulator: a POST of the event to
 * {@code /2015-03-31/functions/function/invocations}. The time-out is in real time.
 */
public final class RemoteExecutor implements FunctionExecutor {

    private final OutboundHttp http;
    private final URI target;

    /** @param endpoint the endpoint; the contract's path is put behind it when it has none */
    public RemoteExecutor(OutboundHttp http, URI endpoint) {
        this.http = http;
        String path = endpoint.getPath();
        this.target = path == null || path.isEmpty() || path.equals("/")
                ? endpoint.resolve("/2015-03-31/functions/function/invocations")
                : endpoint;
    }

    @Override
    public CompletionStage<Outcome> run(Invocation invocation) {
        return http.send(new OutboundHttp.Call(
                        "POST",
                        target,
                        Map.of("Content-Type", "application/json", "X-Amzn-RequestId", invocation.requestId()),
                        invocation.payload().bytes(),
                        invocation.timeout()))
                .handle((answer, failure) -> failure == null ? outcome(answer) : failed(invocation, failure));
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
