package io.pileus.sqs.state;

import io.pileus.core.identity.Arn;
import io.pileus.core.time.Timers;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Moves the messages of a dead-letter queue to another queue, or each back to where it came from, at a rate or as fast as
 * it goes. Messages that are in flight stay.
 *
 * <pre>
 * RUNNING -- nothing is left --------------&gt; COMPLETED
 * RUNNING -- a message has no destination -&gt; FAILED
 * RUNNING -- cancelled --------------------&gt; CANCELLED
 * </pre>
 *
 * (CANCELLING, which AWS shows for a while, never lasts here.) Its own lock guards what changes; queues are called outside it.
 */
public final class MessageMoveTask {
    private static final int BATCH = 1_000;
    private static final long SECOND = 1_000;

    /** How far the task is. */
    public enum Status {
        RUNNING,
        COMPLETED,
        CANCELLED,
        FAILED
    }

    private final String id;
    private final Queue source;
    private final @Nullable Queue destination;
    private final OptionalInt messagesPerSecond;
    private final long startedAtMillis;
    private final int messagesToMove;
    private final QueueSurroundings surroundings;

    private final ReentrantLock lock = new ReentrantLock();
    private Status status = Status.RUNNING;
    private long moved;
    private @Nullable String failureReason;
    private long nextAtMillis;
    private Timers.@Nullable Timer next;

    /** @param destination where all messages go; null for where each came from */
    public MessageMoveTask(
            String id,
            Queue source,
            @Nullable Queue destination,
            OptionalInt messagesPerSecond,
            long startedAtMillis,
            QueueSurroundings surroundings) {
        this.id = id;
        this.source = source;
        this.destination = destination;
        this.messagesPerSecond = messagesPerSecond;
        this.startedAtMillis = startedAtMillis;
        this.messagesToMove = source.counts(startedAtMillis).visible();
        this.surroundings = surroundings;
    }

    private MessageMoveTask(
            SavedMoveTasks.SavedMoveTask saved,
            Queue source,
            @Nullable Queue destination,
            QueueSurroundings surroundings) {
        this.id = saved.id();
        this.source = source;
        this.destination = destination;
        this.messagesPerSecond =
                saved.messagesPerSecond() == null ? OptionalInt.empty() : OptionalInt.of(saved.messagesPerSecond());
        this.startedAtMillis = saved.startedAtMillis();
        this.messagesToMove = saved.messagesToMove();
        this.status = saved.status();
        this.moved = saved.moved();
        this.failureReason = saved.failureReason();
        this.nextAtMillis = saved.nextAtMillis();
        this.surroundings = surroundings;
    }

    /** A task as it was saved; {@link #resume} lets it go on. */
    public static MessageMoveTask restore(
            SavedMoveTasks.SavedMoveTask saved,
            Queue source,
            @Nullable Queue destination,
            QueueSurroundings surroundings) {
        return new MessageMoveTask(saved, source, destination, surroundings);
    }

    public SavedMoveTasks.SavedMoveTask saved() {
        lock.lock();
        try {
            return new SavedMoveTasks.SavedMoveTask(
                    id,
                    destination == null ? null : destination.arn().toString(),
                    messagesPerSecond.isPresent() ? messagesPerSecond.getAsInt() : null,
                    startedAtMillis,
                    messagesToMove,
                    status,
                    moved,
                    failureReason,
                    nextAtMillis);
        } finally {
            lock.unlock();
        }
    }

    /** Goes on when it is running, after it was restored. */
    public void resume() {
        scheduleAt(nextAtMillis);
    }

    /** Begins; the first messages are moved at once, but not on this thread's stack. */
    public void start() {
        scheduleAt(startedAtMillis);
    }

    /** Stops a running task; says whether it was running. */
    public boolean cancel(long nowMillis) {
        return end(Status.CANCELLED, null);
    }

    private void run() {
        long nowMillis = surroundings.clock().millis();
        int share = messagesPerSecond.orElse(BATCH);
        List<QueueMessage> messages = isUnderWay() ? source.withdraw(share, nowMillis) : List.of();
        for (int i = 0; i < messages.size(); i++) {
            if (!isUnderWay() || !move(messages.get(i), nowMillis)) {
                messages.subList(i, messages.size()).forEach(m -> {
                    source.putBack(m, nowMillis);
                    surroundings.moves().hasArrived(m);
                });
                return;
            }
        }
        if (messages.size() < share) {
            end(Status.COMPLETED, null);
        } else {
            scheduleAt(messagesPerSecond.isPresent() ? nowMillis + SECOND : nowMillis);
        }
    }

    private boolean move(QueueMessage message, long nowMillis) {
        Optional<Queue> target = destination != null
                ? Optional.of(destination)
                : message.deadLetterSourceArn().flatMap(Arn::parse).flatMap(surroundings.queues());
        if (target.isEmpty()) {
            // Reasons as the AWS console shows them: nobody knows the source, or it is there no more.
            end(
                    Status.FAILED,
                    message.deadLetterSourceArn().isEmpty()
                            ? "CouldNotDetermineMessageSource"
                            : "AWS.SimpleQueueService.NonExistentQueue");
            return false;
        }
        QueueMessage redriven = message.redriven(surroundings.messageIds().get(), nowMillis);
        if (!target.get().accept(redriven, nowMillis)) {
            end(Status.FAILED, "AWS.SimpleQueueService.NonExistentQueue");
            return false;
        }
        surroundings.moves().hasArrived(message);
        lock.lock();
        try {
            moved++;
        } finally {
            lock.unlock();
        }
        return true;
    }

    private void scheduleAt(long atMillis) {
        lock.lock();
        try {
            if (status == Status.RUNNING) {
                nextAtMillis = atMillis;
                next = surroundings.timers().at(Instant.ofEpochMilli(atMillis), this::run);
            }
        } finally {
            lock.unlock();
        }
    }

    private boolean end(Status endStatus, @Nullable String reason) {
        lock.lock();
        try {
            if (status != Status.RUNNING) {
                return false;
            }
            status = endStatus;
            failureReason = reason;
            if (next != null) {
                next.cancel();
            }
            return true;
        } finally {
            lock.unlock();
        }
    }

    public String id() {
        return id;
    }

    public Queue source() {
        return source;
    }

    /** The destination that was asked for; empty when messages go back to their sources. */
    public Optional<Queue> destination() {
        return Optional.ofNullable(destination);
    }

    public OptionalInt messagesPerSecond() {
        return messagesPerSecond;
    }

    public long startedAtMillis() {
        return startedAtMillis;
    }

    /** How many messages there were to move when it started. */
    public int messagesToMove() {
        return messagesToMove;
    }

    public boolean isUnderWay() {
        return status() == Status.RUNNING;
    }

    public Status status() {
        lock.lock();
        try {
            return status;
        } finally {
            lock.unlock();
        }
    }

    public long moved() {
        lock.lock();
        try {
            return moved;
        } finally {
            lock.unlock();
        }
    }

    /** Why it failed. */
    public Optional<String> failureReason() {
        lock.lock();
        try {
            return Optional.ofNullable(failureReason);
        } finally {
            lock.unlock();
        }
    }
}
