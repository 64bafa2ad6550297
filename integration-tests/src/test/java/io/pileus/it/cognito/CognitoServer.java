package io.pileus.it.cognito;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.pileus.server.ClockSetting;
import io.pileus.server.Pileus;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import software.amazon.awssdk.auth.credentials.AnonymousCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.cognitoidentity.CognitoIdentityClient;
import software.amazon.awssdk.services.cognitoidentity.model.Credentials;
import software.amazon.awssdk.services.cognitoidentityprovider.CognitoIdentityProviderClient;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.lambda.model.Runtime;

/** A server with Cognito and what its identities may reach, on a port of its own, its time moved by hand. */
final class CognitoServer implements AutoCloseable {
    static final String ACCOUNT = "111111111111";

    final Pileus pileus;
    private final HttpClient http = HttpClient.newHttpClient();

    CognitoServer(String... settings) {
        Pileus.Builder builder = Pileus.builder()
                .port(0)
                .services("cognito-idp", "cognito-identity", "sts", "iam", "sqs", "kms", "lambda")
                .clock(ClockSetting.MANUAL);
        for (int i = 0; i < settings.length; i += 2) {
            builder = builder.setting(settings[i], settings[i + 1]);
        }
        try {
            pileus = builder.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Instant now() {
        return pileus.time().instant();
    }

    void advance(Duration by) {
        pileus.time().advance(by);
    }

    /** Signs as the root of the account. */
    static AwsCredentialsProvider root() {
        return StaticCredentialsProvider.create(AwsBasicCredentials.create(ACCOUNT, "secret"));
    }

    static AwsCredentialsProvider of(Credentials session) {
        return StaticCredentialsProvider.create(
                AwsSessionCredentials.create(session.accessKeyId(), session.secretKey(), session.sessionToken()));
    }

    <B extends AwsClientBuilder<B, C> & AwsSyncClientBuilder<B, C>, C> C client(
            B builder, AwsCredentialsProvider credentials) {
        return builder.endpointOverride(pileus.endpoint())
                .region(Region.US_EAST_1)
                .credentialsProvider(credentials)
                .httpClient(UrlConnectionHttpClient.create())
                .build();
    }

    CognitoIdentityProviderClient admin() {
        return client(CognitoIdentityProviderClient.builder(), root());
    }

    /** What an app has: no AWS credentials. */
    CognitoIdentityProviderClient app() {
        return client(CognitoIdentityProviderClient.builder(), AnonymousCredentialsProvider.create());
    }

    CognitoIdentityClient identities() {
        return client(CognitoIdentityClient.builder(), root());
    }

    CognitoIdentityClient identitiesOfApp() {
        return client(CognitoIdentityClient.builder(), AnonymousCredentialsProvider.create());
    }

    /** The code that was sent last to a user. */
    String lastCode(String username) {
        JsonNode messages =
                json("/_pileus/cognito/messages?username=" + username).path("messages");
        return messages.path(messages.size() - 1).path("code").asText();
    }

    JsonNode json(String path) {
        return json(pileus.endpoint().resolve(path));
    }

    JsonNode json(URI uri) {
        try {
            HttpResponse<String> response =
                    http.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
            return new ObjectMapper().readTree(response.body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A Lambda function that answers with these results, one after another, the last for ever. */
    String scriptedFunction(String name, String results) {
        try (LambdaClient lambda = client(LambdaClient.builder(), root())) {
            post("/_pileus/lambda/" + name + "/script", results);
            return lambda.createFunction(f -> f.functionName(name)
                            .role("arn:aws:iam::" + ACCOUNT + ":role/function")
                            .runtime(Runtime.PYTHON3_12)
                            .handler("index.handler")
                            .code(c -> c.zipFile(SdkBytes.fromByteArray(emptyZip()))))
                    .functionArn();
        }
    }

    private static byte[] emptyZip() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            zip.putNextEntry(new ZipEntry("index.py"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    /** The events that a scripted function was called with. */
    JsonNode events(String function) {
        return json("/_pileus/lambda/" + function + "/events").path("events");
    }

    private void post(String path, String body) {
        HttpRequest request = HttpRequest.newBuilder(pileus.endpoint().resolve(path))
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        try {
            HttpResponse<String> response = http.send(request, HttpResponse.BodyHandlers.ofString());
            if (response.statusCode() != 200) {
                throw new IllegalStateException(response.body());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        pileus.close();
    }
}
