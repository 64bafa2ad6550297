package io.pileus.firehose;

import io.pileus.core.time.Timers;
import io.pileus.firehose.delivery.Item;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The records that wait for delivery: until they weigh enough, or the oldest has waited long enough. Whoever adds the record that
 * fills it, or the timer, takes them all.
 */
final class Buffer {
    private final Timers timers;
    private final Runnable onDue;
    private final ReentrantLock lock = new ReentrantLock();
    private List<Item> items = new ArrayList<>();
    private long bytes;
    private Timers.@Nullable Timer timer;
    private boolean closed;

    /** @param onDue runs when the interval of the oldest record is over */
    Buffer(Timers timers, Runnable onDue) {
        this.timers = timers;
        this.onDue = onDue;
    }

    /** Adds records; answers whether it is full now and {@link #take} is due. */
    boolean add(List<Item> added, BufferingHints hints, Instant now) {
        lock.lock();
        try {
            if (closed || added.isEmpty()) {
                return false;
            }
            items.addAll(added);
            added.forEach(item -> bytes += item.data().size());
            boolean full = bytes >= hints.sizeBytes() || hints.interval().isZero();
            if (!full && timer == null) {
                timer = timers.at(now.plus(hints.interval()), onDue);
            }
            return full;
        } finally {
            lock.unlock();
        }
    }

    /** Takes all records out. */
    List<Item> take() {
        lock.lock();
        try {
            List<Item> taken = items;
            items = new ArrayList<>();
            bytes = 0;
            if (timer != null) {
                timer.cancel();
                timer = null;
            }
            return taken;
        } finally {
            lock.unlock();
        }
    }

    /** Drops what is in it, and takes no more. */
    void close() {
        lock.lock();
        try {
            closed = true;
        } finally {
            lock.unlock();
        }
        take();
    }

    /** When a buffer is full. */
    record BufferingHints(long sizeBytes, Duration interval) {}
}
