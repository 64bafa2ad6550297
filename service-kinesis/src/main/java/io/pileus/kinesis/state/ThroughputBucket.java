package io.pileus.kinesis.state;

/**
 * What a shard may take in each second of the emulator's clock: a count and an amount of bytes. Guarded by its stream's lock.
 *
 * @see <a href="https://docs.aws.amazon.com/streams/latest/dev/service-sizes-and-limits.html">Quotas and limits</a>
 */
final class ThroughputBucket {
    private static final long MIB = 1024 * 1024;

    private final int countMax;
    private final long bytesMax;
    private long second;
    private int count;
    private long bytes;

    private ThroughputBucket(int countMax, long bytesMax) {
        this.countMax = countMax;
        this.bytesMax = bytesMax;
    }

    /** 1,000 records and 1 MiB a second. */
    static ThroughputBucket forWrites() {
        return new ThroughputBucket(1000, MIB);
    }

    /** 5 calls and 2 MiB a second. */
    static ThroughputBucket forReads() {
        return new ThroughputBucket(5, 2 * MIB);
    }

    /** Takes one more; false, and nothing is taken, when the second's count or bytes are used up. */
    boolean take(long nowMillis, long size) {
        long now = Math.floorDiv(nowMillis, 1000);
        if (now != second) {
            // what was taken beyond a second's bytes is paid back by those that follow, as with a read of 10 MiB
            bytes = Math.max(0, bytes - bytesMax * Math.max(1, Math.min(now - second, 60)));
            second = now;
            count = 0;
        }
        if (count >= countMax || bytes >= bytesMax || (bytes > 0 && bytes + size > bytesMax)) {
            return false;
        }
        count++;
        bytes += size;
        return true;
    }

    /** Takes bytes whose amount is known only afterwards. */
    void addBytes(long size) {
        bytes += size;
    }
}
