package io.pileus.stepfunctions;

import static org.assertj.core.api.Assertions.assertThat;

import io.pileus.stepfunctions.asl.Json;
import io.pileus.stepfunctions.model.HistoryEvent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class StatesTest {
    private final Machines sfn = new Machines();

    @Test
    void aPassStateEntersAndExits() {
        String execution = sfn.run(
                "{\"StartAt\":\"P\",\"States\":{\"P\":{\"Type\":\"Pass\",\"Result\":{\"a\":1},\"ResultPath\":\"$.r\",\"End\":true}}}",
                "{\"x\":true}");

        assertThat(sfn.output(execution)).isEqualTo(Json.of("{\"x\":true,\"r\":{\"a\":1}}"));
        assertThat(sfn.types(execution))
                .containsExactly("ExecutionStarted", "PassStateEntered", "PassStateExited", "ExecutionSucceeded");
        assertThat(sfn.history(execution)).extracting(HistoryEvent::id).containsExactly(1L, 2L, 3L, 4L);
        assertThat(sfn.history(execution))
                .extracting(HistoryEvent::previousEventId)
                .containsExactly(0L, 0L, 2L, 3L);
    }

    @Test
    void aTaskCallsItsFunctionAndShapesTheResult() {
        sfn.function(in -> Machines.returns("{\"sum\":" + (in.get("a").intValue() + 1) + "}"));
        String execution = sfn.run("""
                {"StartAt":"T","States":{"T":{"Type":"Task","Resource":"%s","InputPath":"$.in",
                 "Parameters":{"a.$":"$.n"},"ResultSelector":{"total.$":"$.sum"},"ResultPath":"$.out",
                 "OutputPath":"$.out","End":true}}}""".formatted(Machines.FUNCTION), "{\"in\":{\"n\":41}}");

        assertThat(sfn.output(execution)).isEqualTo(Json.of("{\"total\":42}"));
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
    void theOptimizedLambdaIntegrationShowsTheAnswerOfInvoke() {
        sfn.function(in -> Machines.returns("\"done\""));
        String execution = sfn.run("""
                {"StartAt":"T","States":{"T":{"Type":"Task","Resource":"arn:aws:states:::lambda:invoke",
                 "Parameters":{"FunctionName":"work","Payload.$":"$"},"End":true}}}""", "{}");

        assertThat(sfn.output(execution).get("Payload").textValue()).isEqualTo("done");
        assertThat(sfn.output(execution).get("StatusCode").intValue()).isEqualTo(200);
        assertThat(sfn.types(execution)).contains("TaskScheduled", "TaskStarted", "TaskSucceeded");
        HistoryEvent scheduled = sfn.history(execution).get(2);
        assertThat(scheduled.taskScheduledEventDetails().resourceType()).isEqualTo("lambda");
        assertThat(scheduled.taskScheduledEventDetails().resource()).isEqualTo("invoke");
        assertThat(scheduled.taskScheduledEventDetails().region()).isEqualTo("us-east-1");
    }

    @Test
    void aChoiceTakesTheFirstRuleThatHolds() {
        String definition = """
                {"StartAt":"C","States":{
                 "C":{"Type":"Choice","Choices":[
                   {"And":[{"Variable":"$.n","NumericGreaterThan":10},{"Not":{"Variable":"$.skip","IsPresent":true}}],"Next":"Big"},
                   {"Variable":"$.s","StringMatches":"a*z","Next":"Text"}],"Default":"Other"},
                 "Big":{"Type":"Pass","Result":"big","End":true},
                 "Text":{"Type":"Pass","Result":"text","End":true},
                 "Other":{"Type":"Pass","Result":"other","End":true}}}""";
        String machine = sfn.create(definition);

        assertThat(sfn.output(sfn.start(machine, "{\"n\":11,\"s\":\"\"}")).textValue())
                .isEqualTo("big");
        assertThat(sfn.output(sfn.start(machine, "{\"n\":11,\"skip\":1,\"s\":\"abcz\"}"))
                        .textValue())
                .isEqualTo("text");
        assertThat(sfn.output(sfn.start(machine, "{\"n\":1,\"s\":\"abc\"}")).textValue())
                .isEqualTo("other");
    }

    @Test
    void aChoiceWithoutAMatchFailsWithAWSsWords() {
        String execution = sfn.run("""
                {"StartAt":"C","States":{"C":{"Type":"Choice","Choices":[
                 {"Variable":"$.a","BooleanEquals":true,"Next":"S"}]},"S":{"Type":"Succeed"}}}""", "{\"a\":false}");

        assertThat(sfn.describe(execution).error()).isEqualTo("States.Runtime");
        assertThat(sfn.describe(execution).cause())
                .isEqualTo("An error occurred while executing the state 'C' (entered at the event id #2). Failed to"
                        + " transition out of the state. The state does not point to a next state.");
    }

    @Test
    void aMissingVariableOfAChoiceFailsTheExecution() {
        String execution = sfn.run("""
                {"StartAt":"C","States":{"C":{"Type":"Choice","Choices":[
                 {"Variable":"$.a","BooleanEquals":true,"Next":"S"}]},"S":{"Type":"Succeed"}}}""", "{}");

        assertThat(sfn.describe(execution).error()).isEqualTo("States.Runtime");
        assertThat(sfn.describe(execution).cause())
                .endsWith("Invalid path '$.a': The choice state's condition path references an invalid value.");
    }

    @Test
    void aYearOfWaitingPassesWhenTimeDoes() {
        String execution = sfn.run(
                "{\"StartAt\":\"W\",\"States\":{\"W\":{\"Type\":\"Wait\",\"Seconds\":31000000,\"End\":true}}}",
                "{\"a\":1}");
        assertThat(sfn.status(execution)).isEqualTo("RUNNING");

        sfn.advance(Duration.ofSeconds(30_999_999));
        assertThat(sfn.status(execution)).isEqualTo("RUNNING");
        sfn.advance(Duration.ofSeconds(1));

        assertThat(sfn.output(execution)).isEqualTo(Json.of("{\"a\":1}"));
        assertThat(sfn.types(execution))
                .containsExactly("ExecutionStarted", "WaitStateEntered", "WaitStateExited", "ExecutionSucceeded");
    }

    @Test
    void aWaitForATimestampThatHasPassedEndsAtOnce() {
        String execution = sfn.run(
                "{\"StartAt\":\"W\",\"States\":{\"W\":{\"Type\":\"Wait\",\"TimestampPath\":\"$.t\",\"End\":true}}}",
                "{\"t\":\"2020-01-01T00:00:00Z\"}");

        assertThat(sfn.status(execution)).isEqualTo("SUCCEEDED");
    }

    @Test
    void aFailStateFailsTheExecutionWithItsErrorAndCause() {
        String execution = sfn.run("""
                {"StartAt":"F","States":{"F":{"Type":"Fail","ErrorPath":"$.e","CausePath":"States.Format('because {}', $.c)"}}}""", "{\"e\":\"Custom\",\"c\":\"reason\"}");

        assertThat(sfn.describe(execution).status()).isEqualTo("FAILED");
        assertThat(sfn.describe(execution).error()).isEqualTo("Custom");
        assertThat(sfn.describe(execution).cause()).isEqualTo("because reason");
        assertThat(sfn.types(execution)).containsExactly("ExecutionStarted", "FailStateEntered", "ExecutionFailed");
    }

    @Test
    void parallelBranchesGiveTheirOutputsInOrder() {
        String execution = sfn.run("""
                {"StartAt":"P","States":{"P":{"Type":"Parallel","End":true,"Branches":[
                 {"StartAt":"A","States":{"A":{"Type":"Wait","Seconds":5,"Next":"A2"},"A2":{"Type":"Pass","Result":"a","End":true}}},
                 {"StartAt":"B","States":{"B":{"Type":"Pass","Result":"b","End":true}}}]}}}""", "{}");
        sfn.advance(Duration.ofSeconds(5));

        assertThat(sfn.output(execution)).isEqualTo(Json.of("[\"a\",\"b\"]"));
        assertThat(sfn.types(execution)).startsWith("ExecutionStarted", "ParallelStateEntered", "ParallelStateStarted");
        assertThat(sfn.types(execution))
                .endsWith("ParallelStateSucceeded", "ParallelStateExited", "ExecutionSucceeded");
    }

    @Test
    void aFailedBranchStopsTheOthersAndFailsTheParallelState() {
        String execution = sfn.run("""
                {"StartAt":"P","States":{"P":{"Type":"Parallel","End":true,"Branches":[
                 {"StartAt":"A","States":{"A":{"Type":"Wait","Seconds":5,"End":true}}},
                 {"StartAt":"B","States":{"B":{"Type":"Fail","Error":"E","Cause":"c"}}}],
                 "Catch":[{"ErrorEquals":["E"],"ResultPath":"$.error","Next":"After"}]},
                 "After":{"Type":"Succeed"}}}""", "{\"in\":1}");

        assertThat(sfn.output(execution)).isEqualTo(Json.of("{\"in\":1,\"error\":{\"Error\":\"E\",\"Cause\":\"c\"}}"));
        assertThat(sfn.types(execution))
                .containsSubsequence(
                        "FailStateEntered", "WaitStateAborted", "ParallelStateFailed", "ParallelStateExited");
    }

    @Test
    void aRuntimeErrorInABranchFailsTheExecutionAtOnce() {
        String execution = sfn.run("""
                {"StartAt":"P","States":{"P":{"Type":"Parallel","End":true,
                 "Catch":[{"ErrorEquals":["States.ALL"],"Next":"C"}],"Branches":[
                 {"StartAt":"Fast","States":{"Fast":{"Type":"Pass","Parameters":{"m.$":"$.nope"},"End":true}}}]},
                 "C":{"Type":"Pass","End":true}}}""", "{\"x\":\"a\"}");

        assertThat(sfn.types(execution))
                .containsExactly(
                        "ExecutionStarted",
                        "ParallelStateEntered",
                        "ParallelStateStarted",
                        "PassStateEntered",
                        "ExecutionFailed");
        assertThat(sfn.describe(execution).cause())
                .isEqualTo(
                        "An error occurred while executing the state 'Fast' (entered at the event id #4). The JSONPath"
                                + " '$.nope' specified for the field 'm.$' could not be found in the input '{\"x\":\"a\"}'");
    }

    @Test
    void eachBranchHasItsOwnChainOfEventsAndSuccessIsNoStepOfIt() {
        String execution = sfn.run("""
                {"StartAt":"P","States":{"P":{"Type":"Parallel","End":true,"Branches":[
                 {"StartAt":"A","States":{"A":{"Type":"Pass","End":true}}},
                 {"StartAt":"B","States":{"B":{"Type":"Pass","End":true}}}]}}}""", "{}");

        assertThat(sfn.history(execution))
                .extracting(e -> e.id() + " " + e.previousEventId() + " " + e.type())
                .containsExactly(
                        "1 0 ExecutionStarted",
                        "2 0 ParallelStateEntered",
                        "3 2 ParallelStateStarted",
                        "4 3 PassStateEntered",
                        "5 3 PassStateEntered",
                        "6 4 PassStateExited",
                        "7 5 PassStateExited",
                        "8 7 ParallelStateSucceeded",
                        "9 7 ParallelStateExited",
                        "10 9 ExecutionSucceeded");
    }

    @Test
    void anIndexPastTheEndGivesNullInAPayloadTemplate() {
        assertThat(sfn.pass("\"Parameters\":{\"v.$\":\"$.l[7]\"}", "{\"l\":[1]}"))
                .isEqualTo(Json.of("{\"v\":null}"));
    }

    @Test
    void aMapRunsItsProcessorForEachItemInOrder() {
        String execution = sfn.run("""
                {"StartAt":"M","States":{"M":{"Type":"Map","ItemsPath":"$.list","MaxConcurrency":1,
                 "ItemSelector":{"i.$":"$$.Map.Item.Index","v.$":"$$.Map.Item.Value","all.$":"$.name"},
                 "ItemProcessor":{"StartAt":"P","States":{"P":{"Type":"Pass","End":true}}},"End":true}}}""", "{\"list\":[\"a\",\"b\"],\"name\":\"n\"}");

        assertThat(sfn.output(execution))
                .isEqualTo(Json.of("[{\"i\":0,\"v\":\"a\",\"all\":\"n\"},{\"i\":1,\"v\":\"b\",\"all\":\"n\"}]"));
        assertThat(sfn.types(execution))
                .containsExactly(
                        "ExecutionStarted",
                        "MapStateEntered",
                        "MapStateStarted",
                        "MapIterationStarted",
                        "PassStateEntered",
                        "PassStateExited",
                        "MapIterationSucceeded",
                        "MapIterationStarted",
                        "PassStateEntered",
                        "PassStateExited",
                        "MapIterationSucceeded",
                        "MapStateSucceeded",
                        "MapStateExited",
                        "ExecutionSucceeded");
    }

    @Test
    void aFailedIterationFailsTheMapState() {
        String execution = sfn.run("""
                {"StartAt":"M","States":{"M":{"Type":"Map",
                 "ItemProcessor":{"StartAt":"F","States":{"F":{"Type":"Fail","Error":"Bad"}}},"End":true}}}""", "[1]");

        assertThat(sfn.describe(execution).error()).isEqualTo("Bad");
        assertThat(sfn.types(execution))
                .endsWith("FailStateEntered", "MapIterationFailed", "MapStateFailed", "ExecutionFailed");
    }

    @Test
    void anEmptyMapGivesAnEmptyArray() {
        String execution = sfn.run("""
                {"StartAt":"M","States":{"M":{"Type":"Map",
                 "ItemProcessor":{"StartAt":"P","States":{"P":{"Type":"Pass","End":true}}},"End":true}}}""", "[]");

        assertThat(sfn.output(execution)).isEqualTo(Json.of("[]"));
    }

    @Test
    void itemsThatAreNoArrayFailTheMapState() {
        String execution = sfn.run("""
                {"StartAt":"M","States":{"M":{"Type":"Map","ItemsPath":"$.x",
                 "ItemProcessor":{"StartAt":"P","States":{"P":{"Type":"Pass","End":true}}},"End":true}}}""", "{\"x\":{}}");

        assertThat(sfn.describe(execution).error()).isEqualTo("States.Runtime");
        assertThat(sfn.describe(execution).cause()).endsWith("Reference path \"$.x\" must point to array.");
    }

    @Test
    void aStateMachineTimesOutWithoutErrorOrCause() {
        String execution = sfn.run(
                "{\"StartAt\":\"W\",\"TimeoutSeconds\":3,\"States\":{\"W\":{\"Type\":\"Wait\",\"Seconds\":25,\"End\":true}}}",
                "{}");
        sfn.advance(Duration.ofSeconds(3));

        assertThat(sfn.describe(execution).status()).isEqualTo("TIMED_OUT");
        assertThat(sfn.describe(execution).error()).isNull();
        assertThat(sfn.describe(execution).cause()).isNull();
        assertThat(sfn.types(execution)).containsExactly("ExecutionStarted", "WaitStateEntered", "ExecutionTimedOut");
        HistoryEvent last = sfn.history(execution).get(2);
        assertThat(last.previousEventId()).isZero();
        assertThat(last.executionTimedOutEventDetails().error()).isEqualTo("States.Timeout");
    }

    @Test
    void aLoopEndsAt25000Events() {
        String execution = sfn.run("""
                {"StartAt":"A","States":{"A":{"Type":"Choice","Choices":[{"Variable":"$.stop","IsPresent":true,"Next":"S"}],
                 "Default":"B"},"B":{"Type":"Pass","Next":"A"},"S":{"Type":"Succeed"}}}""", "{}");

        assertThat(sfn.describe(execution).status()).isEqualTo("FAILED");
        assertThat(sfn.describe(execution).cause())
                .isEqualTo("The execution reached the maximum number of history events (25000).");
        List<HistoryEvent> all = new ArrayList<>();
        String token = null;
        do {
            var page = sfn.service.getExecutionHistory(
                    io.pileus.stepfunctions.model.GetExecutionHistoryInput.builder()
                            .executionArn(execution)
                            .maxResults(1000)
                            .nextToken(token)
                            .build(),
                    sfn.call());
            all.addAll(page.events());
            token = page.nextToken();
        } while (token != null);
        assertThat(all).hasSize(25_000);
        assertThat(all.get(24_999).type()).isEqualTo("ExecutionFailed");
    }

    @Test
    void anOutputOfMoreThan256KiBFailsTheState() {
        sfn.function(in -> Machines.returns("\"" + "x".repeat(262_144) + "\""));
        String execution = sfn.run(
                "{\"StartAt\":\"T\",\"States\":{\"T\":{\"Type\":\"Task\",\"Resource\":\"" + Machines.FUNCTION
                        + "\",\"End\":true}}}",
                "{}");

        assertThat(sfn.describe(execution).error()).isEqualTo("States.DataLimitExceeded");
        assertThat(sfn.describe(execution).cause())
                .isEqualTo("The state/task '" + Machines.FUNCTION
                        + "' returned a result with a size exceeding the maximum number of bytes service limit.");
    }

    /** 256 KiB for all that one state assigns. */
    @Test
    void whatAStateAssignsIsLimitedTogether() {
        String machine = sfn.create(
                "{\"StartAt\":\"A\",\"States\":{\"A\":{\"Type\":\"Pass\",\"Assign\":{\"x.$\":\"$.v\",\"y.$\":\"$.v\"},"
                        + "\"End\":true}}}");

        assertThat(sfn.status(sfn.start(machine, "{\"v\":\"" + "x".repeat(131_000) + "\"}")))
                .isEqualTo("SUCCEEDED");
        assertThat(sfn.describe(sfn.start(machine, "{\"v\":\"" + "x".repeat(132_000) + "\"}"))
                        .error())
                .isEqualTo("States.DataLimitExceeded");
    }

    @Test
    void variablesAreSeenByLaterStatesAndKeptInsideTheirBranch() {
        String execution = sfn.run("""
                {"StartAt":"A","States":{
                 "A":{"Type":"Pass","Assign":{"x.$":"$.n","y":"const"},"Next":"P"},
                 "P":{"Type":"Parallel","Branches":[{"StartAt":"In","States":{
                   "In":{"Type":"Pass","Assign":{"z.$":"$x"},"Next":"In2"},
                   "In2":{"Type":"Pass","Parameters":{"z.$":"$z","x.$":"$x"},"End":true}}}],"ResultPath":"$.p","Next":"B"},
                 "B":{"Type":"Pass","Parameters":{"x.$":"$x","y.$":"$y","p.$":"$.p[0].z"},"End":true}}}""", "{\"n\":7}");

        assertThat(sfn.output(execution)).isEqualTo(Json.of("{\"x\":7,\"y\":\"const\",\"p\":7}"));
        HistoryEvent exited = sfn.history(execution).get(2);
        assertThat(exited.stateExitedEventDetails().assignedVariables())
                .containsEntry("x", "7")
                .containsEntry("y", "\"const\"");
    }

    @Test
    void theContextObjectTellsOfTheExecution() {
        String execution = sfn.run("""
                {"StartAt":"P","States":{"P":{"Type":"Pass","Parameters":{"id.$":"$$.Execution.Id","in.$":"$$.Execution.Input",
                 "state.$":"$$.State.Name","start.$":"$$.Execution.StartTime","machine.$":"$$.StateMachine.Name","role.$":"$$.Execution.RoleArn"},"End":true}}}""", "{\"a\":1}");

        assertThat(sfn.output(execution))
                .isEqualTo(Json.of("{\"id\":\"" + execution
                        + "\",\"in\":{\"a\":1},\"state\":\"P\",\"start\":\"2026-01-01T00:00:00Z\",\"machine\":\"machine0\",\"role\":\""
                        + Machines.ROLE + "\"}"));
    }
}
