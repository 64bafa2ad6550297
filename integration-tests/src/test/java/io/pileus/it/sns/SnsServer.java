package io.pileus.it.sns;

import io.pileus.server.ClockSetting;
import io.pileus.server.Pileus;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sns.SnsAsyncClient;
import software.amazon.awssdk.services.sns.SnsClient;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.Message;

/** A server on a port of its own, its time moved by hand, with clients for SNS and a queue. */
final class SnsServer implements AutoCloseable {
    static final String ACCOUNT = "000000000000";
    static final StaticCredentialsProvider CREDENTIALS =
            StaticCredentialsProvider.create(AwsBasicCredentials.create("test", "test"));

    final Pileus pileus;
    final SnsClient sns;
    final SqsClient sqs;

    SnsServer(String... settings) {
        Pileus.Builder builder = Pileus.builder().port(0).clock(ClockSetting.MANUAL);
        for (int i = 0; i < settings.length; i += 2) {
            builder = builder.setting(settings[i], settings[i + 1]);
        }
        try {
            pileus = builder.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        sns = client(SnsClient.builder());
        sqs = client(SqsClient.builder());
    }

    <B extends AwsClientBuilder<B, C> & AwsSyncClientBuilder<B, C>, C> C client(B builder) {
        return builder.endpointOverride(pileus.endpoint())
                .region(Region.US_EAST_1)
                .credentialsProvider(CREDENTIALS)
                .httpClient(UrlConnectionHttpClient.create())
                .build();
    }

    SnsAsyncClient asyncClient() {
        return SnsAsyncClient.builder()
                .endpointOverride(pileus.endpoint())
                .region(Region.US_EAST_1)
                .credentialsProvider(CREDENTIALS)
                .build();
    }

    String topic(String name) {
        return sns.createTopic(
                        t -> t.name(name).attributes(name.endsWith(".fifo") ? Map.of("FifoTopic", "true") : Map.of()))
                .topicArn();
    }

    /** A new queue; answers its URL. */
    String queue(String name) {
        return sqs.createQueue(q -> q.queueName(name)
                        .attributesWithStrings(name.endsWith(".fifo") ? Map.of("FifoQueue", "true") : Map.of()))
                .queueUrl();
    }

    static String queueArn(String queueUrl) {
        return "arn:aws:sqs:us-east-1:" + ACCOUNT + ":" + queueUrl.substring(queueUrl.lastIndexOf('/') + 1);
    }

    String subscribe(String topic, String protocol, String endpoint, Map<String, String> attributes) {
        return sns.subscribe(s -> s.topicArn(topic)
                        .protocol(protocol)
                        .endpoint(endpoint)
                        .attributes(attributes)
                        .returnSubscriptionArn(true))
                .subscriptionArn();
    }

    List<Message> receive(String queueUrl) {
        return sqs.receiveMessage(r -> r.queueUrl(queueUrl)
                        .maxNumberOfMessages(10)
                        .messageAttributeNames("All")
                        .messageSystemAttributeNamesWithStrings("All"))
                .messages();
    }

    /** The body of a GET of the server's own endpoints. */
    String get(String path) {
        try (HttpClient http = HttpClient.newHttpClient()) {
            return http.send(
                            HttpRequest.newBuilder(URI.create(pileus.endpoint() + path))
                                    .build(),
                            HttpResponse.BodyHandlers.ofString())
                    .body();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        sns.close();
        sqs.close();
        pileus.close();
    }
}
