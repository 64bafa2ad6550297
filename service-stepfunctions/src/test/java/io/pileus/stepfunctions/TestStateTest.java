package io.pileus.stepfunctions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.pileus.core.identity.Caller;
import io.pileus.core.identity.Region;
import io.pileus.core.port.OperationCaller;
import io.pileus.stepfunctions.asl.Json;
import io.pileus.stepfunctions.model.*;
import io.pileus.stepfunctions.model.InvalidDefinitionException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

class TestStateTest {
    private static final String TASK = "{\"Type\":\"Task\",\"Resource\":\"" + Machines.FUNCTION
            + "\",\"Parameters\":{\"x.$\":\"$.a\"},\"ResultPath\":\"$.r\",\"Next\":\"After\","
            + "\"Retry\":[{\"ErrorEquals\":[\"E\"],\"IntervalSeconds\":2,\"BackoffRate\":2,\"MaxAttempts\":2}],"
            + "\"Catch\":[{\"ErrorEquals\":[\"States.ALL\"],\"Next\":\"Caught\"}]}";

    private final Machines sfn = new Machines();

    private TestStateOutput test(TestStateInput.Builder input) {
        return sfn.service
                .testState(input.build(), sfn.call())
                .toCompletableFuture()
                .join();
    }

    private static TestStateInput.Builder task() {
        return TestStateInput.builder().definition(TASK).input("{\"a\":1}").inspectionLevel("DEBUG");
    }

    private static MockInput returns(String result) {
        return MockInput.builder().result(result).build();
    }

    private static MockInput throwing(String error) {
        return MockInput.builder()
                .errorOutput(MockErrorOutput.builder().error(error).cause("c").build())
                .build();
    }

    @Test
    void aMockedTaskShowsItsDataFlow() {
        TestStateOutput output = test(task().mock(returns("{\"ok\":true}")));

        assertThat(output.status()).isEqualTo("SUCCEEDED");
        assertThat(output.nextState()).isEqualTo("After");
        assertThat(Json.of(output.output())).isEqualTo(Json.of("{\"a\":1,\"r\":{\"ok\":true}}"));
        assertThat(output.inspectionData().afterParameters()).isEqualTo("{\"x\":1}");
        assertThat(output.inspectionData().result()).isEqualTo("{\"ok\":true}");
        assertThat(output.inspectionData().afterResultPath()).isEqualTo("{\"a\":1,\"r\":{\"ok\":true}}");
    }

    @Test
    void anErrorThatWouldBeRetriedIsRetriable() {
        TestStateOutput output = test(task().mock(throwing("E")));

        assertThat(output.status()).isEqualTo("RETRIABLE");
        assertThat(output.error()).isEqualTo("E");
        assertThat(output.inspectionData().errorDetails().retryIndex()).isZero();
        assertThat(output.inspectionData().errorDetails().retryBackoffIntervalSeconds())
                .isEqualTo(2);
    }

    @Test
    void anErrorWhoseRetriesAreUsedUpIsCaught() {
        TestStateOutput output = test(task().mock(throwing("E"))
                .stateConfiguration(
                        TestStateConfiguration.builder().retrierRetryCount(2).build()));

        assertThat(output.status()).isEqualTo("CAUGHT_ERROR");
        assertThat(output.nextState()).isEqualTo("Caught");
        assertThat(output.inspectionData().errorDetails().catchIndex()).isZero();
    }

    @Test
    void aStateOfAMachineIsTestedByItsName() {
        TestStateOutput output = test(TestStateInput.builder()
                .definition("""
                        {"QueryLanguage":"JSONata","StartAt":"A","States":{"A":{"Type":"Pass","Next":"B"},
                         "B":{"Type":"Pass","Output":"{% $states.input.n + $v %}","End":true}}}""")
                .stateName("B")
                .variables("{\"v\":2}")
                .input("{\"n\":1}"));

        assertThat(output.output()).isEqualTo("3");
        assertThat(output.nextState()).isNull();
        assertThat(output.inspectionData()).isNull();
    }

