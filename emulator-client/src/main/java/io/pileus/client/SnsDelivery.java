package io.pileus.client;

import java.time.Instant;

/**
 * What became of one message for one subscription of an SNS topic.
 *
 * @param outcome such as {@code DELIVERED} or {@code FILTERED}
 * @param reason why, where it was not delivered
 * @param attempt counts from 1
 */
public record SnsDelivery(
        Instant time,
        String messageId,
        String topicArn,
        String subscriptionArn,
        String protocol,
        String endpoint,
        String outcome,
        String reason,
        int attempt) {

    static SnsDelivery of(Node node) {
        return new SnsDelivery(
                Instant.parse(node.text("time")),
                node.text("messageId"),
                node.text("topicArn"),
                node.text("subscriptionArn"),
                node.text("protocol"),
                node.text("endpoint"),
                node.text("outcome"),
                node.text("reason"),
                (int) node.number("attempt"));
    }
}
