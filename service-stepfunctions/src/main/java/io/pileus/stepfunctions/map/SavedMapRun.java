package io.pileus.stepfunctions.map;

import io.pileus.stepfunctions.run.Next;
import io.pileus.stepfunctions.run.SavedFrame;
import java.time.Instant;
import java.util.Optional;

/**
 * A Map run as it is saved, without its children.
 *
 * @param parent the ARN of the execution whose state it is
 * @param begun whether its children have been made
 */
public record SavedMapRun(
        String arn,
        String label,
        String parent,
        String stateMachineArn,
        SavedFrame frame,
        Next.MapRunPlan plan,
        Instant startDate,
        MapRun.Status status,
        Optional<Instant> stopDate,
        long maxConcurrency,
        FailureThreshold tolerated,
        int redriveCount,
        Optional<Instant> redriveDate,
        boolean begun,
        boolean written) {
    /** The kind of what is saved. */
    public static final String MAP_RUN = "map-run";
}
