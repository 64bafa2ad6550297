package io.pileus.stepfunctions.asl;

import java.util.List;

/**
 * The predefined error names.
 *
 * @see <a href="https://docs.aws.amazon.com/step-functions/latest/dg/concepts-error-handling.html">Error names</a>
 */
public final class Errors {
    public static final String ALL = "States.ALL";
    public static final String TIMEOUT = "States.Timeout";
    public static final String HEARTBEAT_TIMEOUT = "States.HeartbeatTimeout";
    public static final String TASK_FAILED = "States.TaskFailed";
    public static final String PERMISSIONS = "States.Permissions";
    public static final String RESULT_PATH_MATCH_FAILURE = "States.ResultPathMatchFailure";
    public static final String PARAMETER_PATH_FAILURE = "States.ParameterPathFailure";
    public static final String BRANCH_FAILED = "States.BranchFailed";
    public static final String INTRINSIC_FAILURE = "States.IntrinsicFailure";
    public static final String EXCEED_TOLERATED_FAILURE_THRESHOLD = "States.ExceedToleratedFailureThreshold";
    public static final String ITEM_READER_FAILED = "States.ItemReaderFailed";
    public static final String RESULT_WRITER_FAILED = "States.ResultWriterFailed";
    public static final String QUERY_EVALUATION_ERROR = "States.QueryEvaluationError";
    public static final String DATA_LIMIT_EXCEEDED = "States.DataLimitExceeded";
    public static final String RUNTIME = "States.Runtime";

    /** Whose failure an error is. */
    public enum Origin {
        /** A task's, or that of all that is done like one. */
        TASK,
        /** That of a state that is no task, such as a Fail state in a branch. */
        OTHER
    }

    private Errors() {}

    /**
     * Whether a retrier or catcher for these names takes the error. States.Runtime is taken by none, and
     * States.DataLimitExceeded only by its own name; States.TaskFailed takes every error of a task except a time-out, and
     * States.Timeout takes missed heartbeats too.
     *
     * @see <a href="https://docs.aws.amazon.com/step-functions/latest/dg/test-state-isolation.html">Error propagation in
     *     Map and Parallel states</a>, for what States.TaskFailed is there
     */
    public static boolean match(List<String> names, String error, Origin origin) {
        if (error.equals(RUNTIME)) {
            return false;
        }
        for (String name : names) {
            boolean taken = switch (name) {
                case ALL -> !error.equals(DATA_LIMIT_EXCEEDED);
                case TASK_FAILED ->
                    error.equals(TASK_FAILED)
                            || origin == Origin.TASK
                                    && !error.equals(TIMEOUT)
                                    && !error.equals(HEARTBEAT_TIMEOUT)
                                    && !error.equals(DATA_LIMIT_EXCEEDED)
                                    && !isInterpreterError(error);
                case TIMEOUT -> error.equals(TIMEOUT) || error.equals(HEARTBEAT_TIMEOUT);
                default -> name.equals(error);
            };
            if (taken) {
                return true;
            }
        }
        return false;
    }

    /** Errors that come from the machine rather than from the task. */
    private static boolean isInterpreterError(String error) {
        return error.equals(INTRINSIC_FAILURE)
                || error.equals(QUERY_EVALUATION_ERROR)
                || error.equals(PARAMETER_PATH_FAILURE)
                || error.equals(RESULT_PATH_MATCH_FAILURE);
    }
}
