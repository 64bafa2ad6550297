package io.pileus.it.sns;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.sns.SnsAsyncClient;
import software.amazon.awssdk.services.sns.SnsClient;
import software.amazon.awssdk.services.sns.model.EndpointDisabledException;
import software.amazon.awssdk.services.sns.model.InvalidParameterException;
import software.amazon.awssdk.services.sns.model.NotFoundException;
import software.amazon.awssdk.services.sns.model.PublishBatchRequestEntry;
import software.amazon.awssdk.services.sns.model.PublishBatchResponse;
import software.amazon.awssdk.services.sns.model.PublishBatchResultEntry;
import software.amazon.awssdk.services.sns.model.PublishResponse;
import software.amazon.awssdk.services.sns.model.Subscription;
import software.amazon.awssdk.services.sns.model.Tag;
import software.amazon.awssdk.services.sns.model.TooManyEntriesInBatchRequestException;
import software.amazon.awssdk.services.sns.model.Topic;

class SnsJavaSdkTest {
    private final SnsServer server = new SnsServer();
    private final SnsClient sns = server.sns;

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void topicsAreMadeDescribedTaggedListedInPagesAndDeleted() {
        List<String> arns = IntStream.range(0, 105)
                .mapToObj(i -> server.topic("topic-" + i))
                .toList();
        assertThat(sns.listTopicsPaginator().topics().stream().map(Topic::topicArn))
                .containsExactlyInAnyOrderElementsOf(arns);
        String topic = arns.getFirst();

        sns.setTopicAttributes(
                a -> a.topicArn(topic).attributeName("DisplayName").attributeValue("Orders"));
        sns.tagResource(t -> t.resourceArn(topic)
                .tags(Tag.builder().key("team").value("blue").build()));

        assertThat(sns.getTopicAttributes(g -> g.topicArn(topic)).attributes())
                .containsEntry("DisplayName", "Orders")
                .containsEntry("Owner", SnsServer.ACCOUNT)
                .containsEntry("SubscriptionsConfirmed", "0")
                .containsKeys("Policy", "EffectiveDeliveryPolicy", "TopicArn");
        assertThat(sns.listTagsForResource(l -> l.resourceArn(topic)).tags())
                .extracting(Tag::value)
                .containsExactly("blue");
        sns.deleteTopic(d -> d.topicArn(topic));
        sns.deleteTopic(d -> d.topicArn(topic));
        assertThatThrownBy(() -> sns.getTopicAttributes(g -> g.topicArn(topic)))
                .isInstanceOfSatisfying(NotFoundException.class, e -> {
                    assertThat(e.awsErrorDetails().errorMessage()).isEqualTo("Topic does not exist");
                    assertThat(e.statusCode()).isEqualTo(404);
                });
    }

    @Test
    void aBatchAnswersForEachEntry() {
        String topic = server.topic("orders.fifo");
        PublishBatchRequestEntry.Builder entry =
                PublishBatchRequestEntry.builder().message("m").messageGroupId("g");

        PublishBatchResponse answer = sns.publishBatch(b -> b.topicArn(topic)
                .publishBatchRequestEntries(
                        entry.id("a").messageDeduplicationId("1").build(),
                        entry.id("b").messageDeduplicationId("2").build()));

        assertThat(answer.successful()).extracting(PublishBatchResultEntry::id).containsExactly("a", "b");
        assertThat(answer.successful().get(0).sequenceNumber())
                .hasSize(20)
                .isLessThan(answer.successful().get(1).sequenceNumber());
        assertThat(answer.failed()).isEmpty();
        assertThatThrownBy(() -> sns.publishBatch(b -> b.topicArn(topic)
                        .publishBatchRequestEntries(
                                entry.id("c").messageDeduplicationId("3").build(),
                                entry.id("d").messageDeduplicationId(null).build())))
                .isInstanceOf(InvalidParameterException.class)
                .hasMessageContaining("ContentBasedDeduplication");
        assertThatThrownBy(() -> sns.publishBatch(b -> b.topicArn(topic)
                        .publishBatchRequestEntries(IntStream.range(0, 11)
                                .mapToObj(i -> entry.id("e" + i).build())
                                .toList())))
                .isInstanceOf(TooManyEntriesInBatchRequestException.class)
                .hasMessageContaining("The batch request contains more entries than permissible");
    }

    @Test
    void theAsynchronousClientPublishesManyAtOnce() {
        String topic = server.topic("orders");
        String queue = server.queue("orders");
        server.subscribe(topic, "sqs", SnsServer.queueArn(queue), Map.of("RawMessageDelivery", "true"));
        try (SnsAsyncClient async = server.asyncClient()) {
            List<CompletableFuture<PublishResponse>> answers = IntStream.range(0, 100)
                    .mapToObj(i -> async.publish(p -> p.topicArn(topic).message("m" + i)))
                    .toList();
            CompletableFuture.allOf(answers.toArray(CompletableFuture[]::new)).join();

            assertThat(answers.stream().map(a -> a.join().messageId()).distinct())
                    .hasSize(100);
            assertThat(server.sqs
                            .getQueueAttributes(
                                    q -> q.queueUrl(queue).attributeNamesWithStrings("ApproximateNumberOfMessages"))
                            .attributesAsStrings())
                    .containsEntry("ApproximateNumberOfMessages", "100");
        }
    }

