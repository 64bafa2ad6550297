package io.pileus.firehose.delivery;

import io.pileus.core.shape.Blob;
import java.time.Instant;
import java.util.Map;

/**
 * A record on its way.
 *
 * @param queryKeys partition keys that a metadata extraction query found
 * @param lambdaKeys partition keys that a transformation function gave
 */
public record Item(
        String recordId, Blob data, Instant arrivedAt, Map<String, String> queryKeys, Map<String, String> lambdaKeys) {

    public Item {
        queryKeys = Map.copyOf(queryKeys);
        lambdaKeys = Map.copyOf(lambdaKeys);
    }

    public Item(String recordId, Blob data, Instant arrivedAt) {
        this(recordId, data, arrivedAt, Map.of(), Map.of());
    }

    Item withData(Blob newData) {
        return new Item(recordId, newData, arrivedAt, queryKeys, lambdaKeys);
    }
}
