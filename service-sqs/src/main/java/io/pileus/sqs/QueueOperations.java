package io.pileus.sqs;

import io.pileus.core.identity.AccountId;
import io.pileus.core.identity.Arn;
import io.pileus.core.service.CallContext;
import io.pileus.sqs.model.CreateQueueRequest;
import io.pileus.sqs.model.CreateQueueResult;
import io.pileus.sqs.model.DeleteQueueRequest;
import io.pileus.sqs.model.DeleteQueueResponse;
import io.pileus.sqs.model.GetQueueAttributesRequest;
import io.pileus.sqs.model.GetQueueAttributesResult;
import io.pileus.sqs.model.GetQueueUrlRequest;
import io.pileus.sqs.model.GetQueueUrlResult;
import io.pileus.sqs.model.ListDeadLetterSourceQueuesRequest;
import io.pileus.sqs.model.ListDeadLetterSourceQueuesResult;
import io.pileus.sqs.model.ListQueuesRequest;
import io.pileus.sqs.model.ListQueuesResult;
import io.pileus.sqs.model.PurgeQueueRequest;
import io.pileus.sqs.model.PurgeQueueResponse;
import io.pileus.sqs.model.SetQueueAttributesRequest;
import io.pileus.sqs.model.SetQueueAttributesResponse;
import io.pileus.sqs.state.MessageCounts;
import io.pileus.sqs.state.Queue;
import io.pileus.sqs.state.QueueAttributes;
import io.pileus.sqs.state.QueueIdentity;
import io.pileus.sqs.state.RedrivePolicy;
import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Creating, finding, describing, changing and deleting queues. */
final class QueueOperations {
    /**
     * What GetQueueAttributes tells besides what the owner sets. {@code All} stands for everything.
     */
    private static final Set<String> ATTRIBUTE_NAMES = Set.of(
            "All",
            "Policy",
            "VisibilityTimeout",
            "MaximumMessageSize",
            "MessageRetentionPeriod",
            "ApproximateNumberOfMessages",
            "ApproximateNumberOfMessagesNotVisible",
            "CreatedTimestamp",
            "LastModifiedTimestamp",
            "QueueArn",
            "ApproximateNumberOfMessagesDelayed",
            "DelaySeconds",
            "ReceiveMessageWaitTimeSeconds",
            "RedrivePolicy",
            "FifoQueue",
            "ContentBasedDeduplication",
            "KmsMasterKeyId",
            "KmsDataKeyReusePeriodSeconds",
            "DeduplicationScope",
            "FifoThroughputLimit",
            "RedriveAllowPolicy",
            "SqsManagedSseEnabled");

    private final AllQueues queues;
    private final Supplier<byte[]> incarnations;
    private final boolean refusesRecentlyDeletedNames;
    private final boolean refusesRepeatedPurges;

    QueueOperations(AllQueues queues, Supplier<byte[]> incarnations) {
        this.queues = queues;
        this.incarnations = incarnations;
        this.refusesRecentlyDeletedNames = queues.settings().flag("SQS_DELAY_RECENTLY_DELETED", false);
        this.refusesRepeatedPurges = queues.settings().flag("SQS_DELAY_PURGE_RETRY", false);
    }

    CreateQueueResult createQueue(CreateQueueRequest input, CallContext call) {
        String name = required(input.queueName(), "QueueName");
        QueueAttributes attributes = attributesFor(name, input.attributes());
        TagOperations.check(input.tags(), name);
        long nowMillis = call.receivedAt().toEpochMilli();
        Queues mine = queues.of(call);
        if (refusesRecentlyDeletedNames && mine.wasDeletedRecently(name, nowMillis)) {
            throw SqsErrors.queueDeletedRecently();
        }
        if (mine.find(name).isEmpty()) {
            checkRedrivePolicy(attributes, input.attributes(), arnOf(name, call), call);
        }
        QueueIdentity identity = new QueueIdentity(
                name,
                call.account(),
                call.region(),
                nowMillis,
                ByteBuffer.wrap(incarnations.get()).getLong());
        Queue queue =
                mine.findOrAdd(name, () -> Queue.create(identity, attributes, input.tags(), queues.surroundings()));
        queues.attachArrivalTasks(queue);
        queue.attributes().differenceFrom(input.attributes()).ifPresent(attribute -> {
            throw SqsErrors.queueNameExists(attribute);
        });
        return CreateQueueResult.builder().queueUrl(queues.urlOf(queue, call)).build();
    }

