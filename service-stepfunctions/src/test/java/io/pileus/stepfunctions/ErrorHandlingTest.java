package io.pileus.stepfunctions;

import static org.assertj.core.api.Assertions.assertThat;

import io.pileus.stepfunctions.asl.Json;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class ErrorHandlingTest {
    private final Machines sfn = new Machines();
    private final AtomicInteger calls = new AtomicInteger();

    private static String taskOnly(String fields) {
        return "{\"StartAt\":\"T\",\"States\":{\"T\":{\"Type\":\"Task\",\"Resource\":\"" + Machines.FUNCTION + "\","
                + fields + "\"End\":true}}}";
    }

    @Test
    void aFailedFunctionFailsTheExecutionWithItsErrorTypeAndAnswer() {
        sfn.function(in -> Machines.fails("CustomError", "no"));
        String execution = sfn.run(taskOnly(""), "{}");

        assertThat(sfn.describe(execution).error()).isEqualTo("CustomError");
        assertThat(Json.of(sfn.describe(execution).cause()))
                .isEqualTo(Json.of("{\"errorMessage\":\"no\",\"errorType\":\"CustomError\"}"));
        assertThat(sfn.types(execution))
                .containsExactly(
                        "ExecutionStarted",
                        "TaskStateEntered",
                        "LambdaFunctionScheduled",
                        "LambdaFunctionStarted",
                        "LambdaFunctionFailed",
                        "ExecutionFailed");
    }

    @Test
    void aRetrierWaitsLongerEachTimeUpToItsMaximum() {
        sfn.function(in -> {
            calls.incrementAndGet();
            return Machines.fails("E", "no");
        });
        String execution = sfn.run(
                taskOnly(
                        "\"Retry\":[{\"ErrorEquals\":[\"E\"],\"IntervalSeconds\":2,\"BackoffRate\":3,\"MaxAttempts\":3,"
                                + "\"MaxDelaySeconds\":10}],"),
                "{}");

        assertThat(calls).hasValue(1);
        sfn.advance(Duration.ofSeconds(2));
        assertThat(calls).hasValue(2);
        sfn.advance(Duration.ofSeconds(5));
        assertThat(calls).hasValue(2);
        sfn.advance(Duration.ofSeconds(1));
        assertThat(calls).hasValue(3);
        sfn.advance(Duration.ofSeconds(10));
        assertThat(calls).hasValue(4);
        assertThat(sfn.status(execution)).isEqualTo("FAILED");
    }

    @Test
    void eachRetrierCountsItsOwnAttempts() {
        sfn.function(in -> Machines.fails(calls.getAndIncrement() % 2 == 0 ? "A" : "B", "no"));
        String execution = sfn.run(
                taskOnly("\"Retry\":[{\"ErrorEquals\":[\"A\"],\"MaxAttempts\":2,\"BackoffRate\":1},"
                        + "{\"ErrorEquals\":[\"B\"],\"MaxAttempts\":1,\"BackoffRate\":1}],"),
                "{}");
        sfn.advance(Duration.ofSeconds(60));

        assertThat(calls).hasValue(4);
        assertThat(sfn.describe(execution).error()).isEqualTo("B");
    }

    @Test
    void aCatcherTakesTheErrorAndPutsItWhereItSays() {
        sfn.function(in -> Machines.fails("E", "no"));
        String execution = sfn.run(
                "{\"StartAt\":\"T\",\"States\":{\"T\":{\"Type\":\"Task\",\"Resource\":\"" + Machines.FUNCTION
                        + "\",\"Catch\":[{\"ErrorEquals\":[\"States.TaskFailed\"],\"ResultPath\":\"$.e\",\"Next\":\"S\"}],"
                        + "\"End\":true},\"S\":{\"Type\":\"Succeed\"}}}",
                "{\"k\":1}");

        assertThat(sfn.output(execution).get("e").get("Error").textValue()).isEqualTo("E");
        assertThat(sfn.output(execution).get("k").intValue()).isEqualTo(1);
        assertThat(sfn.types(execution))
                .containsSubsequence("LambdaFunctionFailed", "TaskStateExited", "SucceedStateEntered");
    }

    @Test
    void statesAllDoesNotTakeRuntimeErrors() {
        String execution = sfn.run(
                "{\"StartAt\":\"T\",\"States\":{\"T\":{\"Type\":\"Task\",\"Resource\":\"" + Machines.FUNCTION
                        + "\",\"Parameters\":{\"a.$\":\"$.missing\"},"
                        + "\"Catch\":[{\"ErrorEquals\":[\"States.ALL\"],\"Next\":\"S\"}],"
                        + "\"End\":true},\"S\":{\"Type\":\"Succeed\"}}}",
                "{\"k\":1}");

        assertThat(sfn.describe(execution).error()).isEqualTo("States.Runtime");
        assertThat(sfn.describe(execution).cause())
                .isEqualTo("An error occurred while executing the state 'T' (entered at the event id #2). The JSONPath"
                        + " '$.missing' specified for the field 'a.$' could not be found in the input '{\"k\":1}'");
    }

    @Test
    void aTaskThatTakesTooLongTimesOut() {
        sfn.env
                .ports()
                .provide(
                        io.pileus.core.port.FunctionInvoker.class,
                        (arn, payload, caller, hops) -> new java.util.concurrent.CompletableFuture<>());
        String execution = sfn.run(taskOnly("\"TimeoutSeconds\":5,"), "{}");
        sfn.advance(Duration.ofSeconds(5));

        assertThat(sfn.describe(execution).status()).isEqualTo("FAILED");
        assertThat(sfn.describe(execution).error()).isEqualTo("States.Timeout");
        assertThat(sfn.describe(execution).cause()).isNull();
        assertThat(sfn.types(execution)).endsWith("LambdaFunctionTimedOut", "ExecutionFailed");
    }

    @Test
    void aRetriedParallelStateStartsItsBranchesAgain() {
        sfn.function(in -> calls.incrementAndGet() == 1 ? Machines.fails("E", "no") : Machines.returns("1"));
        String execution = sfn.run(
                "{\"StartAt\":\"P\",\"States\":{\"P\":{\"Type\":\"Parallel\",\"End\":true,\"Branches\":[" + taskOnly("")
                        + "],\"Retry\":[{\"ErrorEquals\":[\"States.ALL\"]}]}}}",
                "{}");
        sfn.advance(Duration.ofSeconds(1));

        assertThat(sfn.output(execution)).isEqualTo(Json.of("[1]"));
        assertThat(sfn.types(execution))
                .filteredOn("ParallelStateStarted"::equals)
                .hasSize(2);
        assertThat(sfn.types(execution)).contains("ParallelStateFailed");
    }

    @Test
    void aRedrivenExecutionGoesOnWhereItFailedAndKeepsWhatWasDone() {
        sfn.function(in -> {
            int n = calls.incrementAndGet();
            return in.asText().equals("b") && n < 4
                    ? Machines.fails("E", "no")
                    : Machines.returns("\"" + in.asText() + "!\"");
        });
        String execution = sfn.run("""
                {"StartAt":"M","States":{"M":{"Type":"Map","MaxConcurrency":1,"ItemProcessor":{"StartAt":"T","States":{
                 "T":{"Type":"Task","Resource":"%s","End":true}}},"End":true}}}""".formatted(Machines.FUNCTION), "[\"a\",\"b\",\"c\"]");
        assertThat(sfn.status(execution)).isEqualTo("FAILED");
        assertThat(sfn.describe(execution).redriveStatus()).isEqualTo("REDRIVABLE");
        sfn.service.redriveExecution(
                io.pileus.stepfunctions.model.RedriveExecutionInput.builder()
                        .executionArn(execution)
                        .build(),
                sfn.call());
        assertThat(sfn.status(execution)).isEqualTo("FAILED");

        sfn.service.redriveExecution(
                io.pileus.stepfunctions.model.RedriveExecutionInput.builder()
                        .executionArn(execution)
                        .build(),
                sfn.call());

        assertThat(sfn.output(execution)).isEqualTo(Json.of("[\"a!\",\"b!\",\"c!\"]"));
        assertThat(sfn.describe(execution).redriveCount()).isEqualTo(2);
        assertThat(calls).hasValue(5);
        assertThat(sfn.types(execution)).contains("ExecutionRedriven");
    }

    @Test
    void aSucceededExecutionCannotBeRedriven() {
        String execution = sfn.run("{\"StartAt\":\"S\",\"States\":{\"S\":{\"Type\":\"Succeed\"}}}", "{}");

        assertThat(sfn.describe(execution).redriveStatus()).isEqualTo("NOT_REDRIVABLE");
        assertThat(sfn.describe(execution).redriveStatusReason())
                .isEqualTo("Execution is SUCCEEDED and cannot be redriven");
    }

    @Test
    void intrinsicFailuresCanBeCaught() {
        String execution = sfn.run(
                "{\"StartAt\":\"T\",\"States\":{\"T\":{\"Type\":\"Task\",\"Resource\":\"" + Machines.FUNCTION
                        + "\",\"Parameters\":{\"a.$\":\"States.ArrayGetItem($.l, 9)\"},"
                        + "\"Catch\":[{\"ErrorEquals\":[\"States.IntrinsicFailure\"],\"Next\":\"S\"}],"
                        + "\"End\":true},\"S\":{\"Type\":\"Succeed\"}}}",
                "{\"l\":[1]}");

        assertThat(sfn.output(execution).get("Error").textValue()).isEqualTo("States.IntrinsicFailure");
        assertThat(sfn.output(execution).get("Cause").textValue())
                .contains("The function 'States.ArrayGetItem($.l, 9)' had the following error: ");
    }

    /** In a branch, States.TaskFailed stands for the failures of tasks, and not for what a Fail state says. */
    @Test
    void aFailStateInABranchIsNoFailedTask() {
        sfn.function(in -> Machines.fails("Any", "m"));
        String machine = sfn.create("""
                {"StartAt":"P","States":{"P":{"Type":"Parallel","Branches":[{"StartAt":"C","States":{
                  "C":{"Type":"Choice","Choices":[{"Variable":"$.task","BooleanEquals":true,"Next":"T"}],"Default":"F"},
                  "T":{"Type":"Task","Resource":"%s","End":true},"F":{"Type":"Fail","Error":"Any"}}}],
                 "Catch":[{"ErrorEquals":["States.TaskFailed"],"ResultPath":"$.e","Next":"S"}],"End":true},
                 "S":{"Type":"Succeed"}}}""".formatted(Machines.FUNCTION));

        assertThat(sfn.status(sfn.start(machine, "{\"task\":true}"))).isEqualTo("SUCCEEDED");
        assertThat(sfn.describe(sfn.start(machine, "{\"task\":false}")).error()).isEqualTo("Any");
    }

    @Test
    void aTimeoutThatIsWorkedOutIsAtLeastASecond() {
        String execution = sfn.run("""
                {"StartAt":"T","States":{"T":{"Type":"Task","Resource":"%s","TimeoutSecondsPath":"$.s","End":true}}}""".formatted(Machines.FUNCTION), "{\"s\":0}");

        assertThat(sfn.describe(execution).error()).isEqualTo("States.Runtime");
        assertThat(sfn.describe(execution).cause())
                .endsWith("The TimeoutSeconds value is out of range: 0. It must be between 1 and 99999999.");
    }
}
