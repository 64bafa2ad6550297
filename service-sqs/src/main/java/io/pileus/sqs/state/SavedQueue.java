package io.pileus.sqs.state;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A queue as it is saved, without its messages and its memory of duplicates.
 *
 * @param attributes those that its owner set
 * @param purgedAtMillis when it was purged last; null for never
 * @param attempts the receive attempts that may still be repeated
 */
public record SavedQueue(
        QueueIdentity identity,
        boolean fifo,
        Map<String, String> attributes,
        Map<String, String> tags,
        long lastModifiedAtMillis,
        @Nullable DataKey dataKey,
        long lastSequence,
        @Nullable Long purgedAtMillis,
        List<SavedAttempt> attempts) {

    /** A receive attempt by its id, and the deliveries it got. */
    public record SavedAttempt(String id, List<SavedDelivery> deliveries, long forgottenAtMillis) {}

    /** A delivery of the message with the sequence. */
    public record SavedDelivery(long sequence, String receiptHandle, int receiveCount, long firstReceivedAtMillis) {}
}
