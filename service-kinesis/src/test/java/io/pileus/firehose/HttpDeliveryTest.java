package io.pileus.firehose;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import io.pileus.firehose.model.*;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class HttpDeliveryTest {
    private final ObjectMapper json = new ObjectMapper();
    private final List<Received> received = new CopyOnWriteArrayList<>();
    private Function<Received, Map.Entry<Integer, String>> answer = r -> Map.entry(500, "{}");
    private HttpServer server;
    private String url;

    private record Received(String path, Map<String, List<String>> headers, String body) {}

    @BeforeEach
    void listen() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            Received request = new Received(
                    exchange.getRequestURI().toString(),
                    exchange.getRequestHeaders(),
                    new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            received.add(request);
            Map.Entry<Integer, String> said = answer.apply(request);
            byte[] body = said.getValue().getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(said.getKey(), body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
        url = "http://localhost:" + server.getAddress().getPort();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private Firehose toEndpoint() {
        Firehose firehose = new Firehose();
        firehose.create(CreateDeliveryStreamInput.builder()
                .httpEndpointDestinationConfiguration(HttpEndpointDestinationConfiguration.builder()
                        .endpointConfiguration(HttpEndpointConfiguration.builder()
                                .url(url + "/in")
                                .accessKey("k3y")
                                .build())
                        .requestConfiguration(HttpEndpointRequestConfiguration.builder()
                                .commonAttributes(List.of(HttpEndpointCommonAttribute.builder()
                                        .attributeName("stage")
                                        .attributeValue("dev")
                                        .build()))
                                .build())
                        .bufferingHints(HttpEndpointBufferingHints.builder()
                                .sizeInMBs(1)
                                .intervalInSeconds(60)
                                .build())
                        .retryOptions(HttpEndpointRetryOptions.builder()
                                .durationInSeconds(20)
                                .build())
                        .s3Configuration(Firehose.backup())
                        .build()));
        return firehose;
    }

    @Test
    void anEndpointReceivesTheDocumentedRequest() throws Exception {
        answer = request -> Map.entry(
                200,
                "{\"requestId\":\""
                        + request.headers().get("X-amz-firehose-request-id").getFirst() + "\",\"timestamp\":1}");
        Firehose firehose = toEndpoint();
        firehose.put("a", "b");
        firehose.env.advance(Duration.ofSeconds(60));

        assertThat(received).hasSize(1);
        Received request = received.getFirst();
        assertThat(request.path()).isEqualTo("/in");
        assertThat(request.headers().get("X-amz-firehose-access-key")).containsExactly("k3y");
        assertThat(request.headers().get("X-amz-firehose-protocol-version")).containsExactly("1.0");
        assertThat(request.headers().get("X-amz-firehose-common-attributes"))
                .containsExactly("{\"commonAttributes\":{\"stage\":\"dev\"}}");
        JsonNode body = json.readTree(request.body());
        assertThat(body.path("records").get(0).path("data").asText()).isEqualTo("YQ==");
        assertThat(body.path("records")).hasSize(2);
        firehose.env.advance(Duration.ofMinutes(10));
        assertThat(received).hasSize(1);
        assertThat(firehose.buckets.keys()).isEmpty();
    }

    @Test
    void whatTheEndpointRefusesIsTriedAgainAndThenBackedUp() {
        Firehose firehose = toEndpoint();
        firehose.put("a");
        firehose.env.advance(Duration.ofSeconds(60));
        assertThat(received).hasSize(1);

        firehose.env.advance(Duration.ofMinutes(5));

        assertThat(received).hasSize(3);
        assertThat(received.stream()
                        .map(r -> r.headers().get("X-amz-firehose-request-id"))
                        .distinct())
                .hasSize(1);
        assertThat(firehose.buckets.only("http-endpoint-failed/2026"))
                .contains("\"errorCode\":\"HttpEndpoint.DestinationException\"", "\"attemptsMade\":3");
    }

    @Test
    void theAccessKeyIsNotDescribed() {
        Firehose firehose = toEndpoint();

        HttpEndpointDestinationDescription description =
                firehose.describe().destinations().getFirst().httpEndpointDestinationDescription();

        assertThat(io.pileus.core.protocol.Documents.write(description).toString())
                .doesNotContain("k3y");
        assertThat(description.endpointConfiguration().url()).endsWith("/in");
        assertThat(description.requestConfiguration().contentEncoding()).isEqualTo("NONE");
    }

    @Test
    void openSearchReceivesABulk() {
        answer = request -> Map.entry(200, "{\"errors\":false}");
        Firehose firehose = new Firehose();
        firehose.create(CreateDeliveryStreamInput.builder()
                .amazonopensearchserviceDestinationConfiguration(
                        AmazonopensearchserviceDestinationConfiguration.builder()
                                .roleARN(Firehose.ROLE)
                                .clusterEndpoint(url)
                                .indexName("logs")
                                .s3Configuration(Firehose.backup())
                                .build()));
        firehose.put("{\"a\":1}");
        firehose.env.advance(Duration.ofSeconds(300));

        assertThat(received.getFirst().path()).isEqualTo("/_bulk");
        assertThat(received.getFirst().body())
                .startsWith("{\"index\":{\"_index\":\"logs-2026-01-01\",\"_id\":")
                .endsWith("{\"a\":1}\n");
        assertThat(firehose.buckets.keys()).isEmpty();
    }

    private Firehose toSplunk() {
        Firehose firehose = new Firehose();
        firehose.create(CreateDeliveryStreamInput.builder()
                .splunkDestinationConfiguration(SplunkDestinationConfiguration.builder()
                        .hecEndpoint(url)
                        .hecEndpointType("Event")
                        .hecToken("t0ken")
                        .hecAcknowledgmentTimeoutInSeconds(180)
                        .retryOptions(SplunkRetryOptions.builder()
                                .durationInSeconds(0)
                                .build())
                        .s3Configuration(Firehose.backup())
                        .build()));
        return firehose;
    }

    @Test
    void splunkIsAskedUntilItAcknowledges() {
        answer = request -> Map.entry(
                200,
                request.path().startsWith("/services/collector/ack")
                        ? "{\"acks\":{\"7\":" + (received.size() >= 4) + "}}"
                        : "{\"text\":\"Success\",\"code\":0,\"ackId\":7}");
        Firehose firehose = toSplunk();
        firehose.put("{\"event\":1}");
        firehose.env.advance(Duration.ofSeconds(60));
        firehose.env.advance(Duration.ofMinutes(10));

        assertThat(received).hasSize(4);
        assertThat(received.getFirst().path()).startsWith("/services/collector/event?channel=");
        assertThat(received.getFirst().headers().get("Authorization")).containsExactly("Splunk t0ken");
        assertThat(received.get(1).body()).isEqualTo("{\"acks\":[7]}");
        assertThat(firehose.buckets.keys()).isEmpty();
    }

    @Test
    void whatSplunkDoesNotAcknowledgeInTimeIsBackedUp() {
        answer = request -> Map.entry(200, "{\"ackId\":7,\"acks\":{\"7\":false}}");
        Firehose firehose = toSplunk();
        firehose.put("{\"event\":1}");
        firehose.env.advance(Duration.ofSeconds(60));
        firehose.env.advance(Duration.ofSeconds(179));
        assertThat(firehose.buckets.keys()).isEmpty();

        firehose.env.advance(Duration.ofSeconds(10));

        assertThat(firehose.buckets.only("splunk-failed/2026")).contains("\"errorCode\":\"Splunk.AckTimeout\"");
    }

    @Test
    void aSplunkWithoutAcknowledgementsIsToldApart() {
        answer = request -> Map.entry(200, "{\"text\":\"Success\",\"code\":0}");
        Firehose firehose = toSplunk();
        firehose.put("{\"event\":1}");
        firehose.env.advance(Duration.ofSeconds(60));

        assertThat(firehose.buckets.only("splunk-failed/2026")).contains("\"errorCode\":\"Splunk.DisabledAck\"");
    }

    @Test
    void aDeletedDeliveryStreamTriesNothingAgain() {
        Firehose firehose = toEndpoint();
        firehose.put("a");
        firehose.env.advance(Duration.ofSeconds(60));
        firehose.service.deleteDeliveryStream(
                DeleteDeliveryStreamInput.builder().deliveryStreamName("hose").build(), firehose.call());

        firehose.env.advance(Duration.ofMinutes(5));

        assertThat(received).as("one more was under way by the clock").hasSizeLessThanOrEqualTo(2);
    }
}
