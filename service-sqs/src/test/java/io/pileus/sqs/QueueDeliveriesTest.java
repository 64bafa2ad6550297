package io.pileus.sqs;

import static org.assertj.core.api.Assertions.assertThat;

import io.pileus.core.identity.AccountId;
import io.pileus.core.identity.Arn;
import io.pileus.core.identity.Caller;
import io.pileus.core.port.Delivery;
import io.pileus.core.port.DeliveryResult;
import io.pileus.core.port.KeyService;
import io.pileus.core.shape.Blob;
import io.pileus.sqs.model.Message;
import io.pileus.sqs.state.Md5;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class QueueDeliveriesTest {
    private static final String TOPIC = "arn:aws:sns:us-east-1:000000000000:news";

    private final Sqs sqs = Sqs.fresh();
    private final String queue = sqs.queue("orders");

    private static DeliveryResult deliver(Sqs to, Delivery delivery) {
        return to.env
                .ports()
                .deliveries()
                .deliver(delivery)
                .toCompletableFuture()
                .join();
    }

    private Delivery notification(String queueUrl, Optional<String> group, Optional<String> deduplicationId) {
        return new Delivery(
                Arn.parse(sqs.arn(queueUrl)).orElseThrow(),
                Arn.parse(TOPIC).orElseThrow(),
                Caller.service(AccountId.DEFAULT, "sns.amazonaws.com"),
                Blob.ofUtf8("news"),
                Map.of(
                        "colour", new Delivery.Attribute("String", Blob.ofUtf8("red")),
                        "raw", new Delivery.Attribute("Binary", Blob.of(new byte[] {1, 2}))),
                group,
                deduplicationId,
                Optional.empty(),
                sqs.env.now(),
                1);
    }

    private Delivery notification(String queueUrl) {
        return notification(queueUrl, Optional.empty(), Optional.empty());
    }

    @Test
    void aTopicsMessageArrivesWithItsAttributes() {
        DeliveryResult result = deliver(sqs, notification(queue));

        Message message =
                sqs.receive(queue, r -> r.messageAttributeNames(List.of("All"))).getFirst();
        assertThat(result).isEqualTo(new DeliveryResult.Delivered(message.messageId()));
        assertThat(message.body()).isEqualTo("news");
        assertThat(message.messageAttributes().get("colour").stringValue()).isEqualTo("red");
        assertThat(message.messageAttributes().get("raw").binaryValue()).isEqualTo(Blob.of(new byte[] {1, 2}));
    }

    @Test
    void aBodyThatIsMadeLaterIsMadeWhenTheMessageIsReceivedAndOnce() {
        AtomicInteger made = new AtomicInteger();
        byte[] text = "héllo".getBytes(StandardCharsets.UTF_8);
        Delivery delivery = Delivery.of(
                Arn.parse(sqs.arn(queue)).orElseThrow(),
                Arn.parse(TOPIC).orElseThrow(),
                Caller.service(AccountId.DEFAULT, "sns.amazonaws.com"),
                Blob.later(text.length, () -> {
                    made.incrementAndGet();
                    return text;
                }),
                sqs.env.now(),
                1);

        deliver(sqs, delivery);
        assertThat(made).hasValue(0);

        Message message = sqs.receive(queue).getFirst();
        assertThat(message.body()).isEqualTo("héllo");
        assertThat(message.md5OfBody()).isEqualTo(Md5.of(text).hex());
        assertThat(made).hasValue(1);
    }

    @Test
    void charactersThatXmlDoesNotHaveAreRefused() {
        Delivery delivery = Delivery.of(
                Arn.parse(sqs.arn(queue)).orElseThrow(),
                Arn.parse(TOPIC).orElseThrow(),
                Caller.service(AccountId.DEFAULT, "sns.amazonaws.com"),
                Blob.ofUtf8("\uFFFF"),
                sqs.env.now(),
                1);

        assertThat(deliver(sqs, delivery)).isInstanceOf(DeliveryResult.Refused.class);
    }

    @Test
    void moreThanTenAttributesAreRefused() {
        Map<String, Delivery.Attribute> eleven = new HashMap<>();
        for (int i = 0; i < 11; i++) {
            eleven.put("a" + i, new Delivery.Attribute("String", Blob.ofUtf8("v")));
        }
        Delivery delivery = notification(queue);

        assertThat(deliver(
                        sqs,
                        new Delivery(
                                delivery.target(),
                                delivery.source(),
                                delivery.sender(),
                                delivery.body(),
                                eleven,
                                delivery.messageGroupId(),
                                delivery.messageDeduplicationId(),
                                delivery.partitionKey(),
                                delivery.sentAt(),
                                delivery.hops())))
                .isEqualTo(new DeliveryResult.Refused(
                        "InvalidParameterValue",
                        "Number of message attributes [11] exceeds the allowed maximum [10].",
                        false));
    }

    @Test
    void aFifoQueueTakesGroupAndDeduplicationId() {
        String fifo = sqs.fifo("orders.fifo");
        deliver(sqs, notification(fifo, Optional.of("g"), Optional.of("1")));
        deliver(sqs, notification(fifo, Optional.of("g"), Optional.of("1")));

        assertThat(sqs.receive(fifo)).hasSize(1);
        assertThat(deliver(sqs, notification(fifo)))
                .isEqualTo(new DeliveryResult.Refused(
                        "MissingParameter", "The request must contain the parameter MessageGroupId.", false));
    }

    @Test
    void aQueueThatDoesNotExistIsNoTarget() {
        Delivery lost = Delivery.of(
                Arn.parse("arn:aws:sqs:us-east-1:000000000000:none").orElseThrow(),
                Arn.parse(TOPIC).orElseThrow(),
                Caller.service(AccountId.DEFAULT, "sns.amazonaws.com"),
                Blob.ofUtf8("news"),
                sqs.env.now(),
                1);

        assertThat(deliver(sqs, lost)).isEqualTo(new DeliveryResult.NoSuchTarget());
    }

    @Test
    void aPolicyDecidesWhichServiceMaySend() {
        policy("{\"Service\":\"sns.amazonaws.com\"}", "{\"ArnEquals\":{\"aws:SourceArn\":\"" + TOPIC + "\"}}");
        assertThat(deliver(sqs, notification(queue))).isInstanceOf(DeliveryResult.Delivered.class);

        policy("\"*\"", "{\"ArnLike\":{\"aws:SourceArn\":\"arn:aws:sns:*:*:new?\"}}");
        assertThat(deliver(sqs, notification(queue))).isInstanceOf(DeliveryResult.Delivered.class);

        policy("{\"Service\":\"sns.amazonaws.com\"}", "{\"ArnEquals\":{\"aws:SourceArn\":\"arn:aws:sns:x:y:z\"}}");
        assertThat(deliver(sqs, notification(queue)))
                .isEqualTo(new DeliveryResult.Refused("AccessDenied", "Access to the resource is denied.", false));

        policy("{\"Service\":\"events.amazonaws.com\"}", "{}");
        assertThat(deliver(sqs, notification(queue))).isInstanceOf(DeliveryResult.Refused.class);
    }

    private void policy(String principal, String condition) {
        sqs.set(
                queue,
                "Policy",
                "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Principal\":" + principal
                        + ",\"Action\":\"sqs:SendMessage\",\"Resource\":\"" + sqs.arn(queue) + "\",\"Condition\":"
                        + condition + "}]}");
    }

    @Test
    void aQueueWithoutPolicyTakesEverythingUnlessPoliciesAreEnforced() {
        Sqs strict = Sqs.with("ENFORCE_IAM", "1");
        strict.queue("orders");

        assertThat(deliver(strict, notification(queue)))
                .isEqualTo(new DeliveryResult.Refused("AccessDenied", "Access to the resource is denied.", false));
    }

    @Test
    void theKeyOfAnEncryptedQueueMustBeUsable() {
        sqs.set(queue, "KmsMasterKeyId", "alias/mine");
        StubKeys keys = new StubKeys();
        keys.refusal = new KeyService.Refused("KMSInvalidStateException", "pending deletion");
        sqs.env.ports().provide(KeyService.class, keys);

        assertThat(deliver(sqs, notification(queue)))
                .isEqualTo(new DeliveryResult.Refused("KMS.InvalidStateException", "pending deletion", false));
    }
}
