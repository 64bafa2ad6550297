package io.pileus.it.sts;

import static io.pileus.it.sts.IdentityServer.ACCOUNT;
import static io.pileus.it.sts.IdentityServer.OTHER_ACCOUNT;
import static io.pileus.it.sts.IdentityServer.trusting;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code aws sts} and {@code aws iam}; skipped where there is no AWS CLI. */
class IdentityCommandLineTest {
    private static IdentityServer server;

    @TempDir
    private Path folder;

    private record Outcome(int exitCode, String output) {
        JsonNode json() throws IOException {
            return new ObjectMapper().readTree(output);
        }
    }

    @BeforeAll
    static void startServer() {
        boolean present;
        try {
            present = new ProcessBuilder("aws", "--version").start().waitFor() == 0;
        } catch (IOException e) {
            present = false;
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        Assumptions.assumeTrue(present, "no AWS CLI");
        server = IdentityServer.start();
    }

    @AfterAll
    static void stopServer() {
        if (server != null) {
            server.close();
        }
    }

    private Outcome aws(Map<String, String> environment, String... arguments) throws Exception {
        List<String> command = new ArrayList<>(
                List.of("aws", "--endpoint-url", server.endpoint().toString(), "--output", "json"));
        command.addAll(List.of(arguments));
        Path output = Files.createTempFile(folder, "output", ".txt");
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
        builder.environment().putAll(Map.of("AWS_DEFAULT_REGION", "us-east-1", "AWS_PAGER", ""));
        builder.environment().putAll(environment);
        Process process = builder.start();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return new Outcome(process.exitValue(), Files.readString(output, StandardCharsets.UTF_8));
    }

    private static Map<String, String> rootOf(String account) {
        return Map.of("AWS_ACCESS_KEY_ID", account, "AWS_SECRET_ACCESS_KEY", "x");
    }

    @Test
    void theCallerIsTheAccountOfTheKey() throws Exception {
        JsonNode who = aws(rootOf(ACCOUNT), "sts", "get-caller-identity").json();

        assertThat(who.path("Account").asText()).isEqualTo(ACCOUNT);
        assertThat(who.path("Arn").asText()).isEqualTo("arn:aws:iam::" + ACCOUNT + ":root");
    }

    @Test
    void documentsComeBackAsTheyWere() throws Exception {
        aws(
                rootOf(ACCOUNT),
                "iam",
                "create-role",
                "--role-name",
                "cli",
                "--assume-role-policy-document",
                trusting(ACCOUNT));

        JsonNode role = aws(rootOf(ACCOUNT), "iam", "get-role", "--role-name", "cli")
                .json()
                .path("Role");

        assertThat(role.path("AssumeRolePolicyDocument")
                        .path("Statement")
                        .path(0)
                        .path("Action")
                        .asText())
                .isEqualTo("sts:AssumeRole");
        Outcome missing = aws(rootOf(ACCOUNT), "iam", "get-role", "--role-name", "none");
        assertThat(missing.exitCode()).isNotZero();
        assertThat(missing.output())
                .contains(
                        "(NoSuchEntity) when calling the GetRole operation: The role with name none cannot be found.");
        Outcome malformed = aws(
                rootOf(ACCOUNT),
                "iam",
                "create-role",
                "--role-name",
                "bad",
                "--assume-role-policy-document",
                "{\"Version\":\"2012-10-17\",}");
        assertThat(malformed.output()).contains("(MalformedPolicyDocument)").contains("line 1, column");
    }

    @Test
    void aProfileTakesOnARoleOfAnotherAccount() throws Exception {
        aws(
                rootOf(OTHER_ACCOUNT),
                "iam",
                "create-role",
                "--role-name",
                "profile",
                "--assume-role-policy-document",
                trusting(ACCOUNT));
        Path config = folder.resolve("config");
        Files.writeString(
                config,
                "[profile base]\naws_access_key_id = " + ACCOUNT + "\naws_secret_access_key = x\n"
                        + "[profile deploy]\nrole_arn = arn:aws:iam::" + OTHER_ACCOUNT
                        + ":role/profile\nsource_profile = base\nrole_session_name = cli\n");

        JsonNode who = aws(
                        Map.of(
                                "AWS_CONFIG_FILE", config.toString(),
                                "AWS_SHARED_CREDENTIALS_FILE",
                                        folder.resolve("none").toString(),
                                "AWS_ENDPOINT_URL", server.endpoint().toString(),
                                "AWS_PROFILE", "deploy",
                                "HOME", folder.toString()),
                        "sts",
                        "get-caller-identity")
                .json();

        assertThat(who.path("Arn").asText()).isEqualTo("arn:aws:sts::" + OTHER_ACCOUNT + ":assumed-role/profile/cli");
    }

    @Test
    void theSimulatorTellsTheStatement() throws Exception {
        JsonNode result = aws(
                        rootOf(ACCOUNT),
                        "iam",
                        "simulate-custom-policy",
                        "--policy-input-list",
                        "{\"Version\":\"2012-10-17\",\"Statement\":{\"Effect\":\"Allow\",\"Action\":\"sqs:*\",\"Resource\":\"*\"}}",
                        "--action-names",
                        "sqs:SendMessage",
                        "sns:Publish")
                .json()
                .path("EvaluationResults");

        assertThat(result.path(0).path("EvalDecision").asText()).isEqualTo("allowed");
        assertThat(result.path(0)
                        .path("MatchedStatements")
                        .path(0)
                        .path("SourcePolicyId")
                        .asText())
                .isEqualTo("PolicyInputList.1");
        assertThat(result.path(1).path("EvalDecision").asText()).isEqualTo("implicitDeny");
    }
}
