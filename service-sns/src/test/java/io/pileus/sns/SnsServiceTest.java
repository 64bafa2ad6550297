package io.pileus.sns;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.sun.net.httpserver.HttpServer;
import io.pileus.core.port.Delivery;
import io.pileus.core.port.DeliveryResult;
import io.pileus.core.service.AwsException;
import io.pileus.core.service.CallContext;
import io.pileus.core.shape.Blob;
import io.pileus.core.shape.JsonTrees;
import io.pileus.core.testkit.TestCalls;
import io.pileus.core.testkit.TestEnvironment;
import io.pileus.sns.delivery.DeliveryLog;
import io.pileus.sns.model.ConfirmSubscriptionInput;
import io.pileus.sns.model.CreateTopicInput;
import io.pileus.sns.model.GetSubscriptionAttributesInput;
import io.pileus.sns.model.GetTopicAttributesInput;
import io.pileus.sns.model.ListSubscriptionsInput;
import io.pileus.sns.model.ListTopicsInput;
import io.pileus.sns.model.MessageAttributeValue;
import io.pileus.sns.model.NotFoundException;
import io.pileus.sns.model.PublishBatchInput;
import io.pileus.sns.model.PublishBatchRequestEntry;
import io.pileus.sns.model.PublishBatchResponse;
import io.pileus.sns.model.PublishInput;
import io.pileus.sns.model.PublishResponse;
import io.pileus.sns.model.SetSubscriptionAttributesInput;
import io.pileus.sns.model.SubscribeInput;
import io.pileus.sns.model.UnsubscribeInput;
import io.pileus.sns.state.Outbox;
import java.io.ByteArrayInputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

class SnsServiceTest {
    private static final String QUEUE = "arn:aws:sqs:us-east-1:000000000000:orders";
    private static final String DEAD_LETTERS = "arn:aws:sqs:us-east-1:000000000000:dead";

    private final TestEnvironment env = TestEnvironment.fresh();
    private final SnsService sns = new SnsService(env.services());
    private final List<Delivery> delivered = new CopyOnWriteArrayList<>();

    SnsServiceTest() {
        env.services().ports().deliveries().register("sqs", delivery -> {
            if (delivery.target().resource().startsWith("missing")) {
                return CompletableFuture.completedStage(new DeliveryResult.NoSuchTarget());
            }
            delivered.add(delivery);
            return CompletableFuture.completedStage(new DeliveryResult.Delivered("id"));
        });
    }

    private CallContext call() {
        return TestCalls.call(env);
    }

