package io.pileus.sns.delivery;

import io.pileus.core.http.client.OutboundHttp;
import io.pileus.core.identity.Arn;
import io.pileus.core.port.Deliveries;
import io.pileus.core.port.Delivery;
import io.pileus.core.port.DeliveryResult;
import io.pileus.core.shape.Blob;
import io.pileus.sns.model.MessageAttributeValue;
import io.pileus.sns.state.Outbox;
import io.pileus.sns.state.Protocol;
import io.pileus.sns.state.Subscription;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** One attempt at a delivery, for each protocol. */
final class Couriers {
    static final String PRINCIPAL = "sns.amazonaws.com";
    private static final Duration HTTP_TIMEOUT = Duration.ofSeconds(15);

    private static final CompletableFuture<Attempt> SUCCEEDED =
            CompletableFuture.completedFuture(new Attempt.Succeeded());

    private final Deliveries deliveries;
    private final OutboundHttp http;
    private final Outbox outbox;

    Couriers(Deliveries deliveries, OutboundHttp http, Outbox outbox) {
        this.deliveries = deliveries;
        this.http = http;
        this.outbox = outbox;
    }

    CompletionStage<Attempt> attempt(
            Message message, Subscription to, Notification notification, boolean enabledEndpoint) {
        return switch (to.protocol()) {
            case SQS ->
                toService(message, to, body(message, to, notification, ""), queueAttributes(message, to, notification));
            case LAMBDA ->
                toService(message, to, Blob.ofUtf8(Envelope.lambdaEvent(message, to, notification)), Map.of());
            case FIREHOSE -> toService(message, to, body(message, to, notification, "\n"), Map.of());
            case HTTP, HTTPS -> overHttp(message, to, notification);
            case EMAIL -> mail(message, to);
            case EMAIL_JSON -> toOutbox(Outbox.Kind.EMAIL, message, to, notification.documentText(to.arnText()));
            case SMS -> toOutbox(Outbox.Kind.SMS, message, to, notification.text());
            case APPLICATION ->
                enabledEndpoint
                        ? toOutbox(Outbox.Kind.PUSH, message, to, message.textFor(platform(to)))
                        : CompletableFuture.completedStage(
                                new Attempt.Failed("EndpointDisabled", "Endpoint is disabled", false));
        };
    }

    /**
     * What a queue receives beside the body: the attributes where delivery is raw, and the publisher's trace header.
     *
     * @see <a href="https://docs.aws.amazon.com/xray/latest/devguide/xray-services-sns.html">Amazon SNS and AWS X-Ray</a>
     */
    private static Map<String, Delivery.Attribute> queueAttributes(
            Message message, Subscription to, Notification notification) {
        Map<String, Delivery.Attribute> own = to.isRaw() ? notification.attributes() : Map.of();
        if (message.traceHeader().isEmpty()) {
            return own;
        }
        Map<String, Delivery.Attribute> traced = new HashMap<>(own);
        traced.put(
                "AWSTraceHeader",
                new Delivery.Attribute(
                        "String", Blob.ofUtf8(message.traceHeader().get())));
        return traced;
    }

    /** The platform of a device, such as {@code GCM}: {@code arn:…:endpoint/GCM/app/id}. */
    private static String platform(Subscription to) {
        String[] parts = to.target().map(arn -> arn.resource().split("/", 3)).orElse(new String[0]);
        return parts.length > 1 ? parts[1] : "";
    }

    /** An e-mail with the message's text. */
    CompletionStage<Attempt> mail(Message message, Subscription to) {
        return toOutbox(Outbox.Kind.EMAIL, message, to, message.textFor(Protocol.EMAIL));
    }

    /**
     * What a queue or stream receives. A notification is signed and written when it is read there, unless it has characters that a
     * queue refuses: that must show now.
     */
    private static Blob body(Message message, Subscription to, Notification notification, String end) {
        if (to.isRaw()) {
            return end.isEmpty() ? notification.textUtf8() : Blob.ofUtf8(notification.text() + end);
        }
        Blob document = notification.document(to.arnText(), end);
        return message.isReadable() ? document : Blob.of(document.bytes());
    }

    private CompletionStage<Attempt> toService(
            Message message, Subscription to, Blob body, Map<String, Delivery.Attribute> attributes) {
        Optional<Arn> target = to.target();
        if (target.isEmpty()) {
            return CompletableFuture.completedStage(new Attempt.Failed("InvalidEndpoint", "malformed ARN", false));
        }
        Delivery delivery = new Delivery(
                target.get(),
                to.topic(),
                to.sender(),
                body,
                attributes,
                message.groupId(),
                fifoDeduplication(message, target.get()),
                Optional.empty(),
                message.sentAt(),
                message.hops() + 1);
        CompletableFuture<DeliveryResult> made = deliveries.deliver(delivery).toCompletableFuture();
        return made.isDone() && !made.isCompletedExceptionally()
                ? attemptOf(made.join())
                : made.thenCompose(Couriers::attemptOf);
    }

