package io.pileus.it.cognito;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.pileus.it.CommandLine;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.cognitoidentity.CognitoIdentityClient;
import software.amazon.awssdk.services.cognitoidentityprovider.CognitoIdentityProviderClient;
import software.amazon.awssdk.services.cognitoidentityprovider.model.AuthFactorType;
import software.amazon.awssdk.services.cognitoidentityprovider.model.ExplicitAuthFlowsType;
import software.amazon.awssdk.services.cognitoidentityprovider.model.MessageActionType;
import software.amazon.awssdk.services.cognitoidentityprovider.model.OAuthFlowType;
import software.amazon.awssdk.services.cognitoidentityprovider.model.UserPoolClientType;
import software.amazon.awssdk.services.cognitoidentityprovider.model.UserPoolMfaType;
import software.amazon.awssdk.services.cognitoidentityprovider.model.VerifiedAttributeType;
import software.amazon.awssdk.services.iam.IamClient;

/**
 * The OAuth2 pages in Chromium, and the clients of JavaScript apps, by the scripts in {@code browser/}; skipped where
 * {@code browser/install} has not been run.
 */
class BrowserTest {
    private static final Path SCRIPTS = Path.of("browser").toAbsolutePath();

    @Test
    void theOAuth2PagesWorkInABrowser() throws IOException {
        require("playwright-core");
        Assumptions.assumeTrue(
                CommandLine.has("chromium", "--version"), "no Chromium: run integration-tests/browser/install");
        run("pages.mjs");
    }

    @Test
    void peopleProveWhoTheyAreInEveryWayThatThePagesHave() throws IOException {
        require("playwright-core");
        Assumptions.assumeTrue(
                CommandLine.has("chromium", "--version"), "no Chromium: run integration-tests/browser/install");
        run("factors.mjs");
    }

    @Test
    void javaScriptClientsSignUpAndInAndCheckTokens() throws IOException {
        require("amazon-cognito-identity-js");
        run("clients.mjs");
    }

    @Test
    void amplifySignsUpAndInAndGetsCredentials() throws IOException {
        require("aws-amplify");
        run("amplify.mjs");
    }

    @Test
    void javaScriptClientsRememberDevicesAndAnswerQuestions() throws IOException {
        require("amazon-cognito-identity-js");
        run("devices.mjs");
    }

    @Test
    void amplifyLetsUsersChooseHowToSignIn() throws IOException {
        require("aws-amplify");
        run("choices.mjs");
    }

    private static void require(String npmPackage) {
        Assumptions.assumeTrue(CommandLine.has("node", "--version"), "no Node.js");
        Assumptions.assumeTrue(
                Files.exists(SCRIPTS.resolve("node_modules").resolve(npmPackage)),
                "no " + npmPackage + ": run integration-tests/browser/install");
    }

    private static void run(String script) throws IOException {
        Path screenshots = Files.createDirectories(Path.of("target", "screenshots"));
        HttpServer app = app();
        try (CognitoServer server = new CognitoServer();
                CognitoIdentityProviderClient admin = server.admin()) {
            String address = "http://localhost:" + app.getAddress().getPort();
            UserPoolClientType client = switch (script) {
                case "devices.mjs" -> rememberingDevices(server, admin);
                case "choices.mjs", "factors.mjs" -> choosing(admin, address);
                default -> client(admin, address);
            };
            String base = server.pileus.endpoint().toString();
            Map<String, String> environment = new HashMap<>();
            environment.put("BASE", base);
            environment.put("ISSUER", base + "/" + client.userPoolId());
            environment.put("POOL_ID", client.userPoolId());
            environment.put("CLIENT_ID", client.clientId());
            environment.put("APP", address);
            if (script.equals("factors.mjs")) {
                environment.put("MFA_CLIENT_ID", withSecondFactor(admin, address));
            }
            if (script.equals("amplify.mjs")) {
                admin.setUserPoolMfaConfig(m -> m.userPoolId(client.userPoolId())
                        .mfaConfiguration(UserPoolMfaType.OPTIONAL)
                        .softwareTokenMfaConfiguration(totp -> totp.enabled(true)));
                environment.put("IDENTITY_POOL_ID", identityPool(server, client));
            }
            environment.put("SHOTS", screenshots.toAbsolutePath().toString());
            CommandLine.Outcome outcome =
                    CommandLine.run(environment, "node", SCRIPTS.resolve(script).toString());
            assertThat(outcome.exitCode()).as(outcome.output()).isZero();
        } finally {
            app.stop(0);
        }
    }

