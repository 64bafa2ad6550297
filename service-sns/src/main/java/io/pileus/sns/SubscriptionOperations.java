package io.pileus.sns;

import io.pileus.core.identity.Arn;
import io.pileus.core.identity.Caller;
import io.pileus.core.identity.Ids;
import io.pileus.core.service.CallContext;
import io.pileus.core.service.Settings;
import io.pileus.sns.delivery.Courier;
import io.pileus.sns.filter.FilterPolicy;
import io.pileus.sns.model.AuthorizationErrorException;
import io.pileus.sns.model.ConfirmSubscriptionInput;
import io.pileus.sns.model.ConfirmSubscriptionResponse;
import io.pileus.sns.model.GetSubscriptionAttributesInput;
import io.pileus.sns.model.GetSubscriptionAttributesResponse;
import io.pileus.sns.model.ListSubscriptionsByTopicInput;
import io.pileus.sns.model.ListSubscriptionsByTopicResponse;
import io.pileus.sns.model.ListSubscriptionsInput;
import io.pileus.sns.model.ListSubscriptionsResponse;
import io.pileus.sns.model.SetSubscriptionAttributesInput;
import io.pileus.sns.model.SetSubscriptionAttributesResponse;
import io.pileus.sns.model.SubscribeInput;
import io.pileus.sns.model.SubscribeResponse;
import io.pileus.sns.model.SubscriptionLimitExceededException;
import io.pileus.sns.model.UnsubscribeInput;
import io.pileus.sns.model.UnsubscribeResponse;
import io.pileus.sns.state.Protocol;
import io.pileus.sns.state.Subscription;
import io.pileus.sns.state.Topic;
import java.net.URI;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.regex.Pattern;

/** Subscriptions: subscribing, confirming, their attributes, ending them. */
final class SubscriptionOperations {
    /** How long a confirmation token holds: {@code ConfirmSubscription} says three days. */
    private static final Duration TOKEN_LIFETIME = Duration.ofDays(3);

    private static final int PAGE = 100;

    /** @see <a href="https://docs.aws.amazon.com/general/latest/gr/sns.html">Amazon SNS endpoints and quotas</a> */
    private static final int FIFO_SUBSCRIPTIONS_MAX = 100;

    /** @see <a href="https://docs.aws.amazon.com/sns/latest/dg/subscription-filter-policy-constraints.html">Filter policy constraints</a> */
    private static final int FILTER_POLICIES_PER_TOPIC_DEFAULT = 200;

    private static final int TOKEN_DIGITS = 64;
    private static final Pattern PHONE_NUMBER = Pattern.compile("\\+?[0-9][0-9 ().-]{0,30}");
    private static final Pattern EMAIL = Pattern.compile("[^@\\s]{1,64}@[^@\\s]{1,255}");

    private final Resources resources;
    private final Ids ids;
    private final Courier courier;
    private final Replays replays;
    private final int filterPoliciesPerTopicMax;

    /** @param settings how many filter policies a topic's subscriptions may have, which AWS raises on request */
    SubscriptionOperations(Resources resources, Ids ids, Courier courier, Replays replays, Settings settings) {
        this.filterPoliciesPerTopicMax =
                settings.number("PILEUS_SNS_FILTER_POLICIES_PER_TOPIC", FILTER_POLICIES_PER_TOPIC_DEFAULT);
        this.resources = resources;
        this.ids = ids;
        this.courier = courier;
        this.replays = replays;
    }

