package io.pileus.firehose;

import io.pileus.core.time.Timers;
import io.pileus.firehose.delivery.Item;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The records that wait for delivery: until they weigh enough, or the oldest has waited long enough. Whoever adds the record that
 * fills it, or the timer, takes them all; what was taken is remembered until it has been delivered or given up.
 */
final class Buffer {
    private final Timers timers;
    private final Runnable onDue;
    private final ReentrantLock lock = new ReentrantLock();
    private final Set<Batch> underway = new HashSet<>();
    private List<Waiting> waiting = new ArrayList<>();
    private long nextNumber;
    private long bytes;
    private @Nullable Instant dueAt;
    private Timers.@Nullable Timer timer;
    private boolean closed;

    /** @param onDue runs when the interval of the oldest record is over */
    Buffer(Timers timers, Runnable onDue) {
        this.timers = timers;
        this.onDue = onDue;
    }

    /** A record, numbered in the order of arrival. */
    record Waiting(long number, Item item) {}

    /** Records on their way to the destination. One is told from another by what it is, not by what is in it. */
    static final class Batch {
        private final List<Waiting> records;

        private Batch(List<Waiting> records) {
            this.records = records;
        }

        List<Item> items() {
            return records.stream().map(Waiting::item).toList();
        }
    }

    /**
     * What is in the buffer or on its way out of it.
     *
     * @param dueAt when it is to be delivered; null for at once
     */
    record Contents(List<Waiting> records, @Nullable Instant dueAt) {}

    /** Adds records; answers whether it is full now and {@link #take} is due. */
    boolean add(List<Item> added, BufferingHints hints, Instant now) {
        lock.lock();
        try {
            if (closed || added.isEmpty()) {
                return false;
            }
            for (Item item : added) {
                waiting.add(new Waiting(nextNumber++, item));
                bytes += item.data().size();
            }
            boolean full = bytes >= hints.sizeBytes() || hints.interval().isZero();
            if (!full && timer == null) {
                wakeAt(now.plus(hints.interval()));
            }
            return full;
        } finally {
            lock.unlock();
        }
    }

    private void wakeAt(Instant instant) {
        dueAt = instant;
        timer = timers.at(instant, onDue);
    }

    /** Takes all records out. */
    Batch take() {
        lock.lock();
        try {
            Batch taken = new Batch(waiting);
            if (!closed && !waiting.isEmpty()) {
                underway.add(taken);
            }
            empty();
            return taken;
        } finally {
            lock.unlock();
        }
    }

    private void empty() {
        waiting = new ArrayList<>();
        bytes = 0;
        dueAt = null;
        if (timer != null) {
            timer.cancel();
            timer = null;
        }
    }

    /** The records have been delivered, or given up. */
    void settled(Batch batch) {
        lock.lock();
        try {
            underway.remove(batch);
        } finally {
            lock.unlock();
        }
    }

    Contents contents() {
        lock.lock();
        try {
            List<Waiting> all = new ArrayList<>(waiting);
            underway.forEach(batch -> all.addAll(batch.records));
            all.sort(Comparator.comparingLong(Waiting::number));
            return new Contents(all, underway.isEmpty() ? dueAt : null);
        } finally {
            lock.unlock();
        }
    }

    /** Takes a record that was saved, in the order of the numbers. */
    void restore(Waiting saved) {
        lock.lock();
        try {
            waiting.add(saved);
            bytes += saved.item().data().size();
            nextNumber = saved.number() + 1;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Goes on waiting with what was restored.
     *
     * @param savedDueAt when that is to be delivered
     */
    void resume(Instant savedDueAt) {
        lock.lock();
        try {
            if (!waiting.isEmpty() && timer == null) {
                wakeAt(savedDueAt);
            }
        } finally {
            lock.unlock();
        }
    }

    /** Drops what is in it, and takes no more. */
    void close() {
        lock.lock();
        try {
            closed = true;
            underway.clear();
            empty();
        } finally {
            lock.unlock();
        }
    }

    /** When a buffer is full. */
    record BufferingHints(long sizeBytes, Duration interval) {}
}
