package io.pileus.sns;

import io.pileus.core.identity.AccountId;
import io.pileus.core.identity.Arn;
import io.pileus.core.identity.Region;
import io.pileus.core.service.Scopes;
import io.pileus.core.service.Scopes.Scope;
import io.pileus.core.state.StateSink;
import io.pileus.core.state.StateSource;
import io.pileus.sns.delivery.Courier;
import io.pileus.sns.delivery.SavedConfirmation;
import io.pileus.sns.delivery.SavedRetry;
import io.pileus.sns.delivery.SavedSigningKey;
import io.pileus.sns.delivery.Signer;
import io.pileus.sns.state.PlatformApplication;
import io.pileus.sns.state.SavedApplication;
import io.pileus.sns.state.SavedArchived;
import io.pileus.sns.state.SavedEndpoint;
import io.pileus.sns.state.SavedSent;
import io.pileus.sns.state.SavedSms;
import io.pileus.sns.state.SavedSubscription;
import io.pileus.sns.state.SavedTopic;
import io.pileus.sns.state.SnsState;
import io.pileus.sns.state.Subscription;
import io.pileus.sns.state.Topic;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Tells the state of SNS to be saved, and builds it anew. What left for phones and mailboxes and the log of deliveries are no
 * state: they tell what happened in this process.
 */
final class SnsSaving {
    private static final String APPLICATION = "application";
    private static final String ENDPOINT = "endpoint";
    private static final String SMS = "sms";
    private static final String SIGNING_KEY = "signing-key";

    /** The signing key is the emulator's, not an account's. */
    private static final Scope EVERYWHERE = new Scope(AccountId.DEFAULT, Region.US_EAST_1);

    private final Scopes<SnsState> scopes;
    private final Resources resources;
    private final Courier courier;
    private final Signer signer;

    SnsSaving(Scopes<SnsState> scopes, Resources resources, Courier courier, Signer signer) {
        this.scopes = scopes;
        this.resources = resources;
        this.courier = courier;
        this.signer = signer;
    }

    void save(StateSink sink) {
        for (SnsState state : scopes.all()) {
            Scope scope = new Scope(state.account(), state.region());
            state.topics().values().forEach(topic -> topic.save(scope, sink));
            state.applications().values().forEach(application -> save(scope, application, sink));
            SavedSms sms = state.sms().saved();
            if (!sms.isEmpty()) {
                sink.put(scope, SMS, "settings", sms);
            }
        }
        courier.save(sink);
        boolean signs = scopes.all().stream().anyMatch(state -> !state.topics().isEmpty());
        if (signs || signer.hasKey()) {
            sink.put(EVERYWHERE, SIGNING_KEY, "key", signer.saved());
        }
    }

    private static void save(Scope scope, PlatformApplication application, StateSink sink) {
        String arn = application.arn().toString();
        sink.put(
                scope,
                APPLICATION,
                arn,
                new SavedApplication(arn, application.platform(), new TreeMap<>(application.attributes())));
        for (PlatformApplication.Endpoint endpoint : application.endpoints()) {
            Map<String, String> attributes = new TreeMap<>(endpoint.attributes());
            sink.put(
                    scope,
                    ENDPOINT,
                    endpoint.arn().toString(),
                    attributes,
                    () -> new SavedEndpoint(arn, endpoint.arn().toString(), attributes));
        }
    }

    void load(StateSource source) {
        source.each(SIGNING_KEY, SavedSigningKey.class, (scope, id, saved) -> signer.load(saved));
        source.each(
                Topic.TOPIC,
                SavedTopic.class,
                (scope, id, saved) -> state(scope).topics().put(saved.arn(), Topic.of(saved)));
        Map<String, List<SavedSubscription>> subscriptions = new HashMap<>();
        source.each(
                Topic.SUBSCRIPTION,
                SavedSubscription.class,
                (scope, id, saved) -> subscriptions
                        .computeIfAbsent(saved.topic(), topic -> new ArrayList<>())
                        .add(saved));
        subscriptions.forEach((arn, saved) -> topic(arn)
                .ifPresent(topic -> topic.locked(() -> {
                    topic.load(saved, attributes -> SubscriptionAttributes.filterPolicy("", attributes));
                    return null;
                })));
        Map<String, List<SavedSent>> windows = new HashMap<>();
        source.each(
                Topic.SENT,
                SavedSent.class,
                (scope, id, saved) -> windows.computeIfAbsent(saved.topic(), topic -> new ArrayList<>())
                        .add(saved));
        windows.forEach((arn, saved) -> topic(arn).ifPresent(topic -> topic.loadWindow(saved)));
        source.each(
                Topic.ARCHIVED,
                SavedArchived.class,
                (scope, id, saved) -> topic(saved.topic()).ifPresent(t -> t.load(saved)));
        source.each(APPLICATION, SavedApplication.class, (scope, id, saved) -> {
            PlatformApplication application =
                    new PlatformApplication(Arn.parse(saved.arn()).orElseThrow(), saved.platform());
            application.attributes().putAll(saved.attributes());
            state(scope).applications().put(saved.arn(), application);
        });
        source.each(
                ENDPOINT,
                SavedEndpoint.class,
                (scope, id, saved) -> state(scope)
                        .application(saved.application())
                        .ifPresent(application -> application.add(new PlatformApplication.Endpoint(
                                Arn.parse(saved.arn()).orElseThrow(), saved.attributes()))));
        source.each(
                SMS, SavedSms.class, (scope, id, saved) -> state(scope).sms().load(saved));
        source.each(
                "retry",
                SavedRetry.class,
                (scope, id, saved) -> topic(saved.topic())
                        .ifPresent(topic -> subscription(topic, saved.subscription())
                                .ifPresent(subscription -> courier.load(saved, topic, subscription))));
        source.each("confirmation", SavedConfirmation.class, (scope, id, saved) -> courier.load(saved));
    }

    void resume() {
        courier.resume(saved -> topic(saved.topic()).flatMap(topic -> subscription(topic, saved.subscription())));
    }

    private SnsState state(Scope scope) {
        return scopes.of(scope.account(), scope.region());
    }

    private Optional<Topic> topic(String arn) {
        return Arn.parse(arn).flatMap(resources::of).flatMap(state -> state.topic(arn));
    }

    private static Optional<Subscription> subscription(Topic topic, String arn) {
        return topic.locked(() -> topic.subscription(arn));
    }
}
