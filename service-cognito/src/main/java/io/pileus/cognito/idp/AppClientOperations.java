package io.pileus.cognito.idp;

import io.pileus.cognito.idp.model.*;
import io.pileus.cognito.idp.state.AppClient;
import io.pileus.cognito.idp.state.UserPool;
import io.pileus.core.service.CallContext;
import io.pileus.core.service.Violation;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** App clients and their secrets. */
final class AppClientOperations {
    private static final String CUSTOM_ID = "_custom_id_:";
    private static final Pattern CLIENT_ID = Pattern.compile("[\\w+]{1,128}");
    private static final int SECRETS_MAX = 2;
    private static final Set<String> STANDARD_SCOPES =
            Set.of("phone", "email", "openid", "profile", "aws.cognito.signin.user.admin");
    private final Realm realm;

    AppClientOperations(Realm realm) {
        this.realm = realm;
    }

    CreateUserPoolClientResponse createUserPoolClient(CreateUserPoolClientRequest input, CallContext call) {
        UserPool pool = realm.pool(input.userPoolId(), call);
        boolean generate = Boolean.TRUE.equals(input.generateSecret());
        if (generate && input.clientSecret() != null) {
            throw CognitoErrors.invalidParameter("Only one of GenerateSecret and ClientSecret can be specified.");
        }
        String id = clientId(input.clientName());
        String secret = secret(pool, generate, input.clientSecret());
        UserPoolClientType settings = UserPoolClientType.builder()
                .userPoolId(pool.id())
                .clientName(input.clientName())
                .clientId(id)
                .clientSecret(secret)
                .creationDate(call.receivedAt())
                .lastModifiedDate(call.receivedAt())
                .refreshTokenValidity(or(input.refreshTokenValidity(), 30))
                .accessTokenValidity(input.accessTokenValidity())
                .idTokenValidity(input.idTokenValidity())
                .tokenValidityUnits(input.tokenValidityUnits())
                .readAttributes(input.hasReadAttributes() ? input.readAttributes() : null)
                .writeAttributes(input.hasWriteAttributes() ? input.writeAttributes() : null)
                .explicitAuthFlows(input.hasExplicitAuthFlows() ? input.explicitAuthFlows() : null)
                .supportedIdentityProviders(
                        input.hasSupportedIdentityProviders() ? input.supportedIdentityProviders() : null)
                .callbackURLs(input.hasCallbackURLs() ? input.callbackURLs() : null)
                .logoutURLs(input.hasLogoutURLs() ? input.logoutURLs() : null)
                .defaultRedirectURI(input.defaultRedirectURI())
                .allowedOAuthFlows(input.hasAllowedOAuthFlows() ? input.allowedOAuthFlows() : null)
                .allowedOAuthScopes(input.hasAllowedOAuthScopes() ? input.allowedOAuthScopes() : null)
                .allowedOAuthFlowsUserPoolClient(Boolean.TRUE.equals(input.allowedOAuthFlowsUserPoolClient()))
                .analyticsConfiguration(input.analyticsConfiguration())
                .preventUserExistenceErrors(input.preventUserExistenceErrors())
                .enableTokenRevocation(!Boolean.FALSE.equals(input.enableTokenRevocation()))
                .enablePropagateAdditionalUserContextData(
                        Boolean.TRUE.equals(input.enablePropagateAdditionalUserContextData()))
                .authSessionValidity(or(input.authSessionValidity(), 3))
                .refreshTokenRotation(input.refreshTokenRotation())
                .build();
        check(pool, settings, "creating");
        AppClient client = new AppClient(
                settings, secret == null ? List.of() : List.of(descriptor(id, secret, call.receivedAt())));
        if (!realm.pools().addClient(pool, client)) {
            throw CognitoErrors.invalidParameter("User pool client " + id + " already exists.");
        }
        return CreateUserPoolClientResponse.builder().userPoolClient(settings).build();
    }

