package io.pileus.stepfunctions;

import com.fasterxml.jackson.databind.JsonNode;
import io.pileus.core.identity.Arn;
import io.pileus.core.port.FunctionInvoker;
import io.pileus.core.service.CallContext;
import io.pileus.core.shape.Blob;
import io.pileus.core.testkit.SavedStates;
import io.pileus.core.testkit.TestCalls;
import io.pileus.core.testkit.TestEnvironment;
import io.pileus.stepfunctions.asl.Json;
import io.pileus.stepfunctions.model.CreateStateMachineInput;
import io.pileus.stepfunctions.model.DescribeExecutionInput;
import io.pileus.stepfunctions.model.DescribeExecutionOutput;
import io.pileus.stepfunctions.model.GetExecutionHistoryInput;
import io.pileus.stepfunctions.model.HistoryEvent;
import io.pileus.stepfunctions.model.StartExecutionInput;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/** Step Functions in a test, with words for what tests do most. */
final class Machines {
    static final String ROLE = "arn:aws:iam::000000000000:role/machine";
    static final String FUNCTION = "arn:aws:lambda:us-east-1:000000000000:function:work";

    final TestEnvironment env;
    StepFunctionsService service;
    private int names;

    Machines() {
        this(TestEnvironment.fresh());
    }

    Machines(TestEnvironment env) {
        this.env = env;
        this.service = new StepFunctionsService(env.services());
    }

    /** The process ends and another one begins with what was saved; nothing that it then does changes the state. */
    void restart() {
        SavedStates saved = SavedStates.of(service);
        service.close();
        service = new StepFunctionsService(env.services());
        saved.loadInto(service);
    }

    /** As {@link #restart}, where going on changes the state. */
    void restartAndGoOn() {
        SavedStates saved = SavedStates.of(service);
        service.close();
        service = new StepFunctionsService(env.services());
        saved.loadAndGoOn(service);
        advance(Duration.ZERO);
    }

    CallContext call() {
        return TestCalls.call(env);
    }

    void advance(Duration by) {
        env.advance(by);
    }

    /** A function that answers what is computed from its payload; throwing makes it fail. */
    void function(Function<JsonNode, FunctionInvoker.Result> body) {
        env.ports()
                .provide(
                        FunctionInvoker.class,
                        (Arn arn, Blob payload, io.pileus.core.identity.Caller caller, int hops) ->
                                CompletableFuture.completedStage(body.apply(Json.of(payload.utf8()))));
    }

    static FunctionInvoker.Result returns(String json) {
        return new FunctionInvoker.Returned(Blob.ofUtf8(json), "$LATEST");
    }

    static FunctionInvoker.Result fails(String type, String message) {
        return new FunctionInvoker.Failed(
                "Unhandled",
                Blob.ofUtf8("{\"errorMessage\":\"" + message + "\",\"errorType\":\"" + type + "\"}"),
                java.util.Optional.empty());
    }

    String create(String definition) {
        return create(definition, "STANDARD");
    }

    String create(String definition, String type) {
        return service.createStateMachine(
                        CreateStateMachineInput.builder()
                                .name("machine" + names++)
                                .definition(definition)
                                .roleArn(ROLE)
                                .type(type)
                                .build(),
                        call())
                .stateMachineArn();
    }

    String start(String machine, String input) {
        return service.startExecution(
                        StartExecutionInput.builder()
                                .stateMachineArn(machine)
                                .input(input)
                                .build(),
                        call())
                .executionArn();
    }

    /** Creates a machine and starts an execution. */
    String run(String definition, String input) {
        return start(create(definition), input);
    }

    DescribeExecutionOutput describe(String execution) {
        return service.describeExecution(
                DescribeExecutionInput.builder().executionArn(execution).build(), call());
    }

    String status(String execution) {
        return describe(execution).status();
    }

    /** The output of an execution that has succeeded. */
    JsonNode output(String execution) {
        DescribeExecutionOutput described = describe(execution);
        if (!"SUCCEEDED".equals(described.status())) {
            throw new AssertionError(described.status() + " " + described.error() + " " + described.cause());
        }
        return Json.of(described.output());
    }

    /** The output of a one-state machine: {@code Type Pass} and more fields. */
    JsonNode pass(String fields, String input) {
        return output(
                run("{\"StartAt\":\"P\",\"States\":{\"P\":{\"Type\":\"Pass\",\"End\":true," + fields + "}}}", input));
    }

    /** The same in JSONata. */
    String jsonata(String fields) {
        return "{\"QueryLanguage\":\"JSONata\",\"StartAt\":\"E\",\"States\":{\"E\":{\"Type\":\"Pass\",\"End\":true,"
                + fields + "}}}";
    }

    List<HistoryEvent> history(String execution) {
        return service.getExecutionHistory(
                        GetExecutionHistoryInput.builder()
                                .executionArn(execution)
                                .maxResults(1000)
                                .build(),
                        call())
                .events();
    }

    List<String> types(String execution) {
        return history(execution).stream().map(HistoryEvent::type).toList();
    }
}