    private static QueueAttributes attributesFor(String name, Map<String, String> given) {
        boolean fifo = given.containsKey("FifoQueue") && given.get("FifoQueue").equalsIgnoreCase("true");
        if (fifo && !QueueName.isValidFifo(name)) {
            throw SqsErrors.invalidFifoQueueName();
        }
        if (!fifo && !QueueName.isValidStandard(name)) {
            throw SqsErrors.invalidQueueName();
        }
        return (fifo ? QueueAttributes.fifo() : QueueAttributes.standard()).with(given);
    }

    /** The dead-letter queue must exist in the same account and region, be of the same type, and allow it. */
    private void checkRedrivePolicy(
            QueueAttributes attributes, Map<String, String> given, Arn source, CallContext call) {
        String text = given.getOrDefault(QueueAttributes.REDRIVE_POLICY, "");
        if (text.isEmpty()) {
            return;
        }
        RedrivePolicy policy = RedrivePolicy.parse(text);
        Queue target = queues.find(policy.deadLetterTargetArn())
                .filter(q -> q.arn().account().equals(source.account())
                        && q.arn().region().equals(source.region()))
                .orElseThrow(() -> SqsErrors.invalidParameter(
                        text, QueueAttributes.REDRIVE_POLICY, "Dead letter target does not exist."));
        if (target.isFifo() != attributes.isFifo()) {
            throw SqsErrors.invalidParameter(
                    text,
                    QueueAttributes.REDRIVE_POLICY,
                    "Dead-letter queue must be same type of queue as the source.");
        }
        if (!target.attributes().redriveAllowPolicy().allows(source)) {
            throw SqsErrors.invalidParameter(
                    text,
                    QueueAttributes.REDRIVE_POLICY,
                    "The dead-letter queue does not allow this queue as a source."); // words ours
        }
    }

    private static Arn arnOf(String name, CallContext call) {
        return Arn.of("sqs", call.region(), call.account(), name);
    }

    GetQueueUrlResult getQueueUrl(GetQueueUrlRequest input, CallContext call) {
        String name = required(input.queueName(), "QueueName");
        if (!QueueName.isValid(name)) {
            throw SqsErrors.queueDoesNotExist();
        }
        String owner = input.queueOwnerAWSAccountId();
        if (owner != null && !AccountId.isValid(owner)) {
            throw SqsErrors.queueOutOfReach();
        }
        AccountId account = owner == null ? call.account() : new AccountId(owner);
        Queue queue = queues.required(account, call.region(), name, call);
        return GetQueueUrlResult.builder().queueUrl(queues.urlOf(queue, call)).build();
    }

    ListQueuesResult listQueues(ListQueuesRequest input, CallContext call) {
        Integer maxResults = input.maxResults();
        String prefix = input.queueNamePrefix() == null ? "" : input.queueNamePrefix();
        Page<Queue> page =
                Page.of(maxResults, input.nextToken(), after -> queues.of(call).after(after, prefix), Queue::name);
        List<String> urls =
                page.items().stream().map(q -> queues.urlOf(q, call)).toList();
        return ListQueuesResult.builder()
                .queueUrls(urls.isEmpty() ? null : urls)
                .nextToken(page.nextToken())
                .build();
    }

