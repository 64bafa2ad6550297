package io.pileus.kinesis.state;

import java.time.Duration;
import java.time.Instant;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * How many shards an on-demand stream needs: enough for double the highest write throughput of the last 30 days, and for its warm
 * throughput. A shard takes 1 MiB and 1,000 records a second. The throughput is that of a minute of the emulator's clock; AWS does
 * not say over what time it measures its own. Guarded by the stream's lock.
 *
 * @see <a href="https://docs.aws.amazon.com/streams/latest/dev/how-do-i-size-a-stream.html">On-demand mode</a>
 */
public final class OnDemandCapacity {
    /** What a stream begins with, and never falls below by itself. */
    public static final int SHARDS_MIN = 4;

    private static final double SHARD_BYTES_A_SECOND = 1024 * 1024;
    private static final double SHARD_RECORDS_A_SECOND = 1000;
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final int DAYS = 30;

    /** The highest throughput of each day, in shards, by the day's number since 1970. */
    private final NavigableMap<Long, Double> peaks = new TreeMap<>();

    private long minute;
    private long bytes;
    private long records;

    OnDemandCapacity() {}

    /** The days are told, the minute that is counted is not. */
    NavigableMap<Long, Double> saved() {
        return new TreeMap<>(peaks);
    }

    void restore(NavigableMap<Long, Double> saved) {
        peaks.putAll(saved);
    }

    /** Counts what was written. */
    void add(long newBytes, int newRecords, Instant now) {
        long present = now.toEpochMilli() / MINUTE.toMillis();
        if (present != minute) {
            minute = present;
            bytes = 0;
            records = 0;
        }
        bytes += newBytes;
        records += newRecords;
        double shards = Math.max(bytes / SHARD_BYTES_A_SECOND, records / SHARD_RECORDS_A_SECOND) / MINUTE.toSeconds();
        peaks.merge(day(now), shards, Math::max);
    }

    /** A provisioned stream becomes on-demand: it keeps the shards it has as if it had needed them today. */
    void begin(int openShards, Instant now) {
        peaks.merge(day(now), openShards / 2.0, Math::max);
    }

    /**
     * As many shards as there are, doubled or halved until they are right; never fewer than the warm throughput needs.
     *
     * @param warmMibps 0 when there is none
     */
    int shardsFor(int openShards, int warmMibps, int shardsMax, Instant now) {
        peaks.headMap(day(now) - DAYS, false).clear();
        double needed =
                2 * peaks.values().stream().mapToDouble(each -> each).max().orElse(0);
        int shards = openShards;
        while (shards < needed && shards < shardsMax) {
            shards = Math.min(2 * shards, shardsMax);
        }
        while (shards / 2 >= Math.max(SHARDS_MIN, needed)) {
            shards /= 2;
        }
        return Math.max(shards, warmMibps);
    }

    private static long day(Instant now) {
        return Math.floorDiv(now.getEpochSecond(), Duration.ofDays(1).toSeconds());
    }
}
