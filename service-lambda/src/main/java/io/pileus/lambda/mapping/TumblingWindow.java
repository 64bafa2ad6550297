package io.pileus.lambda.mapping;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.pileus.core.identity.Arn;
import io.pileus.core.shape.Blob;
import io.pileus.core.shape.JsonTrees;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;

/**
 * A tumbling window of a shard: the records that arrived in it are aggregated into a state, which the function gets and
 * returns with each batch, and once more at the window's end.
 *
 * @param start a multiple of the window's length since 1970
 * @see <a href="https://docs.aws.amazon.com/lambda/latest/dg/services-kinesis-windows.html">Stateful Kinesis Data Streams
 *     processing</a>
 */
record TumblingWindow(Instant start, Instant end, JsonNode state) {

    /** A state may take 1 MB; beyond that the window ends early. */
    private static final int STATE_BYTES_MAX = 1024 * 1024;

    /** The window that a record belongs to, with no state yet. */
    static TumblingWindow around(Instant arrival, int lengthSeconds) {
        long start = Math.floorDiv(arrival.getEpochSecond(), (long) lengthSeconds) * lengthSeconds;
        return new TumblingWindow(
                Instant.ofEpochSecond(start),
                Instant.ofEpochSecond(start + lengthSeconds),
                JsonNodeFactory.instance.objectNode());
    }

    boolean contains(Instant arrival) {
        return !arrival.isBefore(start) && arrival.isBefore(end);
    }

    TumblingWindow with(JsonNode newState) {
        return new TumblingWindow(start, end, newState);
    }

    boolean isTooLarge() {
        return state.toString().getBytes(StandardCharsets.UTF_8).length > STATE_BYTES_MAX;
    }

    /** Tells an event of the window. */
    void addTo(ObjectNode event, RecordBatch.Kind kind, String shardId, Arn source) {
        ObjectNode window = event.putObject("window");
        window.put("start", StreamEvent.seconds(start));
        window.put("end", StreamEvent.seconds(end));
        event.set("state", state);
        event.put("shardId", shardId);
        event.put("eventSourceARN", source.toString());
        event.put("isFinalInvokeForWindow", kind != RecordBatch.Kind.RECORDS);
        event.put("isWindowTerminatedEarly", kind == RecordBatch.Kind.EARLY_END_OF_WINDOW);
    }

    /** The state that a function returned; an answer without one counts as a failure. */
    static Optional<JsonNode> stateIn(Blob answer) {
        try {
            JsonNode node = answer.size() == 0 ? null : JsonTrees.mapper().readTree(answer.bytes());
            return Optional.ofNullable(node == null ? null : node.get("state"));
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
