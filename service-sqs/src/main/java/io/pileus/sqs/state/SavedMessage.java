package io.pileus.sqs.state;

import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A message of a queue as it is saved; the components are those of {@link QueueMessage}. */
public record SavedMessage(
        UUID id,
        String body,
        Md5 bodyMd5,
        Map<String, MessageAttribute> attributes,
        @Nullable String traceHeader,
        @Nullable String groupId,
        @Nullable String deduplicationId,
        String senderId,
        long sentAtMillis,
        int sizeBytes,
        @Nullable String deadLetterSourceArn,
        long sequence,
        MessageState state,
        int receiveCount,
        int receiveCountHere,
        long firstReceivedAtMillis) {

    public SavedMessage {
        attributes = attributes == null ? Map.of() : attributes;
        state = state instanceof MessageState.Visible ? MessageState.VISIBLE : state;
    }
}
