package io.pileus.cognito.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pileus.cognito.identity.model.*;
import io.pileus.cognito.idp.CognitoIdpService;
import io.pileus.cognito.idp.Realm;
import io.pileus.core.service.CallContext;
import io.pileus.core.testkit.TestCalls;
import io.pileus.core.testkit.TestEnvironment;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** Logins that come and go, identities that nobody is any more, and the classic flow. */
class LinkedIdentitiesTest {
    private final TestEnvironment env = TestEnvironment.fresh();
    private final CognitoIdpService users = new CognitoIdpService(Realm.of(env.services()));
    private final CognitoIdentityService identities = new CognitoIdentityService(users.realm(), users.accessTokens());
    private final String pool = pool(p -> p);

    private CallContext call() {
        return TestCalls.call(env);
    }

    private String pool(UnaryOperator<CreateIdentityPoolInput.Builder> settings) {
        return identities
                .createIdentityPool(
                        settings.apply(CreateIdentityPoolInput.builder()
                                        .identityPoolName("pool")
                                        .allowUnauthenticatedIdentities(true)
                                        .developerProviderName("login.dev"))
                                .build(),
                        call())
                .identityPoolId();
    }

    private String guest(String poolId) {
        return identities
                .getId(GetIdInput.builder().identityPoolId(poolId).build(), call())
                .identityId();
    }

    private GetOpenIdTokenForDeveloperIdentityResponse developer(
            String user, UnaryOperator<GetOpenIdTokenForDeveloperIdentityInput.Builder> more) {
        return identities.getOpenIdTokenForDeveloperIdentity(
                more.apply(GetOpenIdTokenForDeveloperIdentityInput.builder()
                                .identityPoolId(pool)
                                .logins(Map.of("login.dev", user)))
                        .build(),
                call());
    }

    private String developer(String user) {
        return developer(user, t -> t).identityId();
    }

    private void merge(String source, String destination) {
        identities.mergeDeveloperIdentities(
                MergeDeveloperIdentitiesInput.builder()
                        .identityPoolId(pool)
                        .developerProviderName("login.dev")
                        .sourceUserIdentifier(source)
                        .destinationUserIdentifier(destination)
                        .build(),
                call());
    }

    private void unlink(String identity, String user) {
        identities.unlinkDeveloperIdentity(
                UnlinkDeveloperIdentityInput.builder()
                        .identityPoolId(pool)
                        .identityId(identity)
                        .developerProviderName("login.dev")
                        .developerUserIdentifier(user)
                        .build(),
                call());
    }

    private List<String> listed(boolean hideDisabled) {
        return identities
                .listIdentities(
                        ListIdentitiesInput.builder()
                                .identityPoolId(pool)
                                .maxResults(60)
                                .hideDisabled(hideDisabled)
                                .build(),
                        call())
                .identities()
                .stream()
                .map(IdentityDescription::identityId)
                .toList();
    }

    private GetOpenIdTokenResponse token(String identity) {
        return identities.getOpenIdToken(
                GetOpenIdTokenInput.builder().identityId(identity).build(), call());
    }

    @Test
    void anIdentityWithoutItsLastLoginIsNobodysAndNotAGuest() {
        String identity = developer("u1");
        unlink(identity, "u1");
        assertThatThrownBy(() -> token(identity))
                .isInstanceOf(NotAuthorizedException.class)
                .hasMessage("Access to Identity '" + identity + "' is forbidden.");
        assertThatThrownBy(() -> developer("u2", t -> t.identityId(identity)))
                .isInstanceOf(NotAuthorizedException.class);
        assertThat(developer("u1")).isNotEqualTo(identity);
        assertThat(listed(false)).contains(identity);
        assertThat(listed(true)).doesNotContain(identity);
    }

    @Test
    void aMergedIdentityIsListedAsDisabled() {
        String one = developer("u1");
        String two = developer("u2");
        merge("u1", "u2");
        assertThat(developer("u1")).isEqualTo(two);
        assertThat(listed(false)).containsExactlyInAnyOrder(one, two);
        assertThat(listed(true)).containsExactly(two);
    }

