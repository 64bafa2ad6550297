package io.pileus.sns.delivery;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.pileus.core.shape.JsonTrees;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Delivery policies: how they are validated and what is effective.
 *
 * @see <a href="https://docs.aws.amazon.com/sns/latest/dg/sns-message-delivery-retries.html#creating-delivery-policy">Creating a delivery policy</a>
 */
public final class DeliveryPolicies {
    private static final String DEFAULT_RETRY =
            "{\"minDelayTarget\":20,\"maxDelayTarget\":20,\"numRetries\":3,\"numMaxDelayRetries\":0,"
                    + "\"numNoDelayRetries\":0,\"numMinDelayRetries\":0,\"backoffFunction\":\"linear\"}";

    private static final Set<String> TOPIC_MEMBERS = Set.of(
            "defaultHealthyRetryPolicy",
            "defaultSicklyRetryPolicy",
            "disableSubscriptionOverrides",
            "defaultThrottlePolicy",
            "defaultRequestPolicy");
    private static final Set<String> SUBSCRIPTION_MEMBERS =
            Set.of("healthyRetryPolicy", "sicklyRetryPolicy", "throttlePolicy", "requestPolicy", "guaranteed");
    private static final Set<String> RETRY_MEMBERS = Set.of(
            "numRetries",
            "minDelayTarget",
            "maxDelayTarget",
            "numNoDelayRetries",
            "numMinDelayRetries",
            "numMaxDelayRetries",
            "backoffFunction");
    private static final List<String> BACKOFF_FUNCTIONS = List.of("linear", "arithmetic", "geometric", "exponential");

    private DeliveryPolicies() {}

    /** What is effective for a topic: its own policy over the defaults. */
    public static String effectiveForTopic(@Nullable String policy) {
        return "{\"http\":{\"defaultHealthyRetryPolicy\":"
                + at(policy, "/http/defaultHealthyRetryPolicy").orElse(DEFAULT_RETRY)
                + ",\"disableSubscriptionOverrides\":"
                + at(policy, "/http/disableSubscriptionOverrides").orElse("false")
                + ",\"defaultRequestPolicy\":"
                + at(policy, "/http/defaultRequestPolicy")
                        .orElse("{\"headerContentType\":\"text/plain; charset=UTF-8\"}")
                + "}}";
    }

    /** What is effective for an HTTP subscription: its own policy, else its topic's, else the defaults. */
    public static String effectiveForSubscription(@Nullable String policy, @Nullable String topicPolicy) {
        return "{\"healthyRetryPolicy\":"
                + at(policy, "/healthyRetryPolicy")
                        .or(() -> at(topicPolicy, "/http/defaultHealthyRetryPolicy"))
                        .orElse(DEFAULT_RETRY)
                + ",\"sicklyRetryPolicy\":" + at(policy, "/sicklyRetryPolicy").orElse("null")
                + ",\"throttlePolicy\":" + at(policy, "/throttlePolicy").orElse("null")
                + ",\"requestPolicy\":" + at(policy, "/requestPolicy").orElse("null")
                + ",\"guaranteed\":" + at(policy, "/guaranteed").orElse("false") + "}";
    }

    static Optional<String> contentType(@Nullable String policy) {
        return at(policy, "/requestPolicy/headerContentType").map(text -> text.replace("\"", ""));
    }

    private static Optional<String> at(@Nullable String policy, String pointer) {
        if (policy == null || policy.isBlank()) {
            return Optional.empty();
        }
        try {
            JsonNode node = JsonTrees.mapper().readTree(policy).at(pointer);
            return node.isMissingNode() || node.isNull() ? Optional.empty() : Optional.of(node.toString());
        } catch (JsonProcessingException e) {
            return Optional.empty();
        }
    }

    /**
     * What is wrong with a policy, in SNS's words, or empty. That retries need three of their members was seen in
     * triggermesh/aws-event-sources pull request 220, the words on their bounds in awsdocs/amazon-sns-developer-guide pull
     * request 5.
     */
    public static Optional<String> problem(String policy, boolean forTopic) {
        JsonNode root;
        try {
            root = JsonTrees.mapper().readTree(policy);
        } catch (JsonProcessingException e) {
            return Optional.of("failed to parse JSON.");
        }
        if (!(root instanceof ObjectNode)) {
            return Optional.of("failed to parse JSON.");
        }
        return forTopic ? problemOfTopics(root) : problemOfSubscriptions(root);
    }

    private static Optional<String> problemOfTopics(JsonNode root) {
        JsonNode http = root.path("http");
        return unexpected(root, Set.of("http"))
                .or(() -> unexpected(http, TOPIC_MEMBERS))
                .or(() -> retryProblem("http.defaultHealthyRetryPolicy", http.path("defaultHealthyRetryPolicy")));
    }

    private static Optional<String> problemOfSubscriptions(JsonNode root) {
        return unexpected(root, SUBSCRIPTION_MEMBERS)
                .or(() -> retryProblem("healthyRetryPolicy", root.path("healthyRetryPolicy")));
    }

    private static Optional<String> unexpected(JsonNode object, Set<String> members) {
        return object.properties().stream()
                .map(Map.Entry::getKey)
                .filter(member -> !members.contains(member))
                .findFirst()
                .map(member -> "Unexpected JSON member: " + member); // words ours
    }

    private static Optional<String> retryProblem(String path, JsonNode retry) {
        if (!retry.isObject()) {
            return Optional.empty();
        }
        Optional<String> unexpected = unexpected(retry, RETRY_MEMBERS);
        if (unexpected.isPresent()) {
            return unexpected;
        }
        for (String member : List.of("numRetries", "minDelayTarget", "maxDelayTarget")) {
            if (!retry.has(member)) {
                return Optional.of(path + "." + member + " must be specified"); // words ours
            }
        }
        return outside(path, retry, "numRetries", 0, 100)
                .or(() -> outside(path, retry, "minDelayTarget", 1, 3600))
                .or(() -> outside(path, retry, "maxDelayTarget", 1, 3600))
                .or(() -> outside(path, retry, "numNoDelayRetries", 0, 100))
                .or(() -> outside(path, retry, "numMinDelayRetries", 0, 100))
                .or(() -> outside(path, retry, "numMaxDelayRetries", 0, 100))
                .or(() -> retry.path("minDelayTarget").intValue()
                                > retry.path("maxDelayTarget").intValue()
                        ? Optional.of(path + ".maxDelayTarget must be greater than or equal to minDelayTarget")
                        : Optional.empty())
                .or(() -> BACKOFF_FUNCTIONS.contains(
                                retry.path("backoffFunction").asText("linear"))
                        ? Optional.empty()
                        : Optional.of(path + ".backoffFunction must be one of " + BACKOFF_FUNCTIONS)); // words ours
    }

    private static Optional<String> outside(String path, JsonNode object, String member, int low, int high) {
        JsonNode value = object.get(member);
        if (value == null) {
            return Optional.empty();
        }
        if (!value.isInt()) {
            return Optional.of(path + "." + member + " must be an integer"); // words ours
        }
        if (value.intValue() < low) {
            return Optional.of(path + "." + member + " must be greater than or equal to " + low);
        }
        return value.intValue() > high
                ? Optional.of(path + "." + member + " must be less than or equal to " + high)
                : Optional.empty();
    }
}
