package io.pileus.sqs.state;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** The message move tasks from one queue as they are saved, the latest first. */
public record SavedMoveTasks(List<SavedMoveTask> tasks) {

    /** @param destinationArn null when messages go back to their sources */
    public record SavedMoveTask(
            String id,
            @Nullable String destinationArn,
            @Nullable Integer messagesPerSecond,
            long startedAtMillis,
            int messagesToMove,
            MessageMoveTask.Status status,
            long moved,
            @Nullable String failureReason,
            long nextAtMillis) {}
}
