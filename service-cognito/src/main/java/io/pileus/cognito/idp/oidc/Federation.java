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
import io.pileus.cognito.idp.model.GroupType;
import io.pileus.cognito.idp.model.IdentityProviderType;
import io.pileus.cognito.idp.model.UserStatusType;
import io.pileus.cognito.idp.saml.InvalidSamlException;
import io.pileus.cognito.idp.saml.SamlMetadata;
import io.pileus.cognito.idp.saml.SamlRequest;
import io.pileus.cognito.idp.saml.SamlResponse;
import io.pileus.cognito.idp.state.Expiring;
import io.pileus.cognito.idp.state.Group;
import io.pileus.cognito.idp.state.LinkedIdentity;
import io.pileus.cognito.idp.state.User;
import io.pileus.cognito.idp.state.UserPool;
import io.pileus.cognito.idp.triggers.Trigger;
import io.pileus.cognito.idp.triggers.Triggers;
import io.pileus.core.http.HttpRequest;
import io.pileus.core.http.HttpResponse;
import io.pileus.core.service.AwsException;
import io.pileus.core.service.CallContext;
import java.text.ParseException;
import java.time.Duration;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListSet;

/**
 * Sign-in at an external provider: OpenID Connect, social (treated alike, with the endpoints that its details name), SAML.
 *
 * @see <a href="https://docs.aws.amazon.com/cognito/latest/developerguide/cognito-user-pools-oidc-flow.html">OIDC user
 *     pool identity provider authentication flow</a>
 */
final class Federation {
    private static final Duration VALIDITY = Duration.ofMinutes(5);
    private final CognitoIdpService service;
    private final Realm realm;
    private final RemoteProvider remote;
    private final Expiring<Pending> pending = new Expiring<>(100_000);

    /** @param nonce the nonce of an OpenID request, the id of a SAML request */
    private record Pending(AuthorizationRequest authorization, String provider, String nonce, String callback) {}

    /** What a sign-in elsewhere led to. */
    sealed interface Outcome {}

    record Done(AuthorizationRequest authorization, User user) implements Outcome {}

    /** @param redirect where to send the error; empty when nobody knows */
    record Failed(String message, String redirect) implements Outcome {}

    Federation(CognitoIdpService service) {
        this.service = service;
        this.realm = service.realm();
        this.remote = new RemoteProvider(realm.env());
    }

