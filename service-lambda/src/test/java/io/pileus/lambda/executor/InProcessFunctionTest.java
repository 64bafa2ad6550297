package io.pileus.lambda.executor;

import static io.pileus.lambda.LambdaFixture.json;
import static org.assertj.core.api.Assertions.assertThat;

import io.pileus.core.service.ServiceEnvironment;
import io.pileus.core.shape.Blob;
import io.pileus.core.testkit.TestCalls;
import io.pileus.core.testkit.TestEnvironment;
import io.pileus.lambda.LambdaFixture;
import io.pileus.lambda.LambdaService;
import io.pileus.lambda.model.CreateFunctionRequest;
import io.pileus.lambda.model.FunctionCode;
import io.pileus.lambda.model.InvocationRequest;
import io.pileus.lambda.model.InvocationResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Java functions in this process. They move the clock themselves, as if their work took time. */
class InProcessFunctionTest {
    private final TestEnvironment env = TestEnvironment.fresh();

    /** Work that moves the clock must not be work that the clock waits for. */
    private final LambdaService lambda = new LambdaService(new ServiceEnvironment(
            env.time(),
            env.time(),
            env.ids(),
            Runnable::run,
            env.ports(),
            env.services().settings()));

    @BeforeEach
    void create() {
        lambda.createFunction(
                CreateFunctionRequest.builder()
                        .functionName("f")
                        .runtime("java21")
                        .handler("Handler")
                        .role(LambdaFixture.ROLE)
                        .timeout(5)
                        .code_(FunctionCode.builder()
                                .zipFile(LambdaFixture.zip("a", "b"))
                                .build())
                        .build(),
                TestCalls.call(env));
    }

    private InvocationResponse invoke() {
        return LambdaFixture.await(lambda.invoke(
                        InvocationRequest.builder()
                                .functionName("f")
                                .payload(Blob.ofUtf8("{}"))
                                .build(),
                        TestCalls.call(env))
                .toCompletableFuture());
    }

    @Test
    void aFunctionThatTakesLongerThanItsTimeOutHasTimedOut() {
        List<Boolean> interrupted = new ArrayList<>();
        lambda.register("f", event -> {
            env.advance(Duration.ofSeconds(5));
            interrupted.add(Thread.currentThread().isInterrupted());
            return event;
        });

        InvocationResponse answer = invoke();

        assertThat(answer.functionError()).isEqualTo("Unhandled");
        assertThat(json(answer).path("errorType").asText()).isEqualTo("Sandbox.Timedout");
        assertThat(json(answer).path("errorMessage").asText())
                .matches("RequestId: \\S+ Error: Task timed out after 5\\.00 seconds");
        assertThat(interrupted).containsExactly(true);
        assertThat(Thread.currentThread().isInterrupted()).isFalse();
    }

    @Test
    void aFunctionThatIsDoneInTimeIsNotTouchedAfterwards() {
        lambda.register("f", event -> {
            env.advance(Duration.ofSeconds(4));
            return event;
        });

        InvocationResponse answer = invoke();
        env.advance(Duration.ofSeconds(10));

        assertThat(answer.functionError()).isNull();
        assertThat(Thread.currentThread().isInterrupted()).isFalse();
    }
}
