package io.pileus.sqs.state;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The messages of one queue, whatever their state: found by their sequence, hidden ones in the order in which they become
 * visible, all in the order of their age. Which visible message comes next is the matter of the {@link Order} it tells of
 * every change. Each operation costs O(log n) at most. Guarded by the queue's lock.
 */
final class MessageStore {

    /** Keeps the order of visible messages. */
    interface Order {
        /** A message came (from null), went (to null) or changed its state. */
        void changed(QueueMessage message, @Nullable MessageState from, @Nullable MessageState to);

        /** All messages are gone. */
        void cleared();
    }

    private final Order order;
    private final MessageIndex messages = new MessageIndex();
    private final IndexedHeap<QueueMessage> hidden = new ByVisibility();
    private final IndexedHeap<QueueMessage> byAge = new ByAge();
    private int inFlight;
    private int delayed;
    private long changes;

    MessageStore(Order order) {
        this.order = order;
    }

    @Nullable
    QueueMessage find(long sequence) {
        return messages.find(sequence);
    }

    MessageCounts counts() {
        return new MessageCounts(messages.size() - inFlight - delayed, inFlight, delayed);
    }

    /** Grows with every change. */
    long changes() {
        return changes;
    }

    int inFlight() {
        return inFlight;
    }

    /** The message that was sent first, or null. */
    @Nullable
    QueueMessage oldest() {
        return byAge.peek();
    }

    /** The hidden message that becomes visible next, or null. */
    @Nullable
    QueueMessage nextToAppear() {
        return hidden.peek();
    }

    /** All messages in no particular order. */
    void forEach(Consumer<QueueMessage> consumer) {
        messages.forEach(consumer);
    }

    void forEachHidden(Consumer<QueueMessage> consumer) {
        hidden.forEach(consumer);
    }

    /** Makes the stored states the effective ones: shows what has become visible, forgets what has expired. */
    void settle(long nowMillis, long retentionMillis) {
        QueueMessage message;
        while ((message = hidden.peek()) != null && message.visibleAtMillis() <= nowMillis) {
            transition(message, MessageState.VISIBLE);
        }
        while ((message = byAge.peek()) != null && message.sentAtMillis() <= nowMillis - retentionMillis) {
            remove(message);
        }
    }

    void add(QueueMessage message, MessageState state) {
        changes++;
        message.state = state;
        messages.add(message);
        byAge.add(message);
        order.changed(message, null, state);
        hide(message);
    }

    void remove(QueueMessage message) {
        changes++;
        MessageState from = message.state;
        unhide(message);
        messages.remove(message);
        byAge.remove(message);
        order.changed(message, from, null);
    }

    /** Moves a message that is here to another state. */
    void transition(QueueMessage message, MessageState to) {
        changes++;
        MessageState from = message.state;
        unhide(message);
        message.state = to;
        order.changed(message, from, to);
        hide(message);
    }

    void clear() {
        changes++;
        messages.clear();
        hidden.clear();
        byAge.clear();
        inFlight = 0;
        delayed = 0;
        order.cleared();
    }

    private void hide(QueueMessage message) {
        if (message.state != MessageState.VISIBLE) {
            hidden.add(message);
            count(message.state, 1);
        }
    }

    private void unhide(QueueMessage message) {
        if (message.state != MessageState.VISIBLE) {
            hidden.remove(message);
            count(message.state, -1);
        }
    }

    private void count(MessageState state, int difference) {
        switch (state) {
            case MessageState.Delayed d -> delayed += difference;
            case MessageState.InFlight f -> inFlight += difference;
            case MessageState.Visible v -> {}
        }
    }

    /** Hidden messages, the one that becomes visible next first. */
    private static final class ByVisibility extends IndexedHeap<QueueMessage> {
        @Override
        boolean before(QueueMessage a, QueueMessage b) {
            int order = Long.compare(a.visibleAtMillis(), b.visibleAtMillis());
            return order < 0 || (order == 0 && a.sequence() < b.sequence());
        }

        @Override
        int placeOf(QueueMessage message) {
            return message.orderPlace;
        }

        @Override
        void place(QueueMessage message, int place) {
            message.orderPlace = place;
        }
    }

    /** All messages, the oldest first. */
    private static final class ByAge extends IndexedHeap<QueueMessage> {
        @Override
        boolean before(QueueMessage a, QueueMessage b) {
            return a.sentAtMillis() < b.sentAtMillis();
        }

        @Override
        int placeOf(QueueMessage message) {
            return message.agePlace;
        }

        @Override
        void place(QueueMessage message, int place) {
            message.agePlace = place;
        }
    }
}