    @Test
    void subscriptionsShowTheirAttributesAndRefuseBadFilterPolicies() {
        String topic = server.topic("orders");
        String queue = SnsServer.queueArn(server.queue("orders"));
        String subscription = server.subscribe(topic, "sqs", queue, Map.of("FilterPolicy", "{\"a\":[\"b\"]}"));

        assertThat(sns.getSubscriptionAttributes(g -> g.subscriptionArn(subscription))
                        .attributes())
                .containsEntry("FilterPolicy", "{\"a\":[\"b\"]}")
                .containsEntry("FilterPolicyScope", "MessageAttributes")
                .containsEntry("PendingConfirmation", "false")
                .containsEntry("RawMessageDelivery", "false");
        assertThat(sns.listSubscriptionsByTopic(l -> l.topicArn(topic)).subscriptions())
                .extracting(Subscription::subscriptionArn)
                .containsExactly(subscription);
        Map<String, String> refused = Map.of(
                "{\"a\":\"b\"}", "must be an object or an array",
                "{\"a\":[{\"prefix\":1}]}", "prefix",
                "{\"a\":[{\"numeric\":[\"<\",\"x\"]}]}", "numeric",
                "{\"a\":[{\"unknown\":1}]}", "Unrecognized match type unknown",
                "{\"a\":[]}", "Empty arrays are not allowed",
                "{\"a\":{\"b\":[\"c\"]}}", "nested",
                "not json", "FilterPolicy");
        refused.forEach((policy, words) -> assertThatThrownBy(
                        () -> sns.setSubscriptionAttributes(s -> s.subscriptionArn(subscription)
                                .attributeName("FilterPolicy")
                                .attributeValue(policy)))
                .as(policy)
                .isInstanceOf(InvalidParameterException.class)
                .hasMessageContainingAll("Invalid parameter", words));
        sns.unsubscribe(u -> u.subscriptionArn(subscription));
        assertThatThrownBy(() -> sns.getSubscriptionAttributes(g -> g.subscriptionArn(subscription)))
                .isInstanceOf(NotFoundException.class)
                .hasMessageContaining("Subscription does not exist");
    }

    @Test
    void pushGoesToTheOutboxUntilTheEndpointIsDisabled() {
        String application = sns.createPlatformApplication(
                        p -> p.name("app").platform("GCM").attributes(Map.of("PlatformCredential", "key")))
                .platformApplicationArn();
        String endpoint = sns.createPlatformEndpoint(
                        e -> e.platformApplicationArn(application).token("device-1"))
                .endpointArn();
        assertThat(sns.createPlatformEndpoint(
                                e -> e.platformApplicationArn(application).token("device-1"))
                        .endpointArn())
                .isEqualTo(endpoint);

        sns.publish(p -> p.targetArn(endpoint)
                .messageStructure("json")
                .message("{\"default\":\"d\",\"GCM\":\"{\\\"notification\\\":{}}\"}"));

        assertThat(server.get("/_aws/sns/platform-endpoint-messages")).contains(endpoint, "notification");
        sns.setEndpointAttributes(s -> s.endpointArn(endpoint).attributes(Map.of("Enabled", "false")));
        assertThatThrownBy(() -> sns.publish(p -> p.targetArn(endpoint).message("m")))
                .isInstanceOf(EndpointDisabledException.class)
                .hasMessageContaining("Endpoint is disabled");
        sns.deleteEndpoint(d -> d.endpointArn(endpoint));
        sns.deletePlatformApplication(d -> d.platformApplicationArn(application));
        assertThat(sns.listPlatformApplications().platformApplications()).isEmpty();
    }

    @Test
    void textMessagesGoToTheOutboxUnlessTheNumberHasOptedOut() {
        sns.setSMSAttributes(s -> s.attributes(Map.of("DefaultSMSType", "Transactional")));
        assertThat(sns.getSMSAttributes(g -> {}).attributes()).containsEntry("DefaultSMSType", "Transactional");
        sns.publish(p -> p.phoneNumber("+15555550100").message("hi"));

        assertThat(server.get("/_aws/sns/sms-messages")).contains("+15555550100", "hi");
        assertThat(sns.checkIfPhoneNumberIsOptedOut(c -> c.phoneNumber("+15555550100"))
                        .isOptedOut())
                .isFalse();
        assertThat(sns.getSMSSandboxAccountStatus(g -> {}).isInSandbox()).isTrue();
        assertThatThrownBy(() -> sns.publish(p -> p.phoneNumber("nobody").message("hi")))
                .isInstanceOf(InvalidParameterException.class);
    }
}
