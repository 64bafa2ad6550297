package io.pileus.sns;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pileus.core.service.CallContext;
import io.pileus.core.testkit.TestCalls;
import io.pileus.core.testkit.TestEnvironment;
import io.pileus.sns.model.ConfirmSubscriptionInput;
import io.pileus.sns.model.CreatePlatformApplicationInput;
import io.pileus.sns.model.CreatePlatformEndpointInput;
import io.pileus.sns.model.CreateTopicInput;
import io.pileus.sns.model.InvalidParameterException;
import io.pileus.sns.model.ListTagsForResourceRequest;
import io.pileus.sns.model.PublishInput;
import io.pileus.sns.model.SetSubscriptionAttributesInput;
import io.pileus.sns.model.SubscribeInput;
import io.pileus.sns.model.SubscriptionLimitExceededException;
import io.pileus.sns.model.Tag;
import io.pileus.sns.model.TagLimitExceededException;
import io.pileus.sns.model.TagResourceRequest;
import io.pileus.sns.model.UntagResourceRequest;
import io.pileus.sns.state.Outbox;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Limits, and what SNS says to what it does not take. */
class SnsRulesTest {
    private static final String QUEUE = "arn:aws:sqs:us-east-1:000000000000:orders";
    private static final String FUNCTION = "arn:aws:lambda:us-east-1:000000000000:function:f";

    private final TestEnvironment env = TestEnvironment.fresh();
    private final SnsService sns = new SnsService(env.services());

    private CallContext call() {
        return TestCalls.call(env);
    }

    private String topic(String name, Map<String, String> attributes, Tag... tags) {
        return sns.createTopic(
                        CreateTopicInput.builder()
                                .name(name)
                                .attributes(attributes)
                                .tags(List.of(tags))
                                .build(),
                        call())
                .topicArn();
    }

    private String subscribe(String topic, String protocol, String endpoint, Map<String, String> attributes) {
        return sns.subscribe(
                        SubscribeInput.builder()
                                .topicArn(topic)
                                .protocol(protocol)
                                .endpoint(endpoint)
                                .attributes(attributes)
                                .build(),
                        call())
                .toCompletableFuture()
                .join()
                .subscriptionArn();
    }

    private void set(String subscription, String name, String value) {
        sns.setSubscriptionAttributes(
                SetSubscriptionAttributesInput.builder()
                        .subscriptionArn(subscription)
                        .attributeName(name)
                        .attributeValue(value)
                        .build(),
                call());
    }

    private static Tag tag(String key, String value) {
        return Tag.builder().key(key).value(value).build();
    }

    private void tag(String topic, Tag... tags) {
        sns.tagResource(
                TagResourceRequest.builder()
                        .resourceArn(topic)
                        .tags(List.of(tags))
                        .build(),
                call());
    }

    @ParameterizedTest
    @ValueSource(strings = {"aws:owner", "AWS:owner", "Aws:"})
    void tagsWithAwssPrefixAreRefused(String key) {
        String message =
                "Invalid parameter: Tags Reason: aws: prefixed tag key names are not allowed for external use.";
        assertThatThrownBy(() -> topic("orders", Map.of(), tag(key, "x")))
                .isInstanceOf(InvalidParameterException.class)
                .hasMessage(message);
        String topic = topic("orders", Map.of());
        assertThatThrownBy(() -> tag(topic, tag("a", "1"), tag(key, "x"))).hasMessage(message);
        assertThatThrownBy(() -> sns.untagResource(
                        UntagResourceRequest.builder()
                                .resourceArn(topic)
                                .tagKeys(List.of(key))
                                .build(),
                        call()))
                .hasMessage(message);
        assertThat(sns.listTagsForResource(
                                ListTagsForResourceRequest.builder()
                                        .resourceArn(topic)
                                        .build(),
                                call())
                        .tags())
                .isEmpty();
    }

    @Test
    void aTopicHasFiftyTagsAtMost() {
        Tag[] fifty = IntStream.range(0, 50).mapToObj(i -> tag("k" + i, "v")).toArray(Tag[]::new);
        String topic = topic("orders", Map.of(), fifty);

        tag(topic, tag("k0", "other"));
        assertThatThrownBy(() -> tag(topic, tag("k50", "v")))
                .isInstanceOf(TagLimitExceededException.class)
                .hasMessage("Could not complete request: tag quota of per resource exceeded");
    }

