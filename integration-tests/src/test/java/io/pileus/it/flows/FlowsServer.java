package io.pileus.it.flows;

import io.pileus.server.ClockSetting;
import io.pileus.server.Pileus;
import java.io.IOException;
import java.io.UncheckedIOException;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;

/** A server with every service on a port of its own, its time moved by hand. */
final class FlowsServer implements AutoCloseable {
    static final String ACCOUNT = "111111111111";

    final Pileus pileus;

    FlowsServer(String... settings) {
        Pileus.Builder builder = Pileus.builder().port(0).clock(ClockSetting.MANUAL);
        for (int i = 0; i < settings.length; i += 2) {
            builder = builder.setting(settings[i], settings[i + 1]);
        }
        try {
            pileus = builder.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static AwsCredentialsProvider root() {
        return credentials(ACCOUNT, "secret");
    }

    static AwsCredentialsProvider credentials(String accessKeyId, String secret) {
        return StaticCredentialsProvider.create(AwsBasicCredentials.create(accessKeyId, secret));
    }

    <B extends AwsClientBuilder<B, C> & AwsSyncClientBuilder<B, C>, C> C client(B builder) {
        return client(builder, root());
    }

    <B extends AwsClientBuilder<B, C> & AwsSyncClientBuilder<B, C>, C> C client(
            B builder, AwsCredentialsProvider credentials) {
        return builder.endpointOverride(pileus.endpoint())
                .region(Region.US_EAST_1)
                .credentialsProvider(credentials)
                .httpClient(UrlConnectionHttpClient.create())
                .build();
    }

    @Override
    public void close() {
        pileus.close();
    }
}
