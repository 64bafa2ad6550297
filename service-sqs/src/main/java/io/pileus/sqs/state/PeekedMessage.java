package io.pileus.sqs.state;

/** A message as it lies in its queue, seen without receiving it. */
public record PeekedMessage(QueueMessage message, MessageState state, int receiveCount, long firstReceivedAtMillis) {}
