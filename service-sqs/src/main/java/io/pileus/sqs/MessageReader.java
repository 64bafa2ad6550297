package io.pileus.sqs;

import io.pileus.core.identity.Arn;
import io.pileus.core.port.QueueReader;
import io.pileus.core.service.AwsException;
import io.pileus.sqs.state.Queue;
import io.pileus.sqs.state.QueueMessage;
import io.pileus.sqs.state.ReceiptHandle;
import io.pileus.sqs.state.ReceiveOrder;
import io.pileus.sqs.state.ReceivedMessage;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Queues as other services read them. */
final class MessageReader implements QueueReader {
    private final AllQueues queues;
    private final QueueKeys keys;
    private final InstantSource clock;

    MessageReader(AllQueues queues, QueueKeys keys, InstantSource clock) {
        this.queues = queues;
        this.keys = keys;
        this.clock = clock;
    }

    @Override
    public Optional<QueueInfo> queue(Arn arn) {
        return queues.find(arn)
                .map(queue -> new QueueInfo(
                        queue.isFifo(), Duration.ofSeconds(queue.attributes().visibilityTimeoutSeconds())));
    }

    @Override
    public Receive receive(Arn arn, int messagesMax) {
        try {
            Queue queue = queues.find(arn).orElseThrow(SqsErrors::queueDoesNotExist);
            long nowMillis = clock.millis();
            keys.check(queue, nowMillis);
            long hiddenMillis = 1000L * queue.attributes().visibilityTimeoutSeconds();
            ReceiveOrder order = new ReceiveOrder(messagesMax, hiddenMillis, nowMillis, null);
            // does not wait, so that the answer is there
            return queue.receive(order, nowMillis, MessageReader::received)
                    .toCompletableFuture()
                    .join();
        } catch (AwsException e) {
            return new Refused(e.queryCode(), String.valueOf(e.getMessage()));
        }
    }

    private static Receive received(List<ReceivedMessage> received) {
        return new Received(received.stream().map(MessageReader::message).toList());
    }

    private static Message message(ReceivedMessage received) {
        QueueMessage message = received.message();
        Map<String, Attribute> attributes = new LinkedHashMap<>();
        message.attributes()
                .forEach((name, value) -> attributes.put(name, new Attribute(value.dataType(), value.value())));
        return new Message(
                message.id(),
                received.receiptHandle(),
                message.body(),
                message.bodyMd5().hex(),
                ReceivedMessageView.EVERYTHING.systemAttributesOf(
                        message, received.receiveCount(), received.firstReceivedAtMillis()),
                attributes,
                Optional.ofNullable(MessageOperations.md5Of(message.attributes())));
    }

    @Override
    public void delete(Arn arn, List<String> receiptHandles) {
        queues.find(arn).ifPresent(queue -> {
            for (String text : receiptHandles) {
                ReceiptHandle.parse(text)
                        .filter(handle -> handle.queue() == queue.identity().incarnation())
                        .ifPresent(handle -> delete(queue, handle));
            }
        });
    }

    private void delete(Queue queue, ReceiptHandle handle) {
        try {
            queue.delete(handle, clock.millis());
        } catch (AwsException e) {
            // the queue has been deleted just now, and the message with it
        }
    }

    @Override
    public Registration onMessages(Arn arn, Runnable task) {
        queues.onArrival(arn, task);
        return () -> queues.removeArrivalTask(arn, task);
    }
}
