package io.pileus.sqs;

import io.pileus.core.service.AwsException;
import io.pileus.core.service.CallContext;
import io.pileus.sqs.model.ChangeMessageVisibilityRequest;
import io.pileus.sqs.model.ChangeMessageVisibilityResponse;
import io.pileus.sqs.model.DeleteMessageRequest;
import io.pileus.sqs.model.DeleteMessageResponse;
import io.pileus.sqs.model.ReceiveMessageRequest;
import io.pileus.sqs.model.ReceiveMessageResult;
import io.pileus.sqs.model.SendMessageRequest;
import io.pileus.sqs.model.SendMessageResult;
import io.pileus.sqs.state.MessageAttribute;
import io.pileus.sqs.state.MessageAttributesMd5;
import io.pileus.sqs.state.NewMessage;
import io.pileus.sqs.state.Queue;
import io.pileus.sqs.state.ReceiptHandle;
import io.pileus.sqs.state.ReceiveOrder;
import io.pileus.sqs.state.Sent;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Sending, receiving, deleting and hiding messages, one at a time; {@link BatchOperations} do it for ten. */
final class MessageOperations {
    private static final String COUNT_HEADER = "x-localstack-sqs-override-message-count";
    private static final String WAIT_HEADER = "x-localstack-sqs-override-wait-time-seconds";
    private static final int OVERRIDE_MAX = 3_600;

    private final AllQueues queues;
    private final QueueKeys keys;
    private final FifoQuotas quotas;
    private final boolean limitsReceivedMessages;

    MessageOperations(AllQueues queues, QueueKeys keys, FifoQuotas quotas) {
        this.queues = queues;
        this.keys = keys;
        this.quotas = quotas;
        this.limitsReceivedMessages = !queues.settings().flag("SQS_DISABLE_MAX_NUMBER_OF_MESSAGE_LIMIT", false);
    }

    SendMessageResult sendMessage(SendMessageRequest input, CallContext call) {
        Queue queue = queues.required(input.queueUrl(), call);
        Map<String, MessageAttribute> attributes = NewMessages.attributes(input.messageAttributes());
        MessageAttribute traceHeader = NewMessages.traceHeader(input.messageSystemAttributes());
        NewMessages.Draft draft = new NewMessages.Draft(
                input.messageBody(),
                attributes,
                NewMessages.traceHeader(traceHeader, call),
                input.messageGroupId(),
                input.messageDeduplicationId(),
                input.delaySeconds(),
                call.caller().userId());
        NewMessage message = NewMessages.check(draft, queue);
        quotas.use(queue, "SendMessage", call);
        Sent sent = send(message, queue, call);
        return SendMessageResult.builder()
                .messageId(sent.messageId())
                .md5OfMessageBody(message.bodyMd5().hex())
                .md5OfMessageAttributes(md5Of(attributes))
                .md5OfMessageSystemAttributes(md5Of(traceHeader))
                .sequenceNumber(sent.sequenceNumber().isEmpty() ? null : sent.sequenceNumber())
                .build();
    }

    /** Puts a checked message into a queue. */
    Sent send(NewMessage message, Queue queue, CallContext call) {
        long nowMillis = call.receivedAt().toEpochMilli();
        keys.check(queue, nowMillis);
        return queue.send(message, nowMillis);
    }

    static @Nullable String md5Of(Map<String, MessageAttribute> attributes) {
        return attributes.isEmpty() ? null : MessageAttributesMd5.of(attributes).hex();
    }

    static @Nullable String md5Of(@Nullable MessageAttribute traceHeader) {
        return traceHeader == null
                ? null
                : MessageAttributesMd5.of(Map.of("AWSTraceHeader", traceHeader)).hex();
    }

    CompletionStage<ReceiveMessageResult> receiveMessage(ReceiveMessageRequest input, CallContext call) {
        Queue queue = queues.required(input.queueUrl(), call);
        ReceiveOrder order = orderOf(input, queue, call);
        long nowMillis = call.receivedAt().toEpochMilli();
        quotas.use(queue, "ReceiveMessage", call);
        keys.check(queue, nowMillis);
        return queue.receive(order, nowMillis, ReceivedMessageView.of(input)::result);
    }

    private ReceiveOrder orderOf(ReceiveMessageRequest input, Queue queue, CallContext call) {
        int maxMessages = overriddenBy(COUNT_HEADER, call).orElseGet(() -> maxMessagesOf(input));
        int waitTimeSeconds = overriddenBy(WAIT_HEADER, call).orElseGet(() -> waitTimeSecondsOf(input, queue));
        int visibilityTimeoutSeconds = input.visibilityTimeout() == null
                ? queue.attributes().visibilityTimeoutSeconds()
                : checkVisibilityTimeout(input.visibilityTimeout());
        String attemptId = input.receiveRequestAttemptId();
        if (attemptId != null && !queue.isFifo()) {
            throw SqsErrors.notForThisQueueType(attemptId, "ReceiveRequestAttemptId");
        }
        if (attemptId != null) {
            NewMessages.checkId(attemptId, "ReceiveRequestAttemptId");
        }
        return new ReceiveOrder(
                maxMessages,
                1000L * visibilityTimeoutSeconds,
                call.receivedAt().toEpochMilli() + 1000L * waitTimeSeconds,
                attemptId);
    }

