package io.pileus.it.sqs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.sqs.SqsAsyncClient;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.batchmanager.SqsAsyncBatchManager;
import software.amazon.awssdk.services.sqs.model.*;

class SqsJavaSdkTest {
    private final SqsServer server = SqsServer.withTimeByHand();
    private final SqsClient sqs = server.client();

    @AfterEach
    void stop() {
        sqs.close();
        server.close();
    }

    private String queue(String name) {
        return sqs.createQueue(q -> q.queueName(name)).queueUrl();
    }

    private List<Message> receive(String queue) {
        return sqs.receiveMessage(r -> r.queueUrl(queue).maxNumberOfMessages(10))
                .messages();
    }

    /** The SDK checks the digests of body and attributes itself. */
    @Test
    void aMessageTravelsWithItsAttributes() {
        String queue = queue("orders");
        assertThat(queue).isEqualTo(server.endpoint() + "/000000000000/orders");
        sqs.sendMessage(m -> m.queueUrl(queue)
                .messageBody("hello \u00e4\ud83d\ude00 <&>\"'")
                .messageAttributes(Map.of(
                        "colour",
                                MessageAttributeValue.builder()
                                        .dataType("String")
                                        .stringValue("red")
                                        .build(),
                        "raw",
                                MessageAttributeValue.builder()
                                        .dataType("Binary.gif")
                                        .binaryValue(SdkBytes.fromByteArray(new byte[] {0, 1, -1}))
                                        .build())));

        Message message = sqs.receiveMessage(r -> r.queueUrl(queue)
                        .messageAttributeNames("All")
                        .messageSystemAttributeNames(MessageSystemAttributeName.ALL))
                .messages()
                .getFirst();

        assertThat(message.body()).isEqualTo("hello \u00e4\ud83d\ude00 <&>\"'");
        assertThat(message.messageAttributes().get("raw").binaryValue().asByteArray())
                .containsExactly(0, 1, -1);
        assertThat(message.attributes())
                .containsEntry(MessageSystemAttributeName.APPROXIMATE_RECEIVE_COUNT, "1")
                .containsKey(MessageSystemAttributeName.SENDER_ID);
        sqs.deleteMessage(d -> d.queueUrl(queue).receiptHandle(message.receiptHandle()));
        server.pileus.time().advance(Duration.ofMinutes(1));
        assertThat(receive(queue)).isEmpty();
    }

    @Test
    void aMessageReturnsWhenItsVisibilityTimeoutExpires() {
        String queue = queue("orders");
        sqs.sendMessage(m -> m.queueUrl(queue).messageBody("hello"));
        assertThat(receive(queue)).hasSize(1);
        assertThat(receive(queue)).isEmpty();

        server.pileus.time().advance(Duration.ofSeconds(30));

        assertThat(receive(queue)).hasSize(1);
    }

    @Test
    void errorsAreTheModelsWithTheQueryCodeThatClientsCompare() {
        String nowhere = server.endpoint() + "/000000000000/nowhere";

        QueueDoesNotExistException error = catchThrowableOfType(
                QueueDoesNotExistException.class,
                () -> sqs.sendMessage(m -> m.queueUrl(nowhere).messageBody("m")));

        assertThat(error.statusCode()).isEqualTo(400);
        assertThat(error.awsErrorDetails().errorCode()).isEqualTo("AWS.SimpleQueueService.NonExistentQueue");
        assertThat(error.awsErrorDetails().errorMessage()).isEqualTo("The specified queue does not exist.");
        assertThat(error.requestId()).isNotBlank();
    }

    @Test
    void anErrorThatTheModelDoesNotListKeepsItsQueryCode() {
        String queue = queue("orders");

        SqsException error = catchThrowableOfType(
                SqsException.class,
                () -> sqs.receiveMessage(r -> r.queueUrl(queue).maxNumberOfMessages(11)));

        assertThat(error.awsErrorDetails().errorCode()).isEqualTo("InvalidParameterValue");
        assertThat(error.awsErrorDetails().errorMessage())
                .isEqualTo("Value 11 for parameter MaxNumberOfMessages is invalid. Reason: Must be between 1 and 10, if"
                        + " provided.");
    }

    @Test
    void aFifoQueueKeepsItsOrder() {
        String queue = sqs.createQueue(q -> q.queueName("orders.fifo")
                        .attributes(Map.of(
                                QueueAttributeName.FIFO_QUEUE, "true",
                                QueueAttributeName.CONTENT_BASED_DEDUPLICATION, "true")))
                .queueUrl();
        List<SendMessageBatchRequestEntry> entries = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            entries.add(SendMessageBatchRequestEntry.builder()
                    .id("e" + i)
                    .messageBody("m" + i)
                    .messageGroupId("g")
                    .build());
        }
        SendMessageBatchResponse sent =
                sqs.sendMessageBatch(b -> b.queueUrl(queue).entries(entries));

