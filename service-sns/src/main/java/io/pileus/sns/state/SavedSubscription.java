package io.pileus.sns.state;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A subscription as it is saved.
 *
 * @param place its place in the order in which the topic's subscriptions were made
 * @param token what confirms it, while it is pending; else null
 * @param tokenExpiresAt until when the token holds
 * @param authenticated whether unsubscribing needs credentials, once it is confirmed
 * @param confirmedWith the token that confirmed it; empty when none was needed
 */
public record SavedSubscription(
        String arn,
        String topic,
        Protocol protocol,
        String endpoint,
        String owner,
        String principal,
        Map<String, String> attributes,
        long place,
        @Nullable String token,
        @Nullable Instant tokenExpiresAt,
        boolean authenticated,
        String confirmedWith) {}
