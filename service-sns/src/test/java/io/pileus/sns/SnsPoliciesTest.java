package io.pileus.sns;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pileus.core.service.CallContext;
import io.pileus.core.testkit.TestCalls;
import io.pileus.core.testkit.TestEnvironment;
import io.pileus.sns.model.AddPermissionInput;
import io.pileus.sns.model.CreateTopicInput;
import io.pileus.sns.model.FilterPolicyLimitExceededException;
import io.pileus.sns.model.GetTopicAttributesInput;
import io.pileus.sns.model.ListSubscriptionsByTopicInput;
import io.pileus.sns.model.RemovePermissionInput;
import io.pileus.sns.model.SetTopicAttributesInput;
import io.pileus.sns.model.SubscribeInput;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Documents that SNS takes and refuses: access, delivery, replay and filter policies. */
class SnsPoliciesTest {
    private static final String QUEUE = "arn:aws:sqs:us-east-1:000000000000:orders";
    private static final String STATEMENT =
            "{\"Sid\":\"mine\",\"Effect\":\"Allow\",\"Principal\":\"*\",\"Action\":\"sns:Publish\",\"Resource\":\"*\"}";

    private final TestEnvironment env = TestEnvironment.with("PILEUS_SNS_FILTER_POLICIES_PER_TOPIC", "2");
    private final SnsService sns = new SnsService(env.services());
    private final String topic = topic("orders", Map.of());

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

    private void set(String name, String value) {
        sns.setTopicAttributes(
                SetTopicAttributesInput.builder()
                        .topicArn(topic)
                        .attributeName(name)
                        .attributeValue(value)
                        .build(),
                call());
    }

    private String attribute(String name) {
        return sns.getTopicAttributes(
                        GetTopicAttributesInput.builder().topicArn(topic).build(), call())
                .attributes()
                .get(name);
    }

    private String subscribe(String topicArn, String queue, String attribute, String value) {
        return sns.subscribe(
                        SubscribeInput.builder()
                                .topicArn(topicArn)
                                .protocol("sqs")
                                .endpoint(queue)
                                .attributes(Map.of(attribute, value))
                                .build(),
                        call())
                .toCompletableFuture()
                .join()
                .subscriptionArn();
    }

