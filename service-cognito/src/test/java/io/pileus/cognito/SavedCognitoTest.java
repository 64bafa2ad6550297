package io.pileus.cognito;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pileus.cognito.identity.model.CreateIdentityPoolInput;
import io.pileus.cognito.identity.model.GetIdInput;
import io.pileus.cognito.identity.model.GetIdResponse;
import io.pileus.cognito.identity.model.GetIdentityPoolRolesInput;
import io.pileus.cognito.identity.model.GetIdentityPoolRolesResponse;
import io.pileus.cognito.identity.model.GetOpenIdTokenInput;
import io.pileus.cognito.identity.model.GetOpenIdTokenResponse;
import io.pileus.cognito.identity.model.IdentityPool;
import io.pileus.cognito.identity.model.SetIdentityPoolRolesInput;
import io.pileus.cognito.identity.model.SetPrincipalTagAttributeMapInput;
import io.pileus.cognito.idp.crypto.SrpClient;
import io.pileus.cognito.idp.model.*;
import io.pileus.core.service.EmulatedService;
import io.pileus.core.service.ServiceApi;
import io.pileus.core.shape.Shape;
import io.pileus.core.state.StateChanges;
import io.pileus.core.testkit.SavedStates;
import io.pileus.core.testkit.TestCalls;
import io.pileus.core.testkit.TestEnvironment;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** State that is saved and loaded into a fresh service, which then goes on as the old one would have. */
class SavedCognitoTest {
    private static final String PASSWORD = "Passw0rd!";

    private final TestEnvironment env = TestEnvironment.fresh();
    private final EmulatedService before = fresh();

    private EmulatedService fresh() {
        return new CognitoProvider().create(env.services());
    }

    private <T> T call(EmulatedService service, Class<T> type, Shape input) {
        String name = input.getClass().getSimpleName().replaceFirst("(Request|Input)$", "");
        for (ServiceApi api : service.apis()) {
            var operation = api.operation(name);
            if (operation != null) {
                Object output = api.call(operation, input, TestCalls.call(env));
                return type.cast(
                        output instanceof java.util.concurrent.CompletionStage<?> stage
                                ? stage.toCompletableFuture().join()
                                : output);
            }
        }
        throw new AssertionError(name);
    }

    private void call(EmulatedService service, Shape input) {
        call(service, Object.class, input);
    }

    private EmulatedService restarted() {
        EmulatedService after = fresh();
        SavedStates.of(before).loadInto(after);
        return after;
    }

    private String pool() {
        return call(
                        before,
                        CreateUserPoolResponse.class,
                        CreateUserPoolRequest.builder()
                                .poolName("pool")
                                .autoVerifiedAttributes(List.of("email"))
                                .aliasAttributes(List.of("email"))
                                .schema_(List.of(SchemaAttributeType.builder()
                                        .name("plan")
                                        .attributeDataType("String")
                                        .mutable(true)
                                        .build()))
                                .userPoolTags(Map.of("team", "blue"))
                                .deviceConfiguration(DeviceConfigurationType.builder()
                                        .challengeRequiredOnNewDevice(true)
                                        .build())
                                .build())
                .userPool()
                .id();
    }

    private String client(String pool) {
        return call(
                        before,
                        CreateUserPoolClientResponse.class,
                        CreateUserPoolClientRequest.builder()
                                .userPoolId(pool)
                                .clientName("app")
                                .explicitAuthFlows(List.of(
                                        "ALLOW_USER_PASSWORD_AUTH",
                                        "ALLOW_USER_SRP_AUTH",
                                        "ALLOW_REFRESH_TOKEN_AUTH",
                                        "ALLOW_CUSTOM_AUTH"))
                                .build())
                .userPoolClient()
                .clientId();
    }

    private void user(String pool, String name) {
        call(
                before,
                AdminCreateUserRequest.builder()
                        .userPoolId(pool)
                        .username(name)
                        .messageAction("SUPPRESS")
                        .userAttributes(List.of(
                                AttributeType.builder()
                                        .name("email")
                                        .value(name + "@example.com")
                                        .build(),
                                AttributeType.builder()
                                        .name("email_verified")
                                        .value("true")
                                        .build()))
                        .build());
        call(
                before,
                AdminSetUserPasswordRequest.builder()
                        .userPoolId(pool)
                        .username(name)
                        .password(PASSWORD)
                        .permanent(true)
                        .build());
    }

    private AuthenticationResultType signIn(EmulatedService service, String client, String name) {
        return initiate(service, client, "USER_PASSWORD_AUTH", Map.of("USERNAME", name, "PASSWORD", PASSWORD))
                .authenticationResult();
    }

