package io.pileus.it.cognito;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.cognitoidentity.CognitoIdentityClient;
import software.amazon.awssdk.services.cognitoidentity.model.CognitoIdentityException;
import software.amazon.awssdk.services.cognitoidentity.model.Credentials;
import software.amazon.awssdk.services.cognitoidentity.model.NotAuthorizedException;
import software.amazon.awssdk.services.cognitoidentityprovider.CognitoIdentityProviderClient;
import software.amazon.awssdk.services.cognitoidentityprovider.model.AuthFlowType;
import software.amazon.awssdk.services.cognitoidentityprovider.model.ExplicitAuthFlowsType;
import software.amazon.awssdk.services.cognitoidentityprovider.model.MessageActionType;
import software.amazon.awssdk.services.iam.IamClient;

/** Identity pools whose users come from providers that IAM knows: SAML, and OpenID Connect from another server. */
class IdentityPoolProvidersTest {

    @Test
    void aSamlResponseIsALogin() throws Exception {
        try (CognitoServer server = new CognitoServer();
                CognitoIdentityClient identities = server.identities();
                CognitoIdentityClient app = server.identitiesOfApp();
                IamClient iam = server.client(IamClient.builder(), CognitoServer.root())) {
            SignedSaml idp = new SignedSaml(server.now());
            String provider = iam.createSAMLProvider(p -> p.name("idp").samlMetadataDocument(idp.metadata()))
                    .samlProviderArn();
            String pool = identities
                    .createIdentityPool(p -> p.identityPoolName("pool")
                            .allowUnauthenticatedIdentities(false)
                            .samlProviderARNs(provider))
                    .identityPoolId();
            String role = iam.createRole(r -> r.roleName("member").assumeRolePolicyDocument(trusting(pool)))
                    .role()
                    .arn();
            identities.setIdentityPoolRoles(r -> r.identityPoolId(pool).roles(Map.of("authenticated", role)));

            String alice = idp.response("alice");
            String id = app.getId(g -> g.identityPoolId(pool).logins(Map.of(provider, alice)))
                    .identityId();
            Credentials credentials = app.getCredentialsForIdentity(
                            c -> c.identityId(id).logins(Map.of(provider, alice)))
                    .credentials();

            assertThat(credentials.accessKeyId()).startsWith("ASIA");
            assertThat(identities.describeIdentity(d -> d.identityId(id)).logins())
                    .containsExactly(provider);
            String bob = idp.response("bob");
            assertThatThrownBy(() ->
                            app.getCredentialsForIdentity(c -> c.identityId(id).logins(Map.of(provider, bob))))
                    .isInstanceOf(NotAuthorizedException.class)
                    .hasMessageStartingWith("Logins don't match. Please include at least one valid login");
            String forged = new SignedSaml(server.now()).response("alice");
            assertThatThrownBy(() -> app.getId(g -> g.identityPoolId(pool).logins(Map.of(provider, forged))))
                    .isInstanceOf(NotAuthorizedException.class)
                    .hasMessageStartingWith("Invalid login token.");
        }
    }

    private static String trusting(String pool) {
        return "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\","
                + "\"Principal\":{\"Federated\":\"cognito-identity.amazonaws.com\"},"
                + "\"Action\":\"sts:AssumeRoleWithWebIdentity\",\"Condition\":{"
                + "\"StringEquals\":{\"cognito-identity.amazonaws.com:aud\":\"" + pool + "\"}}}]}";
    }

    @Test
    void aTokenOfAnotherServerIsALoginForTheClientsThatIamKnows() {
        try (CognitoServer elsewhere = new CognitoServer();
                CognitoServer server = new CognitoServer();
                CognitoIdentityClient identities = server.identities();
                IamClient iam = server.client(IamClient.builder(), CognitoServer.root())) {
            Token token = token(elsewhere);
            String name = token.issuer().replaceFirst("^https?://", "");
            String known = pool(identities, provider(iam, name, token.client()));

            Map<String, String> logins = Map.of(name, token.idToken());
            String id = identities
                    .getId(g -> g.identityPoolId(known).logins(logins))
                    .identityId();
            assertThat(identities
                            .getId(g -> g.identityPoolId(known).logins(logins))
                            .identityId())
                    .isEqualTo(id);
            iam.removeClientIDFromOpenIDConnectProvider(r -> r.clientID(token.client())
                    .openIDConnectProviderArn("arn:aws:iam::" + CognitoServer.ACCOUNT + ":oidc-provider/" + name));
            assertThatThrownBy(
                            () -> identities.getId(g -> g.identityPoolId(known).logins(logins)))
                    .isInstanceOf(CognitoIdentityException.class);
        }
    }

    private static String provider(IamClient iam, String name, String client) {
        return iam.createOpenIDConnectProvider(p ->
                        p.url("https://" + name).clientIDList(List.of(client)).thumbprintList("0".repeat(40)))
                .openIDConnectProviderArn();
    }

    private static String pool(CognitoIdentityClient identities, String provider) {
        return identities
                .createIdentityPool(p -> p.identityPoolName("pool")
                        .allowUnauthenticatedIdentities(false)
                        .openIdConnectProviderARNs(provider))
                .identityPoolId();
    }

    private record Token(String issuer, String client, String idToken) {}

    private static Token token(CognitoServer server) {
        try (CognitoIdentityProviderClient admin = server.admin()) {
            String pool =
                    admin.createUserPool(p -> p.poolName("users")).userPool().id();
            String client = admin.createUserPoolClient(c -> c.userPoolId(pool)
                            .clientName("app")
                            .explicitAuthFlows(ExplicitAuthFlowsType.ALLOW_USER_PASSWORD_AUTH))
                    .userPoolClient()
                    .clientId();
            admin.adminCreateUser(u -> u.userPoolId(pool).username("alice").messageAction(MessageActionType.SUPPRESS));
            admin.adminSetUserPassword(p ->
                    p.userPoolId(pool).username("alice").password("Passw0rd!").permanent(true));
            String token = admin.initiateAuth(a -> a.clientId(client)
                            .authFlow(AuthFlowType.USER_PASSWORD_AUTH)
                            .authParameters(Map.of("USERNAME", "alice", "PASSWORD", "Passw0rd!")))
                    .authenticationResult()
                    .idToken();
            return new Token(server.pileus.endpoint() + "/" + pool, client, token);
        }
    }
}
