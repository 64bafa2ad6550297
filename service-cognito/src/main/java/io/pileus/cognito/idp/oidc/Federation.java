package io.pileus.cognito.idp.oidc;

import com.fasterxml.jackson.databind.JsonNode;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import io.pileus.cognito.idp.CognitoIdpService;
import io.pileus.cognito.idp.Realm;
import io.pileus.cognito.idp.model.IdentityProviderType;
import io.pileus.cognito.idp.state.Expiring;
import io.pileus.cognito.idp.state.User;
import io.pileus.cognito.idp.state.UserPool;
import io.pileus.core.http.HttpRequest;
import io.pileus.core.http.HttpResponse;
import io.pileus.core.service.AwsException;
import io.pileus.core.service.CallContext;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Sign-in at an external provider: OpenID Connect, social (treated alike, with the endpoints that its details name), SAML.
 *
 * @see <a href="https://docs.aws.amazon.com/cognito/latest/developerguide/cognito-user-pools-oidc-flow.html">OIDC user
 *     pool identity provider authentication flow</a>
 */
final class Federation {
    private static final Duration VALIDITY = Duration.ofMinutes(5);
    private final Realm realm;
    private final RemoteProvider remote;
    private final FederatedUsers users;
    private final SamlFederation saml;
    private final Expiring<Pending> pending;

    /**
     * An OpenID request on its way.
     *
     * @param parameters those of the authorization request that it is for
     */
    record Pending(
            String poolId,
            Map<String, String> parameters,
            String provider,
            String nonce,
            String callback,
            Instant expiresAt)
            implements PagesState.Remembered {}

    /** What a sign-in elsewhere led to. */
    sealed interface Outcome {}

    /** @param session the provider's session, to be ended with ours; empty where it shall not be */
    record Done(AuthorizationRequest authorization, User user, Optional<SamlFederation.Session> session)
            implements Outcome {}

    /** @param redirect where to send the error; empty when nobody knows */
    record Failed(String message, String redirect) implements Outcome {
        /** The application has changed since, and the request is not right any more. */
        static Failed of(AuthorizationRequest.Invalid invalid) {
            return new Failed(invalid.error(), invalid.redirect().orElse(""));
        }
    }

    Federation(CognitoIdpService service, PagesState state) {
        this.realm = service.realm();
        this.remote = new RemoteProvider(realm.env());
        this.users = new FederatedUsers(realm);
        this.saml = new SamlFederation(realm, remote, users, state);
        this.pending = state.openIdSignIns();
    }

    /** The provider that a request names, by name or identifier, if it is not the pool itself. */
    static Optional<String> named(AuthorizationRequest authorization) {
        UserPool pool = authorization.pool();
        String name = authorization.parameters().getOrDefault("identity_provider", "");
        String identifier = authorization.parameters().getOrDefault("idp_identifier", "");
        List<String> supported = authorization.client().settings().supportedIdentityProviders();
        if (!name.isEmpty() && !name.equals("COGNITO")) {
            return Optional.of(name);
        }
        if (!identifier.isEmpty()) {
            return pool.identityProviders().values().stream()
                    .filter(p -> p.idpIdentifiers().contains(identifier))
                    .map(IdentityProviderType::providerName)
                    .findFirst();
        }
        boolean only = name.isEmpty() && supported.size() == 1 && !supported.contains("COGNITO");
        return only ? Optional.of(supported.getFirst()) : Optional.empty();
    }

