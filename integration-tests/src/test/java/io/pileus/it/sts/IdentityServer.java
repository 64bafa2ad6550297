package io.pileus.it.sts;

import io.pileus.server.ClockSetting;
import io.pileus.server.Pileus;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.services.sts.model.Credentials;

/** A server with identity and queues on a port of its own, and clients that sign with whichever credentials a test has. */
final class IdentityServer implements AutoCloseable {
    static final String ACCOUNT = "111111111111";
    static final String OTHER_ACCOUNT = "222222222222";

    final Pileus pileus;

    private IdentityServer(ClockSetting clock, boolean enforcing) {
        try {
            Pileus.Builder builder =
                    Pileus.builder().port(0).services("sts", "iam", "sqs").clock(clock);
            pileus = (enforcing ? builder.setting("ENFORCE_IAM", "1") : builder).start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static IdentityServer start() {
        return new IdentityServer(ClockSetting.REAL, false);
    }

    static IdentityServer withTimeByHand() {
        return new IdentityServer(ClockSetting.MANUAL, false);
    }

    static IdentityServer enforcing() {
        return new IdentityServer(ClockSetting.REAL, true);
    }

    URI endpoint() {
        return pileus.endpoint();
    }

    /** Whoever signs with an account's number as the key is the account's root. */
    static AwsCredentialsProvider rootOf(String account) {
        return StaticCredentialsProvider.create(AwsBasicCredentials.create(account, "secret"));
    }

    static AwsCredentialsProvider of(Credentials session) {
        AwsCredentials credentials =
                AwsSessionCredentials.create(session.accessKeyId(), session.secretAccessKey(), session.sessionToken());
        return StaticCredentialsProvider.create(credentials);
    }

    StsClient sts(AwsCredentialsProvider credentials) {
        return StsClient.builder()
                .endpointOverride(endpoint())
                .region(Region.US_EAST_1)
                .credentialsProvider(credentials)
                .httpClient(UrlConnectionHttpClient.create())
                .build();
    }

    IamClient iam(AwsCredentialsProvider credentials) {
        return IamClient.builder()
                .endpointOverride(endpoint())
                .region(Region.AWS_GLOBAL)
                .credentialsProvider(credentials)
                .httpClient(UrlConnectionHttpClient.create())
                .build();
    }

    SqsClient sqs(AwsCredentialsProvider credentials) {
        return SqsClient.builder()
                .endpointOverride(endpoint())
                .region(Region.US_EAST_1)
                .credentialsProvider(credentials)
                .httpClient(UrlConnectionHttpClient.create())
                .build();
    }

    static String trusting(String principal) {
        return "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Principal\":{\"AWS\":\"" + principal
                + "\"},\"Action\":\"sts:AssumeRole\"}]}";
    }

    @Override
    public void close() {
        pileus.close();
    }
}
