package io.pileus.it.stepfunctions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.sfn.model.DescribeExecutionResponse;
import software.amazon.awssdk.services.sfn.model.ExecutionStatus;
import software.amazon.awssdk.services.sfn.model.GetActivityTaskResponse;
import software.amazon.awssdk.services.sfn.model.TaskTimedOutException;

/** Whatever waits does so on the emulator's clock. */
class WaitingTest {
    private final Workflows workflows = new Workflows();

    @AfterEach
    void close() {
        workflows.close();
    }

    @Test
    void aWorkflowOfAlmostAYearEndsWhenTimeIsAdvanced() {
        String definition = """
                {"StartAt":"Months","States":{
                 "Months":{"Type":"Pass","Result":0,"ResultPath":"$.n","Next":"Wait"},
                 "Wait":{"Type":"Wait","Seconds":2592000,"Next":"Count"},
                 "Count":{"Type":"Pass","Parameters":{"n.$":"States.MathAdd($.n, 1)"},"Next":"Enough"},
                 "Enough":{"Type":"Choice","Choices":[{"Variable":"$.n","NumericLessThan":12,"Next":"Wait"}],"Default":"Done"},
                 "Done":{"Type":"Succeed"}}}""";
        String execution = workflows.run(definition, "{}");
        Instant start = workflows.describe(execution).startDate();

        workflows.advance(Duration.ofDays(360));

        DescribeExecutionResponse ended = workflows.describe(execution);
        assertThat(ended.output()).isEqualTo("{\"n\":12}");
        assertThat(Duration.between(start, ended.stopDate())).isEqualTo(Duration.ofDays(360));
    }

    @Test
    void anExecutionEndsAfterAYearAtTheLatest() {
        String execution = workflows.run(
                "{\"StartAt\":\"W\",\"States\":{\"W\":{\"Type\":\"Wait\",\"Seconds\":99999999,\"End\":true}}}", "{}");

        workflows.advance(Duration.ofDays(365));

        assertThat(workflows.describe(execution).status()).isEqualTo(ExecutionStatus.TIMED_OUT);
    }

    @Test
    void aWorkerTakesTheTaskOfAnActivityAndSendsItsResult() {
        String activity = workflows.sfn.createActivity(a -> a.name("approve")).activityArn();
        String execution = workflows.run(Workflows.task(activity, "\"HeartbeatSeconds\":30"), "{\"amount\":5}");

        GetActivityTaskResponse task =
                workflows.sfn.getActivityTask(g -> g.activityArn(activity).workerName("ann"));
        assertThat(task.input()).isEqualTo("{\"amount\":5}");
        workflows.sfn.sendTaskHeartbeat(h -> h.taskToken(task.taskToken()));
        workflows.sfn.sendTaskSuccess(s -> s.taskToken(task.taskToken()).output("\"yes\""));

        assertThat(workflows.output(execution).textValue()).isEqualTo("yes");
        assertThat(workflows.types(execution))
                .containsExactly(
                        "ExecutionStarted",
                        "TaskStateEntered",
                        "ActivityScheduled",
                        "ActivityStarted",
                        "ActivitySucceeded",
                        "TaskStateExited",
                        "ExecutionSucceeded");
        assertThat(workflows
                        .history(execution)
                        .get(3)
                        .activityStartedEventDetails()
                        .workerName())
                .isEqualTo("ann");
        assertThatThrownBy(() -> workflows.sfn.sendTaskSuccess(
                        s -> s.taskToken(task.taskToken()).output("1")))
                .isInstanceOf(TaskTimedOutException.class)
                .hasMessageContaining("Task Timed Out: 'Provided task does not exist anymore'");
    }

    @Test
    void aFailedExecutionIsRedrivenFromWhereItFailed() {
        String activity = workflows.sfn.createActivity(a -> a.name("work")).activityArn();
        String definition = """
                {"StartAt":"First","States":{"First":{"Type":"Pass","Next":"Second"},
                 "Second":{"Type":"Task","Resource":"%s","TimeoutSeconds":60,"End":true}}}""".formatted(activity);
        String execution = workflows.run(definition, "{}");
        workflows.advance(Duration.ofSeconds(60));
        assertThat(workflows.describe(execution).error()).isEqualTo("States.Timeout");

        workflows.sfn.redriveExecution(r -> r.executionArn(execution));
        GetActivityTaskResponse task = workflows.sfn.getActivityTask(g -> g.activityArn(activity));
        workflows.sfn.sendTaskSuccess(s -> s.taskToken(task.taskToken()).output("1"));

        assertThat(workflows.describe(execution).redriveCount()).isEqualTo(1);
        assertThat(workflows.output(execution).intValue()).isEqualTo(1);
        assertThat(workflows.types(execution))
                .containsSubsequence("ExecutionFailed", "ExecutionRedriven", "ActivityScheduled", "ExecutionSucceeded");
    }
}
