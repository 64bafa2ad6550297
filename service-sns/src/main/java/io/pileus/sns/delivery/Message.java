package io.pileus.sns.delivery;

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
 * @param traceHeader the X-Ray trace header of the publisher's request, which subscribers receive beside the message
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
        int hops,
        Optional<String> traceHeader) {

    /** Whether a queue takes its characters: those of XML 1.0. (JSON escapes what is below a blank.) */
    boolean isReadable() {
        if (!isReadable(text) || !subject.map(Message::isReadable).orElse(true)) {
            return false;
        }
        for (String each : byProtocol.values()) {
            if (!isReadable(each)) {
                return false;
            }
        }
        for (MessageAttributeValue value : attributes.values()) {
            if (value.stringValue() != null && !isReadable(value.stringValue())
                    || value.dataType() != null && !isReadable(value.dataType())) {
                return false;
            }
        }
        return true;
    }

    private static boolean isReadable(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c >= Character.MIN_SURROGATE) {
                boolean pair = Character.isHighSurrogate(c)
                        && i + 1 < text.length()
                        && Character.isLowSurrogate(text.charAt(i + 1));
                if (!pair && (c <= Character.MAX_SURROGATE || c > '\uFFFD')) {
                    return false;
                }
                i += pair ? 1 : 0;
            }
        }
        return true;
    }

    /** The text that a subscriber of the protocol receives. */
    public String textFor(Protocol protocol) {
        return textFor(protocol.wire());
    }

    /** The text under a key of a structured message, else the default one. */
    String textFor(String key) {
        return byProtocol.isEmpty() ? text : byProtocol.getOrDefault(key, text);
    }
}