    private InitiateAuthResponse initiate(
            EmulatedService service, String client, String flow, Map<String, String> parameters) {
        return call(
                service,
                InitiateAuthResponse.class,
                InitiateAuthRequest.builder()
                        .clientId(client)
                        .authFlow(flow)
                        .authParameters(parameters)
                        .build());
    }

    @Test
    void tokensKeepTheirWorthAndRevokedOnesStayRevoked() {
        String pool = pool();
        String client = client(pool);
        user(pool, "alice");
        user(pool, "bob");
        AuthenticationResultType alice = signIn(before, client, "alice");
        AuthenticationResultType bob = signIn(before, client, "bob");
        call(
                before,
                RevokeTokenRequest.builder()
                        .clientId(client)
                        .token(bob.refreshToken())
                        .build());

        EmulatedService after = restarted();

        assertThat(call(
                                after,
                                GetUserResponse.class,
                                GetUserRequest.builder()
                                        .accessToken(alice.accessToken())
                                        .build())
                        .username())
                .isEqualTo("alice");
        assertThat(initiate(after, client, "REFRESH_TOKEN_AUTH", Map.of("REFRESH_TOKEN", alice.refreshToken()))
                        .authenticationResult()
                        .accessToken())
                .isNotEmpty();
        assertThatThrownBy(() -> call(
                        after,
                        GetUserRequest.builder().accessToken(bob.accessToken()).build()))
                .hasMessage("Access Token has been revoked");
        assertThatThrownBy(() ->
                        initiate(after, client, "REFRESH_TOKEN_AUTH", Map.of("REFRESH_TOKEN", bob.refreshToken())))
                .hasMessage("Refresh Token has been revoked");
        assertThat(signIn(after, client, "bob").accessToken()).isNotEmpty();
        env.advance(Duration.ofMinutes(61));
        assertThatThrownBy(() -> call(
                        after,
                        GetUserRequest.builder()
                                .accessToken(alice.accessToken())
                                .build()))
                .hasMessage("Access Token has expired");
    }

    @Test
    void aProofOfThePasswordThatWasBegunBeforeIsFinishedAfter() {
        String pool = pool();
        String client = client(pool);
        user(pool, "alice");
        SrpClient srp = new SrpClient();
        InitiateAuthResponse challenge =
                initiate(before, client, "USER_SRP_AUTH", Map.of("USERNAME", "alice", "SRP_A", srp.publicHex()));

        EmulatedService after = restarted();

        Map<String, String> parameters = challenge.challengeParameters();
        String timestamp = "Thu Jan 1 00:00:00 UTC 2026";
        RespondToAuthChallengeResponse answer = call(
                after,
                RespondToAuthChallengeResponse.class,
                RespondToAuthChallengeRequest.builder()
                        .clientId(client)
                        .challengeName("PASSWORD_VERIFIER")
                        .challengeResponses(Map.of(
                                "USERNAME",
                                "alice",
                                "TIMESTAMP",
                                timestamp,
                                "PASSWORD_CLAIM_SECRET_BLOCK",
                                parameters.get("SECRET_BLOCK"),
                                "PASSWORD_CLAIM_SIGNATURE",
                                srp.signature(
                                        pool.substring(pool.indexOf('_') + 1),
                                        parameters.get("USER_ID_FOR_SRP"),
                                        PASSWORD,
                                        parameters.get("SALT"),
                                        parameters.get("SRP_B"),
                                        parameters.get("SECRET_BLOCK"),
                                        timestamp)))
                        .build());
        assertThat(answer.authenticationResult().accessToken()).isNotEmpty();
    }