    HttpResponse redirect(HttpRequest request, AuthorizationRequest authorization, String name, CallContext call) {
        IdentityProviderType provider = authorization.pool().identityProviders().get(name);
        boolean supported = provider != null
                && authorization
                        .client()
                        .settings()
                        .supportedIdentityProviders()
                        .contains(name);
        if (!supported) {
            return Browser.errorPage(request, "invalid_request", new Form(authorization.parameters()));
        }
        if (provider.providerType().equals("SAML")) {
            return saml.redirect(authorization, provider, call);
        }
        Optional<String> endpoint = endpoint(provider, "authorize_url", "authorization_endpoint");
        if (endpoint.isEmpty()) {
            return new Page("Error")
                    .error("The identity provider's configuration cannot be read.")
                    .response(502);
        }
        String state = realm.secretName(24);
        String nonce = realm.secretName(16);
        String callback = realm.base(call) + "/oauth2/idpresponse";
        Instant expiresAt = call.receivedAt().plus(VALIDITY);
        pending.put(
                state,
                new Pending(authorization.pool().id(), authorization.parameters(), name, nonce, callback, expiresAt),
                expiresAt,
                call.receivedAt());
        Map<String, String> query = new LinkedHashMap<>();
        query.put("client_id", provider.providerDetails().getOrDefault("client_id", ""));
        query.put("redirect_uri", callback);
        query.put("scope", provider.providerDetails().getOrDefault("authorize_scopes", "openid"));
        query.put("response_type", "code");
        query.put("state", state);
        query.put("nonce", nonce);
        List<String> forwarded = provider.providerType().equals("OIDC")
                        || provider.providerType().equals("Google")
                ? List.of("prompt", "login_hint")
                : List.of("prompt");
        forwarded.forEach(
                parameter -> Optional.ofNullable(authorization.parameters().get(parameter))
                        .ifPresent(value -> query.put(parameter, value)));
        return Browser.redirect(AuthorizationRequest.with(endpoint.get(), query, false));
    }

    private Optional<String> endpoint(IdentityProviderType provider, String detail, String discovered) {
        String given = provider.providerDetails().getOrDefault(detail, "");
        if (!given.isEmpty()) {
            return Optional.of(given);
        }
        return remote.configuration(provider.providerDetails().getOrDefault("oidc_issuer", ""))
                .map(configuration -> configuration.path(discovered).asText(""))
                .filter(url -> !url.isEmpty());
    }

    /** Takes the provider's answer: exchanges the code, checks the ID token, finds or makes the user. */
    Outcome complete(Form form, CallContext call) {
        Optional<Pending> known = pending.take(form.get("state"), call.receivedAt());
        if (known.isEmpty()) {
            return new Failed("The sign-in has expired or is unknown.", "");
        }
        Pending sign = known.get();
        AuthorizationRequest authorization;
        try {
            authorization = AuthorizationRequest.of(new Form(sign.parameters()), realm);
        } catch (AuthorizationRequest.Invalid invalid) {
            return Failed.of(invalid);
        }
        if (form.value("error").isPresent()) {
            return failed(authorization, form.get("error") + " " + form.get("error_description"));
        }
        IdentityProviderType provider = authorization.pool().identityProviders().get(sign.provider());
        if (provider == null) {
            return failed(authorization, "The identity provider does not exist any more.");
        }
        try {
            FederatedUsers.Statement statement = statement(provider, sign, form.get("code"), call);
            return new Done(authorization, users.user(authorization, provider, statement, call), Optional.empty());
        } catch (AwsException e) {
            return failed(authorization, String.valueOf(e.getMessage()));
        }
    }

    private static Failed failed(AuthorizationRequest authorization, String message) {
        return failed(authorization, "invalid_request", message);
    }

    static Failed failed(AuthorizationRequest authorization, String error, String message) {
        return new Failed(
                message,
                AuthorizationRequest.errorUrl(
                        authorization.redirectUri(),
                        error,
                        message,
                        authorization.state(),
                        authorization.responseType()));
    }

    SamlFederation saml() {
        return saml;
    }

