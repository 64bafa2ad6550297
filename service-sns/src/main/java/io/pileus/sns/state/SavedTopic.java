package io.pileus.sns.state;

import java.util.Map;

/** A topic as it is saved, without its subscriptions, its deduplication window and its archive. */
public record SavedTopic(
        String arn,
        boolean fifo,
        Map<String, String> attributes,
        Map<String, String> tags,
        String dataProtectionPolicy,
        int deletedSubscriptions,
        long sequence,
        long subscriptionsMade) {}
