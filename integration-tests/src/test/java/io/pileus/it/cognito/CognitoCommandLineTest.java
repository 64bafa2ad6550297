package io.pileus.it.cognito;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.pileus.it.CommandLine;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** {@code aws cognito-idp} and {@code aws cognito-identity}; skipped where there is no AWS CLI. */
class CognitoCommandLineTest {
    private static CognitoServer server;

    @BeforeAll
    static void startServer() {
        Assumptions.assumeTrue(CommandLine.has("aws", "--version"), "no AWS CLI");
        server = new CognitoServer();
    }

    @AfterAll
    static void stopServer() {
        if (server != null) {
            server.close();
        }
    }

    private static CommandLine.Outcome aws(String... arguments) throws IOException {
        List<String> command = new ArrayList<>(
                List.of("aws", "--endpoint-url", server.pileus.endpoint().toString(), "--output", "json"));
        command.addAll(List.of(arguments));
        return CommandLine.run(Map.of(), command.toArray(String[]::new));
    }

    private static JsonNode json(String... arguments) throws IOException {
        CommandLine.Outcome outcome = aws(arguments);
        assertThat(outcome.exitCode()).as(outcome.output()).isZero();
        return new ObjectMapper().readTree(outcome.output());
    }

    @Test
    void theQuickStartOfTheDocumentationWorks() throws Exception {
        String pool = json(
                        "cognito-idp", "create-user-pool", "--pool-name", "demo", "--auto-verified-attributes", "email")
                .path("UserPool")
                .path("Id")
                .asText();
        String client = json(
                        "cognito-idp",
                        "create-user-pool-client",
                        "--user-pool-id",
                        pool,
                        "--client-name",
                        "web",
                        "--explicit-auth-flows",
                        "ALLOW_USER_PASSWORD_AUTH",
                        "ALLOW_REFRESH_TOKEN_AUTH")
                .path("UserPoolClient")
                .path("ClientId")
                .asText();
        json(
                "cognito-idp",
                "sign-up",
                "--client-id",
                client,
                "--username",
                "alice",
                "--password",
                "Passw0rd!",
                "--user-attributes",
                "Name=email,Value=alice@example.com");
        aws(
                "cognito-idp",
                "confirm-sign-up",
                "--client-id",
                client,
                "--username",
                "alice",
                "--confirmation-code",
                server.lastCode("alice"));

        JsonNode tokens = json(
                        "cognito-idp",
                        "initiate-auth",
                        "--client-id",
                        client,
                        "--auth-flow",
                        "USER_PASSWORD_AUTH",
                        "--auth-parameters",
                        "USERNAME=alice,PASSWORD=Passw0rd!")
                .path("AuthenticationResult");

        assertThat(tokens.path("TokenType").asText()).isEqualTo("Bearer");
        CommandLine.Outcome wrong = aws(
                "cognito-idp",
                "initiate-auth",
                "--client-id",
                client,
                "--auth-flow",
                "USER_PASSWORD_AUTH",
                "--auth-parameters",
                "USERNAME=alice,PASSWORD=wrong");
        assertThat(wrong.output())
                .contains("(NotAuthorizedException) when calling the InitiateAuth operation: "
                        + "Incorrect username or password.");
    }

    @Test
    void anIdentityPoolIsMadeAndRead() throws Exception {
        JsonNode pool = json(
                "cognito-identity",
                "create-identity-pool",
                "--identity-pool-name",
                "demo",
                "--allow-unauthenticated-identities");
        String id = pool.path("IdentityPoolId").asText();
        assertThat(pool.path("AllowUnauthenticatedIdentities").asBoolean()).isTrue();

        String identity = json("cognito-identity", "get-id", "--identity-pool-id", id)
                .path("IdentityId")
                .asText();

        assertThat(json("cognito-identity", "list-identities", "--identity-pool-id", id, "--max-results", "10")
                        .path("Identities")
                        .findValuesAsText("IdentityId"))
                .containsExactly(identity);
        assertThat(aws("cognito-identity", "describe-identity-pool", "--identity-pool-id", id.replace('-', '_'))
                        .output())
                .contains("failed to satisfy constraint");
    }
}
