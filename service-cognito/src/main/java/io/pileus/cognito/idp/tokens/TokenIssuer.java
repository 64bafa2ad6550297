package io.pileus.cognito.idp.tokens;

import com.fasterxml.jackson.databind.JsonNode;
import com.nimbusds.jwt.JWTClaimsSet;
import io.pileus.cognito.idp.Realm;
import io.pileus.cognito.idp.crypto.Digests;
import io.pileus.cognito.idp.model.AuthenticationResultType;
import io.pileus.cognito.idp.model.LambdaConfigType;
import io.pileus.cognito.idp.state.AppClient;
import io.pileus.cognito.idp.state.TokenFamily;
import io.pileus.cognito.idp.state.User;
import io.pileus.cognito.idp.state.UserPool;
import io.pileus.cognito.idp.triggers.Trigger;
import io.pileus.cognito.idp.triggers.Triggers;
import io.pileus.core.service.CallContext;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Issues the tokens of a sign-in, with Cognito's claims.
 *
 * @see <a href="https://docs.aws.amazon.com/cognito/latest/developerguide/amazon-cognito-user-pools-using-tokens-with-identity-providers.html">Understanding
 *     user pool JSON web tokens</a>
 */
public final class TokenIssuer {
    private static final List<String> PROFILE = List.of(
            "name",
            "family_name",
            "given_name",
            "middle_name",
            "nickname",
            "preferred_username",
            "profile",
            "picture",
            "website",
            "gender",
            "birthdate",
            "zoneinfo",
            "locale",
            "updated_at");

    private final Realm realm;

    public TokenIssuer(Realm realm) {
        this.realm = realm;
    }

    /** The tokens that a token endpoint or an authentication answers with. */
    public record Issued(
            String accessToken, Optional<String> idToken, Optional<String> refreshToken, Duration accessValidity) {

        public AuthenticationResultType.Builder result() {
            return AuthenticationResultType.builder()
                    .accessToken(accessToken)
                    .idToken(idToken.orElse(null))
                    .refreshToken(refreshToken.orElse(null))
                    .expiresIn((int) accessValidity.toSeconds())
                    .tokenType("Bearer");
        }
    }

    /** Issues all three tokens and opens their family. */
    public Issued issue(TokenRequest request) {
        Instant now = request.call().receivedAt();
        String refreshToken = newRefreshToken();
        TokenFamily family = new TokenFamily(
                realm.env().ids().uuid(),
                realm.env().ids().uuid(),
                request.user().username(),
                request.user().sub(),
                request.client().id(),
                request.authTime(),
                now.plus(request.client().refreshTokenValidity()),
                Map.of(),
                request.scopes(),
                request.oauth(),
                request.nonce(),
                request.deviceKey(),
                request.resource());
        Issued issued = sign(request, family, Optional.of(refreshToken));
        request.pool().tokens().add(family, hash(refreshToken), now);
        return issued;
    }

    /** Issues ID and access token anew for a family, with a new refresh token when the client rotates them. */
    public Issued refresh(TokenRequest request, TokenFamily family, Optional<String> newRefreshToken) {
        return sign(request, family, newRefreshToken);
    }

    /** A token of client_credentials: an access token about the client itself. */
    public Issued clientCredentials(
            UserPool pool, AppClient client, List<String> scopes, Map<String, String> metadata, CallContext call) {
        TokenOverrides overrides = clientOverrides(pool, client, scopes, metadata, call);
        Instant now = call.receivedAt();
        JWTClaimsSet.Builder claims = new JWTClaimsSet.Builder()
                .subject(client.id())
                .claim("token_use", "access")
                .claim("scope", String.join(" ", scopes(scopes, overrides)))
                .claim("auth_time", now.getEpochSecond())
                .issuer(realm.issuer(pool, call))
                .expirationTime(Date.from(now.plus(client.accessTokenValidity())))
                .issueTime(Date.from(now))
                .claim("version", 2)
                .jwtID(realm.env().ids().uuid())
                .claim("client_id", client.id());
        apply(claims, overrides.accessClaims(), overrides.accessSuppressed());
        return new Issued(
                pool.signingKeys().sign(SigningKeys.Use.ACCESS_TOKEN, claims.build()),
                Optional.empty(),
                Optional.empty(),
                client.accessTokenValidity());
    }

    /** Refresh tokens are opaque: in the shape of an encrypted token, but random, and known by their hash only. */
    public String newRefreshToken() {
        return "eyJjdHkiOiJKV1QiLCJlbmMiOiJBMjU2R0NNIiwiYWxnIjoiUlNBLU9BRVAifQ." + realm.secretName(256) + "."
                + realm.secretName(12) + "." + realm.secretName(512) + "." + realm.secretName(16);
    }

