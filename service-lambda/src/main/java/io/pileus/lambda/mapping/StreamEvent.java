package io.pileus.lambda.mapping;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.pileus.core.identity.Arn;
import io.pileus.core.port.StreamReader;
import java.math.BigDecimal;
import java.time.Instant;

/**
 * The event that a function gets for records of a data stream.
 *
 * @see <a href="https://docs.aws.amazon.com/lambda/latest/dg/with-kinesis.html">Example events</a>
 */
final class StreamEvent {
    /** Keeps the zeros at the end of a time. */
    private static final JsonNodeFactory NODES = JsonNodeFactory.withExactBigDecimals(true);

    private StreamEvent() {}

    /**
     * @param source the ARN that the mapping names: the stream's or a consumer's
     * @param role the function's execution role
     */
    static ObjectNode record(StreamReader.Record record, String shardId, Arn source, String role) {
        ObjectNode node = NODES.objectNode();
        ObjectNode kinesis = node.putObject("kinesis");
        kinesis.put("kinesisSchemaVersion", "1.0");
        kinesis.put("partitionKey", record.partitionKey());
        kinesis.put("sequenceNumber", record.sequenceNumber());
        kinesis.put("data", record.data().base64());
        kinesis.put(
                "approximateArrivalTimestamp",
                BigDecimal.valueOf(record.approximateArrivalTimestamp().toEpochMilli(), 3));
        node.put("eventSource", "aws:kinesis");
        node.put("eventVersion", "1.0");
        node.put("eventID", shardId + ":" + record.sequenceNumber());
        node.put("eventName", "aws:kinesis:record");
        node.put("invokeIdentityArn", role);
        node.put("awsRegion", source.region());
        node.put("eventSourceARN", source.toString());
        return node;
    }

    /** What a pattern of filter criteria looks at: the record's own fields beside those of its event. */
    static ObjectNode filtered(StreamReader.Record record, String shardId, Arn source) {
        ObjectNode node = record(record, shardId, source, "");
        JsonNode kinesis = node.get("kinesis");
        kinesis.properties().forEach(field -> node.set(field.getKey(), field.getValue()));
        return node;
    }

    /** Roughly how many bytes a record takes in an event. */
    static int bytes(StreamReader.Record record) {
        return (record.data().size() + 2) / 3 * 4 + record.partitionKey().length() * 3 + 700;
    }

    /** An event of records; {@link TumblingWindow} adds to it. */
    static ObjectNode of(RecordBatch batch, String shardId, Arn source, String role) {
        ObjectNode event = NODES.objectNode();
        var records = event.putArray("Records");
        batch.records().forEach(record -> records.add(record(record, shardId, source, role)));
        return event;
    }

    /** A time as the events of time windows have it: whole seconds. */
    static String seconds(Instant at) {
        return Instant.ofEpochSecond(at.getEpochSecond()).toString();
    }
}
