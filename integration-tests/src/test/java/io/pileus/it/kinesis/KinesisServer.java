package io.pileus.it.kinesis;

import io.pileus.server.ClockSetting;
import io.pileus.server.Pileus;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.Protocol;
import software.amazon.awssdk.http.SdkHttpConfigurationOption;
import software.amazon.awssdk.http.nio.netty.NettyNioAsyncHttpClient;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.firehose.FirehoseClient;
import software.amazon.awssdk.services.kinesis.KinesisAsyncClient;
import software.amazon.awssdk.services.kinesis.KinesisClient;
import software.amazon.awssdk.utils.AttributeMap;

/** A server with Kinesis and Firehose on a port of its own, and the clients that speak to it. */
final class KinesisServer implements AutoCloseable {
    private static final StaticCredentialsProvider CREDENTIALS =
            StaticCredentialsProvider.create(AwsBasicCredentials.create("test", "test"));

    final Pileus pileus;

    private KinesisServer(ClockSetting clock) {
        try {
            pileus = Pileus.builder()
                    .port(0)
                    .services("kinesis", "firehose")
                    .clock(clock)
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static KinesisServer start() {
        return new KinesisServer(ClockSetting.REAL);
    }

    URI endpoint() {
        return pileus.endpoint();
    }

    URI secureEndpoint() {
        return URI.create("https://localhost:" + endpoint().getPort());
    }

    KinesisClient client() {
        return KinesisClient.builder()
                .endpointOverride(endpoint())
                .region(Region.US_EAST_1)
                .credentialsProvider(CREDENTIALS)
                .httpClient(UrlConnectionHttpClient.create())
                .build();
    }

    FirehoseClient firehose() {
        return FirehoseClient.builder()
                .endpointOverride(endpoint())
                .region(Region.US_EAST_1)
                .credentialsProvider(CREDENTIALS)
                .httpClient(UrlConnectionHttpClient.create())
                .build();
    }

    /** A client over HTTP/2 or HTTP/1.1 that trusts the server's own certificate. */
    KinesisAsyncClient asyncClient(URI at, Protocol protocol) {
        return KinesisAsyncClient.builder()
                .endpointOverride(at)
                .region(Region.US_EAST_1)
                .credentialsProvider(CREDENTIALS)
                .httpClient(NettyNioAsyncHttpClient.builder()
                        .protocol(protocol)
                        .buildWithDefaults(AttributeMap.builder()
                                .put(SdkHttpConfigurationOption.TRUST_ALL_CERTIFICATES, true)
                                .build()))
                .build();
    }

    @Override
    public void close() {
        pileus.close();
    }
}
