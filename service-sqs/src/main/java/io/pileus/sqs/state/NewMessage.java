package io.pileus.sqs.state;

import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A message as a producer hands it over, checked against the limits of SQS.
 *
 * @param attributes the message attributes in the order of their names; a map that is sorted is not copied, and must not change
 * @param traceHeader the system attribute AWSTraceHeader
 * @param deduplicationId what a FIFO queue deduplicates by: given, or the content's SHA-256
 * @param senderId who sent it
 * @param delaySeconds its own delay; null for the queue's
 * @param sizeBytes the body's and the attributes' size, as limits count it
 */
public record NewMessage(
        MessageBody body,
        Map<String, MessageAttribute> attributes,
        @Nullable String traceHeader,
        @Nullable String groupId,
        @Nullable String deduplicationId,
        String senderId,
        @Nullable Integer delaySeconds,
        int sizeBytes) {

    public NewMessage {
        if (!(attributes instanceof SortedMap)) {
            attributes = attributes.isEmpty() ? Map.of() : Collections.unmodifiableSortedMap(new TreeMap<>(attributes));
        }
    }

    /** The digest of the body in UTF-8. */
    public Md5 bodyMd5() {
        return body.md5();
    }
}