    private static final String MAP = """
            {"Type":"Map","ItemsPath":"$.l","ItemSelector":{"v.$":"$$.Map.Item.Value"},"End":true,
             "ItemProcessor":{"StartAt":"P","States":{"P":{"Type":"Pass","End":true}}}}""";

    private static final String DISTRIBUTED = """
            {"Type":"Map","End":true,"ToleratedFailurePercentage":50,"MaxConcurrency":5,
             "ItemReader":{"Resource":"arn:aws:states:::s3:getObject","Parameters":{"Bucket":"b","Key":"k"},
              "ReaderConfig":{"InputType":"JSON","ItemsPointer":"/list"}},
             "ItemBatcher":{"MaxItemsPerBatch":2},
             "ItemProcessor":{"ProcessorConfig":{"Mode":"DISTRIBUTED","ExecutionType":"STANDARD"},
              "StartAt":"P","States":{"P":{"Type":"Pass","End":true}}}}""";

    @Test
    void aMapNeedsAMockAndShowsTheInputOfEachIteration() {
        assertThatThrownBy(() -> test(TestStateInput.builder().definition(MAP).input("{\"l\":[1]}")))
                .isInstanceOf(InvalidDefinitionException.class)
                .hasMessage("TestState API does not support Map or Parallel states. Supported state types include:"
                        + " [Task, Wait, Pass, Succeed, Fail, Choice]");

        TestStateOutput output = test(TestStateInput.builder()
                .definition(MAP)
                .input("{\"l\":[1,2]}")
                .inspectionLevel("DEBUG")
                .mock(returns("[8,9]")));
        assertThat(output.output()).isEqualTo("[8,9]");
        assertThat(output.inspectionData().afterItemsPath()).isEqualTo("[1,2]");
        assertThat(output.inspectionData().afterItemSelector()).isEqualTo("[{\"v\":1},{\"v\":2}]");
    }

    @Test
    void aDistributedMapReadsTheDataOfTheRequestAndBatchesIt() {
        TestStateOutput output = test(TestStateInput.builder()
                .definition(DISTRIBUTED)
                .inspectionLevel("DEBUG")
                .mock(returns("[]"))
                .stateConfiguration(TestStateConfiguration.builder()
                        .mapItemReaderData("{\"list\":[1,2,3]}")
                        .build()));

        assertThat(output.status()).isEqualTo("SUCCEEDED");
        assertThat(output.inspectionData().afterItemsPointer()).isEqualTo("[1,2,3]");
        assertThat(output.inspectionData().afterItemBatcher()).isEqualTo("[{\"Items\":[1,2]},{\"Items\":[3]}]");
        assertThat(output.inspectionData().toleratedFailurePercentage()).isEqualTo(50f);
        assertThat(output.inspectionData().maxConcurrency()).isEqualTo(5);
    }

    @Test
    void tooManyFailedIterationsFailADistributedMap() {
        TestStateInput.Builder input = TestStateInput.builder()
                .definition(DISTRIBUTED)
                .mock(returns("[]"))
                .stateConfiguration(TestStateConfiguration.builder()
                        .mapItemReaderData("{\"list\":[1,2,3]}")
                        .mapIterationFailureCount(2)
                        .build());

        assertThat(test(input).error()).isEqualTo("States.ExceedToleratedFailureThreshold");
        assertThat(test(input.stateConfiguration(TestStateConfiguration.builder()
                                .mapItemReaderData("{\"list\":[1,2,3]}")
                                .mapIterationFailureCount(1)
                                .build()))
                        .status())
                .isEqualTo("SUCCEEDED");
        assertThatThrownBy(() -> test(input.stateConfiguration(TestStateConfiguration.builder()
                        .mapItemReaderData("{\"list\":[1]}")
                        .mapIterationFailureCount(2)
                        .build())))
                .hasRootCauseInstanceOf(ValidationException.class);
    }

