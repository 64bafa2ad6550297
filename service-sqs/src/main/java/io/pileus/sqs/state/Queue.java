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
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A queue: its messages, what state each is in, and who waits for them. The states and their transitions are those of
 * {@link MessageState}; what order messages are served in is the matter of {@link StandardQueue} and {@link FifoQueue}.
 *
 * <p>One lock per queue guards everything that changes. No other queue is called and no future is completed under it: what
 * follows from a change is collected as {@link Effects} and happens after the lock is released. Every operation settles the
 * {@link MessageStore} up to {@code now} first, so that stored states are the effective ones, and serves those who wait last.
 */
public abstract sealed class Queue permits StandardQueue, FifoQueue {
    /** A receive that meets more of them goes on later: others want to use the queue, and the thread. */
    private static final int DEAD_LETTERS_AT_ONCE_MAX = 1_000;

    private final QueueIdentity identity;
    private final Arn arn;
    private final QueueSurroundings surroundings;
    private final ReentrantLock lock = new ReentrantLock();

    // Replaced as a whole under the lock, read without it.
    private volatile QueueAttributes attributes;
    private volatile Map<String, String> tags;
    private volatile long lastModifiedAtMillis;
    private volatile @Nullable DataKey dataKey;
    private volatile List<Runnable> arrivalTasks = List.of();

    // Guarded by the lock.
    private final MessageStore messages = new MessageStore(new MessageStore.Order() {
        @Override
        public void changed(QueueMessage message, @Nullable MessageState from, @Nullable MessageState to) {
            changes++;
            Queue.this.changed(message, from, to);
        }

        @Override
        public void cleared() {
            changes++;
            Queue.this.cleared();
        }
    });
    private final ReceiveWaiters waiters = new ReceiveWaiters();
    private long lastSequence;
    private long changes;
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

