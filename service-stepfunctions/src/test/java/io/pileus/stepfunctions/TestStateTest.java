package io.pileus.stepfunctions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pileus.stepfunctions.asl.Json;
import io.pileus.stepfunctions.model.*;
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

    @Test
    void aMapNeedsAMock() {
        String map = """
                {"Type":"Map","ItemsPath":"$.l","ItemProcessor":{"StartAt":"P","States":{"P":{"Type":"Pass","End":true}}},"End":true}""";

        assertThatThrownBy(() -> test(TestStateInput.builder().definition(map).input("{\"l\":[1]}")))
                .isInstanceOf(ValidationException.class);
        assertThat(test(TestStateInput.builder()
                                .definition(map)
                                .input("{\"l\":[1]}")
                                .mock(returns("[9]")))
                        .output())
                .isEqualTo("[9]");
    }

    @Test
    void theContextCanBeGiven() {
        TestStateOutput output = test(TestStateInput.builder()
                .definition("{\"Type\":\"Pass\",\"Parameters\":{\"n.$\":\"$$.Execution.Name\"},\"End\":true}")
                .context("{\"Execution\":{\"Name\":\"given\"}}"));

        assertThat(output.output()).isEqualTo("{\"n\":\"given\"}");
    }
}
