package io.pileus.sns.delivery;

import java.time.Instant;

/** A request to confirm a subscription that an HTTP endpoint has not taken yet, as it is saved. */
public record SavedConfirmation(
        String topic, String subscription, String messageId, String document, int retry, Instant at) {}
