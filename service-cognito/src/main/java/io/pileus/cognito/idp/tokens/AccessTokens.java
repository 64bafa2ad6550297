package io.pileus.cognito.idp.tokens;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import io.pileus.cognito.idp.CognitoErrors;
import io.pileus.cognito.idp.Realm;
import io.pileus.cognito.idp.crypto.Digests;
import io.pileus.cognito.idp.model.UserNotFoundException;
import io.pileus.cognito.idp.state.AppClient;
import io.pileus.cognito.idp.state.User;
import io.pileus.cognito.idp.state.UserPool;
import io.pileus.core.service.CallContext;
import java.nio.ByteBuffer;
import java.text.ParseException;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Checks the tokens that users bring: signature, expiry, revocation, scope. A signature that was right once stays right, so
 * the latest ones are remembered by their tokens' hashes; everything else about a token is looked at each time.
 */
public final class AccessTokens {
    private static final int REMEMBERED = 10_000;

    private final Realm realm;
    private volatile @Nullable Cache<ByteBuffer, Signed> signed;

    public AccessTokens(Realm realm) {
        this.realm = realm;
    }

    /** Who an access token speaks for. */
    public record Bearer(UserPool pool, AppClient client, User user, JWTClaimsSet claims) {}

    /** An access token whose signature is the pool's. */
    private record Signed(
            UserPool pool,
            String clientId,
            String sub,
            @Nullable String originJti,
            Instant expiresAt,
            JWTClaimsSet claims) {}

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
        Signed known = signed(token);
        UserPool pool = known.pool();
        if (!call.receivedAt().isBefore(known.expiresAt())) {
            throw CognitoErrors.notAuthorized("Access Token has expired");
        }
        AppClient client = Optional.ofNullable(pool.clients().get(known.clientId()))
                .orElseThrow(CognitoErrors::invalidAccessToken);
        User user =
                pool.users().withSub(known.sub()).orElseThrow(() -> UserNotFoundException.of("User does not exist."));
        if (!user.enabled()) {
            throw CognitoErrors.userDisabled();
        }
        if (known.originJti() != null && !pool.tokens().alive(known.originJti())) {
            throw CognitoErrors.notAuthorized("Access Token has been revoked");
        }
        return new Bearer(pool, client, user, known.claims());
    }

    /** Made with the first token, since Caffeine's look for a logger opens every jar of the program. */
    private Cache<ByteBuffer, Signed> signed() {
        Cache<ByteBuffer, Signed> made = signed;
        if (made == null) {
            synchronized (this) {
                made = signed;
                if (made == null) {
                    made = Caffeine.newBuilder()
                            .maximumSize(REMEMBERED)
                            .executor(Runnable::run)
                            .build();
                    signed = made;
                }
            }
        }
        return made;
    }

    private Signed signed(String token) {
        ByteBuffer hash = ByteBuffer.wrap(Digests.sha256(Digests.utf8(token)));
        Signed known = signed().getIfPresent(hash);
        if (known != null && realm.pools().withId(known.pool().id()).orElse(null) == known.pool()) {
            return known;
        }
        Signed checked = check(token);
        signed().put(hash, checked);
        return checked;
    }

    private Signed check(String token) {
        SignedJWT jwt = parse(token).orElseThrow(CognitoErrors::invalidAccessToken);
        try {
            JWTClaimsSet claims = jwt.getJWTClaimsSet();
            UserPool pool = pool(claims).orElseThrow(CognitoErrors::invalidAccessToken);
            boolean ours = "access".equals(claims.getStringClaim("token_use"))
                    && pool.signingKeys().signed(SigningKeys.Use.ACCESS_TOKEN, jwt)
                    && claims.getExpirationTime() != null
                    && claims.getStringClaim("client_id") != null
                    && claims.getSubject() != null;
            if (!ours) {
                throw CognitoErrors.invalidAccessToken();
            }
            return new Signed(
                    pool,
                    claims.getStringClaim("client_id"),
                    claims.getSubject(),
                    claims.getStringClaim("origin_jti"),
                    claims.getExpirationTime().toInstant(),
                    claims);
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
            if (jwt.isEmpty() || !pool.signingKeys().signed(SigningKeys.Use.ID_TOKEN, jwt.get())) {
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
}
