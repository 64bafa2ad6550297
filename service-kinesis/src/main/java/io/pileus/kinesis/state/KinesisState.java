package io.pileus.kinesis.state;

import io.pileus.core.service.Scopes.Scope;
import io.pileus.core.state.StateSink;
import io.pileus.core.state.StateSource;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The streams of one account in one region, by name, and the account's settings. Guarded by its own monitor. */
public final class KinesisState {
    private final Scope scope;
    private final TreeMap<String, Stream> streams = new TreeMap<>();
    private @Nullable Commitment commitment;

    /** The minimum-throughput billing commitment: since when, and until when if it was given up. */
    public record Commitment(Instant startedAt, @Nullable Instant endedAt) {
        public boolean holdsAt(Instant now) {
            return endedAt == null || now.isBefore(endedAt);
        }
    }

    public KinesisState(Scope scope) {
        this.scope = scope;
    }

    /**
     * Adds a stream.
     *
     * @param make makes it, given the streams there are; may refuse by throwing
     */
    public Stream create(String name, Instant now, Runnable onExisting, Function<List<Stream>, Stream> make) {
        List<Stream> ended;
        Stream stream;
        synchronized (this) {
            ended = forgetDeleted(now);
            if (streams.containsKey(name)) {
                onExisting.run();
            }
            stream = make.apply(List.copyOf(streams.values()));
            streams.put(name, stream);
        }
        ended.forEach(Stream::end);
        return stream;
    }

    public Optional<Stream> find(String name, Instant now) {
        Stream stream;
        synchronized (this) {
            stream = streams.get(name);
            if (stream == null) {
                return Optional.empty();
            }
            if (!stream.isGone(now)) {
                return Optional.of(stream);
            }
            streams.remove(name);
        }
        stream.end();
        return Optional.empty();
    }

    /** The streams in the order of their names. */
    public List<Stream> streams(Instant now) {
        List<Stream> ended;
        List<Stream> left;
        synchronized (this) {
            ended = forgetDeleted(now);
            left = List.copyOf(streams.values());
        }
        ended.forEach(Stream::end);
        return left;
    }

    /** Forgets everything. */
    public void clear() {
        List<Stream> ended;
        synchronized (this) {
            ended = List.copyOf(streams.values());
            streams.clear();
            commitment = null;
        }
        ended.forEach(Stream::end);
    }

    private List<Stream> forgetDeleted(Instant now) {
        List<Stream> ended = new ArrayList<>();
        streams.values().removeIf(stream -> stream.isGone(now) && ended.add(stream));
        return ended;
    }

    /** Tells everything that shall outlive the process. */
    public void save(StateSink sink) {
        List<Stream> present;
        Commitment agreed;
        synchronized (this) {
            present = List.copyOf(streams.values());
            agreed = commitment;
        }
        if (agreed != null) {
            sink.put(scope, "commitment", "", agreed);
        }
        present.forEach(stream -> stream.save(scope, sink));
    }

    /** Builds the states of all scopes from what was saved. */
    public static void load(StateSource source, Function<Scope, KinesisState> states) {
        record Loaded(Stream stream, SavedStream saved) {}
        List<Loaded> loaded = new ArrayList<>();
        source.each(
                "commitment",
                Commitment.class,
                (scope, id, saved) -> states.apply(scope).commitment(saved));
        source.each("stream", SavedStream.class, (scope, name, saved) -> {
            Stream stream = new Stream(
                    new Stream.Identity(scope.account(), scope.region(), name, saved.streamId(), saved.createdAt()),
                    saved);
            states.apply(scope).adopt(stream);
            loaded.add(new Loaded(stream, saved));
        });
        source.each("records", SavedStream.SavedSegment.class, (scope, id, saved) -> {
            String[] parts = id.split("/");
            states.apply(scope).named(parts[0]).ifPresent(stream -> stream.adopt(parts[1], new Segment(saved)));
        });
        loaded.forEach(each -> each.stream().resumeAt(each.saved()));
    }

    private synchronized void adopt(Stream stream) {
        streams.put(stream.name(), stream);
    }

    private synchronized Optional<Stream> named(String name) {
        return Optional.ofNullable(streams.get(name));
    }

    public synchronized Optional<Commitment> commitment() {
        return Optional.ofNullable(commitment);
    }

    /** Whether on-demand streams may have a warm throughput, and more consumers. */
    public boolean isCommittedAt(Instant now) {
        return commitment().filter(agreed -> agreed.holdsAt(now)).isPresent();
    }

    public synchronized void commitment(Commitment newCommitment) {
        this.commitment = newCommitment;
    }
}
