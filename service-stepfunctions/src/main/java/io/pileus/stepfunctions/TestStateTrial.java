package io.pileus.stepfunctions;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.pileus.core.service.CallContext;
import io.pileus.core.service.ServiceEnvironment;
import io.pileus.stepfunctions.asl.Definition;
import io.pileus.stepfunctions.asl.Errors;
import io.pileus.stepfunctions.asl.Json;
import io.pileus.stepfunctions.map.ChildInputs;
import io.pileus.stepfunctions.map.FailureThreshold;
import io.pileus.stepfunctions.map.MapFailure;
import io.pileus.stepfunctions.model.TestStateConfiguration;
import io.pileus.stepfunctions.model.TestStateInput;
import io.pileus.stepfunctions.model.TestStateOutput;
import io.pileus.stepfunctions.run.ContextObject;
import io.pileus.stepfunctions.run.ExecutionIdentity;
import io.pileus.stepfunctions.run.Frame;
import io.pileus.stepfunctions.run.Inspector.Stage;
import io.pileus.stepfunctions.run.Interpreter;
import io.pileus.stepfunctions.run.Moment;
import io.pileus.stepfunctions.run.Next;
import io.pileus.stepfunctions.run.PendingTask;
import io.pileus.stepfunctions.run.Signal;
import io.pileus.stepfunctions.run.StateFailure;
import io.pileus.stepfunctions.run.TaskRunner;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** One run of one state, as TestState makes it. */
final class TestStateTrial {
    /** A test takes at most five minutes. */
    private static final Duration TIME_MAX = Duration.ofMinutes(5);

    private final ServiceEnvironment env;
    private final TaskRunner tasks;
    private final TestStateInput input;
    private final CallContext call;
    private final TestedState tested;
    private final Optional<TestStateMock> mock;
    private final JsonNode stateInput;
    private final TestStateInspection inspection = new TestStateInspection();
    private final Interpreter interpreter;
    private final Moment moment;
    private final Frame frame;
    private final CompletableFuture<TestStateOutput> answer = new CompletableFuture<>();

    TestStateTrial(ServiceEnvironment env, TaskRunner tasks, TestStateInput input, CallContext call) {
        this.env = env;
        this.tasks = tasks;
        this.input = input;
        this.call = call;
        if (input.roleArn() != null && !input.roleArn().startsWith("arn:")) {
            throw StepFunctionsErrors.invalidArn("Invalid ARN prefix: " + input.roleArn());
        }
        this.tested = TestedState.of(input);
        this.stateInput = json(input.input());
        this.mock = TestStateMock.of(input, tested, env.ports());
        this.moment = new Moment(StateMachineOperations.at(call), env.ids(), env.clock());
        this.interpreter = new Interpreter(context(), inspection);
        Map<String, JsonNode> variables = variables();
        this.frame = frame(tested, variables, retries());
        if (!variables.isEmpty()) {
            ObjectNode shown = Json.object();
            variables.forEach(shown::set);
            inspection.saw(Stage.VARIABLES, shown);
        }
    }

    /** A state in a Map state is that of the first iteration, whose item is the input. */
    private Frame frame(TestedState at, Map<String, JsonNode> variables, List<Integer> retries) {
        Optional<Frame.MapItem> item = at.mapAround()
                .map(map -> new Frame.MapItem(
                        0,
                        stateInput,
                        Optional.empty(),
                        map.distributed() ? Optional.of("STATE_DATA") : Optional.empty()));
        return Frame.at(at.workflow(), at.state().name(), stateInput, variables, item, moment.now(), retries);
    }

    private static JsonNode json(@Nullable String text) {
        if (text == null) {
            return Json.EMPTY_OBJECT;
        }
        try {
            return Json.read(text);
        } catch (JsonProcessingException e) {
            throw StepFunctionsErrors.invalidInput(e.getMessage());
        }
    }

    private Map<String, JsonNode> variables() {
        Map<String, JsonNode> variables = new HashMap<>();
        JsonNode given = json(input.variables());
        if (!given.isObject()) {
            throw StepFunctionsErrors.validation("variables must be a JSON object");
        }
        given.properties().forEach(v -> variables.put(v.getKey(), v.getValue()));
        return Map.copyOf(variables);
    }

    private List<Integer> retries() {
        TestStateConfiguration configuration = input.stateConfiguration();
        Integer count = configuration == null ? null : configuration.retrierRetryCount();
        return count == null ? List.of() : Collections.nCopies(tested.retriers(), count);
    }

