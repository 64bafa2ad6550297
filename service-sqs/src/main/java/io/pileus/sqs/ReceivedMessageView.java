package io.pileus.sqs;

import io.pileus.core.shape.Blob;
import io.pileus.sqs.model.Message;
import io.pileus.sqs.model.MessageAttributeValue;
import io.pileus.sqs.model.ReceiveMessageRequest;
import io.pileus.sqs.model.ReceiveMessageResult;
import io.pileus.sqs.state.MessageAttribute;
import io.pileus.sqs.state.QueueMessage;
import io.pileus.sqs.state.ReceivedMessage;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;

/**
 * What a consumer wants to see of the messages it receives: system attributes by name or {@code All}; message attributes by
 * name, by prefix ({@code order.*}) or all ({@code All}, {@code .*}).
 */
record ReceivedMessageView(Set<String> systemAttributes, List<String> messageAttributes) {
    static final String ALL = "All";

    /** Everything there is. */
    static final ReceivedMessageView EVERYTHING = new ReceivedMessageView(Set.of(ALL), List.of(ALL));

    /** AttributeNames is the older name of MessageSystemAttributeNames; what either names is shown. */
    static ReceivedMessageView of(ReceiveMessageRequest input) {
        List<String> older = input.attributeNames();
        List<String> newer = input.messageSystemAttributeNames();
        if (older.isEmpty() && newer.isEmpty()) {
            return new ReceivedMessageView(Set.of(), input.messageAttributeNames());
        }
        Set<String> names = new LinkedHashSet<>(newer);
        names.addAll(older);
        return new ReceivedMessageView(names, input.messageAttributeNames());
    }

    ReceiveMessageResult result(List<ReceivedMessage> received) {
        if (received.isEmpty()) {
            return ReceiveMessageResult.builder().build();
        }
        List<Message> messages = new ArrayList<>(received.size());
        for (ReceivedMessage one : received) {
            messages.add(message(
                    one.message(), one.receiptHandle(), one.receiveCount(), one.firstReceivedAtMillis(), Map.of()));
        }
        return ReceiveMessageResult.builder().messages(messages).build();
    }

    /** @param more further attributes to show among the system attributes */
    Message message(
            QueueMessage message,
            String receiptHandle,
            int receiveCount,
            long firstReceivedAtMillis,
            Map<String, String> more) {
        Map<String, String> system = systemAttributesOf(message, receiveCount, firstReceivedAtMillis);
        system.putAll(more);
        Map<String, MessageAttribute> shown = shown(message.attributes());
        return Message.builder()
                .messageId(message.id())
                .receiptHandle(receiptHandle)
                .md5OfBody(message.bodyMd5().hex())
                .body(message.body())
                .attributes(system.isEmpty() ? null : system)
                .md5OfMessageAttributes(MessageOperations.md5Of(shown))
                .messageAttributes(shown.isEmpty() ? null : values(shown))
                .build();
    }

    Map<String, String> systemAttributesOf(QueueMessage message, int receiveCount, long firstReceivedAtMillis) {
        Map<String, String> shown = new LinkedHashMap<>();
        if (systemAttributes.isEmpty()) {
            return shown;
        }
        show(shown, "SenderId", message::senderId);
        show(shown, "SentTimestamp", () -> Long.toString(message.sentAtMillis()));
        show(shown, "ApproximateReceiveCount", () -> Integer.toString(receiveCount));
        if (receiveCount > 0) {
            show(shown, "ApproximateFirstReceiveTimestamp", () -> Long.toString(firstReceivedAtMillis));
        }
        if (message.isInFifoQueue()) {
            show(shown, "SequenceNumber", message::sequenceNumber);
        }
        message.deduplicationId().ifPresent(id -> show(shown, "MessageDeduplicationId", () -> id));
        message.groupId().ifPresent(id -> show(shown, "MessageGroupId", () -> id));
        message.traceHeader().ifPresent(header -> show(shown, "AWSTraceHeader", () -> header));
        message.deadLetterSourceArn().ifPresent(arn -> show(shown, "DeadLetterQueueSourceArn", () -> arn));
        return shown;
    }

    private void show(Map<String, String> shown, String name, Supplier<String> value) {
        if (systemAttributes.contains(ALL) || systemAttributes.contains(name)) {
            shown.put(name, value.get());
        }
    }

    private Map<String, MessageAttribute> shown(Map<String, MessageAttribute> attributes) {
        if (attributes.isEmpty() || messageAttributes.isEmpty()) {
            return Map.of();
        }
        if (messageAttributes.contains(ALL) || messageAttributes.contains(".*")) {
            return attributes;
        }
        Map<String, MessageAttribute> shown = new TreeMap<>();
        attributes.forEach((name, attribute) -> {
            if (messageAttributes.stream().anyMatch(wanted -> matches(wanted, name))) {
                shown.put(name, attribute);
            }
        });
        return shown;
    }

    private static boolean matches(String wanted, String name) {
        return wanted.endsWith(".*") ? name.startsWith(wanted.substring(0, wanted.length() - 2)) : name.equals(wanted);
    }

    private static Map<String, MessageAttributeValue> values(Map<String, MessageAttribute> attributes) {
        Map<String, MessageAttributeValue> values = new LinkedHashMap<>();
        attributes.forEach((name, attribute) -> {
            Blob value = attribute.value();
            MessageAttributeValue.Builder builder =
                    MessageAttributeValue.builder().dataType(attribute.dataType());
            values.put(
                    name,
                    attribute.isBinary()
                            ? builder.binaryValue(value).build()
                            : builder.stringValue(value.utf8()).build());
        });
        return values;
    }
}
