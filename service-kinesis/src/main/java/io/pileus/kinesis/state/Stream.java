package io.pileus.kinesis.state;

import io.pileus.core.identity.AccountId;
import io.pileus.core.identity.Arn;
import io.pileus.core.identity.Region;
import io.pileus.core.service.Scopes.Scope;
import io.pileus.core.state.StateSink;
import io.pileus.kinesis.model.StreamMode;
import io.pileus.kinesis.model.StreamStatus;
import io.pileus.kinesis.state.SavedStream.SegmentStamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A stream: its shards and its settings, behind one lock. Its open shards always cover the whole key space, each key once.
 *
 * <p>CREATING → ACTIVE ↔ UPDATING, and from any of these DELETING → gone. Operations cause them, and the end of each is an instant
 * on the emulator's clock; by default it is the operation's own, so that only ACTIVE is ever seen. What an operation changes takes
 * effect at once; the status tells that AWS would be still at it.
 *
 * <p>{@link #onChange} tasks run after the lock is released.
 */
public final class Stream {
    private final Identity identity;
    private final StreamSettings settings = new StreamSettings();
    private final ReentrantLock lock = new ReentrantLock();
    private final KeySpace keySpace;
    private final PartitionKeys partitionKeys = new PartitionKeys();
    private final OnDemandCapacity onDemand = new OnDemandCapacity();
    private final TreeMap<String, Consumer> consumers = new TreeMap<>();
    private final List<Runnable> watchers = new CopyOnWriteArrayList<>();
    private volatile Passing passing;
    private volatile boolean gone;

    /** What a stream is called and where it lives. */
    public record Identity(AccountId account, Region region, String name, String streamId, Instant createdAt) {
        public Arn arn() {
            return Arn.of("kinesis", region, account, "stream/" + name);
        }
    }

    /** A status that is shown until an instant, and after it ACTIVE; a deletion ends the stream. Read without the lock. */
    private record Passing(StreamStatus status, Instant until) {
        boolean hasEnded(Instant now) {
            return !now.isBefore(until);
        }
    }

    /** A new stream with shards of equal size that is CREATING until the instant. */
    public Stream(Identity identity, int shardCount, Instant createdUntil) {
        this.identity = identity;
        this.passing = new Passing(StreamStatus.CREATING, createdUntil);
        this.keySpace = new KeySpace(shardCount, identity.createdAt());
    }

    /** A stream that was saved; its records follow by {@link #adopt}. */
    Stream(Identity identity, SavedStream saved) {
        this.identity = identity;
        this.keySpace = new KeySpace(saved);
        this.passing = new Passing(saved.passing(), saved.passingUntil());
        settings.restore(saved.settings());
        onDemand.restore(saved.onDemandPeaks());
        saved.consumers().forEach(each -> consumers.put(each.name(), new Consumer(each, this)));
    }

    /** Tells the stream, and each segment of its records that has grown since. */
    void save(Scope scope, StateSink sink) {
        record Told(String id, Segment segment, SegmentStamp stamp) {}
        List<Told> told = new ArrayList<>();
        SavedStream saved = locked(() -> {
            for (Shard shard : keySpace.all()) {
                for (Segment segment : shard.log().segments()) {
                    String id = "%s/%s/%019d".formatted(name(), shard.shardId(), segment.first());
                    told.add(new Told(id, segment, new SegmentStamp(identity.streamId(), segment.end())));
                }
            }
            return saved();
        });
        sink.put(scope, "stream", name(), saved);
        for (Told each : told) {
            sink.put(scope, "records", each.id(), each.stamp(), () -> locked(each.segment()::saved));
        }
    }

    private SavedStream saved() {
        return new SavedStream(
                identity.streamId(),
                identity.createdAt(),
                keySpace.nextIndex(),
                passing.status,
                passing.until,
                settings.saved(),
                keySpace.all().stream().map(Shard::saved).toList(),
                consumers.values().stream().map(Consumer::saved).toList(),
                onDemand.saved());
    }

    /** Takes records of a shard that were saved; in the order of their places. */
    void adopt(String shardId, Segment segment) {
        locked(() -> {
            keySpace.find(shardId).ifPresent(shard -> shard.log().adopt(segment));
            return segment;
        });
    }

    /** All records have been adopted. */
    void resumeAt(SavedStream saved) {
        locked(() -> {
            saved.shards()
                    .forEach(each -> keySpace.find(Shard.id(each.index()))
                            .map(Shard::log)
                            .ifPresent(log -> log.resumeAt(Math.max(each.nextPlace(), log.end()))));
            return saved;
        });
    }

    public String name() {
        return identity.name();
    }

    public Arn arn() {
        return identity.arn();
    }

    public AccountId account() {
        return identity.account();
    }

    public Identity identity() {
        return identity;
    }

    // ---- status -------------------------------------------------------------------------------------------------

    public StreamStatus status(Instant now) {
        Passing seen = passing;
        return seen.hasEnded(now) && seen.status != StreamStatus.DELETING ? StreamStatus.ACTIVE : seen.status;
    }

    /** Whether its deletion is complete. */
    public boolean isGone(Instant now) {
        Passing seen = passing;
        return gone || seen.status == StreamStatus.DELETING && seen.hasEnded(now);
    }

    /** Shows a status for a while: UPDATING or DELETING. */
    public void pass(StreamStatus status, Instant until) {
        passing = new Passing(status, until);
        changed();
    }

    /** @throws io.pileus.kinesis.model.ResourceInUseException unless it is ACTIVE */
    public void requireActive(Instant now) {
        StreamStatus status = status(now);
        if (status != StreamStatus.ACTIVE) {
            throw KinesisErrors.notActive(this, status);
        }
    }

    /** It does not exist any more: wakes readers, who find that out. */
    public void end() {
        gone = true;
        changed();
    }

    public boolean hasEnded() {
        return gone;
    }

    /** Reads or changes the settings. */
    public <T> T settings(Function<StreamSettings, T> use) {
        return locked(() -> use.apply(settings));
    }

    /** The largest record that may be written; read without the lock. */
    public int maxRecordSizeKib() {
        return settings.maxRecordSizeKib();
    }

    /** The key that records are encrypted under; read without the lock. */
    public Optional<String> encryptionKeyId() {
        return settings.encryptionKeyId();
    }

    // ---- shards -------------------------------------------------------------------------------------------------

    /** All shards by index, without closed ones whose records have expired. */
    public List<Shard> shards(Instant now) {
        return locked(() -> {
            forgetExpiredShards(now);
            return keySpace.all();
        });
    }

    /** The open shards in the order of their ranges. */
    public List<Shard> openShards() {
        return locked(keySpace::open);
    }

    public int openShardCount() {
        return locked(keySpace::openCount);
    }

    public Optional<Shard> shard(String shardId, Instant now) {
        return locked(() -> {
            forgetExpiredShards(now);
            return keySpace.find(shardId);
        });
    }

    /** Shards that were split or merged from this one. */
    public List<Shard> children(Shard shard) {
        return locked(() -> keySpace.childrenOf(shard));
    }

    /** Splits an open shard in two at the key, which begins the second part. */
    public void split(Shard shard, HashKey newStart, Instant now) {
        locked(() -> {
            if (!shard.isOpen()) {
                throw KinesisErrors.alreadyResharded(shard, this);
            }
            HashKeyRange range = shard.range();
            if (newStart.compareTo(range.start()) <= 0
                    || newStart.equals(range.start().next())
                    || newStart.compareTo(range.end()) >= 0) {
                throw KinesisErrors.badSplit(shard, newStart, this);
            }
            keySpace.split(shard, newStart, now);
            return shard;
        });
        changed();
    }

    /** Merges two open shards whose ranges meet, in any order. */
    public void merge(Shard shard, Shard adjacent, Instant now) {
        locked(() -> {
            for (Shard each : List.of(shard, adjacent)) {
                if (!each.isOpen()) {
                    throw KinesisErrors.alreadyResharded(each, this);
                }
            }
            if (!shard.range().meets(adjacent.range()) && !adjacent.range().meets(shard.range())) {
                throw KinesisErrors.notAdjacent(shard, adjacent, this);
            }
            keySpace.merge(shard, adjacent, now);
            return shard;
        });
        changed();
    }

    /** Splits and merges until the key space is divided in equal parts. */
    public void rescale(int count, Instant now) {
        locked(() -> {
            keySpace.makeUniform(count, now);
            return count;
        });
        changed();
    }

    private void forgetExpiredShards(Instant now) {
        keySpace.forgetClosedBefore(now.minus(settings.retention()));
    }

    // ---- on-demand mode -----------------------------------------------------------------------------------------

    /** It has come under on-demand mode with the shards it has. */
    public void beginOnDemand(Instant now) {
        locked(() -> {
            onDemand.begin(keySpace.openCount(), now);
            return now;
        });
    }

    /** Makes shards for a throughput that is to come, or gives up those that are not needed any more. */
    public void warmUp(int mibps, Instant now) {
        locked(() -> {
            settings.warmThroughputMibps(mibps);
            fitOnDemand(now);
            return now;
        });
        changed();
    }

    private void fitOnDemand(Instant now) {
        int shardsMax = RegionQuotas.of(identity.region()).onDemandShards();
        int open = keySpace.openCount();
        keySpace.resize(onDemand.shardsFor(open, settings.warmThroughputMibps(), shardsMax, now), now);
    }

    // ---- records ------------------------------------------------------------------------------------------------

    /** What became of a record: its place, or that its shard takes no more this second. */
    public sealed interface Put {}

    public record Written(String shardId, String sequenceNumber) implements Put {}

    public record Throttled(String shardId) implements Put {}

    public PartitionKeys partitionKeys() {
        return partitionKeys;
    }

    /** Where a record was put; without a sequence number if its shard took no more. */
    private record Place(Shard shard, @Nullable SequenceNumber number) {}

    /** Writes records in order; each stands for itself. */
    public List<Put> put(List<NewRecord> records, boolean enforceQuotas, Instant now) {
        List<Place> places = locked(() -> append(records, enforceQuotas, now));
        changed();
        List<Put> results = new ArrayList<>(places.size());
        Map<Shard, SequenceDigits> digits = new IdentityHashMap<>();
        for (Place place : places) {
            String shardId = place.shard.shardId();
            results.add(
                    place.number == null
                            ? new Throttled(shardId)
                            : new Written(
                                    shardId,
                                    digits.computeIfAbsent(place.shard, shard -> new SequenceDigits())
                                            .of(place.number)));
        }
        return results;
    }

    private List<Place> append(List<NewRecord> records, boolean enforceQuotas, Instant now) {
        long nowMillis = now.toEpochMilli();
        boolean encrypted = settings.encryptionKeyId().isPresent();
        long oldest = nowMillis - settings.retention().toMillis();
        List<Place> places = new ArrayList<>(records.size());
        long bytes = 0;
        int written = 0;
        for (NewRecord record : records) {
            Shard shard = keySpace.holder(record.hashKey());
            if (enforceQuotas && !shard.writes().take(nowMillis, record.size())) {
                places.add(new Place(shard, null));
                continue;
            }
            shard.log().trim(oldest);
            places.add(new Place(shard, shard.append(record, encrypted, nowMillis)));
            bytes += record.size();
            written++;
        }
        if (settings.mode() == StreamMode.ON_DEMAND) {
            onDemand.add(bytes, written, now);
            fitOnDemand(now);
        }
        return places;
    }

    /**
     * Records of a shard.
     *
     * @param next the place to go on at
     * @param continuation the sequence number to go on behind
     * @param endOfShard whether the shard is closed and this reaches its end
     * @param millisBehindLatest how old the newest record read is, unless it is the shard's newest: then 0
     * @param children the shards to go on with at the end of the shard; else empty
     */
    public record Read(
            List<StoredRecord> records,
            long next,
            SequenceNumber continuation,
            boolean endOfShard,
            long millisBehindLatest,
            List<Shard> children) {}

    public Read read(Shard shard, long place, int countMax, long bytesMax, Instant now) {
        return locked(() -> {
            RecordLog log = shard.log();
            log.trim(now.minus(settings.retention()).toEpochMilli());
            List<StoredRecord> records = log.read(place, countMax, bytesMax);
            long next = records.isEmpty()
                    ? Math.max(Math.min(place, log.end()), log.first())
                    : records.getLast().place() + 1;
            boolean caughtUp = next >= log.end();
            long behind = caughtUp ? 0 : Math.max(0, now.toEpochMilli() - log.arrivalMillis(next));
            boolean ended = caughtUp && !shard.isOpen();
            return new Read(
                    records,
                    next,
                    shard.continuation(next),
                    ended,
                    behind,
                    ended ? keySpace.childrenOf(shard) : List.of());
        });
    }

    /** Takes a call and its bytes out of what the shard serves in a second; false when it is used up. */
    public boolean takeRead(Shard shard, Instant now) {
        return locked(() -> shard.reads().take(now.toEpochMilli(), 0));
    }

    public void addReadBytes(Shard shard, long bytes) {
        locked(() -> {
            shard.reads().addBytes(bytes);
            return bytes;
        });
    }

    /** The place of the oldest record that has not expired. */
    public long trimHorizon(Shard shard, Instant now) {
        return locked(() -> {
            shard.log().trim(now.minus(settings.retention()).toEpochMilli());
            return shard.log().first();
        });
    }

    /** The place that the next record will take. */
    public long latest(Shard shard) {
        return locked(() -> shard.log().end());
    }

    /** The place of the first record that arrived at the instant or later. */
    public long placeAt(Shard shard, Instant timestamp) {
        return locked(() -> shard.log().placeAt(timestamp.toEpochMilli()));
    }

    /** Whether the shard gave this sequence number. */
    public boolean gave(Shard shard, SequenceNumber number) {
        return locked(() -> shard.gave(number));
    }

    // ---- consumers ----------------------------------------------------------------------------------------------

    /** Adds a consumer unless there are as many as may be; false when there are. */
    public boolean register(Consumer consumer, int consumersMax) {
        return locked(() -> {
            if (consumers.containsKey(consumer.name())) {
                throw KinesisErrors.consumerExists(consumer.name(), this);
            }
            if (consumers.size() >= consumersMax) {
                return false;
            }
            consumers.put(consumer.name(), consumer);
            return true;
        });
    }

    /** The consumers by name, without those whose deletion is complete. */
    public List<Consumer> consumers(Instant now) {
        return locked(() -> {
            consumers.values().removeIf(consumer -> consumer.isGone(now));
            return List.copyOf(consumers.values());
        });
    }

    public Optional<Consumer> consumer(String consumerName, Instant now) {
        return consumers(now).stream()
                .filter(consumer -> consumer.name().equals(consumerName))
                .findFirst();
    }

    // ---- waking -------------------------------------------------------------------------------------------------

    /** Has a task run after each change, on the thread that made it. */
    public Runnable onChange(Runnable task) {
        Runnable own = task::run;
        watchers.add(own);
        return () -> watchers.remove(own);
    }

    private void changed() {
        for (Runnable watcher : watchers) {
            watcher.run();
        }
    }

    private <T extends @Nullable Object> T locked(Supplier<T> action) {
        lock.lock();
        try {
            return action.get();
        } finally {
            lock.unlock();
        }
    }
}
