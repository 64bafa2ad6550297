package io.pileus.stepfunctions.map;

import com.fasterxml.jackson.databind.JsonNode;
import io.pileus.stepfunctions.run.ExecutionStatus;
import org.jspecify.annotations.Nullable;

/**
 * A child of a Map run as it is saved.
 *
 * @param execution the ARN of its execution; null until it begins
 * @param status how the execution ended; null while it runs
 */
public record SavedChild(
        String run,
        int index,
        JsonNode input,
        int itemCount,
        @Nullable String execution,
        @Nullable ExecutionStatus status,
        boolean pendingRedrive) {

    /** The kind of what is saved. */
    public static final String CHILD = "map-child";

    /** All that can change. */
    private record Stamp(
            @Nullable String execution, @Nullable ExecutionStatus status, boolean pendingRedrive) {}

    /** Children come back in the order of their numbers. */
    String id() {
        return run + "/" + String.format("%07d", index);
    }

    Object stamp() {
        return new Stamp(execution, status, pendingRedrive);
    }
}
