package io.pileus.cognito.idp.auth;

import io.pileus.cognito.idp.Realm;
import io.pileus.cognito.idp.state.PoolsState;
import io.pileus.core.state.StateSink;
import io.pileus.core.state.StateSource;
import java.time.Instant;

/** Saves the challenges that wait for an answer, so that sign-ins go on where they were. */
public final class SessionsState {
    private final Realm realm;

    public SessionsState(Realm realm) {
        this.realm = realm;
    }

    private record SavedSession(ChallengeSession state, Instant expiresAt) {}

    public void save(StateSink sink) {
        realm.sessions()
                .forEach((name, state, expiresAt) -> realm.pools()
                        .withId(state.origin().poolId())
                        .ifPresent(pool -> sink.put(
                                PoolsState.scope(pool),
                                "session",
                                name,
                                state,
                                () -> new SavedSession(state, expiresAt))));
    }

    public void load(StateSource source) {
        source.each(
                "session",
                SavedSession.class,
                (scope, name, saved) -> realm.sessions()
                        .put(
                                name,
                                saved.state(),
                                saved.expiresAt(),
                                realm.env().clock().instant()));
    }
}
