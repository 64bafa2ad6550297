package io.pileus.kinesis.state;

import io.pileus.core.shape.Blob;

/**
 * A record to write.
 *
 * @param hashKey where it belongs: the explicit hash key, or the partition key's hash
 */
public record NewRecord(String partitionKey, HashKey hashKey, Blob data) {
    public int size() {
        return data.size() + partitionKey.length();
    }
}
