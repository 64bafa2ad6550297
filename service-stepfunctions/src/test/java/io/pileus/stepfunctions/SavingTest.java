package io.pileus.stepfunctions;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.pileus.core.port.FunctionInvoker;
import io.pileus.core.testkit.SavedStates;
import io.pileus.stepfunctions.asl.Json;
import io.pileus.stepfunctions.model.CreateActivityInput;
import io.pileus.stepfunctions.model.CreateStateMachineAliasInput;
import io.pileus.stepfunctions.model.DeleteStateMachineInput;
import io.pileus.stepfunctions.model.DescribeMapRunInput;
import io.pileus.stepfunctions.model.DescribeStateMachineAliasInput;
import io.pileus.stepfunctions.model.DescribeStateMachineInput;
import io.pileus.stepfunctions.model.DescribeStateMachineOutput;
import io.pileus.stepfunctions.model.GetActivityTaskInput;
import io.pileus.stepfunctions.model.GetActivityTaskOutput;
import io.pileus.stepfunctions.model.HistoryEvent;
import io.pileus.stepfunctions.model.ListExecutionsInput;
import io.pileus.stepfunctions.model.ListMapRunsInput;
import io.pileus.stepfunctions.model.ListTagsForResourceInput;
import io.pileus.stepfunctions.model.PublishStateMachineVersionInput;
import io.pileus.stepfunctions.model.RedriveExecutionInput;
import io.pileus.stepfunctions.model.RoutingConfigurationListItem;
import io.pileus.stepfunctions.model.SendTaskSuccessInput;
import io.pileus.stepfunctions.model.StateMachineDoesNotExistException;
import io.pileus.stepfunctions.model.Tag;
import io.pileus.stepfunctions.model.TagResourceInput;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;

/** What is there after a restart, and goes on. */
class SavingTest {
    private static final String WAIT =
            "{\"StartAt\":\"W\",\"States\":{\"W\":{\"Type\":\"Wait\",\"Seconds\":60,\"Next\":\"P\"},"
                    + "\"P\":{\"Type\":\"Pass\",\"Result\":{\"done\":1.50},\"ResultPath\":\"$.p\",\"End\":true}}}";

    private final Machines sfn = new Machines();

    private static String task(String resource, String fields) {
        return "{\"StartAt\":\"T\",\"States\":{\"T\":{\"Type\":\"Task\",\"Resource\":\"" + resource + "\"," + fields
                + "\"End\":true}}}";
    }

    private CompletableFuture<GetActivityTaskOutput> poll(String activity) {
        return sfn.service
                .getActivityTask(
                        GetActivityTaskInput.builder().activityArn(activity).build(), sfn.call())
                .toCompletableFuture();
    }

    private String activity() {
        return sfn.service
                .createActivity(CreateActivityInput.builder().name("work").build(), sfn.call())
                .activityArn();
    }

    private void succeed(String token, String output) {
        sfn.service.sendTaskSuccess(
                SendTaskSuccessInput.builder().taskToken(token).output(output).build(), sfn.call());
    }

    @Test
    void endedExecutionsAreAsTheyWere() {
        String succeeded = sfn.run(
                "{\"StartAt\":\"P\",\"States\":{\"P\":{\"Type\":\"Pass\",\"Result\":null,\"End\":true}}}",
                "{\"a\":1.10}");
        String failed = sfn.run(
                "{\"StartAt\":\"F\",\"States\":{\"F\":{\"Type\":\"Fail\",\"Error\":\"E\",\"Cause\":\"c\"}}}", "{}");
        List<HistoryEvent> history = sfn.history(succeeded);
        var described = List.of(sfn.describe(succeeded), sfn.describe(failed));

        sfn.restart();

        assertThat(List.of(sfn.describe(succeeded), sfn.describe(failed))).isEqualTo(described);
        assertThat(sfn.history(succeeded)).isEqualTo(history);
        assertThat(sfn.describe(succeeded).output()).isEqualTo("null");
        assertThat(sfn.service
                        .listExecutions(
                                ListExecutionsInput.builder()
                                        .stateMachineArn(described.get(0).stateMachineArn())
                                        .build(),
                                sfn.call())
                        .executions())
                .hasSize(1);
    }

    @Test
    void aWaitEndsAtItsTime() {
        String execution = sfn.run(WAIT, "{\"n\":1}");
        sfn.advance(Duration.ofSeconds(59));
        sfn.restart();
        assertThat(sfn.status(execution)).isEqualTo("RUNNING");

        sfn.advance(Duration.ofSeconds(1));

        assertThat(sfn.output(execution)).isEqualTo(Json.of("{\"n\":1,\"p\":{\"done\":1.50}}"));
        assertThat(sfn.types(execution))
                .containsExactly(
                        "ExecutionStarted",
                        "WaitStateEntered",
                        "WaitStateExited",
                        "PassStateEntered",
                        "PassStateExited",
                        "ExecutionSucceeded");
    }

