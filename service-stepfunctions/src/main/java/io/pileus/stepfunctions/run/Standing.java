package io.pileus.stepfunctions.run;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.Optional;

/**
 * How an execution stands, and how it ended if it has.
 *
 * @param output of one that succeeded
 * @param error of one that did not, where it has a name
 */
record Standing(
        ExecutionStatus status,
        Optional<Instant> stopDate,
        Optional<JsonNode> output,
        Optional<String> error,
        Optional<String> cause) {

    static final Standing RUNNING = new Standing(
            ExecutionStatus.RUNNING, Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

    static Standing succeeded(Instant at, JsonNode output) {
        return new Standing(
                ExecutionStatus.SUCCEEDED, Optional.of(at), Optional.of(output), Optional.empty(), Optional.empty());
    }

    static Standing failed(Instant at, Optional<String> error, Optional<String> cause) {
        return new Standing(ExecutionStatus.FAILED, Optional.of(at), Optional.empty(), error, cause);
    }

    static Standing aborted(Instant at, Optional<String> error, Optional<String> cause) {
        return new Standing(ExecutionStatus.ABORTED, Optional.of(at), Optional.empty(), error, cause);
    }

    static Standing timedOut(Instant at) {
        return new Standing(
                ExecutionStatus.TIMED_OUT, Optional.of(at), Optional.empty(), Optional.empty(), Optional.empty());
    }

    boolean running() {
        return status == ExecutionStatus.RUNNING;
    }

    /** Whether it came to an end that a redrive can undo. */
    boolean unsuccessful() {
        return status.ended() && status != ExecutionStatus.SUCCEEDED;
    }
}
