package io.pileus.sns;

import io.pileus.core.identity.Arn;
import io.pileus.core.service.CallContext;
import io.pileus.sns.model.CreateTopicInput;
import io.pileus.sns.model.CreateTopicResponse;
import io.pileus.sns.model.DeleteTopicInput;
import io.pileus.sns.model.DeleteTopicResponse;
import io.pileus.sns.model.GetDataProtectionPolicyInput;
import io.pileus.sns.model.GetDataProtectionPolicyResponse;
import io.pileus.sns.model.GetTopicAttributesInput;
import io.pileus.sns.model.GetTopicAttributesResponse;
import io.pileus.sns.model.InvalidStateException;
import io.pileus.sns.model.ListTagsForResourceRequest;
import io.pileus.sns.model.ListTagsForResourceResponse;
import io.pileus.sns.model.ListTopicsInput;
import io.pileus.sns.model.ListTopicsResponse;
import io.pileus.sns.model.PutDataProtectionPolicyInput;
import io.pileus.sns.model.PutDataProtectionPolicyResponse;
import io.pileus.sns.model.SetTopicAttributesInput;
import io.pileus.sns.model.SetTopicAttributesResponse;
import io.pileus.sns.model.Tag;
import io.pileus.sns.model.TagLimitExceededException;
import io.pileus.sns.model.TagResourceRequest;
import io.pileus.sns.model.TagResourceResponse;
import io.pileus.sns.model.TopicLimitExceededException;
import io.pileus.sns.model.UntagResourceRequest;
import io.pileus.sns.model.UntagResourceResponse;
import io.pileus.sns.state.SnsState;
import io.pileus.sns.state.Topic;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** Topics: creating, listing, deleting, their attributes and tags. */
final class TopicOperations {
    /** Standard topics per account and region; FIFO topics have a limit of their own. */
    private static final int TOPICS_MAX = 100_000;

    private static final int FIFO_TOPICS_MAX = 1_000;

