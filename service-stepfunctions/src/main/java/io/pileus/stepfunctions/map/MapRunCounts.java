package io.pileus.stepfunctions.map;

import io.pileus.stepfunctions.run.ExecutionStatus;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToLongFunction;

/** How many items or executions of a Map run stand where. */
public record MapRunCounts(
        long pending,
        long running,
        long succeeded,
        long failed,
        long timedOut,
        long aborted,
        long total,
        long resultsWritten,
        long failuresNotRedrivable,
        long pendingRedrive) {

    static MapRunCounts ofItems(List<Child> children, boolean written) {
        return of(children, written, child -> child.itemCount);
    }

    static MapRunCounts ofExecutions(List<Child> children, boolean written) {
        return of(children, written, child -> 1);
    }

    private static MapRunCounts of(List<Child> children, boolean written, ToLongFunction<Child> weight) {
        Map<ExecutionStatus, Long> by = new EnumMap<>(ExecutionStatus.class);
        long pending = 0;
        long total = 0;
        long notRedrivable = 0;
        long pendingRedrive = 0;
        for (Child child : children) {
            long counts = weight.applyAsLong(child);
            total += counts;
            if (child.pending()) {
                pending += counts;
                continue;
            }
            by.merge(child.status == null ? ExecutionStatus.RUNNING : child.status, counts, Long::sum);
            notRedrivable += child.beyondRedrive() ? counts : 0;
            pendingRedrive += child.pendingRedrive ? counts : 0;
        }
        long succeeded = by.getOrDefault(ExecutionStatus.SUCCEEDED, 0L);
        return new MapRunCounts(
                pending,
                by.getOrDefault(ExecutionStatus.RUNNING, 0L),
                succeeded,
                by.getOrDefault(ExecutionStatus.FAILED, 0L),
                by.getOrDefault(ExecutionStatus.TIMED_OUT, 0L),
                by.getOrDefault(ExecutionStatus.ABORTED, 0L),
                total,
                written ? succeeded : 0,
                notRedrivable,
                pendingRedrive);
    }
}
