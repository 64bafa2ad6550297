package io.pileus.sqs.state;

import io.pileus.core.identity.Arn;
import io.pileus.core.time.Timers;
import io.pileus.sqs.SqsErrors;
import io.pileus.sqs.SqsLimits;
import java.time.Instant;
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
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A queue: its messages, what state each is in, and who waits for them. The states and their transitions are those of
 * {@link MessageState}; what order messages are served in is the matter of {@link StandardQueue} and {@link FifoQueue}.
 *
 * <p>One lock per queue guards everything that changes. No other queue is called and no future is completed under it: what
 * follows from a change is collected as {@link Effects} and happens after the lock is released. Each operation costs
 * O(log n) at most: hidden messages are kept in the order in which they become visible, all messages in the order of their
 * age, and both are settled up to {@code now} first, so that stored states are the effective ones.
 */
public abstract sealed class Queue permits StandardQueue, FifoQueue {
    private final QueueIdentity identity;
    private final Arn arn;
    private final QueueSurroundings surroundings;
    private final ReentrantLock lock = new ReentrantLock();

    // Replaced as a whole under the lock, read without it.
    private volatile QueueAttributes attributes;
    private volatile Map<String, String> tags;
    private volatile long lastModifiedAtMillis;
    private volatile @Nullable DataKey dataKey;

    // Guarded by the lock.
    private final MessageIndex messages = new MessageIndex();
    private final IndexedHeap<QueueMessage> hidden = new ByVisibility();
    private final IndexedHeap<QueueMessage> byAge = new ByAge();
    private final ReceiveWaiters waiters = new ReceiveWaiters();
    private long lastSequence;
    private int inFlight;
    private int delayed;
    private long purgedAtMillis = Long.MIN_VALUE;
    private boolean closed;
    private Timers.@Nullable Timer wake;
    private long wakeAtMillis;

    Queue(
            QueueIdentity identity,
            QueueAttributes attributes,
            Map<String, String> tags,
            QueueSurroundings surroundings) {
        this.identity = identity;
        this.arn = identity.arn();
        this.attributes = attributes;
        this.tags = Map.copyOf(tags);
        this.surroundings = surroundings;
        this.lastModifiedAtMillis = identity.createdAtMillis();
        // Sequence numbers keep growing when a queue of the same name is made anew; 17 digits for many years to come.
        this.lastSequence = identity.createdAtMillis() * 10_000;
    }

    public static Queue create(
            QueueIdentity identity,
            QueueAttributes attributes,
            Map<String, String> tags,
            QueueSurroundings surroundings) {
        return attributes.isFifo()
                ? new FifoQueue(identity, attributes, tags, surroundings)
                : new StandardQueue(identity, attributes, tags, surroundings);
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
        return attributes;
    }

    public long lastModifiedAtMillis() {
        return lastModifiedAtMillis;
    }

    public Map<String, String> tags() {
        return tags;
    }

    public void setTags(Map<String, String> newTags) {
        tags = Map.copyOf(newTags);
    }

    /** The data key that was made last for an encrypted queue. */
    public Optional<DataKey> dataKey() {
        return Optional.ofNullable(dataKey);
    }

    public void setDataKey(DataKey newDataKey) {
        dataKey = newDataKey;
    }

    public boolean isFifo() {
        return this instanceof FifoQueue;
    }

    /** Replaces the attributes. The new retention applies to messages that are here already, as with AWS. */
    public void setAttributes(QueueAttributes newAttributes, long nowMillis) {
        change(nowMillis, effects -> {
            QueueAttributes old = attributes;
            attributes = newAttributes;
            lastModifiedAtMillis = nowMillis;
            attributesChanged(old, nowMillis);
            return null;
        });
    }

    /** Takes a message in; consumers that wait may have it at once. */
    public Sent send(NewMessage newMessage, long nowMillis) {
        return change(nowMillis, effects -> {
            Optional<Sent> duplicate = duplicateOf(newMessage, nowMillis);
            if (duplicate.isPresent()) {
                return duplicate.get();
            }
            UUID id = surroundings.messageIds().get();
            QueueMessage message = new QueueMessage(id, newMessage, nowMillis);
            Integer ownDelay = newMessage.delaySeconds();
            long delayMillis = 1000L * (ownDelay == null ? attributes.delaySeconds() : ownDelay);
            message.placeAt(++lastSequence);
            enter(message, delayMillis > 0 ? new MessageState.Delayed(nowMillis + delayMillis) : MessageState.VISIBLE);
            Sent sent = new Sent(id.toString(), isFifo() ? message.sequenceNumber() : "");
            remember(newMessage, sent, nowMillis);
            return sent;
        });
    }