    public static String hash(String refreshToken) {
        return Base64.getEncoder().encodeToString(Digests.sha256(Digests.utf8(refreshToken)));
    }

    private Issued sign(TokenRequest request, TokenFamily family, Optional<String> refreshToken) {
        UserPool pool = request.pool();
        TokenOverrides overrides = overrides(request);
        Groups groups = overrides.groups().orElseGet(() -> Groups.of(pool, request.user()));
        String access = pool.signingKeys()
                .sign(
                        SigningKeys.Use.ACCESS_TOKEN,
                        accessClaims(request, family, groups, overrides).build());
        boolean wantsId = !request.oauth() || request.scopes().contains("openid");
        Optional<String> id = Optional.empty();
        if (wantsId) {
            JWTClaimsSet.Builder claims = idClaims(request, family, groups, overrides);
            if (request.oauth()) {
                claims.claim("at_hash", accessTokenHash(access));
            }
            id = Optional.of(pool.signingKeys().sign(SigningKeys.Use.ID_TOKEN, claims.build()));
        }
        return new Issued(access, id, refreshToken, request.client().accessTokenValidity());
    }

    private JWTClaimsSet.Builder accessClaims(
            TokenRequest request, TokenFamily family, Groups groups, TokenOverrides overrides) {
        Instant now = request.call().receivedAt();
        JWTClaimsSet.Builder claims =
                new JWTClaimsSet.Builder().subject(request.user().sub());
        family.deviceKey().ifPresent(key -> claims.claim("device_key", key));
        if (!groups.names().isEmpty()) {
            claims.claim("cognito:groups", groups.names());
        }
        claims.issuer(realm.issuer(request.pool(), request.call()));
        family.resource().ifPresent(claims::audience);
        if (request.oauth()) {
            claims.claim("version", 2);
        }
        claims.claim("client_id", request.client().id());
        if (request.client().tokensRevocable()) {
            claims.claim("origin_jti", family.originJti());
        }
        claims.claim("event_id", family.eventId())
                .claim("token_use", "access")
                .claim("scope", String.join(" ", scopes(request.scopes(), overrides)))
                .claim("auth_time", family.authTime().getEpochSecond())
                .expirationTime(Date.from(now.plus(request.client().accessTokenValidity())))
                .issueTime(Date.from(now))
                .jwtID(realm.env().ids().uuid())
                .claim("username", request.user().username());
        apply(claims, overrides.accessClaims(), overrides.accessSuppressed());
        return claims;
    }

    private JWTClaimsSet.Builder idClaims(
            TokenRequest request, TokenFamily family, Groups groups, TokenOverrides overrides) {
        Instant now = request.call().receivedAt();
        User user = request.user();
        JWTClaimsSet.Builder claims = new JWTClaimsSet.Builder().subject(user.sub());
        readableAttributes(request).forEach(claims::claim);
        if (!groups.names().isEmpty()) {
            claims.claim("cognito:groups", groups.names());
        }
        if (!groups.roles().isEmpty()) {
            claims.claim("cognito:roles", groups.roles());
        }
        groups.preferredRole().ifPresent(role -> claims.claim("cognito:preferred_role", role));
        claims.issuer(realm.issuer(request.pool(), request.call()))
                .claim("cognito:username", user.username())
                .audience(request.client().id())
                .claim("event_id", family.eventId())
                .claim("token_use", "id")
                .claim("auth_time", family.authTime().getEpochSecond())
                .expirationTime(Date.from(now.plus(request.client().idTokenValidity())))
                .issueTime(Date.from(now));
        if (request.client().tokensRevocable()) {
            claims.claim("origin_jti", family.originJti());
        }
        claims.jwtID(realm.env().ids().uuid());
        request.nonce().ifPresent(nonce -> claims.claim("nonce", nonce));
        apply(claims, overrides.idClaims(), overrides.idSuppressed());
        return claims;
    }

    /** The user's attributes that the client may read and the scopes ask for, with the types that the claims have. */
    public static Map<String, Object> readableAttributes(TokenRequest request) {
        Map<String, Object> claims = new LinkedHashMap<>();
        for (Map.Entry<String, String> attribute : request.user().attributes().entrySet()) {
            String name = attribute.getKey();
            if (readable(request.client(), name) && (!request.oauth() || inScope(name, request.scopes()))) {
                claims.put(name, typed(name, attribute.getValue()));
            }
        }
        if (!request.user().identities().isEmpty()) {
            claims.put("identities", identities(request.user()));
        }
        return claims;
    }

    private static List<Map<String, Object>> identities(User user) {
        List<Map<String, Object>> list = new ArrayList<>();
        user.identities().forEach(identity -> {
            Map<String, Object> node = new LinkedHashMap<>();
            node.put("userId", identity.userId());
            node.put("providerName", identity.providerName());
            node.put("providerType", identity.providerType());
            node.put("issuer", identity.issuer().isEmpty() ? null : identity.issuer());
            node.put("primary", Boolean.toString(identity.primary()));
            node.put("dateCreated", Long.toString(identity.dateCreated().toEpochMilli()));
            list.add(node);
        });
        return list;
    }