        assertThat(sent.failed()).isEmpty();
        assertThat(sent.successful())
                .extracting(SendMessageBatchResultEntry::sequenceNumber)
                .isSorted();
        assertThat(receive(queue))
                .extracting(Message::body)
                .containsExactly("m0", "m1", "m2", "m3", "m4", "m5", "m6", "m7", "m8", "m9");
    }

    @Test
    void partsOfABatchMayFail() {
        String queue = queue("orders");

        SendMessageBatchResponse sent = sqs.sendMessageBatch(b -> b.queueUrl(queue)
                .entries(
                        SendMessageBatchRequestEntry.builder()
                                .id("good")
                                .messageBody("m")
                                .build(),
                        SendMessageBatchRequestEntry.builder()
                                .id("bad")
                                .messageBody("m")
                                .delaySeconds(901)
                                .build()));

        assertThat(sent.successful())
                .extracting(SendMessageBatchResultEntry::id)
                .containsExactly("good");
        assertThat(sent.failed()).extracting(BatchResultErrorEntry::id).containsExactly("bad");
        assertThat(sent.failed().getFirst().senderFault()).isTrue();
        assertThat(sent.failed().getFirst().code()).isEqualTo("InvalidParameterValue");
    }

    @Test
    void attributesTagsAndListingsComeBack() {
        String queue = sqs.createQueue(q -> q.queueName("orders")
                        .attributes(Map.of(QueueAttributeName.VISIBILITY_TIMEOUT, "60"))
                        .tags(Map.of("team", "a")))
                .queueUrl();

        assertThat(sqs.getQueueAttributes(a -> a.queueUrl(queue).attributeNames(QueueAttributeName.ALL))
                        .attributes())
                .containsEntry(QueueAttributeName.VISIBILITY_TIMEOUT, "60")
                .containsEntry(QueueAttributeName.RECEIVE_MESSAGE_WAIT_TIME_SECONDS, "0");
        assertThat(sqs.listQueueTags(t -> t.queueUrl(queue)).tags()).isEqualTo(Map.of("team", "a"));
        assertThat(sqs.listQueuesPaginator(l -> l.queueNamePrefix("or").maxResults(1)).queueUrls().stream())
                .containsExactly(queue);
        assertThat(sqs.getQueueUrl(u -> u.queueName("orders")).queueUrl()).isEqualTo(queue);
    }

    @Test
    void aWaitingConsumerIsServedAtOnce() throws Exception {
        String queue = queue("orders");
        try (SqsAsyncClient async = server.asyncClient()) {
            List<CompletableFuture<ReceiveMessageResponse>> polls = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                polls.add(async.receiveMessage(r -> r.queueUrl(queue).waitTimeSeconds(20)));
            }
            for (int i = 0; i < 20; i++) {
                sqs.sendMessage(m -> m.queueUrl(queue).messageBody("m"));
            }
            Set<String> ids = new HashSet<>();
            for (CompletableFuture<ReceiveMessageResponse> poll : polls) {
                poll.get(10, TimeUnit.SECONDS).messages().forEach(m -> ids.add(m.messageId()));
            }
            assertThat(ids).hasSize(20);
        }
    }

    @Test
    void theDeveloperEndpointIsAnEndpointForTheSdkToo() {
        String queue = queue("orders");
        sqs.sendMessage(m -> m.queueUrl(queue).messageBody("hello"));
        try (SqsClient peeking = server.client(URI.create(server.endpoint() + "/_aws/sqs/messages"))) {
            for (int i = 0; i < 2; i++) {
                Message message = peeking.receiveMessage(r -> r.queueUrl(queue))
                        .messages()
                        .getFirst();
                assertThat(message.body()).isEqualTo("hello");
                assertThat(message.receiptHandle()).isEqualTo("SQS/BACKDOOR/ACCESS");
                assertThat(message.attributes())
                        .containsEntry(MessageSystemAttributeName.APPROXIMATE_RECEIVE_COUNT, "0");
            }
        }
        assertThat(receive(queue)).hasSize(1);
    }

    @Test
    void theBatchManagerSendsReceivesAndDeletes() throws Exception {
        try (SqsServer real = SqsServer.start();
                SqsAsyncClient async = real.asyncClient();
                ScheduledExecutorService timers = Executors.newSingleThreadScheduledExecutor();
                SqsAsyncBatchManager batches = SqsAsyncBatchManager.builder()
                        .client(async)
                        .scheduledExecutor(timers)
                        .build()) {
            String queue = async.createQueue(q -> q.queueName("orders"))
                    .get(10, TimeUnit.SECONDS)
                    .queueUrl();
            List<CompletableFuture<SendMessageResponse>> sent = new ArrayList<>();
            for (int i = 0; i < 30; i++) {
                String body = "m" + i;
                sent.add(batches.sendMessage(m -> m.queueUrl(queue).messageBody(body)));
            }
            for (CompletableFuture<SendMessageResponse> one : sent) {
                one.get(10, TimeUnit.SECONDS);
            }
            Set<String> bodies = new HashSet<>();
            while (bodies.size() < 30) {
                List<Message> messages = batches.receiveMessage(r -> r.queueUrl(queue))
                        .get(10, TimeUnit.SECONDS)
                        .messages();
                for (Message message : messages) {
                    bodies.add(message.body());
                    batches.deleteMessage(d -> d.queueUrl(queue).receiptHandle(message.receiptHandle()))
                            .get(10, TimeUnit.SECONDS);
                }
            }
            assertThat(bodies).hasSize(30);
        }
    }
}
