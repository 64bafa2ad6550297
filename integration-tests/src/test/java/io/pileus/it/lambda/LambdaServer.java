package io.pileus.it.lambda;

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
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.http.nio.netty.NettyNioAsyncHttpClient;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.lambda.LambdaAsyncClient;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.lambda.model.Runtime;

/** A server on a port of its own whose time is moved by hand, and the clients that speak to it. */
final class LambdaServer implements AutoCloseable {
    static final String ACCOUNT = "000000000000";
    static final String ROLE = "arn:aws:iam::" + ACCOUNT + ":role/function";
    static final String ARN = "arn:aws:lambda:us-east-1:" + ACCOUNT + ":function:";
    private static final StaticCredentialsProvider CREDENTIALS =
            StaticCredentialsProvider.create(AwsBasicCredentials.create("test", "test"));

    final Pileus pileus;
    final LambdaClient lambda;
    private final HttpClient http = HttpClient.newHttpClient();

    LambdaServer(String... settings) {
        Pileus.Builder builder = Pileus.builder().port(0).clock(ClockSetting.MANUAL);
        for (int i = 0; i < settings.length; i += 2) {
            builder = builder.setting(settings[i], settings[i + 1]);
        }
        try {
            pileus = builder.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        lambda = client(LambdaClient.builder());
    }

    <B extends AwsClientBuilder<B, C> & AwsSyncClientBuilder<B, C>, C> C client(B builder) {
        return builder.endpointOverride(pileus.endpoint())
                .region(Region.US_EAST_1)
                .credentialsProvider(CREDENTIALS)
                .httpClient(UrlConnectionHttpClient.create())
                .build();
    }

    LambdaAsyncClient async() {
        return LambdaAsyncClient.builder()
                .endpointOverride(pileus.endpoint())
                .region(Region.US_EAST_1)
                .credentialsProvider(CREDENTIALS)
                .httpClientBuilder(NettyNioAsyncHttpClient.builder())
                .build();
    }

    /** Creates a Python function. */
    void python(String name, String source) {
        lambda.createFunction(f -> f.functionName(name)
                .runtime(Runtime.PYTHON3_12)
                .role(ROLE)
                .handler("app.handler")
                .timeout(30)
                .code(c -> c.zipFile(zip("app.py", source))));
    }

    /** An archive of one file. */
    static SdkBytes zip(String name, String content) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            zip.putNextEntry(new ZipEntry(name));
            zip.write(content.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return SdkBytes.fromByteArray(bytes.toByteArray());
    }

    HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return http.send(
                HttpRequest.newBuilder(URI.create(pileus.endpoint() + path)).build(),
                HttpResponse.BodyHandlers.ofString());
    }

    HttpResponse<String> post(String path, String body) throws IOException, InterruptedException {
        return http.send(
                HttpRequest.newBuilder(URI.create(pileus.endpoint() + path))
                        .POST(HttpRequest.BodyPublishers.ofString(body))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    @Override
    public void close() {
        http.close();
        lambda.close();
        pileus.close();
    }
}
