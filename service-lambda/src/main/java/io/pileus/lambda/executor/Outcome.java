package io.pileus.lambda.executor;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.pileus.core.service.AwsException;
import io.pileus.core.shape.Blob;

/** What a run came to. */
public sealed interface Outcome {

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

    /** @see <a href="https://docs.aws.amazon.com/lambda/latest/dg/troubleshooting-invocation.html">Time-outs</a> */
    static Failed timedOut(Invocation invocation, String log) {
        String message = "RequestId: " + invocation.requestId() + " Error: Task timed out after "
                + invocation.timeout().toSeconds() + ".00 seconds";
        return failed("Sandbox.Timedout", message, log);
    }
}