    CompletionStage<SubscribeResponse> subscribe(SubscribeInput input, CallContext call) {
        Protocol protocol = Protocol.of(input.protocol())
                .orElseThrow(() -> SnsErrors.invalidParameter(
                        "Amazon SNS does not support this protocol string: " + input.protocol()));
        String endpoint = input.endpoint() == null ? "" : input.endpoint();
        Topic topic = resources.topic(input.topicArn());
        checkEndpoint(protocol, endpoint, topic, input.attributes());
        if (protocol == Protocol.APPLICATION) {
            checkDevice(endpoint);
        }
        Map<String, String> attributes = new LinkedHashMap<>(input.attributes());
        String prefix = "Attributes Reason: ";
        attributes.forEach((name, value) -> SubscriptionAttributes.check(prefix, name, value, protocol, topic));
        Optional<FilterPolicy> filterPolicy = SubscriptionAttributes.filterPolicy(prefix, attributes);
        boolean pending = protocol.isConfirmedByToken() || isQueueOfAnother(protocol, endpoint, call);
        Subscription fresh = new Subscription(
                arn(topic),
                topic.arn(),
                protocol,
                endpoint,
                call.account(),
                call.caller().principalArn(),
                pending
                        ? new Subscription.PendingConfirmation(
                                ids.hex(TOKEN_DIGITS), call.receivedAt().plus(TOKEN_LIFETIME))
                        : new Subscription.Confirmed(true));
        fresh.attributes(attributes);
        Subscription subscription = topic.locked(() -> {
            Optional<Subscription> existing = topic.subscriptionOf(protocol, endpoint);
            if (existing.isPresent()) {
                checkSame(existing.get(), attributes);
                return existing.get();
            }
            if (topic.isFifo() && topic.subscriptions().size() >= FIFO_SUBSCRIPTIONS_MAX) {
                throw SubscriptionLimitExceededException.of("Subscription limit exceeded");
            }
            checkFilterPolicies(topic, fresh, filterPolicy);
            topic.filter(fresh, filterPolicy);
            topic.add(fresh);
            return fresh;
        });
        if (subscription.state() instanceof Subscription.PendingConfirmation confirmation) {
            courier.askToConfirm(
                    subscription,
                    confirmation.token(),
                    ids.uuid(),
                    call.endpoint(),
                    topic.attributes().getOrDefault("SignatureVersion", "1"));
        }
        boolean showArn = !pending || Boolean.TRUE.equals(input.returnSubscriptionArn()) || subscription.isConfirmed();
        SubscribeResponse answer = SubscribeResponse.builder()
                .subscriptionArn(showArn ? subscription.arn().toString() : "pending confirmation")
                .build();
        return !SubscriptionAttributes.isNone(attributes.getOrDefault("ReplayPolicy", "")) && subscription == fresh
                ? replays.start(topic, subscription, attributes.get("ReplayPolicy"), call)
                        .thenApply(done -> answer)
                : CompletableFuture.completedStage(answer);
    }

    /**
     * Whether the endpoint is a queue that the caller does not own, so that its owner must confirm.
     *
     * @see <a href="https://docs.aws.amazon.com/sns/latest/dg/sns-send-message-to-sqs-cross-account.html">Sending Amazon SNS
     *     messages to an Amazon SQS queue in a different account</a>
     */
    private static boolean isQueueOfAnother(Protocol protocol, String endpoint, CallContext call) {
        String account = call.caller().account().id();
        return protocol == Protocol.SQS
                && Arn.parse(endpoint)
                        .filter(queue -> !queue.account().equals(account))
                        .isPresent();
    }

    private Arn arn(Topic topic) {
        Arn arn = topic.arn();
        return new Arn(arn.partition(), "sns", arn.region(), arn.account(), arn.resource() + ":" + ids.uuid());
    }

    private void checkFilterPolicies(Topic topic, Subscription subscription, Optional<FilterPolicy> policy) {
        if (policy.isPresent()
                && subscription.filterPolicy().isEmpty()
                && topic.filterPolicies() >= filterPoliciesPerTopicMax) {
            throw SnsErrors.tooManyFilterPolicies();
        }
    }

    private static void checkSame(Subscription existing, Map<String, String> attributes) {
        for (Map.Entry<String, String> attribute : attributes.entrySet()) {
            String own = existing.attributes().get(attribute.getKey());
            if (!SubscriptionAttributes.same(attribute.getKey(), own, attribute.getValue())) {
                throw SnsErrors.invalidParameter("Attributes", "Subscription already exists with different attributes");
            }
        }
    }

