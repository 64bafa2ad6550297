package io.pileus.cognito.idp.auth;

import io.pileus.cognito.idp.CognitoErrors;
import io.pileus.cognito.idp.Realm;
import io.pileus.cognito.idp.model.RefreshTokenReuseException;
import io.pileus.cognito.idp.state.AppClient;
import io.pileus.cognito.idp.state.TokenFamily;
import io.pileus.cognito.idp.state.User;
import io.pileus.cognito.idp.state.UserPool;
import io.pileus.cognito.idp.tokens.TokenIssuer;
import io.pileus.cognito.idp.tokens.TokenRequest;
import io.pileus.core.service.CallContext;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * Gives new ID and access tokens for a refresh token, and a new refresh token when the client rotates them.
 *
 * @see <a href="https://docs.aws.amazon.com/cognito/latest/developerguide/amazon-cognito-user-pools-using-the-refresh-token.html">Refresh
 *     tokens</a>
 */
public final class RefreshAuth {
    private final Realm realm;
    private final TokenIssuer issuer;

    public RefreshAuth(Realm realm, TokenIssuer issuer) {
        this.realm = realm;
        this.issuer = issuer;
    }

    AuthStep initiate(SignIn signIn) {
        String token = FirstFactor.required(signIn, "REFRESH_TOKEN");
        if (signIn.client().rotatesRefreshTokens()) {
            throw CognitoErrors.invalidParameter(
                    "Refresh token rotation is enabled for this client: use GetTokensFromRefreshToken.");
        }
        TokenFamily family = family(signIn.pool(), signIn.client(), token, signIn.call());
        checkSecretHash(signIn, family);
        return new AuthStep.Authenticated(
                family.username(),
                family.deviceKey(),
                refresh(signIn.pool(), signIn.client(), token, family, signIn.clientMetadata(), signIn.call())
                        .result()
                        .build());
    }

    /** Clients hash the username; where the name is an alias, some hash the sub. Either is the user's. */
    private static void checkSecretHash(SignIn signIn, TokenFamily family) {
        String hash = signIn.parameter("SECRET_HASH").orElse("");
        AppClient client = signIn.client();
        if (client.hasSecret() && !hash.isEmpty() && client.secretHashIs(hash, family.sub())) {
            return;
        }
        boolean alias = client.hasSecret()
                && signIn.pool().users().named(family.username()).stream()
                        .flatMap(user -> user.attributes().values().stream())
                        .anyMatch(value -> client.secretHashIs(hash, value));
        if (!alias) {
            FirstFactor.checkSecretHash(signIn, family.username());
        }
    }

    /** The family of a refresh token that the client may still use. */
    public TokenFamily family(UserPool pool, AppClient client, String token, CallContext call) {
        String hash = TokenIssuer.hash(token);
        TokenFamily family = pool.tokens()
                .byRefreshToken(hash)
                .filter(f -> f.clientId().equals(client.id()))
                .orElseThrow(() -> CognitoErrors.notAuthorized(
                        pool.tokens().revoked(hash) ? "Refresh Token has been revoked" : "Invalid Refresh Token"));
        Instant now = call.receivedAt();
        if (!now.isBefore(family.expiresAt())) {
            throw CognitoErrors.notAuthorized("Refresh Token has expired");
        }
        Instant usableUntil = family.retired().get(hash);
        if (usableUntil != null && !now.isBefore(usableUntil)) {
            throw RefreshTokenReuseException.of("Refresh token has already been used.");
        }
        return family;
    }

    /** The new tokens; with rotation the presented token works on for the grace period. */
    public TokenIssuer.Issued refresh(
            UserPool pool,
            AppClient client,
            String token,
            TokenFamily family,
            Map<String, String> clientMetadata,
            CallContext call) {
        User user = pool.users()
                .withSub(family.sub())
                .orElseThrow(() -> CognitoErrors.notAuthorized("Invalid Refresh Token"));
        if (!user.enabled()) {
            throw CognitoErrors.userDisabled();
        }
        TokenRequest request = new TokenRequest(
                pool,
                client,
                user,
                family.authTime(),
                "RefreshTokens",
                family.scopes(),
                family.oauth(),
                family.nonce(),
                family.resource(),
                family.deviceKey(),
                clientMetadata,
                call);
        if (!client.rotatesRefreshTokens()) {
            return issuer.refresh(request, family, Optional.empty());
        }
        String next = issuer.newRefreshToken();
        TokenIssuer.Issued issued = issuer.refresh(request, family, Optional.of(next));
        Integer grace = client.settings().refreshTokenRotation().retryGracePeriodSeconds();
        Instant usableUntil = call.receivedAt().plusSeconds(grace == null ? 0 : grace);
        boolean rotated =
                pool.tokens().rotate(family.originJti(), TokenIssuer.hash(token), TokenIssuer.hash(next), usableUntil);
        if (!rotated) {
            throw CognitoErrors.notAuthorized("Refresh Token has been revoked");
        }
        return issued;
    }
}
