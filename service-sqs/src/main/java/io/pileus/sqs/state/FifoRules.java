package io.pileus.sqs.state;

import io.pileus.sqs.SqsLimits;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The rules of FIFO queues: strict order within a message group, one consumer at a time per group, and each message taken once within
 * the deduplication window. A receive request gets as many messages of one group as it can take, then those of the group
 * whose first message is the next oldest.
 */
final class FifoRules implements QueueRules {

    /** What a receive attempt got: the deliveries, and the states they put the messages in. */
    private record Attempt(List<ReceivedMessage> received, List<MessageState> states, long forgottenAtMillis) {}

    private final Map<String, MessageGroup> groups = new HashMap<>();
    private final IndexedHeap<MessageGroup> ready = new OldestFirst();
    private final DeduplicationWindow deduplication = new DeduplicationWindow();
    private final Map<String, Attempt> attempts = new LinkedHashMap<>();

    @Override
    public Optional<Sent> duplicateOf(NewMessage message, QueueAttributes attributes, long nowMillis) {
        return deduplication.find(deduplicationKey(message, attributes), nowMillis);
    }

    @Override
    public void remember(NewMessage message, Sent sent, QueueAttributes attributes, long nowMillis) {
        deduplication.remember(deduplicationKey(message, attributes), sent, nowMillis);
    }

    private static String deduplicationKey(NewMessage message, QueueAttributes attributes) {
        // A space is in no id, so that keys of both scopes never meet.
        return attributes.deduplicatesByGroup()
                ? message.groupId() + " " + message.deduplicationId()
                : String.valueOf(message.deduplicationId());
    }

    @Override
    public List<ReceivedMessage> again(ReceiveOrder order, MessageStore messages, long nowMillis) {
        forgetAttempts(nowMillis);
        Attempt attempt = order.attemptId() == null ? null : attempts.get(order.attemptId());
        if (attempt == null) {
            return List.of();
        }
        if (!isUntouched(attempt, messages)) {
            attempts.remove(order.attemptId());
            return List.of();
        }
        for (ReceivedMessage received : attempt.received()) {
            messages.transition(
                    received.message(), new MessageState.InFlight(nowMillis + order.visibilityTimeoutMillis()));
        }
        remember(order.attemptId(), attempt.received(), attempt.forgottenAtMillis());
        return attempt.received();
    }

    /** Whether none of the messages has been deleted, shown again or had its visibility changed. */
    private static boolean isUntouched(Attempt attempt, MessageStore messages) {
        for (int i = 0; i < attempt.received().size(); i++) {
            QueueMessage message = attempt.received().get(i).message();
            if (messages.find(message.sequence()) != message
                    || message.state != attempt.states().get(i)) {
                return false;
            }
        }
        return true;
    }

    @Override
    public void delivered(ReceiveOrder order, List<ReceivedMessage> received, long nowMillis) {
        if (order.attemptId() != null) {
            remember(order.attemptId(), received, nowMillis + SqsLimits.DEDUPLICATION_WINDOW.toMillis());
        }
    }

    private void remember(String attemptId, List<ReceivedMessage> received, long forgottenAtMillis) {
        List<MessageState> states =
                received.stream().map(r -> r.message().state).toList();
        attempts.put(attemptId, new Attempt(List.copyOf(received), states, forgottenAtMillis));
    }

    private void forgetAttempts(long nowMillis) {
        Iterator<Attempt> oldest = attempts.values().iterator();
        while (oldest.hasNext() && oldest.next().forgottenAtMillis() <= nowMillis) {
            oldest.remove();
        }
    }

    @Override
    public @Nullable QueueMessage nextVisible(@Nullable QueueMessage delivered) {
        if (delivered != null) {
            QueueMessage follower = delivered.nextInGroup;
            if (follower != null && follower.state == MessageState.VISIBLE) {
                return follower;
            }
        }
        MessageGroup group = ready.peek();
        return group == null ? null : group.first();
    }

