package io.pileus.sqs.state;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Finds the messages of a queue by their sequence: a hash table with open addressing that keeps nothing but references,
 * because a queue may hold a million messages. Sequences are dense; they are spread by the golden ratio (Fibonacci hashing),
 * for side by side they would form one run without a gap, which each removal would have to walk along.
 */
final class MessageIndex {
    private static final int INITIAL_CAPACITY = 16;
    private static final long GOLDEN_RATIO = 0x9E3779B97F4A7C15L;

    private @Nullable QueueMessage[] table = new QueueMessage[INITIAL_CAPACITY];
    private int size;

    int size() {
        return size;
    }

    @Nullable
    QueueMessage find(long sequence) {
        for (int i = home(sequence, table.length); ; i = next(i)) {
            QueueMessage message = table[i];
            if (message == null || message.sequence() == sequence) {
                return message;
            }
        }
    }

    void add(QueueMessage message) {
        if (2 * (size + 1) > table.length) {
            resize(table.length * 2);
        }
        insert(message);
        size++;
    }

    void remove(QueueMessage message) {
        int hole = home(message.sequence(), table.length);
        while (table[hole] != message) {
            hole = next(hole);
        }
        closeGap(hole);
        size--;
        if (table.length > INITIAL_CAPACITY && 8 * size < table.length) {
            resize(table.length / 2);
        }
    }

    void clear() {
        table = new QueueMessage[INITIAL_CAPACITY];
        size = 0;
    }

    /** All messages in no particular order. */
    void forEach(Consumer<QueueMessage> consumer) {
        for (QueueMessage message : table) {
            if (message != null) {
                consumer.accept(message);
            }
        }
    }

    /** Moves later members of the probe sequence up, so that no search stops at the hole (Knuth, TAOCP 6.4, algorithm R). */
    private void closeGap(int from) {
        int hole = from;
        table[hole] = null;
        for (int i = next(hole); table[i] != null; i = next(i)) {
            QueueMessage candidate = table[i];
            int home = home(candidate.sequence(), table.length);
            boolean reachable = hole <= i ? hole < home && home <= i : hole < home || home <= i;
            if (!reachable) {
                table[hole] = candidate;
                table[i] = null;
                hole = i;
            }
        }
    }

    private void resize(int capacity) {
        QueueMessage[] old = table;
        table = new QueueMessage[capacity];
        for (QueueMessage message : old) {
            if (message != null) {
                insert(message);
            }
        }
    }

    private void insert(QueueMessage message) {
        int i = home(message.sequence(), table.length);
        while (table[i] != null) {
            i = next(i);
        }
        table[i] = message;
    }

    private static int home(long sequence, int capacity) {
        return (int) ((sequence * GOLDEN_RATIO) >>> Long.numberOfLeadingZeros(capacity - 1L));
    }

    private int next(int i) {
        return (i + 1) & (table.length - 1);
    }
}
