package io.pileus.kinesis;

import io.pileus.core.policy.MalformedPolicyException;
import io.pileus.core.policy.PolicyDocument;
import io.pileus.core.policy.PolicyKind;
import io.pileus.core.service.CallContext;
import io.pileus.kinesis.model.*;
import io.pileus.kinesis.state.Consumer;
import io.pileus.kinesis.state.KinesisErrors;
import io.pileus.kinesis.state.Stream;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Tags of streams (both APIs) and consumers, and resource policies. */
final class TagOperations {
    private static final int PAGE_DEFAULT = 50;
    private static final int POLICY_BYTES_MAX = 20_480;

    private final Streams streams;

    TagOperations(Streams streams) {
        this.streams = streams;
    }

    AddTagsToStreamResponse addTagsToStream(AddTagsToStreamInput input, CallContext call) {
        Tags.add(streams.get(input.streamName(), input.streamARN(), input.streamId(), call), input.tags());
        return AddTagsToStreamResponse.builder().build();
    }

    RemoveTagsFromStreamResponse removeTagsFromStream(RemoveTagsFromStreamInput input, CallContext call) {
        Stream stream = streams.get(input.streamName(), input.streamARN(), input.streamId(), call);
        Tags.checkKeys(input.tagKeys());
        stream.settings(settings -> settings.tags().keySet().removeAll(input.tagKeys()));
        return RemoveTagsFromStreamResponse.builder().build();
    }

    ListTagsForStreamOutput listTagsForStream(ListTagsForStreamInput input, CallContext call) {
        Stream stream = streams.get(input.streamName(), input.streamARN(), input.streamId(), call);
        int limit = Objects.requireNonNullElse(input.limit(), PAGE_DEFAULT);
        String after = Objects.requireNonNullElse(input.exclusiveStartTagKey(), "");
        List<Tag> tags = stream.settings(settings -> Tags.list(settings.tags())).stream()
                .filter(tag -> tag.key().compareTo(after) > 0)
                .toList();
        return ListTagsForStreamOutput.builder()
                .tags(tags.stream().limit(limit).toList())
                .hasMoreTags(tags.size() > limit)
                .build();
    }

    TagResourceResponse tagResource(TagResourceInput input, CallContext call) {
        if (Streams.isConsumer(input.resourceARN())) {
            Consumer consumer = streams.consumer(input.resourceARN(), call).consumer();
            Tags.check(input.tags());
            consumer.tag(input.tags());
        } else {
            Tags.add(streams.get(null, input.resourceARN(), input.streamId(), call), input.tags());
        }
        return TagResourceResponse.builder().build();
    }

    UntagResourceResponse untagResource(UntagResourceInput input, CallContext call) {
        if (Streams.isConsumer(input.resourceARN())) {
            streams.consumer(input.resourceARN(), call).consumer().untag(input.tagKeys());
        } else {
            streams.get(null, input.resourceARN(), input.streamId(), call)
                    .settings(settings -> settings.tags().keySet().removeAll(input.tagKeys()));
        }
        return UntagResourceResponse.builder().build();
    }

    ListTagsForResourceOutput listTagsForResource(ListTagsForResourceInput input, CallContext call) {
        Map<String, String> tags = Streams.isConsumer(input.resourceARN())
                ? streams.consumer(input.resourceARN(), call).consumer().tags()
                : streams.get(null, input.resourceARN(), input.streamId(), call)
                        .settings(settings -> Map.copyOf(settings.tags()));
        return ListTagsForResourceOutput.builder().tags(Tags.list(tags)).build();
    }

    // Resource policies

    PutResourcePolicyResponse putResourcePolicy(PutResourcePolicyInput input, CallContext call) {
        String policy = input.policy();
        if (policy.length() > POLICY_BYTES_MAX) {
            throw KinesisErrors.invalid("The resource policy is longer than " + POLICY_BYTES_MAX + " characters.");
        }
        try {
            PolicyDocument.parse(policy, PolicyKind.RESOURCE);
        } catch (MalformedPolicyException e) {
            throw KinesisErrors.invalid("The resource policy is not valid: " + e.getMessage());
        }
        if (Streams.isConsumer(input.resourceARN())) {
            streams.activeConsumer(input.resourceARN(), call).consumer().policy(policy);
        } else {
            streams.get(null, input.resourceARN(), input.streamId(), call).settings(settings -> {
                settings.policy(policy);
                return settings;
            });
        }
        return PutResourcePolicyResponse.builder().build();
    }

    GetResourcePolicyOutput getResourcePolicy(GetResourcePolicyInput input, CallContext call) {
        String policy = Streams.isConsumer(input.resourceARN())
                ? streams.consumer(input.resourceARN(), call)
                        .consumer()
                        .policy()
                        .orElse("")
                : streams.get(null, input.resourceARN(), input.streamId(), call)
                        .settings(settings -> settings.policy().orElse(""));
        return GetResourcePolicyOutput.builder().policy(policy).build();
    }

    DeleteResourcePolicyResponse deleteResourcePolicy(DeleteResourcePolicyInput input, CallContext call) {
        if (Streams.isConsumer(input.resourceARN())) {
            Consumer consumer = streams.consumer(input.resourceARN(), call).consumer();
            requirePolicy(consumer.policy().isPresent(), input.resourceARN());
            consumer.policy(null);
        } else {
            streams.get(null, input.resourceARN(), input.streamId(), call).settings(settings -> {
                requirePolicy(settings.policy().isPresent(), input.resourceARN());
                settings.policy(null);
                return settings;
            });
        }
        return DeleteResourcePolicyResponse.builder().build();
    }

    private static void requirePolicy(boolean present, String arn) {
        if (!present) {
            throw ResourceNotFoundException.of("No resource policy found for resource ARN " + arn);
        }
    }
}
