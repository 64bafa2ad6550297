package io.pileus.cognito.idp.crypto;

import java.util.Base64;

/**
 * The secret hash that callers of an app client with a secret send along:
 * {@code Base64(HMAC_SHA256(clientSecret, username + clientId))}.
 *
 * @see <a href="https://docs.aws.amazon.com/cognito/latest/developerguide/signing-up-users-in-your-app.html#cognito-user-pools-computing-secret-hash">Computing
 *     secret hash values</a>
 */
public final class SecretHash {
    private SecretHash() {}

    public static String of(String clientSecret, String username, String clientId) {
        return Base64.getEncoder()
                .encodeToString(
                        Digests.hmacSha256(Digests.utf8(clientSecret), Digests.utf8(username), Digests.utf8(clientId)));
    }

    public static boolean matches(String given, String clientSecret, String username, String clientId) {
        return Digests.equal(given, of(clientSecret, username, clientId));
    }
}