    @Test
    void anExecutionTimesOutAtItsTime() {
        String execution = sfn.run(WAIT.replaceFirst("\\{", "{\"TimeoutSeconds\":30,"), "{}");
        sfn.advance(Duration.ofSeconds(29));
        sfn.restart();
        assertThat(sfn.status(execution)).isEqualTo("RUNNING");
        sfn.advance(Duration.ofSeconds(1));
        assertThat(sfn.status(execution)).isEqualTo("TIMED_OUT");
    }

    @Test
    void aTaskThatAWorkerHasIsEndedByItsToken() {
        String activity = activity();
        String execution = sfn.run(task(activity, "\"TimeoutSeconds\":100,\"HeartbeatSeconds\":50,"), "{\"a\":1}");
        String token = poll(activity).join().taskToken();

        sfn.restart();
        CompletableFuture<GetActivityTaskOutput> other = poll(activity);
        assertThat(other).isNotDone();
        succeed(token, "{\"b\":2}");

        assertThat(sfn.output(execution)).isEqualTo(Json.of("{\"b\":2}"));
    }

    @Test
    void aTaskThatNoWorkerHasIsOfferedAgain() {
        String activity = activity();
        String execution = sfn.run(task(activity, ""), "{\"a\":1}");

        sfn.restart();
        GetActivityTaskOutput task = poll(activity).join();
        assertThat(task.input()).isEqualTo("{\"a\":1}");
        succeed(task.taskToken(), "{}");

        assertThat(sfn.status(execution)).isEqualTo("SUCCEEDED");
    }

    @Test
    void heartbeatsAndTimeoutsOfTasksKeepTheirTime() {
        String activity = activity();
        String late = sfn.run(task(activity, "\"HeartbeatSeconds\":50,"), "{}");
        String slow = sfn.run(task(activity, "\"TimeoutSeconds\":70,"), "{}");
        sfn.advance(Duration.ofSeconds(40));
        sfn.restart();

        sfn.advance(Duration.ofSeconds(10));
        assertThat(sfn.describe(late).error()).isEqualTo("States.HeartbeatTimeout");
        assertThat(sfn.status(slow)).isEqualTo("RUNNING");
        sfn.advance(Duration.ofSeconds(20));
        assertThat(sfn.describe(slow).error()).isEqualTo("States.Timeout");
    }

    @Test
    void aRetryIsMadeWhenItWasDueAndCountsOn() {
        List<JsonNode> calls = new ArrayList<>();
        sfn.function(payload -> {
            calls.add(payload);
            return calls.size() < 3 ? Machines.fails("Busy", "later") : Machines.returns("{\"ok\":true}");
        });
        String execution = sfn.run(
                task(
                        Machines.FUNCTION,
                        "\"Retry\":[{\"ErrorEquals\":[\"Busy\"],\"IntervalSeconds\":10,\"BackoffRate\":2,\"MaxAttempts\":2}],"),
                "{}");
        sfn.advance(Duration.ofSeconds(10));
        assertThat(calls).hasSize(2);

        sfn.restart();
        sfn.advance(Duration.ofSeconds(19));
        assertThat(calls).hasSize(2);
        sfn.advance(Duration.ofSeconds(1));

        assertThat(sfn.output(execution)).isEqualTo(Json.of("{\"ok\":true}"));
    }

    @Test
    void aCallThatWasNotAnsweredIsMadeAgain() {
        List<CompletableFuture<FunctionInvoker.Result>> calls = new ArrayList<>();
        sfn.env.ports().provide(FunctionInvoker.class, (arn, payload, caller, hops) -> {
            CompletableFuture<FunctionInvoker.Result> call = new CompletableFuture<>();
            calls.add(call);
            return call;
        });
        String execution = sfn.run(task(Machines.FUNCTION, ""), "{}");
        assertThat(calls).hasSize(1);

        sfn.restartAndGoOn();
        assertThat(calls).hasSize(2);
        calls.get(0).complete(Machines.returns("{\"old\":1}"));
        assertThat(sfn.status(execution)).isEqualTo("RUNNING");
        calls.get(1).complete(Machines.returns("{\"new\":1}"));

        assertThat(sfn.output(execution)).isEqualTo(Json.of("{\"new\":1}"));
        assertThat(sfn.types(execution))
                .containsExactly(
                        "ExecutionStarted",
                        "TaskStateEntered",
                        "LambdaFunctionScheduled",
                        "LambdaFunctionStarted",
                        "LambdaFunctionSucceeded",
                        "TaskStateExited",
                        "ExecutionSucceeded");
    }

