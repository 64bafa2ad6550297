package io.pileus.stepfunctions;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.pileus.core.service.CallContext;
import io.pileus.core.service.ServiceEnvironment;
import io.pileus.stepfunctions.asl.Definition;
import io.pileus.stepfunctions.asl.Errors;
import io.pileus.stepfunctions.asl.Json;
import io.pileus.stepfunctions.asl.State;
import io.pileus.stepfunctions.asl.TaskResource;
import io.pileus.stepfunctions.asl.Workflow;
import io.pileus.stepfunctions.asl.parse.AslParser;
import io.pileus.stepfunctions.asl.parse.Diagnostic;
import io.pileus.stepfunctions.model.*;
import io.pileus.stepfunctions.run.ContextObject;
import io.pileus.stepfunctions.run.ExecutionIdentity;
import io.pileus.stepfunctions.run.Frame;
import io.pileus.stepfunctions.run.Inspector.Stage;
import io.pileus.stepfunctions.run.Interpreter;
import io.pileus.stepfunctions.run.Moment;
import io.pileus.stepfunctions.run.Next;
import io.pileus.stepfunctions.run.PendingTask;
import io.pileus.stepfunctions.run.Signal;
import io.pileus.stepfunctions.run.Step;
import io.pileus.stepfunctions.run.TaskRunner;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Runs one state on its own.
 *
 * @see <a href="https://docs.aws.amazon.com/step-functions/latest/apireference/API_TestState.html">TestState</a>
 */
final class TestStateOperations {
    private final ServiceEnvironment env;
    private final TaskRunner tasks;

    TestStateOperations(ServiceEnvironment env, TaskRunner tasks) {
        this.env = env;
        this.tasks = tasks;
    }

    CompletionStage<TestStateOutput> testState(TestStateInput input, CallContext call) {
        Trial trial = new Trial(input, call);
        CompletableFuture<TestStateOutput> answer = new CompletableFuture<>();
        env.workers().execute(() -> {
            try {
                trial.run(answer);
            } catch (RuntimeException e) {
                answer.completeExceptionally(e);
            }
        });
        return answer;
    }

    private static JsonNode json(@Nullable String text, JsonNode otherwise) {
        if (text == null) {
            return otherwise;
        }
        try {
            return Json.read(text);
        } catch (JsonProcessingException e) {
            throw StepFunctionsErrors.invalidInput(e.getMessage());
        }
    }

    /** One test of one state. */
    private final class Trial {
        private final TestStateInput input;
        private final CallContext call;
        private final Workflow workflow;
        private final State state;
        private final JsonNode stateInput;
        private final Interpreter interpreter;
        private final Moment moment;
        private final Map<Stage, JsonNode> seen = Collections.synchronizedMap(new EnumMap<>(Stage.class));
        private Frame frame;

        Trial(TestStateInput input, CallContext call) {
            this.input = input;
            this.call = call;
            if (input.roleArn() != null && !input.roleArn().startsWith("arn:")) {
                throw StepFunctionsErrors.invalidArn("Invalid ARN prefix: " + input.roleArn());
            }
            this.workflow = workflow();
            this.state = workflow.state(stateName());
            this.stateInput = json(input.input(), Json.EMPTY_OBJECT);
            this.moment = new Moment(StateMachineOperations.at(call), env.ids(), env.clock());
            this.interpreter = new Interpreter(context(), seen::put);
            Map<String, JsonNode> variables = new HashMap<>();
            json(input.variables(), Json.EMPTY_OBJECT)
                    .properties()
                    .forEach(v -> variables.put(v.getKey(), v.getValue()));
            this.frame = Frame.at(workflow, state.name(), stateInput, Map.copyOf(variables), moment.now(), retries());
            checkMock();
        }

        private List<Integer> retries() {
            TestStateConfiguration configuration = input.stateConfiguration();
            Integer count = configuration == null ? null : configuration.retrierRetryCount();
            int retriers = switch (state) {
                case State.Task task -> task.retriers().size();
                case State.Parallel parallel -> parallel.retriers().size();
                case State.Map map -> map.retriers().size();
                default -> 0;
            };
            return count == null ? List.of() : Collections.nCopies(retriers, count);
        }

        private String stateName() {
            return input.stateName() == null ? workflow.startAt() : input.stateName();
        }

