package io.pileus.sqs.state;

import io.pileus.sqs.SqsLimits;
import java.util.Iterator;
import java.util.LinkedHashMap;
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
    private record Remembered(Sent sent, long forgottenAtMillis) {}

    /** In the order of sending, so that what is forgotten next comes first. */
    private final Map<String, Remembered> remembered = new LinkedHashMap<>();

    Optional<Sent> find(String key, long nowMillis) {
        forget(nowMillis);
        return Optional.ofNullable(remembered.get(key)).map(Remembered::sent);
    }

    void remember(String key, Sent sent, long nowMillis) {
        remembered.put(key, new Remembered(sent, nowMillis + SqsLimits.DEDUPLICATION_WINDOW.toMillis()));
    }

    private void forget(long nowMillis) {
        Iterator<Remembered> oldest = remembered.values().iterator();
        while (oldest.hasNext() && oldest.next().forgottenAtMillis() <= nowMillis) {
            oldest.remove();
        }
    }
}