    private int maxMessagesOf(ReceiveMessageRequest input) {
        int maxMessages = input.maxNumberOfMessages() == null ? 1 : input.maxNumberOfMessages();
        if (maxMessages < 1 || (limitsReceivedMessages && maxMessages > SqsLimits.RECEIVED_MESSAGES)) {
            throw SqsErrors.invalidParameter(
                    Integer.toString(maxMessages), "MaxNumberOfMessages", "Must be between 1 and 10, if provided.");
        }
        return maxMessages;
    }

    private static int waitTimeSecondsOf(ReceiveMessageRequest input, Queue queue) {
        int waitTimeSeconds = input.waitTimeSeconds() == null
                ? queue.attributes().receiveMessageWaitTimeSeconds()
                : input.waitTimeSeconds();
        if (waitTimeSeconds < 0 || waitTimeSeconds > SqsLimits.WAIT_TIME_SECONDS) {
            throw SqsErrors.invalidParameter(
                    Integer.toString(waitTimeSeconds), "WaitTimeSeconds", "Must be >= 0 and <= 20, if provided.");
        }
        return waitTimeSeconds;
    }

    /** What one of LocalStack's headers puts in the place of a parameter, past AWS's limits; empty without it. */
    private static OptionalInt overriddenBy(String header, CallContext call) {
        String text = call.client().header(header);
        if (text.isEmpty()) {
            return OptionalInt.empty();
        }
        // The limit is ours: no consumer waits for longer than an hour or carries more than that home.
        if (!text.matches("[0-9]{1,5}") || Integer.parseInt(text) > OVERRIDE_MAX) {
            throw SqsErrors.invalidParameterValue(
                    "The header " + header + " must be a number from 0 to " + OVERRIDE_MAX + ".");
        }
        return OptionalInt.of(Integer.parseInt(text));
    }

    DeleteMessageResponse deleteMessage(DeleteMessageRequest input, CallContext call) {
        Queue queue = queues.required(input.queueUrl(), call);
        quotas.use(queue, "DeleteMessage", call);
        delete(queue, input.receiptHandle(), call);
        return DeleteMessageResponse.builder().build();
    }

    void delete(Queue queue, @Nullable String receiptHandle, CallContext call) {
        ReceiptHandle handle = handleOf(receiptHandle, queue);
        switch (queue.delete(handle, call.receivedAt().toEpochMilli())) {
            case DONE, GONE -> {}
            case EXPIRED, BEYOND_LIMIT -> throw SqsErrors.receiptHandleExpired(handle.wire());
            case NOT_IN_FLIGHT -> throw SqsErrors.messageNotInFlight();
        }
    }

    ChangeMessageVisibilityResponse changeMessageVisibility(ChangeMessageVisibilityRequest input, CallContext call) {
        Queue queue = queues.required(input.queueUrl(), call);
        quotas.use(queue, "ChangeMessageVisibility", call);
        changeVisibility(queue, input.receiptHandle(), input.visibilityTimeout(), call);
        return ChangeMessageVisibilityResponse.builder().build();
    }

    void changeVisibility(
            Queue queue, @Nullable String receiptHandle, @Nullable Integer visibilityTimeout, CallContext call) {
        ReceiptHandle handle = handleOf(receiptHandle, queue);
        if (visibilityTimeout == null) {
            throw SqsErrors.missingParameter("VisibilityTimeout");
        }
        int seconds = checkVisibilityTimeout(visibilityTimeout);
        switch (queue.changeVisibility(handle, seconds, call.receivedAt().toEpochMilli())) {
            case DONE -> {}
            case GONE, EXPIRED -> throw SqsErrors.messageGone(handle.wire());
            case NOT_IN_FLIGHT -> throw SqsErrors.messageNotInFlight();
            case BEYOND_LIMIT -> throw SqsErrors.visibilityBeyondLimit(seconds);
        }
    }

    private static int checkVisibilityTimeout(int seconds) {
        if (seconds < 0 || seconds > SqsLimits.VISIBILITY_TIMEOUT_SECONDS) {
            throw SqsErrors.invalidParameter(
                    Integer.toString(seconds), "VisibilityTimeout", "Must be between 0 and 43200, if provided.");
        }
        return seconds;
    }

    /** @throws AwsException MissingParameter, or ReceiptHandleIsInvalid where the handle is not this queue's */
    private static ReceiptHandle handleOf(@Nullable String receiptHandle, Queue queue) {
        if (receiptHandle == null || receiptHandle.isEmpty()) {
            throw SqsErrors.missingParameter("ReceiptHandle");
        }
        return ReceiptHandle.parse(receiptHandle)
                .filter(handle -> handle.queue() == queue.identity().incarnation())
                .orElseThrow(() -> SqsErrors.receiptHandleIsInvalid(receiptHandle));
    }
}
