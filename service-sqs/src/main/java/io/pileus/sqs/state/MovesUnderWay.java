package io.pileus.sqs.state;

import io.pileus.sqs.state.QueueSnapshot.MessageSnapshot;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * The messages that are on their way from one queue to another, so that whoever looks at all queues, one after the other,
 * misses none. A message is noted here before it leaves its queue and until it has arrived; arrivals are told to those who
 * are looking. So one that was in no queue when that was looked at either is still on its way when all queues have been
 * looked at, or has arrived meanwhile. Safe for concurrent use.
 */
public final class MovesUnderWay {

    /** A message that was on its way, or arrived, while someone looked: in the queue it left, or came to. */
    public record Moving(Queue queue, MessageSnapshot message) {}

    private final Map<QueueMessage, Queue> leaving = new ConcurrentHashMap<>();
    private final List<Collection<Moving>> lookers = new CopyOnWriteArrayList<>();

    /** A message is about to leave a queue; called under the queue's lock. */
    void leaves(Queue queue, QueueMessage message) {
        leaving.put(message, queue);
    }

    /** A message has come into a queue; called under the queue's lock. */
    void arrives(Queue queue, QueueMessage message) {
        for (Collection<Moving> looker : lookers) {
            looker.add(new Moving(queue, MessageSnapshot.of(message)));
        }
    }

    /** A message that left is in a queue again, as this or another object. */
    void hasArrived(QueueMessage message) {
        leaving.remove(message);
    }

    /** Has someone look at all queues, and tells of the messages that may have been missed. */
    public List<Moving> during(Runnable look) {
        Collection<Moving> arrivals = new ConcurrentLinkedQueue<>();
        lookers.add(arrivals);
        try {
            look.run();
            List<Moving> moving = new ArrayList<>();
            leaving.forEach((message, queue) -> moving.add(new Moving(queue, MessageSnapshot.of(message))));
            moving.addAll(arrivals);
            return moving;
        } finally {
            lookers.remove(arrivals);
        }
    }
}
