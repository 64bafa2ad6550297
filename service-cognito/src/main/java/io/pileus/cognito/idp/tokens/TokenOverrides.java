package io.pileus.cognito.idp.tokens;

import com.fasterxml.jackson.databind.JsonNode;
import io.pileus.core.shape.JsonTrees;
import java.util.ArrayList;
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

    /** The claims that stay as they are, whatever the trigger says. */
    private static final Set<String> FIXED = Set.of(
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

    static TokenOverrides v1(JsonNode response) {
        JsonNode details = response.path("claimsOverrideDetails");
        return new TokenOverrides(
                claims(details.path("claimsToAddOrOverride")),
                Set.copyOf(texts(details.path("claimsToSuppress"))),
                Map.of(),
                Set.of(),
                List.of(),
                Set.of(),
                groups(details.path("groupOverrideDetails")));
    }

    static TokenOverrides v2(JsonNode response) {
        JsonNode details = response.path("claimsAndScopeOverrideDetails");
        JsonNode id = details.path("idTokenGeneration");
        JsonNode access = details.path("accessTokenGeneration");
        return new TokenOverrides(
                claims(id.path("claimsToAddOrOverride")),
                Set.copyOf(texts(id.path("claimsToSuppress"))),
                claims(access.path("claimsToAddOrOverride")),
                Set.copyOf(texts(access.path("claimsToSuppress"))),
                texts(access.path("scopesToAdd")),
                Set.copyOf(texts(access.path("scopesToSuppress"))),
                groups(details.path("groupOverrideDetails")));
    }

    private static Map<String, Object> claims(JsonNode node) {
        Map<String, Object> claims = new LinkedHashMap<>();
        node.properties().forEach(entry -> {
            if (!FIXED.contains(entry.getKey()) && !entry.getValue().isNull()) {
                claims.put(entry.getKey(), JsonTrees.mapper().convertValue(entry.getValue(), Object.class));
            }
        });
        return claims;
    }

    private static List<String> texts(JsonNode node) {
        List<String> texts = new ArrayList<>();
        node.forEach(item -> {
            if (!FIXED.contains(item.asText())) {
                texts.add(item.asText());
            }
        });
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
