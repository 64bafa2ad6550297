package io.pileus.stepfunctions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pileus.core.testkit.TestEnvironment;
import io.pileus.stepfunctions.asl.Json;
import io.pileus.stepfunctions.model.*;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExecutionsTest {
    private static final String WAIT =
            "{\"StartAt\":\"W\",\"States\":{\"W\":{\"Type\":\"Wait\",\"Seconds\":60,\"End\":true}}}";
    private static final String PASS = "{\"StartAt\":\"P\",\"States\":{\"P\":{\"Type\":\"Pass\",\"End\":true}}}";

    private final Machines sfn = new Machines();

    private StartExecutionOutput start(String machine, String name, String input) {
        return sfn.service.startExecution(
                StartExecutionInput.builder()
                        .stateMachineArn(machine)
                        .name(name)
                        .input(input)
                        .build(),
                sfn.call());
    }

    @Test
    void startingARunningExecutionAgainWithTheSameInputGivesTheSameExecution() {
        String machine = sfn.create(WAIT);
        StartExecutionOutput first = start(machine, "n", "{\"a\":1}");

        assertThat(start(machine, "n", "{\"a\":1}")).isEqualTo(first);
        assertThatThrownBy(() -> start(machine, "n", "{\"a\":2}"))
                .isInstanceOf(ExecutionAlreadyExistsException.class)
                .hasMessage("Execution Already Exists: '" + first.executionArn() + "'");
        sfn.advance(Duration.ofSeconds(60));
        assertThatThrownBy(() -> start(machine, "n", "{\"a\":1}")).isInstanceOf(ExecutionAlreadyExistsException.class);
    }

    @Test
    void aNameIsFreeAgain90DaysAfterItsExecutionEnded() {
        String machine = sfn.create(PASS);
        start(machine, "n", "{}");
        sfn.advance(Duration.ofDays(91));

        assertThat(start(machine, "n", "{}").startDate()).isEqualTo(sfn.env.now());
    }

    @Test
    void brokenInputIsRefused() {
        String machine = sfn.create(PASS);

        assertThatThrownBy(() -> start(machine, "n", "{\"a\""))
                .isInstanceOf(InvalidExecutionInputException.class)
                .hasMessageStartingWith("Invalid State Machine Execution Input: '");
        assertThatThrownBy(() -> start(machine, "a b", "{}"))
                .isInstanceOf(InvalidNameException.class)
                .hasMessage("Invalid Name: 'a b'");
        assertThatThrownBy(() -> start("nonsense", "n", "{}"))
                .isInstanceOf(InvalidArnException.class)
                .hasMessage("Invalid Arn: 'Invalid ARN prefix: nonsense'");
        String missing = "arn:aws:states:us-east-1:000000000000:stateMachine:missing";
        assertThatThrownBy(() -> start(missing, "n", "{}"))
                .isInstanceOf(StateMachineDoesNotExistException.class)
                .hasMessage("State Machine Does Not Exist: '" + missing + "'");
    }

    @Test
    void theInputIsShownAsItWasWritten() {
        String execution = sfn.run(PASS, "{ \"a\" : 1.0 }");

        assertThat(sfn.describe(execution).input()).isEqualTo("{ \"a\" : 1.0 }");
        assertThat(sfn.describe(execution).output()).isEqualTo("{\"a\":1.0}");
    }

    @Test
    void aStoppedExecutionIsAborted() {
        String execution = sfn.run(WAIT, "{}");
        sfn.service.stopExecution(
                StopExecutionInput.builder()
                        .executionArn(execution)
                        .error("E")
                        .cause("c")
                        .build(),
                sfn.call());
        sfn.advance(Duration.ofSeconds(60));

        assertThat(sfn.describe(execution).status()).isEqualTo("ABORTED");
        assertThat(sfn.describe(execution).error()).isEqualTo("E");
        assertThat(sfn.types(execution)).containsExactly("ExecutionStarted", "WaitStateEntered", "ExecutionAborted");
    }

    @Test
    void executionsAreListedFromTheNewestOnInPages() {
        String machine = sfn.create(PASS);
        for (int i = 0; i < 5; i++) {
            start(machine, "n" + i, "{}");
        }
        List<String> names = new ArrayList<>();
        String token = null;
        do {
            ListExecutionsOutput page = sfn.service.listExecutions(
                    ListExecutionsInput.builder()
                            .stateMachineArn(machine)
                            .statusFilter("SUCCEEDED")
                            .maxResults(2)
                            .nextToken(token)
                            .build(),
                    sfn.call());
            page.executions().forEach(e -> names.add(e.name()));
            token = page.nextToken();
        } while (token != null);

        assertThat(names).containsExactly("n4", "n3", "n2", "n1", "n0");
        assertThatThrownBy(() -> sfn.service.listExecutions(
                        ListExecutionsInput.builder()
                                .stateMachineArn(machine)
                                .nextToken("x")
                                .build(),
                        sfn.call()))
                .isInstanceOf(InvalidTokenException.class)
                .hasMessage("Invalid Token: 'Invalid token'");
        assertThatThrownBy(() ->
                        sfn.service.listExecutions(ListExecutionsInput.builder().build(), sfn.call()))
                .hasMessage("Must provide a StateMachine ARN or MapRun ARN");
    }

    @Test
    void anExpressExecutionIsAnsweredWhenItEnds() {
        String machine = sfn.create(WAIT, "EXPRESS");
        CompletableFuture<StartSyncExecutionOutput> answer = sfn.service
                .startSyncExecution(
                        StartSyncExecutionInput.builder()
                                .stateMachineArn(machine)
                                .input("{\"a\":1}")
                                .build(),
                        sfn.call())
                .toCompletableFuture();
        assertThat(answer).isNotDone();
        sfn.advance(Duration.ofSeconds(60));

        assertThat(answer.join().status()).isEqualTo("SUCCEEDED");
        assertThat(answer.join().output()).isEqualTo("{\"a\":1}");
        assertThat(answer.join().executionArn()).contains(":express:machine0:");
        assertThat(answer.join().billingDetails().billedDurationInMilliseconds())
                .isEqualTo(60_000);
        assertThat(answer.join().billingDetails().billedMemoryUsedInMB()).isEqualTo(64);
    }

    @Test
    void anExpressExecutionTimesOutAfterFiveMinutes() {
        String machine = sfn.create(WAIT.replace("60", "600"), "EXPRESS");
        CompletableFuture<StartSyncExecutionOutput> answer = sfn.service
                .startSyncExecution(
                        StartSyncExecutionInput.builder()
                                .stateMachineArn(machine)
                                .build(),
                        sfn.call())
                .toCompletableFuture();
        sfn.advance(Duration.ofMinutes(5));

        assertThat(answer.join().status()).isEqualTo("TIMED_OUT");
    }

    @Test
    void expressAndStandardHaveTheirOwnOperations() {
        String express = sfn.create(PASS, "EXPRESS");
        String standard = sfn.create(PASS);
        String execution = sfn.start(express, "{}");

        assertThatThrownBy(() -> sfn.describe(execution))
                .isInstanceOf(InvalidArnException.class)
                .hasMessage("Invalid Arn: 'Resource type not valid in this context: express'");
        assertThatThrownBy(() -> sfn.service.startSyncExecution(
                        StartSyncExecutionInput.builder()
                                .stateMachineArn(standard)
                                .build(),
                        sfn.call()))
                .isInstanceOf(StateMachineTypeNotSupportedException.class);
        assertThatThrownBy(() -> sfn.service.listExecutions(
                        ListExecutionsInput.builder().stateMachineArn(express).build(), sfn.call()))
                .isInstanceOf(StateMachineTypeNotSupportedException.class)
                .hasMessage("This operation is not supported by this type of state machine");
    }

    @Test
    void historyComesInReverseAndWithoutDataOnRequest() {
        String execution = sfn.run(PASS, "{\"a\":1}");
        GetExecutionHistoryOutput history = sfn.service.getExecutionHistory(
                GetExecutionHistoryInput.builder()
                        .executionArn(execution)
                        .reverseOrder(true)
                        .includeExecutionData(false)
                        .build(),
                sfn.call());

        assertThat(history.events()).extracting(HistoryEvent::id).containsExactly(4L, 3L, 2L, 1L);
        assertThat(history.events().get(3).executionStartedEventDetails().input())
                .isNull();
        assertThat(sfn.history(execution).get(0).executionStartedEventDetails().input())
                .isEqualTo("{\"a\":1}");
    }

    @Test
    void theMockConfigurationAnswersTasksByTestCase(@TempDir Path dir) throws Exception {
        Path file = dir.resolve("mock.json");
        Files.writeString(file, """
                {"StateMachines":{"machine0":{"TestCases":{"Retried":{"T":"Answers"}}}},
                 "MockedResponses":{"Answers":{"0":{"Throw":{"Error":"E","Cause":"c"}},"1-2":{"Return":{"ok":true}}}}}""");
        Machines mocked = new Machines(TestEnvironment.with("SFN_MOCK_CONFIG", file.toString()));
        String definition = "{\"StartAt\":\"T\",\"States\":{\"T\":{\"Type\":\"Task\",\"Resource\":\""
                + Machines.FUNCTION + "\",\"Retry\":[{\"ErrorEquals\":[\"E\"]}],\"End\":true}}}";
        String machine = mocked.create(definition);
        String execution = mocked.start(machine + "#Retried", "{}");
        mocked.advance(Duration.ofSeconds(1));

        assertThat(mocked.output(execution)).isEqualTo(Json.of("{\"ok\":true}"));
    }

    @Test
    void waitsCanBeScaledAway() {
        Machines fast = new Machines(TestEnvironment.with("SFN_WAIT_SCALE", "0"));

        assertThat(fast.output(fast.run(WAIT, "{}"))).isEqualTo(Json.of("{}"));
    }

    @Test
    void aResetEndsEverythingThatRunsAndForgetsIt() {
        String standard = sfn.run(WAIT, "{}");
        CompletableFuture<StartSyncExecutionOutput> express = sfn.service
                .startSyncExecution(
                        StartSyncExecutionInput.builder()
                                .stateMachineArn(sfn.create(WAIT, "EXPRESS"))
                                .build(),
                        sfn.call())
                .toCompletableFuture();

        sfn.service.reset(io.pileus.core.service.ResetScope.EVERYTHING);

        assertThat(express).isDone();
        assertThat(sfn.env.time().pending()).isZero();
        assertThatThrownBy(() -> sfn.describe(standard)).isInstanceOf(ExecutionDoesNotExistException.class);
    }

    @Test
    void tenThousandExecutionsWaitAndEndTogether() {
        String machine = sfn.create(WAIT);
        List<String> executions = new ArrayList<>();
        for (int i = 0; i < 10_000; i++) {
            executions.add(sfn.start(machine, "{}"));
        }
        sfn.advance(Duration.ofSeconds(60));

        assertThat(executions).allSatisfy(e -> assertThat(sfn.status(e)).isEqualTo("SUCCEEDED"));
    }
}
