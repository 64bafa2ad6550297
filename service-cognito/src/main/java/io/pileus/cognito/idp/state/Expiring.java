package io.pileus.cognito.idp.state;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;

/**
 * Things known by a secret name until they are taken or expire: challenge sessions, authorization codes, pending
 * sign-ins of the pages. Holds a bounded number; beyond it those that expire first go. Guarded by its own lock.
 */
public final class Expiring<T> {
    private record Entry<T>(String name, T value, Instant expiresAt) {}

    private final ReentrantLock lock = new ReentrantLock();
    private final Map<String, Entry<T>> entries = new HashMap<>();
    private final PriorityQueue<Entry<T>> byExpiry =
            new PriorityQueue<>((a, b) -> a.expiresAt().compareTo(b.expiresAt()));
    private final int max;

    public Expiring(int max) {
        this.max = max;
    }

    public void put(String name, T value, Instant expiresAt, Instant now) {
        lock.lock();
        try {
            while (!byExpiry.isEmpty()
                    && (entries.size() >= max
                            || byExpiry.peek().expiresAt().plusSeconds(3600).isBefore(now))) {
                Entry<T> oldest = byExpiry.poll();
                entries.remove(oldest.name(), oldest);
            }
            Entry<T> entry = new Entry<>(name, value, expiresAt);
            entries.put(name, entry);
            byExpiry.add(entry);
        } finally {
            lock.unlock();
        }
    }

    /** Puts it, unless something that has not expired has the name; whether it was put. */
    public boolean putIfAbsent(String name, T value, Instant expiresAt, Instant now) {
        lock.lock();
        try {
            boolean free = peek(name, now).isEmpty();
            if (free) {
                put(name, value, expiresAt, now);
            }
            return free;
        } finally {
            lock.unlock();
        }
    }

    /** What has this name and has not expired; it stays. */
    public Optional<T> peek(String name, Instant now) {
        lock.lock();
        try {
            Entry<T> entry = entries.get(name);
            return entry == null || !now.isBefore(entry.expiresAt()) ? Optional.empty() : Optional.of(entry.value());
        } finally {
            lock.unlock();
        }
    }

    /** What has this name and has not expired; it is gone afterwards. */
    public Optional<T> take(String name, Instant now) {
        lock.lock();
        try {
            Optional<T> value = peek(name, now);
            entries.remove(name);
            return value;
        } finally {
            lock.unlock();
        }
    }

    /** Everything by its name, expired things for as long as they are remembered. */
    public void forEach(Each<T> each) {
        List<Entry<T>> all;
        lock.lock();
        try {
            all = List.copyOf(entries.values());
        } finally {
            lock.unlock();
        }
        all.forEach(entry -> each.take(entry.name(), entry.value(), entry.expiresAt()));
    }

    /** Takes a thing. */
    @FunctionalInterface
    public interface Each<T> {
        void take(String name, T value, Instant expiresAt);
    }

    /** Forgets what fits. */
    public void removeIf(Predicate<T> test) {
        lock.lock();
        try {
            entries.values().removeIf(entry -> test.test(entry.value()));
            byExpiry.removeIf(entry -> test.test(entry.value()));
        } finally {
            lock.unlock();
        }
    }

    /** Whether the name is of something that was here and has expired (for an hour after). */
    public boolean expired(String name, Instant now) {
        lock.lock();
        try {
            Entry<T> entry = entries.get(name);
            return entry != null && !now.isBefore(entry.expiresAt());
        } finally {
            lock.unlock();
        }
    }
}
