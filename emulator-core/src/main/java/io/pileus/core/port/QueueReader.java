package io.pileus.core.port;

import io.pileus.core.identity.Arn;
import io.pileus.core.shape.Blob;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The messages of queues, for event source mappings. A reader owns its loop: it receives until it gets nothing, then waits
 * to be woken. Answers at once; safe for concurrent use.
 */
public interface QueueReader {

    /** What the queue is; or no such queue. */
    Optional<QueueInfo> queue(Arn queue);

    /**
     * Receives messages as ReceiveMessage does, with the queue's own visibility timeout and without waiting.
     *
     * @param messagesMax the most messages to receive, at least 1
     */
    Receive receive(Arn queue, int messagesMax);

    /** Deletes the messages that were received with the handles; a handle that is no longer good deletes nothing. */
    void delete(Arn queue, List<String> receiptHandles);

    /**
     * Has a task run whenever a message may be there to be received: sent, moved here, or visible again. The task runs
     * outside all locks, often on a sender's thread, and must only note or schedule; what was there before the
     * registration does not run it. Holds for the ARN, also when the queue is only made later, or made anew.
     *
     * @return takes the task back
     */
    Registration onMessages(Arn queue, Runnable task);

    /** A registered task. */
    @FunctionalInterface
    interface Registration {
        void cancel();
    }

    /**
     * A queue.
     *
     * @param visibilityTimeout for how long a received message is hidden
     */
    record QueueInfo(boolean fifo, Duration visibilityTimeout) {}

    /** What a receive gave. */
    sealed interface Receive {}

    /** Messages in the order in which the queue serves them; none when there is none to receive. */
    record Received(List<Message> messages) implements Receive {
        public Received {
            messages = List.copyOf(messages);
        }
    }

    /**
     * SQS refused: the queue does not exist, or its key cannot be used.
     *
     * @param code SQS's error code, such as {@code AWS.SimpleQueueService.NonExistentQueue}
     */
    record Refused(String code, String message) implements Receive {}

    /**
     * A received message.
     *
     * @param systemAttributes such as {@code SentTimestamp} and {@code ApproximateReceiveCount}
     * @param md5OfMessageAttributes there when it has message attributes
     */
    record Message(
            String messageId,
            String receiptHandle,
            String body,
            String md5OfBody,
            Map<String, String> systemAttributes,
            Map<String, Attribute> messageAttributes,
            Optional<String> md5OfMessageAttributes) {}

    /**
     * A message attribute.
     *
     * @param dataType {@code String}, {@code Number} or {@code Binary}, with an optional suffix after a dot
     * @param value the value; UTF-8 text unless the type is Binary
     */
    record Attribute(String dataType, Blob value) {}
}