    @Test
    void anErrorOfAMapComesFromAStateInsideIt() {
        TestStateInput.Builder input = TestStateInput.builder()
                .definition(MAP)
                .input("{\"l\":[1]}")
                .mock(throwing("E"))
                .stateConfiguration(
                        TestStateConfiguration.builder().errorCausedByState("P").build());

        assertThat(test(input).error()).isEqualTo("E");
        assertThatThrownBy(() -> test(input.stateConfiguration(
                        TestStateConfiguration.builder().errorCausedByState("Q").build())))
                .isInstanceOf(ValidationException.class);
    }

    @Test
    void theContextCanBeGivenWithAMock() {
        String definition = """
                {"Type":"Task","Resource":"arn:aws:states:::lambda:invoke",
                 "Parameters":{"FunctionName.$":"$$.Execution.Name"},"End":true}""";
        TestStateOutput output = test(TestStateInput.builder()
                .definition(definition)
                .inspectionLevel("DEBUG")
                .mock(returns("{}"))
                .context("{\"Execution\":{\"Name\":\"given\"}}"));

        assertThat(output.inspectionData().afterParameters()).isEqualTo("{\"FunctionName\":\"given\"}");
        assertThatThrownBy(() -> test(TestStateInput.builder()
                        .definition(definition)
                        .roleArn(Machines.ROLE)
                        .context("{}")))
                .isInstanceOf(ValidationException.class);
    }

    @Test
    void aMockIsForStatesThatDoTheirWorkElsewhere() {
        assertThatThrownBy(() -> test(TestStateInput.builder()
                        .definition("{\"Type\":\"Pass\",\"End\":true}")
                        .mock(returns("{}"))))
                .isInstanceOf(ValidationException.class)
                .hasMessage("State type 'Pass' is not supported when a mock is specified");
        assertThatThrownBy(() -> test(task().mock(MockInput.builder().build())))
                .isInstanceOf(ValidationException.class)
                .hasMessage("A test mock should have only one of the following fields: [result, errorOutput].");
        assertThatThrownBy(() -> test(task().mock(returns("{}")).revealSecrets(true)))
                .isInstanceOf(ValidationException.class)
                .hasMessage("TestState does not support RevealSecrets when a mock is specified.");
        assertThatThrownBy(() -> test(task().mock(returns("{")))).isInstanceOf(ValidationException.class);
    }

    @Test
    void aMockedResultIsCheckedAsStrictlyAsTheModeSays() {
        sfn.env.ports().provide(OperationCaller.class, new Outputs());
        TestStateInput.Builder input = TestStateInput.builder().definition("""
                {"Type":"Task","Resource":"arn:aws:states:::aws-sdk:kinesis:putRecord","Parameters":{},"End":true}""");

        assertThatThrownBy(() -> test(input.mock(returns("{}"))))
                .isInstanceOf(ValidationException.class)
                .hasMessage("Mock result schema validation error: not whole");
        assertThat(test(input.mock(MockInput.builder()
                                .result("{}")
                                .fieldValidationMode("PRESENT")
                                .build()))
                        .status())
                .isEqualTo("SUCCEEDED");
        assertThatThrownBy(() -> test(input.mock(MockInput.builder()
                        .result("{\"wrong\":1}")
                        .fieldValidationMode("PRESENT")
                        .build())))
                .isInstanceOf(ValidationException.class);
        assertThat(test(input.mock(MockInput.builder()
                                .result("{\"wrong\":1}")
                                .fieldValidationMode("NONE")
                                .build()))
                        .status())
                .isEqualTo("SUCCEEDED");
    }

