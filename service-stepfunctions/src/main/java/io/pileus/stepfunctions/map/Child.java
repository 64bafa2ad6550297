package io.pileus.stepfunctions.map;

import com.fasterxml.jackson.databind.JsonNode;
import io.pileus.stepfunctions.run.Execution;
import io.pileus.stepfunctions.run.ExecutionStatus;
import org.jspecify.annotations.Nullable;

/** A child execution of a Map run: one item or batch. What changes is guarded by the run's lock. */
final class Child {
    final JsonNode input;
    final int itemCount;

    /** None until the child begins. */
    @Nullable
    Execution execution;

    /** How the execution ended; none while it runs. */
    @Nullable
    ExecutionStatus status;

    /** Whether the child waits for its turn in a redrive. */
    boolean pendingRedrive;

    Child(JsonNode input, int itemCount) {
        this.input = input;
        this.itemCount = itemCount;
    }

    boolean pending() {
        return execution == null;
    }

    /** Whether the child has failed and its history has no room for a redrive. */
    boolean beyondRedrive() {
        return execution != null
                && status != null
                && status != ExecutionStatus.SUCCEEDED
                && !execution.identity().express()
                && execution.view().eventCount() >= Execution.HISTORY_EVENTS_MAX - 1;
    }
}
