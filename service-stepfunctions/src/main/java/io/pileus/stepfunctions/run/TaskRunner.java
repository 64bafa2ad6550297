package io.pileus.stepfunctions.run;

/** Does the work of tasks. */
@FunctionalInterface
public interface TaskRunner {

    /** Begins a task; its end comes to the pending task, now or later. Called without any lock. */
    void run(Attempt attempt, Next.TaskCall call, PendingTask task);

    /**
     * One attempt at a task.
     *
     * @param retryCount how often the state was tried before
     */
    record Attempt(ExecutionIdentity execution, String stateName, int retryCount) {}
}
