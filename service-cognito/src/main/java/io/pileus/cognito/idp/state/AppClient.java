package io.pileus.cognito.idp.state;

import io.pileus.cognito.idp.crypto.Digests;
import io.pileus.cognito.idp.crypto.SecretHash;
import io.pileus.cognito.idp.model.ClientSecretDescriptorType;
import io.pileus.cognito.idp.model.TokenValidityUnitsType;
import io.pileus.cognito.idp.model.UserPoolClientType;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An app client: its settings as AWS describes them, and its secrets (at most two, the first one being ClientSecret).
 */
public record AppClient(UserPoolClientType settings, List<ClientSecretDescriptorType> secrets) {
    public AppClient {
        secrets = List.copyOf(secrets);
    }

    public String id() {
        return settings.clientId();
    }

    public boolean hasSecret() {
        return !secrets.isEmpty();
    }

    public boolean secretIs(String given) {
        return secrets.stream().anyMatch(s -> Digests.equal(s.clientSecretValue(), given));
    }

    public boolean secretHashIs(String given, String username) {
        return secrets.stream().anyMatch(s -> SecretHash.matches(given, s.clientSecretValue(), username, id()));
    }

    public boolean hidesUserExistence() {
        return "ENABLED".equals(settings.preventUserExistenceErrors());
    }

    /** Whether the client may start the flow; without explicit flows it may do SRP, custom and refresh. */
    public boolean allows(String flow) {
        List<String> flows = settings.explicitAuthFlows();
        if (!settings.hasExplicitAuthFlows() || flows.isEmpty()) {
            return flow.equals("ALLOW_USER_SRP_AUTH")
                    || flow.equals("ALLOW_CUSTOM_AUTH")
                    || flow.equals("ALLOW_REFRESH_TOKEN_AUTH");
        }
        if (flows.contains(flow)) {
            return true;
        }
        return switch (flow) {
            case "ALLOW_USER_SRP_AUTH" -> !anyAllow(flows) && !flows.contains("CUSTOM_AUTH_FLOW_ONLY");
            case "ALLOW_REFRESH_TOKEN_AUTH" -> !anyAllow(flows);
            case "ALLOW_CUSTOM_AUTH" -> !anyAllow(flows);
            case "ALLOW_USER_PASSWORD_AUTH" -> flows.contains("USER_PASSWORD_AUTH");
            case "ALLOW_ADMIN_USER_PASSWORD_AUTH" -> flows.contains("ADMIN_NO_SRP_AUTH");
            default -> false;
        };
    }

    private static boolean anyAllow(List<String> flows) {
        return flows.stream().anyMatch(f -> f.startsWith("ALLOW_"));
    }

    public boolean tokensRevocable() {
        return !Boolean.FALSE.equals(settings.enableTokenRevocation());
    }

    public boolean rotatesRefreshTokens() {
        return settings.refreshTokenRotation() != null
                && "ENABLED".equals(settings.refreshTokenRotation().feature());
    }

    public Duration accessTokenValidity() {
        TokenValidityUnitsType units = settings.tokenValidityUnits();
        return validity(settings.accessTokenValidity(), units == null ? null : units.accessToken(), "hours", 1);
    }

    public Duration idTokenValidity() {
        TokenValidityUnitsType units = settings.tokenValidityUnits();
        return validity(settings.idTokenValidity(), units == null ? null : units.idToken(), "hours", 1);
    }

    public Duration refreshTokenValidity() {
        TokenValidityUnitsType units = settings.tokenValidityUnits();
        return validity(settings.refreshTokenValidity(), units == null ? null : units.refreshToken(), "days", 30);
    }

    public Duration authSessionValidity() {
        Integer minutes = settings.authSessionValidity();
        return Duration.ofMinutes(minutes == null ? 3 : minutes);
    }

    private static Duration validity(
            @Nullable Integer value, @Nullable String unit, String defaultUnit, int defaultValue) {
        int amount = value == null || value == 0 ? defaultValue : value;
        String in = value == null || value == 0 || unit == null ? defaultUnit : unit;
        return switch (in) {
            case "seconds" -> Duration.ofSeconds(amount);
            case "minutes" -> Duration.ofMinutes(amount);
            case "days" -> Duration.ofDays(amount);
            default -> Duration.ofHours(amount);
        };
    }

    @Override
    public String toString() {
        return "AppClient[" + settings.clientName() + "]";
    }
}
