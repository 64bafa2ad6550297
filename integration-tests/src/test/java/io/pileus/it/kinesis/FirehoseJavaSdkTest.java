package io.pileus.it.kinesis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.firehose.FirehoseClient;
import software.amazon.awssdk.services.firehose.model.DeliveryStreamStatus;
import software.amazon.awssdk.services.firehose.model.Record;
import software.amazon.awssdk.services.firehose.model.ResourceInUseException;

class FirehoseJavaSdkTest {
    private final KinesisServer server = KinesisServer.start();
    private final List<String> received = new CopyOnWriteArrayList<>();

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void recordsReachAnHttpReceiverWhenTheBufferIsFlushed() throws Exception {
        HttpServer receiver = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        receiver.createContext("/", exchange -> {
            received.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            String id = exchange.getRequestHeaders().getFirst("X-Amz-Firehose-Request-Id");
            byte[] answer = ("{\"requestId\":\"" + id + "\",\"timestamp\":1}").getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, answer.length);
            exchange.getResponseBody().write(answer);
            exchange.close();
        });
        receiver.start();
        try (FirehoseClient firehose = server.firehose()) {
            firehose.createDeliveryStream(r -> r.deliveryStreamName("hose")
                    .httpEndpointDestinationConfiguration(d -> d.endpointConfiguration(e -> e.url(
                                    "http://localhost:" + receiver.getAddress().getPort()))
                            .s3Configuration(s -> s.roleARN("arn:aws:iam::000000000000:role/r")
                                    .bucketARN("arn:aws:s3:::logs"))));
            assertThat(firehose.describeDeliveryStream(r -> r.deliveryStreamName("hose"))
                            .deliveryStreamDescription()
                            .deliveryStreamStatus())
                    .isEqualTo(DeliveryStreamStatus.ACTIVE);
            firehose.putRecordBatch(r -> r.deliveryStreamName("hose")
                    .records(
                            Record.builder().data(SdkBytes.fromUtf8String("a")).build(),
                            Record.builder().data(SdkBytes.fromUtf8String("b")).build()));

            assertThat(flush("hose")).isEqualTo("{\"records\":2}");

            assertThat(received).hasSize(1);
            assertThat(received.getFirst()).contains("\"records\":[{\"data\":\"YQ==\"},{\"data\":\"Yg==\"}]");
            assertThatThrownBy(() -> firehose.createDeliveryStream(r -> r.deliveryStreamName("hose")
                            .extendedS3DestinationConfiguration(s -> s.roleARN("arn:aws:iam::000000000000:role/r")
                                    .bucketARN("arn:aws:s3:::logs"))))
                    .isInstanceOf(ResourceInUseException.class)
                    .hasMessageContaining("already exists");
        } finally {
            receiver.stop(0);
        }
    }

    private String flush(String name) throws IOException, InterruptedException {
        try (HttpClient http = HttpClient.newHttpClient()) {
            HttpRequest request = HttpRequest.newBuilder(
                            URI.create(server.endpoint() + "/_pileus/firehose/" + name + "/flush"))
                    .POST(HttpRequest.BodyPublishers.noBody())
                    .build();
            return http.send(request, HttpResponse.BodyHandlers.ofString()).body();
        }
    }
}