    private String topic(String name, Map<String, String> attributes) {
        return sns.createTopic(
                        CreateTopicInput.builder()
                                .name(name)
                                .attributes(attributes)
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

    private PublishResponse publish(PublishInput.Builder input) {
        return sns.publish(input.build(), call()).toCompletableFuture().join();
    }

    private static PublishInput.Builder to(String topic, String message) {
        return PublishInput.builder().topicArn(topic).message(message);
    }

    private static MessageAttributeValue text(String value) {
        return MessageAttributeValue.builder()
                .dataType("String")
                .stringValue(value)
                .build();
    }

    @Test
    void aPublishReachesAQueueInASignedEnvelope() throws Exception {
        String topic = topic("orders", Map.of());
        subscribe(topic, "sqs", QUEUE, Map.of());

        PublishResponse answer =
                publish(to(topic, "héllo \"you\"").subject("news").messageAttributes(Map.of("color", text("red"))));

        JsonNode envelope =
                new JsonMapper().readTree(delivered.getFirst().body().utf8());
        assertThat(envelope.get("Type").asText()).isEqualTo("Notification");
        assertThat(envelope.get("MessageId").asText()).isEqualTo(answer.messageId());
        assertThat(envelope.get("Message").asText()).isEqualTo("héllo \"you\"");
        assertThat(envelope.at("/MessageAttributes/color/Value").asText()).isEqualTo("red");
        assertThat(envelope.get("Timestamp").asText()).isEqualTo("2026-01-01T00:00:00.000Z");
        assertThat(isSignedBy(envelope, pem())).isTrue();
    }

    private String pem() {
        var route = sns.routes().stream()
                .filter(r -> r.template().endsWith(".pem"))
                .findFirst()
                .orElseThrow();
        var response = route.endpoint()
                .handle(null, Map.of(), call())
                .toCompletableFuture()
                .join();
        return new String(
                ((io.pileus.core.http.HttpResponse.Complete) response.body())
                        .payload()
                        .bytes(),
                StandardCharsets.UTF_8);
    }

    private static boolean isSignedBy(JsonNode envelope, String pem) throws Exception {
        StringBuilder signed = new StringBuilder();
        for (String name : List.of("Message", "MessageId", "Subject", "Timestamp", "TopicArn", "Type")) {
            if (envelope.has(name)) {
                signed.append(name)
                        .append('\n')
                        .append(envelope.get(name).asText())
                        .append('\n');
            }
        }
        Signature signature = Signature.getInstance(
                envelope.get("SignatureVersion").asText().equals("2") ? "SHA256withRSA" : "SHA1withRSA");
        signature.initVerify(CertificateFactory.getInstance("X.509")
                .generateCertificate(new ByteArrayInputStream(pem.getBytes(StandardCharsets.US_ASCII))));
        signature.update(signed.toString().getBytes(StandardCharsets.UTF_8));
        return signature.verify(
                Base64.getDecoder().decode(envelope.get("Signature").asText()));
    }

    @Test
    void signatureVersion2IsSha256() throws Exception {
        String topic = topic("orders", Map.of("SignatureVersion", "2"));
        subscribe(topic, "sqs", QUEUE, Map.of());

        publish(to(topic, "hello"));

        JsonNode envelope =
                new JsonMapper().readTree(delivered.getFirst().body().utf8());
        assertThat(envelope.get("SignatureVersion").asText()).isEqualTo("2");
        assertThat(isSignedBy(envelope, pem())).isTrue();
    }

    @Test
    void rawDeliveryHandsOverTheTextAndItsAttributes() {
        String topic = topic("orders", Map.of());
        subscribe(topic, "sqs", QUEUE, Map.of("RawMessageDelivery", "true"));

        publish(to(topic, "hello").messageAttributes(Map.of("color", text("red"))));

        assertThat(delivered.getFirst().body().utf8()).isEqualTo("hello");
        assertThat(delivered.getFirst().attributes().get("color").value().utf8())
                .isEqualTo("red");
    }

    @Test
    void aFilteredOutMessageIsNotDeliveredAndTheLogSaysWhy() {
        String topic = topic("orders", Map.of());
        subscribe(topic, "sqs", QUEUE, Map.of("FilterPolicy", "{\"color\":[\"red\"]}"));

        publish(to(topic, "hello").messageAttributes(Map.of("color", text("blue"))));

        assertThat(delivered).isEmpty();
        assertThat(sns.deliveryLog().entries(e -> true)).singleElement().satisfies(entry -> {
            assertThat(entry.outcome()).isEqualTo(DeliveryLog.Outcome.FILTERED_OUT);
            assertThat(entry.reason()).isEqualTo("color: the value matches none of [\"red\"]");
        });
    }

    @Test
    void aStructuredMessageHasAnotherTextPerProtocol() {
        String topic = topic("orders", Map.of());
        subscribe(topic, "sqs", QUEUE, Map.of("RawMessageDelivery", "true"));
        subscribe(topic, "sms", "+15550001111", Map.of());

        publish(to(topic, "{\"default\":\"d\",\"sqs\":\"for queues\"}").messageStructure("json"));

        assertThat(delivered.getFirst().body().utf8()).isEqualTo("for queues");
        assertThat(sns.outbox().all(s -> s.kind() == Outbox.Kind.SMS))
                .singleElement()
                .extracting(Outbox.Sent::message)
                .isEqualTo("d");
    }

    @Test
    void whatAMissingQueueDoesNotTakeGoesToTheDeadLetterQueueWithTheReason() {
        String topic = topic("orders", Map.of());
        subscribe(
                topic,
                "sqs",
                "arn:aws:sqs:us-east-1:000000000000:missing",
                Map.of("RedrivePolicy", "{\"deadLetterTargetArn\":\"" + DEAD_LETTERS + "\"}"));

        publish(to(topic, "hello"));

        assertThat(delivered).singleElement().satisfies(delivery -> {
            assertThat(delivery.target().toString()).isEqualTo(DEAD_LETTERS);
            assertThat(delivery.attributes()).containsKeys("RequestID", "ErrorCode", "ErrorMessage");
        });
    }

    @Test
    void anHttpEndpointConfirmsReceivesAndIsRetriedOnTheClock() throws Exception {
        List<String> types = new CopyOnWriteArrayList<>();
        List<String> bodies = new CopyOnWriteArrayList<>();
        List<Integer> answers = new ArrayList<>(List.of(200, 500, 503, 200));
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            types.add(exchange.getRequestHeaders().getFirst("x-amz-sns-message-type"));
            bodies.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            exchange.sendResponseHeaders(answers.removeFirst(), -1);
            exchange.close();
        });
        server.start();
        try (ExecutorService pool = Executors.newFixedThreadPool(2)) {
            var activity = env.services()
                    .ports()
                    .find(io.pileus.core.time.Activity.class)
                    .orElseThrow();
            var services = new io.pileus.core.service.ServiceEnvironment(
                    env.services().clock(),
                    env.services().timers(),
                    env.services().ids(),
                    activity.counting(pool),
                    env.services().ports(),
                    env.services().settings());
            SnsService overHttp = new SnsService(services);
            String topic = overHttp.createTopic(
                            CreateTopicInput.builder().name("web").build(), call())
                    .topicArn();
            overHttp.subscribe(
                            SubscribeInput.builder()
                                    .topicArn(topic)
                                    .protocol("http")
                                    .endpoint("http://127.0.0.1:"
                                            + server.getAddress().getPort() + "/hook")
                                    .build(),
                            call())
                    .toCompletableFuture()
                    .join();
            assertThat(activity.awaitIdle(Duration.ofSeconds(10))).isTrue();
            String token =
                    new JsonMapper().readTree(bodies.getFirst()).get("Token").asText();
            overHttp.confirmSubscription(
                    ConfirmSubscriptionInput.builder()
                            .topicArn(topic)
                            .token(token)
                            .build(),
                    call());

            overHttp.publish(to(topic, "hello").build(), call())
                    .toCompletableFuture()
                    .join();
            assertThat(activity.awaitIdle(Duration.ofSeconds(10))).isTrue();
            assertThat(types).containsExactly("SubscriptionConfirmation", "Notification");
            env.advance(Duration.ofSeconds(20));
            assertThat(types).hasSize(3);
            env.advance(Duration.ofSeconds(20));

            assertThat(types).hasSize(4);
            assertThat(overHttp.deliveryLog().entries(e -> e.outcome() == DeliveryLog.Outcome.DELIVERED))
                    .singleElement()
                    .extracting(DeliveryLog.Entry::attempt)
                    .isEqualTo(3);
        } finally {
            server.stop(0);
        }
    }

