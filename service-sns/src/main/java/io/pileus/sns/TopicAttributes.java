package io.pileus.sns;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.pileus.core.shape.JsonTrees;
import io.pileus.sns.delivery.DeliveryPolicies;
import io.pileus.sns.state.ArchivePolicy;
import io.pileus.sns.state.Topic;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * The attributes of a topic: which there are, what values they take, and how they are shown.
 *
 * @see <a href="https://docs.aws.amazon.com/sns/latest/api/API_SetTopicAttributes.html">SetTopicAttributes</a>
 */
final class TopicAttributes {
    private static final Set<String> FIFO_ONLY =
            Set.of("ContentBasedDeduplication", "FifoThroughputScope", "ArchivePolicy");

    private static final String SAMPLE_RATE = "SuccessFeedbackSampleRate";

    /** All but those for the status of deliveries. */
    private static final Set<String> NAMES = Set.of(
            "DisplayName",
            "Policy",
            "DeliveryPolicy",
            "KmsMasterKeyId",
            "TracingConfig",
            "SignatureVersion",
            "FifoTopic",
            "ContentBasedDeduplication",
            "FifoThroughputScope",
            "ArchivePolicy");

    private TopicAttributes() {}

    /** Refuses a value that the attribute does not take, and an attribute that there is not. */
    static void check(String name, String value, boolean fifo) {
        if (FIFO_ONLY.contains(name) && !fifo) {
            throw SnsErrors.invalidParameter("Attributes", "Unknown attribute " + name);
        }
        switch (name) {
            case "DisplayName" -> require(value.length() <= 100, "DisplayName");
            case "Policy" -> TopicPolicy.check(value);
            case "DeliveryPolicy" -> {
                if (!value.isEmpty()) {
                    DeliveryPolicies.problem(value, true).ifPresent(problem -> {
                        throw SnsErrors.invalidParameter("DeliveryPolicy: " + problem);
                    });
                }
            }
            case "KmsMasterKeyId" -> {
                // any key id, ARN or alias; judged when it is used
            }
            case "TracingConfig" -> require(value.equals("Active") || value.equals("PassThrough"), "TracingConfig");
            case "SignatureVersion" -> require(value.equals("1") || value.equals("2"), "SignatureVersion");
            case "ContentBasedDeduplication", "FifoTopic" ->
                require(value.equalsIgnoreCase("true") || value.equalsIgnoreCase("false"), name);
            case "FifoThroughputScope" ->
                require(value.equals("Topic") || value.equals("MessageGroup"), "FifoThroughputScope");
            case "ArchivePolicy" -> require(ArchivePolicy.isValid(value), "ArchivePolicy");
            default -> {
                require(isFeedback(name), "AttributeName");
                require(!name.endsWith(SAMPLE_RATE) || isPercentage(value), name);
            }
        }
    }

    static boolean isKnown(String name) {
        return NAMES.contains(name) || isFeedback(name);
    }

    /** Delivery-status attributes, such as {@code SQSSuccessFeedbackSampleRate}. */
    private static boolean isFeedback(String name) {
        for (String target : new String[] {"HTTP", "Lambda", "SQS", "Firehose", "Application"}) {
            if (name.equals(target + "SuccessFeedbackRoleArn")
                    || name.equals(target + "FailureFeedbackRoleArn")
                    || name.equals(target + SAMPLE_RATE)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isPercentage(String value) {
        return value.matches("\\d{1,3}") && Integer.parseInt(value) <= 100;
    }

    private static void require(boolean condition, String name) {
        if (!condition) {
            throw SnsErrors.invalidParameter(name);
        }
    }

    static boolean isJsonObject(String text) {
        try {
            return JsonTrees.mapper().readTree(text).isObject();
        } catch (JsonProcessingException e) {
            return false;
        }
    }

    /** All attributes as GetTopicAttributes answers them. Called under the topic's lock. */
    static Map<String, String> shown(Topic topic) {
        Map<String, String> shown = new LinkedHashMap<>();
        shown.put("TopicArn", topic.arn().toString());
        shown.put("Owner", topic.arn().account());
        shown.put("Policy", TopicPolicy.defaultOf(topic.arn()));
        shown.put("DisplayName", "");
        shown.put("SubscriptionsPending", String.valueOf(topic.pendingCount()));
        shown.put("SubscriptionsConfirmed", String.valueOf(topic.confirmedCount()));
        shown.put("SubscriptionsDeleted", String.valueOf(topic.deletedCount()));
        shown.put(
                "EffectiveDeliveryPolicy",
                DeliveryPolicies.effectiveForTopic(topic.attributes().get("DeliveryPolicy")));
        if (topic.isFifo()) {
            shown.put("FifoTopic", "true");
            shown.put("ContentBasedDeduplication", "false");
            shown.put("FifoThroughputScope", "Topic");
        }
        shown.putAll(topic.attributes());
        topic.archiveBegins().ifPresent(begins -> shown.put("BeginningArchiveTime", begins.toString()));
        return shown;
    }
}
