package io.pileus.sqs;

import io.pileus.core.port.Delivery;
import io.pileus.core.service.CallContext;
import io.pileus.core.shape.Blob;
import io.pileus.sqs.model.MessageAttributeValue;
import io.pileus.sqs.model.MessageSystemAttributeValue;
import io.pileus.sqs.state.Md5;
import io.pileus.sqs.state.MessageAttribute;
import io.pileus.sqs.state.MessageBody;
import io.pileus.sqs.state.NewMessage;
import io.pileus.sqs.state.Queue;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Checks what a producer hands over, and makes a message of it that a queue can take. Messages come from API requests and
 * from other services; the rules are the same.
 */
final class NewMessages {
    private static final String TRACE_HEADER = "AWSTraceHeader";
    private static final int GROUP_AND_DEDUPLICATION_ID_LENGTH = 128;
    private static final byte[] NONE = {};

    private NewMessages() {}

    /**
     * A message before it is checked.
     *
     * @param attributes message attributes of valid form, see {@link #attributes}
     */
    record Draft(
            @Nullable String body,
            Map<String, MessageAttribute> attributes,
            @Nullable String traceHeader,
            @Nullable String groupId,
            @Nullable String deduplicationId,
            @Nullable Integer delaySeconds,
            String senderId) {}

    /** @throws io.pileus.core.service.AwsException as SendMessage's documentation has them */
    static NewMessage check(Draft draft, Queue queue) {
        String body = draft.body();
        if (body == null || body.isEmpty()) {
            throw SqsErrors.missingParameter("MessageBody");
        }
        checkCharacters(body);
        checkGroup(draft.groupId(), queue);
        Integer delaySeconds = checkDelay(draft.delaySeconds(), queue);
        byte[] utf8 = body.getBytes(StandardCharsets.UTF_8);
        int sizeBytes = checkSize(utf8.length, draft.attributes(), queue);
        return new NewMessage(
                MessageBody.of(body, Md5.of(utf8)),
                draft.attributes(),
                draft.traceHeader(),
                draft.groupId(),
                deduplicationId(draft.deduplicationId(), utf8, queue),
                draft.senderId(),
                delaySeconds,
                sizeBytes);
    }

    /**
     * A message that another service delivers. Its body is not looked at unless the queue deduplicates by it: it may be one that
     * is made when it is read first, whose sender answers for its characters.
     *
     * @throws io.pileus.core.service.AwsException as SendMessage's documentation has them
     */
    static NewMessage checkDelivery(
            Delivery delivery, Map<String, MessageAttribute> attributes, @Nullable String traceHeader, Queue queue) {
        Blob body = delivery.body();
        if (body.size() == 0) {
            throw SqsErrors.missingParameter("MessageBody");
        }
        if (!body.isMadeLater() && !isPrintableAscii(body.bytes())) {
            checkCharacters(body.utf8());
        }
        checkNumber(attributes);
        String groupId = delivery.messageGroupId().orElse(null);
        checkGroup(groupId, queue);
        int sizeBytes = checkSize(body.size(), attributes, queue);
        String deduplicationId = delivery.messageDeduplicationId().orElse(null);
        boolean byContent = queue.isFifo() && (deduplicationId == null || deduplicationId.isEmpty());
        return new NewMessage(
                MessageBody.delivered(body),
                attributes,
                traceHeader,
                groupId,
                queue.isFifo() ? deduplicationId(deduplicationId, byContent ? body.bytes() : NONE, queue) : null,
                delivery.sender().userId(),
                null,
                sizeBytes);
    }

    private static boolean isPrintableAscii(byte[] text) {
        for (byte b : text) {
            if (b < 0x20) {
                return false;
            }
        }
        return true;
    }

    private static int checkSize(int bodyBytes, Map<String, MessageAttribute> attributes, Queue queue) {
        int sizeBytes = bodyBytes + sizeBytes(attributes);
        if (sizeBytes > queue.attributes().maximumMessageSizeBytes()) {
            throw SqsErrors.messageTooLong(queue.attributes().maximumMessageSizeBytes());
        }
        return sizeBytes;
    }

    private static void checkGroup(@Nullable String groupId, Queue queue) {
        if (groupId == null || groupId.isEmpty()) {
            if (queue.isFifo()) {
                throw SqsErrors.missingParameter("MessageGroupId");
            }
            return;
        }
        checkId(groupId, "MessageGroupId");
    }