    @Test
    void aFifoTopicDropsDuplicatesForFiveMinutesAndNumbersWhatItTakes() {
        String topic = topic("orders.fifo", Map.of("FifoTopic", "true", "ContentBasedDeduplication", "true"));
        subscribe(topic, "sqs", QUEUE + ".fifo", Map.of("RawMessageDelivery", "true"));

        PublishResponse first = publish(to(topic, "a").messageGroupId("g"));
        PublishResponse again = publish(to(topic, "a").messageGroupId("g"));
        env.advance(Duration.ofMinutes(5));
        PublishResponse later = publish(to(topic, "a").messageGroupId("g"));

        assertThat(again.messageId()).isEqualTo(first.messageId());
        assertThat(delivered).hasSize(2);
        assertThat(later.sequenceNumber()).hasSize(20).isGreaterThan(first.sequenceNumber());
    }

    @RepeatedTest(3)
    void aFifoTopicKeepsTheOrderOfItsSequenceNumbersUnderConcurrency() throws Exception {
        String topic = topic("orders.fifo", Map.of("FifoTopic", "true"));
        subscribe(topic, "sqs", QUEUE + ".fifo", Map.of());
        try (ExecutorService pool = Executors.newFixedThreadPool(8)) {
            List<Future<?>> publishers = new ArrayList<>();
            for (int p = 0; p < 8; p++) {
                int publisher = p;
                publishers.add(pool.submit(() -> {
                    for (int i = 0; i < 100; i++) {
                        publish(to(topic, "m").messageGroupId("g").messageDeduplicationId(publisher + "-" + i));
                    }
                }));
            }
            for (Future<?> publisher : publishers) {
                publisher.get();
            }
        }

        List<String> numbers = new ArrayList<>();
        for (Delivery delivery : delivered) {
            numbers.add(new JsonMapper()
                    .readTree(delivery.body().utf8())
                    .get("SequenceNumber")
                    .asText());
        }
        assertThat(numbers).hasSize(800).isSorted().doesNotHaveDuplicates();
    }

