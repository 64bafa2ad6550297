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

    /** All that can change. */
    record Stamp(@Nullable Object execution, @Nullable ExecutionStatus status, boolean pendingRedrive) {}
}
