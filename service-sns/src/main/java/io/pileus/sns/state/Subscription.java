package io.pileus.sns.state;

import io.pileus.core.identity.AccountId;
import io.pileus.core.identity.Arn;
import io.pileus.core.identity.Caller;
import io.pileus.sns.filter.FilterPolicy;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A subscription of an endpoint to a topic. It is pending until its endpoint's owner confirms it (at once, where no token
 * is needed); then it is confirmed until it is deleted. Guarded by its topic's lock.
 */
public final class Subscription {

    /** Whether the subscription receives messages yet. */
    public sealed interface State {}

    /** Waits for the token, which holds for three days. */
    public record PendingConfirmation(String token, Instant expiresAt) implements State {}

    /** @param authenticated whether unsubscribing needs AWS credentials */
    public record Confirmed(boolean authenticated) implements State {}

    private final Arn arn;
    private final Arn topic;
    private final Protocol protocol;
    private final String endpoint;
    private final AccountId owner;
    private final String principal;
    private final Optional<Arn> target;
    private final Caller sender;
    private final String arnText;
    private final String topicText;
    private volatile Map<String, String> attributes = Map.of();
    private volatile boolean raw;
    private volatile Optional<FilterPolicy> filterPolicy = Optional.empty();
    private volatile State state;
    private volatile String confirmedWith = "";
    private volatile long place;
    private volatile int changes;

    public Subscription(
            Arn arn, Arn topic, Protocol protocol, String endpoint, AccountId owner, String principal, State state) {
        this.arn = arn;
        this.topic = topic;
        this.protocol = protocol;
        this.endpoint = endpoint;
        this.owner = owner;
        this.principal = principal;
        this.state = state;
        this.target = Arn.parse(endpoint);
        this.sender = Caller.service(owner, "sns.amazonaws.com");
        this.arnText = arn.toString();
        this.topicText = topic.toString();
    }

    public Arn arn() {
        return arn;
    }

    public Arn topic() {
        return topic;
    }

    /** The ARN as text. */
    public String arnText() {
        return arnText;
    }

    /** The topic's ARN as text. */
    public String topicText() {
        return topicText;
    }

    /** The endpoint's ARN, where it is one. */
    public Optional<Arn> target() {
        return target;
    }

    /** On whose behalf messages are delivered. */
    public Caller sender() {
        return sender;
    }

    public Protocol protocol() {
        return protocol;
    }

    public String endpoint() {
        return endpoint;
    }

    public AccountId owner() {
        return owner;
    }

    /** The ARN of who subscribed. */
    public String principal() {
        return principal;
    }

    public State state() {
        return state;
    }

    void confirm(boolean authenticated, String token) {
        state = new Confirmed(authenticated);
        confirmedWith = token;
        changes++;
    }

    /** The token that confirmed it, so that confirming twice is harmless; empty when none was needed. */
    public String confirmedWith() {
        return confirmedWith;
    }

    /** Its place in the order in which the topic's subscriptions were made. */
    void place(long number) {
        place = number;
    }

    long place() {
        return place;
    }

    /** Grows with everything that is saved of it. */
    int changes() {
        return changes;
    }

    SavedSubscription saved() {
        PendingConfirmation pending = state instanceof PendingConfirmation each ? each : null;
        return new SavedSubscription(
                arnText,
                topicText,
                protocol,
                endpoint,
                owner.id(),
                principal,
                attributes,
                place,
                pending == null ? null : pending.token(),
                pending == null ? null : pending.expiresAt(),
                state instanceof Confirmed confirmed && confirmed.authenticated(),
                confirmedWith);
    }

    /** The subscription that was saved, without its filter policy. */
    static Subscription of(SavedSubscription saved) {
        Subscription subscription = new Subscription(
                Arn.parse(saved.arn()).orElseThrow(),
                Arn.parse(saved.topic()).orElseThrow(),
                saved.protocol(),
                saved.endpoint(),
                new AccountId(saved.owner()),
                saved.principal(),
                saved.token() != null && saved.tokenExpiresAt() != null
                        ? new PendingConfirmation(saved.token(), saved.tokenExpiresAt())
                        : new Confirmed(saved.authenticated()));
        subscription.attributes(saved.attributes());
        subscription.confirmedWith = saved.confirmedWith();
        subscription.place = saved.place();
        return subscription;
    }

    public boolean isConfirmed() {
        return state instanceof Confirmed;
    }

    /** The attributes as the subscriber set them. */
    public Map<String, String> attributes() {
        return attributes;
    }

    /** Replaces the attributes, in their order. */
    public void attributes(Map<String, String> newAttributes) {
        attributes = Collections.unmodifiableMap(new LinkedHashMap<>(newAttributes));
        raw = Boolean.parseBoolean(newAttributes.get("RawMessageDelivery"));
        changes++;
    }

    public Optional<FilterPolicy> filterPolicy() {
        return filterPolicy;
    }

    void filterPolicy(Optional<FilterPolicy> policy) {
        filterPolicy = policy;
    }

    public boolean isRaw() {
        return raw;
    }
}
