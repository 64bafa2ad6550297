package io.pileus.it.lambda;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.pileus.server.ClockSetting;
import io.pileus.server.Pileus;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.kinesis.KinesisClient;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.lambda.model.Runtime;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/** A server whose time is moved by hand, and SDK clients that make functions, queues and streams. */
final class EventSourceServer implements AutoCloseable {
    private static final JsonMapper JSON = new JsonMapper();

    final Pileus pileus;
    final LambdaClient lambda;
    final SqsClient sqs;
    final KinesisClient kinesis;
    final S3Client s3;

    EventSourceServer() {
        try {
            pileus = Pileus.builder()
                    .port(0)
                    .services("lambda", "sqs", "kinesis", "s3")
                    .clock(ClockSetting.MANUAL)
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        pileus.time().setTo(Instant.parse("2030-01-01T00:00:00Z"));
        lambda = client(LambdaClient.builder());
        sqs = client(SqsClient.builder());
        kinesis = client(KinesisClient.builder());
        s3 = client(S3Client.builder().forcePathStyle(true));
    }

    private <B extends AwsClientBuilder<B, C> & AwsSyncClientBuilder<B, C>, C> C client(B builder) {
        return builder.endpointOverride(pileus.endpoint())
                .region(Region.US_EAST_1)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("test", "test")))
                .httpClient(UrlConnectionHttpClient.create())
                .build();
    }

    void advance(int seconds) {
        pileus.time().advance(Duration.ofSeconds(seconds));
    }

    /** Waits until everything under way has ended; no time passes. */
    void settle() {
        pileus.time().settle();
    }

    /** A function in Python; its module has a function {@code handler}. */
    void pythonFunction(String name, String module) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            zip.putNextEntry(new ZipEntry("app.py"));
            zip.write(module.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        lambda.createFunction(f -> f.functionName(name)
                .runtime(Runtime.PYTHON3_12)
                .handler("app.handler")
                .role("arn:aws:iam::000000000000:role/lambda-role")
                .timeout(20)
                .code(c -> c.zipFile(SdkBytes.fromByteArray(bytes.toByteArray()))));
    }

    /** A function that answers from a list; the last answer is for ever. */
    void scriptedFunction(String name, String results) {
        pythonFunction(name, "def handler(event, context): raise Exception('the script should answer')");
        script(name, results);
    }

    void script(String name, String results) {
        http(HttpRequest.newBuilder(URI.create(pileus.endpoint() + "/_pileus/lambda/" + name + "/script"))
                .POST(HttpRequest.BodyPublishers.ofString(results)));
    }

    /** What a scripted function has been given. */
    List<JsonNode> events(String name) {
        String answer =
                http(HttpRequest.newBuilder(URI.create(pileus.endpoint() + "/_pileus/lambda/" + name + "/events")));
        try {
            List<JsonNode> events = new ArrayList<>();
            JSON.readTree(answer).path("events").forEach(events::add);
            return events;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String http(HttpRequest.Builder request) {
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpResponse<String> response = client.send(request.build(), HttpResponse.BodyHandlers.ofString());
            if (response.statusCode() != 200) {
                throw new AssertionError(response.statusCode() + " " + response.body());
            }
            return response.body();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** A queue; answers its URL. */
    String queue(String name, Map<QueueAttributeName, String> attributes) {
        return sqs.createQueue(q -> q.queueName(name).attributes(attributes)).queueUrl();
    }

    static String queueArn(String name) {
        return "arn:aws:sqs:us-east-1:000000000000:" + name;
    }

    void send(String queueUrl, String... bodies) {
        for (String body : bodies) {
            sqs.sendMessage(m -> m.queueUrl(queueUrl).messageBody(body));
        }
    }

    List<Message> receive(String queueUrl) {
        return sqs.receiveMessage(
                        r -> r.queueUrl(queueUrl).maxNumberOfMessages(10).waitTimeSeconds(0))
                .messages();
    }

    /** Visible and hidden messages of a queue. */
    int size(String queueUrl) {
        Map<QueueAttributeName, String> counts = sqs.getQueueAttributes(q -> q.queueUrl(queueUrl)
                        .attributeNames(
                                QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES,
                                QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES_NOT_VISIBLE))
                .attributes();
        return counts.values().stream().mapToInt(Integer::parseInt).sum();
    }

    @Override
    public void close() {
        lambda.close();
        sqs.close();
        kinesis.close();
        s3.close();
        pileus.close();
    }
}
