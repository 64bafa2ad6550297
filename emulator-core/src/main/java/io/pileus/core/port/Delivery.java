package io.pileus.core.port;

import io.pileus.core.identity.Arn;
import io.pileus.core.identity.Caller;
import io.pileus.core.shape.Blob;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * A message on its way from one service to another.
 *
 * @param target the ARN of the queue, function, stream, topic or state machine that shall receive it
 * @param source the ARN of the resource that sends it (the topic, bucket, queue …), for policies' {@code aws:SourceArn}
 * @param sender on whose behalf it is sent: usually a service principal such as {@code sns.amazonaws.com}
 * @param body the message; UTF-8 text for queues, topics and functions
 * @param attributes message attributes, for targets that have such
 * @param messageGroupId the FIFO group, for FIFO targets
 * @param messageDeduplicationId the FIFO deduplication id
 * @param partitionKey the partition key, for streams
 * @param sentAt when the sender sent it
 * @param hops how many services have handed it on already; the sender's call's hops + 1
 */
public record Delivery(
        Arn target,
        Arn source,
        Caller sender,
        Blob body,
        Map<String, Attribute> attributes,
        Optional<String> messageGroupId,
        Optional<String> messageDeduplicationId,
        Optional<String> partitionKey,
        Instant sentAt,
        int hops) {

    public Delivery {
        attributes = Map.copyOf(attributes);
    }

    /** A delivery of text without attributes, group or key. */
    public static Delivery of(Arn target, Arn source, Caller sender, Blob body, Instant sentAt, int hops) {
        return new Delivery(
                target,
                source,
                sender,
                body,
                Map.of(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                sentAt,
                hops);
    }

    /**
     * A message attribute.
     *
     * @param dataType {@code String}, {@code Number} or {@code Binary}, with an optional suffix after a dot
     * @param value the value; UTF-8 text unless the type is Binary
     */
    public record Attribute(String dataType, Blob value) {}
}