    @Test
    void everythingThatBelongsToAPoolComesBack() {
        String pool = pool();
        String client = client(pool);
        user(pool, "alice");
        call(
                before,
                CreateGroupRequest.builder()
                        .userPoolId(pool)
                        .groupName("admins/all")
                        .precedence(1)
                        .build());
        call(
                before,
                AdminAddUserToGroupRequest.builder()
                        .userPoolId(pool)
                        .groupName("admins/all")
                        .username("alice")
                        .build());
        call(
                before,
                CreateResourceServerRequest.builder()
                        .userPoolId(pool)
                        .identifier("https://api.example.com/v1")
                        .name("api")
                        .scopes(List.of(ResourceServerScopeType.builder()
                                .scopeName("read")
                                .scopeDescription("reads")
                                .build()))
                        .build());
        call(
                before,
                CreateIdentityProviderRequest.builder()
                        .userPoolId(pool)
                        .providerName("corp")
                        .providerType("OIDC")
                        .providerDetails(Map.of(
                                "client_id",
                                "x",
                                "client_secret",
                                "y",
                                "authorize_scopes",
                                "openid",
                                "attributes_request_method",
                                "GET",
                                "oidc_issuer",
                                "https://corp.example.com",
                                "authorize_url",
                                "https://corp.example.com/a",
                                "token_url",
                                "https://corp.example.com/t",
                                "attributes_url",
                                "https://corp.example.com/u",
                                "jwks_uri",
                                "https://corp.example.com/k"))
                        .build());
        call(
                before,
                CreateUserPoolDomainRequest.builder()
                        .userPoolId(pool)
                        .domain("blue-team")
                        .build());
        call(
                before,
                SetUserPoolMfaConfigRequest.builder()
                        .userPoolId(pool)
                        .mfaConfiguration("OPTIONAL")
                        .softwareTokenMfaConfiguration(SoftwareTokenMfaConfigType.builder()
                                .enabled(true)
                                .build())
                        .build());
        call(
                before,
                CreateUserImportJobRequest.builder()
                        .userPoolId(pool)
                        .jobName("job")
                        .cloudWatchLogsRoleArn("arn:aws:iam::000000000000:role/logs")
                        .build());
        String identityPool = call(
                        before,
                        IdentityPool.class,
                        CreateIdentityPoolInput.builder()
                                .identityPoolName("guests")
                                .allowUnauthenticatedIdentities(true)
                                .build())
                .identityPoolId();
        call(
                before,
                SetIdentityPoolRolesInput.builder()
                        .identityPoolId(identityPool)
                        .roles(Map.of("unauthenticated", "arn:aws:iam::000000000000:role/guest"))
                        .build());
        call(
                before,
                SetPrincipalTagAttributeMapInput.builder()
                        .identityPoolId(identityPool)
                        .identityProviderName("corp")
                        .principalTags(Map.of("team", "custom:team"))
                        .build());
        String guest = call(
                        before,
                        GetIdResponse.class,
                        GetIdInput.builder().identityPoolId(identityPool).build())
                .identityId();
        String token = call(
                        before,
                        GetOpenIdTokenResponse.class,
                        GetOpenIdTokenInput.builder().identityId(guest).build())
                .token();

        EmulatedService after = restarted();

        List<Shape> questions = List.of(
                DescribeUserPoolRequest.builder().userPoolId(pool).build(),
                DescribeUserPoolClientRequest.builder()
                        .userPoolId(pool)
                        .clientId(client)
                        .build(),
                ListUsersRequest.builder()
                        .userPoolId(pool)
                        .filter("email ^= \"alice\"")
                        .build(),
                ListUsersInGroupRequest.builder()
                        .userPoolId(pool)
                        .groupName("admins/all")
                        .build(),
                DescribeResourceServerRequest.builder()
                        .userPoolId(pool)
                        .identifier("https://api.example.com/v1")
                        .build(),
                DescribeIdentityProviderRequest.builder()
                        .userPoolId(pool)
                        .providerName("corp")
                        .build(),
                DescribeUserPoolDomainRequest.builder().domain("blue-team").build(),
                GetUserPoolMfaConfigRequest.builder().userPoolId(pool).build(),
                ListUserImportJobsRequest.builder()
                        .userPoolId(pool)
                        .maxResults(10)
                        .build(),
                GetIdentityPoolRolesInput.builder().identityPoolId(identityPool).build());
        for (Shape question : questions) {
            assertThat(call(after, Object.class, question)).isEqualTo(call(before, Object.class, question));
        }
        assertThat(call(after, GetIdentityPoolRolesResponse.class, (Shape) questions.getLast())
                        .roles())
                .hasSize(1);
        assertThat(call(
                                after,
                                GetOpenIdTokenResponse.class,
                                GetOpenIdTokenInput.builder().identityId(guest).build())
                        .token())
                .isEqualTo(token);
    }

    @Test
    void onlyWhatHasChangedIsWritten() {
        String pool = pool();
        String client = client(pool);
        user(pool, "alice");
        user(pool, "bob");
        signIn(before, client, "alice");
        SavedStates saved = SavedStates.of(before);
        assertThat(saved.saveAgain(before)).isEqualTo(StateChanges.NONE);
        call(
                before,
                AdminDisableUserRequest.builder()
                        .userPoolId(pool)
                        .username("bob")
                        .build());
        assertThat(saved.saveAgain(before)).isEqualTo(new StateChanges(1, 0));
        call(
                before,
                AdminDeleteUserRequest.builder()
                        .userPoolId(pool)
                        .username("bob")
                        .build());
        assertThat(saved.saveAgain(before)).isEqualTo(new StateChanges(0, 1));
    }
}
