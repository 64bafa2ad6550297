package io.pileus.sqs.state;

import io.pileus.core.identity.Arn;
import io.pileus.sqs.SqsErrors;
import io.pileus.sqs.SqsLimits;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * A queue: its messages, what state each is in, and who waits for them. The states and their transitions are those of
 * {@link MessageState}. {@link MessageStore} holds the messages; {@link QueueRules} know in which order they are served;
 * {@link Dispenser} hands them out, to those who wait through {@link Consumers}.
 *
 * <p>One lock per queue guards everything that changes. No other queue is called and no future is completed under it: what
 * follows from a change is collected as {@link Effects} and happens after the lock is released. Every operation settles the
 * {@link MessageStore} up to {@code now} first, so that stored states are the effective ones, and serves those who wait last.
 */
public final class Queue {
    private final QueueIdentity identity;
    private final Arn arn;
    private final QueueSurroundings surroundings;
    private final ReentrantLock lock = new ReentrantLock();

    /** Replaced as a whole under the lock, read without it. */
    private volatile QueueDescription description;

    // Guarded by the lock.
    private final QueueRules rules;
    private final MessageStore messages;
    private final Dispenser dispenser;
    private final Consumers consumers;
    private long lastSequence;
    private long purgedAtMillis = Long.MIN_VALUE;
    private boolean closed;

    private Queue(QueueIdentity identity, QueueDescription description, QueueSurroundings surroundings) {
        this.identity = identity;
        this.arn = identity.arn();
        this.surroundings = surroundings;
        this.description = description;
        this.rules = QueueRules.of(description.attributes());
        this.messages = new MessageStore(rules);
        this.dispenser = new Dispenser(this, messages, rules, surroundings);
        this.consumers = new Consumers(this, dispenser, surroundings);
        // Sequence numbers keep growing when a queue of the same name is made anew; 17 digits for many years to come.
        this.lastSequence = identity.createdAtMillis() * 10_000;
    }

    public static Queue create(
            QueueIdentity identity,
            QueueAttributes attributes,
            Map<String, String> tags,
            QueueSurroundings surroundings) {
        return new Queue(
                identity, new QueueDescription(attributes, tags, identity.createdAtMillis(), null), surroundings);
    }

    public QueueIdentity identity() {
        return identity;
    }

    public String name() {
        return identity.name();
    }

    public Arn arn() {
        return arn;
    }

    public QueueAttributes attributes() {
        return description.attributes();
    }

    public boolean isFifo() {
        return attributes().isFifo();
    }

    public long lastModifiedAtMillis() {
        return description.lastModifiedAtMillis();
    }

    public Map<String, String> tags() {
        return description.tags();
    }

    /** The data key that was made last for an encrypted queue. */
    public Optional<DataKey> dataKey() {
        return Optional.ofNullable(description.dataKey());
    }

    /** Makes new attributes of the old ones. A new retention applies to messages that are here already, as with AWS. */
    public void changeAttributes(UnaryOperator<QueueAttributes> attributes, long nowMillis) {
        change(nowMillis, effects -> {
            QueueAttributes old = attributes();
            description = description.withAttributes(attributes.apply(old), nowMillis);
            rules.attributesChanged(old, attributes(), messages, nowMillis);
            return null;
        });
    }

    /** Makes new tags of the old ones. */
    public void changeTags(UnaryOperator<Map<String, String>> tags) {
        lock.lock();
        try {
            description = description.withTags(tags.apply(tags()));
        } finally {
            lock.unlock();
        }
    }

    public void setDataKey(DataKey dataKey) {
        lock.lock();
        try {
            description = description.withDataKey(dataKey);
        } finally {
            lock.unlock();
        }
    }

    /**
     * Has tasks run, outside the lock, after each change that leaves a message to be received, and when one becomes visible.
     *
     * @param tasks read anew each time, so that it may grow and shrink; safe for concurrent use
     */
    public void onArrival(List<Runnable> tasks) {
        lock.lock();
        try {
            consumers.onArrival(tasks);
        } finally {
            lock.unlock();
        }
    }

    /** Takes a message in; consumers that wait may have it at once. */
    public Sent send(NewMessage newMessage, long nowMillis) {
        return change(nowMillis, effects -> {
            Optional<Sent> duplicate = rules.duplicateOf(newMessage, attributes(), nowMillis);
            if (duplicate.isPresent()) {
                return duplicate.get();
            }
            UUID id = surroundings.messageIds().get();
            QueueMessage message = new QueueMessage(id, newMessage, nowMillis);
            Integer ownDelay = newMessage.delaySeconds();
            long delayMillis = 1000L * (ownDelay == null ? attributes().delaySeconds() : ownDelay);
            message.placeAt(++lastSequence);
            messages.add(
                    message,
                    delayMillis > 0 ? new MessageState.Delayed(nowMillis + delayMillis) : MessageState.VISIBLE);
            Sent sent = new Sent(id.toString(), isFifo() ? message.sequenceNumber() : "");
            rules.remember(newMessage, sent, attributes(), nowMillis);
            return sent;
        });
    }

