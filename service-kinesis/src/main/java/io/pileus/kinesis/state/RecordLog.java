package io.pileus.kinesis.state;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The records of one shard in order, in a ring that grows: appending, reading at any place and dropping the oldest cost the same
 * however many there are. Guarded by its stream's lock.
 */
final class RecordLog {
    private @Nullable StoredRecord[] ring = new StoredRecord[16];
    private long first = 1;
    private long end = 1;

    /** The place of the oldest record kept; {@link #end} when there is none. */
    long first() {
        return first;
    }

    /** The place that the next record takes. */
    long end() {
        return end;
    }

    void append(StoredRecord record) {
        if (record.place() != end) {
            throw new IllegalStateException("the next place is " + end + ", not " + record.place());
        }
        if (end - first == ring.length) {
            resize(ring.length * 2);
        }
        ring[slot(end++)] = record;
    }

    StoredRecord at(long place) {
        StoredRecord record = ring[slot(place)];
        if (record == null || place < first || place >= end) {
            throw new IndexOutOfBoundsException("no record at " + place);
        }
        return record;
    }

    /** When the newest record that ever was arrived; 0 when none is kept. */
    long newestArrival() {
        return first == end ? 0 : at(end - 1).arrivalMillis();
    }

    /** Drops records that arrived before the instant. */
    void trim(long oldestMillis) {
        while (first < end && at(first).arrivalMillis() < oldestMillis) {
            ring[slot(first++)] = null;
        }
        if (ring.length > 1024 && end - first < ring.length / 4) {
            resize(ring.length / 2);
        }
    }

    /** Records from a place on, until the count or the bytes are reached; the first is always among them. */
    List<StoredRecord> read(long from, int countMax, long bytesMax) {
        long place = Math.max(from, first);
        List<StoredRecord> records = new ArrayList<>((int) Math.max(0, Math.min(countMax, end - place)));
        long bytes = 0;
        while (place < end && records.size() < countMax) {
            StoredRecord record = at(place++);
            bytes += record.size();
            if (bytes > bytesMax && !records.isEmpty()) {
                break;
            }
            records.add(record);
        }
        return records;
    }

    /** The place of the first record that arrived at the instant or later, by bisection. */
    long placeAt(long millis) {
        long low = first;
        long high = end;
        while (low < high) {
            long middle = (low + high) >>> 1;
            if (at(middle).arrivalMillis() < millis) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    private void resize(int capacity) {
        @Nullable StoredRecord[] old = ring;
        @Nullable StoredRecord[] grown = new StoredRecord[capacity];
        for (long place = first; place < end; place++) {
            grown[(int) (place & capacity - 1)] = old[slot(place)];
        }
        ring = grown;
    }

    private int slot(long place) {
        return (int) (place & ring.length - 1);
    }
}
