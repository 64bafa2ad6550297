package io.pileus.lambda.mapping;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.pileus.core.identity.Arn;
import io.pileus.core.port.QueueReader;
import io.pileus.core.shape.Blob;
import io.pileus.core.shape.JsonTrees;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The event that a function gets for messages of a queue.
 *
 * @see <a href="https://docs.aws.amazon.com/lambda/latest/dg/with-sqs.html#example-standard-queue-message-event">Example
 *     events</a>
 */
final class QueueEvent {

    /** The order in which the event has the system attributes. */
    private static final List<String> SYSTEM_ATTRIBUTES = List.of(
            "ApproximateReceiveCount",
            "AWSTraceHeader",
            "SentTimestamp",
            "SequenceNumber",
            "MessageGroupId",
            "SenderId",
            "MessageDeduplicationId",
            "ApproximateFirstReceiveTimestamp",
            "DeadLetterQueueSourceArn");

    private QueueEvent() {}

    static ObjectNode record(QueueReader.Message message, Arn queue) {
        ObjectNode record = JsonTrees.mapper().createObjectNode();
        record.put("messageId", message.messageId());
        record.put("receiptHandle", message.receiptHandle());
        record.put("body", message.body());
        ObjectNode system = record.putObject("attributes");
        Map<String, String> others = new LinkedHashMap<>(message.systemAttributes());
        for (String name : SYSTEM_ATTRIBUTES) {
            String value = others.remove(name);
            if (value != null) {
                system.put(name, value);
            }
        }
        others.forEach(system::put);
        ObjectNode attributes = record.putObject("messageAttributes");
        message.messageAttributes().forEach((name, attribute) -> {
            ObjectNode node = attributes.putObject(name);
            if (attribute.dataType().startsWith("Binary")) {
                node.put("binaryValue", attribute.value().base64());
            } else {
                node.put("stringValue", attribute.value().utf8());
            }
            node.putArray("stringListValues");
            node.putArray("binaryListValues");
            node.put("dataType", attribute.dataType());
        });
        message.md5OfMessageAttributes().ifPresent(md5 -> record.put("md5OfMessageAttributes", md5));
        record.put("md5OfBody", message.md5OfBody());
        record.put("eventSource", "aws:sqs");
        record.put("eventSourceARN", queue.toString());
        record.put("awsRegion", queue.region());
        return record;
    }

    /** The event of some records, each as its JsonTrees.mapper(). */
    static Blob of(List<String> records) {
        return Blob.ofUtf8("{\"Records\":[" + String.join(",", records) + "]}");
    }
}
