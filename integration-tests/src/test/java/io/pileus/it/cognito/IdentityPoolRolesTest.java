package io.pileus.it.cognito;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.cognitoidentity.CognitoIdentityClient;
import software.amazon.awssdk.services.cognitoidentity.model.Credentials;
import software.amazon.awssdk.services.cognitoidentity.model.InvalidIdentityPoolConfigurationException;
import software.amazon.awssdk.services.cognitoidentityprovider.CognitoIdentityProviderClient;
import software.amazon.awssdk.services.cognitoidentityprovider.model.AuthFlowType;
import software.amazon.awssdk.services.cognitoidentityprovider.model.ExplicitAuthFlowsType;
import software.amazon.awssdk.services.cognitoidentityprovider.model.MessageActionType;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.SqsException;
import software.amazon.awssdk.services.sts.StsClient;

/** From a sign-in at a user pool, by an identity pool, to AWS credentials that may do what their role may. */
class IdentityPoolRolesTest {
    private static final String ACCOUNT = CognitoServer.ACCOUNT;

    @Test
    void aSignInBecomesCredentialsThatMayDoWhatTheRoleMay() {
        try (CognitoServer server = new CognitoServer("ENFORCE_IAM", "1");
                CognitoIdentityClient identities = server.identities();
                CognitoIdentityClient app = server.identitiesOfApp();
                IamClient iam = server.client(IamClient.builder(), CognitoServer.root());
                SqsClient root = server.client(SqsClient.builder(), CognitoServer.root())) {
            User user = user(server);
            String pool = identities
                    .createIdentityPool(p -> p.identityPoolName("pool")
                            .allowUnauthenticatedIdentities(false)
                            .cognitoIdentityProviders(
                                    c -> c.providerName(user.provider()).clientId(user.client())))
                    .identityPoolId();
            String role = role(iam, pool, "authenticated", "sqs:SendMessage");
            identities.setIdentityPoolRoles(r -> r.identityPoolId(pool).roles(Map.of("authenticated", role)));
            String queue = root.createQueue(q -> q.queueName("orders")).queueUrl();

            Map<String, String> logins = Map.of(user.provider(), user.idToken());
            String id = app.getId(g -> g.identityPoolId(pool).accountId(ACCOUNT).logins(logins))
                    .identityId();
            Credentials credentials = app.getCredentialsForIdentity(
                            c -> c.identityId(id).logins(logins))
                    .credentials();

            try (SqsClient sqs = server.client(SqsClient.builder(), CognitoServer.of(credentials));
                    StsClient sts = server.client(StsClient.builder(), CognitoServer.of(credentials))) {
                assertThat(sts.getCallerIdentity().arn())
                        .isEqualTo(
                                "arn:aws:sts::" + ACCOUNT + ":assumed-role/authenticated/CognitoIdentityCredentials");
                assertThat(sqs.sendMessage(s -> s.queueUrl(queue).messageBody("allowed"))
                                .messageId())
                        .isNotBlank();
                assertThatThrownBy(() -> sqs.receiveMessage(r -> r.queueUrl(queue)))
                        .isInstanceOf(SqsException.class)
                        .hasMessageContaining("is not authorized to perform: sqs:receivemessage");
            }
        }
    }

    @Test
    void theBasicFlowGoesByStsItself() {
        try (CognitoServer server = new CognitoServer("ENFORCE_IAM", "1");
                CognitoIdentityClient identities = server.identities();
                CognitoIdentityClient app = server.identitiesOfApp();
                IamClient iam = server.client(IamClient.builder(), CognitoServer.root());
                StsClient anyone = server.client(
                        StsClient.builder(),
                        software.amazon.awssdk.auth.credentials.AnonymousCredentialsProvider.create())) {
            String pool = identities
                    .createIdentityPool(p -> p.identityPoolName("pool")
                            .allowUnauthenticatedIdentities(true)
                            .allowClassicFlow(true))
                    .identityPoolId();
            String guest = role(iam, pool, "unauthenticated", "sqs:SendMessage");
            String member = role(iam, pool, "authenticated", "sqs:*");
            String id = app.getId(g -> g.identityPoolId(pool)).identityId();
            String token = app.getOpenIdToken(t -> t.identityId(id)).token();

            assertThat(anyone.assumeRoleWithWebIdentity(a ->
                                    a.roleArn(guest).roleSessionName("guest").webIdentityToken(token))
                            .subjectFromWebIdentityToken())
                    .isEqualTo(id);
            assertThatThrownBy(() -> anyone.assumeRoleWithWebIdentity(
                            a -> a.roleArn(member).roleSessionName("guest").webIdentityToken(token)))
                    .hasMessageContaining("Not authorized to perform sts:AssumeRoleWithWebIdentity");
        }
    }

    @Test
    void aRoleThatDoesNotTrustThePoolGivesNoCredentials() {
        try (CognitoServer server = new CognitoServer();
                CognitoIdentityClient identities = server.identities();
                CognitoIdentityClient app = server.identitiesOfApp();
                IamClient iam = server.client(IamClient.builder(), CognitoServer.root())) {
            String pool = identities
                    .createIdentityPool(p -> p.identityPoolName("pool").allowUnauthenticatedIdentities(true))
                    .identityPoolId();
            String role = role(iam, "us-east-1:00000000-0000-0000-0000-000000000000", "unauthenticated", "sqs:*");
            identities.setIdentityPoolRoles(r -> r.identityPoolId(pool).roles(Map.of("unauthenticated", role)));
            String id = app.getId(g -> g.identityPoolId(pool)).identityId();

            assertThatThrownBy(() -> app.getCredentialsForIdentity(c -> c.identityId(id)))
                    .isInstanceOf(InvalidIdentityPoolConfigurationException.class)
                    .hasMessageStartingWith(
                            "Invalid identity pool configuration. Check assigned IAM roles for this pool.");
        }
    }

    /** A role for identities of a pool that prove themselves in the given way. */
    private static String role(IamClient iam, String pool, String amr, String action) {
        String trust = "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\","
                + "\"Principal\":{\"Federated\":\"cognito-identity.amazonaws.com\"},"
                + "\"Action\":\"sts:AssumeRoleWithWebIdentity\",\"Condition\":{"
                + "\"StringEquals\":{\"cognito-identity.amazonaws.com:aud\":\"" + pool + "\"},"
                + "\"ForAnyValue:StringLike\":{\"cognito-identity.amazonaws.com:amr\":\"" + amr + "\"}}}]}";
        String arn = iam.createRole(r -> r.roleName(amr).assumeRolePolicyDocument(trust))
                .role()
                .arn();
        iam.putRolePolicy(p -> p.roleName(amr)
                .policyName("queues")
                .policyDocument("{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Action\":\""
                        + action + "\",\"Resource\":\"*\"}]}"));
        return arn;
    }

    private record User(String provider, String client, String idToken) {}

    private static User user(CognitoServer server) {
        try (CognitoIdentityProviderClient admin = server.admin();
                CognitoIdentityProviderClient app = server.app()) {
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
            String token = app.initiateAuth(a -> a.clientId(client)
                            .authFlow(AuthFlowType.USER_PASSWORD_AUTH)
                            .authParameters(Map.of("USERNAME", "alice", "PASSWORD", "Passw0rd!")))
                    .authenticationResult()
                    .idToken();
            return new User("cognito-idp.us-east-1.amazonaws.com/" + pool, client, token);
        }
    }
}