    /** Whether a violation is only that a client's name asks for a custom id. */
    static boolean isCustomIdName(Violation violation) {
        return violation.member().equals("ClientName")
                && violation.kind() == Violation.Kind.PATTERN
                && violation.message().startsWith("Value '" + CUSTOM_ID);
    }

    private String clientId(String clientName) {
        if (clientName.startsWith(CUSTOM_ID)) {
            String id = clientName.substring(CUSTOM_ID.length());
            if (!CLIENT_ID.matcher(id).matches()) {
                throw CognitoErrors.invalidParameter("The custom id " + id + " is not a client id.");
            }
            return id;
        }
        return lowerAlphanumeric(26);
    }

    private @Nullable String secret(UserPool pool, boolean generate, @Nullable String given) {
        if (given != null) {
            return given;
        }
        return generate ? lowerAlphanumeric(51) : null;
    }

    private String lowerAlphanumeric(int length) {
        String alphabet = "0123456789abcdefghijklmnopqrstuvwxyz";
        StringBuilder text = new StringBuilder(length);
        for (int i = 0; i < length; i++) {
            text.append(alphabet.charAt(realm.env().ids().below(alphabet.length())));
        }
        return text.toString();
    }

    private static ClientSecretDescriptorType descriptor(String clientId, String secret, Instant now) {
        return ClientSecretDescriptorType.builder()
                .clientSecretId(clientId + "--" + now.toEpochMilli())
                .clientSecretValue(secret)
                .clientSecretCreateDate(now)
                .build();
    }

    private static Integer or(@Nullable Integer value, int otherwise) {
        return value == null || value == 0 ? otherwise : value;
    }

    /** Refuses settings that contradict each other or name what the pool has not. */
    private static void check(UserPool pool, UserPoolClientType client, String doing) {
        checkFlows(client);
        checkAttributes(pool, client.readAttributes(), "read", doing);
        checkAttributes(pool, client.writeAttributes(), "write", doing);
        if (Boolean.TRUE.equals(client.enablePropagateAdditionalUserContextData()) && client.clientSecret() == null) {
            throw CognitoErrors.invalidParameter(
                    "EnablePropagateAdditionalUserContextData can only be set for a client with a secret.");
        }
        checkProviders(pool, client);
        checkOAuth(pool, client);
        checkUrls(client);
        checkValidity(client);
    }

    private static void checkFlows(UserPoolClientType client) {
        List<String> flows = client.explicitAuthFlows();
        boolean allow = flows.stream().anyMatch(f -> f.startsWith("ALLOW_"));
        if (allow && !flows.stream().allMatch(f -> f.startsWith("ALLOW_"))) {
            throw CognitoErrors.invalidParameter(
                    "Invalid ExplicitAuthFlows: values with and without the ALLOW_ prefix cannot be combined.");
        }
        boolean rotates = client.refreshTokenRotation() != null
                && "ENABLED".equals(client.refreshTokenRotation().feature());
        if (rotates && flows.contains("ALLOW_REFRESH_TOKEN_AUTH")) {
            throw CognitoErrors.invalidParameter(
                    "Refresh token rotation cannot be enabled with the ALLOW_REFRESH_TOKEN_AUTH flow.");
        }
    }

    private static void checkAttributes(UserPool pool, List<String> names, String kind, String doing) {
        for (String name : names) {
            if (!pool.schema().has(name)) {
                throw CognitoErrors.invalidParameter(
                        "Invalid " + kind + " attributes specified while " + doing + " a client");
            }
        }
        if (kind.equals("write") && !names.isEmpty()) {
            for (SchemaAttributeType schema : pool.schema().attributes()) {
                if (Boolean.TRUE.equals(schema.required())
                        && !schema.name().equals("sub")
                        && !names.contains(schema.name())) {
                    throw CognitoErrors.invalidParameter(
                            "Invalid write attributes specified while " + doing + " a client");
                }
            }
            for (String fixed : List.of("sub", "email_verified", "phone_number_verified")) {
                if (names.contains(fixed)) {
                    throw CognitoErrors.invalidParameter(
                            "Invalid write attributes specified while " + doing + " a client");
                }
            }
        }
    }

