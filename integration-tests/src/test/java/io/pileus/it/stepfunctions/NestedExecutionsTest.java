package io.pileus.it.stepfunctions;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.sfn.model.ExecutionStatus;

class NestedExecutionsTest {
    private static final String CHILD = """
            {"StartAt":"W","States":{"W":{"Type":"Wait","Seconds":60,"Next":"P"},
             "P":{"Type":"Pass","Result":{"answer":42},"End":true}}}""";

    private final Workflows workflows = new Workflows();

    @AfterEach
    void close() {
        workflows.close();
    }

    private static String nested(String pattern, String child) {
        return Workflows.task("arn:aws:states:::states:startExecution" + pattern, """
                "Parameters":{"StateMachineArn":"%s","Input":{"from.$":"$.from",
                 "AWS_STEP_FUNCTIONS_STARTED_BY_EXECUTION_ID.$":"$$.Execution.Id"}}""".formatted(child));
    }

    @Test
    void aChildIsStartedAndNotAwaited() {
        String child = workflows.create(CHILD);
        String parent = workflows.run(nested("", child), "{\"from\":\"parent\"}");

        JsonNode output = workflows.output(parent);
        String started = output.get("ExecutionArn").textValue();
        assertThat(workflows.describe(started).status()).isEqualTo(ExecutionStatus.RUNNING);
        assertThat(Workflows.json(workflows.describe(started).input())
                        .get("from")
                        .textValue())
                .isEqualTo("parent");
        assertThat(output.has("StartDate")).isTrue();
    }

    @Test
    void syncAwaitsTheChildAndGivesItsOutputAsText() {
        String parent = workflows.run(nested(".sync", workflows.create(CHILD)), "{\"from\":1}");
        assertThat(workflows.describe(parent).status()).isEqualTo(ExecutionStatus.RUNNING);

        workflows.advance(Duration.ofMinutes(1));

        JsonNode output = workflows.output(parent);
        assertThat(output.get("Status").textValue()).isEqualTo("SUCCEEDED");
        assertThat(output.get("Output").textValue()).isEqualTo("{\"answer\":42}");
        assertThat(workflows.types(parent))
                .containsExactly(
                        "ExecutionStarted",
                        "TaskStateEntered",
                        "TaskScheduled",
                        "TaskStarted",
                        "TaskSubmitted",
                        "TaskSucceeded",
                        "TaskStateExited",
                        "ExecutionSucceeded");
    }

    @Test
    void sync2AwaitsTheChildAndGivesItsOutputAsJson() {
        String parent = workflows.run(nested(".sync:2", workflows.create(CHILD)), "{\"from\":1}");
        workflows.advance(Duration.ofMinutes(1));

        assertThat(workflows.output(parent).get("Output")).isEqualTo(Workflows.json("{\"answer\":42}"));
    }

    @Test
    void aFailedChildFailsItsTaskAndTheCauseTellsAllOfIt() {
        String child = workflows.create(
                "{\"StartAt\":\"F\",\"States\":{\"F\":{\"Type\":\"Fail\",\"Error\":\"Bad\",\"Cause\":\"luck\"}}}");
        String parent = workflows.run(nested(".sync:2", child), "{\"from\":1}");

        assertThat(workflows.describe(parent).error()).isEqualTo("States.TaskFailed");
        JsonNode cause = Workflows.json(workflows.describe(parent).cause());
        assertThat(cause.get("Error").textValue()).isEqualTo("Bad");
        assertThat(cause.get("Cause").textValue()).isEqualTo("luck");
        assertThat(cause.get("Status").textValue()).isEqualTo("FAILED");
    }

    @Test
    void aChildEndsWithItsParent() {
        String child = workflows.create(CHILD);
        String parent = workflows.run(nested(".sync", child), "{\"from\":1}");

        workflows.sfn.stopExecution(s -> s.executionArn(parent));

        assertThat(workflows
                        .sfn
                        .listExecutions(l -> l.stateMachineArn(child))
                        .executions()
                        .get(0)
                        .status())
                .isEqualTo(ExecutionStatus.ABORTED);
    }

    @Test
    void aMachineThatDoesNotExistFailsTheTask() {
        String parent = workflows.run(
                nested(".sync", "arn:aws:states:us-east-1:" + Workflows.ACCOUNT + ":stateMachine:nobody"),
                "{\"from\":1}");

        assertThat(workflows.describe(parent).error()).isEqualTo("StepFunctions.StateMachineDoesNotExistException");
        assertThat(workflows.types(parent)).contains("TaskSubmitFailed");
    }

    @Test
    void anExpressChildIsRunByTheSdkIntegration() {
        String child = workflows.create(
                "{\"StartAt\":\"P\",\"States\":{\"P\":{\"Type\":\"Pass\",\"Result\":1,\"End\":true}}}",
                software.amazon.awssdk.services.sfn.model.StateMachineType.EXPRESS);
        String parent = workflows.run(
                Workflows.task("arn:aws:states:::aws-sdk:sfn:startSyncExecution", """
                        "Parameters":{"StateMachineArn":"%s","Input":"{}"}""".formatted(child)), "{}");

        JsonNode output = workflows.output(parent);
        assertThat(output.get("Status").textValue()).isEqualTo("SUCCEEDED");
        assertThat(output.get("Output").textValue()).isEqualTo("1");
        assertThat(output.at("/BillingDetails/BilledMemoryUsedInMB").intValue()).isEqualTo(64);
    }
}