    /** Words as in the reports of github.com/cloudposse/terraform-aws-sns-topic/issues/48 and ministryofjustice/cloud-platform-environments/pull/11520. */
    @Test
    void aRedrivePolicyKnowsTheDeadLetterQueueOnly() {
        String policy = "{\"deadLetterTargetArn\":\"arn:aws:sqs:us-east-1:000000000000:dead\",\"maxReceiveCount\":5}";
        String topic = topic("orders", Map.of());
        assertThatThrownBy(() -> subscribe(topic, "sqs", QUEUE, Map.of("RedrivePolicy", policy)))
                .hasMessage(
                        "Invalid parameter: Attributes Reason: RedrivePolicy: invalid JSON. Attribute maxReceiveCount is unknown.");
        String subscription = subscribe(topic, "sqs", QUEUE, Map.of());
        assertThatThrownBy(() -> set(subscription, "RedrivePolicy", policy))
                .hasMessage("Invalid parameter: RedrivePolicy: invalid JSON. Attribute maxReceiveCount is unknown.");
    }

    /** Words as in github.com/aws-controllers-k8s/community/issues/2192. */
    @Test
    void rawDeliveryIsNotForFunctions() {
        String subscription = subscribe(topic("orders", Map.of()), "lambda", FUNCTION, Map.of());
        assertThatThrownBy(() -> set(subscription, "RawMessageDelivery", "true"))
                .hasMessage("Invalid parameter: Delivery protocol [lambda] does not support raw message delivery.");
    }

    /** As in github.com/localstack/localstack/issues/9154 and /12419: no conflict where AWS sees none. */
    @Test
    void subscribingAgainWithTheSameAttributesIsTheSameSubscription() {
        String topic = topic("orders", Map.of());
        String plain = subscribe(topic, "sqs", QUEUE + "1", Map.of());
        assertThat(subscribe(topic, "sqs", QUEUE + "1", Map.of("RawMessageDelivery", "false")))
                .isEqualTo(plain);
        String raw = subscribe(
                topic, "sqs", QUEUE + "2", Map.of("RawMessageDelivery", "True", "FilterPolicy", "{\"a\":[1,\"b\"]}"));
        assertThat(subscribe(
                        topic,
                        "sqs",
                        QUEUE + "2",
                        Map.of("RawMessageDelivery", "true", "FilterPolicy", "{ \"a\": [1, \"b\"] }")))
                .isEqualTo(raw);
        assertThatThrownBy(() -> subscribe(topic, "sqs", QUEUE + "2", Map.of("RawMessageDelivery", "false")))
                .hasMessage(
                        "Invalid parameter: Attributes Reason: Subscription already exists with different attributes");
        assertThatThrownBy(() -> subscribe(topic, "sqs", QUEUE + "2", Map.of("FilterPolicy", "{\"a\":[2]}")))
                .hasMessage(
                        "Invalid parameter: Attributes Reason: Subscription already exists with different attributes");
    }

    @Test
    void attributesThatThereAreNotAreRefused() {
        assertThatThrownBy(() -> topic("orders", Map.of("Colour", "red")))
                .hasMessage("Invalid parameter: Attributes Reason: Unknown attribute Colour");
        String topic = topic("orders", Map.of());
        assertThatThrownBy(() -> subscribe(topic, "sqs", QUEUE, Map.of("Colour", "red")))
                .hasMessage("Invalid parameter: Attributes Reason: Unknown attribute: Colour");
        String subscription = subscribe(topic, "sqs", QUEUE, Map.of());
        assertThatThrownBy(() -> set(subscription, "Colour", "red")).hasMessage("Invalid parameter: AttributeName");
    }

    @Test
    void onlyADeviceThatExistsCanSubscribe() {
        String topic = topic("orders", Map.of());
        String device = "arn:aws:sns:us-east-1:000000000000:endpoint/GCM/app/1";
        assertThatThrownBy(() -> subscribe(topic, "application", device, Map.of()))
                .hasMessage("Invalid parameter: Endpoint Reason: Endpoint does not exist for endpoint " + device);
    }

