package io.pileus.sns.state;

import io.pileus.sns.delivery.SavedMessage;
import java.time.Instant;

/** A message that a FIFO topic remembers under its deduplication key, as it is saved. */
public record SavedSent(String topic, String key, SavedMessage message, Instant forgottenAt) {}