    /**
     * Gives visible messages to a consumer, or lets it wait for one. The answer may be cancelled by a consumer that goes
     * away; it then takes no message.
     */
    public CompletionStage<List<ReceivedMessage>> receive(ReceiveOrder order, long nowMillis) {
        return change(nowMillis, effects -> {
            List<ReceivedMessage> again = again(order, nowMillis);
            List<ReceivedMessage> taken = again.isEmpty() ? take(order, nowMillis, effects) : again;
            boolean waits = order.waitUntilMillis() > nowMillis;
            if (taken.isEmpty() && !waits && !isFifo() && inFlight >= SqsLimits.IN_FLIGHT_MESSAGES) {
                throw SqsErrors.tooManyMessagesInFlight(name());
            }
            return taken.isEmpty() && waits ? wait(order) : CompletableFuture.completedFuture(taken);
        });
    }

    /** Deletes the message that was delivered with the handle. */
    public HandleOutcome delete(ReceiptHandle handle, long nowMillis) {
        return change(nowMillis, effects -> {
            QueueMessage message = messages.find(handle.sequence());
            if (message == null) {
                return HandleOutcome.DONE;
            }
            HandleOutcome outcome = deletion(message, handle, nowMillis);
            if (outcome == HandleOutcome.DONE && isLatestDelivery(message, handle)) {
                leave(message);
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
            if (!isLatestDelivery(message, handle)) {
                return HandleOutcome.GONE;
            }
            long visibleAtMillis = nowMillis + 1000L * visibilityTimeoutSeconds;
            if (visibleAtMillis - handle.receivedAtMillis() > SqsLimits.VISIBILITY_TIMEOUT_MAX.toMillis()) {
                return HandleOutcome.BEYOND_LIMIT;
            }
            transition(
                    message,
                    visibilityTimeoutSeconds == 0 ? MessageState.VISIBLE : new MessageState.InFlight(visibleAtMillis));
            return HandleOutcome.DONE;
        });
    }

    /** Removes all messages, those in flight included. The five-minute memory of a FIFO queue stays. */
    public void purge(long nowMillis) {
        change(nowMillis, effects -> {
            clear();
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
        return change(nowMillis, effects -> new MessageCounts(messages.size() - inFlight - delayed, inFlight, delayed));
    }

    /** How many consumers wait. */
    public int waiting() {
        lock.lock();
        try {
            return waiters.size();
        } finally {
            lock.unlock();
        }
    }

    /** When the oldest message was sent. */
    public OptionalLong oldestSentAtMillis(long nowMillis) {
        return change(nowMillis, effects -> {
            QueueMessage oldest = byAge.peek();
            return oldest == null ? OptionalLong.empty() : OptionalLong.of(oldest.sentAtMillis());
        });
    }

    /** All messages in their order, seen without any side effect. */
    public List<PeekedMessage> peek(long nowMillis) {
        return change(nowMillis, effects -> {
            List<PeekedMessage> peeked = new ArrayList<>(messages.size());
            messages.forEach(m -> peeked.add(new PeekedMessage(m, m.state, m.receiveCount, m.firstReceivedAtMillis)));
            peeked.sort(Comparator.comparingLong(p -> p.message().sequence()));
            return peeked;
        });
    }

    /** Takes visible messages out, oldest first, to move them elsewhere. */
    List<QueueMessage> withdraw(int max, long nowMillis) {
        return change(nowMillis, effects -> {
            List<QueueMessage> withdrawn = new ArrayList<>();
            while (withdrawn.size() < max) {
                QueueMessage message = nextVisible(null);
                if (message == null) {
                    break;
                }
                leave(message);
                withdrawn.add(message);
            }
            return withdrawn;
        });
    }

    /** Puts a message back that was withdrawn, at its old place. */
    void putBack(QueueMessage message, long nowMillis) {
        change(nowMillis, effects -> {
            enter(message, MessageState.VISIBLE);
            return null;
        });
    }

    /** Takes a message from another queue as it is; false when this queue has been deleted meanwhile. */
    boolean accept(QueueMessage message, long nowMillis) {
        Effects effects = new Effects();
        lock.lock();
        try {
            if (closed) {
                return false;
            }
            settle(nowMillis);
            message.placeAt(++lastSequence);
            enter(message, MessageState.VISIBLE);
            serveWaiters(nowMillis, effects);
        } finally {
            lock.unlock();
        }
        effects.run();
        return true;
    }

    /** Ends the queue: those who wait get an error, and so does every later operation. */
    public void close() {
        List<ReceiveWaiters.Waiter> abandoned;
        lock.lock();
        try {
            closed = true;
            abandoned = waiters.removeAll();
            clear();
            scheduleWake();
        } finally {
            lock.unlock();
        }
        abandoned.forEach(w -> w.answer.completeExceptionally(SqsErrors.queueDoesNotExist()));
    }

    // What the two kinds of queue do differently; called under the lock.

    /** The sent message that this one repeats, if any. */
    abstract Optional<Sent> duplicateOf(NewMessage message, long nowMillis);

    /** Remembers a sent message for {@link #duplicateOf}. */
    abstract void remember(NewMessage message, Sent sent, long nowMillis);

    /** The deliveries that a repeated receive attempt gets again. */
    abstract List<ReceivedMessage> again(ReceiveOrder order, long nowMillis);

    /** Remembers what a receive attempt got. */
    abstract void delivered(ReceiveOrder order, List<ReceivedMessage> received, long nowMillis);

    /**
     * The visible message to deliver next, or null.
     *
     * @param delivered what the same receive request was given last, or null
     */
    abstract @Nullable QueueMessage nextVisible(@Nullable QueueMessage delivered);

    /** Keeps the order of visible messages right: a message came (from null), went (to null) or changed its state. */
    abstract void changed(QueueMessage message, @Nullable MessageState from, @Nullable MessageState to);

    /** All messages are gone. */
    abstract void cleared();

    /** Whether the handle may delete the message, which exists. */
    abstract HandleOutcome deletion(QueueMessage message, ReceiptHandle handle, long nowMillis);

    /** The attributes have been replaced. */
    abstract void attributesChanged(QueueAttributes old, long nowMillis);

    final @Nullable QueueMessage find(long sequence) {
        return messages.find(sequence);
    }

    final void forEachHidden(Consumer<QueueMessage> consumer) {
        hidden.forEach(consumer);
    }

    final boolean isLatestDelivery(QueueMessage message, ReceiptHandle handle) {
        return message.receiveCount == handle.receiveCount();
    }

    /** Moves a message that is here to another state. */
    final void transition(QueueMessage message, MessageState to) {
        MessageState from = message.state;
        if (from != MessageState.VISIBLE) {
            hidden.remove(message);
            count(from, -1);
        }
        message.state = to;
        changed(message, from, to);
        if (to != MessageState.VISIBLE) {
            hidden.add(message);
            count(to, 1);
        }
    }

    private void enter(QueueMessage message, MessageState state) {
        message.state = state;
        messages.add(message);
        byAge.add(message);
        changed(message, null, state);
        if (state != MessageState.VISIBLE) {
            hidden.add(message);
            count(state, 1);
        }
    }

    private void leave(QueueMessage message) {
        MessageState from = message.state;
        if (from != MessageState.VISIBLE) {
            hidden.remove(message);
            count(from, -1);
        }
        messages.remove(message);
        byAge.remove(message);
        changed(message, from, null);
    }

    private void clear() {
        messages.clear();
        hidden.clear();
        byAge.clear();
        inFlight = 0;
        delayed = 0;
        cleared();
    }

    private void count(MessageState state, int difference) {
        switch (state) {
            case MessageState.Delayed d -> delayed += difference;
            case MessageState.InFlight f -> inFlight += difference;
            case MessageState.Visible v -> {}
        }
    }

    /** A change under the lock, between bringing the queue up to now and serving those who wait. */
    private <R> R change(long nowMillis, Change<R> change) {
        Effects effects = new Effects();
        lock.lock();
        try {
            if (closed) {
                throw SqsErrors.queueDoesNotExist();
            }
            settle(nowMillis);
            R result = change.apply(effects);
            serveWaiters(nowMillis, effects);
            return result;
        } finally {
            lock.unlock();
            effects.run();
        }
    }

    private interface Change<R> {
        R apply(Effects effects);
    }

    /** Makes the stored states the effective ones: shows what has become visible, forgets what has expired. */
    private void settle(long nowMillis) {
        QueueMessage message;
        while ((message = hidden.peek()) != null && message.visibleAtMillis() <= nowMillis) {
            transition(message, MessageState.VISIBLE);
        }
        long sentBeforeMillis = nowMillis - 1000L * attributes.messageRetentionPeriodSeconds();
        while ((message = byAge.peek()) != null && message.sentAtMillis() <= sentBeforeMillis) {
            leave(message);
        }
    }

    private List<ReceivedMessage> take(ReceiveOrder order, long nowMillis, Effects effects) {
        List<ReceivedMessage> taken = new ArrayList<>(Math.min(order.maxMessages(), 10));
        QueueMessage last = null;
        while (taken.size() < order.maxMessages() && inFlight < SqsLimits.IN_FLIGHT_MESSAGES) {
            QueueMessage message = nextVisible(last);
            if (message == null) {
                break;
            }
            Optional<Queue> deadLetterQueue = deadLetterQueueFor(message);
            if (deadLetterQueue.isPresent()) {
                leave(message);
                effects.add(() -> moveToDeadLetters(message, deadLetterQueue.get(), nowMillis));
            } else {
                taken.add(deliver(message, order.visibilityTimeoutMillis(), nowMillis));
                last = message;
            }
        }
        if (!taken.isEmpty()) {
            delivered(order, taken, nowMillis);
        }
        return taken;
    }

    private ReceivedMessage deliver(QueueMessage message, long visibilityTimeoutMillis, long nowMillis) {
        message.receiveCount++;
        message.receiveCountHere++;
        if (message.receiveCount == 1) {
            message.firstReceivedAtMillis = nowMillis;
        }
        transition(message, new MessageState.InFlight(nowMillis + visibilityTimeoutMillis));
        ReceiptHandle handle =
                new ReceiptHandle(identity.incarnation(), message.sequence(), message.receiveCount, nowMillis);
        return new ReceivedMessage(message, handle.wire(), message.receiveCount, message.firstReceivedAtMillis);
    }

    /** The dead-letter queue that takes the message instead of another consumer, once it was received too often. */
    private Optional<Queue> deadLetterQueueFor(QueueMessage message) {
        return attributes
                .redrivePolicy()
                .filter(policy -> message.receiveCountHere >= policy.maxReceiveCount())
                .flatMap(policy -> surroundings.queues().apply(policy.deadLetterTargetArn()));
    }

    private void moveToDeadLetters(QueueMessage message, Queue deadLetterQueue, long nowMillis) {
        if (!deadLetterQueue.accept(message.asDeadLetterOf(this, nowMillis), nowMillis)) {
            putBack(message, nowMillis);
        }
    }

    private CompletableFuture<List<ReceivedMessage>> wait(ReceiveOrder order) {
        ReceiveWaiters.Waiter waiter = waiters.add(order);
        waiter.deadline =
                surroundings.timers().at(Instant.ofEpochMilli(order.waitUntilMillis()), () -> waitedLongEnough(waiter));
        return waiter.answer;
    }

    private void waitedLongEnough(ReceiveWaiters.Waiter waiter) {
        boolean stillWaiting;
        Effects effects = new Effects();
        lock.lock();
        try {
            settleAndServe(surroundings.clock().millis(), effects);
            stillWaiting = waiters.remove(waiter);
            scheduleWake();
        } finally {
            lock.unlock();
        }
        effects.run();
        if (stillWaiting) {
            waiter.answer.complete(List.of());
        }
    }

    private void wakeUp() {
        Effects effects = new Effects();
        lock.lock();
        try {
            wake = null;
            settleAndServe(surroundings.clock().millis(), effects);
        } finally {
            lock.unlock();
        }
        effects.run();
    }

    private void settleAndServe(long nowMillis, Effects effects) {
        if (!closed) {
            settle(nowMillis);
            serveWaiters(nowMillis, effects);
        }
    }

    /** Gives what is visible to those who wait, the longest waiting first, and sees to being woken for the rest. */
    private void serveWaiters(long nowMillis, Effects effects) {
        if (waiters.isEmpty() && wake == null) {
            return;
        }
        ReceiveWaiters.Waiter waiter;
        while ((waiter = waiters.first()) != null) {
            List<ReceivedMessage> taken = take(waiter.order, nowMillis, effects);
            if (taken.isEmpty()) {
                break;
            }
            waiters.remove(waiter);
            CompletableFuture<List<ReceivedMessage>> answer = waiter.answer;
            effects.add(() -> answer.complete(taken));
        }
        scheduleWake();
    }

    private void scheduleWake() {
        QueueMessage next = waiters.isEmpty() ? null : hidden.peek();
        if (wake != null && (next == null || next.visibleAtMillis() != wakeAtMillis)) {
            wake.cancel();
            wake = null;
        }
        if (wake == null && next != null) {
            wakeAtMillis = next.visibleAtMillis();
            wake = surroundings.timers().at(Instant.ofEpochMilli(wakeAtMillis), this::wakeUp);
        }
    }

    /** Hidden messages, the one that becomes visible next first. */
    private static final class ByVisibility extends IndexedHeap<QueueMessage> {
        @Override
        boolean before(QueueMessage a, QueueMessage b) {
            int order = Long.compare(a.visibleAtMillis(), b.visibleAtMillis());
            return order < 0 || (order == 0 && a.sequence() < b.sequence());
        }

        @Override
        int placeOf(QueueMessage message) {
            return message.orderPlace;
        }

        @Override
        void place(QueueMessage message, int place) {
            message.orderPlace = place;
        }
    }

    /** All messages, the oldest first. */
    private static final class ByAge extends IndexedHeap<QueueMessage> {
        @Override
        boolean before(QueueMessage a, QueueMessage b) {
            return a.sentAtMillis() < b.sentAtMillis();
        }

        @Override
        int placeOf(QueueMessage message) {
            return message.agePlace;
        }

        @Override
        void place(QueueMessage message, int place) {
            message.agePlace = place;
        }
    }
}
