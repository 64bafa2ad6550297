package io.pileus.firehose;

import io.pileus.core.identity.Arn;
import io.pileus.core.port.StreamReader;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Reads a data stream for a delivery stream: from the delivery stream's creation on, each shard in order, children after their
 * parents. It is woken when records arrive and reads on the worker pool, one reading at a time.
 */
final class KinesisSource {
    private static final int BATCH = 1000;

    private final StreamReader reader;
    private final Arn stream;
    private final Instant startAt;
    private final Executor workers;
    private final Consumer<List<StreamReader.Record>> sink;
    private final AtomicBoolean scheduled = new AtomicBoolean();
    private final Map<String, StreamReader.Position> positions = new HashMap<>();
    private final Set<String> finished = new HashSet<>();
    private final StreamReader.Registration registration;
    private volatile boolean closed;

    KinesisSource(
            StreamReader reader,
            Arn stream,
            SavedDeliveryStream.Reading reading,
            Executor workers,
            Consumer<List<StreamReader.Record>> sink) {
        this.reader = reader;
        this.stream = stream;
        this.startAt = reading.startAt();
        this.workers = workers;
        this.sink = sink;
        positions.putAll(reading.positions());
        finished.addAll(reading.finished());
        this.registration = reader.onRecords(stream, this::wake);
    }

    /** Passes over the shards that are closed by now: their records arrived before the delivery stream was created. */
    void skipClosedShards() {
        reader.shards(stream).orElse(List.of()).stream()
                .filter(StreamReader.Shard::closed)
                .forEach(shard -> finished.add(shard.shardId()));
    }

    /** How far it has read, and what the action tells about what it has read: nothing is read in between. */
    synchronized <T> T whileResting(Function<SavedDeliveryStream.Reading, T> action) {
        return action.apply(
                new SavedDeliveryStream.Reading(startAt, new TreeMap<>(positions), new TreeSet<>(finished)));
    }

    /** Reads soon, if it is not about to. */
    void wake() {
        if (!closed && scheduled.compareAndSet(false, true)) {
            workers.execute(this::readAll);
        }
    }

    /** Reads everything there is. */
    synchronized void readAll() {
        scheduled.set(false);
        boolean more = !closed;
        while (more) {
            more = false;
            for (StreamReader.Shard shard : reader.shards(stream).orElse(List.of())) {
                if (!finished.contains(shard.shardId()) && isDone(shard.parents())) {
                    more |= readShard(shard);
                }
            }
        }
    }

    private boolean isDone(List<String> parents) {
        return parents.stream()
                .allMatch(parent -> finished.contains(parent)
                        || reader.shards(stream).orElse(List.of()).stream()
                                .noneMatch(shard -> shard.shardId().equals(parent)));
    }

    /** Reads one batch; answers whether there may be more, of this shard or of its children. */
    private boolean readShard(StreamReader.Shard shard) {
        StreamReader.Position from =
                positions.computeIfAbsent(shard.shardId(), id -> new StreamReader.AtTimestamp(startAt));
        return switch (reader.read(stream, shard.shardId(), from, BATCH)) {
            case StreamReader.NoSuchShard gone -> finished.add(shard.shardId());
            case StreamReader.Batch batch -> {
                positions.put(shard.shardId(), batch.next());
                if (!batch.records().isEmpty()) {
                    sink.accept(batch.records());
                }
                if (batch.endOfShard()) {
                    finished.add(shard.shardId());
                }
                yield batch.endOfShard() || !batch.records().isEmpty();
            }
        };
    }

    void close() {
        closed = true;
        registration.cancel();
    }
}
