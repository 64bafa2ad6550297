package io.pileus.sqs;

import static org.assertj.core.api.Assertions.assertThat;

import io.pileus.core.service.AwsException;
import io.pileus.core.service.CallContext;
import io.pileus.core.shape.Blob;
import io.pileus.sqs.model.*;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Whatever a client sends is answered with a result or an error of AWS's, and harms nobody's messages. */
class BadInputProperties {

    @Provide
    Arbitrary<String> text() {
        return Arbitraries.frequencyOf(
                        net.jqwik.api.Tuple.of(3, Arbitraries.strings().ofMaxLength(100)),
                        net.jqwik.api.Tuple.of(
                                4,
                                Arbitraries.of(
                                        "",
                                        "orders",
                                        "orders.fifo",
                                        "http://localhost:4566/000000000000/orders",
                                        "http://localhost:4566/000000000000/orders.fifo",
                                        "http://localhost:4566/000000000000/",
                                        "http://",
                                        "://",
                                        "/",
                                        "//",
                                        "https://sqs./000000000000/orders",
                                        "http://x/queue/us-east-1/000000000000/orders",
                                        "http://x/queue/-1/000000000000/orders",
                                        "arn:aws:sqs:us-east-1:000000000000:orders",
                                        "arn:aws:sqs:::orders",
                                        "arn:aws:sqs:x y:000000000000:orders",
                                        "{}",
                                        "[]",
                                        "{\"deadLetterTargetArn\":1,\"maxReceiveCount\":{}}",
                                        "{\"deadLetterTargetArn\":\"arn:aws:sqs:us-east-1:000000000000:orders\","
                                                + "\"maxReceiveCount\":\"9999999999999\"}",
                                        "{\"redrivePermission\":\"byQueue\",\"sourceQueueArns\":[null,1]}",
                                        "{\"Statement\":7}",
                                        "2147483648",
                                        "-1",
                                        "1e9",
                                        "true",
                                        "alias/aws/sqs")))
                .injectNull(0.1);
    }

    @Provide
    Arbitrary<Integer> number() {
        return Arbitraries.of(0, 1, 10, 11, 500, 43_200, -1, Integer.MAX_VALUE, Integer.MIN_VALUE)
                .injectNull(0.2);
    }

    @Provide
    Arbitrary<String> attributeName() {
        return Arbitraries.of(
                "Policy",
                "RedrivePolicy",
                "RedriveAllowPolicy",
                "VisibilityTimeout",
                "FifoQueue",
                "ContentBasedDeduplication",
                "DeduplicationScope",
                "FifoThroughputLimit",
                "KmsMasterKeyId",
                "KmsDataKeyReusePeriodSeconds",
                "SqsManagedSseEnabled",
                "DelaySeconds",
                "All",
                "Nonsense");
    }

    private static void tried(Runnable attempt) {
        try {
            attempt.run();
        } catch (AwsException e) {
            assertThat(e.httpStatus()).isBetween(400, 499);
            assertThat(e.code()).isNotBlank();
        }
    }

    @Property(tries = 400)
    void everyRequestIsAnsweredInAwssWay(
            @ForAll("text") String url,
            @ForAll("text") String one,
            @ForAll("text") String two,
            @ForAll("number") Integer number,
            @ForAll("attributeName") String attribute) {
        Sqs sqs = Sqs.fresh();
        String safe = sqs.queue("safe");
        sqs.queue("orders");
        sqs.fifo("orders.fifo");
        sqs.send(safe, "mine");
        CallContext call = sqs.call();
        SqsService service = sqs.service;
        Map<String, String> attributes = two == null ? Map.of() : Map.of(attribute, two);
        List<String> list = one == null ? List.of() : List.of(one);

        tried(() -> service.createQueue(
                CreateQueueRequest.builder()
                        .queueName(one)
                        .attributes(attributes)
                        .tags(one == null ? null : Map.of(one, one))
                        .build(),
                call));
        tried(() -> service.setQueueAttributes(
                SetQueueAttributesRequest.builder()
                        .queueUrl(url)
                        .attributes(attributes)
                        .build(),
                call));
        tried(() -> service.getQueueAttributes(
                GetQueueAttributesRequest.builder()
                        .queueUrl(url)
                        .attributeNames(list)
                        .build(),
                call));
        tried(() -> service.getQueueUrl(
                GetQueueUrlRequest.builder()
                        .queueName(one)
                        .queueOwnerAWSAccountId(two)
                        .build(),
                call));
        tried(() -> service.listQueues(
                ListQueuesRequest.builder()
                        .queueNamePrefix(one)
                        .nextToken(two)
                        .maxResults(number)
                        .build(),
                call));
        tried(() -> service.sendMessage(
                SendMessageRequest.builder()
                        .queueUrl(url)
                        .messageBody(one)
                        .delaySeconds(number)
                        .messageGroupId(two)
                        .messageDeduplicationId(one)
                        .messageAttributes(
                                one == null
                                        ? null
                                        : Map.of(
                                                one,
                                                MessageAttributeValue.builder()
                                                        .dataType(two)
                                                        .stringValue(one)
                                                        .binaryValue(Blob.EMPTY)
                                                        .build()))
                        .build(),
                call));
        tried(() -> service.sendMessageBatch(
                SendMessageBatchRequest.builder()
                        .queueUrl(url)
                        .entries(List.of(SendMessageBatchRequestEntry.builder()
                                .id(one)
                                .messageBody(two)
                                .build()))
                        .build(),
                call));
        tried(() -> service.receiveMessage(
                ReceiveMessageRequest.builder()
                        .queueUrl(url)
                        .maxNumberOfMessages(number)
                        .visibilityTimeout(number)
                        .receiveRequestAttemptId(one)
                        .attributeNames(list)
                        .messageAttributeNames(list)
                        .build(),
                call));
        tried(() -> service.deleteMessage(
                DeleteMessageRequest.builder().queueUrl(url).receiptHandle(one).build(), call));
        tried(() -> service.changeMessageVisibility(
                ChangeMessageVisibilityRequest.builder()
                        .queueUrl(url)
                        .receiptHandle(one)
                        .visibilityTimeout(number)
                        .build(),
                call));
        tried(() -> service.addPermission(
                AddPermissionRequest.builder()
                        .queueUrl(url)
                        .label(one)
                        .awsAccountIds(list)
                        .actions(list)
                        .build(),
                call));
        tried(() -> service.removePermission(
                RemovePermissionRequest.builder().queueUrl(url).label(one).build(), call));
        tried(() -> service.startMessageMoveTask(
                StartMessageMoveTaskRequest.builder()
                        .sourceArn(one)
                        .destinationArn(two)
                        .maxNumberOfMessagesPerSecond(number)
                        .build(),
                call));
        tried(() -> service.listMessageMoveTasks(
                ListMessageMoveTasksRequest.builder()
                        .sourceArn(one)
                        .maxResults(number)
                        .build(),
                call));
        tried(() -> service.cancelMessageMoveTask(
                CancelMessageMoveTaskRequest.builder().taskHandle(one).build(), call));
        tried(() -> service.untagQueue(
                UntagQueueRequest.builder().queueUrl(url).tagKeys(list).build(), call));

        assertThat(sqs.receiveBodies(safe)).containsExactly("mine");
    }
}
