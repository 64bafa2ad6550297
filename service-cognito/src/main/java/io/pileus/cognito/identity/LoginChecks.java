package io.pileus.cognito.identity;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import io.pileus.cognito.identity.model.CognitoIdentityProvider;
import io.pileus.cognito.identity.model.ExternalServiceException;
import io.pileus.cognito.identity.model.IdentityPool;
import io.pileus.cognito.idp.Realm;
import io.pileus.cognito.idp.oidc.RemoteProvider;
import io.pileus.cognito.idp.saml.InvalidSamlException;
import io.pileus.cognito.idp.saml.SamlMetadata;
import io.pileus.cognito.idp.saml.SamlResponse;
import io.pileus.cognito.idp.state.User;
import io.pileus.cognito.idp.state.UserPool;
import io.pileus.cognito.idp.tokens.AccessTokens;
import io.pileus.core.service.CallContext;
import java.text.ParseException;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Checks the tokens of a Logins map: those of our own user pools in process, those of other providers by their keys. */
final class LoginChecks {
    /** Whom and where a response for AWS is sent to; a host of one's own stands in for AWS's sign-in address. */
    private static final String SAML_AUDIENCE = "urn:amazon:webservices";

    private static final Pattern SAML_RECIPIENT = Pattern.compile(
            "https://([a-z0-9-]{1,40}\\.)?signin\\.(aws\\.amazon|amazonaws-us-gov)\\.(com|cn)/saml(/.*)?"
                    + "|https?://[^/]{1,200}/saml");

    private final Realm realm;
    private final AccessTokens tokens;
    private final RemoteProvider remote;
    private final IamProviders iam;

    LoginChecks(Realm realm, AccessTokens tokens) {
        this.realm = realm;
        this.tokens = tokens;
        this.remote = new RemoteProvider(realm.env());
        this.iam = new IamProviders(realm.env());
    }

    Map<String, Login> check(IdentityPool pool, Map<String, String> logins, CallContext call) {
        Map<String, Login> checked = new LinkedHashMap<>();
        logins.forEach((provider, token) -> checked.put(provider, check(pool, provider, token, call)));
        return checked;
    }

    private Login check(IdentityPool pool, String provider, String token, CallContext call) {
        if (token.isBlank()) {
            throw IdentityErrors.invalidLogin("Can't pass in a null or empty token.");
        }
        Optional<UserPool> userPool = userPool(provider);
        if (userPool.isPresent()) {
            return ofUserPool(pool, provider, userPool.get(), token, call);
        }
        if (pool.samlProviderARNs().contains(provider)) {
            return ofSaml(provider, token, call);
        }
        List<String> audiences = audiences(pool, provider, call);
        if (audiences.isEmpty()) {
            throw IdentityErrors.unsupportedProvider();
        }
        return ofRemote(provider, audiences, token, call);
    }

    /** Our user pool that a provider's name ends with: {@code cognito-idp.REGION.amazonaws.com/POOL} or an own issuer. */
    private Optional<UserPool> userPool(String provider) {
        int slash = provider.lastIndexOf('/');
        return slash < 0 ? Optional.empty() : realm.pools().withId(provider.substring(slash + 1));
    }

    private Login ofUserPool(IdentityPool pool, String provider, UserPool userPool, String token, CallContext call) {
        List<CognitoIdentityProvider> configured = pool.cognitoIdentityProviders().stream()
                .filter(p -> p.providerName() != null && p.providerName().endsWith("/" + userPool.id()))
                .toList();
        if (configured.isEmpty()) {
            throw IdentityErrors.unsupportedProvider();
        }
        checkIssuerAndAudience(userPool, token);
        JWTClaimsSet claims = tokens.idToken(userPool, token)
                .orElseThrow(() -> IdentityErrors.invalidLogin("Couldn't verify signed token."));
        checkExpiry(claims, call.receivedAt());
        Optional<CognitoIdentityProvider> client = configured.stream()
                .filter(p -> claims.getAudience().contains(p.clientId()))
                .findFirst();
        if (client.isEmpty()) {
            throw IdentityErrors.invalidLogin("Incorrect token audience.");
        }
        if (Boolean.TRUE.equals(client.get().serverSideTokenCheck())) {
            checkAlive(userPool, claims);
        }
        return new Login(provider, claims.getSubject(), client.get().clientId(), claims.getClaims());
    }

