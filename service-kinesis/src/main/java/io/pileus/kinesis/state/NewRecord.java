package io.pileus.kinesis.state;

import io.pileus.core.shape.Blob;

/**
 * A record to write.
 *
 * @param partitionKey in UTF-8
 * @param hashKey where it belongs: the explicit hash key, or the partition key's hash
 */
public record NewRecord(Blob partitionKey, HashKey hashKey, Blob data) {

    /** What counts towards the limits in bytes: the data and the partition key. */
    public int size() {
        return data.size() + partitionKey.size();
    }
}
