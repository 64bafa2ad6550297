package io.pileus.sns;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.pileus.core.port.Delivery;
import io.pileus.core.port.DeliveryResult;
import io.pileus.core.service.CallContext;
import io.pileus.core.shape.JsonTrees;
import io.pileus.core.testkit.SavedStates;
import io.pileus.core.testkit.TestCalls;
import io.pileus.core.testkit.TestEnvironment;
import io.pileus.sns.model.CheckIfPhoneNumberIsOptedOutInput;
import io.pileus.sns.model.ConfirmSubscriptionInput;
import io.pileus.sns.model.CreatePlatformApplicationInput;
import io.pileus.sns.model.CreatePlatformEndpointInput;
import io.pileus.sns.model.CreateSMSSandboxPhoneNumberInput;
import io.pileus.sns.model.CreateTopicInput;
import io.pileus.sns.model.GetEndpointAttributesInput;
import io.pileus.sns.model.GetSMSAttributesInput;
import io.pileus.sns.model.GetSubscriptionAttributesInput;
import io.pileus.sns.model.GetTopicAttributesInput;
import io.pileus.sns.model.ListTagsForResourceRequest;
import io.pileus.sns.model.MessageAttributeValue;
import io.pileus.sns.model.PublishInput;
import io.pileus.sns.model.PublishResponse;
import io.pileus.sns.model.SetSMSAttributesInput;
import io.pileus.sns.model.SubscribeInput;
import io.pileus.sns.model.Tag;
import io.pileus.sns.model.VerifySMSSandboxPhoneNumberInput;
import io.pileus.sns.state.Outbox;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class SnsSavingTest {
    private static final String QUEUE = "arn:aws:sqs:us-east-1:000000000000:orders";
    private static final String FUNCTION = "arn:aws:lambda:us-east-1:000000000000:function:f";

    private final TestEnvironment env = TestEnvironment.fresh();
    private final SnsService sns = new SnsService(env.services());
    private final List<Delivery> delivered = new ArrayList<>();

    SnsSavingTest() {
        env.services().ports().deliveries().register("sqs", delivery -> {
            delivered.add(delivery);
            return CompletableFuture.completedStage(new DeliveryResult.Delivered("id"));
        });
    }

    private CallContext call() {
        return TestCalls.call(env);
    }

    /** The service after a restart, at the same time. */
    private SnsService restarted() {
        SnsService fresh = new SnsService(env.services());
        SavedStates.of(sns).loadInto(fresh);
        return fresh;
    }

    private String topic(String name, Map<String, String> attributes) {
        return sns.createTopic(
                        CreateTopicInput.builder()
                                .name(name)
                                .attributes(attributes)
                                .tags(List.of(
                                        Tag.builder().key("team").value("blue").build()))
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
                                .returnSubscriptionArn(true)
                                .build(),
                        call())
                .toCompletableFuture()
                .join()
                .subscriptionArn();
    }

    private PublishResponse publish(SnsService service, PublishInput.Builder input) {
        return service.publish(input.build(), call()).toCompletableFuture().join();
    }

    private static PublishInput.Builder to(String topic, String message) {
        return PublishInput.builder().topicArn(topic).message(message);
    }

    private static Map<String, String> attributes(SnsService service, String topic, CallContext call) {
        return service.getTopicAttributes(
                        GetTopicAttributesInput.builder().topicArn(topic).build(), call)
                .attributes();
    }

    @Test
    void topicsAndSubscriptionsAreAsTheyWereAndFilter() {
        String topic = topic("orders", Map.of("DisplayName", "Orders", "SignatureVersion", "2"));
        subscribe(
                topic, "sqs", QUEUE + "1", Map.of("FilterPolicy", "{\"kind\":[\"a\"]}", "RawMessageDelivery", "true"));
        String second = subscribe(topic, "sqs", QUEUE + "2", Map.of("FilterPolicy", "{\"kind\":[\"b\"]}"));
        Map<String, String> before = attributes(sns, topic, call());

        SnsService fresh = restarted();

        assertThat(attributes(fresh, topic, call())).isEqualTo(before);
        assertThat(fresh.listTagsForResource(
                                ListTagsForResourceRequest.builder()
                                        .resourceArn(topic)
                                        .build(),
                                call())
                        .tags())
                .containsExactly(Tag.builder().key("team").value("blue").build());
        assertThat(fresh.getSubscriptionAttributes(
                                GetSubscriptionAttributesInput.builder()
                                        .subscriptionArn(second)
                                        .build(),
                                call())
                        .attributes())
                .containsEntry("FilterPolicy", "{\"kind\":[\"b\"]}");
        publish(
                fresh,
                to(topic, "hello")
                        .messageAttributes(Map.of(
                                "kind",
                                MessageAttributeValue.builder()
                                        .dataType("String")
                                        .stringValue("a")
                                        .build())));
        assertThat(delivered).singleElement().satisfies(delivery -> {
            assertThat(delivery.target().resource()).isEqualTo("orders1");
            assertThat(delivery.body().utf8()).isEqualTo("hello");
        });
    }

    @Test
    void aTokenConfirmsAfterARestart() throws Exception {
        String topic = topic("orders", Map.of());
        String subscription = subscribe(topic, "email", "a@example.com", Map.of());
        String mail = sns.outbox()
                .all(sent -> sent.kind() == Outbox.Kind.EMAIL)
                .getFirst()
                .message();
        JsonNode document = JsonTrees.mapper().readTree(mail);

        SnsService fresh = restarted();

        assertThat(fresh.confirmSubscription(
                                ConfirmSubscriptionInput.builder()
                                        .topicArn(topic)
                                        .token(document.get("Token").asText())
                                        .build(),
                                call())
                        .subscriptionArn())
                .isEqualTo(subscription);
        publish(fresh, to(topic, "hello"));
        assertThat(fresh.outbox().all(sent -> true))
                .extracting(Outbox.Sent::message)
                .containsExactly("hello");
    }

    @Test
    void aTokenExpiresAtItsTimeAllTheSame() throws Exception {
        String topic = topic("orders", Map.of());
        subscribe(topic, "email", "a@example.com", Map.of());
        String token = JsonTrees.mapper()
                .readTree(sns.outbox().all(sent -> true).getFirst().message())
                .get("Token")
                .asText();
        env.advance(Duration.ofDays(2));
        SnsService fresh = restarted();
        env.advance(Duration.ofDays(1));

        assertThatThrownBy(() -> fresh.confirmSubscription(
                        ConfirmSubscriptionInput.builder()
                                .topicArn(topic)
                                .token(token)
                                .build(),
                        call()))
                .hasMessage("Invalid parameter: Token");
    }

    @Test
    void aFifoTopicRemembersWhatItSentAndGoesOnCounting() {
        String topic = topic("orders.fifo", Map.of("FifoTopic", "true"));
        subscribe(topic, "sqs", QUEUE + ".fifo", Map.of());
        PublishInput.Builder message = to(topic, "hello").messageGroupId("g").messageDeduplicationId("1");
        PublishResponse first = publish(sns, message);

        SnsService fresh = restarted();

        assertThat(publish(fresh, message)).isEqualTo(first);
        assertThat(delivered).hasSize(1);
        PublishResponse second =
                publish(fresh, to(topic, "again").messageGroupId("g").messageDeduplicationId("2"));
        assertThat(second.sequenceNumber()).isGreaterThan(first.sequenceNumber());
        env.advance(Duration.ofMinutes(5));
        assertThat(publish(fresh, message).messageId()).isNotEqualTo(first.messageId());
    }

    @Test
    void anArchiveIsReplayedAfterARestart() {
        String topic = topic(
                "orders.fifo", Map.of("FifoTopic", "true", "ArchivePolicy", "{\"MessageRetentionPeriod\":\"30\"}"));
        String from = env.now().toString();
        publish(sns, to(topic, "one").messageGroupId("g").messageDeduplicationId("1"));
        publish(sns, to(topic, "two").messageGroupId("g").messageDeduplicationId("2"));

        SnsService fresh = restarted();
        fresh.subscribe(
                        SubscribeInput.builder()
                                .topicArn(topic)
                                .protocol("sqs")
                                .endpoint(QUEUE + ".fifo")
                                .attributes(Map.of(
                                        "RawMessageDelivery",
                                        "true",
                                        "ReplayPolicy",
                                        "{\"PointType\":\"Timestamp\",\"StartingPoint\":\"" + from + "\"}"))
                                .build(),
                        call())
                .toCompletableFuture()
                .join();

        assertThat(delivered).extracting(d -> d.body().utf8()).containsExactly("one", "two");
    }

    @Test
    void aDeliveryThatWaitsIsTriedAgainWhenItWasDue() {
        List<String> attempts = new ArrayList<>();
        env.services().ports().deliveries().register("lambda", delivery -> {
            attempts.add(delivery.body().utf8());
            return CompletableFuture.completedStage(new DeliveryResult.Refused("TooManyRequests", "busy", true));
        });
        String topic = topic("orders", Map.of());
        subscribe(topic, "lambda", FUNCTION, Map.of());
        publish(sns, to(topic, "hello"));
        int made = attempts.size();
        SavedStates saved = SavedStates.of(sns);
        sns.reset(io.pileus.core.service.ResetScope.EVERYTHING);

        saved.loadInto(new SnsService(env.services()));

        assertThat(attempts).hasSize(made);
        env.advance(Duration.ofSeconds(1));
        assertThat(attempts).hasSize(made + 1);
        assertThat(attempts.getLast()).isEqualTo(attempts.getFirst());
    }

    @Test
    void whatWaitsIsKeptAndNotGivenUpWhenAPersistentServerEnds() {
        TestEnvironment kept = TestEnvironment.with("PERSISTENCE", "1");
        List<String> attempts = new ArrayList<>();
        kept.services().ports().deliveries().register("lambda", delivery -> {
            attempts.add(delivery.body().utf8());
            return CompletableFuture.completedStage(new DeliveryResult.Refused("TooManyRequests", "busy", true));
        });
        SnsService persistent = new SnsService(kept.services());
        String topic = persistent
                .createTopic(CreateTopicInput.builder().name("orders").build(), TestCalls.call(kept))
                .topicArn();
        persistent.subscribe(
                SubscribeInput.builder()
                        .topicArn(topic)
                        .protocol("lambda")
                        .endpoint(FUNCTION)
                        .build(),
                TestCalls.call(kept));
        persistent.publish(to(topic, "hello").build(), TestCalls.call(kept));
        int made = attempts.size();
        SavedStates saved = SavedStates.of(persistent);

        persistent.close();
        assertThat(attempts).hasSize(made);

        saved.loadInto(new SnsService(kept.services()));
        kept.advance(Duration.ofSeconds(1));
        assertThat(attempts).hasSize(made + 1);
    }

    @Test
    void aDeliveryThatWasUnderWayIsMadeAgain() {
        List<CompletableFuture<DeliveryResult>> attempts = new ArrayList<>();
        env.services().ports().deliveries().register("lambda", delivery -> {
            CompletableFuture<DeliveryResult> answer = new CompletableFuture<>();
            attempts.add(answer);
            return answer;
        });
        String topic = topic("orders", Map.of());
        subscribe(topic, "lambda", FUNCTION, Map.of());
        sns.publish(to(topic, "hello").build(), call());

        SavedStates.of(sns).loadAndGoOn(new SnsService(env.services()));
        env.advance(Duration.ZERO);

        assertThat(attempts).hasSize(2);
    }

    @Test
    void theKeyThatSignedGoesOnSigning() throws Exception {
        String topic = topic("orders", Map.of());
        subscribe(topic, "sqs", QUEUE, Map.of());
        publish(sns, to(topic, "hello"));
        String before = JsonTrees.mapper()
                .readTree(delivered.getFirst().body().bytes())
                .get("Signature")
                .asText();

        SnsService fresh = restarted();
        publish(fresh, to(topic, "hello"));
        delivered.getLast().body().bytes();

        assertThat(before).isNotEmpty();
        assertThat(SavedStates.of(fresh).text())
                .containsAllEntriesOf(SavedStates.of(sns).text());
    }

    @Test
    void appsDevicesAndSmsSettingsAreAsTheyWere() {
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
                                .customUserData("mine")
                                .build(),
                        call())
                .endpointArn();
        sns.setSMSAttributes(
                SetSMSAttributesInput.builder()
                        .attributes(Map.of("DefaultSMSType", "Transactional"))
                        .build(),
                call());
        sns.createSMSSandboxPhoneNumber(
                CreateSMSSandboxPhoneNumberInput.builder()
                        .phoneNumber("+4912345678")
                        .build(),
                call());
        String text = sns.outbox().all(sent -> true).getFirst().message();

        SnsService fresh = restarted();

        assertThat(fresh.getEndpointAttributes(
                                GetEndpointAttributesInput.builder()
                                        .endpointArn(device)
                                        .build(),
                                call())
                        .attributes())
                .containsEntry("CustomUserData", "mine")
                .containsEntry("Token", "t");
        assertThat(fresh.getSMSAttributes(GetSMSAttributesInput.builder().build(), call())
                        .attributes())
                .containsEntry("DefaultSMSType", "Transactional");
        fresh.verifySMSSandboxPhoneNumber(
                VerifySMSSandboxPhoneNumberInput.builder()
                        .phoneNumber("+4912345678")
                        .oneTimePassword(text.substring(text.length() - 6))
                        .build(),
                call());
        assertThat(fresh.checkIfPhoneNumberIsOptedOut(
                                CheckIfPhoneNumberIsOptedOutInput.builder()
                                        .phoneNumber("+4912345678")
                                        .build(),
                                call())
                        .isOptedOut())
                .isFalse();
    }

    @Test
    void onlyWhatChangedIsSavedAgain() {
        String topic = topic("orders", Map.of());
        topic("others", Map.of());
        subscribe(topic, "sqs", QUEUE, Map.of());
        SavedStates saved = SavedStates.of(sns);
        assertThat(saved.saveAgain(sns).any()).isFalse();

        subscribe(topic, "sqs", QUEUE + "2", Map.of());
        assertThat(saved.saveAgain(sns).written()).isEqualTo(2);

        sns.deleteTopic(
                io.pileus.sns.model.DeleteTopicInput.builder().topicArn(topic).build(), call());
        assertThat(saved.saveAgain(sns).removed()).isEqualTo(3);
    }
}
