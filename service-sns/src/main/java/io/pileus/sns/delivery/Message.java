package io.pileus.sns.delivery;

import io.pileus.sns.filter.Value;
import io.pileus.sns.model.MessageAttributeValue;
import io.pileus.sns.state.Protocol;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * A message that SNS has accepted.
 *
 * @param byProtocol the text per protocol where the publisher used {@code MessageStructure=json}; else empty
 * @param sequenceNumber a FIFO topic's number; empty for a standard topic
 * @param endpoint where the publisher reached us, for the URLs in the envelope
 */
public record Message(
        String id,
        String text,
        Map<String, String> byProtocol,
        Optional<String> subject,
        Map<String, MessageAttributeValue> attributes,
        Optional<String> groupId,
        Optional<String> deduplicationId,
        Optional<String> sequenceNumber,
        boolean structured,
        Instant sentAt,
        String endpoint,
        int hops) {

    /** The text that a subscriber of the protocol receives. */
    public String textFor(Protocol protocol) {
        return byProtocol.getOrDefault(protocol.wire(), text);
    }

    /** The attributes as a filter policy sees them. */
    public Map<String, java.util.List<Value>> filterable() {
        return AttributeValues.of(attributes);
    }
}
