package io.pileus.cognito.idp.auth;

import io.pileus.cognito.idp.state.AppClient;
import org.jspecify.annotations.Nullable;

/** The check of the secret hash for the operations that have it as a member. */
public final class SecretHashes {
    private SecretHashes() {}

    public static void check(AppClient client, @Nullable String hash, String username) {
        FirstFactor.checkSecretHash(client, hash, username);
    }
}
