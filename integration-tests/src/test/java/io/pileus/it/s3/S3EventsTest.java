package io.pileus.it.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.lambda.model.Runtime;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.Event;
import software.amazon.awssdk.services.s3.model.ExpirationStatus;
import software.amazon.awssdk.services.s3.model.FilterRule;
import software.amazon.awssdk.services.s3.model.LifecycleRule;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.ObjectLockRetentionMode;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.Message;

/** What happens in buckets by itself: messages to queues, the ends of lives and of locks, on a clock moved by hand. */
class S3EventsTest {
    private final S3Server server = S3Server.byHand();
    private final S3Client s3 = server.client();
    private final SqsClient sqs = server.sqs();

    @AfterEach
    void stop() {
        s3.close();
        sqs.close();
        server.close();
    }

    private String queue() {
        return sqs.createQueue(q -> q.queueName("events")).queueUrl();
    }

    private void notify(Event... events) {
        s3.putBucketNotificationConfiguration(b -> b.bucket("things")
                .notificationConfiguration(n -> n.queueConfigurations(q -> q.id("all")
                        .queueArn("arn:aws:sqs:us-east-1:" + S3Server.ACCOUNT + ":events")
                        .events(events)
                        .filter(f -> f.key(k -> k.filterRules(FilterRule.builder()
                                .name("suffix")
                                .value(".jpg")
                                .build()))))));
    }

    private List<JsonNode> received(String queue) throws IOException {
        List<JsonNode> messages = new ArrayList<>();
        for (Message message : sqs.receiveMessage(r -> r.queueUrl(queue).maxNumberOfMessages(10))
                .messages()) {
            messages.add(new ObjectMapper().readTree(message.body()));
            sqs.deleteMessage(d -> d.queueUrl(queue).receiptHandle(message.receiptHandle()));
        }
        return messages;
    }

    @Test
    void aQueueIsToldOfTheObjectsItAskedFor() throws IOException {
        String queue = queue();
        s3.createBucket(b -> b.bucket("things"));
        notify(Event.S3_OBJECT_CREATED, Event.S3_OBJECT_REMOVED);
        assertThat(received(queue))
                .singleElement()
                .satisfies(m -> assertThat(m.path("Event").asText()).isEqualTo("s3:TestEvent"));

        s3.putObject(b -> b.bucket("things").key("red flower.jpg"), RequestBody.fromString("hello"));
        s3.putObject(b -> b.bucket("things").key("ignored.png"), RequestBody.fromString("hello"));
        s3.deleteObject(b -> b.bucket("things").key("red flower.jpg"));

        List<JsonNode> records =
                received(queue).stream().map(m -> m.path("Records").path(0)).toList();
        assertThat(records)
                .extracting(r -> r.path("eventName").asText())
                .containsExactly("ObjectCreated:Put", "ObjectRemoved:Delete");
        JsonNode put = records.getFirst();
        assertThat(put.path("eventVersion").asText()).isEqualTo("2.1");
        assertThat(put.path("eventTime").asText()).matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z");
        assertThat(put.at("/s3/configurationId").asText()).isEqualTo("all");
        assertThat(put.at("/s3/bucket/arn").asText()).isEqualTo("arn:aws:s3:::things");
        assertThat(put.at("/s3/object/key").asText()).isEqualTo("red+flower.jpg");
        assertThat(put.at("/s3/object/size").asInt()).isEqualTo(5);
        assertThat(put.at("/s3/object/eTag").asText()).isEqualTo("5d41402abc4b2a76b9719d911017c592");
        assertThat(put.at("/s3/object/sequencer").asText())
                .isLessThan(records.get(1).at("/s3/object/sequencer").asText());
    }

    /** The elements of the answer are those that S3 was seen to send. */
    @Test
    void everyDestinationThatIsNotThereIsNamed() throws Exception {
        s3.createBucket(b -> b.bucket("things"));
        String queue = "arn:aws:sqs:us-east-1:" + S3Server.ACCOUNT + ":none";
        String function = "arn:aws:lambda:us-east-1:" + S3Server.ACCOUNT + ":function:none";
        String configuration = "<NotificationConfiguration>"
                + "<QueueConfiguration><Queue>" + queue
                + "</Queue><Event>s3:ObjectCreated:*</Event></QueueConfiguration>"
                + "<CloudFunctionConfiguration><CloudFunction>" + function
                + "</CloudFunction><Event>s3:ObjectRemoved:*</Event></CloudFunctionConfiguration>"
                + "</NotificationConfiguration>";
        HttpResponse<String> answer;
        try (HttpClient http = HttpClient.newHttpClient()) {
            answer = http.send(
                    HttpRequest.newBuilder(URI.create(server.pileus.endpoint() + "/things?notification"))
                            .PUT(HttpRequest.BodyPublishers.ofString(configuration))
                            .header("Authorization", S3Server.authorization())
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
        }
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body())
                .contains("<Error><Code>InvalidArgument</Code>"
                        + "<Message>Unable to validate the following destination configurations</Message>"
                        + "<ArgumentName1>" + queue + "</ArgumentName1>"
                        + "<ArgumentValue1>The destination queue does not exist</ArgumentValue1>"
                        + "<ArgumentName2>" + function + ", null</ArgumentName2>"
                        + "<ArgumentValue2>Not authorized to invoke function [" + function + "]</ArgumentValue2>");
    }

