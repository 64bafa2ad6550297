package io.pileus.cognito.idp.tokens;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import io.pileus.cognito.idp.CognitoErrors;
import io.pileus.cognito.idp.Realm;
import io.pileus.cognito.idp.model.UserNotFoundException;
import io.pileus.cognito.idp.state.AppClient;
import io.pileus.cognito.idp.state.User;
import io.pileus.cognito.idp.state.UserPool;
import io.pileus.core.service.AwsException;
import io.pileus.core.service.CallContext;
import java.text.ParseException;
import java.time.Instant;
import java.util.Optional;

/** Checks the tokens that users bring: signature, expiry, revocation, scope. */
public final class AccessTokens {
    private final Realm realm;

    public AccessTokens(Realm realm) {
        this.realm = realm;
    }

    /** Who an access token speaks for. */
    public record Bearer(UserPool pool, AppClient client, User user, JWTClaimsSet claims) {}

    /** The user of a token that may act on the user's own account; Cognito's errors otherwise. */
    public Bearer self(String token, CallContext call) {
        Bearer bearer = bearer(token, call);
        String scope = String.valueOf(bearer.claims().getClaim("scope"));
        if (!(" " + scope + " ").contains(" " + TokenRequest.ADMIN_SCOPE + " ")) {
            throw CognitoErrors.notAuthorized("Access Token does not have required scopes");
        }
        return bearer;
    }

    /** The user of a valid access token, whatever its scopes. */
    public Bearer bearer(String token, CallContext call) {
        SignedJWT jwt = parse(token).orElseThrow(CognitoErrors::invalidAccessToken);
        try {
            JWTClaimsSet claims = jwt.getJWTClaimsSet();
            UserPool pool = pool(claims).orElseThrow(CognitoErrors::invalidAccessToken);
            if (!"access".equals(claims.getStringClaim("token_use"))
                    || !signedBy(pool.signingKeys().accessTokenKey(), jwt)) {
                throw CognitoErrors.invalidAccessToken();
            }
            checkExpiry(claims, call, "Access Token has expired");
            AppClient client = Optional.ofNullable(pool.clients().get(claims.getStringClaim("client_id")))
                    .orElseThrow(CognitoErrors::invalidAccessToken);
            User user = pool.users()
                    .withSub(claims.getSubject())
                    .orElseThrow(() -> UserNotFoundException.of("User does not exist."));
            String origin = claims.getStringClaim("origin_jti");
            if (origin != null && !pool.tokens().alive(origin)) {
                throw CognitoErrors.notAuthorized("Access Token has been revoked");
            }
            if (!user.enabled()) {
                throw CognitoErrors.userDisabled();
            }
            return new Bearer(pool, client, user, claims);
        } catch (ParseException e) {
            throw CognitoErrors.invalidAccessToken();
        }
    }

    /**
     * The claims of an ID token that one of our pools has signed and that has not expired.
     *
     * @return empty when it is not a token of the pool
     */
    public Optional<JWTClaimsSet> idToken(UserPool pool, String token) {
        try {
            Optional<SignedJWT> jwt = parse(token);
            if (jwt.isEmpty() || !signedBy(pool.signingKeys().idTokenKey(), jwt.get())) {
                return Optional.empty();
            }
            JWTClaimsSet claims = jwt.get().getJWTClaimsSet();
            return "id".equals(claims.getStringClaim("token_use")) ? Optional.of(claims) : Optional.empty();
        } catch (ParseException e) {
            return Optional.empty();
        }
    }

    private static Optional<SignedJWT> parse(String token) {
        try {
            return Optional.of(SignedJWT.parse(token));
        } catch (ParseException e) {
            return Optional.empty();
        }
    }

    /** The pool that a token says it is from; whether that is true is not looked at. */
    public Optional<UserPool> poolOf(String token) {
        try {
            Optional<SignedJWT> jwt = parse(token);
            return jwt.isEmpty() ? Optional.empty() : pool(jwt.get().getJWTClaimsSet());
        } catch (ParseException e) {
            return Optional.empty();
        }
    }

    private Optional<UserPool> pool(JWTClaimsSet claims) {
        String issuer = claims.getIssuer() == null ? "" : claims.getIssuer();
        return realm.pools().withId(issuer.substring(issuer.lastIndexOf('/') + 1));
    }

    private static boolean signedBy(RSAKey key, SignedJWT jwt) {
        try {
            return "RS256".equals(jwt.getHeader().getAlgorithm().getName())
                    && jwt.verify(new RSASSAVerifier(key.toRSAPublicKey()));
        } catch (JOSEException e) {
            return false;
        }
    }

    private static void checkExpiry(JWTClaimsSet claims, CallContext call, String message) {
        Instant now = call.receivedAt();
        AwsException expired = CognitoErrors.notAuthorized(message);
        if (claims.getExpirationTime() == null
                || !now.isBefore(claims.getExpirationTime().toInstant())) {
            throw expired;
        }
    }
}
