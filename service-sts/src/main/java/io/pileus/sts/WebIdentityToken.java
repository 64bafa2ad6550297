package io.pileus.sts;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import io.pileus.core.policy.RequestContext;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** An OpenID Connect ID token that is presented for a role: signed with RSA or on an elliptic curve. */
final class WebIdentityToken {
    private static final Duration CLOCK_SKEW = Duration.ofMinutes(5);

    private final SignedJWT jwt;
    private final JWTClaimsSet claims;

    private WebIdentityToken(SignedJWT jwt, JWTClaimsSet claims) {
        this.jwt = jwt;
        this.claims = claims;
    }

    static WebIdentityToken parse(String text) {
        try {
            SignedJWT jwt = SignedJWT.parse(text);
            JWTClaimsSet claims = jwt.getJWTClaimsSet();
            if (claims == null || claims.getIssuer() == null || claims.getSubject() == null) {
                throw StsErrors.invalidToken("The ID Token provided is not a valid JWT. (You may see this error if you"
                        + " sent an Access Token)");
            }
            return new WebIdentityToken(jwt, claims);
        } catch (ParseException e) {
            throw StsErrors.invalidToken(
                    "The ID Token provided is not a valid JWT. (You may see this error if you sent an Access Token)");
        }
    }

    String issuer() {
        return claims.getIssuer();
    }

    String subject() {
        return claims.getSubject();
    }

    /** The issuer without its scheme: the provider's name in IAM and the prefix of its condition keys. */
    String provider() {
        int scheme = issuer().indexOf("://");
        return scheme < 0 ? issuer() : issuer().substring(scheme + 3);
    }

    /** The party the token was made for: {@code azp} where there is one, as AWS takes it, else {@code aud}. */
    String audience() {
        Object party = claims.getClaim("azp");
        if (party instanceof String text) {
            return text;
        }
        return claims.getAudience().isEmpty() ? "" : claims.getAudience().getFirst();
    }

    void checkSignature(JWKSet keys) {
        String kid = jwt.getHeader().getKeyID();
        for (JWK key : keys.getKeys()) {
            if ((kid == null || key.getKeyID() == null || kid.equals(key.getKeyID())) && verifies(key)) {
                return;
            }
        }
        throw StsErrors.invalidToken("Provided Token is not a valid JWT: its signature does not match the keys of the"
                + " identity provider");
    }

    private boolean verifies(JWK key) {
        try {
            JWSVerifier verifier = switch (key) {
                case RSAKey rsa -> new RSASSAVerifier(rsa.toRSAPublicKey());
                case ECKey ec -> new ECDSAVerifier(ec.toECPublicKey());
                default -> null;
            };
            return verifier != null
                    && verifier.supportedJWSAlgorithms()
                            .contains(jwt.getHeader().getAlgorithm())
                    && jwt.verify(verifier);
        } catch (JOSEException e) {
            return false;
        }
    }

    void checkTimes(Instant now) {
        if (claims.getExpirationTime() == null) {
            throw StsErrors.invalidToken("Missing a required claim: exp");
        }
        if (!claims.getExpirationTime().toInstant().isAfter(now)) {
            throw StsErrors.expiredToken("Token expired: current date/time must be before the expiration date/time");
        }
        if (claims.getNotBeforeTime() != null
                && claims.getNotBeforeTime().toInstant().isAfter(now.plus(CLOCK_SKEW))) {
            throw StsErrors.invalidToken("The ID Token provided is not valid yet");
        }
    }

    void checkAudience(Set<String> clientIds) {
        if (clientIds.stream()
                .noneMatch(c -> c.equals(audience()) || claims.getAudience().contains(c))) {
            throw StsErrors.invalidToken("Incorrect token audience");
        }
    }

    /** The token's claims as condition keys. */
    void addTo(RequestContext.Builder keys) {
        String provider = provider();
        keys.with(provider + ":sub", subject());
        keys.with(provider + ":aud", audience());
        if (claims.getClaim("azp") != null && !claims.getAudience().isEmpty()) {
            keys.with(provider + ":oaud", claims.getAudience());
        }
        if (claims.getClaim("amr") instanceof List<?> list) {
            keys.with(provider + ":amr", list.stream().map(String::valueOf).toList());
        }
        if (claims.getClaim("email") instanceof String email) {
            keys.with(provider + ":email", email);
        }
    }

    /** Session tags that the identity provider set. */
    Map<String, String> tags() {
        Map<String, String> tags = new LinkedHashMap<>();
        if (claims.getClaim("https://aws.amazon.com/tags") instanceof Map<?, ?> all
                && all.get("principal_tags") instanceof Map<?, ?> principal) {
            principal.forEach((key, value) -> tags.put(
                    String.valueOf(key),
                    value instanceof List<?> list && !list.isEmpty()
                            ? String.valueOf(list.getFirst())
                            : String.valueOf(value)));
        }
        if (tags.size() > 50) {
            throw StsErrors.rejectedClaim("The token carries more than 50 session tags");
        }
        return tags;
    }

    List<String> transitiveTagKeys() {
        return claims.getClaim("https://aws.amazon.com/tags") instanceof Map<?, ?> all
                        && all.get("transitive_tag_keys") instanceof List<?> keys
                ? keys.stream().map(String::valueOf).toList()
                : List.of();
    }

    String sourceIdentity() {
        return claims.getClaim("https://aws.amazon.com/source_identity") instanceof String text ? text : "";
    }
}
