package io.pileus.sns.state;

import io.pileus.sns.delivery.SavedMessage;

/** A message in a topic's archive, as it is saved. */
public record SavedArchived(String topic, SavedMessage message) {}