    private static final int PAGE = 100;
    private static final int TAGS_MAX = 50;
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_-]{1,256}");

    private final Resources resources;

    TopicOperations(Resources resources) {
        this.resources = resources;
    }

    CreateTopicResponse createTopic(CreateTopicInput input, CallContext call) {
        Map<String, String> attributes = new LinkedHashMap<>(input.attributes());
        String name = input.name();
        boolean fifo = Boolean.parseBoolean(attributes.get("FifoTopic"));
        checkName(name, fifo);
        attributes.forEach((attribute, value) -> {
            if (!TopicAttributes.isKnown(attribute)) {
                throw SnsErrors.invalidParameter("Attributes", "Unknown attribute " + attribute);
            }
            TopicAttributes.check(attribute, value, fifo);
        });
        attributes.remove("FifoTopic");
        attributes.values().removeIf(String::isEmpty); // the same as not given
        Map<String, String> tags = tags(input.tags());
        checkTags(tags);
        Arn arn = Arn.of("sns", call.region(), call.account(), name);
        SnsState state = resources.of(call);
        Topic created = new Topic(arn, fifo);
        created.attributes().putAll(attributes);
        created.tags().putAll(tags);
        if (input.dataProtectionPolicy() != null) {
            created.dataProtectionPolicy(input.dataProtectionPolicy());
        }
        if (state.topic(arn.toString()).isEmpty()) {
            checkLimit(state, fifo);
        }
        Topic existing = state.topics().putIfAbsent(arn.toString(), created);
        if (existing != null) {
            checkSame(existing, attributes, tags);
        }
        return CreateTopicResponse.builder().topicArn(arn.toString()).build();
    }

    /** @see <a href="https://docs.aws.amazon.com/general/latest/gr/sns.html">Amazon SNS endpoints and quotas</a> */
    private static void checkLimit(SnsState state, boolean fifo) {
        int topics = state.topics().size();
        boolean full = fifo
                ? topics >= FIFO_TOPICS_MAX
                        && state.topics().values().stream()
                                        .filter(Topic::isFifo)
                                        .count()
                                >= FIFO_TOPICS_MAX
                : topics >= TOPICS_MAX;
        if (full) {
            throw TopicLimitExceededException.of("Topic limit exceeded");
        }
    }

    private static void checkName(String name, boolean fifo) {
        boolean endsFifo = name.endsWith(".fifo");
        String stem = endsFifo ? name.substring(0, name.length() - ".fifo".length()) : name;
        if (fifo && (!endsFifo || !NAME.matcher(stem).matches() || name.length() > 256)) {
            throw SnsErrors.invalidParameter(
                    "Fifo Topic names must end with .fifo and must be made up of only uppercase and lowercase ASCII letters, "
                            + "numbers, underscores, and hyphens, and must be between 1 and 256 characters long.");
        }
        if (!fifo && !NAME.matcher(name).matches()) {
            throw SnsErrors.invalidParameter("Topic Name");
        }
    }

    /** Creating a topic again is idempotent only with the attributes and tags it has. */
    private static void checkSame(Topic existing, Map<String, String> attributes, Map<String, String> tags) {
        existing.locked(() -> {
            Map<String, String> shown = TopicAttributes.shown(existing);
            boolean same =
                    attributes.entrySet().stream().allMatch(a -> a.getValue().equals(shown.get(a.getKey())));
            if (!same) {
                throw SnsErrors.invalidParameter("Attributes", "Topic already exists with different attributes");
            }
            if (!tags.isEmpty() && !tags.equals(existing.tags())) {
                throw SnsErrors.invalidParameter("Tags", "Topic already exists with different tags");
            }
            return null;
        });
    }

    DeleteTopicResponse deleteTopic(DeleteTopicInput input, CallContext call) {
        Arn arn = Arn.parse(input.topicArn()).orElseThrow(() -> SnsErrors.malformedArn("TopicArn", input.topicArn()));
        resources.of(arn).ifPresent(state -> {
            state.topic(input.topicArn()).ifPresent(topic -> {
                if (topic.locked(() -> topic.retention().isPresent())) {
                    throw InvalidStateException.of(
                            "Invalid state: Cannot delete a topic with an ArchivePolicy. Remove the ArchivePolicy first.");
                }
            });
            state.topics().remove(input.topicArn());
        });
        return DeleteTopicResponse.builder().build();
    }

    ListTopicsResponse listTopics(ListTopicsInput input, CallContext call) {
        Page<Topic> page = Page.of(
                List.copyOf(resources.of(call).topics().values()), t -> t.arn().toString(), input.nextToken(), PAGE);
        return ListTopicsResponse.builder()
                .topics(page.items().stream()
                        .map(t -> io.pileus.sns.model.Topic.builder()
                                .topicArn(t.arn().toString())
                                .build())
                        .toList())
                .nextToken(page.nextToken())
                .build();
    }

    GetTopicAttributesResponse getTopicAttributes(GetTopicAttributesInput input, CallContext call) {
        Topic topic = resources.topic(input.topicArn());
        return GetTopicAttributesResponse.builder()
                .attributes(topic.locked(() -> TopicAttributes.shown(topic)))
                .build();
    }

    SetTopicAttributesResponse setTopicAttributes(SetTopicAttributesInput input, CallContext call) {
        Topic topic = resources.topic(input.topicArn());
        String name = input.attributeName();
        String value = input.attributeValue() == null ? "" : input.attributeValue();
        if (name.equals("FifoTopic")) {
            throw SnsErrors.invalidParameter("AttributeName");
        }
        boolean removes = value.isEmpty() && !name.equals("Policy") || isEmptyObject(name, value);
        if (!removes) {
            TopicAttributes.check(name, value, topic.isFifo());
        }
        topic.locked(() ->
                removes ? topic.attributes().remove(name) : topic.attributes().put(name, value));
        return SetTopicAttributesResponse.builder().build();
    }

    private static boolean isEmptyObject(String name, String value) {
        return name.equals("ArchivePolicy") && value.replaceAll("\\s", "").equals("{}");
    }

    // ---- data protection ----------------------------------------------------------------------------------------

    PutDataProtectionPolicyResponse putDataProtectionPolicy(PutDataProtectionPolicyInput input, CallContext call) {
        Topic topic = resources.topic(input.resourceArn());
        String policy = input.dataProtectionPolicy();
        if (!policy.isEmpty() && !TopicAttributes.isJsonObject(policy)) {
            throw SnsErrors.invalidParameter("DataProtectionPolicy: failed to parse JSON");
        }
        if (!policy.isEmpty()) {
            call.notEmulated("SNS data protection: the policy is kept, messages are not inspected");
        }
        topic.locked(() -> {
            topic.dataProtectionPolicy(policy);
            return null;
        });
        return PutDataProtectionPolicyResponse.builder().build();
    }

    GetDataProtectionPolicyResponse getDataProtectionPolicy(GetDataProtectionPolicyInput input, CallContext call) {
        Topic topic = resources.topic(input.resourceArn());
        String policy = topic.locked(topic::dataProtectionPolicy);
        return GetDataProtectionPolicyResponse.builder()
                .dataProtectionPolicy(policy.isEmpty() ? null : policy)
                .build();
    }

    // ---- tags ---------------------------------------------------------------------------------------------------

    TagResourceResponse tagResource(TagResourceRequest input, CallContext call) {
        Topic topic = tagged(input.resourceArn());
        Map<String, String> tags = tags(input.tags());
        topic.locked(() -> {
            Map<String, String> all = new LinkedHashMap<>(topic.tags());
            all.putAll(tags);
            checkTags(all);
            topic.tags().putAll(tags);
            return null;
        });
        return TagResourceResponse.builder().build();
    }

    UntagResourceResponse untagResource(UntagResourceRequest input, CallContext call) {
        Topic topic = tagged(input.resourceArn());
        input.tagKeys().forEach(TopicOperations::checkTagKey);
        topic.locked(() -> topic.tags().keySet().removeAll(input.tagKeys()));
        return UntagResourceResponse.builder().build();
    }

    ListTagsForResourceResponse listTagsForResource(ListTagsForResourceRequest input, CallContext call) {
        Topic topic = tagged(input.resourceArn());
        List<Tag> tags = topic.locked(() -> {
            List<Tag> list = new ArrayList<>();
            topic.tags()
                    .forEach((key, value) ->
                            list.add(Tag.builder().key(key).value(value).build()));
            return list;
        });
        return ListTagsForResourceResponse.builder().tags(tags).build();
    }

    private Topic tagged(String arn) {
        return Arn.parse(arn)
                .flatMap(resources::of)
                .flatMap(state -> state.topic(arn))
                .orElseThrow(SnsErrors::resourceNotFound);
    }

    private static Map<String, String> tags(List<Tag> tags) {
        Map<String, String> map = new LinkedHashMap<>();
        for (Tag tag : tags) {
            checkTagKey(tag.key());
            if (map.put(tag.key(), tag.value()) != null) {
                throw SnsErrors.invalidParameter("Duplicated keys are not allowed.");
            }
        }
        return map;
    }

    /** The prefix is AWS's own, in any case of its letters; the reason is in the words of AWS's tagging of other resources. */
    private static void checkTagKey(String key) {
        if (key.regionMatches(true, 0, "aws:", 0, 4)) {
            throw SnsErrors.invalidParameter("Tags", "aws: prefixed tag key names are not allowed for external use.");
        }
    }

    private static void checkTags(Map<String, String> tags) {
        if (tags.size() > TAGS_MAX) {
            throw TagLimitExceededException.of("Could not complete request: tag quota of per resource exceeded");
        }
    }
}
