package io.pileus.cognito.idp;

import io.pileus.cognito.idp.auth.ChallengeSession;
import io.pileus.cognito.idp.model.UserPoolType;
import io.pileus.cognito.idp.state.AppClient;
import io.pileus.cognito.idp.state.Expiring;
import io.pileus.cognito.idp.state.User;
import io.pileus.cognito.idp.state.UserPool;
import io.pileus.cognito.idp.state.UserPools;
import io.pileus.cognito.idp.triggers.Triggers;
import io.pileus.core.service.CallContext;
import io.pileus.core.service.ServiceEnvironment;
import java.security.SecureRandom;
import java.util.Base64;

/**
 * What the operations on user pools share: the pools, the outbox, the triggers, the open challenges, chance.
 *
 */
public record Realm(
        ServiceEnvironment env,
        UserPools pools,
        Outbox outbox,
        Triggers triggers,
        Expiring<ChallengeSession> sessions,
        Attempts attempts,
        SecureRandom random) {
    private static final int SESSIONS_MAX = 200_000;

    public static Realm of(ServiceEnvironment env) {
        return new Realm(
                env,
                new UserPools(),
                new Outbox(),
                new Triggers(env),
                new Expiring<>(SESSIONS_MAX),
                new Attempts(),
                new SecureRandom());
    }

    /** Whether wrong passwords lock a user out for a while, and wrong codes are limited, as in AWS. */
    public boolean lockout() {
        return env.settings().flag("COGNITO_RATE_LIMITS", true);
    }

    /** The pool with this id in the caller's account and region. */
    public UserPool pool(String poolId, CallContext call) {
        return pools.withId(poolId, call.account(), call.region())
                .orElseThrow(() -> CognitoErrors.poolNotFound(poolId));
    }

    public AppClient client(UserPool pool, String clientId) {
        AppClient client = pool.clients().get(clientId);
        if (client == null) {
            throw CognitoErrors.clientNotFound(clientId);
        }
        return client;
    }

    /** The user whom an administrator names: by username, sub or an active alias. */
    public User user(UserPool pool, String username) {
        return pool.find(username).orElseThrow(CognitoErrors::userNotFound);
    }

    /** The pool of an unsigned call's client. */
    public UserPool poolOfClient(String clientId) {
        return pools.ofClient(clientId).orElseThrow(() -> CognitoErrors.clientNotFound(clientId));
    }

    /** Where tokens of the pool say they come from; the key set is below it. */
    public String issuer(UserPool pool, CallContext call) {
        return base(call) + "/" + pool.id();
    }

    /**
     * The address that users reach the emulator at: COGNITO_ISSUER_URL where it is set, LOCALSTACK_HOST where it names a
     * port, else where the caller reached us. (Test containers set LOCALSTACK_HOST without a port, and then map another
     * one, so such a value cannot be trusted.)
     */
    public String base(CallContext call) {
        return env.settings()
                .get("COGNITO_ISSUER_URL")
                .map(url -> url.endsWith("/") ? url.substring(0, url.length() - 1) : url)
                .or(() -> env.settings()
                        .get("LOCALSTACK_HOST")
                        .filter(host -> host.indexOf(':') > 0)
                        .map(host -> (env.settings().flag("USE_SSL", false) ? "https://" : "http://") + host))
                .orElse(call.endpoint());
    }

    /** A random name that cannot be guessed, in base64url. */
    public String secretName(int bytes) {
        byte[] name = new byte[bytes];
        random.nextBytes(name);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(name);
    }

    /** The pool as DescribeUserPool shows it. */
    public UserPoolType describe(UserPool pool) {
        return pool.settings().toBuilder()
                .schemaAttributes(pool.schema().attributes())
                .estimatedNumberOfUsers(pool.users().size())
                .build();
    }
}