    private static @Nullable String deduplicationId(@Nullable String given, byte[] body, Queue queue) {
        if (given != null && !given.isEmpty()) {
            if (!queue.isFifo()) {
                throw SqsErrors.notForThisQueueType(given, "MessageDeduplicationId");
            }
            checkId(given, "MessageDeduplicationId");
            return given;
        }
        if (!queue.isFifo()) {
            return null;
        }
        if (!queue.attributes().contentBasedDeduplication()) {
            throw SqsErrors.noDeduplicationId();
        }
        return HexFormat.of().formatHex(sha256().digest(body));
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /** FIFO queues have delays of their own only, not per message; a delay of 0 is no delay. */
    private static @Nullable Integer checkDelay(@Nullable Integer delaySeconds, Queue queue) {
        if (delaySeconds == null) {
            return null;
        }
        if (delaySeconds < 0 || delaySeconds > SqsLimits.DELAY_SECONDS) {
            throw SqsErrors.invalidParameter(
                    delaySeconds.toString(), "DelaySeconds", "DelaySeconds must be >= 0 and <= 900.");
        }
        if (!queue.isFifo()) {
            return delaySeconds;
        }
        if (delaySeconds > 0) {
            throw SqsErrors.notForThisQueueType(delaySeconds, "DelaySeconds");
        }
        return null;
    }

    /** Ids of groups, deduplication and receive attempts: 1 to 128 printable ASCII characters without space. */
    static void checkId(String id, String parameter) {
        boolean valid = id.length() <= GROUP_AND_DEDUPLICATION_ID_LENGTH
                && !id.isEmpty()
                && id.chars().allMatch(c -> c > ' ' && c <= '~');
        if (!valid) {
            throw SqsErrors.invalidParameter(
                    id,
                    parameter,
                    parameter + " can only include alphanumeric and punctuation characters. 1 to 128 in length.");
        }
    }

    /** The characters of XML 1.0: #x9 | #xA | #xD | #x20 to #xD7FF | #xE000 to #xFFFD | #x10000 to #x10FFFF. */
    private static void checkCharacters(String text) {
        if (!isXmlText(text)) {
            throw SqsErrors.invalidMessageContents();
        }
    }

    private static boolean isXmlText(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c >= 0x20 && c < Character.MIN_SURROGATE) {
                continue;
            }
            if (c < 0x20 ? c != '\t' && c != '\n' && c != '\r' : c >= 0xFFFE) {
                return false;
            }
            if (Character.isSurrogate(c)) {
                boolean pair = Character.isHighSurrogate(c)
                        && i + 1 < text.length()
                        && Character.isLowSurrogate(text.charAt(i + 1));
                if (!pair) {
                    return false;
                }
                i++;
            }
        }
        return true;
    }

    private static int sizeBytes(Map<String, MessageAttribute> attributes) {
        int size = 0;
        for (Map.Entry<String, MessageAttribute> attribute : attributes.entrySet()) {
            size += utf8Length(attribute.getKey())
                    + utf8Length(attribute.getValue().dataType())
                    + attribute.getValue().value().size();
        }
        return size;
    }

    private static int utf8Length(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) >= 0x80) {
                return text.getBytes(StandardCharsets.UTF_8).length;
            }
        }
        return text.length();
    }

    /**
     * The message attributes of a request, checked.
     *
     * @see <a href="https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-message-metadata.html">Message
     *     metadata</a>
     */
    static Map<String, MessageAttribute> attributes(Map<String, MessageAttributeValue> given) {
        if (given.isEmpty()) {
            return Map.of();
        }
        checkNumber(given);
        Map<String, MessageAttribute> attributes = new TreeMap<>();
        given.forEach((name, value) -> {
            checkAttributeName(name);
            if (value.hasStringListValues() || value.hasBinaryListValues()) {
                throw SqsErrors.listValues();
            }
            attributes.put(
                    name,
                    attribute(name, value.dataType(), value.stringValue(), value.binaryValue(), "message attribute"));
        });
        return attributes;
    }

    private static void checkNumber(Map<String, ?> attributes) {
        if (attributes.size() > SqsLimits.MESSAGE_ATTRIBUTES) {
            throw SqsErrors.tooManyAttributes(attributes.size());
        }
    }

    /** The X-Ray trace header, which is the only system attribute that can be sent; null when there is none. */
    static @Nullable MessageAttribute traceHeader(Map<String, MessageSystemAttributeValue> given) {
        MessageAttribute traceHeader = null;
        for (Map.Entry<String, MessageSystemAttributeValue> entry : given.entrySet()) {
            MessageSystemAttributeValue value = entry.getValue();
            if (!entry.getKey().equals(TRACE_HEADER)) {
                throw SqsErrors.invalidParameterValue(
                        "Message system attribute name '" + entry.getKey() + "' is invalid.");
            }
            if (value.hasStringListValues() || value.hasBinaryListValues()) {
                throw SqsErrors.listValues();
            }
            traceHeader = attribute(
                    TRACE_HEADER,
                    value.dataType(),
                    value.stringValue(),
                    value.binaryValue(),
                    "message system attribute");
            if (!traceHeader.dataType().equals("String")) {
                throw SqsErrors.invalidParameterValue(
                        "The message system attribute '" + TRACE_HEADER + "' must be of type 'String'."); // words ours
            }
        }
        return traceHeader;
    }

    /**
     * The X-Ray trace header of a message: that of its own system attribute, else the one that the request carries in its HTTP
     * header, which is meant for all messages of the request.
     *
     * @see <a href="https://docs.aws.amazon.com/xray/latest/devguide/xray-services-sqs.html">Amazon SQS and AWS X-Ray</a>
     */
    static @Nullable String traceHeader(@Nullable MessageAttribute own, CallContext call) {
        if (own != null) {
            return own.value().utf8();
        }
        String ofRequest = call.client().header("x-amzn-trace-id");
        return ofRequest.isEmpty() ? null : ofRequest;
    }

    private static void checkAttributeName(String name) {
        if (name.isEmpty() || name.length() > SqsLimits.MESSAGE_ATTRIBUTE_NAME_LENGTH) {
            throw SqsErrors.invalidParameterValue("Message attribute name must be between 1 and "
                    + SqsLimits.MESSAGE_ATTRIBUTE_NAME_LENGTH + " characters long."); // words ours
        }
        boolean allowed = name.chars()
                .allMatch(c -> (c >= 'a' && c <= 'z')
                        || (c >= 'A' && c <= 'Z')
                        || (c >= '0' && c <= '9')
                        || c == '_'
                        || c == '-'
                        || c == '.');
        if (!allowed || name.startsWith(".") || name.endsWith(".") || name.contains("..")) {
            throw SqsErrors.invalidParameterValue("Message (user) attribute name '" + name
                    + "' is invalid: it can contain alphanumeric characters, '_', '-' and '.', and neither begin nor end"
                    + " with '.' nor have '..'."); // words ours
        }
        if (name.regionMatches(true, 0, "aws.", 0, 4) || name.regionMatches(true, 0, "amazon.", 0, 7)) {
            throw SqsErrors.invalidParameterValue(
                    "You can't use message attribute names beginning with 'AWS.' or 'Amazon.'."
                            + " These strings are reserved for internal use.");
        }
    }

    private static MessageAttribute attribute(
            String name,
            @Nullable String dataType,
            @Nullable String stringValue,
            @Nullable Blob binaryValue,
            String kind) {
        if (dataType == null || dataType.isEmpty()) {
            throw SqsErrors.invalidParameterValue(
                    "The " + kind + " '" + name + "' must contain non-empty message attribute type.");
        }
        String type = dataType.indexOf('.') < 0 ? dataType : dataType.substring(0, dataType.indexOf('.'));
        if (!type.equals("String") && !type.equals("Number") && !type.equals("Binary")) {
            throw SqsErrors.invalidParameterValue("The " + kind + " '" + name
                    + "' has an invalid message attribute type, the set of supported type prefixes is Binary, Number, and"
                    + " String.");
        }
        if (dataType.length() > SqsLimits.MESSAGE_ATTRIBUTE_TYPE_LENGTH) {
            throw SqsErrors.invalidParameterValue("The " + kind + " '" + name
                    + "' has a message attribute type that is longer than 256 characters."); // words ours
        }
        Blob value = type.equals("Binary") ? binaryValue : stringValue == null ? null : Blob.ofUtf8(stringValue);
        if (value == null || value.size() == 0) {
            throw SqsErrors.invalidParameterValue("The " + kind + " '" + name
                    + "' must contain non-empty message attribute value for message attribute type '" + type + "'.");
        }
        if (stringValue != null) {
            checkAttributeText(name, stringValue, type, kind);
        }
        return new MessageAttribute(dataType, value);
    }

    private static void checkAttributeText(String name, String text, String type, String kind) {
        if (!isXmlText(text)) {
            throw SqsErrors.invalidMessageContents();
        }
        if (type.equals("Number") && !isNumber(text)) {
            throw SqsErrors.invalidParameterValue("Can't cast the value of " + kind + " '" + name + "' to a number.");
        }
    }

    private static boolean isNumber(String text) {
        if (text.length() > 400) {
            return false;
        }
        try {
            new java.math.BigDecimal(text.strip());
            return true;
        } catch (NumberFormatException e) {
            return false;
        }
    }
}