    @Test
    void branchesAndIterationsGoOn() {
        String wait = "{\"StartAt\":\"%s\",\"States\":{\"%s\":{\"Type\":\"Wait\",\"Seconds\":%d,\"End\":true}}}";
        String parallel = "{\"StartAt\":\"A\",\"States\":{\"A\":{\"Type\":\"Parallel\",\"Next\":\"M\",\"Branches\":["
                + wait.formatted("X", "X", 10) + "," + wait.formatted("Y", "Y", 30) + "]},"
                + "\"M\":{\"Type\":\"Map\",\"MaxConcurrency\":1,\"End\":true,\"ItemProcessor\":"
                + wait.formatted("Z", "Z", 5) + "}}}";
        String execution = sfn.run(parallel, "{\"n\":1}");
        sfn.restart();
        sfn.advance(Duration.ofSeconds(20));
        sfn.restart();
        sfn.advance(Duration.ofSeconds(12));
        sfn.restart();
        sfn.advance(Duration.ofSeconds(10));

        assertThat(sfn.output(execution)).isEqualTo(Json.of("[{\"n\":1},{\"n\":1}]"));
    }

    @Test
    void aMapRunGoesOnWithItsChildren() {
        String map = "{\"StartAt\":\"M\",\"States\":{\"M\":{\"Type\":\"Map\",\"MaxConcurrency\":2,\"Label\":\"L\","
                + "\"ItemProcessor\":{\"ProcessorConfig\":{\"Mode\":\"DISTRIBUTED\",\"ExecutionType\":\"STANDARD\"},"
                + "\"StartAt\":\"I\",\"States\":{\"I\":{\"Type\":\"Wait\",\"Seconds\":10,\"End\":true}}},\"End\":true}}}";
        String execution = sfn.run(map, "[1,2,3]");
        sfn.advance(Duration.ofSeconds(5));
        sfn.restart();
        sfn.advance(Duration.ofSeconds(5));
        sfn.restart();
        sfn.advance(Duration.ofSeconds(10));

        assertThat(sfn.output(execution)).isEqualTo(Json.of("[1,2,3]"));
        String run = sfn.service
                .listMapRuns(ListMapRunsInput.builder().executionArn(execution).build(), sfn.call())
                .mapRuns()
                .getFirst()
                .mapRunArn();
        sfn.restart();
        var described = sfn.service.describeMapRun(
                DescribeMapRunInput.builder().mapRunArn(run).build(), sfn.call());
        assertThat(described.status()).isEqualTo("SUCCEEDED");
        assertThat(described.executionCounts().succeeded()).isEqualTo(3);
        assertThat(sfn.service
                        .listExecutions(
                                ListExecutionsInput.builder().mapRunArn(run).build(), sfn.call())
                        .executions())
                .hasSize(3);
    }

    @Test
    void expressChildrenOfAMapRunBeginAnew() {
        String map = "{\"StartAt\":\"M\",\"States\":{\"M\":{\"Type\":\"Map\",\"MaxConcurrency\":1,"
                + "\"ItemProcessor\":{\"ProcessorConfig\":{\"Mode\":\"DISTRIBUTED\",\"ExecutionType\":\"EXPRESS\"},"
                + "\"StartAt\":\"I\",\"States\":{\"I\":{\"Type\":\"Wait\",\"Seconds\":10,\"End\":true}}},\"End\":true}}}";
        String execution = sfn.run(map, "[1,2]");
        sfn.advance(Duration.ofSeconds(15));
        sfn.restartAndGoOn();
        assertThat(sfn.status(execution)).isEqualTo("RUNNING");
        sfn.advance(Duration.ofSeconds(9));
        assertThat(sfn.status(execution)).isEqualTo("RUNNING");
        sfn.advance(Duration.ofSeconds(1));
        assertThat(sfn.output(execution)).isEqualTo(Json.of("[1,2]"));
    }

    @Test
    void anAwaitedExecutionIsAwaited() {
        String inner = sfn.create(WAIT);
        String execution = sfn.run(
                task(
                        "arn:aws:states:::states:startExecution.sync:2",
                        "\"Parameters\":{\"StateMachineArn\":\"" + inner
                                + "\",\"Input\":{}},\"OutputPath\":\"$.Output\","),
                "{}");
        sfn.restart();
        sfn.advance(Duration.ofSeconds(60));

        assertThat(sfn.output(execution)).isEqualTo(Json.of("{\"p\":{\"done\":1.50}}"));
    }