    private static void checkProviders(UserPool pool, UserPoolClientType client) {
        for (String provider : client.supportedIdentityProviders()) {
            if (!provider.equals("COGNITO") && !pool.identityProviders().containsKey(provider)) {
                throw CognitoErrors.invalidParameter(
                        "The provider " + provider + " does not exist for User Pool " + pool.id());
            }
        }
    }

    private static void checkOAuth(UserPool pool, UserPoolClientType client) {
        List<String> flows = client.allowedOAuthFlows();
        boolean oauth = Boolean.TRUE.equals(client.allowedOAuthFlowsUserPoolClient());
        if (oauth && (flows.isEmpty() || client.allowedOAuthScopes().isEmpty())) {
            throw CognitoErrors.invalidParameter("AllowedOAuthFlows and AllowedOAuthScopes are required if user pool "
                    + "client is allowed to use OAuth flows.");
        }
        if (flows.contains("client_credentials")) {
            if (flows.size() > 1) {
                throw InvalidOAuthFlowException.of(
                        "client_credentials flow can not be selected along with code flow or implicit flow.");
            }
            if (client.clientSecret() == null) {
                throw InvalidOAuthFlowException.of(
                        "client_credentials flow can not be selected if client does not have a client secret.");
            }
        }
        for (String scope : client.allowedOAuthScopes()) {
            if (!STANDARD_SCOPES.contains(scope) && !resourceScopes(pool).contains(scope)) {
                throw ScopeDoesNotExistException.of("Invalid scope requested: " + scope);
            }
            if (flows.contains("client_credentials") && STANDARD_SCOPES.contains(scope)) {
                throw InvalidOAuthFlowException.of(scope + " is not supported with client_credentials flow.");
            }
        }
    }

    static Set<String> resourceScopes(UserPool pool) {
        Set<String> scopes = new java.util.HashSet<>();
        for (ResourceServerType server : pool.resourceServers().values()) {
            server.scopes().forEach(scope -> scopes.add(server.identifier() + "/" + scope.scopeName()));
        }
        return scopes;
    }

    private static void checkUrls(UserPoolClientType client) {
        List<String> flows = client.allowedOAuthFlows();
        boolean redirects = flows.contains("code") || flows.contains("implicit");
        if (redirects && client.callbackURLs().isEmpty()) {
            throw CognitoErrors.invalidParameter(
                    "CallbackURLs can not be null or empty if the code or implicit flow " + "is selected.");
        }
        client.callbackURLs().forEach(AppClientOperations::checkUrl);
        client.logoutURLs().forEach(AppClientOperations::checkUrl);
        String standard = client.defaultRedirectURI();
        if (standard != null && !client.callbackURLs().contains(standard)) {
            throw CognitoErrors.invalidParameter("DefaultRedirectURI must be in the CallbackURLs list.");
        }
    }

    /** Absolute, without a fragment, and over https unless it leads to localhost or an app's own scheme. */
    private static void checkUrl(String url) {
        URI uri;
        try {
            uri = new URI(url);
        } catch (URISyntaxException e) {
            throw CognitoErrors.invalidParameter(url + " is not a valid URL.");
        }
        if (uri.getScheme() == null) {
            throw CognitoErrors.invalidParameter(url + " must be an absolute URI.");
        }
        if (uri.getFragment() != null) {
            throw CognitoErrors.invalidParameter(url + " cannot include a fragment.");
        }
        String host = uri.getHost() == null ? "" : uri.getHost();
        boolean local = host.equals("localhost") || host.equals("127.0.0.1") || host.equals("[::1]");
        if (uri.getScheme().equals("http") && !local) {
            throw CognitoErrors.invalidParameter(url + " cannot use the HTTP protocol.");
        }
    }