    ListDeadLetterSourceQueuesResult listDeadLetterSourceQueues(
            ListDeadLetterSourceQueuesRequest input, CallContext call) {
        Queue queue = queues.required(input.queueUrl(), call);
        Page<Queue> page = Page.of(
                input.maxResults(),
                input.nextToken(),
                after -> queues.ownersOf(queue).sourcesOf(queue).stream()
                        .filter(q -> q.name().compareTo(after) > 0)
                        .toList(),
                Queue::name);
        return ListDeadLetterSourceQueuesResult.builder()
                .queueUrls(page.items().stream().map(q -> queues.urlOf(q, call)).toList())
                .nextToken(page.nextToken())
                .build();
    }

    GetQueueAttributesResult getQueueAttributes(GetQueueAttributesRequest input, CallContext call) {
        Queue queue = queues.required(input.queueUrl(), call);
        Set<String> names = new LinkedHashSet<>(input.attributeNames());
        for (String name : names) {
            if (!ATTRIBUTE_NAMES.contains(name)) {
                throw SqsErrors.unknownAttribute(name);
            }
        }
        if (names.isEmpty()) {
            return GetQueueAttributesResult.builder().build();
        }
        Map<String, String> all = describe(queue, call.receivedAt().toEpochMilli());
        if (!names.contains("All")) {
            all.keySet().retainAll(names);
        }
        return GetQueueAttributesResult.builder()
                .attributes(all.isEmpty() ? null : all)
                .build();
    }

    private static Map<String, String> describe(Queue queue, long nowMillis) {
        MessageCounts counts = queue.counts(nowMillis);
        Map<String, String> all = new LinkedHashMap<>();
        all.put("QueueArn", queue.arn().toString());
        all.put("ApproximateNumberOfMessages", Integer.toString(counts.visible()));
        all.put("ApproximateNumberOfMessagesNotVisible", Integer.toString(counts.inFlight()));
        all.put("ApproximateNumberOfMessagesDelayed", Integer.toString(counts.delayed()));
        all.put("CreatedTimestamp", Long.toString(queue.identity().createdAtMillis() / 1000));
        all.put("LastModifiedTimestamp", Long.toString(queue.lastModifiedAtMillis() / 1000));
        all.putAll(queue.attributes().render());
        return all;
    }

    SetQueueAttributesResponse setQueueAttributes(SetQueueAttributesRequest input, CallContext call) {
        Queue queue = queues.owned(input.queueUrl(), "SetQueueAttributes", call);
        if (input.attributes().isEmpty()) {
            throw SqsErrors.missingParameter("Attribute.Name");
        }
        queue.changeAttributes(
                old -> {
                    QueueAttributes changed = old.with(input.attributes());
                    checkRedrivePolicy(changed, input.attributes(), queue.arn(), call);
                    return changed;
                },
                call.receivedAt().toEpochMilli());
        return SetQueueAttributesResponse.builder().build();
    }

    PurgeQueueResponse purgeQueue(PurgeQueueRequest input, CallContext call) {
        Queue queue = queues.required(input.queueUrl(), call);
        long nowMillis = call.receivedAt().toEpochMilli();
        long pauseMillis = SqsLimits.DELETE_AND_PURGE_PAUSE.toMillis();
        if (refusesRepeatedPurges && nowMillis - queue.purgedAtMillis().orElse(nowMillis - pauseMillis) < pauseMillis) {
            throw SqsErrors.purgeQueueInProgress(queue.name());
        }
        queue.purge(nowMillis);
        return PurgeQueueResponse.builder().build();
    }

    DeleteQueueResponse deleteQueue(DeleteQueueRequest input, CallContext call) {
        Queue queue = queues.owned(input.queueUrl(), "DeleteQueue", call);
        queues.ownersOf(queue).remove(queue, call.receivedAt().toEpochMilli());
        return DeleteQueueResponse.builder().build();
    }

    private static String required(@Nullable String value, String name) {
        if (value == null || value.isEmpty()) {
            throw SqsErrors.missingParameter(name);
        }
        return value;
    }
}
