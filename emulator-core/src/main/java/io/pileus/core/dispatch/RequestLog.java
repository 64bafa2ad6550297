package io.pileus.core.dispatch;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/** The last requests, as what they were and what became of them; no bodies, no secrets. Safe for concurrent use. */
public final class RequestLog {

    /**
     * One request that has been answered.
     *
     * @param number counts the requests since the start
     * @param service the service's name as users know it; empty when none was found
     * @param operation the operation's name, or method and path where there is none
     * @param account empty when the request did not come so far
     * @param errorCode the code of the error answered with; empty for a success
     * @param notEmulated what the request asked for and the emulator does not do; empty for most
     */
    public record Entry(
            long number,
            Instant time,
            String requestId,
            String service,
            String operation,
            String account,
            String region,
            int status,
            Duration latency,
            String errorCode,
            String errorMessage,
            String notEmulated) {}

    private final AtomicReferenceArray<@Nullable Entry> ring;
    private final AtomicLong count = new AtomicLong();

    /** @param size how many requests are remembered */
    public RequestLog(int size) {
        ring = new AtomicReferenceArray<>(size);
    }

    long nextNumber() {
        return count.getAndIncrement();
    }

    void add(Entry entry) {
        ring.set((int) (entry.number() % ring.length()), entry);
    }

    /** The remembered requests, the newest first. */
    public List<Entry> newestFirst() {
        List<Entry> entries = new ArrayList<>();
        long newest = count.get() - 1;
        for (long number = newest; number >= 0 && number > newest - ring.length(); number--) {
            Entry entry = ring.get((int) (number % ring.length()));
            if (entry != null && entry.number() <= newest) {
                entries.add(entry);
            }
        }
        return entries;
    }

    /** How many requests were answered since the start. */
    public long count() {
        return count.get();
    }

    public void clear() {
        for (int i = 0; i < ring.length(); i++) {
            ring.set(i, null);
        }
    }
}
