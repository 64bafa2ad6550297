package io.pileus.sns;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.pileus.core.shape.JsonTrees;
import io.pileus.sns.delivery.DeliveryPolicies;
import io.pileus.sns.delivery.RedrivePolicies;
import io.pileus.sns.filter.FilterPolicy;
import io.pileus.sns.filter.FilterPolicyException;
import io.pileus.sns.filter.FilterPolicyParser;
import io.pileus.sns.state.Protocol;
import io.pileus.sns.state.Subscription;
import io.pileus.sns.state.Topic;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The attributes of a subscription: which there are, what values they take, and how they are shown.
 *
 * @see <a href="https://docs.aws.amazon.com/sns/latest/api/API_SetSubscriptionAttributes.html">SetSubscriptionAttributes</a>
 */
final class SubscriptionAttributes {
    private static final Set<String> NAMES = Set.of(
            "DeliveryPolicy",
            "FilterPolicy",
            "FilterPolicyScope",
            "RawMessageDelivery",
            "RedrivePolicy",
            "SubscriptionRoleArn",
            "ReplayPolicy");

    private SubscriptionAttributes() {}

    /**
     * Refuses a value that the attribute does not take.
     *
     * @param prefix what SNS puts before the attribute's name: {@code Attributes Reason: } when subscribing
     */
    static void check(String prefix, String name, String value, Protocol protocol, Topic topic) {
        if (!NAMES.contains(name)) {
            throw SnsErrors.invalidParameter(
                    prefix.isEmpty() ? "AttributeName" : prefix + "Unknown attribute: " + name);
        }
        switch (name) {
            case "RawMessageDelivery" -> {
                if (!value.equalsIgnoreCase("true") && !value.equalsIgnoreCase("false")) {
                    throw SnsErrors.invalidParameter(
                            prefix + "RawMessageDelivery: Invalid value [" + value + "]. Must be true or false.");
                }
                if (value.equalsIgnoreCase("true") && !protocol.canBeRaw()) {
                    throw SnsErrors.invalidParameter(prefix + "Delivery protocol [" + protocol.wire()
                            + "] does not support raw message delivery.");
                }
            }
            case "FilterPolicyScope" -> {
                if (FilterPolicy.Scope.of(value).isEmpty()) {
                    throw SnsErrors.invalidParameter(prefix + "FilterPolicyScope: Invalid value [" + value
                            + "]. Please use either MessageBody or MessageAttributes");
                }
            }
            case "DeliveryPolicy" -> {
                if (!value.isEmpty()) {
                    DeliveryPolicies.problem(value, false).ifPresent(problem -> {
                        throw SnsErrors.invalidParameter(prefix + "DeliveryPolicy: " + problem);
                    });
                }
            }
            case "RedrivePolicy" -> {
                if (!value.isEmpty()) {
                    checkRedrivePolicy(prefix, value, topic);
                }
            }
            case "ReplayPolicy" -> {
                if (!isNone(value)) {
                    Replays.check(prefix, value, topic);
                }
            }
            default -> {
                // the filter policy is parsed where its scope is known; the role is any ARN
            }
        }
    }

    /**
     * Whether a subscription that has the one value is asked for again with the other. An absent value is the default, and documents
     * are compared as such: clients write them in their own ways.
     */
    static boolean same(String name, @Nullable String own, String given) {
        return switch (name) {
            case "RawMessageDelivery" -> given.equalsIgnoreCase(own == null ? "false" : own);
            case "FilterPolicyScope" -> given.equals(own == null ? "MessageAttributes" : own);
            case "SubscriptionRoleArn" -> given.equals(own);
            default -> document(given).equals(document(own == null ? "" : own));
        };
    }

    private static Optional<JsonNode> document(String text) {
        try {
            return Optional.ofNullable(JsonTrees.mapper().readTree(text)).filter(node -> !node.isEmpty());
        } catch (JsonProcessingException e) {
            return Optional.empty();
        }
    }

