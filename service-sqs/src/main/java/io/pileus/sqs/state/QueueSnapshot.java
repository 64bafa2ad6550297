package io.pileus.sqs.state;

import java.util.List;

/**
 * A queue at one moment, to be saved.
 *
 * @param messages in no particular order
 * @param sent what it remembers of messages sent in the last five minutes, in the order of sending
 */
public record QueueSnapshot(SavedQueue queue, List<MessageSnapshot> messages, List<SavedSent> sent) {

    /** What may change of a message. Two that are equal are of the same message and show it alike. */
    public record MessageSnapshot(
            QueueMessage message,
            MessageState state,
            int receiveCount,
            int receiveCountHere,
            long firstReceivedAtMillis) {
        static MessageSnapshot of(QueueMessage m) {
            return new MessageSnapshot(m, m.state, m.receiveCount, m.receiveCountHere, m.firstReceivedAtMillis);
        }

        public SavedMessage saved() {
            return message.saved(state, receiveCount, receiveCountHere, firstReceivedAtMillis);
        }
    }
}
