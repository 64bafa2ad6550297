package io.pileus.sqs.state;

/**
 * What a queue answers to a message it takes; for a duplicate, what it answered to the first.
 *
 * @param sequenceNumber the 20 digits a FIFO queue gives; empty for a standard queue
 */
public record Sent(String messageId, String sequenceNumber) {}
