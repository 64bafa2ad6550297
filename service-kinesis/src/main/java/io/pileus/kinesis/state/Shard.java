package io.pileus.kinesis.state;

import io.pileus.kinesis.state.SavedStream.SavedShard;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A shard: a part of the key space with its records. It is born open, by CreateStream, a split or a merge; a split or merge
 * closes it, and then it takes no more records. Guarded by its stream's lock; what is final may be read without.
 */
public final class Shard {
    private final int index;
    private final String shardId;
    private final HashKeyRange range;
    private final List<String> parents;
    private final long epoch;
    private final long createdMillis;
    private final RecordLog log;
    private final ThroughputBucket writes = ThroughputBucket.forWrites();
    private final ThroughputBucket reads = ThroughputBucket.forReads();
    private @Nullable Instant closedAt;
    private @Nullable SequenceNumber ending;

    Shard(int index, HashKeyRange range, List<Shard> parents, Instant now) {
        this.index = index;
        this.shardId = id(index);
        this.range = range;
        this.parents = parents.stream().map(Shard::shardId).toList();
        this.createdMillis = now.toEpochMilli();
        this.log = new RecordLog(this);
        long epochMin = parents.stream().mapToLong(p -> p.epoch + 1).max().orElse(0);
        this.epoch = Math.max(epochMin, Math.max(0, now.getEpochSecond()));
    }

    /** A shard that was saved; its records follow. */
    Shard(SavedShard saved) {
        this.index = saved.index();
        this.shardId = id(index);
        this.range = saved.range();
        this.parents = List.copyOf(saved.parents());
        this.epoch = saved.epoch();
        this.createdMillis = saved.createdMillis();
        this.log = new RecordLog(this, saved.firstPlace());
        this.closedAt = saved.closedAt();
        this.ending = saved.ending();
    }

    SavedShard saved() {
        return new SavedShard(index, range, parents, epoch, createdMillis, log.first(), log.end(), closedAt, ending);
    }

    /** The number in the shard's id. */
    public int index() {
        return index;
    }

    public String shardId() {
        return shardId;
    }

    static String id(int index) {
        return String.format(Locale.ROOT, "shardId-%012d", index);
    }

    /** The number in an id; empty when the text is none. */
    static Optional<Integer> indexOf(String shardId) {
        String digits = shardId.startsWith("shardId-") ? shardId.substring(8) : "";
        if (digits.length() != 12 || !digits.chars().allMatch(c -> c >= '0' && c <= '9')) {
            return Optional.empty();
        }
        long index = Long.parseLong(digits);
        return index > Integer.MAX_VALUE ? Optional.empty() : Optional.of((int) index);
    }

    public HashKeyRange range() {
        return range;
    }

    /** The ids of the shards it was split from or merged of: none, one or two. They may have been forgotten meanwhile. */
    public List<String> parents() {
        return parents;
    }

    public long createdMillis() {
        return createdMillis;
    }

    public boolean isOpen() {
        return closedAt == null;
    }

    /** When it was closed; empty while it is open. */
    public Optional<Instant> closedAt() {
        return Optional.ofNullable(closedAt);
    }

    public SequenceNumber startingSequenceNumber() {
        return new SequenceNumber(epoch, 0, createdMillis, index);
    }

    /** Behind all its records; empty while it is open. */
    public Optional<SequenceNumber> endingSequenceNumber() {
        return Optional.ofNullable(ending);
    }

    SequenceNumber sequenceNumber(long place, long millis) {
        return new SequenceNumber(epoch, place, millis, index);
    }

    /** The sequence number that a reader at this place has got to: that of the record in front of it. */
    SequenceNumber continuation(long place) {
        return place <= 1
                ? startingSequenceNumber()
                : place - 1 >= log.first() && place <= log.end()
                        ? sequenceNumber(place - 1, log.arrivalMillis(place - 1))
                        : new SequenceNumber(epoch, place - 1, createdMillis, index);
    }

    /** Whether a sequence number belongs to this shard, given or not: a reader may remember more than a saved stream does. */
    public boolean isOf(SequenceNumber number) {
        return number.shardIndex() == index && number.epoch() == epoch;
    }

    /** Whether a sequence number was given by this shard (or is its beginning or end). */
    public boolean gave(SequenceNumber number) {
        return isOf(number) && (number.place() < log.end() || number.equals(ending));
    }

    RecordLog log() {
        return log;
    }

    ThroughputBucket writes() {
        return writes;
    }

    ThroughputBucket reads() {
        return reads;
    }

    /** Appends a record and tells its sequence number. */
    SequenceNumber append(NewRecord record, boolean encrypted, long nowMillis) {
        if (closedAt != null) {
            throw new IllegalStateException(shardId() + " is closed");
        }
        long arrival = Math.max(nowMillis, log.newestArrival());
        return sequenceNumber(log.append(record, encrypted, arrival), arrival);
    }

    void close(Instant now) {
        closedAt = now;
        ending = new SequenceNumber(epoch, SequenceNumber.END, now.toEpochMilli(), index);
    }

    @Override
    public String toString() {
        return shardId() + (closedAt == null ? " open " : " closed ") + range;
    }
}