    /**
     * Gives visible messages to a consumer, or lets it wait for one. The answer may be cancelled by a consumer that goes
     * away; it then takes no message.
     *
     * @param view how the consumer sees what it receives
     */
    public <R> CompletionStage<R> receive(ReceiveOrder order, long nowMillis, Function<List<ReceivedMessage>, R> view) {
        return change(nowMillis, effects -> {
            List<ReceivedMessage> taken = dispenser.take(order, nowMillis, effects);
            boolean waits = order.waitUntilMillis() > nowMillis;
            if (taken.isEmpty() && waits) {
                return consumers.await(order, view);
            }
            if (taken.isEmpty() && !isFifo() && dispenser.isFull()) {
                throw SqsErrors.tooManyMessagesInFlight(name());
            }
            return CompletableFuture.completedFuture(view.apply(taken));
        });
    }

    /** Deletes the message that was delivered with the handle. */
    public HandleOutcome delete(ReceiptHandle handle, long nowMillis) {
        return change(nowMillis, effects -> {
            QueueMessage message = messages.find(handle.sequence());
            if (message == null) {
                return HandleOutcome.DONE;
            }
            HandleOutcome outcome = rules.deletion(message, handle, nowMillis);
            if (outcome == HandleOutcome.DONE && message.wasDeliveredLastWith(handle)) {
                messages.remove(message);
            }
            return outcome;
        });
    }

    /** Hides the message that was delivered with the handle for so long from now on; 0 shows it at once. */
    public HandleOutcome changeVisibility(ReceiptHandle handle, int visibilityTimeoutSeconds, long nowMillis) {
        return change(nowMillis, effects -> {
            QueueMessage message = messages.find(handle.sequence());
            if (message == null) {
                return HandleOutcome.GONE;
            }
            if (!(message.state instanceof MessageState.InFlight)) {
                return HandleOutcome.NOT_IN_FLIGHT;
            }
            if (!message.wasDeliveredLastWith(handle)) {
                return HandleOutcome.GONE;
            }
            long visibleAtMillis = nowMillis + 1000L * visibilityTimeoutSeconds;
            if (visibleAtMillis - handle.receivedAtMillis() > SqsLimits.VISIBILITY_TIMEOUT_MAX.toMillis()) {
                return HandleOutcome.BEYOND_LIMIT;
            }
            messages.transition(
                    message,
                    visibilityTimeoutSeconds == 0 ? MessageState.VISIBLE : new MessageState.InFlight(visibleAtMillis));
            return HandleOutcome.DONE;
        });
    }

    /** Removes all messages, those in flight included. The five-minute memory of a FIFO queue stays. */
    public void purge(long nowMillis) {
        change(nowMillis, effects -> {
            messages.clear();
            purgedAtMillis = nowMillis;
            return null;
        });
    }

    /** When the queue was purged last. */
    public OptionalLong purgedAtMillis() {
        lock.lock();
        try {
            return purgedAtMillis == Long.MIN_VALUE ? OptionalLong.empty() : OptionalLong.of(purgedAtMillis);
        } finally {
            lock.unlock();
        }
    }

    public MessageCounts counts(long nowMillis) {
        return change(nowMillis, effects -> messages.counts());
    }

    /** How many consumers wait. */
    public int waiting() {
        lock.lock();
        try {
            return consumers.waiting();
        } finally {
            lock.unlock();
        }
    }

    /** When the oldest message was sent. */
    public OptionalLong oldestSentAtMillis(long nowMillis) {
        return change(nowMillis, effects -> {
            QueueMessage oldest = messages.oldest();
            return oldest == null ? OptionalLong.empty() : OptionalLong.of(oldest.sentAtMillis());
        });
    }

    /** All messages in their order, seen without any side effect. */
    public List<PeekedMessage> peek(long nowMillis) {
        return change(nowMillis, effects -> {
            List<PeekedMessage> peeked = new ArrayList<>(messages.counts().total());
            messages.forEach(m -> peeked.add(new PeekedMessage(m, m.state, m.receiveCount, m.firstReceivedAtMillis)));
            peeked.sort(Comparator.comparingLong(p -> p.message().sequence()));
            return peeked;
        });
    }

    /** Takes visible messages out to move them elsewhere; none of a queue that has been deleted. */
    List<QueueMessage> withdraw(int max, long nowMillis) {
        List<QueueMessage> withdrawn = new ArrayList<>();
        changeIfOpen(nowMillis, () -> withdrawn.addAll(dispenser.withdraw(max)));
        return withdrawn;
    }