    @Test
    void aSubscribedDeviceReceivesTheTextForItsPlatform() {
        String app = sns.createPlatformApplication(
                        CreatePlatformApplicationInput.builder()
                                .name("shop")
                                .platform("GCM")
                                .attributes(Map.of("PlatformCredential", "secret"))
                                .build(),
                        call())
                .platformApplicationArn();
        String device = sns.createPlatformEndpoint(
                        CreatePlatformEndpointInput.builder()
                                .platformApplicationArn(app)
                                .token("t")
                                .build(),
                        call())
                .endpointArn();
        String topic = topic("orders", Map.of());
        subscribe(topic, "application", device, Map.of());

        for (String message : List.of("{\"default\":\"d\",\"GCM\":\"g\"}", "{\"default\":\"d\",\"APNS\":\"a\"}")) {
            sns.publish(
                            PublishInput.builder()
                                    .topicArn(topic)
                                    .message(message)
                                    .messageStructure("json")
                                    .build(),
                            call())
                    .toCompletableFuture()
                    .join();
        }

        assertThat(sns.outbox().all(sent -> true))
                .extracting(Outbox.Sent::message)
                .containsExactly("g", "d");
    }

    /** Words as in github.com/react-native-device-info/react-native-device-info/issues/1123. */
    @Test
    void applesTokensAreHexadecimalAndNotLong() {
        String app = sns.createPlatformApplication(
                        CreatePlatformApplicationInput.builder()
                                .name("shop")
                                .platform("APNS")
                                .attributes(Map.of("PlatformCredential", "secret"))
                                .build(),
                        call())
                .platformApplicationArn();
        CreatePlatformEndpointInput.Builder device =
                CreatePlatformEndpointInput.builder().platformApplicationArn(app);

        for (String token : List.of("xyz", "a".repeat(401))) {
            assertThatThrownBy(
                            () -> sns.createPlatformEndpoint(device.token(token).build(), call()))
                    .hasMessage(
                            "Invalid parameter: Token Reason: iOS device tokens must be no more than 400 hexadecimal"
                                    + " characters");
        }
        assertThatThrownBy(() -> sns.createPlatformEndpoint(device.token("").build(), call()))
                .hasMessage("Invalid parameter: Token Reason: cannot be empty");
        assertThat(sns.createPlatformEndpoint(device.token("0aF".repeat(100)).build(), call())
                        .endpointArn())
                .contains(":endpoint/APNS/shop/");
    }

    @Test
    void aTextMessageHasSixteenHundredCharactersAtMost() {
        PublishInput.Builder text = PublishInput.builder().phoneNumber("+15555550100");
        sns.publish(text.message("m".repeat(1_600)).build(), call());

        assertThatThrownBy(() -> sns.publish(text.message("m".repeat(1_601)).build(), call()))
                .hasMessage("Invalid parameter: Message too long");
    }

    @Test
    void aPhoneNumberMayBeWrittenWithHyphens() {
        PublishInput.Builder text = PublishInput.builder().message("m");
        assertThat(sns.publish(text.phoneNumber("+1-555-555-0100").build(), call()))
                .isCompleted();

        assertThatThrownBy(() -> sns.publish(text.phoneNumber("+1-555-call-me").build(), call()))
                .hasMessage("Invalid parameter: PhoneNumber Reason: +1-555-call-me is not valid to publish to");
    }

    @Test
    void anEmptyTokenConfirmsNothing() {
        String topic = topic("orders", Map.of());
        subscribe(topic, "sqs", QUEUE, Map.of());
        assertThatThrownBy(() -> sns.confirmSubscription(
                        ConfirmSubscriptionInput.builder()
                                .topicArn(topic)
                                .token("")
                                .build(),
                        call()))
                .hasMessage("Invalid parameter: Token");
    }

    @Test
    void aFifoTopicHasAHundredSubscriptionsAtMost() {
        String topic = topic("orders.fifo", Map.of("FifoTopic", "true"));
        for (int i = 0; i < 100; i++) {
            subscribe(topic, "sqs", QUEUE + i + ".fifo", Map.of());
        }
        assertThat(subscribe(topic, "sqs", QUEUE + "7.fifo", Map.of())).startsWith(topic);
        assertThatThrownBy(() -> subscribe(topic, "sqs", QUEUE + "100.fifo", Map.of()))
                .isInstanceOf(SubscriptionLimitExceededException.class);
    }
}