    private static void checkValidity(UserPoolClientType settings) {
        AppClient client = new AppClient(settings, List.of());
        Duration refresh = client.refreshTokenValidity();
        checkRange(client.accessTokenValidity(), Duration.ofMinutes(5), Duration.ofDays(1));
        checkRange(client.idTokenValidity(), Duration.ofMinutes(5), Duration.ofDays(1));
        checkRange(refresh, Duration.ofMinutes(60), Duration.ofDays(3650));
    }

    private static void checkRange(Duration value, Duration min, Duration max) {
        if (value.compareTo(min) < 0 || value.compareTo(max) > 0) {
            throw CognitoErrors.invalidParameter("Invalid range for token validity.");
        }
    }

    DescribeUserPoolClientResponse describeUserPoolClient(DescribeUserPoolClientRequest input, CallContext call) {
        UserPool pool = realm.pool(input.userPoolId(), call);
        return DescribeUserPoolClientResponse.builder()
                .userPoolClient(realm.client(pool, input.clientId()).settings())
                .build();
    }

    /** Replaces all settings: what is not given falls back to its default. */
    UpdateUserPoolClientResponse updateUserPoolClient(UpdateUserPoolClientRequest input, CallContext call) {
        UserPool pool = realm.pool(input.userPoolId(), call);
        AppClient old = realm.client(pool, input.clientId());
        UserPoolClientType settings = old.settings().toBuilder()
                .clientName(input.clientName() == null ? old.settings().clientName() : input.clientName())
                .lastModifiedDate(call.receivedAt())
                .refreshTokenValidity(or(input.refreshTokenValidity(), 30))
                .accessTokenValidity(input.accessTokenValidity())
                .idTokenValidity(input.idTokenValidity())
                .tokenValidityUnits(input.tokenValidityUnits())
                .readAttributes(orNull(input.hasReadAttributes(), input.readAttributes()))
                .writeAttributes(orNull(input.hasWriteAttributes(), input.writeAttributes()))
                .explicitAuthFlows(orNull(input.hasExplicitAuthFlows(), input.explicitAuthFlows()))
                .supportedIdentityProviders(
                        orNull(input.hasSupportedIdentityProviders(), input.supportedIdentityProviders()))
                .callbackURLs(orNull(input.hasCallbackURLs(), input.callbackURLs()))
                .logoutURLs(orNull(input.hasLogoutURLs(), input.logoutURLs()))
                .defaultRedirectURI(input.defaultRedirectURI())
                .allowedOAuthFlows(orNull(input.hasAllowedOAuthFlows(), input.allowedOAuthFlows()))
                .allowedOAuthScopes(orNull(input.hasAllowedOAuthScopes(), input.allowedOAuthScopes()))
                .allowedOAuthFlowsUserPoolClient(Boolean.TRUE.equals(input.allowedOAuthFlowsUserPoolClient()))
                .analyticsConfiguration(input.analyticsConfiguration())
                .preventUserExistenceErrors(
                        input.preventUserExistenceErrors() == null
                                ? old.settings().preventUserExistenceErrors()
                                : input.preventUserExistenceErrors())
                .enableTokenRevocation(
                        input.enableTokenRevocation() == null
                                ? old.settings().enableTokenRevocation()
                                : input.enableTokenRevocation())
                .enablePropagateAdditionalUserContextData(
                        Boolean.TRUE.equals(input.enablePropagateAdditionalUserContextData()))
                .authSessionValidity(or(input.authSessionValidity(), 3))
                .refreshTokenRotation(input.refreshTokenRotation())
                .build();
        check(pool, settings, "updating");
        pool.clients().computeIfPresent(old.id(), (id, current) -> new AppClient(settings, current.secrets()));
        return UpdateUserPoolClientResponse.builder().userPoolClient(settings).build();
    }

    private static <T> @Nullable Collection<T> orNull(boolean given, List<T> list) {
        return given ? list : null;
    }

