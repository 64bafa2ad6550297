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
        long place, String sequenceNumber, String partitionKey, Blob data, long arrivalMillis, boolean encrypted) {

    /** What counts towards the limits in bytes: the data and the partition key. */
    public int size() {
        return data.size() + partitionKey.getBytes(StandardCharsets.UTF_8).length;
    }
}
