package io.pileus.cognito.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pileus.cognito.identity.model.*;
import io.pileus.cognito.idp.CognitoIdpService;
import io.pileus.cognito.idp.Realm;
import io.pileus.cognito.idp.model.AdminCreateUserRequest;
import io.pileus.cognito.idp.model.AdminInitiateAuthRequest;
import io.pileus.cognito.idp.model.AdminSetUserPasswordRequest;
import io.pileus.cognito.idp.model.AuthenticationResultType;
import io.pileus.cognito.idp.model.CreateUserPoolClientRequest;
import io.pileus.cognito.idp.model.CreateUserPoolRequest;
import io.pileus.core.identity.Caller;
import io.pileus.core.port.RoleSessions;
import io.pileus.core.service.CallContext;
import io.pileus.core.testkit.TestCalls;
import io.pileus.core.testkit.TestEnvironment;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class IdentityPoolsTest {
    private final TestEnvironment env = TestEnvironment.fresh();
    private final CognitoIdpService users = new CognitoIdpService(Realm.of(env.services()));
    private final CognitoIdentityService identities = new CognitoIdentityService(users.realm(), users.accessTokens());
    private final List<String> assumed = new ArrayList<>();

    private CallContext call() {
        return TestCalls.call(env);
    }

    private String pool(boolean guests, List<CognitoIdentityProvider> providers) {
        return identities
                .createIdentityPool(
                        CreateIdentityPoolInput.builder()
                                .identityPoolName("pool")
                                .allowUnauthenticatedIdentities(guests)
                                .developerProviderName("login.dev")
                                .cognitoIdentityProviders(providers)
                                .build(),
                        call())
                .identityPoolId();
    }

    private void provideRoles() {
        env.ports().provide(RoleSessions.class, new RoleSessions() {
            @Override
            public Lookup lookup(String accessKeyId, Optional<String> sessionToken) {
                return new Unknown();
            }

            @Override
            public Optional<String> secretOf(String accessKeyId) {
                return Optional.empty();
            }

            @Override
            public Assumed assumeForService(
                    String roleArn, String servicePrincipal, String sessionName, String sourceArn) {
                return new Denied("AccessDenied", "no");
            }

            @Override
            public Assumed assumeForWebIdentity(
                    String roleArn,
                    String provider,
                    Map<String, String> claims,
                    String sessionName,
                    Duration duration,
                    Map<String, String> sessionTags,
                    Optional<String> sessionPolicy) {
                assumed.add(roleArn + " " + claims.get(provider + ":amr"));
                Caller caller = Caller.root(call().account(), "ASIA1");
                return new Session("ASIA1", "secret", "token", env.now().plus(duration), caller);
            }
        });
    }

    @Test
    void aGuestHasAnIdentityOnlyWhereThePoolAllowsGuests() {
        String closed = pool(false, List.of());
        assertThatThrownBy(() -> identities.getId(
                        GetIdInput.builder().identityPoolId(closed).build(), call()))
                .isInstanceOf(NotAuthorizedException.class)
                .hasMessage("Unauthenticated access is not supported for this identity pool.");
        String open = pool(true, List.of());
        String id = identities
                .getId(GetIdInput.builder().identityPoolId(open).build(), call())
                .identityId();
        assertThat(id).startsWith("us-east-1:");
        assertThatThrownBy(() -> identities.getCredentialsForIdentity(
                        GetCredentialsForIdentityInput.builder().identityId(id).build(), call()))
                .isInstanceOf(InvalidIdentityPoolConfigurationException.class);
    }

    @Test
    void aSignInAtAUserPoolBecomesCredentialsOfTheAuthenticatedRole() {
        provideRoles();
        String userPool = users.createUserPool(
                        CreateUserPoolRequest.builder().poolName("u").build(), call())
                .userPool()
                .id();
        String client = users.createUserPoolClient(
                        CreateUserPoolClientRequest.builder()
                                .userPoolId(userPool)
                                .clientName("app")
                                .explicitAuthFlows(List.of("ALLOW_ADMIN_USER_PASSWORD_AUTH"))
                                .build(),
                        call())
                .userPoolClient()
                .clientId();
        users.adminCreateUser(
                AdminCreateUserRequest.builder()
                        .userPoolId(userPool)
                        .username("alice")
                        .build(),
                call());
        users.adminSetUserPassword(
                AdminSetUserPasswordRequest.builder()
                        .userPoolId(userPool)
                        .username("alice")
                        .password("Passw0rd!")
                        .permanent(true)
                        .build(),
                call());
        AuthenticationResultType tokens = users.adminInitiateAuth(
                        AdminInitiateAuthRequest.builder()
                                .userPoolId(userPool)
                                .clientId(client)
                                .authFlow("ADMIN_USER_PASSWORD_AUTH")
                                .authParameters(Map.of("USERNAME", "alice", "PASSWORD", "Passw0rd!"))
                                .build(),
                        call())
                .authenticationResult();
        String token = tokens.idToken();
        String provider = "cognito-idp.us-east-1.amazonaws.com/" + userPool;
        String pool = pool(
                false,
                List.of(CognitoIdentityProvider.builder()
                        .providerName(provider)
                        .clientId(client)
                        .build()));
        identities.setIdentityPoolRoles(
                SetIdentityPoolRolesInput.builder()
                        .identityPoolId(pool)
                        .roles(Map.of("authenticated", "arn:aws:iam::000000000000:role/auth"))
                        .build(),
                call());
        Map<String, String> logins = Map.of(provider, token);
        String id = identities
                .getId(GetIdInput.builder().identityPoolId(pool).logins(logins).build(), call())
                .identityId();
        assertThat(identities
                        .getId(
                                GetIdInput.builder()
                                        .identityPoolId(pool)
                                        .logins(logins)
                                        .build(),
                                call())
                        .identityId())
                .isEqualTo(id);
        Credentials credentials = identities
                .getCredentialsForIdentity(
                        GetCredentialsForIdentityInput.builder()
                                .identityId(id)
                                .logins(logins)
                                .build(),
                        call())
                .credentials();
        assertThat(credentials.accessKeyId()).isEqualTo("ASIA1");
        assertThat(assumed).containsExactly("arn:aws:iam::000000000000:role/auth authenticated");
        assertThatThrownBy(() -> identities.getCredentialsForIdentity(
                        GetCredentialsForIdentityInput.builder().identityId(id).build(), call()))
                .hasMessage("Access to Identity '" + id + "' is forbidden.");
        assertThatThrownBy(() -> identities.getId(
                        GetIdInput.builder()
                                .identityPoolId(pool)
                                .logins(Map.of(provider, token + "x"))
                                .build(),
                        call()))
                .isInstanceOf(NotAuthorizedException.class);
        assertThatThrownBy(() -> identities.getId(
                        GetIdInput.builder()
                                .identityPoolId(pool)
                                .logins(Map.of(provider, tokens.accessToken()))
                                .build(),
                        call()))
                .isInstanceOf(NotAuthorizedException.class)
                .hasMessage("Invalid login token. Missing a required claim: aud");
        env.advance(Duration.ofHours(1));
        assertThatThrownBy(() -> identities.getId(
                        GetIdInput.builder().identityPoolId(pool).logins(logins).build(), call()))
                .hasMessageStartingWith("Invalid login token. Token expired");
    }

    @Test
    void aDeveloperIdentityIsFoundAgainAndCanBeMerged() {
        provideRoles();
        String pool = pool(false, List.of());
        identities.setIdentityPoolRoles(
                SetIdentityPoolRolesInput.builder()
                        .identityPoolId(pool)
                        .roles(Map.of("authenticated", "arn:aws:iam::000000000000:role/auth"))
                        .build(),
                call());
        GetOpenIdTokenForDeveloperIdentityResponse one = developer(pool, "u1");
        assertThat(developer(pool, "u1").identityId()).isEqualTo(one.identityId());
        String two = developer(pool, "u2").identityId();
        assertThat(two).isNotEqualTo(one.identityId());
        assertThat(identities
                        .getCredentialsForIdentity(
                                GetCredentialsForIdentityInput.builder()
                                        .identityId(one.identityId())
                                        .logins(Map.of("cognito-identity.amazonaws.com", one.token()))
                                        .build(),
                                call())
                        .credentials()
                        .sessionToken())
                .isEqualTo("token");
        identities.mergeDeveloperIdentities(
                MergeDeveloperIdentitiesInput.builder()
                        .identityPoolId(pool)
                        .developerProviderName("login.dev")
                        .sourceUserIdentifier("u1")
                        .destinationUserIdentifier("u2")
                        .build(),
                call());
        assertThat(developer(pool, "u1").identityId()).isEqualTo(two);
    }

    private GetOpenIdTokenForDeveloperIdentityResponse developer(String pool, String user) {
        return identities.getOpenIdTokenForDeveloperIdentity(
                GetOpenIdTokenForDeveloperIdentityInput.builder()
                        .identityPoolId(pool)
                        .logins(Map.of("login.dev", user))
                        .build(),
                call());
    }

    @Test
    void rulesOverClaimsChooseTheRole() {
        Login login = new Login("p", "u", "c", Map.of("custom:team", "ops", "cognito:roles", List.of("r1", "r2")));
        RoleMapping rules = RoleMapping.builder()
                .type("Rules")
                .ambiguousRoleResolution("Deny")
                .rulesConfiguration(RulesConfigurationType.builder()
                        .rules(List.of(MappingRule.builder()
                                .claim("custom:team")
                                .matchType("Equals")
                                .value("ops")
                                .roleARN("ops-role")
                                .build()))
                        .build())
                .build();
        Map<String, String> roles = Map.of("authenticated", "auth-role");
        assertThat(RoleChoice.choose(roles, Map.of("p:c", rules), login, Optional.empty()))
                .contains("ops-role");
        RoleMapping token = RoleMapping.builder()
                .type("Token")
                .ambiguousRoleResolution("AuthenticatedRole")
                .build();
        assertThat(RoleChoice.choose(roles, Map.of("p:c", token), login, Optional.empty()))
                .contains("auth-role");
        assertThat(RoleChoice.choose(roles, Map.of("p:c", token), login, Optional.of("r2")))
                .contains("r2");
        assertThatThrownBy(() -> RoleChoice.choose(
                        roles,
                        Map.of(
                                "p:c",
                                token.toBuilder()
                                        .ambiguousRoleResolution("Deny")
                                        .build()),
                        login,
                        Optional.empty()))
                .isInstanceOf(NotAuthorizedException.class);
    }
}
