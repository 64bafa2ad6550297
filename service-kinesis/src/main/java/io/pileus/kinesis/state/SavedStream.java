package io.pileus.kinesis.state;

import io.pileus.core.shape.Blob;
import io.pileus.kinesis.model.StreamMode;
import io.pileus.kinesis.model.StreamStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A stream as it is saved, but for its records.
 *
 * @param nextIndex the number of the next shard
 * @param passing the status it shows until the instant
 * @param onDemandPeaks the highest throughput of each day, as {@link OnDemandCapacity} has them
 */
record SavedStream(
        String streamId,
        Instant createdAt,
        int nextIndex,
        StreamStatus passing,
        Instant passingUntil,
        Settings settings,
        List<SavedShard> shards,
        List<SavedConsumer> consumers,
        NavigableMap<Long, Double> onDemandPeaks) {

    SavedStream {
        // not told by earlier versions
        onDemandPeaks = onDemandPeaks == null ? new TreeMap<>() : onDemandPeaks;
    }

    /** What users set on it. */
    record Settings(
            StreamMode mode,
            Duration retention,
            Set<String> shardLevelMetrics,
            @Nullable String encryptionKeyId,
            Map<String, String> tags,
            @Nullable String policy,
            int maxRecordSizeKib,
            int warmThroughputMibps,
            List<Instant> modeChanges,
            List<Instant> shardCountChanges,
            List<Instant> encryptionStarts,
            List<Instant> encryptionStops) {

        Settings {
            // not told by earlier versions
            encryptionStarts = encryptionStarts == null ? List.of() : encryptionStarts;
            encryptionStops = encryptionStops == null ? List.of() : encryptionStops;
        }
    }

    /**
     * A shard.
     *
     * @param parents the ids of the shards it came from, which may be gone
     * @param firstPlace the place of its oldest record
     * @param nextPlace the place that its next record takes
     * @param ending the sequence number it ends with; null while it is open, as is the instant of its closing
     */
    record SavedShard(
            int index,
            HashKeyRange range,
            List<String> parents,
            long epoch,
            long createdMillis,
            long firstPlace,
            long nextPlace,
            @Nullable Instant closedAt,
            @Nullable SequenceNumber ending) {}

    /** A consumer with enhanced fan-out. */
    record SavedConsumer(
            String name,
            Instant createdAt,
            Instant activeAt,
            Map<String, String> tags,
            @Nullable String policy,
            @Nullable Instant goneAt) {}

    /**
     * Records that follow each other, as they lie in memory: the bytes of all, and where each one's partition key and data end.
     *
     * @param first the place of the first
     */
    record SavedSegment(long first, boolean encrypted, Blob bytes, int[] keyEnds, int[] ends, long[] arrivalMillis) {}

    /** What tells one state of a segment from another: it only grows. */
    record SegmentStamp(String streamId, long end) {}
}
