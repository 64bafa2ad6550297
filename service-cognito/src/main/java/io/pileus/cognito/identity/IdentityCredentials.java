package io.pileus.cognito.identity;

import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import io.pileus.cognito.identity.model.*;
import io.pileus.cognito.idp.Realm;
import io.pileus.cognito.idp.tokens.SigningKeys;
import io.pileus.core.port.RoleSessions;
import io.pileus.core.service.CallContext;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** Identities for logins, OpenID tokens for identities, AWS credentials for either. */
final class IdentityCredentials {
    private static final String ISSUER = "https://cognito-identity.amazonaws.com";
    private static final String PROVIDER = "cognito-identity.amazonaws.com";
    private static final Duration OPEN_ID_TOKEN_VALIDITY = Duration.ofMinutes(10);
    private static final Duration DEVELOPER_TOKEN_VALIDITY = Duration.ofMinutes(15);
    private static final Duration CREDENTIALS_VALIDITY = Duration.ofHours(1);

    private final Realm realm;
    private final LoginChecks logins;
    private final SigningKeys keys = new SigningKeys();

    IdentityCredentials(Realm realm, LoginChecks logins) {
        this.realm = realm;
        this.logins = logins;
    }

    SigningKeys keys() {
        return keys;
    }

    GetIdResponse getId(IdentityPoolState pool, GetIdInput input, CallContext call) {
        Identity identity;
        if (input.logins().isEmpty()) {
            if (!Boolean.TRUE.equals(pool.settings().allowUnauthenticatedIdentities())) {
                throw IdentityErrors.guestsNotAllowed();
            }
            identity = Identity.created(newId(pool).get(), Map.of(), call.receivedAt());
            pool.put(identity);
        } else {
            Map<String, Login> checked = logins.check(pool.settings(), input.logins(), call);
            identity = pool.resolve(users(checked), newId(pool), call.receivedAt());
        }
        return GetIdResponse.builder().identityId(identity.id()).build();
    }

    private Supplier<String> newId(IdentityPoolState pool) {
        return () -> pool.region() + ":" + realm.env().ids().uuid();
    }

    private static Map<String, String> users(Map<String, Login> checked) {
        Map<String, String> users = new HashMap<>();
        checked.forEach((provider, login) -> users.put(provider, login.user()));
        return users;
    }

    /** Who shows up for an identity: the logins that prove it, none for a guest. */
    private record Proof(Identity identity, Map<String, Login> logins, boolean developer, Map<String, String> tags) {
        boolean authenticated() {
            return !logins.isEmpty() || developer;
        }
    }

    private Proof prove(IdentityPoolState pool, String identityId, Map<String, String> given, CallContext call) {
        Identity identity = pool.identity(identityId).orElseThrow(() -> IdentityErrors.identityNotFound(identityId));
        if (identity.disabled()) {
            throw IdentityErrors.forbidden(identityId);
        }
        Map<String, String> rest = new HashMap<>(given);
        String openId = rest.remove(PROVIDER);
        if (openId != null) {
            JWTClaimsSet claims = own(openId, identityId, call);
            return new Proof(identity, Map.of(), true, tags(claims));
        }
        if (rest.isEmpty()) {
            if (!identity.guest()) {
                throw IdentityErrors.forbidden(identityId);
            }
            if (!Boolean.TRUE.equals(pool.settings().allowUnauthenticatedIdentities())) {
                throw IdentityErrors.guestsNotAllowed();
            }
            return new Proof(identity, Map.of(), false, Map.of());
        }
        Map<String, Login> checked = logins.check(pool.settings(), rest, call);
        boolean known = identity.guest()
                || checked.values().stream()
                        .anyMatch(login -> login.user().equals(identity.logins().get(login.provider())));
        boolean foreign = checked.values().stream()
                .anyMatch(login -> pool.withLogin(login.provider(), login.user())
                        .filter(other -> !other.id().equals(identityId))
                        .isPresent());
        if (!known) {
            throw IdentityErrors.loginsDoNotMatch();
        }
        if (foreign) {
            throw IdentityErrors.loginTaken();
        }
        Map<String, String> linked = new HashMap<>(identity.logins());
        linked.putAll(users(checked));
        if (!linked.equals(identity.logins())) {
            pool.put(identity.withLogins(linked, call.receivedAt()));
        }
        return new Proof(identity, checked, false, Map.of());
    }

    private static Map<String, String> tags(JWTClaimsSet claims) {
        Map<String, String> tags = new HashMap<>();
        if (claims.getClaim("principal_tags") instanceof Map<?, ?> map) {
            map.forEach((key, value) -> tags.put(String.valueOf(key), String.valueOf(value)));
        }
        return tags;
    }

