package io.pileus.cognito.idp.auth;

import io.pileus.cognito.idp.CognitoErrors;
import io.pileus.cognito.idp.state.AppClient;
import org.jspecify.annotations.Nullable;

/** Refuses calls whose secret hash does not fit the client. */
public final class SecretHashes {
    private SecretHashes() {}

    /** The hash that an operation has as a member of its own; SignUp says what it misses in other words than sign-ins do. */
    public static void check(AppClient client, @Nullable String hash, String username) {
        check(client, hash, username, "configured for secret but secret was not received");
    }

    /** The hash among the parameters of a sign-in. */
    static void check(SignIn signIn, String username) {
        String hash = signIn.parameters().get("SECRET_HASH");
        check(signIn.client(), hash, username, "configured with secret but SECRET_HASH was not received");
    }

    private static void check(AppClient client, @Nullable String hash, String username, String missing) {
        boolean given = hash != null && !hash.isEmpty();
        if (given && !client.hasSecret()) {
            throw CognitoErrors.notAuthorized(
                    "Client " + client.id() + " is not configured for secret but secret hash was received");
        }
        if (!client.hasSecret()) {
            return;
        }
        if (!given) {
            throw CognitoErrors.notAuthorized("Client " + client.id() + " is " + missing);
        }
        if (!client.secretHashIs(hash, username)) {
            throw CognitoErrors.unableToVerifySecretHash(client.id());
        }
    }
}