    /** The operation would give the payload as base64; a mock gives it as the workflow sees it. */
    @Test
    void aFunctionsPayloadIsMockedAsTheWorkflowSeesIt() {
        List<JsonNode> checked = new ArrayList<>();
        sfn.env.ports().provide(OperationCaller.class, new Outputs() {
            @Override
            public Optional<String> outputProblem(String service, String operation, JsonNode output, boolean whole) {
                checked.add(output);
                return Optional.empty();
            }
        });

        for (String payload : List.of("{}", "\"a text\"")) {
            TestStateOutput output =
                    test(TestStateInput.builder().definition("""
                            {"Type":"Task","Resource":"arn:aws:states:::lambda:invoke","Parameters":{"FunctionName":"f"},"End":true}""").mock(returns("{\"Payload\":" + payload + "}")));
            assertThat(output.output()).isEqualTo("{\"Payload\":" + payload + "}");
        }

        assertThat(checked)
                .allSatisfy(
                        output -> assertThat(output.get("Payload").isTextual()).isTrue());
    }

    private static final String NESTED = """
            {"StartAt":"Fork","States":{
             "Fork":{"Type":"Parallel","Branches":[
               {"StartAt":"Work","States":{"Work":{"Type":"Task","Resource":"%s","Next":"Refuse",
                 "Catch":[{"ErrorEquals":["Mine"],"Next":"Refuse"}]},"Refuse":{"Type":"Fail","Error":"No"}}}],
              "Catch":[{"ErrorEquals":["States.TaskFailed"],"Next":"AfterTask"},
                       {"ErrorEquals":["States.ALL"],"Next":"AfterOther"}],"End":true},
             "AfterTask":{"Type":"Succeed"},"AfterOther":{"Type":"Succeed"}}}""".formatted(Machines.FUNCTION);

    @Test
    void whatCausedAMockedErrorDecidesWhetherATaskFailed() {
        for (String cause : List.of("Work", "Refuse")) {
            TestStateOutput output = test(TestStateInput.builder()
                    .definition(NESTED)
                    .stateName("Fork")
                    .mock(throwing("Any"))
                    .stateConfiguration(TestStateConfiguration.builder()
                            .errorCausedByState(cause)
                            .build()));

            assertThat(output.status()).isEqualTo("CAUGHT_ERROR");
            assertThat(output.nextState()).isEqualTo(cause.equals("Work") ? "AfterTask" : "AfterOther");
        }
    }

    @Test
    void anErrorGoesOnToTheStatesAround() {
        assertThat(test(TestStateInput.builder()
                                .definition(NESTED)
                                .stateName("Work")
                                .mock(throwing("Mine")))
                        .nextState())
                .isEqualTo("Refuse");
        TestStateOutput unhandled = test(
                TestStateInput.builder().definition(NESTED).stateName("Work").mock(throwing("Any")));
        assertThat(unhandled.status()).isEqualTo("CAUGHT_ERROR");
        assertThat(unhandled.nextState()).isEqualTo("AfterTask");
    }

    @Test
    void aStateInAMapIsThatOfTheFirstIteration() {
        TestStateOutput output =
                test(TestStateInput.builder().definition("""
                {"StartAt":"M","States":{"M":{"Type":"Map","ItemProcessor":{"StartAt":"P","States":{
                 "P":{"Type":"Pass","Parameters":{"i.$":"$$.Map.Item.Index","v.$":"$$.Map.Item.Value"},"End":true}}},
                 "End":true}}}""").stateName("P").input("{\"a\":1}"));

        assertThat(output.output()).isEqualTo("{\"i\":0,\"v\":{\"a\":1}}");
    }

    @Test
    void whatAnItemReaderWouldReadMayComeAsTheInput() {
        TestStateOutput output = test(TestStateInput.builder()
                .definition("""
                {"Type":"Map","ItemsPath":"$.orders","ItemSelector":{"v.$":"$$.Map.Item.Value"},
                 "ItemReader":{"Resource":"arn:aws:states:::s3:getObject","Parameters":{"Bucket":"b","Key":"k"}},
                 "ItemProcessor":{"ProcessorConfig":{"Mode":"DISTRIBUTED","ExecutionType":"EXPRESS"},
                  "StartAt":"P","States":{"P":{"Type":"Pass","End":true}}},"End":true}""")
                .input("{\"orders\":[1,2]}")
                .mock(returns("[]"))
                .inspectionLevel("DEBUG"));

        assertThat(output.inspectionData().afterItemSelector()).isEqualTo("[{\"v\":1},{\"v\":2}]");
    }

