package io.pileus.it.s3;

import io.pileus.server.ClockSetting;
import io.pileus.server.Pileus;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Random;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.nio.netty.NettyNioAsyncHttpClient;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.s3.S3AsyncClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3Configuration;
import software.amazon.awssdk.services.s3.presigner.S3Presigner;
import software.amazon.awssdk.services.sqs.SqsClient;

/** A server with S3 and its neighbours on a port of its own, and the clients that speak to it. */
final class S3Server implements AutoCloseable {
    static final String ACCOUNT = "111111111111";
    private static final StaticCredentialsProvider CREDENTIALS =
            StaticCredentialsProvider.create(AwsBasicCredentials.create(ACCOUNT, "test"));

    final Pileus pileus;

    private S3Server(Pileus.Builder builder) {
        try {
            pileus = builder.port(0)
                    .services("s3", "sqs", "sns", "kms", "lambda")
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static S3Server start() {
        return new S3Server(Pileus.builder());
    }

    /** Its time is moved by hand. */
    static S3Server byHand() {
        return new S3Server(Pileus.builder().clock(ClockSetting.MANUAL));
    }

    /** Signatures are checked; the secret of a key that was not issued here is {@code test}. */
    static S3Server checkingSignatures() {
        return new S3Server(Pileus.builder().clock(ClockSetting.MANUAL).verifySignatures(true));
    }

    S3Client client() {
        return client(Region.US_EAST_1);
    }

    S3Client client(Region region) {
        return S3Client.builder()
                .endpointOverride(pileus.endpoint())
                .region(region)
                .credentialsProvider(CREDENTIALS)
                .forcePathStyle(true)
                .httpClient(UrlConnectionHttpClient.create())
                .build();
    }

    S3AsyncClient asyncClient() {
        return S3AsyncClient.builder()
                .endpointOverride(pileus.endpoint())
                .region(Region.US_EAST_1)
                .credentialsProvider(CREDENTIALS)
                .forcePathStyle(true)
                .multipartEnabled(true)
                .httpClient(NettyNioAsyncHttpClient.create())
                .build();
    }

    S3Presigner presigner() {
        return S3Presigner.builder()
                .endpointOverride(pileus.endpoint())
                .region(Region.US_EAST_1)
                .credentialsProvider(CREDENTIALS)
                .serviceConfiguration(
                        S3Configuration.builder().pathStyleAccessEnabled(true).build())
                .build();
    }

    SqsClient sqs() {
        return SqsClient.builder()
                .endpointOverride(pileus.endpoint())
                .region(Region.US_EAST_1)
                .credentialsProvider(CREDENTIALS)
                .httpClient(UrlConnectionHttpClient.create())
                .build();
    }

    LambdaClient lambda() {
        return LambdaClient.builder()
                .endpointOverride(pileus.endpoint())
                .region(Region.US_EAST_1)
                .credentialsProvider(CREDENTIALS)
                .httpClient(UrlConnectionHttpClient.create())
                .build();
    }

    /** Says whose request it is; signatures are not checked. */
    static String authorization() {
        return "AWS4-HMAC-SHA256 Credential=" + ACCOUNT
                + "/20260101/us-east-1/s3/aws4_request, SignedHeaders=host, Signature=0";
    }

    /** Bytes that do not repeat, the same every time. */
    static byte[] bytes(int size) {
        byte[] bytes = new byte[size];
        new Random(7).nextBytes(bytes);
        return bytes;
    }

    @Override
    public void close() {
        pileus.close();
    }
}
