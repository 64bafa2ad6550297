package io.pileus.sqs.state;

import io.pileus.sqs.SqsLimits;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Hands a queue's visible messages to consumers in the order of its rules, and to the dead-letter queue those that were
 * received too often. Guarded by the queue's lock.
 */
final class Dispenser {
    /** A receive that meets more of them goes on later: others want to use the queue, and the thread. */
    private static final int DEAD_LETTERS_AT_ONCE_MAX = 1_000;

    private final Queue queue;
    private final MessageStore messages;
    private final QueueRules rules;
    private final QueueSurroundings surroundings;

    Dispenser(Queue queue, MessageStore messages, QueueRules rules, QueueSurroundings surroundings) {
        this.queue = queue;
        this.messages = messages;
        this.rules = rules;
        this.surroundings = surroundings;
    }

    /** Whether there is a message that a consumer would get. */
    boolean hasMessage() {
        return !isFull() && rules.nextVisible(null) != null;
    }

    /** Whether as many messages are in flight as may be. */
    boolean isFull() {
        return messages.inFlight() >= SqsLimits.IN_FLIGHT_MESSAGES;
    }

    /** When there may be a message next that a consumer would get; empty when only a new one can be it. */
    OptionalLong nextMessageAtMillis() {
        QueueMessage next = messages.nextToAppear();
        return next == null ? OptionalLong.empty() : OptionalLong.of(next.visibleAtMillis());
    }

    /** What the consumer gets: what it got before when it asks again, else what is visible, as much as it can take. */
    List<ReceivedMessage> take(ReceiveOrder order, long nowMillis, Effects effects) {
        List<ReceivedMessage> again = rules.again(order, messages, nowMillis);
        if (!again.isEmpty()) {
            return again;
        }
        List<ReceivedMessage> taken = new ArrayList<>(Math.min(order.maxMessages(), 10));
        QueueMessage last = null;
        int deadLetters = 0;
        while (taken.size() < order.maxMessages() && deadLetters < DEAD_LETTERS_AT_ONCE_MAX && !isFull()) {
            QueueMessage message = rules.nextVisible(last);
            if (message == null) {
                break;
            }
            Optional<Queue> deadLetterQueue = deadLetterQueueFor(message);
            if (deadLetterQueue.isPresent()) {
                deadLetters++;
                remove(message);
                effects.add(() -> moveToDeadLetters(message, deadLetterQueue.get(), nowMillis));
            } else {
                taken.add(deliver(message, order.visibilityTimeoutMillis(), nowMillis));
                last = message;
            }
        }
        if (!taken.isEmpty()) {
            rules.delivered(order, taken, nowMillis);
        }
        return taken;
    }

    private ReceivedMessage deliver(QueueMessage message, long visibilityTimeoutMillis, long nowMillis) {
        message.receiveCount++;
        message.receiveCountHere++;
        if (message.receiveCount == 1) {
            message.firstReceivedAtMillis = nowMillis;
        }
        messages.transition(message, new MessageState.InFlight(nowMillis + visibilityTimeoutMillis));
        ReceiptHandle handle =
                new ReceiptHandle(queue.identity().incarnation(), message.sequence(), message.receiveCount, nowMillis);
        return new ReceivedMessage(message, handle.wire(), message.receiveCount, message.firstReceivedAtMillis);
    }

    /** Undoes deliveries that nobody has seen: the consumer went away just then. */
    void takeBack(List<ReceivedMessage> received) {
        for (ReceivedMessage one : received) {
            QueueMessage message = one.message();
            boolean untouched = messages.find(message.sequence()) == message
                    && message.receiveCount == one.receiveCount()
                    && message.state instanceof MessageState.InFlight;
            if (untouched) {
                message.receiveCount--;
                message.receiveCountHere--;
                messages.transition(message, MessageState.VISIBLE);
            }
        }
    }

    /** The dead-letter queue that takes the message instead of another consumer, once it was received too often. */
    private Optional<Queue> deadLetterQueueFor(QueueMessage message) {
        return queue.attributes()
                .redrivePolicy()
                .filter(policy -> message.receiveCountHere >= policy.maxReceiveCount())
                .flatMap(policy -> surroundings.queues().apply(policy.deadLetterTargetArn()));
    }

    private void moveToDeadLetters(QueueMessage message, Queue deadLetterQueue, long nowMillis) {
        try {
            if (!deadLetterQueue.accept(message.asDeadLetterOf(queue, nowMillis), nowMillis)) {
                queue.putBack(message, nowMillis);
            }
        } finally {
            surroundings.moves().hasArrived(message);
        }
    }

    /** Takes visible messages out, the next ones first, to move them elsewhere. */
    List<QueueMessage> withdraw(int max) {
        List<QueueMessage> withdrawn = new ArrayList<>();
        QueueMessage message;
        while (withdrawn.size() < max && (message = rules.nextVisible(null)) != null) {
            remove(message);
            withdrawn.add(message);
        }
        return withdrawn;
    }

    private void remove(QueueMessage message) {
        surroundings.moves().leaves(queue, message);
        messages.remove(message);
    }
}