    @Test
    void twentyLoginsAreTheMostThatAnIdentityHas() {
        String one = developer("a0");
        for (int i = 1; i < 15; i++) {
            int number = i;
            identities.getOpenIdTokenForDeveloperIdentity(
                    GetOpenIdTokenForDeveloperIdentityInput.builder()
                            .identityPoolId(pool)
                            .logins(Map.of("login.dev", "b" + number))
                            .build(),
                    call());
            merge("b" + number, "a0");
        }
        developer("c0");
        for (int i = 1; i < 6; i++) {
            developer("c" + i);
            merge("c" + i, "c0");
        }
        assertThatThrownBy(() -> merge("c0", "a0")).isInstanceOf(InvalidParameterException.class);
        assertThat(developer("a0")).isEqualTo(one);
    }

    /** aws/aws-sdk-net#1112. */
    @Test
    void aDeveloperIdIsLinkedToAGuestButNotToSomebodyElse() {
        String guest = guest(pool);
        assertThat(developer("u1", t -> t.identityId(guest)).identityId()).isEqualTo(guest);
        assertThat(developer("u1")).isEqualTo(guest);
        assertThatThrownBy(() -> developer("u2", t -> t.identityId(guest)))
                .isInstanceOf(NotAuthorizedException.class)
                .hasMessage("Logins don't match. Please include at least one valid login for this identity or identity"
                        + " pool.");
    }

    @Test
    void developerIdsAreLookedUpInPages() {
        String identity = developer("u1");
        developer("u2");
        merge("u2", "u1");
        LookupDeveloperIdentityInput.Builder byIdentity = LookupDeveloperIdentityInput.builder()
                .identityPoolId(pool)
                .identityId(identity)
                .maxResults(1);
        LookupDeveloperIdentityResponse first = identities.lookupDeveloperIdentity(byIdentity.build(), call());
        assertThat(first.developerUserIdentifierList()).containsExactly("u1");
        LookupDeveloperIdentityResponse second = identities.lookupDeveloperIdentity(
                byIdentity.nextToken(first.nextToken()).build(), call());
        assertThat(second.developerUserIdentifierList()).containsExactly("u2");
        assertThat(second.nextToken()).isNull();
        LookupDeveloperIdentityResponse both = identities.lookupDeveloperIdentity(
                LookupDeveloperIdentityInput.builder()
                        .identityPoolId(pool)
                        .identityId(identity)
                        .developerUserIdentifier("u2")
                        .build(),
                call());
        assertThat(both.developerUserIdentifierList()).containsExactly("u2");
    }

    /** aws/aws-cli#7652, aws-observability/aws-rum-web#172. */
    @Test
    void theClassicFlowIsRefusedWhereThePoolForbidsItOrCannotMapItsRoles() {
        String undecided = guest(pool);
        assertThat(token(undecided).token()).isNotEmpty();
        String enhancedOnly = guest(pool(p -> p.allowClassicFlow(false)));
        assertThatThrownBy(() -> token(enhancedOnly))
                .isInstanceOf(InvalidParameterException.class)
                .hasMessage("Basic (classic) flow is not enabled, please use enhanced flow.");
        identities.setIdentityPoolRoles(
                SetIdentityPoolRolesInput.builder()
                        .identityPoolId(pool)
                        .roles(Map.of())
                        .roleMappings(Map.of(
                                "graph.facebook.com",
                                RoleMapping.builder()
                                        .type("Token")
                                        .ambiguousRoleResolution("Deny")
                                        .build()))
                        .build(),
                call());
        assertThatThrownBy(() -> token(undecided))
                .isInstanceOf(InvalidParameterException.class)
                .hasMessage("Basic (classic) flow is not supported with RoleMappings, please use enhanced flow.");
    }
}
