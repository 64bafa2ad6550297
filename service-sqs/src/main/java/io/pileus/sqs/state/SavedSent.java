package io.pileus.sqs.state;

/** What a FIFO queue remembers of a sent message, to know its duplicates by. */
public record SavedSent(String key, Sent sent, long forgottenAtMillis) {}