    private FederatedUsers.Statement statement(
            IdentityProviderType provider, Pending sign, String code, CallContext call) {
        JsonNode tokens = tokens(provider, sign, code);
        Map<String, Map<String, String>> parts = new LinkedHashMap<>();
        parts.put("tokenResponse", texts(tokens));
        if (tokens.hasNonNull("id_token")) {
            parts.put("idToken", verified(provider, sign, tokens.get("id_token").asText(), call));
        }
        endpoint(provider, "attributes_url", "userinfo_endpoint")
                .flatMap(url -> remote.get(
                        url,
                        Map.of(
                                "Authorization",
                                "Bearer " + tokens.path("access_token").asText())))
                .ifPresent(attributes -> parts.put("userInfo", texts(attributes)));
        Map<String, String> claims = new LinkedHashMap<>(parts.getOrDefault("idToken", Map.of()));
        parts.getOrDefault("userInfo", Map.of()).forEach(claims::putIfAbsent);
        if (claims.isEmpty()) {
            throw FederatedUsers.error("No attributes were received from the identity provider");
        }
        return new FederatedUsers.Statement(parts, claims);
    }

    private static Map<String, String> texts(JsonNode node) {
        Map<String, String> texts = new LinkedHashMap<>();
        node.properties().forEach(entry -> {
            if (entry.getValue().isValueNode()) {
                texts.put(entry.getKey(), entry.getValue().asText());
            }
        });
        return texts;
    }

    private JsonNode tokens(IdentityProviderType provider, Pending sign, String code) {
        Map<String, String> details = provider.providerDetails();
        Map<String, String> body = new LinkedHashMap<>();
        body.put("grant_type", "authorization_code");
        body.put("code", code);
        body.put("redirect_uri", sign.callback());
        body.put("client_id", details.getOrDefault("client_id", ""));
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("Content-Type", "application/x-www-form-urlencoded");
        if (!details.getOrDefault("client_secret", "").isEmpty()) {
            byte[] basic =
                    (details.get("client_id") + ":" + details.get("client_secret")).getBytes(StandardCharsets.UTF_8);
            headers.put("Authorization", "Basic " + Base64.getEncoder().encodeToString(basic));
        }
        String url = endpoint(provider, "token_url", "token_endpoint")
                .orElseThrow(() -> FederatedUsers.error(provider.providerName() + " Error - no token endpoint"));
        return switch (remote.exchange(url, headers, body)) {
            case RemoteProvider.Answered answered -> answered.json();
            case RemoteProvider.Rejected rejected ->
                throw FederatedUsers.error(
                        provider.providerName() + " Error - " + rejected.status() + " error getting token");
            case RemoteProvider.Unreachable unreachable ->
                throw FederatedUsers.error("Timeout occurred in calling IdP token endpoint");
        };
    }

    private Map<String, String> verified(IdentityProviderType provider, Pending sign, String token, CallContext call) {
        try {
            SignedJWT jwt = SignedJWT.parse(token);
            JWTClaimsSet claims = jwt.getJWTClaimsSet();
            Optional<JWKSet> keys = endpoint(provider, "jwks_uri", "jwks_uri").flatMap(remote::keysAt);
            JWK key = keys.map(set -> set.getKeyByKeyId(jwt.getHeader().getKeyID()))
                    .orElse(null);
            String issuer = provider.providerDetails().getOrDefault("oidc_issuer", "");
            boolean valid = key != null
                    && jwt.verify(new RSASSAVerifier(key.toRSAKey()))
                    && issuer.equals(claims.getIssuer())
                    && claims.getAudience().contains(provider.providerDetails().get("client_id"))
                    && claims.getExpirationTime() != null
                    && call.receivedAt().isBefore(claims.getExpirationTime().toInstant())
                    && sign.nonce().equals(claims.getStringClaim("nonce"));
            if (!valid) {
                throw FederatedUsers.error("Bad id_token issuer, audience, nonce or signature");
            }
            Map<String, String> texts = new LinkedHashMap<>();
            claims.getClaims().forEach((name, value) -> {
                if (value instanceof String || value instanceof Boolean || value instanceof Number) {
                    texts.put(name, String.valueOf(value));
                }
            });
            return texts;
        } catch (ParseException | JOSEException e) {
            throw FederatedUsers.error("Bad id_token");
        }
    }
}
