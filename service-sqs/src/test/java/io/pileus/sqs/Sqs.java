package io.pileus.sqs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.pileus.core.service.AwsException;
import io.pileus.core.service.CallContext;
import io.pileus.core.testkit.TestCalls;
import io.pileus.core.testkit.TestEnvironment;
import io.pileus.sqs.model.*;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.UnaryOperator;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** SQS as a test speaks to it: queues by URL, the root of account 000000000000 in us-east-1, time by hand. */
final class Sqs {
    final TestEnvironment env;
    final SqsService service;

    private Sqs(TestEnvironment env) {
        this.env = env;
        this.service = new SqsService(env.services());
    }

    static Sqs fresh() {
        return new Sqs(TestEnvironment.fresh());
    }

    static Sqs with(String... namesAndValues) {
        return new Sqs(TestEnvironment.with(namesAndValues));
    }

    CallContext call() {
        return TestCalls.call(env);
    }

    void advance(long seconds) {
        env.advance(Duration.ofSeconds(seconds));
    }

    static Map<String, String> map(String... namesAndValues) {
        Map<String, String> map = new HashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            map.put(namesAndValues[i], namesAndValues[i + 1]);
        }
        return map;
    }

    String queue(String name, String... attributes) {
        return service.createQueue(
                        CreateQueueRequest.builder()
                                .queueName(name)
                                .attributes(attributes.length == 0 ? null : map(attributes))
                                .build(),
                        call())
                .queueUrl();
    }

    String fifo(String name, String... attributes) {
        Map<String, String> all = map(attributes);
        all.put("FifoQueue", "true");
        return service.createQueue(
                        CreateQueueRequest.builder()
                                .queueName(name)
                                .attributes(all)
                                .build(),
                        call())
                .queueUrl();
    }

    String arn(String queueUrl) {
        return attribute(queueUrl, "QueueArn");
    }

    /** A standard queue whose messages go to a dead-letter queue after so many receives. */
    String withDeadLetters(String name, String deadLetterQueueUrl, int maxReceiveCount, String... attributes) {
        Map<String, String> all = map(attributes);
        all.put(
                "RedrivePolicy",
                "{\"deadLetterTargetArn\":\"" + arn(deadLetterQueueUrl) + "\",\"maxReceiveCount\":" + maxReceiveCount
                        + "}");
        return service.createQueue(
                        CreateQueueRequest.builder()
                                .queueName(name)
                                .attributes(all)
                                .build(),
                        call())
                .queueUrl();
    }

    SendMessageResult send(String queueUrl, String body) {
        return send(queueUrl, body, m -> m);
    }

    SendMessageResult send(String queueUrl, String body, UnaryOperator<SendMessageRequest.Builder> more) {
        return service.sendMessage(
                more.apply(SendMessageRequest.builder().queueUrl(queueUrl).messageBody(body))
                        .build(),
                call());
    }

    SendMessageResult sendToGroup(String queueUrl, String group, String body) {
        return send(
                queueUrl,
                body,
                m -> m.messageGroupId(group).messageDeduplicationId(env.ids().uuid()));
    }

    List<Message> receive(String queueUrl) {
        return receive(queueUrl, r -> r.maxNumberOfMessages(10));
    }

    List<Message> receive(String queueUrl, UnaryOperator<ReceiveMessageRequest.Builder> more) {
        CompletableFuture<List<Message>> answer = poll(queueUrl, more);
        assertThat(answer).as("an answer at once").isDone();
        return answer.join();
    }

    Message receiveOne(String queueUrl) {
        List<Message> messages = receive(queueUrl, r -> r);
        assertThat(messages).hasSize(1);
        return messages.getFirst();
    }

    List<String> receiveBodies(String queueUrl) {
        return bodies(receive(queueUrl));
    }

    static List<String> bodies(List<Message> messages) {
        return messages.stream().map(Message::body).toList();
    }

    CompletableFuture<List<Message>> poll(String queueUrl, UnaryOperator<ReceiveMessageRequest.Builder> more) {
        return service.receiveMessage(
                        more.apply(ReceiveMessageRequest.builder().queueUrl(queueUrl))
                                .build(),
                        call())
                .thenApply(ReceiveMessageResult::messages)
                .toCompletableFuture();
    }

    /** A consumer that waits 20 seconds for one message. */
    CompletableFuture<List<Message>> poll(String queueUrl) {
        return poll(queueUrl, r -> r.waitTimeSeconds(20));
    }

    void delete(String queueUrl, Message message) {
        delete(queueUrl, message.receiptHandle());
    }

    void delete(String queueUrl, String receiptHandle) {
        service.deleteMessage(
                DeleteMessageRequest.builder()
                        .queueUrl(queueUrl)
                        .receiptHandle(receiptHandle)
                        .build(),
                call());
    }

    void changeVisibility(String queueUrl, Message message, int seconds) {
        service.changeMessageVisibility(
                ChangeMessageVisibilityRequest.builder()
                        .queueUrl(queueUrl)
                        .receiptHandle(message.receiptHandle())
                        .visibilityTimeout(seconds)
                        .build(),
                call());
    }

    Map<String, String> attributes(String queueUrl, String... names) {
        return service.getQueueAttributes(
                        GetQueueAttributesRequest.builder()
                                .queueUrl(queueUrl)
                                .attributeNames(List.of(names))
                                .build(),
                        call())
                .attributes();
    }

    String attribute(String queueUrl, String name) {
        return attributes(queueUrl, name).get(name);
    }

    void set(String queueUrl, String... attributes) {
        service.setQueueAttributes(
                SetQueueAttributesRequest.builder()
                        .queueUrl(queueUrl)
                        .attributes(map(attributes))
                        .build(),
                call());
    }

    /** How many messages are visible, in flight and delayed. */
    String counts(String queueUrl) {
        Map<String, String> all = attributes(queueUrl, "All");
        return all.get("ApproximateNumberOfMessages") + " visible, "
                + all.get("ApproximateNumberOfMessagesNotVisible") + " in flight, "
                + all.get("ApproximateNumberOfMessagesDelayed") + " delayed";
    }

    void deleteQueue(String queueUrl) {
        service.deleteQueue(DeleteQueueRequest.builder().queueUrl(queueUrl).build(), call());
    }

    void purge(String queueUrl) {
        service.purgeQueue(PurgeQueueRequest.builder().queueUrl(queueUrl).build(), call());
    }

    static AwsException errorOf(ThrowingCallable action) {
        AwsException error = catchThrowableOfType(AwsException.class, action);
        assertThat(error).as("an AWS error").isNotNull();
        return error;
    }

    /** The error's Query code and message, as most clients show it. */
    static String refusal(ThrowingCallable action) {
        AwsException error = errorOf(action);
        return error.queryCode() + ": " + error.getMessage();
    }
}
