package io.pileus.stepfunctions.run;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.Optional;

/** A task of an execution that has been handed out. Each method answers whether the task was still waiting. */
public interface PendingTask {

    /** A worker or service has taken the task on. */
    boolean started(Optional<String> workerName);

    /** The first answer of a service whose end is awaited. */
    boolean submitted(JsonNode output);

    /** The service refused what it was first asked. */
    boolean submitFailed(String error, Optional<String> cause);

    boolean succeeded(JsonNode output);

    boolean failed(String error, Optional<String> cause);

    boolean heartbeat();

    /** What went over the wire; only a test of the state looks at it. */
    default void exchanged(Exchange exchange) {}

    /** An HTTP request and its response. Header names are as they were sent or received. */
    record Exchange(
            String method,
            String url,
            Map<String, String> requestHeaders,
            String requestBody,
            int status,
            String statusText,
            Map<String, String> responseHeaders,
            String responseBody) {}

    /** What to do when the execution gives the task up: it was stopped, timed out, or a sibling failed. */
    void onAbandoned(Runnable action);
}