        private Workflow workflow() {
            JsonNode root;
            try {
                root = Json.read(input.definition());
            } catch (JsonProcessingException e) {
                throw StepFunctionsErrors.invalidDefinition("Invalid State Machine Definition: '"
                        + Diagnostic.INVALID_JSON + ": " + e.getMessage() + " at null'");
            }
            boolean machine = root.has("States");
            AslParser.Result result =
                    machine ? AslParser.parse(input.definition(), false) : AslParser.parseState(input.definition());
            if (!result.errors().isEmpty()) {
                throw StepFunctionsErrors.invalidDefinition(Diagnostic.sentence(result.errors()));
            }
            Definition definition = result.definition().orElseThrow();
            if (!machine) {
                if (input.stateName() != null) {
                    throw StepFunctionsErrors.validation(
                            "stateName can only be specified when the definition is a state machine");
                }
                return definition.workflow();
            }
            if (input.stateName() == null) {
                throw StepFunctionsErrors.validation(
                        "stateName must be specified when the definition is a state machine");
            }
            return find(definition.workflow(), input.stateName())
                    .orElseThrow(() -> StepFunctionsErrors.validation(
                            "The state '" + input.stateName() + "' does not exist in the definition"));
        }

        private static Optional<Workflow> find(Workflow workflow, String name) {
            if (workflow.states().containsKey(name)) {
                return Optional.of(workflow);
            }
            for (State each : workflow.states().values()) {
                List<Workflow> inside = switch (each) {
                    case State.Parallel parallel -> parallel.branches();
                    case State.Map map -> List.of(map.processor());
                    default -> List.of();
                };
                for (Workflow inner : inside) {
                    Optional<Workflow> found = find(inner, name);
                    if (found.isPresent()) {
                        return found;
                    }
                }
            }
            return Optional.empty();
        }

        private ContextObject context() {
            String prefix =
                    "arn:" + call.region().partition() + ":states:" + call.region() + ":" + call.account() + ":";
            return new ContextObject(
                    prefix + "execution:TestState:" + call.requestId(),
                    stateInput,
                    call.requestId(),
                    input.roleArn() == null ? "" : input.roleArn(),
                    moment.now(),
                    0,
                    Optional.empty(),
                    prefix + "stateMachine:TestState",
                    "TestState",
                    Optional.ofNullable(input.context()).map(text -> json(text, Json.EMPTY_OBJECT)));
        }

        private void checkMock() {
            MockInput mock = input.mock();
            if (mock != null && (mock.result() == null) == (mock.errorOutput() == null)) {
                throw StepFunctionsErrors.validation("A mock must have either a result or an errorOutput");
            }
            boolean needed = switch (state) {
                case State.Parallel parallel -> true;
                case State.Map map -> true;
                case State.Task task ->
                    task.resource() instanceof TaskResource.Activity
                            || task.resource() instanceof TaskResource.Integration i
                                    && i.pattern() != TaskResource.Pattern.REQUEST_RESPONSE;
                default -> false;
            };
            if (needed && mock == null) {
                throw StepFunctionsErrors.validation("A mock must be specified to test the state '" + state.name()
                        + "' of type " + Interpreter.kind(state));
            }
            if (mock == null && state instanceof State.Task && input.roleArn() == null) {
                throw StepFunctionsErrors.validation("roleArn must be specified when no mock is specified");
            }
        }

        void run(CompletableFuture<TestStateOutput> answer) {
            on(step(new Signal.Begin()), answer);
        }

        private Next step(Signal signal) {
            Step step = interpreter.step(frame, signal, moment);
            return step.next();
        }

        private void on(Next next, CompletableFuture<TestStateOutput> answer) {
            switch (next) {
                case Next.Done done -> answer.complete(succeeded(done.output(), null));
                case Next.Goto to ->
                    answer.complete(succeeded(to.frame().input(), to.frame().stateName()));
                case Next.Failed failed ->
                    answer.complete(output("FAILED")
                            .error(failed.error())
                            .cause(failed.cause().orElse(null))
                            .build());
                case Next.RetryAfter retry ->
                    answer.complete(withError(output("RETRIABLE")).build());
                case Next.SleepUntil sleep -> on(step(new Signal.Woken()), answer);
                case Next.CallOut out -> callOut(out.call(), answer);
                case Next.ForkBranches fork -> on(step(mocked()), answer);
                case Next.ForkItems fork -> {
                    Frame.MapItem[] first = {null};
                    fork.items().stream().findFirst().ifPresent(item -> {
                        first[0] = new Frame.MapItem(0, item, Optional.empty(), Optional.empty());
                        interpreter.iterationInput(fork.state(), frame, first[0], fork.effectiveInput(), moment);
                    });
                    on(step(mocked()), answer);
                }
                case Next.Distribute distribute -> on(step(distributed(distribute)), answer);
            }
        }

        private Signal distributed(Next.Distribute distribute) {
            TestStateConfiguration configuration = input.stateConfiguration();
            Integer failures = configuration == null ? null : configuration.mapIterationFailureCount();
            if (failures != null
                    && failures > distribute.plan().toleratedFailureCount()
                    && distribute.plan().toleratedFailurePercentage() == 0) {
                return new Signal.Failed(
                        Errors.EXCEED_TOLERATED_FAILURE_THRESHOLD,
                        Optional.of("The specified tolerated failure threshold was exceeded"));
            }
            return mocked();
        }

