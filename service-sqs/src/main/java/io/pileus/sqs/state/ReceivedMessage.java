package io.pileus.sqs.state;

/**
 * One delivery of a message.
 *
 * @param receiveCount how often it has been received, this time included
 */
public record ReceivedMessage(
        QueueMessage message, String receiptHandle, int receiveCount, long firstReceivedAtMillis) {}
