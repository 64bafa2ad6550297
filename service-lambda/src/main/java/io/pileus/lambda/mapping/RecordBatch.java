package io.pileus.lambda.mapping;

import io.pileus.core.port.StreamReader;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Records of one shard for one invocation, in order.
 *
 * @param failures how often the function has failed on exactly these records
 * @param throttles how often it could not be invoked
 */
record RecordBatch(List<StreamReader.Record> records, Kind kind, int failures, int throttles) {

    /** What it is for. */
    enum Kind {
        RECORDS,
        END_OF_WINDOW,
        EARLY_END_OF_WINDOW
    }

    RecordBatch {
        records = List.copyOf(records);
    }

    static RecordBatch of(List<StreamReader.Record> records) {
        return new RecordBatch(records, Kind.RECORDS, 0, 0);
    }

    static RecordBatch endOfWindow(Kind kind) {
        return new RecordBatch(List.of(), kind, 0, 0);
    }

    int size() {
        return records.size();
    }

    boolean isEndOfWindow() {
        return kind != Kind.RECORDS;
    }

    RecordBatch failedOnceMore() {
        return new RecordBatch(records, kind, failures + 1, throttles);
    }

    RecordBatch throttledOnceMore() {
        return new RecordBatch(records, kind, failures, throttles + 1);
    }

    /** A part of it, which has failed as often. */
    RecordBatch part(int from, int to) {
        return new RecordBatch(records.subList(from, to), kind, failures, 0);
    }

    /** How many of the records, which are in order of their arrival, arrived at an instant or before. */
    int arrivedUntil(Instant until) {
        int count = 0;
        while (count < records.size()
                && !records.get(count).approximateArrivalTimestamp().isAfter(until)) {
            count++;
        }
        return count;
    }

    Set<String> sequenceNumbers() {
        return records.stream().map(StreamReader.Record::sequenceNumber).collect(Collectors.toSet());
    }

    /** The place of the first record that is among those. */
    int firstOf(Set<String> sequenceNumbers) {
        for (int i = 0; i < records.size(); i++) {
            if (sequenceNumbers.contains(records.get(i).sequenceNumber())) {
                return i;
            }
        }
        return records.size();
    }
}
