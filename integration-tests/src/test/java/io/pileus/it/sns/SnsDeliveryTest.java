package io.pileus.it.sns;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.firehose.FirehoseClient;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.sns.model.MessageAttributeValue;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.MessageSystemAttributeName;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/** Messages on their way to queues, HTTP endpoints and delivery streams. */
class SnsDeliveryTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    private SnsServer server = new SnsServer();

    @AfterEach
    void stop() {
        server.close();
    }

    private static MessageAttributeValue text(String value) {
        return MessageAttributeValue.builder()
                .dataType("String")
                .stringValue(value)
                .build();
    }

    /** What Spring's notification converters read: Type, Message, and MessageAttributes with Type and Value. */
    @Test
    void oneMessageReachesOneQueueInAnEnvelopeAndAnotherRaw() throws IOException {
        String topic = server.topic("orders");
        String enveloped = server.queue("enveloped");
        String raw = server.queue("raw");
        server.subscribe(topic, "sqs", SnsServer.queueArn(enveloped), Map.of());
        server.subscribe(topic, "sqs", SnsServer.queueArn(raw), Map.of("RawMessageDelivery", "true"));

        String id = server.sns
                .publish(p -> p.topicArn(topic)
                        .message("{\"order\":7}")
                        .subject("new")
                        .messageAttributes(Map.of("contentType", text("application/json"))))
                .messageId();

        Message rawMessage = server.receive(raw).getFirst();
        assertThat(rawMessage.body()).isEqualTo("{\"order\":7}");
        assertThat(rawMessage.messageAttributes().get("contentType").stringValue())
                .isEqualTo("application/json");
        Message envelopedMessage = server.receive(enveloped).getFirst();
        assertThat(envelopedMessage.messageAttributes()).isEmpty();
        JsonNode envelope = JSON.readTree(envelopedMessage.body());
        assertThat(envelope.path("Type").asText()).isEqualTo("Notification");
        assertThat(envelope.path("MessageId").asText()).isEqualTo(id);
        assertThat(JSON.readTree(envelope.path("Message").asText())
                        .path("order")
                        .asInt())
                .isEqualTo(7);
        assertThat(envelope.at("/MessageAttributes/contentType/Type").asText()).isEqualTo("String");
        assertThat(envelope.at("/MessageAttributes/contentType/Value").asText()).isEqualTo("application/json");
    }

    @Test
    void aFifoTopicKeepsEachGroupsOrderInAFifoQueueUnderConcurrency() throws Exception {
        String topic = server.topic("orders.fifo");
        String queue = server.queue("orders.fifo");
        server.subscribe(topic, "sqs", SnsServer.queueArn(queue), Map.of("RawMessageDelivery", "true"));
        int groups = 4;
        int each = 25;

        List<Future<?>> publishers = new ArrayList<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(groups)) {
            for (int g = 0; g < groups; g++) {
                String group = "group-" + g;
                publishers.add(threads.submit(() -> {
                    for (int i = 0; i < each; i++) {
                        String message = group + ":" + i;
                        server.sns.publish(p -> p.topicArn(topic)
                                .message(message)
                                .messageGroupId(group)
                                .messageDeduplicationId(message));
                    }
                }));
            }
        }
        for (Future<?> publisher : publishers) {
            publisher.get();
        }

        List<Message> received = new ArrayList<>();
        for (List<Message> batch = server.receive(queue); !batch.isEmpty(); batch = server.receive(queue)) {
            received.addAll(batch);
            batch.forEach(m -> server.sqs.deleteMessage(d -> d.queueUrl(queue).receiptHandle(m.receiptHandle())));
        }
        assertThat(received).hasSize(groups * each);
        for (int g = 0; g < groups; g++) {
            String group = "group-" + g;
            List<String> expected = new ArrayList<>();
            for (int i = 0; i < each; i++) {
                expected.add(group + ":" + i);
            }
            assertThat(received.stream()
                            .filter(m -> m.attributes()
                                    .get(MessageSystemAttributeName.MESSAGE_GROUP_ID)
                                    .equals(group))
                            .map(Message::body))
                    .containsExactlyElementsOf(expected);
        }
    }

    @Test
    void anHttpEndpointIsRetriedByItsDeliveryPolicyAndThenDeadLettered() throws IOException {
        String topic = server.topic("web");
        String dead = server.queue("dead");
        try (HttpReceiver receiver = new HttpReceiver()) {
            String subscription = server.subscribe(
                    topic,
                    "http",
                    receiver.url("/hook?x=1"),
                    Map.of(
                            "RedrivePolicy",
                            "{\"deadLetterTargetArn\":\"" + SnsServer.queueArn(dead) + "\"}",
                            "DeliveryPolicy",
                            "{\"healthyRetryPolicy\":{\"numRetries\":3,\"minDelayTarget\":10,\"maxDelayTarget\":40,"
                                    + "\"numNoDelayRetries\":1,\"backoffFunction\":\"linear\"},"
                                    + "\"requestPolicy\":{\"headerContentType\":\"application/json\"}}"));
            server.pileus.time().advance(Duration.ZERO);
            assertThat(receiver.last().headers().getFirst("x-amz-sns-message-type"))
                    .isEqualTo("SubscriptionConfirmation");
            String token = JSON.readTree(receiver.last().body()).path("Token").asText();
            assertThat(server.sns
                            .confirmSubscription(c -> c.topicArn(topic).token(token))
                            .subscriptionArn())
                    .isEqualTo(subscription);

            receiver.answerNext(500, 503, 429, 500);
            String id =
                    server.sns.publish(p -> p.topicArn(topic).message("hello")).messageId();
            server.pileus.time().advance(Duration.ZERO);
            assertThat(receiver.received)
                    .as("the first attempt and the retry without delay")
                    .hasSize(3);
            assertThat(receiver.last().headers().getFirst("Content-Type")).isEqualTo("application/json");
            assertThat(receiver.last().headers().getFirst("x-amz-sns-message-id"))
                    .isEqualTo(id);
            assertThat(receiver.last().headers().getFirst("x-amz-sns-subscription-arn"))
                    .isEqualTo(subscription);
            server.pileus.time().advance(Duration.ofSeconds(9));
            assertThat(receiver.received).hasSize(3);
            server.pileus.time().advance(Duration.ofSeconds(1));
            assertThat(receiver.received).hasSize(4);
            assertThat(server.receive(dead)).isEmpty();
            server.pileus.time().advance(Duration.ofSeconds(40));
            assertThat(receiver.received).hasSize(5);

            Message deadLetter = server.receive(dead).getFirst();
            assertThat(JSON.readTree(deadLetter.body()).path("Message").asText())
                    .isEqualTo("hello");
            assertThat(deadLetter.messageAttributes().get("ErrorCode").stringValue())
                    .isEqualTo("500");
            assertThat(deadLetter.messageAttributes()).containsKeys("RequestID", "ErrorMessage");
            JsonNode log = JSON.readTree(server.get("/_pileus/sns/deliveries?messageId=" + id))
                    .path("deliveries");
            assertThat(log.findValuesAsText("outcome"))
                    .containsExactly("RETRYING", "RETRYING", "RETRYING", "DEAD_LETTERED");
        }
    }

    @Test
    void aClientErrorIsFinalAndASlowReceiverDelaysNobody() {
        String topic = server.topic("web");
        String queue = server.queue("quick");
        try (HttpReceiver receiver = new HttpReceiver()) {
            confirmed(topic, receiver);
            server.subscribe(topic, "sqs", SnsServer.queueArn(queue), Map.of("RawMessageDelivery", "true"));
            receiver.answerNext(404);
            server.sns.publish(p -> p.topicArn(topic).message("hello"));

            assertThat(server.receive(queue)).hasSize(1);
            server.pileus.time().advance(Duration.ofHours(1));
            assertThat(receiver.received).hasSize(2);
            assertThat(server.get("/_pileus/sns/deliveries?outcome=FAILED")).contains("404");
        }
    }

    private void confirmed(String topic, HttpReceiver receiver) {
        String subscription = server.subscribe(topic, "http", receiver.url("/"), Map.of());
        server.pileus.time().advance(Duration.ZERO);
        String tokens = server.get("/_aws/sns/subscription-tokens/" + subscription);
        String token = tokens.replaceAll(".*\"subscription_token\" *: *\"([^\"]+)\".*", "$1");
        server.sns.confirmSubscription(c -> c.topicArn(topic).token(token));
    }

    @Test
    void theLogSaysByWhichConditionAMessageWasFilteredOut() throws IOException {
        String topic = server.topic("orders");
        String queue = server.queue("orders");
        server.subscribe(
                topic,
                "sqs",
                SnsServer.queueArn(queue),
                Map.of("FilterPolicy", "{\"price\":[{\"numeric\":[\">\",100]}]}", "FilterPolicyScope", "MessageBody"));

        server.sns.publish(p -> p.topicArn(topic).message("{\"price\":99}"));
        server.sns.publish(p -> p.topicArn(topic).message("{\"price\":101}"));

        assertThat(server.receive(queue)).hasSize(1);
        JsonNode log = JSON.readTree(server.get("/_pileus/sns/deliveries?topicArn=" + topic))
                .path("deliveries");
        assertThat(log.findValuesAsText("outcome")).containsExactly("FILTERED_OUT", "DELIVERED");
        assertThat(log.get(0).path("reason").asText()).contains("price");
    }

    @Test
    void underEnforcementAQueueTakesOnlyWhatItsPolicyAllows() {
        server.close();
        server = new SnsServer("ENFORCE_IAM", "1");
        String topic = server.topic("orders");
        String open = server.queue("open");
        String shut = server.queue("shut");
        String dead = server.queue("dead");
        String policy = "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\","
                + "\"Principal\":{\"Service\":\"sns.amazonaws.com\"},\"Action\":\"sqs:SendMessage\",\"Resource\":\"*\","
                + "\"Condition\":{\"ArnEquals\":{\"aws:SourceArn\":\"" + topic + "\"}}}]}";
        for (String queue : List.of(open, dead)) {
            server.sqs.setQueueAttributes(a -> a.queueUrl(queue).attributes(Map.of(QueueAttributeName.POLICY, policy)));
        }
        server.subscribe(topic, "sqs", SnsServer.queueArn(open), Map.of());
        server.subscribe(
                topic,
                "sqs",
                SnsServer.queueArn(shut),
                Map.of("RedrivePolicy", "{\"deadLetterTargetArn\":\"" + SnsServer.queueArn(dead) + "\"}"));

        server.sns.publish(p -> p.topicArn(topic).message("hello"));

        assertThat(server.receive(open)).hasSize(1);
        assertThat(server.receive(shut)).isEmpty();
        assertThat(server.receive(dead)).hasSize(1);
    }

    @Test
    void aDeliveryStreamWritesMessagesIntoABucket() throws IOException {
        try (S3Client s3 = server.client(S3Client.builder().forcePathStyle(true));
                FirehoseClient firehose = server.client(FirehoseClient.builder())) {
            s3.createBucket(b -> b.bucket("logs"));
            String role = "arn:aws:iam::" + SnsServer.ACCOUNT + ":role/r";
            String stream = firehose.createDeliveryStream(d -> d.deliveryStreamName("hose")
                            .extendedS3DestinationConfiguration(
                                    e -> e.roleARN(role).bucketARN("arn:aws:s3:::logs")))
                    .deliveryStreamARN();
            String topic = server.topic("orders");
            server.subscribe(topic, "firehose", stream, Map.of("SubscriptionRoleArn", role));

            server.sns.publish(p -> p.topicArn(topic).message("one"));
            server.sns.publish(p -> p.topicArn(topic).message("two"));
            server.pileus.time().advance(Duration.ofSeconds(300));

            String key = s3.listObjectsV2(l -> l.bucket("logs"))
                    .contents()
                    .getFirst()
                    .key();
            String[] lines =
                    server.get("/logs/" + key).replace("\n}\n{", "}\u0000{").split("\u0000");
            assertThat(lines).hasSize(2);
        }
    }

    @Test
    void whatIsUnderWayWhenTheServerEndsIsNotHeldUpForLong() {
        String topic = server.topic("web");
        try (HttpReceiver receiver = new HttpReceiver()) {
            confirmed(topic, receiver);
            receiver.answerNext(500);
            server.sns.publish(p -> p.topicArn(topic).message("hello"));
            server.pileus.time().advance(Duration.ZERO);
            assertThat(receiver.received).hasSize(2);

            server.close();

            assertThat(receiver.received).as("the last attempt").hasSize(3);
        }
    }

    @Test
    void aFunctionReceivesTheEvent() throws Exception {
        String topic = server.topic("orders");
        try (LambdaClient lambda = server.client(LambdaClient.builder());
                HttpClient http = HttpClient.newHttpClient()) {
            ByteArrayOutputStream zip = new ByteArrayOutputStream();
            try (ZipOutputStream out = new ZipOutputStream(zip)) {
                out.putNextEntry(new ZipEntry("index.py"));
            }
            String function = lambda.createFunction(f -> f.functionName("consumer")
                            .runtime("python3.12")
                            .handler("index.handler")
                            .role("arn:aws:iam::" + SnsServer.ACCOUNT + ":role/r")
                            .code(c -> c.zipFile(SdkBytes.fromByteArray(zip.toByteArray()))))
                    .functionArn();
            http.send(
                    HttpRequest.newBuilder(URI.create(server.pileus.endpoint() + "/_pileus/lambda/consumer/script"))
                            .POST(HttpRequest.BodyPublishers.ofString("[{\"payload\":{}}]"))
                            .build(),
                    HttpResponse.BodyHandlers.discarding());
            server.subscribe(topic, "lambda", function, Map.of());

            String id = server.sns
                    .publish(p -> p.topicArn(topic).subject("s").message("hello"))
                    .messageId();
            server.pileus.time().advance(Duration.ofSeconds(1));

            assertThat(server.get("/_pileus/lambda/consumer/events"))
                    .contains("aws:sns", "EventSubscriptionArn", id, "hello");
            assertThat(server.get("/_pileus/sns/deliveries?messageId=" + id)).contains("DELIVERED");
        }
    }
}