    private ContextObject context() {
        String prefix = "arn:" + call.region().partition() + ":states:" + call.region() + ":" + call.account() + ":";
        return new ContextObject(
                prefix + "express:TestState:" + call.requestId() + ":" + call.requestId(),
                stateInput,
                call.requestId(),
                input.roleArn() == null ? "" : input.roleArn(),
                moment.now(),
                0,
                Optional.empty(),
                prefix + "stateMachine:TestState",
                "TestState",
                Optional.ofNullable(input.context()).map(TestStateTrial::json));
    }

    CompletableFuture<TestStateOutput> answer() {
        return answer;
    }

    void run() {
        try {
            go(new Signal.Begin());
        } catch (RuntimeException e) {
            answer.completeExceptionally(e);
        }
    }

    private void go(Signal signal) {
        Next next = interpreter.step(frame, signal, moment).next();
        try {
            on(next);
        } catch (StateFailure failure) {
            // What is worked out for each item, after the state has begun.
            on(interpreter
                    .step(frame, new Signal.Failed(failure.error(), Optional.ofNullable(failure.getMessage())), moment)
                    .next());
        }
    }

    private void on(Next next) {
        switch (next) {
            case Next.Done done -> answer.complete(succeeded(done.output(), null));
            case Next.Goto to ->
                answer.complete(succeeded(to.frame().input(), to.frame().stateName()));
            case Next.Failed failed -> failed(failed, tested.around());
            case Next.RetryAfter retry ->
                answer.complete(withError(output("RETRIABLE")).build());
            case Next.SleepUntil sleep -> go(new Signal.Woken());
            case Next.CallOut out -> callOut(out.call());
            case Next.ForkBranches fork -> go(mocked());
            case Next.ForkItems fork -> {
                List<JsonNode> inputs = new ArrayList<>();
                for (JsonNode item : fork.items()) {
                    Frame.MapItem at = new Frame.MapItem(inputs.size(), item, Optional.empty(), Optional.empty());
                    inputs.add(interpreter.iterationInput(fork.state(), frame, at, fork.effectiveInput(), moment));
                }
                sawSelected(fork.state().itemSelector().isPresent(), inputs);
                checkFailures(inputs.size());
                go(failures() > 0 ? iterationFailed() : mocked());
            }
            case Next.Distribute distribute -> distribute(distribute);
        }
    }

    /**
     * A failure that the state does not handle is one of the state around it, but for a child of a distributed Map: whether
     * its failure is tolerated depends on the other children.
     */
    private void failed(Next.Failed failed, Optional<TestedState> around) {
        if (around.isEmpty() || around.get().distributed() || failed.error().equals(Errors.RUNTIME)) {
            answer.complete(output("FAILED")
                    .error(failed.error())
                    .cause(failed.cause().orElse(null))
                    .build());
            return;
        }
        Frame outer = frame(around.get(), frame.variables(), List.of());
        Next next = interpreter
                .step(outer, new Signal.Failed(failed.error(), failed.cause(), failed.origin()), moment)
                .next();
        if (next instanceof Next.Failed again) {
            failed(again, around.get().around());
        } else {
            on(next);
        }
    }

    private void sawSelected(boolean selects, List<JsonNode> inputs) {
        if (selects) {
            inspection.saw(Stage.AFTER_ITEM_SELECTOR, array(inputs));
        }
    }

    private static JsonNode array(List<JsonNode> nodes) {
        return JsonNodeFactory.instance.arrayNode(nodes.size()).addAll(nodes);
    }

    private void distribute(Next.Distribute distribute) {
        ChildInputs children =
                new ChildInputs(interpreter, distribute.state(), frame, distribute.plan(), moment, Optional.empty());
        List<Frame.MapItem> items;
        try {
            items = items(distribute, children);
        } catch (MapFailure failure) {
            go(new Signal.Failed(failure.error(), Optional.of(String.valueOf(failure.getMessage()))));
            return;
        }
        List<JsonNode> inputs = children.selected(items);
        sawSelected(distribute.state().itemSelector().isPresent(), inputs);
        var distribution = distribute.state().distribution().orElseThrow();
        if (distribution.itemBatcher().isPresent()) {
            inspection.saw(Stage.AFTER_ITEM_BATCHER, array(children.batched(inputs)));
        }
        checkFailures(items.size());
        FailureThreshold tolerated = new FailureThreshold(
                distribute.plan().toleratedFailureCount(), distribute.plan().toleratedFailurePercentage());
        go(
                tolerated.exceeded(failures(), Math.max(1, items.size()))
                        ? new Signal.Failed(
                                Errors.EXCEED_TOLERATED_FAILURE_THRESHOLD,
                                Optional.of("The specified tolerated failure threshold was exceeded"))
                        : mocked());
    }

