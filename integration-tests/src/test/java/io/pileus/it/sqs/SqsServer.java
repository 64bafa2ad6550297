package io.pileus.it.sqs;

import io.pileus.server.ClockSetting;
import io.pileus.server.Pileus;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sqs.SqsAsyncClient;
import software.amazon.awssdk.services.sqs.SqsClient;

/** A server with nothing but SQS on a port of its own, and the clients that speak to it. */
final class SqsServer implements AutoCloseable {
    private static final StaticCredentialsProvider CREDENTIALS =
            StaticCredentialsProvider.create(AwsBasicCredentials.create("test", "test"));

    final Pileus pileus;

    private SqsServer(ClockSetting clock) {
        try {
            pileus = Pileus.builder().port(0).services("sqs").clock(clock).start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static SqsServer start() {
        return new SqsServer(ClockSetting.REAL);
    }

    /** A server whose time stands still until the test moves it. */
    static SqsServer withTimeByHand() {
        return new SqsServer(ClockSetting.MANUAL);
    }

    /** A server whose time runs so much faster, for clients that do not end before their long poll does. */
    static SqsServer withTimeFasterBy(int factor) {
        return new SqsServer(ClockSetting.parse("scaled:" + factor));
    }

    URI endpoint() {
        return pileus.endpoint();
    }

    SqsClient client() {
        return client(endpoint());
    }

    SqsClient client(URI endpoint) {
        return SqsClient.builder()
                .endpointOverride(endpoint)
                .region(Region.US_EAST_1)
                .credentialsProvider(CREDENTIALS)
                .httpClient(UrlConnectionHttpClient.create())
                .build();
    }

    SqsAsyncClient asyncClient() {
        return SqsAsyncClient.builder()
                .endpointOverride(endpoint())
                .region(Region.US_EAST_1)
                .credentialsProvider(CREDENTIALS)
                .build();
    }

    @Override
    public void close() {
        pileus.close();
    }
}