    /** An identity pool for guests and for the users of a client, each with a role that may do nothing. */
    private static String identityPool(CognitoServer server, UserPoolClientType client) {
        try (CognitoIdentityClient identities = server.identities();
                IamClient iam = server.client(IamClient.builder(), CognitoServer.root())) {
            String pool = identities
                    .createIdentityPool(p -> p.identityPoolName("app")
                            .allowUnauthenticatedIdentities(true)
                            .cognitoIdentityProviders(provider -> provider.providerName(
                                            "cognito-idp.us-east-1.amazonaws.com/" + client.userPoolId())
                                    .clientId(client.clientId())))
                    .identityPoolId();
            Map<String, String> roles = new HashMap<>();
            for (String kind : List.of("authenticated", "unauthenticated")) {
                String trust = "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\","
                        + "\"Principal\":{\"Federated\":\"cognito-identity.amazonaws.com\"},"
                        + "\"Action\":\"sts:AssumeRoleWithWebIdentity\",\"Condition\":{"
                        + "\"StringEquals\":{\"cognito-identity.amazonaws.com:aud\":\"" + pool + "\"},"
                        + "\"ForAnyValue:StringLike\":{\"cognito-identity.amazonaws.com:amr\":\"" + kind
                        + "\"}}}]}";
                roles.put(
                        kind,
                        iam.createRole(r -> r.roleName(kind).assumeRolePolicyDocument(trust))
                                .role()
                                .arn());
            }
            identities.setIdentityPoolRoles(r -> r.identityPoolId(pool).roles(roles));
            return pool;
        }
    }

    /** An application that people come back to. */
    private static HttpServer app() throws IOException {
        HttpServer app = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        app.createContext("/", exchange -> {
            byte[] page = "<!DOCTYPE html><title>App</title>".getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().add("Content-Type", "text/html");
            exchange.sendResponseHeaders(200, page.length);
            exchange.getResponseBody().write(page);
            exchange.close();
        });
        app.start();
        return app;
    }

    /** A client whose users choose among passwords, passkeys and codes. */
    private static UserPoolClientType choosing(CognitoIdentityProviderClient admin, String app) {
        String pool = admin.createUserPool(p -> p.poolName("choosing")
                        .autoVerifiedAttributes(VerifiedAttributeType.EMAIL)
                        .policies(policies -> policies.signInPolicy(policy -> policy.allowedFirstAuthFactors(
                                AuthFactorType.PASSWORD, AuthFactorType.WEB_AUTHN, AuthFactorType.EMAIL_OTP))))
                .userPool()
                .id();
        admin.setUserPoolMfaConfig(m -> m.userPoolId(pool).webAuthnConfiguration(w -> w.relyingPartyId("localhost")));
        return client(admin, pool, app);
    }

