package io.pileus.cognito.identity;

import io.pileus.cognito.identity.model.MappingRule;
import io.pileus.cognito.identity.model.RoleMapping;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Which role an authenticated identity takes on: by the token's own roles, by rules over its claims, or the pool's
 * authenticated role.
 *
 * @see <a href="https://docs.aws.amazon.com/cognito/latest/developerguide/role-based-access-control.html">Role-based
 *     access control</a>
 */
final class RoleChoice {
    private RoleChoice() {}

    static Optional<String> choose(
            Map<String, String> roles, Map<String, RoleMapping> mappings, Login login, Optional<String> custom) {
        Optional<RoleMapping> mapping = Optional.ofNullable(mappings.get(login.provider() + ":" + login.audience()))
                .or(() -> Optional.ofNullable(mappings.get(login.provider())));
        if (custom.isPresent()) {
            boolean allowed = roleClaim(login).contains(custom.get()) || custom.equals(preferred(login));
            if (!allowed) {
                throw IdentityErrors.invalidParameter("The custom role is not one of the token's roles.");
            }
            return custom;
        }
        Optional<String> authenticated = Optional.ofNullable(roles.get("authenticated"));
        if (mapping.isEmpty()) {
            return authenticated;
        }
        Optional<String> mapped = mapping.get().type().equals("Token") ? byToken(login) : byRules(mapping.get(), login);
        if (mapped.isPresent()) {
            return mapped;
        }
        if ("Deny".equals(mapping.get().ambiguousRoleResolution())) {
            throw io.pileus.cognito.identity.model.NotAuthorizedException.of(
                    "No matching role mapping was found for the identity.");
        }
        return authenticated;
    }

    private static Optional<String> byToken(Login login) {
        List<String> roles = roleClaim(login);
        return preferred(login).or(() -> roles.size() == 1 ? Optional.of(roles.getFirst()) : Optional.empty());
    }

    private static Optional<String> preferred(Login login) {
        return Optional.ofNullable(login.claims().get("cognito:preferred_role")).map(String::valueOf);
    }

    private static List<String> roleClaim(Login login) {
        return login.claims().get("cognito:roles") instanceof Collection<?> roles
                ? roles.stream().map(String::valueOf).toList()
                : List.of();
    }

    private static Optional<String> byRules(RoleMapping mapping, Login login) {
        if (mapping.rulesConfiguration() == null) {
            return Optional.empty();
        }
        return mapping.rulesConfiguration().rules().stream()
                .filter(rule -> matches(rule, login.claims().get(rule.claim())))
                .map(MappingRule::roleARN)
                .findFirst();
    }

    private static boolean matches(MappingRule rule, @org.jspecify.annotations.Nullable Object claim) {
        if (claim == null) {
            return false;
        }
        if (claim instanceof Collection<?> values && !rule.matchType().equals("NotEqual")) {
            return values.stream().anyMatch(value -> matches(rule, value));
        }
        String text = String.valueOf(claim);
        return switch (rule.matchType()) {
            case "Equals" -> text.equals(rule.value());
            case "Contains" -> text.contains(rule.value());
            case "StartsWith" -> text.startsWith(rule.value());
            default -> !text.equals(rule.value());
        };
    }
}
