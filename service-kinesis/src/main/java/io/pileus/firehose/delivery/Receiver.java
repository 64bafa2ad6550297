package io.pileus.firehose.delivery;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.pileus.core.http.client.OutboundHttp;
import io.pileus.core.shape.JsonTrees;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** What is sent to an HTTP destination, and when its answer counts as delivered. */
sealed interface Receiver permits Receiver.HttpEndpoint, Receiver.OpenSearch, Splunk {

    /** The call that delivers the records; the same request id for each attempt. */
    OutboundHttp.Call call(List<Item> items, String requestId, Instant now);

    /** Why the answer does not count as delivered; empty if it does. */
    Optional<String> refusal(OutboundHttp.Answer answer, String requestId);

    /**
     * The code of a failure in the records of the error folder.
     *
     * @param answer the answer that was refused; empty when there was none
     */
    String errorCode(Optional<OutboundHttp.Answer> answer);

    /** How long to try again. */
    Duration retryDuration();

    /**
     * An HTTP endpoint.
     *
     * @see <a href="https://docs.aws.amazon.com/firehose/latest/dev/httpdeliveryrequestresponse.html">Request and response
     *     specification</a>
     */
    record HttpEndpoint(Target target) implements Receiver {
        /** An endpoint has three minutes to answer. */
        private static final Duration TIMEOUT = Duration.ofMinutes(3);

        @Override
        public OutboundHttp.Call call(List<Item> items, String requestId, Instant now) {
            JsonNode settings = target.settings();
            JsonNode endpoint = settings.path("EndpointConfiguration");
            ObjectNode body = JsonTrees.mapper()
                    .createObjectNode()
                    .put("requestId", requestId)
                    .put("timestamp", now.toEpochMilli());
            ArrayNode records = body.putArray("records");
            items.forEach(item -> records.addObject().put("data", item.data().base64()));
            Map<String, String> headers = new HashMap<>();
            headers.put("Content-Type", "application/json");
            headers.put("X-Amz-Firehose-Protocol-Version", "1.0");
            headers.put("X-Amz-Firehose-Request-Id", requestId);
            headers.put("X-Amz-Firehose-Source-Arn", target.arn());
            headers.put("User-Agent", "Amazon Kinesis Data Firehose Agent/1.0");
            if (!endpoint.path("AccessKey").asText("").isEmpty()) {
                headers.put(
                        "X-Amz-Firehose-Access-Key", endpoint.path("AccessKey").asText());
            }
            JsonNode request = settings.path("RequestConfiguration");
            if (!request.path("CommonAttributes").isEmpty()) {
                ObjectNode attributes = JsonTrees.mapper().createObjectNode();
                ObjectNode common = attributes.putObject("commonAttributes");
                for (JsonNode attribute : request.path("CommonAttributes")) {
                    common.put(
                            attribute.path("AttributeName").asText(),
                            attribute.path("AttributeValue").asText());
                }
                headers.put("X-Amz-Firehose-Common-Attributes", attributes.toString());
            }
            byte[] bytes = body.toString().getBytes(StandardCharsets.UTF_8);
            if (request.path("ContentEncoding").asText("NONE").equals("GZIP")) {
                headers.put("Content-Encoding", "gzip");
                bytes = Compression.GZIP.compress(bytes, "");
            }
            return new OutboundHttp.Call("POST", URI.create(endpoint.path("Url").asText()), headers, bytes, TIMEOUT);
        }

        @Override
        public Optional<String> refusal(OutboundHttp.Answer answer, String requestId) {
            if (answer.status() != 200) {
                return Optional.of("Received response with status code: " + answer.status());
            }
            try {
                JsonNode body = JsonTrees.mapper().readTree(answer.body());
                return body.path("requestId").asText().equals(requestId)
                                && body.path("timestamp").isIntegralNumber()
                        ? Optional.empty()
                        : Optional.of("The response is not recognized: its requestId must be that of the request,"
                                + " and its timestamp a number.");
            } catch (IOException e) {
                return Optional.of("The response is not recognized: it is not JSON.");
            }
        }