    /** A client whose users alice and bob are asked whether to remember their devices, and what 2 + 2 is. */
    private static UserPoolClientType rememberingDevices(CognitoServer server, CognitoIdentityProviderClient admin) {
        String define = server.scriptedFunction(
                "define",
                "[" + decision("'challengeName':'CUSTOM_CHALLENGE'") + ","
                        + decision("'failAuthentication':true") + "," + decision("'challengeName':'CUSTOM_CHALLENGE'")
                        + ","
                        + decision("'issueTokens':true") + "]");
        String create = server.scriptedFunction(
                "create",
                "["
                        + decision("'publicChallengeParameters':{'question':'2 + 2'},"
                                + "'privateChallengeParameters':{'answer':'4'}")
                        + "]");
        String verify = server.scriptedFunction(
                "verify", "[" + decision("'answerCorrect':false") + "," + decision("'answerCorrect':true") + "]");
        String pool = admin.createUserPool(p -> p.poolName("devices")
                        .deviceConfiguration(
                                d -> d.challengeRequiredOnNewDevice(true).deviceOnlyRememberedOnUserPrompt(true))
                        .lambdaConfig(l -> l.defineAuthChallenge(define)
                                .createAuthChallenge(create)
                                .verifyAuthChallengeResponse(verify)))
                .userPool()
                .id();
        admin.setUserPoolMfaConfig(m -> m.userPoolId(pool)
                .mfaConfiguration(UserPoolMfaType.OPTIONAL)
                .softwareTokenMfaConfiguration(totp -> totp.enabled(true)));
        for (String name : List.of("alice", "bob")) {
            admin.adminCreateUser(u -> u.userPoolId(pool).username(name).messageAction(MessageActionType.SUPPRESS));
            admin.adminSetUserPassword(
                    p -> p.userPoolId(pool).username(name).password("Passw0rd!").permanent(true));
        }
        return admin.createUserPoolClient(c -> c.userPoolId(pool)
                        .clientName("app")
                        .explicitAuthFlows(
                                ExplicitAuthFlowsType.ALLOW_USER_SRP_AUTH,
                                ExplicitAuthFlowsType.ALLOW_CUSTOM_AUTH,
                                ExplicitAuthFlowsType.ALLOW_REFRESH_TOKEN_AUTH))
                .userPoolClient();
    }

    /** What a trigger of custom challenges answers, in single quotes. */
    private static String decision(String members) {
        return ("{'payload':{'response':{" + members + "}}}").replace('\'', '"');
    }

    /** A client whose only user, dave, has a temporary password and no second factor yet. */
    private static String withSecondFactor(CognitoIdentityProviderClient admin, String app) {
        String pool = admin.createUserPool(p -> p.poolName("mfa")).userPool().id();
        admin.setUserPoolMfaConfig(m -> m.userPoolId(pool)
                .mfaConfiguration(UserPoolMfaType.ON)
                .softwareTokenMfaConfiguration(totp -> totp.enabled(true)));
        admin.adminCreateUser(u -> u.userPoolId(pool)
                .username("dave")
                .temporaryPassword("Temp0rary!")
                .messageAction(MessageActionType.SUPPRESS));
        return client(admin, pool, app).clientId();
    }

    private static UserPoolClientType client(CognitoIdentityProviderClient admin, String app) {
        String pool = admin.createUserPool(p -> p.poolName("pool").autoVerifiedAttributes(VerifiedAttributeType.EMAIL))
                .userPool()
                .id();
        return client(admin, pool, app);
    }

    private static UserPoolClientType client(CognitoIdentityProviderClient admin, String pool, String app) {
        return admin.createUserPoolClient(c -> c.userPoolId(pool)
                        .clientName("app")
                        .explicitAuthFlows(
                                ExplicitAuthFlowsType.ALLOW_USER_AUTH,
                                ExplicitAuthFlowsType.ALLOW_USER_SRP_AUTH,
                                ExplicitAuthFlowsType.ALLOW_REFRESH_TOKEN_AUTH)
                        .allowedOAuthFlowsUserPoolClient(true)
                        .allowedOAuthFlows(OAuthFlowType.CODE)
                        .allowedOAuthScopes("openid", "email")
                        .callbackURLs(app + "/callback")
                        .logoutURLs(app + "/bye"))
                .userPoolClient();
    }
}