    /** The claims of an OpenID token of ours for this identity. */
    private JWTClaimsSet own(String token, String identityId, CallContext call) {
        try {
            SignedJWT jwt = SignedJWT.parse(token);
            JWTClaimsSet claims = jwt.getJWTClaimsSet();
            boolean valid = keys.signed(SigningKeys.Use.ID_TOKEN, jwt)
                    && call.receivedAt().isBefore(claims.getExpirationTime().toInstant());
            if (!valid) {
                throw IdentityErrors.invalidLogin("Token is expired or not valid.");
            }
            if (!identityId.equals(claims.getSubject())) {
                throw IdentityErrors.forbidden(identityId);
            }
            return claims;
        } catch (ParseException e) {
            throw IdentityErrors.invalidLogin("Not a valid OpenId Connect identity token.");
        }
    }

    GetOpenIdTokenResponse getOpenIdToken(IdentityPoolState pool, GetOpenIdTokenInput input, CallContext call) {
        checkClassicFlow(pool, input.logins());
        Proof proof = prove(pool, input.identityId(), input.logins(), call);
        return GetOpenIdTokenResponse.builder()
                .identityId(input.identityId())
                .token(token(pool, proof, OPEN_ID_TOKEN_VALIDITY, call.receivedAt()))
                .build();
    }

    /**
     * Refuses the first half of the classic flow, whose second is AssumeRoleWithWebIdentity, where the pool forbids it; one
     * that does not say allows it.
     *
     * @see <a href="https://github.com/aws/aws-cli/issues/7652">What AWS does without AllowClassicFlow</a>
     */
    private static void checkClassicFlow(IdentityPoolState pool, Map<String, String> logins) {
        if (Boolean.FALSE.equals(pool.settings().allowClassicFlow())) {
            throw IdentityErrors.classicFlow("enabled");
        }
        if (!pool.roleMappings().isEmpty()) {
            throw IdentityErrors.classicFlow("supported with RoleMappings");
        }
        if (pool.settings().samlProviderARNs().stream().anyMatch(logins::containsKey)) {
            throw IdentityErrors.classicFlow("supported with SAML");
        }
    }

    private String token(IdentityPoolState pool, Proof proof, Duration validity, Instant now) {
        List<String> amr = new ArrayList<>();
        amr.add(proof.authenticated() ? "authenticated" : "unauthenticated");
        proof.logins().values().forEach(login -> {
            amr.add(login.provider());
            amr.add(login.provider() + ":" + login.audience() + ":" + login.user());
        });
        if (proof.developer() && pool.settings().developerProviderName() != null) {
            amr.add(pool.settings().developerProviderName());
            proof.identity()
                    .developerIds()
                    .forEach(id -> amr.add(pool.settings().developerProviderName() + ":"
                            + pool.settings().identityPoolId() + ":" + id));
        }
        JWTClaimsSet.Builder claims = new JWTClaimsSet.Builder()
                .subject(proof.identity().id())
                .audience(pool.settings().identityPoolId())
                .claim("amr", amr)
                .issuer(ISSUER)
                .expirationTime(Date.from(now.plus(validity)))
                .issueTime(Date.from(now));
        Map<String, String> tags = principalTags(pool, proof);
        if (!tags.isEmpty()) {
            Map<String, Object> lists = new HashMap<>();
            tags.forEach((key, value) -> lists.put(key, List.of(value)));
            claims.claim("https://aws.amazon.com/tags", Map.of("principal_tags", lists));
        }
        if (!proof.tags().isEmpty()) {
            claims.claim("principal_tags", proof.tags());
        }
        return keys.sign(SigningKeys.Use.ID_TOKEN, claims.build());
    }

    GetOpenIdTokenForDeveloperIdentityResponse getOpenIdTokenForDeveloperIdentity(
            IdentityPoolState pool, GetOpenIdTokenForDeveloperIdentityInput input, CallContext call) {
        String developer = pool.settings().developerProviderName();
        String developerId = developer == null ? null : input.logins().get(developer);
        if (developerId == null) {
            throw IdentityErrors.invalidParameter("Please provide a valid developer provider name in the Logins map.");
        }
        Map<String, String> others = new HashMap<>(input.logins());
        others.remove(developer);
        Map<String, Login> checked = logins.check(pool.settings(), others, call);
        Optional<Identity> holder = pool.withDeveloperId(developerId);
        if (holder.isPresent()
                && input.identityId() != null
                && !holder.get().id().equals(input.identityId())) {
            throw DeveloperUserAlreadyRegisteredException.of(
                    "The developer user identifier is already registered with another identity.");
        }
        Identity base = input.identityId() != null
                ? linkable(pool, input.identityId(), developerId, checked)
                : holder.orElseGet(() -> Identity.created(newId(pool).get(), Map.of(), call.receivedAt()));
        List<String> developerIds = new ArrayList<>(base.developerIds());
        if (!developerIds.contains(developerId)) {
            developerIds.add(developerId);
        }
        Map<String, String> linked = new HashMap<>(base.logins());
        linked.putAll(users(checked));
        Identity identity = base.with(linked, developerIds, call.receivedAt());
        pool.put(identity);
        Duration validity =
                input.tokenDuration() == null ? DEVELOPER_TOKEN_VALIDITY : Duration.ofSeconds(input.tokenDuration());
        Proof proof = new Proof(identity, checked, true, input.principalTags());
        return GetOpenIdTokenForDeveloperIdentityResponse.builder()
                .identityId(identity.id())
                .token(token(pool, proof, validity, call.receivedAt()))
                .build();
    }

