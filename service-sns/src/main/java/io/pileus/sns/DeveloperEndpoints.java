package io.pileus.sns;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.pileus.core.http.HttpRequest;
import io.pileus.core.http.HttpResponse;
import io.pileus.core.identity.AccountId;
import io.pileus.core.identity.Arn;
import io.pileus.core.identity.Region;
import io.pileus.core.service.CallContext;
import io.pileus.core.service.HttpRoute;
import io.pileus.core.service.Scopes;
import io.pileus.core.shape.JsonTrees;
import io.pileus.sns.delivery.DeliveryLog;
import io.pileus.sns.delivery.Envelope;
import io.pileus.sns.delivery.Signer;
import io.pileus.sns.state.Outbox;
import io.pileus.sns.state.SnsState;
import io.pileus.sns.state.Subscription;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Predicate;

/**
 * What people look at while they develop: push and SMS messages, e-mail, subscription tokens, the signing certificate,
 * and the log of deliveries. The {@code /_aws/sns} paths and their JSON are LocalStack's, so that tests written for it work.
 */
final class DeveloperEndpoints {

    private final Scopes<SnsState> scopes;
    private final Outbox outbox;
    private final DeliveryLog log;
    private final Signer signer;

    DeveloperEndpoints(Scopes<SnsState> scopes, Outbox outbox, DeliveryLog log, Signer signer) {
        this.scopes = scopes;
        this.outbox = outbox;
        this.log = log;
        this.signer = signer;
    }

    List<HttpRoute> routes() {
        Set<String> readAndDelete = Set.of("GET", "DELETE");
        return List.of(
                new HttpRoute(readAndDelete, "/_aws/sns/platform-endpoint-messages", this::pushMessages),
                new HttpRoute(readAndDelete, "/_aws/sns/sms-messages", this::smsMessages),
                new HttpRoute(readAndDelete, "/_pileus/sns/emails", this::emails),
                new HttpRoute(Set.of("GET", "POST", "DELETE"), "/_aws/sns/phone-opt-outs", this::optOuts),
                HttpRoute.get("/_aws/sns/subscription-tokens/{arn+}", this::subscriptionToken),
                HttpRoute.get(Envelope.CERTIFICATE_PATH, this::certificate),
                new HttpRoute(readAndDelete, "/_pileus/sns/deliveries", this::deliveries));
    }

    private static Map<String, String> query(HttpRequest request) {
        Map<String, String> query = new HashMap<>();
        for (String pair : request.query().split("&")) {
            int equals = pair.indexOf('=');
            if (equals > 0) {
                query.put(
                        URLDecoder.decode(pair.substring(0, equals), StandardCharsets.UTF_8),
                        URLDecoder.decode(pair.substring(equals + 1), StandardCharsets.UTF_8));
            }
        }
        return query;
    }

    private static CompletionStage<HttpResponse> json(int status, ObjectNode node) {
        return CompletableFuture.completedStage(HttpResponse.json(status, node.toString()));
    }

    private CompletionStage<HttpResponse> pushMessages(
            HttpRequest request, Map<String, String> labels, CallContext call) {
        return messages(request, Outbox.Kind.PUSH, "endpointArn", "platform_endpoint_messages");
    }

    private CompletionStage<HttpResponse> smsMessages(
            HttpRequest request, Map<String, String> labels, CallContext call) {
        return messages(request, Outbox.Kind.SMS, "phoneNumber", "sms_messages");
    }

    private CompletionStage<HttpResponse> emails(HttpRequest request, Map<String, String> labels, CallContext call) {
        return messages(request, Outbox.Kind.EMAIL, "address", "emails");
    }

    private CompletionStage<HttpResponse> messages(
            HttpRequest request, Outbox.Kind kind, String filter, String member) {
        Map<String, String> query = query(request);
        AccountId account = new AccountId(query.getOrDefault("accountId", AccountId.DEFAULT.id()));
        Region region = new Region(query.getOrDefault("region", Region.US_EAST_1.id()));
        String to = query.get(filter);
        Predicate<Outbox.Sent> which = sent -> sent.kind() == kind
                && sent.account().equals(account)
                && sent.region().equals(region)
                && (to == null || sent.to().equals(to));
        if (request.method().equals("DELETE")) {
            outbox.remove(which);
            return CompletableFuture.completedStage(HttpResponse.empty(204));
        }
        ObjectNode answer = JsonTrees.mapper().createObjectNode();
        ObjectNode byReceiver = answer.putObject(member);
        if (to != null) {
            byReceiver.putArray(to);
        }
        for (Outbox.Sent sent : outbox.all(which)) {
            byReceiver.withArray(pointer(sent.to())).add(shown(sent));
        }
        answer.put("region", region.id());
        return json(200, answer);
    }

    private static String pointer(String name) {
        return "/" + name.replace("~", "~0").replace("/", "~1");
    }

