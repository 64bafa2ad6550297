package io.pileus.sns.delivery;

import io.pileus.sns.model.MessageAttributeValue;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A {@link Message} as it is saved. */
public record SavedMessage(
        String id,
        String text,
        Map<String, String> byProtocol,
        @Nullable String subject,
        Map<String, MessageAttributeValue> attributes,
        @Nullable String groupId,
        @Nullable String deduplicationId,
        @Nullable String sequenceNumber,
        boolean structured,
        Instant sentAt,
        String endpoint,
        int hops,
        @Nullable String traceHeader) {

    public static SavedMessage of(Message message) {
        return new SavedMessage(
                message.id(),
                message.text(),
                message.byProtocol(),
                message.subject().orElse(null),
                message.attributes(),
                message.groupId().orElse(null),
                message.deduplicationId().orElse(null),
                message.sequenceNumber().orElse(null),
                message.structured(),
                message.sentAt(),
                message.endpoint(),
                message.hops(),
                message.traceHeader().orElse(null));
    }

    public Message message() {
        return new Message(
                id,
                text,
                byProtocol,
                Optional.ofNullable(subject),
                attributes,
                Optional.ofNullable(groupId),
                Optional.ofNullable(deduplicationId),
                Optional.ofNullable(sequenceNumber),
                structured,
                sentAt,
                endpoint,
                hops,
                Optional.ofNullable(traceHeader));
    }
}