    private static void checkEndpoint(Protocol protocol, String endpoint, Topic topic, Map<String, String> attributes) {
        if (endpoint.isEmpty()) {
            throw SnsErrors.invalidParameter("Endpoint");
        }
        if (topic.isFifo() && protocol != Protocol.SQS) {
            throw SnsErrors.invalidParameter("Invalid protocol type: " + protocol.wire()
                    + ". FIFO topics can deliver messages to SQS queues only");
        }
        switch (protocol) {
            case HTTP, HTTPS -> checkUrl(protocol, endpoint);
            case EMAIL, EMAIL_JSON -> {
                if (!EMAIL.matcher(endpoint).matches()) {
                    throw SnsErrors.invalidParameter("Email address");
                }
            }
            case SMS -> {
                if (!PHONE_NUMBER.matcher(endpoint).matches() || endpoint.contains("..") || endpoint.contains("--")) {
                    throw SnsErrors.invalidParameter("Invalid SMS endpoint: " + endpoint);
                }
            }
            case SQS -> {
                checkArn("SQS", "sqs", endpoint);
                if (endpoint.endsWith(".fifo") && !topic.isFifo()) {
                    throw SnsErrors.invalidParameter(
                            "Invalid parameter: Endpoint",
                            "FIFO SQS Queues can not be subscribed to standard SNS topics");
                }
            }
            case LAMBDA -> checkArn("Lambda", "lambda", endpoint);
            case FIREHOSE -> {
                checkArn("Firehose", "firehose", endpoint);
                if (!attributes.containsKey("SubscriptionRoleArn")) {
                    throw SnsErrors.invalidParameter(
                            "Attributes", "SubscriptionRoleArn is required for firehose subscriptions");
                }
            }
            case APPLICATION -> checkArn("Application", "sns", endpoint);
        }
    }

    private void checkDevice(String endpoint) {
        if (Arn.parse(endpoint)
                .flatMap(resources::of)
                .flatMap(state -> state.endpoint(endpoint))
                .isEmpty()) {
            throw SnsErrors.invalidParameter("Endpoint", "Endpoint does not exist for endpoint " + endpoint);
        }
    }

    private static void checkArn(String what, String service, String endpoint) {
        if (Arn.parse(endpoint).filter(arn -> arn.service().equals(service)).isEmpty()) {
            throw SnsErrors.invalidParameter(what + " endpoint ARN");
        }
    }

    private static void checkUrl(Protocol protocol, String endpoint) {
        if (!endpoint.startsWith(protocol.wire() + "://")) {
            throw SnsErrors.invalidParameter("Endpoint must match the specified protocol");
        }
        try {
            URI uri = URI.create(endpoint);
            if (uri.getHost() == null) {
                throw SnsErrors.invalidParameter("Endpoint");
            }
        } catch (IllegalArgumentException e) {
            throw SnsErrors.invalidParameter("Endpoint");
        }
    }

    ConfirmSubscriptionResponse confirmSubscription(ConfirmSubscriptionInput input, CallContext call) {
        Topic topic = resources.topic(input.topicArn());
        boolean authenticated = Boolean.parseBoolean(input.authenticateOnUnsubscribe());
        if (input.token().isEmpty()) {
            throw SnsErrors.invalidParameter("Token");
        }
        Subscription confirmed = topic.locked(() -> {
            for (Subscription subscription : topic.subscriptions()) {
                if (subscription.state() instanceof Subscription.PendingConfirmation pending
                        && pending.token().equals(input.token())
                        && pending.expiresAt().isAfter(call.receivedAt())) {
                    topic.confirm(subscription, authenticated, pending.token());
                    return subscription;
                }
                if (input.token().equals(subscription.confirmedWith())) {
                    return subscription;
                }
            }
            throw SnsErrors.invalidParameter("Token");
        });
        return ConfirmSubscriptionResponse.builder()
                .subscriptionArn(confirmed.arn().toString())
                .build();
    }

    UnsubscribeResponse unsubscribe(UnsubscribeInput input, CallContext call) {
        String text = input.subscriptionArn();
        Arn arn = Arn.parse(text).orElseThrow(() -> SnsErrors.malformedArn("SubscriptionArn", text));
        if (arn.resource().indexOf(':') < 0) {
            throw SnsErrors.invalidParameter("SubscriptionArn", "An ARN must have at least 6 elements, not 5");
        }
        Resources.Found found;
        try {
            found = resources.subscription(text);
        } catch (io.pileus.sns.model.NotFoundException e) {
            // Unsubscribing what is gone succeeds, as in AWS.
            return UnsubscribeResponse.builder().build();
        }
        Subscription subscription = found.subscription();
        switch (subscription.state()) {
            case Subscription.PendingConfirmation pending ->
                throw SnsErrors.invalidParameter(
                        "SubscriptionArn", "Cannot unsubscribe a subscription that is pending confirmation");
            case Subscription.Confirmed confirmed -> {
                if (confirmed.authenticated() && call.caller().kind() == Caller.Kind.ANONYMOUS) {
                    throw AuthorizationErrorException.of("User is not authorized to unsubscribe this endpoint");
                }
            }
        }
        found.topic().locked(() -> {
            found.topic().remove(subscription);
            return null;
        });
        return UnsubscribeResponse.builder().build();
    }

