package io.pileus.sns.delivery;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.pileus.core.shape.JsonTrees;
import java.util.Optional;
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

    /** What is wrong with a policy, in SNS's words, or empty. */
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
        JsonNode retry = root.at(forTopic ? "/http/defaultHealthyRetryPolicy" : "/healthyRetryPolicy");
        if (!retry.isObject()) {
            return Optional.empty();
        }
        if (outside(retry, "numRetries", 0, 100)) {
            return Optional.of((forTopic ? "http.defaultHealthyRetryPolicy" : "healthyRetryPolicy")
                    + ".numRetries must be between 0 and 100");
        }
        if (outside(retry, "minDelayTarget", 1, 3600) || outside(retry, "maxDelayTarget", 1, 3600)) {
            return Optional.of("delay targets must be between 1 and 3600");
        }
        if (retry.path("minDelayTarget").asInt(20)
                > retry.path("maxDelayTarget").asInt(Integer.MAX_VALUE)) {
            return Optional.of("minDelayTarget must be less than or equal to maxDelayTarget");
        }
        return Optional.empty();
    }

    private static boolean outside(JsonNode object, String member, int low, int high) {
        JsonNode value = object.get(member);
        return value != null && (!value.isInt() || value.intValue() < low || value.intValue() > high);
    }
}