    @Test
    void aMockOfAnAwaitedExecutionIsWhatDescribeExecutionGives() {
        List<String> operations = new ArrayList<>();
        sfn.env.ports().provide(OperationCaller.class, new Outputs() {
            @Override
            public Optional<String> outputProblem(String service, String operation, JsonNode output, boolean whole) {
                operations.add(service + "." + operation);
                return Optional.empty();
            }
        });

        test(TestStateInput.builder().definition("""
                {"Type":"Task","Resource":"arn:aws:states:::states:startExecution.sync:2",
                 "Parameters":{"StateMachineArn":"arn:aws:states:us-east-1:000000000000:stateMachine:m"},"End":true}""").mock(returns("{}")));

        assertThat(operations).containsExactly("sfn.DescribeExecution");
    }

    @Test
    void variablesAreAnObject() {
        assertThatThrownBy(() -> test(TestStateInput.builder()
                        .definition("{\"Type\":\"Pass\",\"End\":true}")
                        .variables("[1]")))
                .isInstanceOf(ValidationException.class)
                .hasMessage("variables must be a JSON object");
    }

    @Test
    void theCauseOfAFailureIsTheBareOne() {
        TestStateOutput output = test(TestStateInput.builder().definition("""
                {"Type":"Pass","QueryLanguage":"JSONata","Output":{"v":"{% $states.input.q %}"},"End":true}"""));

        assertThat(output.status()).isEqualTo("FAILED");
        assertThat(output.cause())
                .isEqualTo(
                        "The JSONata expression '$states.input.q' specified for the field 'Output/v' returned nothing"
                                + " (undefined).");
    }

    /** The ItemSelector is worked out for each item, after the state has begun. */
    @Test
    void anItemSelectorThatFailsFailsTheState() {
        for (String mode : List.of("INLINE", "DISTRIBUTED\",\"ExecutionType\":\"STANDARD")) {
            TestStateOutput output = test(TestStateInput.builder()
                    .definition("{\"Type\":\"Map\",\"ItemSelector\":{\"x.$\":\"$.none\"},\"ItemProcessor\":{"
                            + "\"ProcessorConfig\":{\"Mode\":\"" + mode + "\"},"
                            + "\"StartAt\":\"P\",\"States\":{\"P\":{\"Type\":\"Pass\",\"End\":true}}},"
                            + "\"Catch\":[{\"ErrorEquals\":[\"Mine\"],\"Next\":\"N\"}],\"End\":true}")
                    .input("[1,2]")
                    .mock(returns("[1,2]")));

            assertThat(output.status()).isEqualTo("FAILED");
            assertThat(output.error()).isEqualTo("States.Runtime");
            assertThat(output.cause()).contains("$.none");
        }
    }

    @Test
    void theVariablesAfterTheStateAreShown() {
        TestStateOutput output = test(TestStateInput.builder()
                .definition("{\"Type\":\"Pass\",\"Assign\":{\"b\":2},\"End\":true}")
                .variables("{\"a\":1}")
                .inspectionLevel("DEBUG"));

        assertThat(Json.of(output.inspectionData().variables())).isEqualTo(Json.of("{\"a\":1,\"b\":2}"));
    }

    /** Knows of outputs only that they have something, and nothing that is called wrong. */
    private static class Outputs implements OperationCaller {
        @Override
        public CompletionStage<Result> call(
                String service, String operation, JsonNode input, Caller caller, Region region, int hops) {
            throw new UnsupportedOperationException();
        }

        @Override
        public boolean knows(String service, String operation) {
            return true;
        }

        @Override
        public List<String> services() {
            return List.of();
        }

        @Override
        public Optional<String> outputProblem(String service, String operation, JsonNode output, boolean whole) {
            return output.has("wrong")
                    ? Optional.of("wrong")
                    : whole && output.isEmpty() ? Optional.of("not whole") : Optional.empty();
        }
    }
}
