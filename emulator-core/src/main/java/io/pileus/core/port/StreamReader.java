package io.pileus.core.port;

import io.pileus.core.identity.Arn;
import io.pileus.core.shape.Blob;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The records of data streams, for event source mappings and delivery streams. A reader owns its positions and its loop:
 * it reads until a batch is empty, then waits to be woken. Answers at once; safe for concurrent use.
 *
 * <p>A stream is named by its ARN, or by the ARN of one of its consumers ({@code …:stream/name/consumer/app:123}).
 */
public interface StreamReader {

    /** The stream's shards, oldest first: open ones, and closed ones whose records have not all expired; or no such stream or consumer. */
    Optional<List<Shard>> shards(Arn stream);

    /** For how long the stream keeps a record; or no such stream. */
    Optional<Duration> retention(Arn stream);

    /**
     * Reads records in the shard's order.
     *
     * @param recordsMax the most records of the batch, at least 1; a batch holds at most 10 MB of data besides its first record
     */
    Read read(Arn stream, String shardId, Position from, int recordsMax);

    /**
     * Has a task run after each append to any of the stream's shards, and after each change of its shards (split, merge,
     * deletion of the stream). The task runs on the writer's thread, outside all locks, and must only note or schedule;
     * what was there before the registration does not run it. Does nothing when there is no such stream.
     *
     * @return takes the task back
     */
    Registration onRecords(Arn stream, Runnable task);

    /** A registered task. */
    @FunctionalInterface
    interface Registration {
        void cancel();
    }

    /**
     * A shard.
     *
     * @param parents the shards it was split or merged from, none, one or two; read them to their end before it
     * @param closed whether it takes no more records
     */
    record Shard(String shardId, List<String> parents, boolean closed) {
        public Shard {
            parents = List.copyOf(parents);
        }
    }

    /** Where to read from. */
    sealed interface Position {}

    /** The oldest record that has not expired. */
    record TrimHorizon() implements Position {}

    /** Behind the newest record there is: only what is written after this read; go on with {@link Batch#next}. */
    record Latest() implements Position {}

    /** The first record that arrived at the instant or later. */
    record AtTimestamp(Instant timestamp) implements Position {}

    /** Behind the record with this sequence number. */
    record AfterSequenceNumber(String sequenceNumber) implements Position {}

    /** What a read gave. */
    sealed interface Read {}

    /**
     * Records in order; none when the reader has caught up.
     *
     * @param next where to go on; also right after an empty batch
     * @param endOfShard whether the shard is closed and this batch reaches its end: go on with its children
     * @param millisBehindLatest how far the batch's end is behind the newest record; 0 when caught up
     */
    record Batch(List<Record> records, Position next, boolean endOfShard, long millisBehindLatest) implements Read {
        public Batch {
            records = List.copyOf(records);
        }
    }

    /** The stream or the shard does not exist. */
    record NoSuchShard() implements Read {}

    /**
     * A record.
     *
     * @param encryptionType {@code NONE} or {@code KMS}
     */
    record Record(
            String sequenceNumber,
            String partitionKey,
            Blob data,
            Instant approximateArrivalTimestamp,
            String encryptionType) {}
}