    /** The identity that a developer id shall be linked to: a guest, or one that is proved by a login it has already. */
    private static Identity linkable(
            IdentityPoolState pool, String identityId, String developerId, Map<String, Login> logins) {
        Identity identity = pool.identity(identityId).orElseThrow(() -> IdentityErrors.identityNotFound(identityId));
        if (identity.disabled()) {
            throw IdentityErrors.forbidden(identityId);
        }
        boolean known = identity.guest()
                || identity.developerIds().contains(developerId)
                || logins.values().stream()
                        .anyMatch(login -> login.user().equals(identity.logins().get(login.provider())));
        if (!known) {
            throw IdentityErrors.loginsDoNotMatch();
        }
        return identity;
    }

    GetCredentialsForIdentityResponse getCredentialsForIdentity(
            IdentityPoolState pool, GetCredentialsForIdentityInput input, CallContext call) {
        Proof proof = prove(pool, input.identityId(), input.logins(), call);
        String role =
                role(pool, proof, Optional.ofNullable(input.customRoleArn())).orElseThrow(IdentityErrors::noRole);
        return GetCredentialsForIdentityResponse.builder()
                .identityId(input.identityId())
                .credentials(credentials(pool, proof, role, call))
                .build();
    }

    private static Optional<String> role(IdentityPoolState pool, Proof proof, Optional<String> custom) {
        Map<String, String> roles = pool.roles();
        if (!proof.authenticated()) {
            return Optional.ofNullable(roles.get("unauthenticated"));
        }
        Optional<Login> login = proof.logins().values().stream().findFirst();
        return login.isPresent()
                ? RoleChoice.choose(roles, pool.roleMappings(), login.get(), custom)
                : Optional.ofNullable(roles.get("authenticated"));
    }

    /** The claims that the pool turns into tags of the session. */
    private static Map<String, String> principalTags(IdentityPoolState pool, Proof proof) {
        Map<String, String> tags = new HashMap<>(proof.tags());
        for (Login login : proof.logins().values()) {
            pool.principalTags(login.provider()).ifPresent(map -> {
                Map<String, String> wanted =
                        map.useDefaults() ? Map.of("username", "sub", "client", "aud") : map.tags();
                wanted.forEach((tag, claim) -> {
                    Object value = login.claims().get(claim);
                    if (value != null) {
                        tags.put(
                                tag,
                                value instanceof List<?> list && list.size() == 1
                                        ? String.valueOf(list.getFirst())
                                        : String.valueOf(value));
                    }
                });
            });
        }
        return tags;
    }

    private Credentials credentials(IdentityPoolState pool, Proof proof, String role, CallContext call) {
        Optional<RoleSessions> sessions = realm.env().ports().find(RoleSessions.class);
        if (sessions.isEmpty()) {
            return unknownCredentials(call);
        }
        Map<String, String> claims = new HashMap<>();
        claims.put(PROVIDER + ":aud", pool.settings().identityPoolId());
        claims.put(PROVIDER + ":sub", proof.identity().id());
        claims.put(PROVIDER + ":amr", proof.authenticated() ? "authenticated" : "unauthenticated");
        RoleSessions.Assumed assumed = sessions.get()
                .assumeForWebIdentity(
                        role,
                        PROVIDER,
                        claims,
                        "CognitoIdentityCredentials",
                        CREDENTIALS_VALIDITY,
                        principalTags(pool, proof),
                        Optional.empty());
        return switch (assumed) {
            case RoleSessions.Session session ->
                Credentials.builder()
                        .accessKeyId(session.accessKeyId())
                        .secretKey(session.secretAccessKey())
                        .sessionToken(session.sessionToken())
                        .expiration(session.expiration())
                        .build();
            case RoleSessions.Denied ignored -> throw IdentityErrors.noRole();
        };
    }

    /** Without STS there is nobody who would know the credentials; they say so in the log, and look like credentials. */
    private Credentials unknownCredentials(CallContext call) {
        call.notEmulated("GetCredentialsForIdentity: STS is not enabled, so no service knows these credentials");
        return Credentials.builder()
                .accessKeyId("ASIA" + realm.env().ids().upperAlphanumeric(16))
                .secretKey(realm.secretName(30))
                .sessionToken(realm.secretName(120))
                .expiration(call.receivedAt().plus(CREDENTIALS_VALIDITY))
                .build();
    }

    void unlink(IdentityPoolState pool, UnlinkIdentityInput input, CallContext call) {
        Proof proof = prove(pool, input.identityId(), input.logins(), call);
        Map<String, String> left = new HashMap<>(proof.identity().logins());
        input.loginsToRemove().forEach(left::remove);
        pool.put(proof.identity().withLogins(left, call.receivedAt()));
    }
}
