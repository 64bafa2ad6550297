package io.pileus.sns;

import io.pileus.core.identity.AccountId;
import io.pileus.core.identity.Arn;
import io.pileus.core.identity.Region;
import io.pileus.core.service.CallContext;
import io.pileus.core.service.Scopes;
import io.pileus.sns.state.SnsState;
import io.pileus.sns.state.Subscription;
import io.pileus.sns.state.Topic;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Finds the topics and subscriptions that ARNs name, in whichever account and region they live. */
final class Resources {
    private final Scopes<SnsState> scopes;

    private final String internalEndpoint;

    /** @param internalEndpoint what URLs in messages begin with when no client's request led to them */
    Resources(Scopes<SnsState> scopes, String internalEndpoint) {
        this.scopes = scopes;
        this.internalEndpoint = internalEndpoint;
    }

    String internalEndpoint() {
        return internalEndpoint;
    }

    SnsState of(CallContext call) {
        return scopes.of(call);
    }

    /** The state that an ARN points into, if it has been touched. */
    Optional<SnsState> of(Arn arn) {
        return AccountId.isValid(arn.account()) && !arn.region().isEmpty()
                ? scopes.find(new AccountId(arn.account()), new Region(arn.region()))
                : Optional.empty();
    }

    /** The topic, or SNS's error; the ARN must be a topic's. */
    Topic topic(@Nullable String topicArn) {
        String text = topicArn == null ? "" : topicArn;
        Arn arn = Arn.parse(text).orElseThrow(() -> SnsErrors.malformedArn("TopicArn", text));
        if (!arn.service().equals("sns") || arn.resource().indexOf(':') >= 0) {
            throw SnsErrors.invalidParameter("TopicArn");
        }
        return of(arn).flatMap(state -> state.topic(text)).orElseThrow(SnsErrors::topicDoesNotExist);
    }

    /** A subscription with its topic. */
    record Found(Topic topic, Subscription subscription) {}

    Found subscription(@Nullable String subscriptionArn) {
        String text = subscriptionArn == null ? "" : subscriptionArn;
        Arn arn = Arn.parse(text).orElseThrow(() -> SnsErrors.malformedArn("SubscriptionArn", text));
        int lastColon = text.lastIndexOf(':');
        if (!arn.service().equals("sns") || arn.resource().indexOf(':') < 0) {
            throw SnsErrors.invalidParameter("SubscriptionArn");
        }
        String topicArn = text.substring(0, lastColon);
        return of(arn).flatMap(state -> state.topic(topicArn))
                .flatMap(topic -> topic.locked(() -> topic.subscription(text)).map(s -> new Found(topic, s)))
                .orElseThrow(SnsErrors::subscriptionDoesNotExist);
    }

    List<SnsState> all() {
        return scopes.all();
    }
}