    /** Puts a message back that was withdrawn, at its old place. */
    void putBack(QueueMessage message, long nowMillis) {
        changeIfOpen(nowMillis, () -> {
            messages.add(message, MessageState.VISIBLE);
            surroundings.moves().arrives(this, message);
        });
    }

    /** Takes a message from another queue as it is; false when this queue has been deleted meanwhile. */
    boolean accept(QueueMessage message, long nowMillis) {
        return changeIfOpen(nowMillis, () -> {
            message.placeAt(++lastSequence);
            messages.add(message, MessageState.VISIBLE);
            surroundings.moves().arrives(this, message);
        });
    }

    /** Ends the queue: those who wait get an error, and so does every later operation. */
    public void close() {
        Effects effects = new Effects();
        lock.lock();
        try {
            closed = true;
            messages.clear();
            consumers.close(SqsErrors.queueDoesNotExist(), effects);
        } finally {
            lock.unlock();
        }
        effects.run();
    }

    /** A change under the lock, between bringing the queue up to now and serving those who wait. */
    private <R> R change(long nowMillis, Change<R> change) {
        Effects effects = new Effects();
        lock.lock();
        try {
            if (closed) {
                throw SqsErrors.queueDoesNotExist();
            }
            return change(nowMillis, change, effects);
        } finally {
            lock.unlock();
            effects.run();
        }
    }

    private interface Change<R> {
        R apply(Effects effects);
    }

    /** A change that is nobody's request; false when the queue has been deleted, which then does not change. */
    boolean changeIfOpen(long nowMillis, Runnable change) {
        Effects effects = new Effects();
        lock.lock();
        try {
            if (closed) {
                return false;
            }
            change(
                    nowMillis,
                    collected -> {
                        change.run();
                        return null;
                    },
                    effects);
            return true;
        } finally {
            lock.unlock();
            effects.run();
        }
    }

    private <R> R change(long nowMillis, Change<R> change, Effects effects) {
        messages.settle(nowMillis, 1000L * attributes().messageRetentionPeriodSeconds());
        R result = change.apply(effects);
        consumers.serve(nowMillis, effects);
        return result;
    }

    private record Version(long changes, QueueDescription description, long incarnation) {}

    /** Equals the last one as long as nothing has changed of what {@link #snapshot} tells. */
    public Object version() {
        lock.lock();
        try {
            return new Version(messages.changes(), description, identity.incarnation());
        } finally {
            lock.unlock();
        }
    }

    /** The queue as it is, to be saved. States are those stored, which may have ended since. */
    public QueueSnapshot snapshot() {
        lock.lock();
        try {
            SavedQueue queue = new SavedQueue(
                    identity,
                    isFifo(),
                    attributes().set(),
                    tags(),
                    lastModifiedAtMillis(),
                    description.dataKey(),
                    lastSequence,
                    purgedAtMillis == Long.MIN_VALUE ? null : purgedAtMillis,
                    rules.savedAttempts(messages));
            List<QueueSnapshot.MessageSnapshot> saved =
                    new ArrayList<>(messages.counts().total());
            messages.forEach(m -> saved.add(QueueSnapshot.MessageSnapshot.of(m)));
            return new QueueSnapshot(queue, saved, rules.savedSent());
        } finally {
            lock.unlock();
        }
    }

    /** A queue as it was saved; its messages and what it remembers follow by {@link #restore}, then {@link #resume}. */
    public static Queue restore(SavedQueue saved, QueueSurroundings surroundings) {
        QueueDescription description = new QueueDescription(
                QueueAttributes.restore(saved.fifo(), saved.attributes()),
                saved.tags(),
                saved.lastModifiedAtMillis(),
                saved.dataKey());
        Queue queue = new Queue(saved.identity(), description, surroundings);
        queue.lastSequence = saved.lastSequence();
        queue.purgedAtMillis = saved.purgedAtMillis() == null ? Long.MIN_VALUE : saved.purgedAtMillis();
        return queue;
    }

    /** Puts the messages back, what FIFO queues remember of sent ones, and the attempts that may be repeated. */
    public void restore(
            List<SavedMessage> savedMessages, List<SavedSent> sent, List<SavedQueue.SavedAttempt> savedAttempts) {
        lock.lock();
        try {
            for (SavedMessage saved : savedMessages) {
                if (messages.find(saved.sequence()) == null) {
                    messages.add(new QueueMessage(saved), saved.state());
                }
                lastSequence = Math.max(lastSequence, saved.sequence());
            }
            rules.restore(sent, savedAttempts, messages);
        } finally {
            lock.unlock();
        }
    }

    /** Goes on after it was restored. */
    public void resume(long nowMillis) {
        changeIfOpen(nowMillis, () -> {});
    }
}
