package io.pileus.it.sns;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.amazonaws.SdkClientException;
import com.amazonaws.services.sns.message.RoutedMessageManager;
import com.amazonaws.services.sns.message.SnsMessage;
import com.amazonaws.services.sns.message.SnsMessageManager;
import com.amazonaws.services.sns.message.SnsNotification;
import com.amazonaws.services.sns.message.SnsSubscriptionConfirmation;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import org.apache.http.client.methods.HttpGet;
import org.apache.http.client.methods.HttpPost;
import org.apache.http.conn.ssl.NoopHostnameVerifier;
import org.apache.http.conn.ssl.SSLConnectionSocketFactory;
import org.apache.http.entity.ContentType;
import org.apache.http.entity.StringEntity;
import org.apache.http.impl.client.CloseableHttpClient;
import org.apache.http.impl.client.HttpClientBuilder;
import org.apache.http.ssl.SSLContexts;
import org.apache.http.util.EntityUtils;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpResponse;
import software.amazon.awssdk.regions.Region;

/**
 * The message manager of the AWS SDK for Java verifies what we sign. It wants the certificate from {@code https} at SNS's own
 * host, so the test speaks to the server under that name, as a machine does that points it here.
 */
class SnsSignatureTest {
    private static final String SNS_HOST = "sns.us-east-1.amazonaws.com";

    private final SnsServer server = new SnsServer();
    private final CloseableHttpClient http = clientThatFindsSnsHere();

    @AfterEach
    void stop() throws IOException {
        http.close();
        server.close();
    }

    private CloseableHttpClient clientThatFindsSnsHere() {
        try {
            return HttpClientBuilder.create()
                    .setDnsResolver(name -> new InetAddress[] {InetAddress.getLoopbackAddress()})
                    .setSchemePortResolver(host -> server.pileus.endpoint().getPort())
                    .setSSLSocketFactory(new SSLConnectionSocketFactory(
                            SSLContexts.custom()
                                    .loadTrustMaterial((chain, type) -> true)
                                    .build(),
                            NoopHostnameVerifier.INSTANCE))
                    .build();
        } catch (java.security.GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private void call(String form) throws IOException {
        HttpPost post = new HttpPost("https://" + SNS_HOST + "/");
        post.setHeader(
                "Authorization",
                "AWS4-HMAC-SHA256 Credential=test/20260101/us-east-1/sns/aws4_request, SignedHeaders=host, Signature=0");
        post.setEntity(new StringEntity(
                form + "&Version=2010-03-31", ContentType.APPLICATION_FORM_URLENCODED.withCharset("UTF-8")));
        http.execute(post, answer -> {
            assertThat(answer.getStatusLine().getStatusCode())
                    .as(EntityUtils.toString(answer.getEntity()))
                    .isEqualTo(200);
            return null;
        });
    }

    private SnsMessage verified(String body) {
        SnsMessageManager manager = RoutedMessageManager.of(SNS_HOST, http);
        return manager.parseMessage(new ByteArrayInputStream(body.getBytes(StandardCharsets.UTF_8)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "2"})
    void theMessageManagerAcceptsNotificationsOfBothSignatureVersions(String version) throws IOException {
        String topic = server.topic("orders");
        server.sns.setTopicAttributes(
                a -> a.topicArn(topic).attributeName("SignatureVersion").attributeValue(version));
        String queue = server.queue("orders");
        server.subscribe(topic, "sqs", SnsServer.queueArn(queue), Map.of());

        call("Action=Publish&TopicArn=" + topic + "&Message=h%C3%A9llo&Subject=news");

        String body = server.receive(queue).getFirst().body();
        SnsNotification notification = (SnsNotification) verified(body);
        assertThat(notification.getMessage()).isEqualTo("héllo");
        assertThat(notification.getSubject()).isEqualTo("news");
        assertThat(notification.getTopicArn()).isEqualTo(topic);
        assertThatThrownBy(() -> verified(body.replace("héllo", "hello")))
                .isInstanceOf(SdkClientException.class)
                .hasMessageContaining("Signature in SNS message was invalid");
    }

    /** The SDK 2.x's HTTP client that finds SNS here too. */
    private SdkHttpClient routed() {
        return new SdkHttpClient() {
            @Override
            public ExecutableHttpRequest prepareRequest(HttpExecuteRequest request) {
                return new ExecutableHttpRequest() {
                    @Override
                    public HttpExecuteResponse call() throws IOException {
                        return http.execute(
                                new HttpGet(request.httpRequest().getUri()),
                                answer -> HttpExecuteResponse.builder()
                                        .response(SdkHttpResponse.builder()
                                                .statusCode(answer.getStatusLine().getStatusCode())
                                                .build())
                                        .responseBody(AbortableInputStream.create(new ByteArrayInputStream(
                                                EntityUtils.toByteArray(answer.getEntity()))))
                                        .build());
                    }

                    @Override
                    public void abort() {}
                };
            }

            @Override
            public void close() {}
        };
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "2"})
    void theMessageManagerOfTheSdk2AcceptsNotificationsOfBothSignatureVersions(String version) throws IOException {
        String topic = server.topic("orders");
        server.sns.setTopicAttributes(
                a -> a.topicArn(topic).attributeName("SignatureVersion").attributeValue(version));
        String queue = server.queue("orders");
        server.subscribe(topic, "sqs", SnsServer.queueArn(queue), Map.of());

        call("Action=Publish&TopicArn=" + topic + "&Message=h%C3%A9llo&Subject=news");

        String body = server.receive(queue).getFirst().body();
        try (var manager = software.amazon.awssdk.messagemanager.sns.SnsMessageManager.builder()
                .region(Region.US_EAST_1)
                .httpClient(routed())
                .build()) {
            var message = manager.parseMessage(body);
            assertThat(message).isInstanceOf(software.amazon.awssdk.messagemanager.sns.model.SnsNotification.class);
            assertThat(message.message()).isEqualTo("héllo");
            assertThatThrownBy(() -> manager.parseMessage(body.replace("héllo", "hello")))
                    .isInstanceOf(software.amazon.awssdk.core.exception.SdkClientException.class);
        }
    }

    @Test
    void theMessageManagerAcceptsAndConfirmsASubscription() throws IOException {
        try (HttpReceiver receiver = new HttpReceiver()) {
            String topic = server.topic("orders");
            call("Action=Subscribe&TopicArn=" + topic + "&Protocol=http&Endpoint=" + receiver.url("/hook"));
            server.pileus.time().advance(Duration.ZERO);

            SnsSubscriptionConfirmation confirmation =
                    (SnsSubscriptionConfirmation) verified(receiver.last().body());
            assertThat(confirmation.getTopicArn()).isEqualTo(topic);
            assertThat(confirmation.getSubscribeUrl().toString())
                    .startsWith("https://" + SNS_HOST + "/?Action=ConfirmSubscription");
        }
    }

    @Test
    void withoutSnsOwnHostTheMessageManagerRefusesTheCertificate() {
        String topic = server.topic("orders");
        String queue = server.queue("orders");
        server.subscribe(topic, "sqs", SnsServer.queueArn(queue), Map.of());
        server.sns.publish(p -> p.topicArn(topic).message("hello"));

        assertThatThrownBy(() -> verified(server.receive(queue).getFirst().body()))
                .isInstanceOf(SdkClientException.class)
                .hasMessageContaining("HTTPS");
    }
}