    DeleteUserPoolClientResponse deleteUserPoolClient(DeleteUserPoolClientRequest input, CallContext call) {
        UserPool pool = realm.pool(input.userPoolId(), call);
        realm.client(pool, input.clientId());
        realm.pools().removeClient(pool, input.clientId());
        return DeleteUserPoolClientResponse.builder().build();
    }

    ListUserPoolClientsResponse listUserPoolClients(ListUserPoolClientsRequest input, CallContext call) {
        UserPool pool = realm.pool(input.userPoolId(), call);
        Pages<AppClient> page = Pages.of(pool.clients(), input.nextToken(), input.maxResults(), 60);
        return ListUserPoolClientsResponse.builder()
                .userPoolClients(page.items().stream()
                        .map(client -> UserPoolClientDescription.builder()
                                .clientId(client.id())
                                .clientName(client.settings().clientName())
                                .userPoolId(pool.id())
                                .build())
                        .toList())
                .nextToken(page.nextToken().orElse(null))
                .build();
    }

    AddUserPoolClientSecretResponse addUserPoolClientSecret(AddUserPoolClientSecretRequest input, CallContext call) {
        UserPool pool = realm.pool(input.userPoolId(), call);
        realm.client(pool, input.clientId());
        String secret = input.clientSecret() == null ? lowerAlphanumeric(51) : input.clientSecret();
        ClientSecretDescriptorType added = descriptor(input.clientId(), secret, call.receivedAt());
        pool.clients().computeIfPresent(input.clientId(), (id, client) -> {
            if (!client.hasSecret()) {
                throw CognitoErrors.invalidParameter("Client " + id + " is not configured for secret.");
            }
            if (client.secrets().size() >= SECRETS_MAX) {
                throw LimitExceededException.of("The client already has the maximum number of secrets.");
            }
            List<ClientSecretDescriptorType> secrets = new ArrayList<>(client.secrets());
            secrets.add(added);
            return new AppClient(withFirstSecret(client.settings(), secrets), secrets);
        });
        return AddUserPoolClientSecretResponse.builder()
                .clientSecretDescriptor(
                        input.clientSecret() == null
                                ? added
                                : added.toBuilder().clientSecretValue(null).build())
                .build();
    }

    private static UserPoolClientType withFirstSecret(
            UserPoolClientType settings, List<ClientSecretDescriptorType> secrets) {
        return settings.toBuilder()
                .clientSecret(secrets.isEmpty() ? null : secrets.getFirst().clientSecretValue())
                .build();
    }

    DeleteUserPoolClientSecretResponse deleteUserPoolClientSecret(
            DeleteUserPoolClientSecretRequest input, CallContext call) {
        UserPool pool = realm.pool(input.userPoolId(), call);
        realm.client(pool, input.clientId());
        pool.clients().computeIfPresent(input.clientId(), (id, client) -> {
            List<ClientSecretDescriptorType> secrets = new ArrayList<>(client.secrets());
            if (!secrets.removeIf(s -> s.clientSecretId().equals(input.clientSecretId()))) {
                throw ResourceNotFoundException.of("Client secret " + input.clientSecretId() + " does not exist.");
            }
            if (secrets.isEmpty()) {
                throw CognitoErrors.invalidParameter("The last secret of a client cannot be deleted.");
            }
            return new AppClient(withFirstSecret(client.settings(), secrets), secrets);
        });
        return DeleteUserPoolClientSecretResponse.builder().build();
    }

    ListUserPoolClientSecretsResponse listUserPoolClientSecrets(
            ListUserPoolClientSecretsRequest input, CallContext call) {
        AppClient client = realm.client(realm.pool(input.userPoolId(), call), input.clientId());
        return ListUserPoolClientSecretsResponse.builder()
                .clientSecrets(client.secrets().stream()
                        .map(secret ->
                                secret.toBuilder().clientSecretValue(null).build())
                        .toList())
                .build();
    }
}