    @Test
    void anArchiveReplaysToASubscriptionThatAsks() {
        String topic = topic(
                "orders.fifo", Map.of("FifoTopic", "true", "ArchivePolicy", "{\"MessageRetentionPeriod\":\"7\"}"));
        publish(to(topic, "early").messageGroupId("g").messageDeduplicationId("1"));
        env.advance(Duration.ofHours(1));
        publish(to(topic, "late").messageGroupId("g").messageDeduplicationId("2"));

        subscribe(
                topic,
                "sqs",
                QUEUE + ".fifo",
                Map.of(
                        "RawMessageDelivery", "true",
                        "ReplayPolicy", "{\"PointType\":\"Timestamp\",\"StartingPoint\":\"2026-01-01T00:30:00Z\"}"));

        assertThat(delivered).extracting(d -> d.body().utf8()).containsExactly("late");
    }

    private PublishBatchResponse publishBatch(String topic, PublishBatchRequestEntry... entries) {
        return sns.publishBatch(
                        PublishBatchInput.builder()
                                .topicArn(topic)
                                .publishBatchRequestEntries(List.of(entries))
                                .build(),
                        call())
                .toCompletableFuture()
                .join();
    }

    @Test
    void aBatchAnswersForEachEntry() {
        String topic = topic("orders", Map.of());

        PublishBatchResponse answer = publishBatch(
                topic,
                PublishBatchRequestEntry.builder().id("a").message("m").build(),
                PublishBatchRequestEntry.builder().id("b").message("m").build());

        assertThat(answer.successful()).extracting(e -> e.id()).containsExactly("a", "b");
        assertThat(answer.failed()).isEmpty();
    }

    @Test
    void nothingOfABatchIsPublishedWhenOneEntryIsWrong() {
        String topic = topic("orders", Map.of());
        subscribe(topic, "sqs", QUEUE, Map.of("RawMessageDelivery", "true"));
        PublishBatchRequestEntry good =
                PublishBatchRequestEntry.builder().id("good").message("m").build();

        assertThatThrownBy(() -> publishBatch(
                        topic, good, good.toBuilder().id("bad").message("").build()))
                .hasMessage("Invalid parameter: Empty message");
        assertThatThrownBy(() -> publishBatch(
                        topic,
                        good,
                        good.toBuilder().id("bad").messageStructure("json").build()))
                .hasMessage("Invalid parameter: Message Structure - JSON message body failed to parse");
        String fifo = topic("orders.fifo", Map.of("FifoTopic", "true"));
        assertThatThrownBy(() -> publishBatch(fifo, good))
                .hasMessage("Invalid parameter: The MessageGroupId parameter is required for FIFO topics");
        assertThat(delivered).isEmpty();
    }

    @Test
    void theOwnerOfAnotherAccountsQueueConfirmsBySendingTheTokenItReceived() throws Exception {
        String topic = topic("orders", Map.of());
        CallContext other = TestCalls.callOf(env, "111111111111");
        SubscribeInput own = SubscribeInput.builder()
                .topicArn(topic)
                .protocol("sqs")
                .endpoint("arn:aws:sqs:us-east-1:111111111111:own")
                .build();
        assertThat(sns.subscribe(own, other).toCompletableFuture().join().subscriptionArn())
                .startsWith(topic);
        assertThat(delivered).isEmpty();

        SubscribeInput theirs = own.toBuilder()
                .endpoint("arn:aws:sqs:us-east-1:111111111111:theirs")
                .build();
        assertThat(sns.subscribe(theirs, call()).toCompletableFuture().join().subscriptionArn())
                .isEqualTo("pending confirmation");
        JsonNode request =
                JsonTrees.mapper().readTree(delivered.getFirst().body().bytes());
        assertThat(request.path("Type").asText()).isEqualTo("SubscriptionConfirmation");
        sns.confirmSubscription(
                ConfirmSubscriptionInput.builder()
                        .topicArn(topic)
                        .token(request.path("Token").asText())
                        .build(),
                other);
        delivered.clear();
        publish(to(topic, "m"));
        assertThat(delivered).extracting(d -> d.target().resource()).containsExactlyInAnyOrder("own", "theirs");
    }

