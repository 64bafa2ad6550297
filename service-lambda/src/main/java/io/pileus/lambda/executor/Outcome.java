package io.pileus.lambda.executor;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.pileus.core.service.AwsException;
import io.pileus.core.shape.Blob;
import java.util.Arrays;

/** What a run came to. */
public sealed interface Outcome {
    /** The innermost frames of a stack that are told. */
    int FRAMES_MAX = 50;

    /** The function returned. */
    record Returned(Blob payload, String log) implements Outcome {}

    /**
     * The function failed.
     *
     * @param payload {@code errorMessage}, {@code errorType} and perhaps {@code stackTrace} as JSON
     */
    record Failed(Blob payload, String log) implements Outcome {}

    /** It could not be run. */
    record Refused(AwsException error) implements Outcome {}

    /** What the function has written, between Lambda's own lines; empty where that is not known. */
    static String log(Outcome outcome) {
        return switch (outcome) {
            case Returned returned -> returned.log();
            case Failed failed -> failed.log();
            case Refused refused -> "";
        };
    }

    static Failed failed(String errorType, String errorMessage, String log) {
        return new Failed(
                Blob.ofUtf8(JsonNodeFactory.instance
                        .objectNode()
                        .put("errorType", errorType)
                        .put("errorMessage", errorMessage)
                        .toString()),
                log);
    }

    /** Java code has failed: the error as Lambda's Java runtime describes it. */
    static Failed failed(Throwable failure) {
        ObjectNode error = JsonNodeFactory.instance.objectNode();
        error.put("errorMessage", failure.getMessage());
        error.put("errorType", failure.getClass().getName());
        var trace = error.putArray("stackTrace");
        Arrays.stream(failure.getStackTrace()).limit(FRAMES_MAX).forEach(frame -> trace.add(frame.toString()));
        return new Failed(Blob.ofUtf8(error.toString()), "");
    }

    /** @see <a href="https://docs.aws.amazon.com/lambda/latest/dg/troubleshooting-invocation.html">Time-outs</a> */
    static Failed timedOut(Invocation invocation, String log) {
        String message = "RequestId: " + invocation.requestId() + " Error: Task timed out after "
                + invocation.timeout().toSeconds() + ".00 seconds";
        return failed("Sandbox.Timedout", message, log);
    }
}
