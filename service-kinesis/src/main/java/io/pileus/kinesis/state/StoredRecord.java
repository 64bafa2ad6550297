package io.pileus.kinesis.state;

import io.pileus.core.shape.Blob;
import java.nio.charset.StandardCharsets;

/**
 * A record in a shard.
 *
 * @param place its place in the shard, from 1
 * @param arrivalMillis when it arrived, in milliseconds since 1970; never before the record in front of it
 * @param encrypted whether the stream was encrypted when it arrived
 */
public record StoredRecord(
        Shard shard, long place, String partitionKey, Blob data, long arrivalMillis, boolean encrypted) {

    /** Made when it is asked for: there may be many records. */
    public SequenceNumber sequenceNumber() {
        return shard.sequenceNumber(place, arrivalMillis);
    }

    /** What counts towards the limits in bytes: the data and the partition key. */
    public int size() {
        return data.size() + partitionKey.getBytes(StandardCharsets.UTF_8).length;
    }
}