    @Test
    void anAccountListsTheSubscriptionsItMadeWhoseverTheTopic() {
        String topic = topic("orders", Map.of());
        subscribe(topic, "sqs", QUEUE, Map.of());
        CallContext other = TestCalls.callOf(env, "111111111111");
        sns.subscribe(
                        SubscribeInput.builder()
                                .topicArn(topic)
                                .protocol("sqs")
                                .endpoint("arn:aws:sqs:us-east-1:111111111111:own")
                                .build(),
                        other)
                .toCompletableFuture()
                .join();

        ListSubscriptionsInput all = ListSubscriptionsInput.builder().build();
        assertThat(sns.listSubscriptions(all, other).subscriptions())
                .extracting(s -> s.endpoint())
                .containsExactly("arn:aws:sqs:us-east-1:111111111111:own");
        assertThat(sns.listSubscriptions(all, call()).subscriptions())
                .extracting(s -> s.endpoint())
                .containsExactly(QUEUE);
    }

    @Test
    void aPublishersTraceHeaderGoesToQueuesBesideTheMessage() {
        String topic = topic("orders", Map.of());
        subscribe(topic, "sqs", QUEUE, Map.of());
        CallContext traced = TestCalls.callWith(env, Map.of("x-amzn-trace-id", "Root=1-5759e988"));

        sns.publish(to(topic, "m").build(), traced).toCompletableFuture().join();
        publish(to(topic, "m"));

        assertThat(delivered)
                .extracting(Delivery::attributes)
                .containsExactly(
                        Map.of("AWSTraceHeader", new Delivery.Attribute("String", Blob.ofUtf8("Root=1-5759e988"))),
                        Map.of());
    }

    @Test
    void subscribingTwiceGivesTheSameSubscription() {
        String topic = topic("orders", Map.of());

        String first = subscribe(topic, "sqs", QUEUE, Map.of());

        assertThat(subscribe(topic, "sqs", QUEUE, Map.of())).isEqualTo(first);
        assertThatThrownBy(() -> subscribe(topic, "sqs", QUEUE, Map.of("RawMessageDelivery", "true")))
                .hasMessage(
                        "Invalid parameter: Attributes Reason: Subscription already exists with different attributes");
    }

    @Test
    void aSubscriptionShowsItsFilterPolicyAndLosesItWhenItIsEmptied() {
        String topic = topic("orders", Map.of());
        String subscription = subscribe(topic, "sqs", QUEUE, Map.of("FilterPolicy", "{\"a\":[1]}"));
        var asked = GetSubscriptionAttributesInput.builder()
                .subscriptionArn(subscription)
                .build();
        assertThat(sns.getSubscriptionAttributes(asked, call()).attributes())
                .containsEntry("FilterPolicyScope", "MessageAttributes")
                .containsEntry("PendingConfirmation", "false");

        sns.setSubscriptionAttributes(
                SetSubscriptionAttributesInput.builder()
                        .subscriptionArn(subscription)
                        .attributeName("FilterPolicy")
                        .attributeValue("{}")
                        .build(),
                call());

        assertThat(sns.getSubscriptionAttributes(asked, call()).attributes())
                .doesNotContainKeys("FilterPolicy", "FilterPolicyScope");
    }

    @Test
    void aPendingSubscriptionCannotBeEnded() {
        String topic = topic("orders", Map.of());
        String subscription = subscribe(topic, "email", "a@example.com", Map.of());

        assertThatThrownBy(() -> sns.unsubscribe(
                        UnsubscribeInput.builder().subscriptionArn(subscription).build(), call()))
                .hasMessageContaining("Cannot unsubscribe a subscription that is pending confirmation");
    }

    @Test
    void creatingATopicAgainNeedsTheSameAttributes() {
        String topic = topic("orders", Map.of("DisplayName", "Orders"));

        assertThat(topic("orders", Map.of("DisplayName", "Orders"))).isEqualTo(topic);
        assertThatThrownBy(() -> topic("orders", Map.of("DisplayName", "Other")))
                .hasMessage("Invalid parameter: Attributes Reason: Topic already exists with different attributes");
    }

    @Test
    void whatDoesNotExistIsNotFound() {
        assertThatThrownBy(() -> sns.getTopicAttributes(
                        GetTopicAttributesInput.builder()
                                .topicArn("arn:aws:sns:us-east-1:000000000000:none")
                                .build(),
                        call()))
                .isInstanceOfSatisfying(NotFoundException.class, e -> {
                    assertThat(e.httpStatus()).isEqualTo(404);
                    assertThat(e.queryCode()).isEqualTo("NotFound");
                })
                .hasMessage("Topic does not exist");
    }