    /** The items: of the state's data, or what the request gives as read by the ItemReader, in its original form or as input. */
    private List<Frame.MapItem> items(Next.Distribute distribute, ChildInputs children) {
        if (distribute.plan().items().isPresent()) {
            return ChildInputs.itemsOf(distribute.plan().items().get());
        }
        TestStateConfiguration configuration = input.stateConfiguration();
        String data = configuration == null ? null : configuration.mapItemReaderData();
        if (data == null) {
            return ChildInputs.itemsOf(interpreter.itemsOf(distribute.state(), frame, moment));
        }
        List<Frame.MapItem> items = children.itemsOf(data);
        boolean pointer = distribute
                .state()
                .distribution()
                .flatMap(d -> d.itemReader())
                .flatMap(r -> r.itemsPointer())
                .isPresent();
        if (pointer) {
            inspection.saw(
                    Stage.AFTER_ITEMS_POINTER,
                    array(items.stream().map(Frame.MapItem::value).toList()));
        }
        return items;
    }

    private int failures() {
        TestStateConfiguration configuration = input.stateConfiguration();
        return configuration == null || configuration.mapIterationFailureCount() == null
                ? 0
                : configuration.mapIterationFailureCount();
    }

    private void checkFailures(int items) {
        if (failures() > items) {
            throw StepFunctionsErrors.validation("mapIterationFailureCount " + failures()
                    + " must not be greater than the number of items " + items);
        }
    }

    /** A failed iteration fails an inline Map: with the mocked error, or with that of any task. */
    private Signal iterationFailed() {
        return mocked() instanceof Signal.Failed failed
                ? failed
                : new Signal.Failed(Errors.TASK_FAILED, Optional.empty());
    }

    private Signal mocked() {
        return mock.orElseThrow().signal();
    }

    private void callOut(Next.TaskCall task) {
        if (mock.isPresent()) {
            go(mocked());
            return;
        }
        TaskRunner.Attempt attempt =
                new TaskRunner.Attempt(identity(), tested.state().name(), 0);
        Optional<String> refusal = tasks.refusal(attempt, task);
        if (refusal.isPresent()) {
            go(new Signal.Failed(Errors.RUNTIME, refusal));
            return;
        }
        env.timers()
                .at(
                        moment.now().plus(TIME_MAX),
                        () -> answer.complete(
                                output("FAILED").error(Errors.TIMEOUT).build()));
        tasks.run(attempt, task, new Awaited());
    }

    private ExecutionIdentity identity() {
        ContextObject context = context();
        return new ExecutionIdentity(
                call.account(),
                call.region(),
                context.executionArn(),
                context.executionName(),
                context.stateMachineArn(),
                context.stateMachineName(),
                context.roleArn(),
                true,
                new Definition(Optional.empty(), tested.workflow(), Map.of()),
                input.definition(),
                "",
                stateInput,
                stateInput.toString(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                0,
                Optional.empty(),
                call.hops());
    }

    private TestStateOutput succeeded(JsonNode output, @Nullable String nextState) {
        TestStateOutput.Builder builder = output(inspection.caught() ? "CAUGHT_ERROR" : "SUCCEEDED")
                .output(output.toString())
                .nextState(nextState);
        return (inspection.caught() ? withError(builder) : builder).build();
    }

    private TestStateOutput.Builder withError(TestStateOutput.Builder builder) {
        return builder.error(inspection.text(Stage.ERROR)).cause(inspection.text(Stage.CAUSE));
    }

    private TestStateOutput.Builder output(String status) {
        TestStateOutput.Builder output = TestStateOutput.builder().status(status);
        String level = input.inspectionLevel() == null ? "INFO" : input.inspectionLevel();
        return level.equals("INFO") ? output : output.inspectionData(inspection.data(stateInput, level));
    }

    /** Takes the task's end. */
    private final class Awaited implements PendingTask {
        @Override
        public boolean started(Optional<String> workerName) {
            return true;
        }

        @Override
        public boolean submitted(JsonNode output) {
            return true;
        }

        @Override
        public boolean submitFailed(String error, Optional<String> cause) {
            return failed(error, cause);
        }

        @Override
        public boolean succeeded(JsonNode output) {
            go(new Signal.Succeeded(output));
            return true;
        }

        @Override
        public boolean failed(String error, Optional<String> cause) {
            go(new Signal.Failed(error, cause));
            return true;
        }

        @Override
        public boolean heartbeat() {
            return true;
        }

        @Override
        public void exchanged(Exchange exchange) {
            inspection.exchanged(exchange);
        }

        @Override
        public void onAbandoned(Runnable action) {
            // A test of a state is not given up.
        }
    }
}
