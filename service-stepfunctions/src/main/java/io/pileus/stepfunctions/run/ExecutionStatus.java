package io.pileus.stepfunctions.run;

/** Where an execution stands. */
public enum ExecutionStatus {
    RUNNING,
    SUCCEEDED,
    FAILED,
    TIMED_OUT,
    ABORTED,
    PENDING_REDRIVE;

    public boolean ended() {
        return this != RUNNING && this != PENDING_REDRIVE;
    }
}
