package io.pileus.stepfunctions.run;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What a branch waits for, with all that is needed to wait on after a restart. */
public sealed interface Waiting {

    /** Its turn, to go on with the signal. */
    record Turn(Signal signal) implements Waiting {}

    /** A moment, to go on with the signal then. */
    record Moment(Instant due, Signal signal) implements Waiting {}

    /** Its input: it is an iteration of a Map state that has not entered its first state. */
    record Input() implements Waiting {}

    /** Its branches or iterations. */
    record Branches() implements Waiting {}

    /** The children of its Map run. */
    record Children() implements Waiting {}

    /**
     * The end of a task.
     *
     * @param timesOutAt when it takes too long; null for never
     * @param heartbeatBy when the next heartbeat must have come; null when none is wanted
     * @param taken whether a worker has it
     * @param submitted the first answer of a service whose end is awaited; null before
     */
    record Task(
            Next.TaskCall call,
            @Nullable Instant timesOutAt,
            @Nullable Instant heartbeatBy,
            boolean taken,
            @Nullable JsonNode submitted)
            implements Waiting {

        Task taken(@Nullable Instant nextHeartbeatBy) {
            return new Task(call, timesOutAt, nextHeartbeatBy, true, submitted);
        }

        Task alive(@Nullable Instant nextHeartbeatBy) {
            return new Task(call, timesOutAt, nextHeartbeatBy, taken, submitted);
        }

        Task submitted(JsonNode answer) {
            return new Task(call, timesOutAt, heartbeatBy, taken, answer);
        }
    }
}
