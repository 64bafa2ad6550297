package io.pileus.kinesis.state;

import io.pileus.core.shape.Blob;

/**
 * A record in a shard.
 *
 * @param arrivalMillis when it arrived, in milliseconds since 1970; never before the record in front of it
 * @param encrypted whether the stream was encrypted when it arrived
 */
public record StoredRecord(
        SequenceNumber sequenceNumber, String partitionKey, Blob data, long arrivalMillis, boolean encrypted) {

    public long place() {
        return sequenceNumber.place();
    }

    /** What counts towards the limits in bytes: the data and the partition key. */
    public int size() {
        return data.size() + partitionKey.length();
    }
}