    /** A queue as it was saved; its messages and what it remembers follow by {@link #restore}, then {@link #resume}. */
    public static Queue restore(SavedQueue saved, QueueSurroundings surroundings) {
        Queue queue = create(
                saved.identity(),
                QueueAttributes.restore(saved.fifo(), saved.attributes()),
                saved.tags(),
                surroundings);
        queue.lastModifiedAtMillis = saved.lastModifiedAtMillis();
        queue.dataKey = saved.dataKey();
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
            sent.forEach(this::restore);
            savedAttempts.forEach(this::restore);
        } finally {
            lock.unlock();
        }
    }

    /** Goes on after it was restored. */
    public void resume(long nowMillis) {
        changeIfOpen(nowMillis, () -> {});
    }

    /** Changes with everything that {@link #snapshot} tells. */
    public record Version(
            long changes,
            QueueAttributes attributes,
            Map<String, String> tags,
            @Nullable DataKey dataKey,
            long incarnation) {}

    public Version version() {
        lock.lock();
        try {
            return new Version(changes, attributes, tags, dataKey, identity.incarnation());
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
                    attributes.set(),
                    tags,
                    lastModifiedAtMillis,
                    dataKey,
                    lastSequence,
                    purgedAtMillis == Long.MIN_VALUE ? null : purgedAtMillis,
                    attempts());
            List<QueueSnapshot.MessageSnapshot> saved =
                    new ArrayList<>(messages.counts().total());
            messages.forEach(m -> saved.add(QueueSnapshot.MessageSnapshot.of(m)));
            return new QueueSnapshot(queue, saved, remembered());
        } finally {
            lock.unlock();
        }
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

    /**
     * Has tasks run, outside the lock, after each change that leaves a message to be received, and when one becomes visible.
     *
     * @param tasks read anew each time, so that it may grow and shrink; safe for concurrent use
     */
    public void onArrival(List<Runnable> tasks) {
        arrivalTasks = tasks;
        lock.lock();
        try {
            scheduleWake();
        } finally {
            lock.unlock();
        }
    }

    /** Replaces the attributes. The new retention applies to messages that are here already, as with AWS. */
    public void setAttributes(QueueAttributes newAttributes, long nowMillis) {
        change(nowMillis, effects -> {
            QueueAttributes old = attributes;
            attributes = newAttributes;
            lastModifiedAtMillis = nowMillis;
            changes++;
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
            messages.add(
                    message,
                    delayMillis > 0 ? new MessageState.Delayed(nowMillis + delayMillis) : MessageState.VISIBLE);
            Sent sent = new Sent(id.toString(), isFifo() ? message.sequenceNumber() : "");
            remember(newMessage, sent, nowMillis);
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
            List<ReceivedMessage> again = again(order, nowMillis);
            List<ReceivedMessage> taken = again.isEmpty() ? take(order, nowMillis, effects) : again;
            boolean waits = order.waitUntilMillis() > nowMillis;
            if (taken.isEmpty() && !waits && !isFifo() && messages.inFlight() >= SqsLimits.IN_FLIGHT_MESSAGES) {
                throw SqsErrors.tooManyMessagesInFlight(name());
            }
            return taken.isEmpty() && waits ? wait(order, view) : CompletableFuture.completedFuture(view.apply(taken));
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
            return waiters.size();
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

    /** Takes visible messages out, oldest first, to move them elsewhere; none of a queue that has been deleted. */
    List<QueueMessage> withdraw(int max, long nowMillis) {
        List<QueueMessage> withdrawn = new ArrayList<>();
        changeIfOpen(nowMillis, () -> {
            QueueMessage message;
            while (withdrawn.size() < max && (message = nextVisible(null)) != null) {
                surroundings.moves().leaves(this, message);
                messages.remove(message);
                withdrawn.add(message);
            }
        });
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

    private boolean changeIfOpen(long nowMillis, Runnable change) {
        Effects effects = new Effects();
        lock.lock();
        try {
            if (closed) {
                return false;
            }
            settle(nowMillis);
            change.run();
            serveWaiters(nowMillis, effects);
            return true;
        } finally {
            lock.unlock();
            effects.run();
        }
    }

    /** Ends the queue: those who wait get an error, and so does every later operation. */
    public void close() {
        List<ReceiveWaiters.Waiter<?>> abandoned;
        lock.lock();
        try {
            closed = true;
            abandoned = waiters.removeAll();
            messages.clear();
            scheduleWake();
        } finally {
            lock.unlock();
        }
        abandoned.forEach(w -> w.answer.completeExceptionally(SqsErrors.queueDoesNotExist()));
    }

    // What the two kinds of queue do differently; called under the lock.

    /** What it remembers for {@link #duplicateOf}, in the order of sending. */
    abstract List<SavedSent> remembered();

    abstract void restore(SavedSent sent);

    /** The receive attempts that {@link #again} would answer. */
    abstract List<SavedQueue.SavedAttempt> attempts();

    abstract void restore(SavedQueue.SavedAttempt attempt);

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
        messages.forEachHidden(consumer);
    }

    final boolean isLatestDelivery(QueueMessage message, ReceiptHandle handle) {
        return message.receiveCount == handle.receiveCount();
    }

    /** Moves a message that is here to another state. */
    final void transition(QueueMessage message, MessageState to) {
        messages.transition(message, to);
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

    private void settle(long nowMillis) {
        messages.settle(nowMillis, 1000L * attributes.messageRetentionPeriodSeconds());
    }

    private List<ReceivedMessage> take(ReceiveOrder order, long nowMillis, Effects effects) {
        List<ReceivedMessage> taken = new ArrayList<>(Math.min(order.maxMessages(), 10));
        QueueMessage last = null;
        int deadLetters = 0;
        while (taken.size() < order.maxMessages()
                && deadLetters < DEAD_LETTERS_AT_ONCE_MAX
                && messages.inFlight() < SqsLimits.IN_FLIGHT_MESSAGES) {
            QueueMessage message = nextVisible(last);
            if (message == null) {
                break;
            }
            Optional<Queue> deadLetterQueue = deadLetterQueueFor(message);
            if (deadLetterQueue.isPresent()) {
                deadLetters++;
                surroundings.moves().leaves(this, message);
                messages.remove(message);
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
        try {
            if (!deadLetterQueue.accept(message.asDeadLetterOf(this, nowMillis), nowMillis)) {
                putBack(message, nowMillis);
            }
        } finally {
            surroundings.moves().hasArrived(message);
        }
    }

    private <R> CompletableFuture<R> wait(ReceiveOrder order, Function<List<ReceivedMessage>, R> view) {
        ReceiveWaiters.Waiter<R> waiter = waiters.add(order, view);
        waiter.deadline =
                surroundings.timers().at(Instant.ofEpochMilli(order.waitUntilMillis()), () -> waitedLongEnough(waiter));
        return waiter.answer;
    }

    private void waitedLongEnough(ReceiveWaiters.Waiter<?> waiter) {
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
            waiter.serve(List.of());
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
        if (waiters.isEmpty() && arrivalTasks.isEmpty() && wake == null) {
            return;
        }
        ReceiveWaiters.Waiter<?> waiter;
        while ((waiter = waiters.first()) != null) {
            List<ReceivedMessage> taken = take(waiter.order, nowMillis, effects);
            if (taken.isEmpty()) {
                break;
            }
            waiters.remove(waiter);
            ReceiveWaiters.Waiter<?> served = waiter;
            effects.add(() -> {
                if (!served.serve(taken)) {
                    takeBack(taken, nowMillis);
                }
            });
        }
        if (!arrivalTasks.isEmpty() && canBeReceived()) {
            arrivalTasks.forEach(effects::add);
        }
        scheduleWake();
    }

    /** Whether there is a message that a consumer would get. */
    private boolean canBeReceived() {
        return messages.inFlight() < SqsLimits.IN_FLIGHT_MESSAGES && nextVisible(null) != null;
    }

    /** Undoes deliveries that nobody has seen: the consumer went away just then. */
    private void takeBack(List<ReceivedMessage> received, long nowMillis) {
        changeIfOpen(
                nowMillis,
                () -> received.forEach(one -> {
                    QueueMessage message = one.message();
                    boolean untouched = messages.find(message.sequence()) == message
                            && message.receiveCount == one.receiveCount()
                            && message.state instanceof MessageState.InFlight;
                    if (untouched) {
                        message.receiveCount--;
                        message.receiveCountHere--;
                        transition(message, MessageState.VISIBLE);
                    }
                }));
    }

    /** Sees to being woken when there may be something for those who wait. */
    private void scheduleWake() {
        OptionalLong next = waiters.isEmpty() && arrivalTasks.isEmpty() ? OptionalLong.empty() : nextWakeAtMillis();
        if (wake != null && (next.isEmpty() || next.getAsLong() != wakeAtMillis)) {
            wake.cancel();
            wake = null;
        }
        if (wake == null && next.isPresent()) {
            wakeAtMillis = next.getAsLong();
            wake = surroundings.timers().at(Instant.ofEpochMilli(wakeAtMillis), this::wakeUp);
        }
    }

    private OptionalLong nextWakeAtMillis() {
        if (!waiters.isEmpty() && canBeReceived()) {
            // Only when there are more dead letters than are moved at once.
            return OptionalLong.of(surroundings.clock().millis());
        }
        QueueMessage next = messages.nextToAppear();
        return next == null ? OptionalLong.empty() : OptionalLong.of(next.visibleAtMillis());
    }
}