    /** The provider that a request names, by name or identifier, if it is not the pool itself. */
    Optional<String> wanted(AuthorizationRequest authorization) {
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
            return samlRedirect(authorization, provider, call);
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
        pending.put(
                state,
                new Pending(authorization, name, nonce, callback),
                call.receivedAt().plus(VALIDITY),
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
        if (form.value("error").isPresent()) {
            return failed(sign, form.get("error") + " " + form.get("error_description"));
        }
        IdentityProviderType provider =
                sign.authorization().pool().identityProviders().get(sign.provider());
        if (provider == null) {
            return failed(sign, "The identity provider does not exist any more.");
        }
        try {
            Map<String, String> claims = claims(provider, sign, form.get("code"), call);
            return new Done(sign.authorization(), user(sign.authorization(), provider, claims, call));
        } catch (AwsException e) {
            return failed(sign, e.getMessage());
        }
    }

    private static Failed failed(Pending sign, String message) {
        AuthorizationRequest authorization = sign.authorization();
        return new Failed(
                message,
                AuthorizationRequest.errorUrl(
                        authorization.redirectUri(),
                        "invalid_request",
                        message.trim(),
                        authorization.state(),
                        authorization.responseType()));
    }

    private Map<String, String> claims(IdentityProviderType provider, Pending sign, String code, CallContext call) {
        Map<String, String> details = provider.providerDetails();
        Map<String, String> body = new LinkedHashMap<>();
        body.put("grant_type", "authorization_code");
        body.put("code", code);
        body.put("redirect_uri", sign.callback());
        body.put("client_id", details.getOrDefault("client_id", ""));
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("Content-Type", "application/x-www-form-urlencoded");
        if (!details.getOrDefault("client_secret", "").isEmpty()) {
            headers.put(
                    "Authorization",
                    "Basic "
                            + Base64.getEncoder()
                                    .encodeToString((details.get("client_id") + ":" + details.get("client_secret"))
                                            .getBytes()));
        }
        JsonNode tokens = endpoint(provider, "token_url", "token_endpoint")
                .flatMap(url -> remote.post(url, headers, body))
                .orElseThrow(() -> error("Exception processing authorization code"));
        Map<String, String> claims = new LinkedHashMap<>();
        if (tokens.hasNonNull("id_token")) {
            claims.putAll(verified(provider, sign, tokens.get("id_token").asText(), call));
        }
        endpoint(provider, "attributes_url", "userinfo_endpoint")
                .flatMap(url -> remote.get(
                        url,
                        Map.of(
                                "Authorization",
                                "Bearer " + tokens.path("access_token").asText())))
                .ifPresent(attributes -> attributes.properties().forEach(entry -> {
                    if (entry.getValue().isValueNode()) {
                        claims.putIfAbsent(entry.getKey(), entry.getValue().asText());
                    }
                }));
        if (claims.isEmpty()) {
            throw error("No attributes were received from the identity provider");
        }
        return claims;
    }

    private HttpResponse samlRedirect(
            AuthorizationRequest authorization, IdentityProviderType provider, CallContext call) {
        try {
            SamlMetadata metadata = metadata(provider);
            String id = "_" + realm.env().ids().uuid();
            String state = realm.secretName(24);
            String callback = samlCallback(call);
            pending.put(
                    state,
                    new Pending(authorization, provider.providerName(), id, callback),
                    call.receivedAt().plus(VALIDITY),
                    call.receivedAt());
            SamlRequest request = new SamlRequest(
                    id, call.receivedAt(), metadata.singleSignOn(), callback, audience(authorization.pool()));
            Map<String, String> query = new LinkedHashMap<>();
            query.put("SAMLRequest", request.encoded());
            query.put("RelayState", state);
            return Browser.redirect(AuthorizationRequest.with(metadata.singleSignOn(), query, false));
        } catch (InvalidSamlException e) {
            return new Page("Error").error(e.getMessage()).response(502);
        }
    }

    private String samlCallback(CallContext call) {
        return realm.base(call) + "/saml2/idpresponse";
    }

    /** The name that a pool has as a service provider. */
    private static String audience(UserPool pool) {
        return "urn:amazon:cognito:sp:" + pool.id();
    }

    private SamlMetadata metadata(IdentityProviderType provider) throws InvalidSamlException {
        String file = provider.providerDetails().get("MetadataFile");
        if (file != null) {
            return SamlMetadata.parse(file);
        }
        String url = provider.providerDetails().getOrDefault("MetadataURL", "");
        return SamlMetadata.parse(
                remote.text(url).orElseThrow(() -> new InvalidSamlException("The provider's metadata cannot be read")));
    }

    /**
     * Takes a provider's response. Where the provider began by itself, which it must be allowed to (detail
     * {@code IDPInit}), the relay state names the application as an authorization request would.
     */
    Outcome completeSaml(Form form, CallContext call) {
        String relayState = form.get("RelayState");
        Optional<Pending> known = pending.take(relayState, call.receivedAt());
        Pending sign;
        if (known.isPresent()) {
            sign = known.get();
        } else {
            try {
                AuthorizationRequest authorization = AuthorizationRequest.of(Form.parse(relayState), realm);
                String name = wanted(authorization).orElse("");
                sign = new Pending(authorization, name, "", samlCallback(call));
            } catch (AuthorizationRequest.Invalid e) {
                return new Failed("Invalid relayState from identity provider", "");
            }
        }
        IdentityProviderType provider =
                sign.authorization().pool().identityProviders().get(sign.provider());
        boolean initiated = known.isEmpty();
        boolean allowed = provider != null
                && provider.providerType().equals("SAML")
                && (!initiated || "true".equals(provider.providerDetails().get("IDPInit")));
        if (!allowed) {
            return failed(sign, "Invalid samlResponse or relayState from identity provider");
        }
        try {
            SamlResponse response = SamlResponse.parse(
                    Base64.getMimeDecoder().decode(form.get("SAMLResponse")),
                    new SamlResponse.Expected(
                            metadata(provider),
                            audience(sign.authorization().pool()),
                            sign.callback()::equals,
                            call.receivedAt()));
            if (!response.inResponseTo().equals(sign.nonce())) {
                return failed(sign, "Invalid InResponseTo in the samlResponse");
            }
            Map<String, String> claims = new LinkedHashMap<>(response.attributes());
            claims.put("sub", response.nameId());
            return new Done(sign.authorization(), user(sign.authorization(), provider, claims, call));
        } catch (InvalidSamlException | IllegalArgumentException e) {
            return failed(sign, "Error in SAML response processing: " + e.getMessage());
        } catch (AwsException e) {
            return failed(sign, e.getMessage());
        }
    }

    private static AwsException error(String message) {
        return new AwsException("InvalidRequest", 400, message);
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
                throw error("Bad id_token issuer, audience, nonce or signature");
            }
            Map<String, String> texts = new LinkedHashMap<>();
            claims.getClaims().forEach((name, value) -> {
                if (value instanceof String || value instanceof Boolean || value instanceof Number) {
                    texts.put(name, String.valueOf(value));
                }
            });
            return texts;
        } catch (ParseException | JOSEException e) {
            throw error("Bad id_token");
        }
    }

    /** The user of the claims: linked to an existing one, or a user of the provider's, new or with fresh attributes. */
    private User user(
            AuthorizationRequest authorization,
            IdentityProviderType provider,
            Map<String, String> received,
            CallContext call) {
        UserPool pool = authorization.pool();
        Map<String, String> claims = inbound(authorization, provider, received, call);
        String subject = claims.getOrDefault(provider.attributeMapping().getOrDefault("username", "sub"), "");
        if (subject.isEmpty()) {
            throw error("The identity provider did not name the user");
        }
        Map<String, String> attributes = new LinkedHashMap<>();
        provider.attributeMapping().forEach((ours, theirs) -> {
            if (!ours.equals("username") && claims.containsKey(theirs)) {
                attributes.put(ours, claims.get(theirs));
            }
        });
        Optional<User> linked = pool.users().withIdentity(provider.providerName(), subject);
        if (linked.isPresent()) {
            if (!linked.get().enabled()) {
                throw error("User is not enabled");
            }
            return pool.users()
                    .update(linked.get().username(), call.receivedAt(), draft -> draft.attributes.putAll(attributes))
                    .orElseThrow();
        }
        String username = provider.providerName() + "_" + subject;
        User.Draft draft = new User.Draft(
                pool.users().normalize(username), realm.env().ids().uuid(), call.receivedAt());
        draft.status = UserStatusType.EXTERNAL_PROVIDER;
        draft.attributes.putAll(attributes);
        draft.identities.add(new LinkedIdentity(
                subject,
                provider.providerName(),
                provider.providerType(),
                provider.providerDetails().getOrDefault("oidc_issuer", ""),
                "Cognito_Subject",
                true,
                call.receivedAt()));
        preSignUp(authorization, draft, call);
        String group = pool.id() + "_" + provider.providerName();
        draft.groups.add(group);
        pool.users().add(draft);
        join(pool, group, provider, draft.username, call);
        User user = pool.users().named(draft.username).orElseThrow();
        if (realm.triggers().has(pool, Trigger.POST_CONFIRMATION)) {
            Triggers.Event event = Triggers.Event.about(
                    pool,
                    "PostConfirmation_ConfirmSignUp",
                    user,
                    authorization.client().id());
            realm.triggers().call(Trigger.POST_CONFIRMATION, event, call);
        }
        return user;
    }

    /** Every provider has a group of its users, which comes with the first of them. */
    private static void join(
            UserPool pool, String group, IdentityProviderType provider, String username, CallContext call) {
        pool.groups()
                .computeIfAbsent(
                        group,
                        name -> new Group(
                                GroupType.builder()
                                        .groupName(name)
                                        .userPoolId(pool.id())
                                        .description("Autogenerated group for users who sign in using "
                                                + provider.providerName())
                                        .creationDate(call.receivedAt())
                                        .lastModifiedDate(call.receivedAt())
                                        .build(),
                                new ConcurrentSkipListSet<>()))
                .members()
                .add(username);
    }

    private void preSignUp(AuthorizationRequest authorization, User.Draft draft, CallContext call) {
        if (realm.triggers().has(authorization.pool(), Trigger.PRE_SIGN_UP)) {
            Triggers.Event event = Triggers.Event.named(
                    authorization.pool(),
                    "PreSignUp_ExternalProvider",
                    draft.username,
                    authorization.client().id());
            event.put("userAttributes", draft.attributes);
            event.response()
                    .put("autoConfirmUser", false)
                    .put("autoVerifyEmail", false)
                    .put("autoVerifyPhone", false);
            JsonNode answer =
                    realm.triggers().call(Trigger.PRE_SIGN_UP, event, call).orElseThrow();
            if (answer.path("autoVerifyEmail").asBoolean()) {
                draft.attributes.put("email_verified", "true");
            }
            if (answer.path("autoVerifyPhone").asBoolean()) {
                draft.attributes.put("phone_number_verified", "true");
            }
        }
    }

    /** Lets the inbound federation trigger change what the provider said. */
    private Map<String, String> inbound(
            AuthorizationRequest authorization,
            IdentityProviderType provider,
            Map<String, String> received,
            CallContext call) {
        if (!realm.triggers().has(authorization.pool(), Trigger.INBOUND_FEDERATION)) {
            return received;
        }
        Triggers.Event event = Triggers.Event.named(
                authorization.pool(),
                "InboundFederation_ExternalProvider",
                provider.providerName(),
                authorization.client().id());
        event.request().put("providerName", provider.providerName()).put("providerType", provider.providerType());
        var attributes = event.request().putObject("attributes").putObject("userInfo");
        received.forEach(attributes::put);
        event.response().putObject("userAttributesToMap");
        JsonNode answer =
                realm.triggers().call(Trigger.INBOUND_FEDERATION, event, call).orElseThrow();
        JsonNode mapped = answer.path("userAttributesToMap");
        if (!mapped.isObject() || mapped.isEmpty()) {
            return received;
        }
        Map<String, String> claims = new LinkedHashMap<>();
        mapped.properties()
                .forEach(entry -> claims.put(entry.getKey(), entry.getValue().asText()));
        return claims;
    }
}