    private void permit(String label, String... actions) {
        sns.addPermission(
                AddPermissionInput.builder()
                        .topicArn(topic)
                        .label(label)
                        .awsAccountId(List.of("111111111111"))
                        .actionName(List.of(actions))
                        .build(),
                call());
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "{}", "[]", "{\"Statement\":[]}", "{\"Statement\":[{\"Effect\":\"Allow\"}]}"})
    void aMalformedAccessPolicyIsRefused(String policy) {
        assertThatThrownBy(() -> set("Policy", policy)).hasMessage("Invalid parameter: Policy Error: null");
        assertThatThrownBy(() -> topic("others", Map.of("Policy", policy)))
                .hasMessage("Invalid parameter: Policy Error: null");
    }

    @Test
    void anAccessPolicyCannotBeEmpty() {
        assertThatThrownBy(() -> set("Policy", "")).hasMessage("Invalid parameter: Policy is empty");
        assertThatThrownBy(() -> topic("others", Map.of("Policy", "")))
                .hasMessage("Invalid parameter: Policy is empty");
    }

    @Test
    void anAccessPolicyIsAboutTheActionsOfTopicsOnly() {
        for (String action : List.of("sns:CreateTopic", "sns:SetSubscriptionAttributes", "sqs:SendMessage")) {
            assertThatThrownBy(() -> set("Policy", "{\"Statement\":" + STATEMENT.replace("sns:Publish", action) + "}"))
                    .hasMessage("Invalid parameter: Policy statement action out of service scope!");
        }
        set("Policy", "{\"Statement\":" + STATEMENT.replace("sns:Publish", "SNS:publish") + "}");
        assertThat(attribute("Policy")).contains("SNS:publish");
    }

    @Test
    void aPermissionJoinsAStatementThatStandsAlone() {
        set("Policy", "{\"Statement\":" + STATEMENT + "}");

        permit("alice", "Publish");
        assertThat(attribute("Policy"))
                .startsWith("{\"Statement\":[" + STATEMENT + ",")
                .contains("\"Sid\":\"alice\"");

        sns.removePermission(
                RemovePermissionInput.builder().topicArn(topic).label("alice").build(), call());
        assertThat(attribute("Policy")).isEqualTo("{\"Statement\":[" + STATEMENT + "]}");
    }

    @Test
    void aPermissionNeedsALabel() {
        set("Policy", "{\"Statement\":" + STATEMENT.replace("\"Sid\":\"mine\",", "") + "}");

        assertThatThrownBy(() -> permit("", "Publish")).hasMessage("Invalid parameter: Label");
    }

    @Test
    void anEmptyAttributeOfANewTopicIsNone() {
        String plain = topic("plain", Map.of("KmsMasterKeyId", ""));

        assertThat(topic("plain", Map.of("DisplayName", ""))).isEqualTo(plain);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"healthyRetryPolicy\":{\"numRetries\":0,\"minDelayTarget\":0,\"maxDelayTarget\":0}} | healthyRetryPolicy.minDelayTarget must be greater than or equal to 1",
                "{\"healthyRetryPolicy\":{\"numRetries\":101,\"minDelayTarget\":1,\"maxDelayTarget\":1}} | healthyRetryPolicy.numRetries must be less than or equal to 100",
                "{\"healthyRetryPolicy\":{\"numRetries\":1,\"minDelayTarget\":1}} | healthyRetryPolicy.maxDelayTarget must be specified",
                "{\"healthyRetryPolicy\":{\"numRetries\":1,\"minDelayTarget\":9,\"maxDelayTarget\":8}} | healthyRetryPolicy.maxDelayTarget must be greater than or equal to minDelayTarget",
                "{\"healthyRetryPolicy\":{\"retries\":1}} | Unexpected JSON member: retries",
                "{\"http\":{}} | Unexpected JSON member: http",
                "retry | failed to parse JSON.",
            })
    void aDeliveryPolicyIsChecked(String policy, String problem) {
        assertThatThrownBy(() -> subscribe(topic, QUEUE, "DeliveryPolicy", policy))
                .hasMessage("Invalid parameter: Attributes Reason: DeliveryPolicy: " + problem);
    }

    @Test
    void aTopicsDeliveryPolicyIsForHttp() {
        assertThatThrownBy(() -> set("DeliveryPolicy", "{\"healthyRetryPolicy\":{}}"))
                .hasMessage("Invalid parameter: DeliveryPolicy: Unexpected JSON member: healthyRetryPolicy");
        set(
                "DeliveryPolicy",
                "{\"http\":{\"defaultHealthyRetryPolicy\":{\"numRetries\":1,\"minDelayTarget\":1,\"maxDelayTarget\":2}}}");
        assertThat(attribute("EffectiveDeliveryPolicy")).contains("\"numRetries\":1");
    }

    @Test
    void aReplayThatCannotBeLeavesNoSubscription() {
        String archive = topic(
                "archive.fifo", Map.of("FifoTopic", "true", "ArchivePolicy", "{\"MessageRetentionPeriod\":\"7\"}"));
        assertThatThrownBy(() -> subscribe(archive, QUEUE + ".fifo", "ReplayPolicy", "{\"PointType\":\"Timestamp\"}"))
                .hasMessage("Invalid parameter: Attributes Reason: ReplayPolicy: malformed policy");
        String forgetful = topic("forgetful.fifo", Map.of("FifoTopic", "true"));
        assertThatThrownBy(() -> subscribe(
                        forgetful,
                        QUEUE + ".fifo",
                        "ReplayPolicy",
                        "{\"PointType\":\"Timestamp\",\"StartingPoint\":\"2026-01-01T00:00:00Z\"}"))
                .hasMessageEndingWith("ReplayPolicy: the topic has no ArchivePolicy");

        for (String each : List.of(archive, forgetful)) {
            assertThat(sns.listSubscriptionsByTopic(
                                    ListSubscriptionsByTopicInput.builder()
                                            .topicArn(each)
                                            .build(),
                                    call())
                            .subscriptions())
                    .isEmpty();
        }
    }

    @Test
    void aTopicHasOnlySoManyFilterPolicies() {
        subscribe(topic, QUEUE + 1, "FilterPolicy", "{\"a\":[1]}");
        subscribe(topic, QUEUE + 2, "FilterPolicy", "{\"a\":[2]}");

        assertThatThrownBy(() -> subscribe(topic, QUEUE + 3, "FilterPolicy", "{\"a\":[3]}"))
                .isInstanceOf(FilterPolicyLimitExceededException.class);
        subscribe(topic, QUEUE + 3, "FilterPolicy", "{}");
        subscribe(topic("others", Map.of()), QUEUE + 3, "FilterPolicy", "{\"a\":[3]}");
    }
}
