package io.pileus.client;

import java.util.Map;

/**
 * A message that lies in a queue, looked at without receiving it.
 *
 * @param attributes the system attributes, such as {@code ApproximateReceiveCount} and {@code MessageGroupId}
 * @param messageAttributes the message's own attributes, each as JSON
 * @param visible whether it could be received now
 * @param delayed whether it waits for its delay to pass
 */
public record QueueMessage(
        String messageId,
        String body,
        Map<String, String> attributes,
        Map<String, String> messageAttributes,
        boolean visible,
        boolean delayed) {

    static QueueMessage of(Node node) {
        Map<String, String> attributes = node.texts("Attributes");
        boolean visible = !"false".equals(attributes.remove("IsVisible"));
        boolean delayed = "true".equals(attributes.remove("IsDelayed"));
        Node own = node.node("MessageAttributes");
        Map<String, String> messageAttributes = new java.util.LinkedHashMap<>();
        own.fields().keySet().forEach(name -> messageAttributes.put(name.toString(), own.json(name.toString())));
        return new QueueMessage(
                node.text("MessageId"),
                node.text("Body"),
                Map.copyOf(attributes),
                Map.copyOf(messageAttributes),
                visible,
                delayed);
    }
}
