package io.pileus.cognito.idp;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;

/**
 * How often somebody has done something within the last hour, for the limits that AWS puts on codes and password changes.
 * AWS gives a range (5 to 20 an hour, by risk); this takes its upper end, and the documented 5 for password changes.
 * Guarded by its own lock; remembers a bounded number of people.
 *
 * @see <a href="https://docs.aws.amazon.com/cognito/latest/developerguide/quotas.html">Quotas in Amazon Cognito</a>
 */
public final class Attempts {
    static final int CODES_PER_HOUR = 20;
    static final int PASSWORD_CHANGES_PER_HOUR = 5;
    private static final Duration WINDOW = Duration.ofHours(1);
    private static final int KEPT = 100_000;

    private final ReentrantLock lock = new ReentrantLock();
    private final Map<String, ArrayDeque<Instant>> byKey = new LinkedHashMap<>();

    /** Whether the limit has been reached. */
    public boolean exhausted(String key, int max, Instant now) {
        lock.lock();
        try {
            ArrayDeque<Instant> times = byKey.get(key);
            if (times == null) {
                return false;
            }
            while (!times.isEmpty() && !times.peekFirst().plus(WINDOW).isAfter(now)) {
                times.removeFirst();
            }
            return times.size() >= max;
        } finally {
            lock.unlock();
        }
    }

    public void count(String key, Instant now) {
        lock.lock();
        try {
            if (byKey.size() >= KEPT && !byKey.containsKey(key)) {
                Iterator<String> oldest = byKey.keySet().iterator();
                oldest.next();
                oldest.remove();
            }
            ArrayDeque<Instant> times = byKey.computeIfAbsent(key, k -> new ArrayDeque<>());
            times.addLast(now);
            if (times.size() > CODES_PER_HOUR) {
                times.removeFirst();
            }
        } finally {
            lock.unlock();
        }
    }

    public void clear(String key) {
        lock.lock();
        try {
            byKey.remove(key);
        } finally {
            lock.unlock();
        }
    }
}
