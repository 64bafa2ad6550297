package io.pileus.stepfunctions.run;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;

/** Does the work of tasks. */
@FunctionalInterface
public interface TaskRunner {

    /** Begins a task; its end comes to the pending task, now or later. Called without any lock. */
    void run(Attempt attempt, Next.TaskCall call, PendingTask task);

    /** Goes on waiting, after a restart, for the end of what has answered that it began; for a token nobody has to. */
    default void waitOn(Attempt attempt, Next.TaskCall call, JsonNode submitted, PendingTask task) {}

    /** Why the task cannot even begin with its parameters; such a task is not scheduled, and its state fails. */
    default Optional<String> refusal(Attempt attempt, Next.TaskCall call) {
        return Optional.empty();
    }

    /** Why the task cannot be handed out at all, though its parameters are right; the history tells of it instead of its beginning. */
    default Optional<Unscheduled> unscheduled(Attempt attempt, Next.TaskCall call) {
        return Optional.empty();
    }

    /** A task that could not be handed out. */
    record Unscheduled(String error, String cause) {}

    /**
     * One attempt at a task.
     *
     * @param retryCount how often the state was tried before
     */
    record Attempt(ExecutionIdentity execution, String stateName, int retryCount) {}
}