    /** A client without read attributes of its own reads every attribute. */
    public static boolean readable(AppClient client, String attribute) {
        List<String> allowed = client.settings().readAttributes();
        return !client.settings().hasReadAttributes() || allowed.isEmpty() || allowed.contains(attribute);
    }

    /** {@code openid} alone gives all; with {@code profile}, {@code email} or {@code phone} beside it only theirs. */
    private static boolean inScope(String attribute, List<String> scopes) {
        boolean narrowed = scopes.contains("profile") || scopes.contains("email") || scopes.contains("phone");
        if (!narrowed) {
            return true;
        }
        return switch (attribute) {
            case "email", "email_verified" -> scopes.contains("email");
            case "phone_number", "phone_number_verified" -> scopes.contains("phone");
            default ->
                scopes.contains("profile")
                        && (PROFILE.contains(attribute)
                                || attribute.startsWith("custom:")
                                || attribute.equals("address"));
        };
    }

    private static Object typed(String name, String value) {
        return switch (name) {
            case "email_verified", "phone_number_verified" -> Boolean.parseBoolean(value);
            default -> value;
        };
    }

    private static List<String> scopes(List<String> granted, TokenOverrides overrides) {
        List<String> scopes = new ArrayList<>(granted);
        scopes.removeAll(overrides.scopesSuppressed());
        overrides.scopesAdded().stream().filter(s -> !scopes.contains(s)).forEach(scopes::add);
        return scopes;
    }

    private static void apply(
            JWTClaimsSet.Builder claims, Map<String, Object> added, java.util.Set<String> suppressed) {
        suppressed.forEach(name -> claims.claim(name, null));
        added.forEach(claims::claim);
    }

    private TokenOverrides overrides(TokenRequest request) {
        UserPool pool = request.pool();
        if (!realm.triggers().has(pool, Trigger.PRE_TOKEN_GENERATION)) {
            return TokenOverrides.NONE;
        }
        Triggers.Event event = Triggers.Event.about(
                pool,
                "TokenGeneration_" + request.source(),
                request.user(),
                request.client().id());
        Groups groups = Groups.of(pool, request.user());
        var configuration = event.request().putObject("groupConfiguration");
        groups.names().forEach(configuration.putArray("groupsToOverride")::add);
        groups.roles().forEach(configuration.putArray("iamRolesToOverride")::add);
        configuration.put("preferredRole", groups.preferredRole().orElse(null));
        event.putUnlessEmpty("clientMetadata", request.clientMetadata());
        String version = version(pool.settings().lambdaConfig());
        return answer(event, version, request.scopes(), request.call());
    }

    private TokenOverrides clientOverrides(
            UserPool pool, AppClient client, List<String> scopes, Map<String, String> metadata, CallContext call) {
        LambdaConfigType config = pool.settings().lambdaConfig();
        if (!realm.triggers().has(pool, Trigger.PRE_TOKEN_GENERATION)
                || !version(config).equals("3")) {
            return TokenOverrides.NONE;
        }
        Triggers.Event event =
                Triggers.Event.named(pool, "TokenGeneration_ClientCredentials", client.id(), client.id());
        event.put("userAttributes", Map.of());
        event.putUnlessEmpty("clientMetadata", metadata);
        return answer(event, "3", scopes, call);
    }

    private TokenOverrides answer(Triggers.Event event, String version, List<String> scopes, CallContext call) {
        if (version.equals("1")) {
            event.response().putNull("claimsOverrideDetails");
        } else {
            scopes.forEach(event.request().putArray("scopes")::add);
            event.response().putNull("claimsAndScopeOverrideDetails");
        }
        JsonNode response = realm.triggers()
                .call(Trigger.PRE_TOKEN_GENERATION, event, version, call)
                .orElseThrow();
        return version.equals("1") ? TokenOverrides.v1(response) : TokenOverrides.v2(response, event.clientId());
    }

    private static String version(LambdaConfigType config) {
        if (config.preTokenGenerationConfig() == null) {
            return "1";
        }
        return switch (config.preTokenGenerationConfig().lambdaVersion()) {
            case "V2_0" -> "2";
            case "V3_0" -> "3";
            default -> "1";
        };
    }

    /** The left half of the access token's SHA-256, as OpenID Connect defines at_hash. */
    private static String accessTokenHash(String accessToken) {
        byte[] hash = Digests.sha256(Digests.utf8(accessToken));
        return Base64.getUrlEncoder().withoutPadding().encodeToString(Arrays.copyOf(hash, 16));
    }
}
