package io.pileus.kinesis.state;

import io.pileus.core.shape.Blob;
import io.pileus.kinesis.state.SavedStream.SavedSegment;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Records of one shard that follow each other, packed: what they hold lies in one array, each partition key (in UTF-8) in front of
 * its data, so that a record takes 16 bytes more than its own. Records are only ever added. Guarded by its stream's lock.
 */
final class Segment {
    private static final int RECORDS_MAX = 4096;
    private static final int BYTES_MAX = 512 * 1024;

    private static final int BYTES_MIN = 1024;
    private static final int RECORDS_MIN = 8;

    private final long first;
    private final boolean encrypted;
    private byte[] bytes;
    private int[] keyEnds;
    private int[] ends;
    private long[] arrivals;
    private int count;

    /** @param first the place of its first record */
    Segment(long first) {
        this(first, false, BYTES_MIN, RECORDS_MIN);
    }

    private Segment(long first, boolean encrypted, int bytesExpected, int recordsExpected) {
        this.first = first;
        this.encrypted = encrypted;
        this.bytes = new byte[bytesExpected];
        this.keyEnds = new int[recordsExpected];
        this.ends = new int[recordsExpected];
        this.arrivals = new long[recordsExpected];
    }

    /**
     * The segment after this one, which gets no more. A stream's records are much alike, so it has room for as many.
     *
     * @param encrypted whether the stream is encrypted when its records arrive
     * @param size the size of its first record
     */
    Segment next(boolean encrypted, int size) {
        int used = count == 0 ? 0 : ends[count - 1];
        return new Segment(end(), encrypted, Math.max(Math.max(BYTES_MIN, used), size), Math.max(RECORDS_MIN, count));
    }

    /** A segment as it was saved. */
    Segment(SavedSegment saved) {
        this.first = saved.first();
        this.encrypted = saved.encrypted();
        this.bytes = saved.bytes().bytes();
        this.keyEnds = saved.keyEnds();
        this.ends = saved.ends();
        this.arrivals = saved.arrivalMillis();
        this.count = ends.length;
    }

    SavedSegment saved() {
        return new SavedSegment(
                first,
                encrypted,
                Blob.of(Arrays.copyOf(bytes, count == 0 ? 0 : ends[count - 1])),
                Arrays.copyOf(keyEnds, count),
                Arrays.copyOf(ends, count),
                Arrays.copyOf(arrivals, count));
    }

    long first() {
        return first;
    }

    /** The place behind its last record. */
    long end() {
        return first + count;
    }

    boolean isEncrypted() {
        return encrypted;
    }

    /** Whether a record of this size may be added; the first always may. */
    boolean hasRoomFor(int size) {
        return count == 0 || (count < RECORDS_MAX && ends[count - 1] + size <= BYTES_MAX);
    }

    void append(Blob partitionKey, Blob data, long arrivalMillis) {
        int start = count == 0 ? 0 : ends[count - 1];
        int keyEnd = start + partitionKey.size();
        int end = keyEnd + data.size();
        if (end > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(end, Math.min(2 * bytes.length, BYTES_MAX)));
        }
        if (count == ends.length) {
            keyEnds = Arrays.copyOf(keyEnds, 2 * count);
            ends = Arrays.copyOf(ends, 2 * count);
            arrivals = Arrays.copyOf(arrivals, 2 * count);
        }
        System.arraycopy(partitionKey.bytes(), 0, bytes, start, partitionKey.size());
        System.arraycopy(data.bytes(), 0, bytes, keyEnd, data.size());
        keyEnds[count] = keyEnd;
        ends[count] = end;
        arrivals[count++] = arrivalMillis;
    }

    long arrivalMillis(long place) {
        return arrivals[index(place)];
    }

    /** The bytes of a record's partition key and data. */
    int size(long place) {
        int index = index(place);
        return ends[index] - start(index);
    }

    StoredRecord record(long place, String sequenceNumber) {
        int index = index(place);
        int start = start(index);
        int keyEnd = keyEnds[index];
        return new StoredRecord(
                place,
                sequenceNumber,
                new String(bytes, start, keyEnd - start, StandardCharsets.UTF_8),
                Blob.of(Arrays.copyOfRange(bytes, keyEnd, ends[index])),
                arrivals[index],
                encrypted);
    }

    private int start(int index) {
        return index == 0 ? 0 : ends[index - 1];
    }

    private int index(long place) {
        if (place < first || place >= end()) {
            throw new IndexOutOfBoundsException("no record at " + place);
        }
        return (int) (place - first);
    }
}
