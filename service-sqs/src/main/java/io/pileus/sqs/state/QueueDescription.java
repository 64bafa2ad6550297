package io.pileus.sqs.state;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a queue is besides its messages.
 *
 * @param lastModifiedAtMillis when its attributes were set last
 * @param dataKey the data key that was made last for an encrypted queue
 */
record QueueDescription(
        QueueAttributes attributes,
        Map<String, String> tags,
        long lastModifiedAtMillis,
        @Nullable DataKey dataKey) {
    QueueDescription {
        tags = Map.copyOf(tags);
    }

    QueueDescription withAttributes(QueueAttributes newAttributes, long nowMillis) {
        return new QueueDescription(newAttributes, tags, nowMillis, dataKey);
    }

    QueueDescription withTags(Map<String, String> newTags) {
        return new QueueDescription(attributes, newTags, lastModifiedAtMillis, dataKey);
    }

    QueueDescription withDataKey(DataKey newDataKey) {
        return new QueueDescription(attributes, tags, lastModifiedAtMillis, newDataKey);
    }
}
