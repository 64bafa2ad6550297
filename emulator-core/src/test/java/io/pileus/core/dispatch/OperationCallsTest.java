package io.pileus.core.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.pileus.core.identity.AccountId;
import io.pileus.core.identity.Caller;
import io.pileus.core.identity.Region;
import io.pileus.core.port.OperationCaller;
import io.pileus.core.service.AwsException;
import io.pileus.core.testkit.Note;
import io.pileus.core.testkit.NoteApi;
import io.pileus.core.testkit.TestEnvironment;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

class OperationCallsTest {
    private final TestEnvironment environment = TestEnvironment.fresh();
    private final NoteApi queue = NoteApi.queue();
    private final Conditions conditions = new Conditions(false, environment.ids());
    private final OperationCaller caller = new OperationCalls(
            new ServiceDirectory(List.of(queue, NoteApi.stepFunctions())),
            environment.services(),
            () -> "http://localhost:4566",
            conditions);

    private CompletionStage<OperationCaller.Result> call(String service, String operation, String text, int hops) {
        ObjectNode input = JsonNodeFactory.instance.objectNode().put("Text", text);
        Caller states = Caller.service(new AccountId("111111111111"), "states.amazonaws.com");
        return caller.call(service, operation, input, states, new Region("eu-west-1"), hops);
    }

    private OperationCaller.Result result(String service, String operation, String text) {
        return call(service, operation, text, 1).toCompletableFuture().getNow(null);
    }

    @Test
    void aDocumentComesBackAsADocument() {
        assertThat(result("sqs", "Echo", "hi"))
                .isEqualTo(new OperationCaller.Answered(
                        JsonNodeFactory.instance.objectNode().put("Text", "hi")));
        assertThat(queue.calls).singleElement().satisfies(call -> {
            assertThat(call.account().id()).isEqualTo("111111111111");
            assertThat(call.region().id()).isEqualTo("eu-west-1");
            assertThat(call.hops()).isEqualTo(1);
        });
    }

    /** As in AWS SDK integrations of workflows: a member that wants a text is given JSON. */
    @Test
    void aTextMayBeWrittenAsJson() {
        ObjectNode input = JsonNodeFactory.instance.objectNode();
        input.putObject("Text").put("a", 1).putArray("b").add("c");
        Caller states = Caller.service(new AccountId("111111111111"), "states.amazonaws.com");

        assertThat(caller.call("sqs", "Echo", input, states, new Region("eu-west-1"), 1)
                        .toCompletableFuture()
                        .getNow(null))
                .isEqualTo(new OperationCaller.Answered(
                        JsonNodeFactory.instance.objectNode().put("Text", "{\"a\":1,\"b\":[\"c\"]}")));
    }

    @Test
    void servicesAreKnownByAnyOfTheirNames() {
        assertThat(caller.knows("sfn", "Echo")).isTrue();
        assertThat(caller.knows("states", "Echo")).isTrue();
        assertThat(caller.knows("stepfunctions", "Echo")).isTrue();
        assertThat(caller.knows("sqs", "Fold")).isFalse();
        assertThat(caller.knows("dynamodb", "Echo")).isFalse();
        assertThat(caller.services()).containsExactly("sqs", "stepfunctions");
    }

    @Test
    void errorsComeBackAsTheService() {
        assertThat(result("sqs", "Refuse", "x"))
                .isEqualTo(new OperationCaller.Failed("Refused", "no <such> luck", 409));
        assertThat(result("sqs", "Break", "x"))
                .isInstanceOfSatisfying(
                        OperationCaller.Failed.class, f -> assertThat(f.code()).isEqualTo("InternalFailure"));
        assertThat(result("dynamodb", "Echo", "x"))
                .isInstanceOfSatisfying(
                        OperationCaller.Failed.class,
                        f -> assertThat(f.httpStatus()).isEqualTo(501));
    }

    @Test
    void theInputIsValidated() {
        OperationCaller.Result result = caller.call(
                        "sqs",
                        "Echo",
                        JsonNodeFactory.instance.objectNode(),
                        Caller.root(AccountId.DEFAULT, ""),
                        Region.US_EAST_1,
                        1)
                .toCompletableFuture()
                .getNow(null);

        assertThat(result)
                .isInstanceOfSatisfying(
                        OperationCaller.Failed.class,
                        f -> assertThat(f.message()).startsWith("1 validation error detected"));
        assertThat(queue.calls).isEmpty();
    }

    @Test
    void aWaitIsWaitedFor() {
        var pending = call("sqs", "Wait", "x", 1).toCompletableFuture();
        assertThat(pending).isNotDone();

        queue.waiting.complete(new Note(null, "done"));

        assertThat(pending)
                .isCompletedWithValue(new OperationCaller.Answered(
                        JsonNodeFactory.instance.objectNode().put("Text", "done")));
    }

    @Test
    void aLoopEnds() {
        assertThat(call("sqs", "Echo", "x", 1000).toCompletableFuture().getNow(null))
                .isInstanceOfSatisfying(
                        OperationCaller.Failed.class, f -> assertThat(f.code()).isEqualTo("Loop"));
    }

    @Test
    void aFaultHitsCallsInsideTheProcessToo() {
        conditions
                .faults()
                .add(new Fault(
                        new Fault.Target(
                                Optional.of("sqs"), Optional.of("Echo"), Optional.of("111111111111"), Optional.empty()),
                        Optional.of(new AwsException("Throttled", 400, "slow down")),
                        Duration.ofSeconds(3),
                        OptionalDouble.empty(),
                        1,
                        OptionalLong.empty(),
                        OptionalLong.of(1)));

        CompletableFuture<OperationCaller.Result> first =
                call("sqs", "Echo", "hello", 1).toCompletableFuture();

        assertThat(first).isNotDone();
        environment.advance(Duration.ofSeconds(3));
        assertThat(first.getNow(null)).isEqualTo(new OperationCaller.Failed("Throttled", "slow down", 400));
        assertThat(result("sqs", "Echo", "hello")).isInstanceOf(OperationCaller.Answered.class);
    }
}
