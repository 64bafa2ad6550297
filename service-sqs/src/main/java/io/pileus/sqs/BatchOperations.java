package io.pileus.sqs;

import io.pileus.core.service.AwsException;
import io.pileus.core.service.CallContext;
import io.pileus.sqs.model.BatchResultErrorEntry;
import io.pileus.sqs.model.ChangeMessageVisibilityBatchRequest;
import io.pileus.sqs.model.ChangeMessageVisibilityBatchRequestEntry;
import io.pileus.sqs.model.ChangeMessageVisibilityBatchResult;
import io.pileus.sqs.model.ChangeMessageVisibilityBatchResultEntry;
import io.pileus.sqs.model.DeleteMessageBatchRequest;
import io.pileus.sqs.model.DeleteMessageBatchRequestEntry;
import io.pileus.sqs.model.DeleteMessageBatchResult;
import io.pileus.sqs.model.DeleteMessageBatchResultEntry;
import io.pileus.sqs.model.SendMessageBatchRequest;
import io.pileus.sqs.model.SendMessageBatchRequestEntry;
import io.pileus.sqs.model.SendMessageBatchResult;
import io.pileus.sqs.model.SendMessageBatchResultEntry;
import io.pileus.sqs.state.MessageAttribute;
import io.pileus.sqs.state.NewMessage;
import io.pileus.sqs.state.Queue;
import io.pileus.sqs.state.Sent;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The batches: up to ten entries, each of which succeeds or fails by itself. What is wrong with the batch as a whole fails
 * it before any entry is looked at.
 */
final class BatchOperations {
    private final AllQueues queues;
    private final MessageOperations messages;
    private final FifoQuotas quotas;

    BatchOperations(AllQueues queues, MessageOperations messages, FifoQuotas quotas) {
        this.queues = queues;
        this.messages = messages;
        this.quotas = quotas;
    }

    SendMessageBatchResult sendMessageBatch(SendMessageBatchRequest input, CallContext call) {
        Queue queue = queues.required(input.queueUrl(), call);
        List<SendMessageBatchRequestEntry> entries = input.entries();
        checkEntries(entries, SendMessageBatchRequestEntry::id, "SendMessageBatchRequestEntry");
        long totalBytes =
                entries.stream().mapToLong(BatchOperations::approximateBytes).sum();
        if (totalBytes > SqsLimits.MESSAGE_BYTES) {
            throw SqsErrors.batchTooLong(totalBytes);
        }
        quotas.use(queue, "SendMessage", call);
        List<SendMessageBatchResultEntry> successful = new ArrayList<>();
        List<BatchResultErrorEntry> failed = new ArrayList<>();
        for (SendMessageBatchRequestEntry entry : entries) {
            try {
                successful.add(send(entry, queue, call));
            } catch (AwsException e) {
                failed.add(failure(entry.id(), e));
            }
        }
        return SendMessageBatchResult.builder()
                .successful(successful)
                .failed(failed)
                .build();
    }

    private SendMessageBatchResultEntry send(SendMessageBatchRequestEntry entry, Queue queue, CallContext call) {
        Map<String, MessageAttribute> attributes = NewMessages.attributes(entry.messageAttributes());
        MessageAttribute traceHeader = NewMessages.traceHeader(entry.messageSystemAttributes());
        NewMessages.Draft draft = new NewMessages.Draft(
                entry.messageBody(),
                attributes,
                NewMessages.traceHeader(traceHeader, call),
                entry.messageGroupId(),
                entry.messageDeduplicationId(),
                entry.delaySeconds(),
                call.caller().userId());
        NewMessage message = NewMessages.check(draft, queue);
        Sent sent = messages.send(message, queue, call);
        return SendMessageBatchResultEntry.builder()
                .id(entry.id())
                .messageId(sent.messageId())
                .md5OfMessageBody(message.bodyMd5().hex())
                .md5OfMessageAttributes(MessageOperations.md5Of(attributes))
                .md5OfMessageSystemAttributes(MessageOperations.md5Of(traceHeader))
                .sequenceNumber(sent.sequenceNumber().isEmpty() ? null : sent.sequenceNumber())
                .build();
    }