    private static void checkRedrivePolicy(String prefix, String value, Topic topic) {
        JsonNode policy;
        try {
            policy = JsonTrees.mapper().readTree(value);
        } catch (JsonProcessingException e) {
            throw SnsErrors.invalidParameter(prefix + "RedrivePolicy: failed to parse JSON.");
        }
        if (policy.isObject() && policy.isEmpty()) {
            return;
        }
        for (Map.Entry<String, JsonNode> member : policy.properties()) {
            if (!member.getKey().equals("deadLetterTargetArn")) {
                throw SnsErrors.invalidParameter(
                        prefix + "RedrivePolicy: invalid JSON. Attribute " + member.getKey() + " is unknown.");
            }
        }
        String target = policy.path("deadLetterTargetArn").asText();
        if (RedrivePolicies.deadLetterTarget(value).isEmpty()) {
            throw SnsErrors.invalidParameter(prefix + "RedrivePolicy: deadLetterTargetArn is an invalid arn");
        }
        if (target.endsWith(".fifo") != topic.isFifo()) {
            throw SnsErrors.invalidParameter(prefix + "RedrivePolicy: must use a "
                    + (topic.isFifo()
                            ? "FIFO queue as DLQ for a FIFO topic"
                            : "standard queue as DLQ for a standard topic"));
        }
    }

    /** Whether a policy is given that says nothing, which takes the one there was away. */
    static boolean isNone(String policy) {
        return policy.isEmpty() || policy.replaceAll("\\s", "").equals("{}");
    }

    /** The compiled filter policy of these attributes; empty when they have none (or an empty one). */
    static Optional<FilterPolicy> filterPolicy(String prefix, Map<String, String> attributes) {
        String policy = attributes.getOrDefault("FilterPolicy", "");
        if (isNone(policy)) {
            return Optional.empty();
        }
        FilterPolicy.Scope scope = Optional.ofNullable(attributes.get("FilterPolicyScope"))
                .flatMap(FilterPolicy.Scope::of)
                .orElse(FilterPolicy.Scope.MESSAGE_ATTRIBUTES);
        try {
            return Optional.of(FilterPolicyParser.parse(policy, scope));
        } catch (FilterPolicyException e) {
            throw SnsErrors.invalidParameter(prefix + "FilterPolicy: " + e.getMessage());
        }
    }

    /** All attributes as GetSubscriptionAttributes answers them. Called under the topic's lock. */
    static Map<String, String> shown(Subscription subscription, Topic topic) {
        Map<String, String> shown = new LinkedHashMap<>();
        shown.put("SubscriptionArn", subscription.arn().toString());
        shown.put("TopicArn", subscription.topic().toString());
        shown.put("Protocol", subscription.protocol().wire());
        shown.put("Endpoint", subscription.endpoint());
        shown.put("Owner", subscription.owner().id());
        shown.put("SubscriptionPrincipal", subscription.principal());
        boolean pending = subscription.state() instanceof Subscription.PendingConfirmation;
        boolean authenticated =
                subscription.state() instanceof Subscription.Confirmed confirmed && confirmed.authenticated();
        shown.put("PendingConfirmation", String.valueOf(pending));
        shown.put("ConfirmationWasAuthenticated", String.valueOf(authenticated));
        shown.put("RawMessageDelivery", String.valueOf(subscription.isRaw()));
        Map<String, String> own = subscription.attributes();
        for (String name : new String[] {"DeliveryPolicy", "RedrivePolicy", "SubscriptionRoleArn", "ReplayPolicy"}) {
            if (own.containsKey(name)) {
                shown.put(name, own.get(name));
            }
        }
        if (own.containsKey("FilterPolicy")) {
            shown.put("FilterPolicy", own.get("FilterPolicy"));
            shown.put("FilterPolicyScope", own.getOrDefault("FilterPolicyScope", "MessageAttributes"));
        }
        if (subscription.protocol().isHttp()) {
            shown.put(
                    "EffectiveDeliveryPolicy",
                    DeliveryPolicies.effectiveForSubscription(
                            own.get("DeliveryPolicy"), topic.attributes().get("DeliveryPolicy")));
        }
        return shown;
    }
}
