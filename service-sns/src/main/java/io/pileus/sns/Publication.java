package io.pileus.sns;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.pileus.core.identity.Ids;
import io.pileus.core.service.CallContext;
import io.pileus.core.shape.JsonTrees;
import io.pileus.sns.delivery.Message;
import io.pileus.sns.model.MessageAttributeValue;
import io.pileus.sns.model.PublishBatchRequestEntry;
import io.pileus.sns.model.PublishInput;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a publisher sends, validated: text, subject, structure, attributes, FIFO ids.
 *
 * @see <a href="https://docs.aws.amazon.com/sns/latest/api/API_Publish.html">Publish</a>
 */
record Publication(
        String message,
        @Nullable String subject,
        @Nullable String structure,
        Map<String, MessageAttributeValue> attributes,
        @Nullable String groupId,
        @Nullable String deduplicationId) {

    /** The most bytes of a message with its attributes, and of a batch: 256 KiB. */
    static final int SIZE_MAX = 256 * 1024;

    private static final int SUBJECT_MAX = 100;
    private static final Pattern FIFO_ID =
            Pattern.compile("[A-Za-z0-9!\"#$%&'()*+,./:;<=>?@\\[\\\\\\]^_`{|}~-]{1,128}");
    private static final Pattern CUSTOM_TYPE = Pattern.compile("(String|Number|Binary)(\\.[^\\x00]{0,250})?");

    static Publication of(PublishInput input) {
        return new Publication(
                input.message(),
                input.subject(),
                input.messageStructure(),
                input.messageAttributes(),
                input.messageGroupId(),
                input.messageDeduplicationId());
    }

    static Publication of(PublishBatchRequestEntry entry) {
        return new Publication(
                entry.message(),
                entry.subject(),
                entry.messageStructure(),
                entry.messageAttributes(),
                entry.messageGroupId(),
                entry.messageDeduplicationId());
    }

    /** Text and attributes in bytes, as the limit counts them. */
    int size() {
        int size = bytes(message);
        for (Map.Entry<String, MessageAttributeValue> attribute : attributes.entrySet()) {
            MessageAttributeValue value = attribute.getValue();
            size += bytes(attribute.getKey()) + bytes(value.dataType());
            size += value.binaryValue() != null ? value.binaryValue().size() : bytes(value.stringValue());
        }
        return size;
    }

    private static int bytes(@Nullable String text) {
        if (text == null) {
            return 0;
        }
        int bytes = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < 0x80) {
                bytes++;
            } else if (c < 0x800) {
                bytes += 2;
            } else if (Character.isSurrogate(c)) {
                bytes += 2; // half of a pair
            } else {
                bytes += 3;
            }
        }
        return bytes;
    }

    /** Refuses what SNS refuses wherever the message goes. */
    void check() {
        if (message.isEmpty()) {
            throw SnsErrors.invalidParameter("Empty message");
        }
        if (size() > SIZE_MAX) {
            throw SnsErrors.invalidParameter("Message too long");
        }
        if (subject != null && !isSubject(subject)) {
            throw SnsErrors.invalidParameter("Subject");
        }
        if (structure != null && !structure.equals("json")) {
            throw SnsErrors.invalidParameter("MessageStructure");
        }
        attributes.forEach(Publication::checkAttribute);
        if (structure != null) {
            byProtocol();
        }
    }

    /** Up to 100 printable ASCII characters, the first of which is a letter, a digit or a punctuation mark. */
    private static boolean isSubject(String subject) {
        return !subject.isEmpty()
                && subject.length() <= SUBJECT_MAX
                && subject.charAt(0) != ' '
                && subject.chars().noneMatch(c -> c < 0x20 || c == 0x7f);
    }

    private static void checkAttribute(String name, MessageAttributeValue value) {
        if (!isAttributeName(name) || name.startsWith(".") || name.endsWith(".") || name.contains("..")) {
            throw SnsErrors.invalidValue(
                    "The message attribute name '" + name
                            + "' is invalid. Attribute name can contain A-Z, a-z, 0-9, underscore (_), hyphen (-), and period (.) characters.");
        }
        String type = value.dataType();
        if (type == null || type.isEmpty()) {
            throw SnsErrors.invalidValue(
                    "The message attribute '" + name + "' must contain non-empty message attribute type.");
        }
        if (!type.equals("String") && !CUSTOM_TYPE.matcher(type).matches()) {
            throw SnsErrors.invalidValue(
                    "The message attribute '" + name
                            + "' has an invalid message attribute type, the set of supported type prefixes is Binary, Number, and String.");
        }
        boolean binary = type.startsWith("Binary");
        boolean empty = binary
                ? value.binaryValue() == null || value.binaryValue().size() == 0
                : value.stringValue() == null || value.stringValue().isEmpty();
        if (empty) {
            throw SnsErrors.invalidValue("The message attribute '" + name
                    + "' must contain non-empty message attribute value for message attribute type '" + type + "'.");
        }
        if (type.startsWith("Number") && !isNumber(value.stringValue())) {
            throw SnsErrors.invalidValue("Could not cast message attribute '" + name + "' value to number.");
        }
    }

    private static boolean isAttributeName(String name) {
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            boolean allowed = c >= 'a' && c <= 'z'
                    || c >= 'A' && c <= 'Z'
                    || c >= '0' && c <= '9'
                    || c == '_'
                    || c == '-'
                    || c == '.';
            if (!allowed) {
                return false;
            }
        }
        return !name.isEmpty() && name.length() <= 256;
    }

    private static boolean isNumber(String text) {
        try {
            return text.length() <= 400 && new BigDecimal(text).precision() <= 400;
        } catch (NumberFormatException e) {
            return false;
        }
    }

    /** The texts per protocol of a structured message; empty for a plain one. */
    Map<String, String> byProtocol() {
        if (structure == null) {
            return Map.of();
        }
        JsonNode node;
        try {
            node = JsonTrees.mapper().readTree(message);
        } catch (JsonProcessingException e) {
            throw SnsErrors.invalidParameter("Message Structure - JSON message body failed to parse");
        }
        if (node == null || !node.isObject()) {
            throw SnsErrors.invalidParameter("Message Structure - JSON message body failed to parse");
        }
        if (!node.path("default").isTextual()) {
            throw SnsErrors.invalidParameter("Message Structure - No default entry in JSON message body");
        }
        Map<String, String> texts = new HashMap<>();
        node.properties().forEach(entry -> {
            if (entry.getValue().isTextual()) {
                texts.put(entry.getKey(), entry.getValue().textValue());
            }
        });
        return texts;
    }

    /** Refuses FIFO ids that SNS refuses for this kind of topic. */
    void checkFifo(boolean fifo, boolean contentBased) {
        if (fifo) {
            if (groupId == null || groupId.isEmpty()) {
                throw SnsErrors.invalidParameter("The MessageGroupId parameter is required for FIFO topics");
            }
            if (deduplicationId == null && !contentBased) {
                throw SnsErrors.invalidParameter(
                        "The topic should either have ContentBasedDeduplication enabled or MessageDeduplicationId provided explicitly");
            }
        } else if (deduplicationId != null) {
            throw SnsErrors.invalidParameter(
                    "MessageDeduplicationId",
                    "The request includes MessageDeduplicationId parameter that is not valid for this topic type");
        }
        checkFifoId("MessageGroupId", groupId);
        checkFifoId("MessageDeduplicationId", deduplicationId);
    }

    private static void checkFifoId(String name, @Nullable String id) {
        if (id != null && !FIFO_ID.matcher(id).matches()) {
            throw SnsErrors.invalidParameter(
                    name,
                    "The " + name
                            + " parameter can include alphanumeric and punctuation characters and be 1 to 128 in length");
        }
    }

    /** The message as accepted. */
    Message accepted(Ids ids, CallContext call, Optional<String> deduplication, Optional<String> sequenceNumber) {
        Map<String, String> texts = byProtocol();
        return new Message(
                ids.uuid(),
                texts.getOrDefault("default", message),
                texts,
                Optional.ofNullable(subject),
                attributes,
                Optional.ofNullable(groupId),
                deduplication,
                sequenceNumber,
                structure != null,
                call.receivedAt(),
                call.endpoint(),
                call.hops(),
                traceHeader(call));
    }

    private static Optional<String> traceHeader(CallContext call) {
        String header = call.client().header("x-amzn-trace-id");
        return header.isEmpty() ? Optional.empty() : Optional.of(header);
    }
}
