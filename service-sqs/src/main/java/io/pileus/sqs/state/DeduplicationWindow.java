package io.pileus.sqs.state;

import io.pileus.sqs.SqsLimits;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a FIFO queue remembers of the messages sent in the last five minutes, received and deleted ones included. Guarded by
 * the queue's lock.
 *
 * @see <a href="https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/FIFO-queues-exactly-once-processing.html">Exactly-once
 *     processing</a>
 */
final class DeduplicationWindow {
    /** In the order of sending, so that what is forgotten next comes first. */
    private final Map<String, SavedSent> remembered = new LinkedHashMap<>();

    Optional<Sent> find(String key, long nowMillis) {
        forget(nowMillis);
        return Optional.ofNullable(remembered.get(key)).map(SavedSent::sent);
    }

    void remember(String key, Sent sent, long nowMillis) {
        restore(new SavedSent(key, sent, nowMillis + SqsLimits.DEDUPLICATION_WINDOW.toMillis()));
    }

    /** Remembers what was remembered when it was saved; called in the order of sending. */
    void restore(SavedSent sent) {
        remembered.put(sent.key(), sent);
    }

    List<SavedSent> all() {
        return List.copyOf(remembered.values());
    }

    private void forget(long nowMillis) {
        Iterator<SavedSent> oldest = remembered.values().iterator();
        while (oldest.hasNext() && oldest.next().forgottenAtMillis() <= nowMillis) {
            oldest.remove();
        }
    }
}
