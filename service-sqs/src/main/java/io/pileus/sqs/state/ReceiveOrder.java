package io.pileus.sqs.state;

import org.jspecify.annotations.Nullable;

/**
 * What a consumer asks for.
 *
 * @param maxMessages how many messages at most
 * @param visibilityTimeoutMillis for how long they are hidden from others
 * @param waitUntilMillis until when the consumer waits for a message; an instant that is not later than now for not at all
 * @param attemptId the ReceiveRequestAttemptId
 */
public record ReceiveOrder(
        int maxMessages,
        long visibilityTimeoutMillis,
        long waitUntilMillis,
        @Nullable String attemptId) {}