    /** Bodies and attributes; what is malformed counts for nothing and fails with its entry. */
    private static long approximateBytes(SendMessageBatchRequestEntry entry) {
        String body = entry.messageBody();
        long bytes = body == null ? 0 : body.getBytes(StandardCharsets.UTF_8).length;
        for (var attribute : entry.messageAttributes().entrySet()) {
            String type = attribute.getValue().dataType();
            String text = attribute.getValue().stringValue();
            var binary = attribute.getValue().binaryValue();
            bytes += attribute.getKey().getBytes(StandardCharsets.UTF_8).length
                    + (type == null ? 0 : type.length())
                    + (text == null ? 0 : text.getBytes(StandardCharsets.UTF_8).length)
                    + (binary == null ? 0 : binary.size());
        }
        return bytes;
    }

    DeleteMessageBatchResult deleteMessageBatch(DeleteMessageBatchRequest input, CallContext call) {
        Queue queue = queues.required(input.queueUrl(), call);
        checkEntries(input.entries(), DeleteMessageBatchRequestEntry::id, "DeleteMessageBatchRequestEntry");
        quotas.use(queue, "DeleteMessage", call);
        List<DeleteMessageBatchResultEntry> successful = new ArrayList<>();
        List<BatchResultErrorEntry> failed = new ArrayList<>();
        for (DeleteMessageBatchRequestEntry entry : input.entries()) {
            try {
                messages.delete(queue, entry.receiptHandle(), call);
                successful.add(
                        DeleteMessageBatchResultEntry.builder().id(entry.id()).build());
            } catch (AwsException e) {
                failed.add(failure(entry.id(), e));
            }
        }
        return DeleteMessageBatchResult.builder()
                .successful(successful)
                .failed(failed)
                .build();
    }

    ChangeMessageVisibilityBatchResult changeMessageVisibilityBatch(
            ChangeMessageVisibilityBatchRequest input, CallContext call) {
        Queue queue = queues.required(input.queueUrl(), call);
        checkEntries(
                input.entries(),
                ChangeMessageVisibilityBatchRequestEntry::id,
                "ChangeMessageVisibilityBatchRequestEntry");
        quotas.use(queue, "ChangeMessageVisibility", call);
        List<ChangeMessageVisibilityBatchResultEntry> successful = new ArrayList<>();
        List<BatchResultErrorEntry> failed = new ArrayList<>();
        for (ChangeMessageVisibilityBatchRequestEntry entry : input.entries()) {
            try {
                messages.changeVisibility(queue, entry.receiptHandle(), entry.visibilityTimeout(), call);
                successful.add(ChangeMessageVisibilityBatchResultEntry.builder()
                        .id(entry.id())
                        .build());
            } catch (AwsException e) {
                failed.add(failure(entry.id(), e));
            }
        }
        return ChangeMessageVisibilityBatchResult.builder()
                .successful(successful)
                .failed(failed)
                .build();
    }

    private static <E> void checkEntries(List<E> entries, Function<E, @Nullable String> idOf, String entryName) {
        if (entries.isEmpty()) {
            throw SqsErrors.emptyBatch(entryName);
        }
        if (entries.size() > SqsLimits.BATCH_ENTRIES) {
            throw SqsErrors.tooManyEntries(entries.size());
        }
        Set<String> ids = new HashSet<>();
        for (int i = 0; i < entries.size(); i++) {
            String id = idOf.apply(entries.get(i));
            if (id == null) {
                throw SqsErrors.missingParameter(entryName + "." + (i + 1) + ".Id");
            }
            if (id.isEmpty() || id.length() > 80 || !QueueName.hasOnlyNameCharacters(id)) {
                throw SqsErrors.invalidBatchEntryId();
            }
            if (!ids.add(id)) {
                throw SqsErrors.repeatedBatchEntryId(id);
            }
        }
    }

    private static BatchResultErrorEntry failure(@Nullable String id, AwsException error) {
        return BatchResultErrorEntry.builder()
                .id(id)
                .senderFault_(error.senderFault())
                .code_(error.queryCode())
                .message(error.getMessage())
                .build();
    }
}
