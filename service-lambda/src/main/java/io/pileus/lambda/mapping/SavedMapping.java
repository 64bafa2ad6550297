package io.pileus.lambda.mapping;

import io.pileus.core.identity.Arn;
import io.pileus.core.port.StreamReader;
import io.pileus.lambda.model.EventSourceMappingConfiguration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** An event source mapping as it is saved. */
record SavedMapping(
        Arn source,
        EventSourceMappingConfiguration configuration,
        Map<String, String> tags,
        Optional<Progress> progress) {

    /**
     * How far a mapping has come with a stream.
     *
     * @param beginnings where to begin with shards that have not been read yet, where it is known
     * @param finished shards that were read to their end
     */
    record Progress(
            Map<String, StreamReader.Position> beginnings,
            List<String> finished,
            Map<String, Place> shards,
            String lastProcessingResult) {}

    /**
     * A place in a shard: before the first record that has not been processed, so that some behind it may be processed twice.
     *
     * @param window the tumbling window that is open
     */
    record Place(StreamReader.Position position, Optional<TumblingWindow> window) {}
}
