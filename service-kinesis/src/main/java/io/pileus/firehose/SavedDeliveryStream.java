package io.pileus.firehose;

import com.fasterxml.jackson.databind.JsonNode;
import io.pileus.core.port.StreamReader;
import io.pileus.core.shape.Blob;
import io.pileus.firehose.delivery.DestinationKind;
import io.pileus.firehose.model.DeliveryStreamType;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A delivery stream as it is saved, but for the records in its buffer.
 *
 * @param dueAt when the buffer is to be delivered; null for at once, if there is anything
 * @param reading where it is in its source; null unless that is a data stream
 */
record SavedDeliveryStream(
        DeliveryStreamType type,
        JsonNode source,
        DestinationKind kind,
        JsonNode settings,
        int version,
        Instant createdAt,
        @Nullable Instant updatedAt,
        DeliveryStream.@Nullable Encryption encryption,
        Map<String, String> tags,
        @Nullable Instant dueAt,
        @Nullable Reading reading) {

    /**
     * How far a data stream has been read.
     *
     * @param startAt the arrival of the oldest record that is wanted
     * @param positions by shard id
     * @param finished the ids of shards that have been read to their end
     */
    record Reading(Instant startAt, Map<String, StreamReader.Position> positions, Set<String> finished) {
        /** Nothing yet. */
        static Reading from(Instant startAt) {
            return new Reading(startAt, Map.of(), Set.of());
        }
    }

    /** A record that waits, or was on its way. */
    record SavedItem(String recordId, Blob data, Instant arrivedAt) {}
}
