package io.pileus.sqs;

import io.pileus.core.service.CallContext;
import io.pileus.sqs.model.ListQueueTagsRequest;
import io.pileus.sqs.model.ListQueueTagsResult;
import io.pileus.sqs.model.TagQueueRequest;
import io.pileus.sqs.model.TagQueueResponse;
import io.pileus.sqs.model.UntagQueueRequest;
import io.pileus.sqs.model.UntagQueueResponse;
import io.pileus.sqs.state.Queue;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * The tags of queues: up to 50, keys of 1 to 128 characters that do not begin with {@code aws:}, values of up to 256.
 *
 * @see <a href="https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/quotas-queues.html">Queue quotas</a>
 */
final class TagOperations {
    private static final int KEY_LENGTH = 128;
    private static final int VALUE_LENGTH = 256;

    private final AllQueues queues;

    TagOperations(AllQueues queues) {
        this.queues = queues;
    }

    TagQueueResponse tagQueue(TagQueueRequest input, CallContext call) {
        Queue queue = queues.owned(input.queueUrl(), "TagQueue", call);
        if (input.tags().isEmpty()) {
            throw SqsErrors.missingParameter("Tags");
        }
        queue.changeTags(old -> {
            Map<String, String> tags = new HashMap<>(old);
            tags.putAll(input.tags());
            check(tags, queue.name());
            return tags;
        });
        return TagQueueResponse.builder().build();
    }

    UntagQueueResponse untagQueue(UntagQueueRequest input, CallContext call) {
        Queue queue = queues.owned(input.queueUrl(), "UntagQueue", call);
        if (input.tagKeys().isEmpty()) {
            throw SqsErrors.missingParameter("TagKeys");
        }
        queue.changeTags(old -> {
            Map<String, String> tags = new HashMap<>(old);
            tags.keySet().removeAll(Set.copyOf(input.tagKeys()));
            return tags;
        });
        return UntagQueueResponse.builder().build();
    }

    ListQueueTagsResult listQueueTags(ListQueueTagsRequest input, CallContext call) {
        Map<String, String> tags =
                queues.owned(input.queueUrl(), "ListQueueTags", call).tags();
        return ListQueueTagsResult.builder()
                .tags(tags.isEmpty() ? null : new TreeMap<>(tags))
                .build();
    }

    /** @throws io.pileus.core.service.AwsException InvalidParameterValue (the words on keys and values are ours) */
    static void check(Map<String, String> tags, String queueName) {
        if (tags.size() > SqsLimits.TAGS) {
            throw SqsErrors.tooManyTags(queueName);
        }
        tags.forEach((key, value) -> {
            if (key.isEmpty() || key.length() > KEY_LENGTH) {
                throw SqsErrors.invalidParameter(
                        key, "Tag.Key", "Tag keys must be between 1 and 128 characters in length.");
            }
            if (key.toLowerCase(Locale.ROOT).startsWith("aws:")) {
                throw SqsErrors.invalidParameter(
                        key, "Tag.Key", "aws: prefixed tag key names are not allowed for external use.");
            }
            if (value.length() > VALUE_LENGTH) {
                throw SqsErrors.invalidParameter(
                        value, "Tag.Value", "Tag values must be at most 256 characters in length.");
            }
        });
    }
}
