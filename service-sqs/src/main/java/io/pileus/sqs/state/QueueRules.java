package io.pileus.sqs.state;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What standard and FIFO queues do differently: which message is served next, what is a duplicate, which receive repeats an
 * earlier one, and for how long a receipt handle is good. Each queue has rules of its own, which hold what it remembers for
 * them; guarded by the queue's lock. What has a default here is what a queue does that remembers nothing.
 */
sealed interface QueueRules extends MessageStore.Order permits StandardRules, FifoRules {
    static QueueRules of(QueueAttributes attributes) {
        return attributes.isFifo() ? new FifoRules() : new StandardRules();
    }

    /**
     * The visible message to deliver next, or null.
     *
     * @param delivered what the same receive request was given last, or null
     */
    @Nullable
    QueueMessage nextVisible(@Nullable QueueMessage delivered);

    /** Whether the handle may delete the message, which exists. */
    HandleOutcome deletion(QueueMessage message, ReceiptHandle handle, long nowMillis);

    /** The sent message that this one repeats, if any. */
    default Optional<Sent> duplicateOf(NewMessage message, QueueAttributes attributes, long nowMillis) {
        return Optional.empty();
    }

    /** Remembers a sent message for {@link #duplicateOf}. */
    default void remember(NewMessage message, Sent sent, QueueAttributes attributes, long nowMillis) {}

    /** The deliveries that a repeated receive attempt gets again. */
    default List<ReceivedMessage> again(ReceiveOrder order, MessageStore messages, long nowMillis) {
        return List.of();
    }

    /** Remembers for {@link #again} what a receive attempt got. */
    default void delivered(ReceiveOrder order, List<ReceivedMessage> received, long nowMillis) {}

    /** The queue's attributes have been replaced. */
    default void attributesChanged(
            QueueAttributes old, QueueAttributes attributes, MessageStore messages, long nowMillis) {}

    /** What it remembers for {@link #duplicateOf}, in the order of sending. */
    default List<SavedSent> savedSent() {
        return List.of();
    }

    /** The receive attempts that {@link #again} would answer. */
    default List<SavedQueue.SavedAttempt> savedAttempts(MessageStore messages) {
        return List.of();
    }

    /** Remembers again what was saved, once the messages are back. */
    default void restore(List<SavedSent> sent, List<SavedQueue.SavedAttempt> attempts, MessageStore messages) {}
}
