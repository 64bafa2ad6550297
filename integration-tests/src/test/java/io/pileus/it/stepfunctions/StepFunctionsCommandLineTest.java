package io.pileus.it.stepfunctions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StepFunctionsCommandLineTest {
    private static final String WAITS =
            "{\"StartAt\":\"W\",\"States\":{\"W\":{\"Type\":\"Wait\",\"Seconds\":60,\"End\":true}}}";

    private final Workflows workflows = new Workflows();

    @TempDir
    Path directory;

    private record Outcome(int exitCode, String output) {}

    @BeforeAll
    static void theCommandLineIsThere() {
        assumeTrue(has());
    }

    private static boolean has() {
        try {
            return new ProcessBuilder("aws", "--version")
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    @AfterEach
    void close() {
        workflows.close();
    }

    private Outcome aws(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                "aws", "--endpoint-url", workflows.pileus.endpoint().toString(), "--output", "json", "stepfunctions"));
        command.addAll(List.of(arguments));
        Path output = directory.resolve("output.txt");
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
        builder.environment()
                .putAll(Map.of(
                        "AWS_ACCESS_KEY_ID", Workflows.ACCOUNT,
                        "AWS_SECRET_ACCESS_KEY", "test",
                        "AWS_DEFAULT_REGION", "us-east-1",
                        "AWS_PAGER", ""));
        Process process = builder.start();
        if (!process.waitFor(60, TimeUnit.SECONDS)) {
            process.destroyForcibly();
        }
        return new Outcome(process.exitValue(), Files.readString(output, StandardCharsets.UTF_8));
    }

    private JsonNode json(String... arguments) throws IOException, InterruptedException {
        Outcome outcome = aws(arguments);
        assertThat(outcome.exitCode()).as(outcome.output()).isZero();
        return Workflows.json(outcome.output());
    }

    @Test
    void aMachineIsCreatedRunAndDescribed() throws Exception {
        String machine = json(
                        "create-state-machine", "--name", "cli", "--role-arn", Workflows.ROLE, "--definition", WAITS)
                .get("stateMachineArn")
                .textValue();
        String execution = json(
                        "start-execution", "--state-machine-arn", machine, "--name", "run", "--input", "{\"a\": 1}")
                .get("executionArn")
                .textValue();
        workflows.advance(Duration.ofMinutes(1));

        JsonNode described = json("describe-execution", "--execution-arn", execution);
        assertThat(described.get("status").textValue()).isEqualTo("SUCCEEDED");
        assertThat(described.get("output").textValue()).isEqualTo("{\"a\":1}");
        JsonNode events =
                json("get-execution-history", "--execution-arn", execution).get("events");
        assertThat(events.findValuesAsText("type"))
                .containsExactly("ExecutionStarted", "WaitStateEntered", "WaitStateExited", "ExecutionSucceeded");
        assertThat(events.get(0)
                        .at("/executionStartedEventDetails/inputDetails/truncated")
                        .booleanValue())
                .isFalse();
    }

    @Test
    void aBrokenDefinitionIsRefusedAndDiagnosed() throws Exception {
        String definition =
                "{\"StartAt\":\"P\",\"States\":{\"P\":{\"Type\":\"Pass\",\"Next\":\"Q\"},\"R\":{\"Type\":\"Succeed\"}}}";

        Outcome refused =
                aws("create-state-machine", "--name", "cli", "--role-arn", Workflows.ROLE, "--definition", definition);
        JsonNode diagnosed = json("validate-state-machine-definition", "--definition", definition);

        assertThat(refused.exitCode()).isNotZero();
        assertThat(refused.output())
                .contains("An error occurred (InvalidDefinition) when calling the CreateStateMachine operation:"
                        + " Invalid State Machine Definition: 'MISSING_TRANSITION_TARGET: Missing 'Next' target: Q at"
                        + " /States/P/Next");
        assertThat(diagnosed.get("result").textValue()).isEqualTo("FAIL");
        assertThat(diagnosed.at("/diagnostics/0/code").textValue()).isEqualTo("MISSING_TRANSITION_TARGET");
    }

    @Test
    void aMachineThatDoesNotExistIsReported() throws Exception {
        Outcome outcome = aws(
                "start-execution",
                "--state-machine-arn",
                "arn:aws:states:us-east-1:" + Workflows.ACCOUNT + ":stateMachine:nobody");

        assertThat(outcome.output())
                .contains("An error occurred (StateMachineDoesNotExist) when calling the StartExecution operation:"
                        + " State Machine Does Not Exist: 'arn:aws:states:us-east-1:" + Workflows.ACCOUNT
                        + ":stateMachine:nobody'");
    }
}