        private Signal mocked() {
            MockInput mock = input.mock();
            if (mock.errorOutput() != null) {
                return new Signal.Failed(
                        mock.errorOutput().error() == null
                                ? ""
                                : mock.errorOutput().error(),
                        Optional.ofNullable(mock.errorOutput().cause()));
            }
            JsonNode result;
            try {
                result = Json.read(mock.result());
            } catch (JsonProcessingException e) {
                throw StepFunctionsErrors.validation("The mock's result is not valid JSON: " + e.getOriginalMessage());
            }
            if (state instanceof State.Parallel
                    || state instanceof State.Map map && map.distribution().isEmpty()) {
                if (!result.isArray()) {
                    throw StepFunctionsErrors.validation("The mock's result must be a JSON array");
                }
            }
            return new Signal.Succeeded(result);
        }

        private void callOut(Next.TaskCall task, CompletableFuture<TestStateOutput> answer) {
            if (input.mock() != null) {
                on(step(mocked()), answer);
                return;
            }
            TaskRunner.Attempt attempt = new TaskRunner.Attempt(identity(), state.name(), 0);
            tasks.run(attempt, task, new Catching(signal -> on(step(signal), answer)));
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
                    new Definition(Optional.empty(), Optional.empty(), workflow, Map.of()),
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
            boolean caught = seen.containsKey(Stage.CATCH_INDEX);
            TestStateOutput.Builder builder = output(caught ? "CAUGHT_ERROR" : "SUCCEEDED")
                    .output(output.toString())
                    .nextState(nextState);
            return (caught ? withError(builder) : builder).build();
        }

        private TestStateOutput.Builder withError(TestStateOutput.Builder builder) {
            JsonNode error = seen.get(Stage.ERROR);
            JsonNode cause = seen.get(Stage.CAUSE);
            return builder.error(error == null ? null : error.asText()).cause(cause == null ? null : cause.asText());
        }

        private TestStateOutput.Builder output(String status) {
            TestStateOutput.Builder output = TestStateOutput.builder().status(status);
            String level = input.inspectionLevel() == null ? "INFO" : input.inspectionLevel();
            return level.equals("INFO") ? output : output.inspectionData(inspection());
        }

        private InspectionData inspection() {
            InspectionData.Builder data = InspectionData.builder()
                    .input(stateInput.toString())
                    .afterInputPath(saw(Stage.AFTER_INPUT_PATH))
                    .afterParameters(saw(Stage.AFTER_PARAMETERS))
                    .afterArguments(saw(Stage.AFTER_ARGUMENTS))
                    .result(saw(Stage.RESULT))
                    .afterResultSelector(saw(Stage.AFTER_RESULT_SELECTOR))
                    .afterResultPath(saw(Stage.AFTER_RESULT_PATH))
                    .afterItemsPath(saw(Stage.AFTER_ITEMS_PATH))
                    .afterItemSelector(saw(Stage.AFTER_ITEM_SELECTOR))
                    .variables(saw(Stage.VARIABLES));
            JsonNode concurrency = seen.get(Stage.MAX_CONCURRENCY);
            if (concurrency != null) {
                data.maxConcurrency(concurrency.intValue());
            }
            JsonNode count = seen.get(Stage.TOLERATED_FAILURE_COUNT);
            if (count != null) {
                data.toleratedFailureCount(count.intValue())
                        .toleratedFailurePercentage(
                                seen.get(Stage.TOLERATED_FAILURE_PERCENTAGE).floatValue());
            }
            JsonNode retry = seen.get(Stage.RETRY_INDEX);
            JsonNode catcher = seen.get(Stage.CATCH_INDEX);
            if (retry != null || catcher != null) {
                JsonNode backoff = seen.get(Stage.BACKOFF);
                data.errorDetails(InspectionErrorDetails.builder()
                        .retryIndex(retry == null ? null : retry.intValue())
                        .catchIndex(catcher == null ? null : catcher.intValue())
                        .retryBackoffIntervalSeconds(backoff == null ? null : backoff.intValue())
                        .build());
            }
            return data.build();
        }

        private @Nullable String saw(Stage stage) {
            JsonNode value = seen.get(stage);
            return value == null ? null : value.toString();
        }
    }

    /** Takes a task's end as a signal. */
    private record Catching(java.util.function.Consumer<Signal> then) implements PendingTask {
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
            then.accept(new Signal.Succeeded(output));
            return true;
        }

        @Override
        public boolean failed(String error, Optional<String> cause) {
            then.accept(new Signal.Failed(error, cause));
            return true;
        }

        @Override
        public boolean heartbeat() {
            return true;
        }

        @Override
        public void onAbandoned(Runnable action) {
            // A test of a state is not given up.
        }
    }
}