    @Test
    void aFailedExecutionCanBeRedriven() {
        boolean[] works = {false};
        sfn.function(payload -> works[0] ? Machines.returns("{\"ok\":true}") : Machines.fails("Broken", "no"));
        String execution = sfn.run(task(Machines.FUNCTION, ""), "{}");
        assertThat(sfn.status(execution)).isEqualTo("FAILED");

        sfn.restart();
        works[0] = true;
        sfn.service.redriveExecution(
                RedriveExecutionInput.builder().executionArn(execution).build(), sfn.call());

        assertThat(sfn.output(execution)).isEqualTo(Json.of("{\"ok\":true}"));
        assertThat(sfn.describe(execution).redriveCount()).isEqualTo(1);
    }

    @Test
    void machinesVersionsAliasesAndTagsAreAsTheyWere() {
        String machine = sfn.create(WAIT);
        String version = sfn.service
                .publishStateMachineVersion(
                        PublishStateMachineVersionInput.builder()
                                .stateMachineArn(machine)
                                .build(),
                        sfn.call())
                .stateMachineVersionArn();
        String alias = sfn.service
                .createStateMachineAlias(
                        CreateStateMachineAliasInput.builder()
                                .name("live")
                                .routingConfiguration(List.of(RoutingConfigurationListItem.builder()
                                        .stateMachineVersionArn(version)
                                        .weight(100)
                                        .build()))
                                .build(),
                        sfn.call())
                .stateMachineAliasArn();
        Tag tag = Tag.builder().key("team").value("blue").build();
        sfn.service.tagResource(
                TagResourceInput.builder()
                        .resourceArn(machine)
                        .tags(List.of(tag))
                        .build(),
                sfn.call());
        DescribeStateMachineOutput before = describe(machine);
        var aliasBefore = sfn.service.describeStateMachineAlias(
                DescribeStateMachineAliasInput.builder()
                        .stateMachineAliasArn(alias)
                        .build(),
                sfn.call());

        sfn.restart();

        assertThat(describe(machine)).isEqualTo(before);
        assertThat(sfn.service.describeStateMachineAlias(
                        DescribeStateMachineAliasInput.builder()
                                .stateMachineAliasArn(alias)
                                .build(),
                        sfn.call()))
                .isEqualTo(aliasBefore);
        assertThat(sfn.service
                        .listTagsForResource(
                                ListTagsForResourceInput.builder()
                                        .resourceArn(machine)
                                        .build(),
                                sfn.call())
                        .tags())
                .containsExactly(tag);
        assertThat(sfn.service
                        .publishStateMachineVersion(
                                PublishStateMachineVersionInput.builder()
                                        .stateMachineArn(machine)
                                        .build(),
                                sfn.call())
                        .stateMachineVersionArn())
                .isEqualTo(version);
        String execution = sfn.start(alias, "{}");
        assertThat(sfn.describe(execution).stateMachineVersionArn()).isEqualTo(version);
    }

    private DescribeStateMachineOutput describe(String machine) {
        return sfn.service.describeStateMachine(
                DescribeStateMachineInput.builder().stateMachineArn(machine).build(), sfn.call());
    }

    @Test
    void aMachineThatIsBeingDeletedGoesWithItsLastExecution() {
        String machine = sfn.create(WAIT);
        String execution = sfn.start(machine, "{}");
        sfn.service.deleteStateMachine(
                DeleteStateMachineInput.builder().stateMachineArn(machine).build(), sfn.call());

        sfn.restart();
        assertThat(describe(machine).status()).isEqualTo("DELETING");
        assertThat(sfn.status(execution)).isEqualTo("RUNNING");
        sfn.advance(Duration.ofSeconds(60));

        Assertions.assertThatThrownBy(() -> describe(machine)).isInstanceOf(StateMachineDoesNotExistException.class);
    }

    @Test
    void onlyWhatChangedIsSavedAgain() {
        sfn.run("{\"StartAt\":\"P\",\"States\":{\"P\":{\"Type\":\"Pass\",\"End\":true}}}", "{}");
        String running = sfn.run(WAIT, "{}");
        SavedStates saved = SavedStates.of(sfn.service);
        assertThat(saved.saveAgain(sfn.service).any()).isFalse();

        sfn.advance(Duration.ofSeconds(60));

        assertThat(sfn.status(running)).isEqualTo("SUCCEEDED");
        // the execution, and four more events
        assertThat(saved.saveAgain(sfn.service).written()).isEqualTo(5);
    }
}