    /** Those that the caller's account has made, be it to topics of others. */
    ListSubscriptionsResponse listSubscriptions(ListSubscriptionsInput input, CallContext call) {
        List<Subscription> all = resources.all().stream()
                .filter(state -> state.region().equals(call.region()))
                .flatMap(state -> state.topics().values().stream())
                .flatMap(topic -> topic.locked(topic::subscriptions).stream())
                .filter(subscription -> subscription.owner().equals(call.account()))
                .sorted(java.util.Comparator.comparing(s -> s.arn().toString()))
                .toList();
        Page<Subscription> page = Page.of(all, s -> s.arn().toString(), input.nextToken(), PAGE);
        return ListSubscriptionsResponse.builder()
                .subscriptions(
                        page.items().stream().map(SubscriptionOperations::shown).toList())
                .nextToken(page.nextToken())
                .build();
    }

    ListSubscriptionsByTopicResponse listSubscriptionsByTopic(ListSubscriptionsByTopicInput input, CallContext call) {
        Topic topic = resources.topic(input.topicArn());
        List<Subscription> all = topic.locked(topic::subscriptions).stream()
                .sorted(java.util.Comparator.comparing(s -> s.arn().toString()))
                .toList();
        Page<Subscription> page = Page.of(all, s -> s.arn().toString(), input.nextToken(), PAGE);
        return ListSubscriptionsByTopicResponse.builder()
                .subscriptions(
                        page.items().stream().map(SubscriptionOperations::shown).toList())
                .nextToken(page.nextToken())
                .build();
    }

    private static io.pileus.sns.model.Subscription shown(Subscription subscription) {
        return io.pileus.sns.model.Subscription.builder()
                .subscriptionArn(subscription.isConfirmed() ? subscription.arn().toString() : "PendingConfirmation")
                .owner(subscription.owner().id())
                .protocol(subscription.protocol().wire())
                .endpoint(subscription.endpoint())
                .topicArn(subscription.topic().toString())
                .build();
    }

    GetSubscriptionAttributesResponse getSubscriptionAttributes(
            GetSubscriptionAttributesInput input, CallContext call) {
        Resources.Found found = resources.subscription(input.subscriptionArn());
        return GetSubscriptionAttributesResponse.builder()
                .attributes(
                        found.topic().locked(() -> SubscriptionAttributes.shown(found.subscription(), found.topic())))
                .build();
    }

    SetSubscriptionAttributesResponse setSubscriptionAttributes(
            SetSubscriptionAttributesInput input, CallContext call) {
        Resources.Found found = resources.subscription(input.subscriptionArn());
        Topic topic = found.topic();
        Subscription subscription = found.subscription();
        String name = input.attributeName();
        String value = input.attributeValue() == null ? "" : input.attributeValue();
        SubscriptionAttributes.check("", name, value, subscription.protocol(), topic);
        topic.locked(() -> {
            Map<String, String> changed = new LinkedHashMap<>(subscription.attributes());
            boolean removes = value.isEmpty() || name.endsWith("Policy") && SubscriptionAttributes.isNone(value);
            if (removes) {
                changed.remove(name);
                if (name.equals("FilterPolicy")) {
                    changed.remove("FilterPolicyScope");
                }
            } else {
                changed.put(name, value);
            }
            Optional<FilterPolicy> filterPolicy = SubscriptionAttributes.filterPolicy("", changed);
            checkFilterPolicies(topic, subscription, filterPolicy);
            topic.filter(subscription, filterPolicy);
            subscription.attributes(changed);
            return null;
        });
        if (name.equals("ReplayPolicy") && !SubscriptionAttributes.isNone(value)) {
            replays.start(topic, subscription, value, call);
        }
        return SetSubscriptionAttributesResponse.builder().build();
    }
}
