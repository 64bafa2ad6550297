package io.pileus.cognito.idp.oidc;

import io.pileus.cognito.idp.Realm;
import io.pileus.cognito.idp.state.Expiring;
import io.pileus.cognito.idp.state.PoolsState;
import io.pileus.core.state.StateSink;
import io.pileus.core.state.StateSource;
import java.time.Instant;
import java.util.List;
import java.util.function.Predicate;

/**
 * What the pages remember between one request and the next: codes that were given out, who is signed in at which browser,
 * and sign-ins that are under way elsewhere. Each has a name that only those know whom it concerns.
 */
public final class PagesState {
    private static final int THINGS_MAX = 100_000;

    /** A thing that is remembered for a while. Saved as it is, so it is a record of plain values. */
    interface Remembered {
        String poolId();

        Instant expiresAt();
    }

    private record Kind<T extends Record & Remembered>(String name, Class<T> type, Expiring<T> things) {}

    private final Realm realm;
    private final Expiring<AuthorizationCode> codes = new Expiring<>(THINGS_MAX);
    private final Expiring<BrowserSession> sessions = new Expiring<>(THINGS_MAX);
    private final Expiring<Federation.Pending> openIdSignIns = new Expiring<>(THINGS_MAX);
    private final Expiring<SamlFederation.Pending> samlSignIns = new Expiring<>(THINGS_MAX);
    private final Expiring<SamlFederation.PendingSignOut> samlSignOuts = new Expiring<>(THINGS_MAX);
    private final Expiring<SamlFederation.UsedAssertion> usedAssertions = new Expiring<>(THINGS_MAX);
    private final List<Kind<?>> kinds = List.of(
            new Kind<>("authorization-code", AuthorizationCode.class, codes),
            new Kind<>("browser-session", BrowserSession.class, sessions),
            new Kind<>("openid-sign-in", Federation.Pending.class, openIdSignIns),
            new Kind<>("saml-sign-in", SamlFederation.Pending.class, samlSignIns),
            new Kind<>("saml-sign-out", SamlFederation.PendingSignOut.class, samlSignOuts),
            new Kind<>("saml-assertion", SamlFederation.UsedAssertion.class, usedAssertions));

    public PagesState(Realm realm) {
        this.realm = realm;
    }

    Expiring<AuthorizationCode> codes() {
        return codes;
    }

    Expiring<BrowserSession> sessions() {
        return sessions;
    }

    Expiring<Federation.Pending> openIdSignIns() {
        return openIdSignIns;
    }

    Expiring<SamlFederation.Pending> samlSignIns() {
        return samlSignIns;
    }

    Expiring<SamlFederation.PendingSignOut> samlSignOuts() {
        return samlSignOuts;
    }

    /** Those that must not be accepted again, by provider and id. */
    Expiring<SamlFederation.UsedAssertion> usedAssertions() {
        return usedAssertions;
    }

    /** Forgets what is of these pools. */
    public void forget(Predicate<String> poolIds) {
        kinds.forEach(kind -> kind.things().removeIf(thing -> poolIds.test(thing.poolId())));
    }

    public void save(StateSink sink) {
        kinds.forEach(kind -> save(kind, sink));
    }

    private <T extends Record & Remembered> void save(Kind<T> kind, StateSink sink) {
        kind.things()
                .forEach((name, thing, expiresAt) -> realm.pools()
                        .withId(thing.poolId())
                        .ifPresent(pool -> sink.put(PoolsState.scope(pool), kind.name(), name, thing, () -> thing)));
    }

    public void load(StateSource source) {
        Instant now = realm.env().clock().instant();
        kinds.forEach(kind -> load(kind, source, now));
    }

    private static <T extends Record & Remembered> void load(Kind<T> kind, StateSource source, Instant now) {
        source.each(
                kind.name(),
                kind.type(),
                (scope, name, thing) -> kind.things().put(name, thing, thing.expiresAt(), now));
    }
}
