package io.pileus.kinesis.state;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/**
 * The records of one shard in order, in segments: appending costs the same however many there are, and so do reading at any place
 * and dropping the oldest, but for finding the segment. Guarded by its stream's lock.
 */
final class RecordLog {
    private final Shard shard;
    private final TreeMap<Long, Segment> segments = new TreeMap<>();
    private Segment last = new Segment(1);
    private long first;
    private long trimmedTo = Long.MIN_VALUE;

    RecordLog(Shard shard) {
        this(shard, 1);
    }

    /** The log of a shard that was saved; its segments follow by {@link #adopt}. */
    RecordLog(Shard shard, long first) {
        this.shard = shard;
        this.first = first;
        restart(first);
    }

    private void restart(long at) {
        segments.clear();
        last = new Segment(at);
        segments.put(at, last);
    }

    /** Takes the next segment that was saved. Where one before it is missing, the log begins with this one. */
    void adopt(Segment segment) {
        if (last.end() < segment.first()) {
            segments.clear();
            first = Math.max(first, segment.first());
        }
        if (last.end() == last.first()) {
            segments.remove(last.first());
        }
        segments.put(segment.first(), segment);
        last = segment;
    }

    /** All segments have been adopted: the next record takes this place. */
    void resumeAt(long next) {
        if (last.end() != next) {
            first = next;
            restart(next);
        }
    }

    /** The segments that hold something. */
    List<Segment> segments() {
        return segments.values().stream()
                .filter(segment -> segment.end() > segment.first())
                .toList();
    }

    /** The place of the oldest record kept; {@link #end} when there is none. */
    long first() {
        return first;
    }

    /** The place that the next record takes. */
    long end() {
        return last.end();
    }

    /** Appends a record and tells its place. */
    long append(NewRecord record, boolean encrypted, long arrivalMillis) {
        if (last.isEncrypted() != encrypted || !last.hasRoomFor(record.size())) {
            last = last.next(encrypted, record.size());
            segments.put(last.first(), last);
        }
        last.append(record.partitionKey(), record.data(), arrivalMillis);
        return last.end() - 1;
    }

    long arrivalMillis(long place) {
        return segment(place).arrivalMillis(place);
    }

    /** When the newest record arrived; 0 when none is kept. */
    long newestArrival() {
        return first == end() ? 0 : last.arrivalMillis(end() - 1);
    }

    /** Drops records that arrived before the instant; asked for the same instant again, there are none. */
    void trim(long oldestMillis) {
        if (oldestMillis == trimmedTo) {
            return;
        }
        trimmedTo = oldestMillis;
        Segment oldest = segments.firstEntry().getValue();
        while (first < end()) {
            if (first == oldest.end()) {
                segments.pollFirstEntry();
                oldest = segments.firstEntry().getValue();
            }
            if (oldest.arrivalMillis(first) >= oldestMillis) {
                return;
            }
            first++;
        }
        if (last.first() < first) {
            restart(first);
        }
    }

    /** Records from a place on, until the count or the bytes are reached; the first is always among them. */
    List<StoredRecord> read(long from, int countMax, long bytesMax) {
        long place = Math.max(from, first);
        List<StoredRecord> records = new ArrayList<>((int) Math.max(0, Math.min(countMax, end() - place)));
        SequenceDigits digits = new SequenceDigits();
        long bytes = 0;
        while (place < end() && records.size() < countMax) {
            Segment segment = segment(place);
            while (place < segment.end() && records.size() < countMax) {
                bytes += segment.size(place);
                if (bytes > bytesMax && !records.isEmpty()) {
                    return records;
                }
                SequenceNumber number = shard.sequenceNumber(place, segment.arrivalMillis(place));
                records.add(segment.record(place++, digits.of(number)));
            }
        }
        return records;
    }

    /** The place of the first record that arrived at the instant or later, by bisection. */
    long placeAt(long millis) {
        long low = first;
        long high = end();
        while (low < high) {
            long middle = (low + high) >>> 1;
            if (arrivalMillis(middle) < millis) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    private Segment segment(long place) {
        if (place < first || place >= end()) {
            throw new IndexOutOfBoundsException("no record at " + place);
        }
        return place >= last.first() ? last : segments.floorEntry(place).getValue();
    }
}
