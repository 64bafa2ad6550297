package io.pileus.sns.delivery;

import java.time.Instant;

/**
 * A delivery that is to be attempted again, as it is saved; one that was under way is attempted again at once.
 *
 * @param retry how many attempts there have been
 * @param at when it is due
 */
public record SavedRetry(SavedMessage message, String topic, String subscription, int retry, Instant at) {}
