package io.pileus.firehose.delivery;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.pileus.core.http.client.OutboundHttp;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Splunk's HTTP Event Collector (HEC). Its answer names an acknowledgement, and records are delivered when Splunk says that it has
 * acknowledged them.
 *
 * @see <a href="https://docs.aws.amazon.com/firehose/latest/dev/monitoring-with-cloudwatch-logs.html">Splunk data delivery
 *     errors</a>
 * @see <a href="https://docs.aws.amazon.com/firehose/latest/dev/retry.html">Splunk: acknowledgement and retry</a>
 */
record Splunk(Target target, ObjectMapper json) implements Receiver {
    private static final Duration TIMEOUT = Duration.ofMinutes(3);

    /** What is asked for until Splunk has indexed what it took. */
    record Acknowledgement(long id, OutboundHttp.Call call) {}

    @Override
    public OutboundHttp.Call call(List<Item> items, String requestId, Instant now) {
        String path = target.settings().path("HECEndpointType").asText().equals("Raw")
                ? "/services/collector/raw?channel=" + requestId
                : "/services/collector/event?channel=" + requestId;
        StringBuilder body = new StringBuilder();
        items.forEach(item -> body.append(item.data().utf8()));
        return post(path, requestId, body.toString());
    }

    private OutboundHttp.Call post(String path, String requestId, String body) {
        JsonNode settings = target.settings();
        String base = settings.path("HECEndpoint").asText();
        return new OutboundHttp.Call(
                "POST",
                URI.create((base.endsWith("/") ? base.substring(0, base.length() - 1) : base) + path),
                Map.of(
                        "Authorization",
                        "Splunk " + settings.path("HECToken").asText(),
                        "X-Splunk-Request-Channel",
                        requestId,
                        "Content-Type",
                        "application/json"),
                body.getBytes(StandardCharsets.UTF_8),
                TIMEOUT);
    }

    @Override
    public Optional<String> refusal(OutboundHttp.Answer answer, String requestId) {
        return answer.status() == 200
                ? Optional.empty()
                : Optional.of("Received response with status code: " + answer.status());
    }

    /** The question whether the records are indexed; empty when the answer names no acknowledgement. */
    Optional<Acknowledgement> acknowledgement(OutboundHttp.Answer answer, String requestId) {
        JsonNode id = read(answer).path("ackId");
        return id.canConvertToLong() && id.isNumber()
                ? Optional.of(new Acknowledgement(
                        id.longValue(),
                        post(
                                "/services/collector/ack?channel=" + requestId,
                                requestId,
                                "{\"acks\":[" + id.longValue() + "]}")))
                : Optional.empty();
    }

    boolean isAcknowledged(OutboundHttp.Answer answer, Acknowledgement wanted) {
        return answer.status() == 200
                && read(answer).path("acks").path(Long.toString(wanted.id())).asBoolean(false);
    }

    private JsonNode read(OutboundHttp.Answer answer) {
        try {
            return json.readTree(answer.body());
        } catch (IOException e) {
            return json.missingNode();
        }
    }

    Duration acknowledgementTimeout() {
        return Duration.ofSeconds(
                target.settings().path("HECAcknowledgmentTimeoutInSeconds").asInt(180));
    }

    @Override
    public String errorCode(Optional<OutboundHttp.Answer> answer) {
        return answer.map(said -> switch (said.status()) {
                    case 400 -> "Splunk.InvalidDataFormat";
                    case 401, 403 -> "Splunk.InvalidToken";
                    case 404 -> "Splunk.URLNotFound";
                    case 413 -> "Splunk.ServerError.ContentTooLarge";
                    case 503 -> "Splunk.IndexerBusy";
                    default -> "Splunk.ServerError";
                })
                .orElse("Splunk.ConnectionClosed");
    }

    @Override
    public Duration retryDuration() {
        return Receiver.retryDurationOf(target, 300);
    }
}