    @Test
    void badPublishesAreRefusedInSnsOwnWords() {
        String topic = topic("orders", Map.of());
        assertRefused(to(topic, ""), "Invalid parameter: Empty message");
        assertRefused(to(topic, "x".repeat(262_145)), "Invalid parameter: Message too long");
        assertRefused(to(topic, "m").subject("a\nb"), "Invalid parameter: Subject");
        assertRefused(
                PublishInput.builder().message("m"),
                "Invalid parameter: TopicArn or TargetArn Reason: no value for required parameter");
        assertRefused(
                to(topic, "{}").messageStructure("json"),
                "Invalid parameter: Message Structure - No default entry in JSON message body");
        assertRefused(
                PublishInput.builder().message("m").phoneNumber("abc"),
                "Invalid parameter: PhoneNumber Reason: abc is not valid to publish to");
    }

    private void assertRefused(PublishInput.Builder input, String message) {
        assertThatThrownBy(() -> publish(input))
                .isInstanceOf(AwsException.class)
                .hasMessage(message);
    }

    @Test
    void listsAreGivenInPagesOfAHundred() {
        for (int i = 0; i < 120; i++) {
            topic("topic-" + i, Map.of());
        }

        var first = sns.listTopics(ListTopicsInput.builder().build(), call());
        var second = sns.listTopics(
                ListTopicsInput.builder().nextToken(first.nextToken()).build(), call());

        assertThat(first.topics()).hasSize(100);
        assertThat(second.nextToken()).isNull();
        var all = new HashSet<>(first.topics());
        all.addAll(second.topics());
        assertThat(all).hasSize(120);
    }

    @Test
    void atTheEndWhatWaitsIsTriedOnceMoreAndThenDeadLettered() {
        List<String> refused = new ArrayList<>(List.of("yes"));
        env.services().ports().deliveries().register("lambda", delivery -> {
            refused.add(delivery.body().utf8());
            return CompletableFuture.completedStage(
                    refused.getFirst().equals("yes")
                            ? new DeliveryResult.Refused("TooManyRequestsException", "busy", true)
                            : new DeliveryResult.Delivered("id"));
        });
        String topic = topic("orders", Map.of());
        subscribe(
                topic,
                "lambda",
                "arn:aws:lambda:us-east-1:000000000000:function:f",
                Map.of("RedrivePolicy", "{\"deadLetterTargetArn\":\"" + DEAD_LETTERS + "\"}"));
        publish(to(topic, "hello"));
        assertThat(delivered).isEmpty();

        sns.close();

        assertThat(delivered).singleElement().satisfies(delivery -> {
            assertThat(delivery.target().toString()).isEqualTo(DEAD_LETTERS);
            assertThat(delivery.body().utf8()).contains("hello");
            assertThat(delivery.attributes().get("ErrorCode").value().utf8()).isEqualTo("TooManyRequestsException");
        });
        env.advance(Duration.ofDays(24));
        assertThat(delivered).hasSize(1);
    }

    @Test
    void anAttemptThatDoesNotEndWithTheServerIsDeadLettered() {
        env.services().ports().deliveries().register("lambda", delivery -> new CompletableFuture<>());
        String topic = topic("orders", Map.of());
        subscribe(
                topic,
                "lambda",
                "arn:aws:lambda:us-east-1:000000000000:function:f",
                Map.of("RedrivePolicy", "{\"deadLetterTargetArn\":\"" + DEAD_LETTERS + "\"}"));
        CompletableFuture<PublishResponse> answer =
                sns.publish(to(topic, "hello").build(), call()).toCompletableFuture();
        assertThat(answer).isNotDone();

        sns.close();

        assertThat(delivered)
                .extracting(delivery -> delivery.target().toString())
                .containsExactly(DEAD_LETTERS);
    }

    @Test
    void aResetForgetsWhatWaits() {
        List<String> attempts = new ArrayList<>();
        env.services().ports().deliveries().register("lambda", delivery -> {
            attempts.add(delivery.body().utf8());
            return CompletableFuture.completedStage(new DeliveryResult.Refused("TooManyRequests", "busy", true));
        });
        String topic = topic("orders", Map.of());
        subscribe(topic, "lambda", "arn:aws:lambda:us-east-1:000000000000:function:f", Map.of());
        publish(to(topic, "hello"));
        int before = attempts.size();

        sns.reset(io.pileus.core.service.ResetScope.EVERYTHING);
        env.advance(Duration.ofMinutes(10));

        assertThat(attempts).hasSize(before);
    }
}
