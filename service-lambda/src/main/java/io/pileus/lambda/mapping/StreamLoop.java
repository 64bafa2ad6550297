package io.pileus.lambda.mapping;

import io.pileus.core.port.StreamReader;
import io.pileus.lambda.model.EventSourceMappingConfiguration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * Reads the shards of a data stream, children after their parents, and invokes the function with batches of their records.
 * The stream wakes it. Only tasks of the mailbox touch the state.
 */
final class StreamLoop implements Mapping.Loop {
    private static final String NOTHING_YET = "No records processed";
    private static final String OK = "OK";
    private static final String FAILED = "PROBLEM: Function call failed";

    private final Surroundings surroundings;
    private final Mapping mapping;
    private final StreamReader streams;
    private final Mailbox mailbox;
    private final FailedBatches failedBatches;
    private final AtomicBoolean woken = new AtomicBoolean();

    /** What the state was after the last task; read by others. */
    private volatile Optional<SavedMapping.Progress> progress;

    private volatile String lastProcessingResult = NOTHING_YET;

    private boolean running;
    private boolean placed;
    private StreamReader.@Nullable Registration registration;

    /** Where to begin with the shards that were there when the mapping was first enabled. */
    private final Map<String, StreamReader.Position> beginnings = new HashMap<>();

    private final Map<String, ShardLoop> shards = new LinkedHashMap<>();
    private final Set<String> finished = new HashSet<>();

    /** @param loaded how far the mapping had come in an earlier life */
    StreamLoop(Surroundings surroundings, Mapping mapping, Optional<SavedMapping.Progress> loaded) {
        this.surroundings = surroundings;
        this.mapping = mapping;
        this.streams = surroundings.env().ports().find(StreamReader.class).orElseThrow();
        this.mailbox = new Mailbox(surroundings.env().workers());
        this.failedBatches = new FailedBatches(surroundings, mapping);
        this.progress = loaded;
        loaded.ifPresent(was -> {
            placed = true;
            beginnings.putAll(was.beginnings());
            finished.addAll(was.finished());
            was.shards().forEach((id, place) -> shards.put(id, new ShardLoop(this, id, place)));
            lastProcessingResult = was.lastProcessingResult();
        });
    }

    /** Where LATEST is gets noted before the caller is answered: what is written from then on is read. */
    @Override
    public void start() {
        Map<String, StreamReader.Position> ends = new HashMap<>();
        Set<String> passed = new HashSet<>();
        if (progress.isEmpty() && position().equals("LATEST")) {
            findEnds(ends, passed);
        }
        mailbox.post(() -> {
            if (!placed) {
                placed = true;
                beginnings.putAll(ends);
                finished.addAll(passed);
            }
            running = true;
            if (registration == null) {
                registration = streams.onRecords(mapping.source(), this::wake);
            }
            pump();
        });
    }

    @Override
    public Optional<SavedMapping.Progress> progress() {
        return progress;
    }

    private void noteProgress() {
        Map<String, SavedMapping.Place> places = new LinkedHashMap<>();
        shards.forEach((id, shard) -> places.put(id, shard.place()));
        progress = Optional.of(new SavedMapping.Progress(
                new TreeMap<>(beginnings), finished.stream().sorted().toList(), places, lastProcessingResult));
    }

    private String position() {
        return String.valueOf(mapping.configuration().startingPosition());
    }

    private void findEnds(Map<String, StreamReader.Position> ends, Set<String> passed) {
        for (StreamReader.Shard shard : streams.shards(mapping.source()).orElse(List.of())) {
            if (shard.closed()) {
                passed.add(shard.shardId());
            } else if (streams.read(mapping.source(), shard.shardId(), new StreamReader.Latest(), 1)
                    instanceof StreamReader.Batch batch) {
                ends.put(shard.shardId(), batch.next());
            }
        }
    }

    @Override
    public void stop() {
        mailbox.post(() -> {
            running = false;
            if (registration != null) {
                registration.cancel();
                registration = null;
            }
        });
    }

    @Override
    public Optional<String> lastProcessingResult() {
        return Optional.of(lastProcessingResult);
    }

    private void wake() {
        if (woken.compareAndSet(false, true)) {
            mailbox.post(this::pump);
        }
    }

    /** Reads and sends off what there is, until nothing moves. */
    private void pump() {
        woken.set(false);
        boolean more = running;
        while (more) {
            more = false;
            List<StreamReader.Shard> all = streams.shards(mapping.source()).orElse(List.of());
            for (StreamReader.Shard shard : all) {
                if (!finished.contains(shard.shardId()) && isDone(shard.parents(), all)) {
                    more |= advance(shard);
                }
            }
        }
        noteProgress();
    }

    private boolean isDone(List<String> parents, List<StreamReader.Shard> all) {
        return parents.stream()
                .allMatch(parent -> finished.contains(parent)
                        || all.stream().noneMatch(shard -> shard.shardId().equals(parent)));
    }

    /** Goes on with a shard; answers whether that may let another one begin. */
    private boolean advance(StreamReader.Shard shard) {
        ShardLoop loop = shards.computeIfAbsent(shard.shardId(), id -> new ShardLoop(this, id, beginning(id)));
        loop.advance();
        if (!loop.isFinished()) {
            return false;
        }
        finished.add(shard.shardId());
        shards.remove(shard.shardId());
        return true;
    }

    private StreamReader.Position beginning(String shardId) {
        EventSourceMappingConfiguration configuration = mapping.configuration();
        StreamReader.Position noted = beginnings.remove(shardId);
        if (noted != null) {
            return noted;
        }
        Instant timestamp = configuration.startingPositionTimestamp();
        return position().equals("AT_TIMESTAMP") && timestamp != null
                ? new StreamReader.AtTimestamp(timestamp)
                : new StreamReader.TrimHorizon();
    }

    // What the shards' loops need

    Surroundings surroundings() {
        return surroundings;
    }

    Mapping mapping() {
        return mapping;
    }

    StreamReader streams() {
        return streams;
    }

    FailedBatches failedBatches() {
        return failedBatches;
    }

    boolean isRunning() {
        return running;
    }

    /** Has the loop look at its shards again after a change; comes from any thread. */
    void post(Runnable change) {
        mailbox.post(() -> {
            change.run();
            pump();
        });
    }

    void pumpAt(Instant at) {
        surroundings.env().timers().at(at, this::wake);
    }

    void succeeded() {
        lastProcessingResult = OK;
    }

    void failed() {
        lastProcessingResult = FAILED;
    }
}
