package io.pileus.cognito.idp.tokens;

import com.fasterxml.jackson.databind.JsonNode;
import io.pileus.core.shape.JsonTrees;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What the pre token generation trigger wants changed. Version 1 changes the ID token only; versions 2 and 3 both tokens
 * and the scopes.
 *
 * @see <a href="https://docs.aws.amazon.com/cognito/latest/developerguide/user-pool-lambda-pre-token-generation.html">Pre
 *     token generation Lambda trigger</a>
 */
record TokenOverrides(
        Map<String, Object> idClaims,
        Set<String> idSuppressed,
        Map<String, Object> accessClaims,
        Set<String> accessSuppressed,
        List<String> scopesAdded,
        Set<String> scopesSuppressed,
        Optional<Groups> groups) {
    static final TokenOverrides NONE =
            new TokenOverrides(Map.of(), Set.of(), Map.of(), Set.of(), List.of(), Set.of(), Optional.empty());

    /** The claims that stay as they are in both tokens, whatever the trigger says. */
    private static final List<String> FIXED = List.of(
            "acr",
            "amr",
            "at_hash",
            "auth_time",
            "azp",
            "client_id",
            "cognito:username",
            "device_key",
            "event_id",
            "exp",
            "iat",
            "identities",
            "iss",
            "jti",
            "nbf",
            "nonce",
            "origin_jti",
            "sub",
            "token_use",
            "username",
            "version");

    private static final Set<String> FIXED_IN_ID_TOKENS = fixed("aud");

    /** An audience may be added to access tokens, if it is the client. */
    private static final Set<String> FIXED_IN_ACCESS_TOKENS = fixed("scope");

    /** Scopes that start so are Cognito's own and cannot be added. */
    private static final String RESERVED_SCOPES = "aws.cognito.";

    private static Set<String> fixed(String more) {
        Set<String> names = new HashSet<>(FIXED);
        names.add(more);
        return Set.copyOf(names);
    }

    static TokenOverrides v1(JsonNode response) {
        JsonNode details = response.path("claimsOverrideDetails");
        return new TokenOverrides(
                added(details, FIXED_IN_ID_TOKENS),
                suppressed(details, FIXED_IN_ID_TOKENS),
                Map.of(),
                Set.of(),
                List.of(),
                Set.of(),
                groups(details.path("groupOverrideDetails")));
    }

    /** @param clientId the client of the session, the only audience that an access token may get */
    static TokenOverrides v2(JsonNode response, String clientId) {
        JsonNode details = response.path("claimsAndScopeOverrideDetails");
        JsonNode id = details.path("idTokenGeneration");
        JsonNode access = details.path("accessTokenGeneration");
        Map<String, Object> accessClaims = added(access, FIXED_IN_ACCESS_TOKENS);
        accessClaims.computeIfPresent("aud", (name, audience) -> audience.equals(clientId) ? audience : null);
        return new TokenOverrides(
                added(id, FIXED_IN_ID_TOKENS),
                suppressed(id, FIXED_IN_ID_TOKENS),
                accessClaims,
                suppressed(access, FIXED_IN_ACCESS_TOKENS),
                texts(access.path("scopesToAdd")).stream()
                        .filter(scope -> !scope.startsWith(RESERVED_SCOPES))
                        .toList(),
                Set.copyOf(texts(access.path("scopesToSuppress"))),
                groups(details.path("groupOverrideDetails")));
    }

    private static Map<String, Object> added(JsonNode token, Set<String> fixed) {
        Map<String, Object> claims = new LinkedHashMap<>();
        token.path("claimsToAddOrOverride").properties().forEach(entry -> {
            if (!fixed.contains(entry.getKey()) && !entry.getValue().isNull()) {
                claims.put(entry.getKey(), JsonTrees.mapper().convertValue(entry.getValue(), Object.class));
            }
        });
        return claims;
    }

    private static Set<String> suppressed(JsonNode token, Set<String> fixed) {
        Set<String> names = new HashSet<>(texts(token.path("claimsToSuppress")));
        names.removeAll(fixed);
        return names;
    }

    private static List<String> texts(JsonNode node) {
        List<String> texts = new ArrayList<>();
        node.forEach(item -> texts.add(item.asText()));
        return texts;
    }

    private static Optional<Groups> groups(JsonNode node) {
        if (!node.isObject() || node.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new Groups(
                texts(node.path("groupsToOverride")),
                texts(node.path("iamRolesToOverride")),
                Optional.ofNullable(node.path("preferredRole").textValue())));
    }
}
