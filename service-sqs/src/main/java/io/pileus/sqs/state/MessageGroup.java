package io.pileus.sqs.state;

import org.jspecify.annotations.Nullable;

/**
 * The messages of one group of a FIFO queue in the order of sending, linked through the messages themselves. Only what
 * comes before the first invisible message can be received, so that the group is locked while its first message is in
 * flight.
 *
 * @see <a href="https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/FIFO-queues-understanding-logic.html">FIFO
 *     delivery logic</a>
 */
final class MessageGroup {
    final String id;
    int place = IndexedHeap.NOWHERE;
    private @Nullable QueueMessage first;
    private @Nullable QueueMessage last;

    MessageGroup(String id) {
        this.id = id;
    }

    boolean isEmpty() {
        return first == null;
    }

    boolean isReady() {
        return first != null && first.state == MessageState.VISIBLE;
    }

    @Nullable
    QueueMessage first() {
        return first;
    }

    long firstSequence() {
        return first == null ? Long.MAX_VALUE : first.sequence();
    }

    /** Adds a message at the place of its sequence, which is the end unless it was here before. */
    void insert(QueueMessage message) {
        QueueMessage after = last;
        while (after != null && after.sequence() > message.sequence()) {
            after = after.previousInGroup;
        }
        QueueMessage before = after == null ? first : after.nextInGroup;
        message.previousInGroup = after;
        message.nextInGroup = before;
        if (after == null) {
            first = message;
        } else {
            after.nextInGroup = message;
        }
        if (before == null) {
            last = message;
        } else {
            before.previousInGroup = message;
        }
    }

    void remove(QueueMessage message) {
        QueueMessage before = message.previousInGroup;
        QueueMessage after = message.nextInGroup;
        if (before == null) {
            first = after;
        } else {
            before.nextInGroup = after;
        }
        if (after == null) {
            last = before;
        } else {
            after.previousInGroup = before;
        }
        message.previousInGroup = null;
        message.nextInGroup = null;
    }
}