    /** A FIFO queue drops what it has had before by the id that the topic judged by. */
    private static Optional<String> fifoDeduplication(Message message, Arn target) {
        return target.resource().endsWith(".fifo") ? message.deduplicationId() : Optional.empty();
    }

    private static CompletionStage<Attempt> attemptOf(DeliveryResult result) {
        return switch (result) {
            case DeliveryResult.Delivered delivered -> SUCCEEDED;
            case DeliveryResult.Refused refused ->
                CompletableFuture.completedFuture(
                        new Attempt.Failed(refused.code(), refused.message(), refused.retryable()));
            case DeliveryResult.NoSuchTarget none ->
                CompletableFuture.completedFuture(
                        new Attempt.Failed("ResourceNotFound", "The target does not exist.", false));
        };
    }

    // ---- HTTP ---------------------------------------------------------------------------------------------------

    private CompletionStage<Attempt> overHttp(Message message, Subscription to, Notification notification) {
        Map<String, String> headers = headers("Notification", message.id(), to);
        headers.put("x-amz-sns-subscription-arn", to.arn().toString());
        if (to.isRaw()) {
            headers.put("x-amz-sns-rawdelivery", "true");
        }
        message.traceHeader().ifPresent(header -> headers.put("X-Amzn-Trace-Id", header));
        return post(to.endpoint(), headers, body(message, to, notification, "").utf8());
    }

    /** Posts a confirmation (or its like) to an HTTP endpoint. */
    CompletionStage<Attempt> confirm(String type, String messageId, Subscription to, String document) {
        return post(to.endpoint(), headers(type, messageId, to), document);
    }

    private static Map<String, String> headers(String type, String messageId, Subscription to) {
        Map<String, String> headers = new HashMap<>();
        headers.put("x-amz-sns-message-type", type);
        headers.put("x-amz-sns-message-id", messageId);
        headers.put("x-amz-sns-topic-arn", to.topic().toString());
        headers.put("Content-Type", contentType(to));
        headers.put("User-Agent", "Amazon Simple Notification Service Agent");
        return headers;
    }

    /** {@code requestPolicy.headerContentType} of the delivery policy, where it has one. */
    private static String contentType(Subscription to) {
        return DeliveryPolicies.contentType(to.attributes().get("DeliveryPolicy"))
                .orElse("text/plain; charset=UTF-8");
    }

    private CompletionStage<Attempt> post(String url, Map<String, String> headers, String body) {
        URI target;
        try {
            target = URI.create(url);
        } catch (IllegalArgumentException e) {
            return CompletableFuture.completedStage(new Attempt.Failed("InvalidEndpoint", "malformed URL", false));
        }
        return http.send(new OutboundHttp.Call(
                        "POST", target, headers, body.getBytes(StandardCharsets.UTF_8), HTTP_TIMEOUT))
                .handle((answer, failure) -> {
                    if (failure != null) {
                        boolean forbidden = failure instanceof OutboundHttp.ForbiddenTargetException
                                || failure.getCause() instanceof OutboundHttp.ForbiddenTargetException;
                        return new Attempt.Failed("ConnectionFailed", String.valueOf(failure.getMessage()), !forbidden);
                    }
                    int status = answer.status();
                    if (status >= 200 && status < 300) {
                        return new Attempt.Succeeded();
                    }
                    return new Attempt.Failed(
                            String.valueOf(status),
                            "The endpoint answered with status " + status,
                            status >= 500 || status == 429);
                });
    }

    // ---- outbox -------------------------------------------------------------------------------------------------

    private CompletionStage<Attempt> toOutbox(Outbox.Kind kind, Message message, Subscription to, String text) {
        outbox.add(new Outbox.Sent(
                kind,
                to.owner(),
                new io.pileus.core.identity.Region(to.topic().region()),
                to.endpoint(),
                Optional.of(to.topic().toString()),
                Optional.of(to.arn().toString()),
                message.id(),
                text,
                message.subject(),
                plain(message.attributes()),
                message.structured() ? Optional.of("json") : Optional.empty(),
                message.sentAt()));
        return CompletableFuture.completedStage(new Attempt.Succeeded());
    }

    static Map<String, Map<String, String>> plain(Map<String, MessageAttributeValue> attributes) {
        Map<String, Map<String, String>> plain = new LinkedHashMap<>();
        attributes.forEach((name, value) -> plain.put(
                name,
                value.binaryValue() != null
                        ? Map.of(
                                "DataType",
                                value.dataType(),
                                "BinaryValue",
                                value.binaryValue().base64())
                        : Map.of("DataType", value.dataType(), "StringValue", value.stringValue())));
        return plain;
    }
}