    /** An access token, which has no audience, is what people try first. */
    private static void checkIssuerAndAudience(UserPool userPool, String token) {
        try {
            JWTClaimsSet claims = SignedJWT.parse(token).getJWTClaimsSet();
            String issuer = claims.getIssuer();
            if (issuer == null || !issuer.endsWith("/" + userPool.id())) {
                throw IdentityErrors.invalidLogin("Issuer doesn't match providerName");
            }
            if (claims.getAudience().isEmpty()) {
                throw IdentityErrors.invalidLogin("Missing a required claim: aud");
            }
        } catch (ParseException e) {
            throw IdentityErrors.invalidLogin("Not a valid OpenId Connect identity token.");
        }
    }

    private static void checkAlive(UserPool userPool, JWTClaimsSet claims) {
        Optional<User> user = userPool.users().withSub(claims.getSubject());
        boolean revoked = claims.getClaim("origin_jti") instanceof String origin
                && !userPool.tokens().alive(origin);
        if (user.isEmpty() || !user.get().enabled() || revoked) {
            throw IdentityErrors.invalidLogin("Token has been revoked or the user is disabled.");
        }
    }

    private static void checkExpiry(JWTClaimsSet claims, Instant now) {
        Instant expires = claims.getExpirationTime() == null
                ? Instant.EPOCH
                : claims.getExpirationTime().toInstant();
        if (!now.isBefore(expires)) {
            throw IdentityErrors.invalidLogin(
                    "Token expired: " + expires.getEpochSecond() + " >= " + now.getEpochSecond());
        }
    }

    /** A SAML response for AWS itself, as the browser posts it, from a provider that IAM knows. */
    private Login ofSaml(String provider, String response, CallContext call) {
        String metadata = iam.samlMetadata(provider, call)
                .orElseThrow(() -> IdentityErrors.invalidLogin("Unknown SAML provider."));
        try {
            SamlResponse saml = SamlResponse.parse(
                    Base64.getMimeDecoder().decode(response),
                    new SamlResponse.Expected(
                            SamlMetadata.ofIssuer(metadata),
                            SAML_AUDIENCE,
                            SAML_RECIPIENT.asMatchPredicate(),
                            call.receivedAt(),
                            Optional.empty()));
            return new Login(provider, saml.session().nameId(), provider, Map.copyOf(saml.attributes()));
        } catch (InvalidSamlException | IllegalArgumentException e) {
            throw IdentityErrors.invalidLogin("Not a valid SAML response: " + e.getMessage() + ".");
        }
    }

    /** The client ids for which the pool accepts a provider's tokens: its own, or those of the provider in IAM. */
    private List<String> audiences(IdentityPool pool, String provider, CallContext call) {
        String client = pool.supportedLoginProviders().get(provider);
        if (client != null) {
            return List.of(client.split(";"));
        }
        return pool.openIdConnectProviderARNs().stream()
                .filter(arn -> arn.endsWith(":oidc-provider/" + provider))
                .findFirst()
                .flatMap(arn -> iam.clientIds(arn, call))
                .orElse(List.of());
    }

    private Login ofRemote(String provider, List<String> audiences, String token, CallContext call) {
        try {
            SignedJWT jwt = SignedJWT.parse(token);
            JWTClaimsSet claims = jwt.getJWTClaimsSet();
            String issuer = claims.getIssuer() == null ? "" : claims.getIssuer();
            boolean fromProvider = issuer.equals(provider)
                    || issuer.replaceFirst("^https?://", "").equals(provider);
            if (!fromProvider) {
                throw IdentityErrors.invalidLogin("Issuer doesn't match providerName");
            }
            JWKSet keys = remote.keys(issuer)
                    .orElseThrow(() -> ExternalServiceException.of("The keys of " + provider + " cannot be read."));
            JWK key = keys.getKeyByKeyId(jwt.getHeader().getKeyID());
            if (key == null || !jwt.verify(new RSASSAVerifier(key.toRSAKey()))) {
                throw IdentityErrors.invalidLogin("Couldn't verify signed token.");
            }
            checkExpiry(claims, call.receivedAt());
            Optional<String> audience =
                    claims.getAudience().stream().filter(audiences::contains).findFirst();
            if (audience.isEmpty()) {
                throw IdentityErrors.invalidLogin("Incorrect token audience.");
            }
            return new Login(provider, claims.getSubject(), audience.get(), claims.getClaims());
        } catch (ParseException | JOSEException e) {
            throw IdentityErrors.invalidLogin("Not a valid OpenId Connect identity token.");
        }
    }
}
