package io.pileus.core.dispatch;

import io.pileus.core.http.HttpResponse;
import io.pileus.core.http.Payload;
import io.pileus.core.shape.Shape;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * The last requests, as what they were and what became of them. What went in and came out is kept too, as far as there is room
 * for it: not of bodies that are large, and of the newest requests first. Secrets are in there as they came; whoever shows
 * contents masks them. Safe for concurrent use.
 */
public final class RequestLog {

    /** The contents of a request are kept when neither body is larger. */
    public static final int BODY_BYTES_MAX = 64 * 1024;

    /**
     * The contents that are kept take so many bytes on the wire, and about as many again as objects. They must fit into the
     * small space where the collector holds what is young: else all of it grows old there, and a full collection must
     * fetch it, under load as much again as the records of a stream.
     */
    public static final long CONTENTS_BYTES_MAX = 1024 * 1024;

    /** What a request takes beside its bodies, roughly. */
    private static final int OVERHEAD_BYTES = 256;

    /**
     * One request that has been answered.
     *
     * @param number counts the requests since the start
     * @param service the service's name as users know it; empty when none was found
     * @param operation the operation's name, or method and path where there is none
     * @param account empty when the request did not come so far
     * @param errorCode the code of the error answered with; empty for a success
     * @param notEmulated what the request asked for and the emulator does not do; empty for most
     * @param fault whether a fault that was set decided what became of it
     * @param contents what went in and came out; empty when it is not kept
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
            String notEmulated,
            boolean fault,
            Optional<Contents> contents) {

        private Entry with(@Nullable Contents kept) {
            return kept == null
                    ? this
                    : new Entry(
                            number,
                            time,
                            requestId,
                            service,
                            operation,
                            account,
                            region,
                            status,
                            latency,
                            errorCode,
                            errorMessage,
                            notEmulated,
                            fault,
                            Optional.of(kept));
        }
    }

    /**
     * What went in and came out of an operation.
     *
     * @param input the input, whichever protocol brought it
     * @param output the output; empty when there was an error
     * @param bytes the size of both bodies
     */
    public record Contents(Shape input, Optional<Shape> output, long bytes) {}

    /** A request, and its contents for as long as there is room for them. */
    private static final class Kept extends AtomicReference<@Nullable Contents> {
        private final Entry entry;

        Kept(Entry entry, @Nullable Contents contents) {
            super(contents);
            this.entry = entry;
        }

        Entry entry() {
            return entry.with(get());
        }

        /** Lets the contents go, and answers how many bytes they were. */
        long forget() {
            return bytes(getAndSet(null));
        }
    }

    private final AtomicReferenceArray<@Nullable Kept> ring;
    private final AtomicLong count = new AtomicLong();
    private final AtomicLong contentsBytes = new AtomicLong();

    /** All requests before this one have no contents any longer. */
    private final AtomicLong firstWithContents = new AtomicLong();

    private final long contentsBytesMax;

    /** @param size how many requests are remembered */
    public RequestLog(int size) {
        this(size, CONTENTS_BYTES_MAX);
    }

    /** @param contentsBytesMax how many bytes of contents are kept; 0 for none */
    public RequestLog(int size, long contentsBytesMax) {
        this.ring = new AtomicReferenceArray<>(size);
        this.contentsBytesMax = contentsBytesMax;
    }

    long nextNumber() {
        return count.getAndIncrement();
    }

    /** What is to be kept of a request's contents. */
    @Nullable
    Contents contents(Exchange exchange, HttpResponse.Body body) {
        Shape input = exchange.input;
        if (input == null || contentsBytesMax == 0) {
            return null;
        }
        if (!(exchange.request.body() instanceof Payload.InMemory in)
                || !(body instanceof HttpResponse.Complete complete)
                || !(complete.payload() instanceof Payload.InMemory out)
                || in.size() > BODY_BYTES_MAX
                || out.size() > BODY_BYTES_MAX) {
            return null;
        }
        return new Contents(input, Optional.ofNullable(exchange.output), in.size() + out.size() + OVERHEAD_BYTES);
    }

    void add(Entry entry, @Nullable Contents contents) {
        Kept before = ring.getAndSet(slot(entry.number()), new Kept(entry, contents));
        long kept = contentsBytes.addAndGet(bytes(contents) - (before == null ? 0 : before.forget()));
        while (kept > contentsBytesMax) {
            long oldest = firstWithContents.getAndUpdate(number -> number < count.get() ? number + 1 : number);
            if (oldest >= count.get()) {
                return;
            }
            kept = forgetContents(oldest);
        }
    }

    private long forgetContents(long number) {
        Kept kept = ring.get(slot(number));
        return kept != null && kept.entry.number() == number
                ? contentsBytes.addAndGet(-kept.forget())
                : contentsBytes.get();
    }

    private int slot(long number) {
        return (int) (number % ring.length());
    }

    private static long bytes(@Nullable Contents contents) {
        return contents == null ? 0 : contents.bytes();
    }

    /** The remembered requests, the newest first. */
    public List<Entry> newestFirst() {
        List<Entry> entries = new ArrayList<>();
        long newest = count.get() - 1;
        for (long number = newest; number >= 0 && number > newest - ring.length(); number--) {
            Kept kept = ring.get(slot(number));
            if (kept != null && kept.entry.number() <= newest) {
                entries.add(kept.entry());
            }
        }
        return entries;
    }

    /** The request of this number, if it is still remembered. */
    public Optional<Entry> find(long number) {
        return number < 0
                ? Optional.empty()
                : Optional.ofNullable(ring.get(slot(number)))
                        .filter(kept -> kept.entry.number() == number)
                        .map(Kept::entry);
    }

    /** How many requests were answered since the start. */
    public long count() {
        return count.get();
    }

    public void clear() {
        for (int i = 0; i < ring.length(); i++) {
            Kept kept = ring.getAndSet(i, null);
            if (kept != null) {
                contentsBytes.addAndGet(-kept.forget());
            }
        }
    }
}