    @Test
    void aFunctionThatIsThereMayBeConfigured() throws IOException {
        s3.createBucket(b -> b.bucket("things"));
        ByteArrayOutputStream zip = new ByteArrayOutputStream();
        try (ZipOutputStream out = new ZipOutputStream(zip)) {
            out.putNextEntry(new ZipEntry("index.py"));
        }
        try (LambdaClient lambda = server.lambda()) {
            String function = lambda.createFunction(f -> f.functionName("consumer")
                            .runtime(Runtime.PYTHON3_13)
                            .handler("index.handler")
                            .role("arn:aws:iam::" + S3Server.ACCOUNT + ":role/consumer")
                            .code(c -> c.zipFile(SdkBytes.fromByteArray(zip.toByteArray()))))
                    .functionArn();
            s3.putBucketNotificationConfiguration(b -> b.bucket("things")
                    .notificationConfiguration(n -> n.lambdaFunctionConfigurations(
                            f -> f.lambdaFunctionArn(function).events(Event.S3_OBJECT_REMOVED))));
        }
        assertThat(s3.getBucketNotificationConfiguration(b -> b.bucket("things"))
                        .lambdaFunctionConfigurations())
                .hasSize(1);
    }

    @Test
    void anObjectExpiresAtTheMidnightAfterItsDays() throws IOException {
        String queue = queue();
        s3.createBucket(b -> b.bucket("things"));
        notify(Event.S3_LIFECYCLE_EXPIRATION);
        received(queue);
        s3.putBucketLifecycleConfiguration(b -> b.bucket("things")
                .lifecycleConfiguration(c -> c.rules(LifecycleRule.builder()
                        .id("three days")
                        .status(ExpirationStatus.ENABLED)
                        .filter(f -> f.prefix("tmp/"))
                        .expiration(e -> e.days(3))
                        .build())));
        String expiration = s3.putObject(b -> b.bucket("things").key("tmp/a.jpg"), RequestBody.fromString("x"))
                .expiration();
        s3.putObject(b -> b.bucket("things").key("kept.jpg"), RequestBody.fromString("x"));
        assertThat(expiration).contains("rule-id=\"three days\"", " 00:00:00 GMT");

        server.pileus.time().advance(Duration.ofDays(2));
        assertThat(s3.headObject(b -> b.bucket("things").key("tmp/a.jpg")).contentLength())
                .isEqualTo(1);
        server.pileus.time().advance(Duration.ofDays(2));

        assertThatThrownBy(() -> s3.headObject(b -> b.bucket("things").key("tmp/a.jpg")))
                .isInstanceOf(NoSuchKeyException.class);
        assertThat(s3.headObject(b -> b.bucket("things").key("kept.jpg")).contentLength())
                .isEqualTo(1);
        assertThat(received(queue)).singleElement().satisfies(m -> {
            assertThat(m.at("/Records/0/eventName").asText()).isEqualTo("LifecycleExpiration:Delete");
            assertThat(m.at("/Records/0/eventVersion").asText()).isEqualTo("2.3");
        });
    }

    @Test
    void aLockedVersionCanBeDeletedOnceItsRetentionIsOver() {
        s3.createBucket(b -> b.bucket("things").objectLockEnabledForBucket(true));
        String version = s3.putObject(
                        b -> b.bucket("things")
                                .key("a")
                                .objectLockMode("COMPLIANCE")
                                .objectLockRetainUntilDate(
                                        server.pileus.time().instant().plus(Duration.ofDays(1))),
                        RequestBody.fromString("x"))
                .versionId();
        assertThat(s3.getObjectRetention(b -> b.bucket("things").key("a"))
                        .retention()
                        .mode())
                .isEqualTo(ObjectLockRetentionMode.COMPLIANCE);
        assertThatThrownBy(() -> s3.deleteObject(
                        b -> b.bucket("things").key("a").versionId(version).bypassGovernanceRetention(true)))
                .isInstanceOfSatisfying(
                        S3Exception.class, e -> assertThat(e.statusCode()).isEqualTo(403));

        server.pileus.time().advance(Duration.ofDays(1));

        s3.deleteObject(b -> b.bucket("things").key("a").versionId(version));
        assertThat(s3.listObjectVersions(b -> b.bucket("things")).versions()).isEmpty();
    }
}
