package io.pileus.cognito.idp.auth;

import io.pileus.cognito.idp.CognitoErrors;
import io.pileus.cognito.idp.Realm;
import io.pileus.cognito.idp.state.User;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Opens challenges and finds their sessions again. */
public final class Challenges {
    private final Realm realm;

    public Challenges(Realm realm) {
        this.realm = realm;
    }

    AuthStep open(SignIn signIn, String name, ChallengeSession state, Map<String, String> parameters) {
        return open(signIn, name, state, parameters, List.of());
    }

    AuthStep open(
            SignIn signIn,
            String name,
            ChallengeSession state,
            Map<String, String> parameters,
            List<String> available) {
        return new AuthStep.Challenge(
                name,
                remember(
                        state,
                        signIn.client().authSessionValidity(),
                        signIn.call().receivedAt()),
                parameters,
                available);
    }

    public String remember(ChallengeSession state, Duration validity, Instant now) {
        String session = "AYAB" + realm.secretName(192);
        realm.sessions().put(session, state, now.plus(validity), now);
        return session;
    }

    /** The open challenge of a session, which must belong to the client. It stays open until {@link #close}. */
    <S extends ChallengeSession> S find(SignIn signIn, Class<S> type) {
        ChallengeSession state = find(signIn.session(), signIn.call().receivedAt());
        boolean fits = type.isInstance(state)
                && state.origin().poolId().equals(signIn.pool().id())
                && state.origin().clientId().equals(signIn.client().id());
        if (!fits) {
            throw CognitoErrors.invalidSession();
        }
        return type.cast(state);
    }

    public ChallengeSession find(String session, Instant now) {
        if (session.isEmpty()) {
            throw CognitoErrors.invalidParameter("Missing required parameter Session");
        }
        if (realm.sessions().expired(session, now)) {
            throw CognitoErrors.sessionExpired();
        }
        ChallengeSession state = realm.sessions().peek(session, now).orElseThrow(CognitoErrors::invalidSession);
        if (state instanceof ChallengeSession.Used) {
            throw CognitoErrors.notAuthorized("Invalid session for the user, session can only be used once.");
        }
        return state;
    }

    /** Spends a session; whoever comes second is refused. */
    void close(SignIn signIn, ChallengeSession state) {
        Instant now = signIn.call().receivedAt();
        if (realm.sessions()
                .take(signIn.session(), now)
                .filter(s -> !(s instanceof ChallengeSession.Used))
                .isEmpty()) {
            throw CognitoErrors.notAuthorized("Invalid session for the user, session can only be used once.");
        }
        realm.sessions()
                .put(
                        signIn.session(),
                        new ChallengeSession.Used(state.origin()),
                        now.plus(signIn.client().authSessionValidity()),
                        now);
    }

    /** The user of an open challenge, whom the answer must name by any of their names, if it names one. */
    User user(SignIn signIn, ChallengeSession state) {
        User user = signIn.pool().users().named(state.origin().username()).orElseThrow(CognitoErrors::invalidSession);
        boolean another = signIn.parameter("USERNAME")
                .filter(name -> signIn.pool()
                        .find(name)
                        .filter(named -> named.sub().equals(user.sub()))
                        .isEmpty())
                .isPresent();
        if (another) {
            throw CognitoErrors.invalidSession();
        }
        if (!user.enabled()) {
            throw CognitoErrors.userDisabled();
        }
        return user;
    }
}
