package io.pileus.sns.delivery;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;

/** What became of each message for each subscriber, the newest 10,000 entries, for people who ask why. */
public final class DeliveryLog {
    private static final int KEPT_MAX = 10_000;

    /** What happened. */
    public enum Outcome {
        DELIVERED,
        FILTERED_OUT,
        PENDING_CONFIRMATION,
        RETRYING,
        DEAD_LETTERED,
        FAILED
    }

    /**
     * One thing that happened.
     *
     * @param reason why, in words; empty for a plain delivery
     * @param attempt how many attempts there have been
     */
    public record Entry(
            Instant at,
            String messageId,
            String topicArn,
            String subscriptionArn,
            String protocol,
            String endpoint,
            Outcome outcome,
            String reason,
            int attempt) {}

    private final ReentrantLock lock = new ReentrantLock();
    private final Deque<Entry> entries = new ArrayDeque<>();

    void add(Entry entry) {
        lock.lock();
        try {
            entries.add(entry);
            if (entries.size() > KEPT_MAX) {
                entries.remove();
            }
        } finally {
            lock.unlock();
        }
    }

    public List<Entry> entries(Predicate<Entry> which) {
        lock.lock();
        try {
            return entries.stream().filter(which).toList();
        } finally {
            lock.unlock();
        }
    }

    public void remove(Predicate<Entry> which) {
        lock.lock();
        try {
            entries.removeIf(which);
        } finally {
            lock.unlock();
        }
    }
}
