package io.pileus.sqs;

import static io.pileus.sqs.Sqs.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import io.pileus.core.service.CallContext;
import io.pileus.core.shape.Blob;
import io.pileus.core.testkit.TestCalls;
import io.pileus.sqs.model.*;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SendMessageTest {
    private final Sqs sqs = Sqs.fresh();
    private final String queue = sqs.queue("orders");

    private static MessageAttributeValue text(String type, String value) {
        return MessageAttributeValue.builder().dataType(type).stringValue(value).build();
    }

    private static MessageAttributeValue binary(int... bytes) {
        byte[] value = new byte[bytes.length];
        for (int i = 0; i < bytes.length; i++) {
            value[i] = (byte) bytes[i];
        }
        return MessageAttributeValue.builder()
                .dataType("Binary")
                .binaryValue(Blob.of(value))
                .build();
    }

    private String refusalOf(String name, MessageAttributeValue value) {
        return refusal(() -> sqs.send(queue, "m", m -> m.messageAttributes(Map.of(name, value))));
    }

    @Test
    void attributesTravelWithTheMessage() {
        SendMessageResult sent = sqs.send(
                queue,
                "m",
                m -> m.messageAttributes(Map.of(
                        "colour", text("String", "red"),
                        "weight", text("Number.int", "12"),
                        "raw", binary(1, 2, 3))));

        Message all =
                sqs.receive(queue, r -> r.messageAttributeNames(List.of("All"))).getFirst();

        assertThat(all.messageAttributes().get("colour").stringValue()).isEqualTo("red");
        assertThat(all.messageAttributes().get("weight").dataType()).isEqualTo("Number.int");
        assertThat(all.messageAttributes().get("raw").binaryValue()).isEqualTo(Blob.of(new byte[] {1, 2, 3}));
        assertThat(all.md5OfMessageAttributes()).isEqualTo(sent.md5OfMessageAttributes());
    }

    /** Computed by boto's and the Java SDK's check, too: both refuse an answer with another digest. */
    @Test
    void theDigestOfAttributesIsTheDocumentedOne() throws Exception {
        java.io.ByteArrayOutputStream encoded = new java.io.ByteArrayOutputStream();
        java.io.DataOutputStream out = new java.io.DataOutputStream(encoded);
        for (String part : List.of("a", "String")) {
            out.writeInt(part.length());
            out.writeBytes(part);
        }
        out.writeByte(1);
        out.writeInt(1);
        out.writeBytes("x");
        String expected = java.util.HexFormat.of()
                .formatHex(java.security.MessageDigest.getInstance("MD5").digest(encoded.toByteArray()));

        assertThat(sqs.send(queue, "m", m -> m.messageAttributes(Map.of("a", text("String", "x"))))
                        .md5OfMessageAttributes())
                .isEqualTo(expected);
    }

    @Test
    void attributesAreShownByNameAndByPrefix() {
        sqs.send(
                queue,
                "m",
                m -> m.messageAttributes(Map.of(
                        "order.id", text("String", "1"),
                        "order.size", text("String", "2"),
                        "colour", text("String", "red"))));

        assertThat(shown("colour", "unknown")).containsExactlyInAnyOrder("colour");
        assertThat(shown("order.*")).containsExactlyInAnyOrder("order.id", "order.size");
        assertThat(shown(".*")).hasSize(3);
        assertThat(shown()).isEmpty();
    }

    private java.util.Set<String> shown(String... names) {
        return sqs.receive(queue, r -> r.visibilityTimeout(0).messageAttributeNames(List.of(names)))
                .getFirst()
                .messageAttributes()
                .keySet();
    }

    @Test
    void systemAttributesAreShownByName() {
        sqs.send(queue, "m");

        Message message = sqs.receive(
                        queue,
                        r -> r.messageSystemAttributeNames(List.of("SentTimestamp"))
                                .attributeNames(List.of("ApproximateReceiveCount")))
                .getFirst();

        assertThat(message.attributes())
                .isEqualTo(Map.of("SentTimestamp", "1767225600000", "ApproximateReceiveCount", "1"));
    }

    @Test
    void theTraceHeaderIsASystemAttribute() {
        SendMessageResult sent = sqs.send(
                queue,
                "m",
                m -> m.messageSystemAttributes(Map.of(
                        "AWSTraceHeader",
                        MessageSystemAttributeValue.builder()
                                .dataType("String")
                                .stringValue("Root=1-5e3d83c1-e6a0db584850d61342823d4c")
                                .build())));

        assertThat(sent.md5OfMessageSystemAttributes()).hasSize(32);
        assertThat(sent.md5OfMessageAttributes()).isNull();
        Message received = sqs.receive(queue, r -> r.messageSystemAttributeNames(List.of("AWSTraceHeader")))
                .getFirst();
        assertThat(received.attributes())
                .isEqualTo(Map.of("AWSTraceHeader", "Root=1-5e3d83c1-e6a0db584850d61342823d4c"));
    }

    @Test
    void malformedAttributesAreRefused() {
        assertThat(refusalOf("a", text("Colour", "red")))
                .isEqualTo(
                        "InvalidParameterValue: The message attribute 'a' has an invalid message attribute type, the set of"
                                + " supported type prefixes is Binary, Number, and String.");
        assertThat(refusalOf("a", text("String", "")))
                .isEqualTo(
                        "InvalidParameterValue: The message attribute 'a' must contain non-empty message attribute value for"
                                + " message attribute type 'String'.");
        assertThat(refusalOf("a", text("Number", "many")))
                .isEqualTo("InvalidParameterValue: Can't cast the value of message attribute 'a' to a number.");
        assertThat(refusalOf(
                        "a", MessageAttributeValue.builder().stringValue("x").build()))
                .contains("must contain non-empty message attribute type");
        assertThat(refusalOf(
                        "a",
                        text("String", "x").toBuilder()
                                .stringListValues(List.of("y"))
                                .build()))
                .isEqualTo(
                        "AWS.SimpleQueueService.UnsupportedOperation: Message attribute list values in SendMessage operation"
                                + " are not supported.");
        assertThat(refusalOf("AWS.thing", text("String", "x")))
                .startsWith("InvalidParameterValue: You can't use message attribute names beginning with");
        assertThat(refusalOf(".a", text("String", "x"))).startsWith("InvalidParameterValue");
        assertThat(refusalOf("a..b", text("String", "x"))).startsWith("InvalidParameterValue");
        Map<String, MessageAttributeValue> eleven = new HashMap<>();
        for (int i = 0; i < 11; i++) {
            eleven.put("a" + i, text("String", "x"));
        }
        assertThat(refusal(() -> sqs.send(queue, "m", m -> m.messageAttributes(eleven))))
                .isEqualTo(
                        "InvalidParameterValue: Number of message attributes [11] exceeds the allowed maximum [10].");
    }

    @Test
    void charactersOutsideXmlAreRefused() {
        for (String body : List.of("\u0000", "a\u0008b", "\uFFFE", "\uFFFF", "\uD800", "\uDC00x")) {
            assertThat(Sqs.errorOf(() -> sqs.send(queue, body)).code()).isEqualTo("InvalidMessageContents");
        }
        sqs.send(queue, "tab\t line\n return\r \u00e4 \ud83d\ude00 \uFFFD");
        assertThat(sqs.receiveBodies(queue)).containsExactly("tab\t line\n return\r \u00e4 \ud83d\ude00 \uFFFD");
    }

    @Test
    void anEmptyMessageIsRefused() {
        assertThat(refusal(() -> sqs.send(queue, "")))
                .isEqualTo("MissingParameter: The request must contain the parameter MessageBody.");
    }

    @Test
    void aMessageHasOneMebibyteAtMostAttributesIncluded() {
        sqs.send(queue, "x".repeat(1_048_576));
        assertThat(refusal(() -> sqs.send(queue, "x".repeat(1_048_577))))
                .isEqualTo(
                        "InvalidParameterValue: One or more parameters are invalid. Reason: Message must be shorter than"
                                + " 1048576 bytes.");
        // name 1 + type 6 + value 1
        sqs.send(queue, "x".repeat(1_048_568), m -> m.messageAttributes(Map.of("a", text("String", "x"))));
        assertThat(refusal(() -> sqs.send(
                        queue, "x".repeat(1_048_569), m -> m.messageAttributes(Map.of("a", text("String", "x"))))))
                .contains("Message must be shorter");
    }

    @Test
    void aQueueMayTakeSmallerMessagesOnly() {
        String small = sqs.queue("small", "MaximumMessageSize", "1024");
        sqs.send(small, "\u00e4".repeat(512));
        assertThat(refusal(() -> sqs.send(small, "\u00e4".repeat(513))))
                .endsWith("Reason: Message must be shorter than 1024 bytes.");
    }

    @Test
    void delaysHaveARange() {
        assertThat(refusal(() -> sqs.send(queue, "m", m -> m.delaySeconds(901))))
                .isEqualTo(
                        "InvalidParameterValue: Value 901 for parameter DelaySeconds is invalid. Reason: DelaySeconds must"
                                + " be >= 0 and <= 900.");
        assertThat(refusal(() -> sqs.send(queue, "m", m -> m.delaySeconds(-1)))).startsWith("InvalidParameterValue");
    }

    @Test
    void aStandardQueueTakesNoDeduplicationId() {
        assertThat(refusal(() -> sqs.send(queue, "m", m -> m.messageDeduplicationId("1"))))
                .isEqualTo(
                        "InvalidParameterValue: Value 1 for parameter MessageDeduplicationId is invalid. Reason: The request"
                                + " include parameter that is not valid for this queue type.");
    }

    @Test
    void receiveParametersHaveRanges() {
        assertThat(refusal(() -> sqs.receive(queue, r -> r.maxNumberOfMessages(11))))
                .isEqualTo(
                        "InvalidParameterValue: Value 11 for parameter MaxNumberOfMessages is invalid. Reason: Must be"
                                + " between 1 and 10, if provided.");
        assertThat(refusal(() -> sqs.receive(queue, r -> r.waitTimeSeconds(21))))
                .isEqualTo(
                        "InvalidParameterValue: Value 21 for parameter WaitTimeSeconds is invalid. Reason: Must be >= 0 and"
                                + " <= 20, if provided.");
        assertThat(refusal(() -> sqs.receive(queue, r -> r.visibilityTimeout(43_201))))
                .isEqualTo(
                        "InvalidParameterValue: Value 43201 for parameter VisibilityTimeout is invalid. Reason: Must be"
                                + " between 0 and 43200, if provided.");
        assertThat(refusal(() -> sqs.receive(queue, r -> r.receiveRequestAttemptId("a"))))
                .startsWith("InvalidParameterValue");
    }

    @Test
    void anEncryptedQueueNeedsItsKey() {
        String encrypted = sqs.queue("encrypted", "KmsMasterKeyId", "alias/mine", "KmsDataKeyReusePeriodSeconds", "60");
        StubKeys keys = new StubKeys();
        sqs.env.ports().provide(io.pileus.core.port.KeyService.class, keys);
        sqs.send(encrypted, "m");

        keys.refusal = new io.pileus.core.port.KeyService.Refused("DisabledException", "key is disabled");
        sqs.send(encrypted, "the data key is used again for a minute");
        sqs.advance(60);

        assertThat(refusal(() -> sqs.send(encrypted, "m"))).isEqualTo("KMS.DisabledException: key is disabled");
        assertThat(Sqs.errorOf(() -> sqs.receive(encrypted)).code()).isEqualTo("KmsDisabled");
    }

    @Test
    void theTraceHeaderOfARequestIsThatOfItsMessagesUnlessTheyHaveTheirOwn() {
        CallContext traced = TestCalls.callWith(sqs.env, Map.of("x-amzn-trace-id", "Root=1-request"));
        MessageSystemAttributeValue own = MessageSystemAttributeValue.builder()
                .dataType("String")
                .stringValue("Root=1-own")
                .build();
        SendMessageBatchRequestEntry entry = SendMessageBatchRequestEntry.builder()
                .id("a")
                .messageBody("batched")
                .build();
        sqs.service.sendMessage(
                SendMessageRequest.builder()
                        .queueUrl(queue)
                        .messageBody("alone")
                        .build(),
                traced);
        sqs.service.sendMessageBatch(
                SendMessageBatchRequest.builder()
                        .queueUrl(queue)
                        .entries(List.of(
                                entry,
                                entry.toBuilder()
                                        .id("b")
                                        .messageSystemAttributes(Map.of("AWSTraceHeader", own))
                                        .build()))
                        .build(),
                traced);

        assertThat(sqs.receive(
                        queue, r -> r.maxNumberOfMessages(10).messageSystemAttributeNames(List.of("AWSTraceHeader"))))
                .extracting(m -> m.attributes().get("AWSTraceHeader"))
                .containsExactly("Root=1-request", "Root=1-request", "Root=1-own");
    }
}