    @Override
    public void changed(QueueMessage message, @Nullable MessageState from, @Nullable MessageState to) {
        MessageGroup group = groups.computeIfAbsent(String.valueOf(message.group()), MessageGroup::new);
        if (from != null && to != null && group.first() != message) {
            return; // not the group's first: whether the group is ready does not depend on it
        }
        if (ready.contains(group)) {
            ready.remove(group);
        }
        if (from == null) {
            group.insert(message);
        }
        if (to == null) {
            group.remove(message);
        }
        if (group.isReady()) {
            ready.add(group);
        } else if (group.isEmpty()) {
            groups.remove(group.id);
        }
    }

    @Override
    public void cleared() {
        groups.clear();
        ready.clear();
        attempts.clear();
    }

    /** A handle ends with the visibility timeout of its delivery. */
    @Override
    public HandleOutcome deletion(QueueMessage message, ReceiptHandle handle, long nowMillis) {
        boolean current = message.state instanceof MessageState.InFlight && message.wasDeliveredLastWith(handle);
        return current ? HandleOutcome.DONE : HandleOutcome.EXPIRED;
    }

    /** A new delay of a FIFO queue holds for the messages that are delayed already, too. */
    @Override
    public void attributesChanged(
            QueueAttributes old, QueueAttributes attributes, MessageStore messages, long nowMillis) {
        if (old.delaySeconds() == attributes.delaySeconds()) {
            return;
        }
        List<QueueMessage> delayed = new ArrayList<>();
        messages.forEachHidden(m -> {
            if (m.state instanceof MessageState.Delayed) {
                delayed.add(m);
            }
        });
        for (QueueMessage message : delayed) {
            long untilMillis = message.sentAtMillis() + 1000L * attributes.delaySeconds();
            messages.transition(message, new MessageState.Delayed(untilMillis).at(nowMillis));
        }
    }

    @Override
    public List<SavedSent> savedSent() {
        return deduplication.all();
    }

    /** Those that would be answered again; the others are as good as forgotten. */
    @Override
    public List<SavedQueue.SavedAttempt> savedAttempts(MessageStore messages) {
        List<SavedQueue.SavedAttempt> saved = new ArrayList<>();
        attempts.forEach((id, attempt) -> {
            if (isUntouched(attempt, messages)) {
                saved.add(new SavedQueue.SavedAttempt(
                        id,
                        attempt.received().stream()
                                .map(r -> new SavedQueue.SavedDelivery(
                                        r.message().sequence(),
                                        r.receiptHandle(),
                                        r.receiveCount(),
                                        r.firstReceivedAtMillis()))
                                .toList(),
                        attempt.forgottenAtMillis()));
            }
        });
        return saved;
    }

    @Override
    public void restore(List<SavedSent> sent, List<SavedQueue.SavedAttempt> savedAttempts, MessageStore messages) {
        sent.forEach(deduplication::restore);
        savedAttempts.forEach(attempt -> restore(attempt, messages));
    }

    private void restore(SavedQueue.SavedAttempt attempt, MessageStore messages) {
        List<ReceivedMessage> received = new ArrayList<>();
        for (SavedQueue.SavedDelivery delivery : attempt.deliveries()) {
            QueueMessage message = messages.find(delivery.sequence());
            if (message == null) {
                return;
            }
            received.add(new ReceivedMessage(
                    message, delivery.receiptHandle(), delivery.receiveCount(), delivery.firstReceivedAtMillis()));
        }
        remember(attempt.id(), received, attempt.forgottenAtMillis());
    }

    private static final class OldestFirst extends IndexedHeap<MessageGroup> {
        @Override
        boolean before(MessageGroup a, MessageGroup b) {
            return a.firstSequence() < b.firstSequence();
        }

        @Override
        int placeOf(MessageGroup group) {
            return group.place;
        }

        @Override
        void place(MessageGroup group, int place) {
            group.place = place;
        }
    }
}