    private static ObjectNode shown(Outbox.Sent sent) {
        ObjectNode node = JsonTrees.mapper().createObjectNode();
        node.put(
                switch (sent.kind()) {
                    case PUSH -> "TargetArn";
                    case SMS -> "PhoneNumber";
                    case EMAIL -> "Address";
                },
                sent.to());
        node.put("TopicArn", sent.topicArn().orElse(null));
        node.put("SubscriptionArn", sent.subscriptionArn().orElse(null));
        node.put("MessageId", sent.messageId());
        node.put("Message", sent.message());
        node.set("MessageAttributes", JsonTrees.mapper().valueToTree(sent.attributes()));
        node.put("MessageStructure", sent.messageStructure().orElse(null));
        node.put("Subject", sent.subject().orElse(null));
        return node;
    }

    /** GET lists, POST {@code {"phoneNumber": …}} opts a number out, DELETE opts all in again. */
    private CompletionStage<HttpResponse> optOuts(HttpRequest request, Map<String, String> labels, CallContext call) {
        Map<String, String> query = query(request);
        SnsState state = scopes.of(
                new AccountId(query.getOrDefault("accountId", AccountId.DEFAULT.id())),
                new Region(query.getOrDefault("region", Region.US_EAST_1.id())));
        switch (request.method()) {
            case "POST" -> {
                try {
                    state.sms()
                            .optedOut()
                            .add(JsonTrees.mapper()
                                    .readTree(request.body().bytes())
                                    .path("phoneNumber")
                                    .asText());
                } catch (java.io.IOException e) {
                    return json(
                            400,
                            JsonTrees.mapper()
                                    .createObjectNode()
                                    .put("error", "the body must be JSON with a phoneNumber"));
                }
            }
            case "DELETE" -> state.sms().optedOut().clear();
            default -> {
                // the list below is the answer
            }
        }
        ObjectNode answer = JsonTrees.mapper().createObjectNode();
        ArrayNode numbers = answer.putArray("phone_opt_outs");
        state.sms().optedOut().forEach(numbers::add);
        return json(200, answer);
    }

    private CompletionStage<HttpResponse> subscriptionToken(
            HttpRequest request, Map<String, String> labels, CallContext call) {
        String text = labels.get("arn");
        ObjectNode answer = JsonTrees.mapper().createObjectNode();
        Optional<Arn> arn = Arn.parse(text)
                .filter(a -> a.service().equals("sns") && a.resource().contains(":"));
        if (arn.isEmpty()) {
            return json(
                    400,
                    answer.put("error", "The provided SubscriptionARN is invalid")
                            .put("subscription_arn", text));
        }
        String topicArn = text.substring(0, text.lastIndexOf(':'));
        Optional<Subscription> subscription = AccountId.isValid(arn.get().account())
                ? scopes.find(
                                new AccountId(arn.get().account()),
                                new Region(arn.get().region()))
                        .flatMap(state -> state.topic(topicArn))
                        .flatMap(topic -> topic.locked(() -> topic.subscription(text)))
                : Optional.empty();
        String token = subscription
                .map(s -> switch (s.state()) {
                    case Subscription.PendingConfirmation pending -> pending.token();
                    case Subscription.Confirmed confirmed -> s.confirmedWith();
                })
                .orElse("");
        if (token.isEmpty()) {
            return json(
                    404,
                    answer.put("error", "The provided SubscriptionARN is not found")
                            .put("subscription_arn", text));
        }
        return json(200, answer.put("subscription_token", token).put("subscription_arn", text));
    }

    private CompletionStage<HttpResponse> certificate(
            HttpRequest request, Map<String, String> labels, CallContext call) {
        return CompletableFuture.completedStage(
                HttpResponse.of(200, "application/x-pem-file", signer.certificatePem()));
    }

    /** The delivery log, newest last; {@code topicArn}, {@code subscriptionArn}, {@code messageId} and {@code outcome} narrow it. */
    private CompletionStage<HttpResponse> deliveries(
            HttpRequest request, Map<String, String> labels, CallContext call) {
        Map<String, String> query = query(request);
        Predicate<DeliveryLog.Entry> which = entry -> matches(query, "topicArn", entry.topicArn())
                && matches(query, "subscriptionArn", entry.subscriptionArn())
                && matches(query, "messageId", entry.messageId())
                && matches(query, "outcome", entry.outcome().name());
        if (request.method().equals("DELETE")) {
            log.remove(which);
            return CompletableFuture.completedStage(HttpResponse.empty(204));
        }
        ObjectNode answer = JsonTrees.mapper().createObjectNode();
        ArrayNode deliveries = answer.putArray("deliveries");
        for (DeliveryLog.Entry entry : log.entries(which)) {
            deliveries
                    .addObject()
                    .put("time", entry.at().toString())
                    .put("messageId", entry.messageId())
                    .put("topicArn", entry.topicArn())
                    .put("subscriptionArn", entry.subscriptionArn())
                    .put("protocol", entry.protocol())
                    .put("endpoint", entry.endpoint())
                    .put("outcome", entry.outcome().name())
                    .put("reason", entry.reason())
                    .put("attempt", entry.attempt());
        }
        return json(200, answer);
    }

    private static boolean matches(Map<String, String> query, String name, String value) {
        String wanted = query.get(name);
        return wanted == null || wanted.equalsIgnoreCase(value);
    }
}