        @Override
        public String errorCode(Optional<OutboundHttp.Answer> answer) {
            return "HttpEndpoint.DestinationException";
        }

        @Override
        public Duration retryDuration() {
            return retryDurationOf(target, 300);
        }
    }

    /** OpenSearch and Elasticsearch, through the bulk API of the cluster's endpoint. */
    record OpenSearch(Target target) implements Receiver {
        private static final Duration TIMEOUT = Duration.ofMinutes(1);

        @Override
        public OutboundHttp.Call call(List<Item> items, String requestId, Instant now) {
            JsonNode settings = target.settings();
            String endpoint = settings.hasNonNull("CollectionEndpoint")
                    ? settings.path("CollectionEndpoint").asText()
                    : settings.path("ClusterEndpoint").asText();
            StringBuilder body = new StringBuilder();
            for (Item item : items) {
                ObjectNode action = JsonTrees.mapper().createObjectNode();
                ObjectNode index = action.putObject("index").put("_index", index(settings, item.arrivedAt()));
                if (!settings.path("DocumentIdOptions")
                        .path("DefaultDocumentIdFormat")
                        .asText("FIREHOSE_DEFAULT")
                        .equals("NO_DOCUMENT_ID")) {
                    index.put("_id", item.recordId());
                }
                body.append(action)
                        .append('\n')
                        .append(item.data().utf8().strip().replace("\n", " "))
                        .append('\n');
            }
            return new OutboundHttp.Call(
                    "POST",
                    URI.create((endpoint.endsWith("/") ? endpoint.substring(0, endpoint.length() - 1) : endpoint)
                            + "/_bulk"),
                    Map.of("Content-Type", "application/x-ndjson"),
                    body.toString().getBytes(StandardCharsets.UTF_8),
                    TIMEOUT);
        }

        /** The index's name with the rotation period's date, such as {@code logs-2026-01-31}. */
        private static String index(JsonNode settings, Instant arrivedAt) {
            String name = settings.path("IndexName").asText();
            String period = settings.path("IndexRotationPeriod").asText("OneDay");
            if (!settings.hasNonNull("ClusterEndpoint") && settings.hasNonNull("CollectionEndpoint")) {
                return name;
            }
            LocalDate day = arrivedAt.atZone(ZoneOffset.UTC).toLocalDate();
            return switch (period) {
                case "OneHour" -> name + "-" + at("yyyy-MM-dd-HH", arrivedAt);
                case "OneDay" -> name + "-" + day;
                case "OneWeek" -> name + "-" + at("YYYY-'w'ww", arrivedAt);
                case "OneMonth" -> name + "-" + at("yyyy-MM", arrivedAt);
                default -> name;
            };
        }

        private static String at(String pattern, Instant instant) {
            return DateTimeFormatter.ofPattern(pattern, Locale.ROOT).format(instant.atZone(ZoneOffset.UTC));
        }

        @Override
        public Optional<String> refusal(OutboundHttp.Answer answer, String requestId) {
            if (answer.status() / 100 != 2) {
                return Optional.of("Received response with status code: " + answer.status());
            }
            try {
                return JsonTrees.mapper().readTree(answer.body()).path("errors").asBoolean(false)
                        ? Optional.of("The cluster refused documents.")
                        : Optional.empty();
            } catch (IOException e) {
                return Optional.of("The response is not JSON.");
            }
        }

        @Override
        public String errorCode(Optional<OutboundHttp.Answer> answer) {
            return "ES.ServiceException";
        }

        @Override
        public Duration retryDuration() {
            return retryDurationOf(target, 300);
        }
    }

    static Duration retryDurationOf(Target target, int otherwise) {
        return Duration.ofSeconds(
                target.settings().path("RetryOptions").path("DurationInSeconds").asInt(otherwise));
    }
}
