package io.pileus.stepfunctions;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.pileus.core.port.OperationCaller;
import io.pileus.core.port.Ports;
import io.pileus.stepfunctions.asl.Errors;
import io.pileus.stepfunctions.asl.Json;
import io.pileus.stepfunctions.asl.State;
import io.pileus.stepfunctions.asl.TaskResource;
import io.pileus.stepfunctions.integration.Integrations;
import io.pileus.stepfunctions.model.MockInput;
import io.pileus.stepfunctions.model.TestStateConfiguration;
import io.pileus.stepfunctions.model.TestStateInput;
import io.pileus.stepfunctions.run.Interpreter;
import io.pileus.stepfunctions.run.Signal;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The mock of a TestState request, and the rules that its parts must keep.
 *
 * @see <a href="https://docs.aws.amazon.com/step-functions/latest/apireference/API_MockInput.html">MockInput</a>
 */
final class TestStateMock {
    private final MockInput mock;
    private final Errors.Origin origin;

    private TestStateMock(MockInput mock, Errors.Origin origin) {
        this.mock = mock;
        this.origin = origin;
    }

    /** The request's mock, checked together with all that depends on there being one. */
    static Optional<TestStateMock> of(TestStateInput input, TestedState tested, Ports ports) {
        Optional<TestStateMock> mock = Optional.ofNullable(input.mock())
                .map(given -> new TestStateMock(given, origin(input.stateConfiguration(), tested)));
        mock.ifPresent(m -> m.check(input, tested, ports));
        if (mock.isEmpty()) {
            checkWithout(input, tested);
        }
        checkConfiguration(input, tested);
        return mock;
    }

    /** Whose failure the mocked error is: a state inside a tested Map or Parallel state may be said to have caused it. */
    private static Errors.Origin origin(@Nullable TestStateConfiguration configuration, TestedState tested) {
        boolean ofTask = Optional.ofNullable(configuration)
                .map(TestStateConfiguration::errorCausedByState)
                .flatMap(tested::inside)
                .map(cause -> cause.state() instanceof State.Task)
                .orElse(true);
        return ofTask ? Errors.Origin.TASK : Errors.Origin.OTHER;
    }

    private static void checkWithout(TestStateInput input, TestedState tested) {
        if (tested.forks()) {
            throw StepFunctionsErrors.invalidDefinition("TestState API does not support Map or Parallel states."
                    + " Supported state types include: [Task, Wait, Pass, Succeed, Fail, Choice]");
        }
        if (tested.needsMock()) {
            throw StepFunctionsErrors.validation("A mock must be specified to test the resource "
                    + ((State.Task) tested.state()).resource().text());
        }
        if (input.context() != null) {
            throw StepFunctionsErrors.validation("context can only be specified when a mock is specified");
        }
        if (tested.state() instanceof State.Task && input.roleArn() == null) {
            throw StepFunctionsErrors.validation("roleArn must be specified when no mock is specified");
        }
    }

    private void check(TestStateInput input, TestedState tested, Ports ports) {
        if (!tested.mockable()) {
            throw StepFunctionsErrors.validation(
                    "State type '" + Interpreter.kind(tested.state()) + "' is not supported when a mock is specified");
        }
        if ((mock.result() == null) == (mock.errorOutput() == null)) {
            throw StepFunctionsErrors.validation(
                    "A test mock should have only one of the following fields: [result, errorOutput].");
        }
        if (mock.errorOutput() != null && mock.errorOutput().error() == null) {
            throw StepFunctionsErrors.validation("error is required in mock.errorOutput");
        }
        if (Boolean.TRUE.equals(input.revealSecrets())) {
            throw StepFunctionsErrors.validation("TestState does not support RevealSecrets when a mock is specified.");
        }
        if (mock.result() != null) {
            checkResult(read(mock.result()), tested, ports);
        }
    }

    private static JsonNode read(String result) {
        try {
            return Json.read(result);
        } catch (JsonProcessingException e) {
            throw StepFunctionsErrors.validation("Mocked result must be valid JSON: " + e.getOriginalMessage());
        }
    }

    private void checkResult(JsonNode result, TestedState tested, Ports ports) {
        boolean list = tested.state() instanceof State.Parallel
                || tested.state() instanceof State.Map map
                        && map.distribution()
                                .flatMap(State.Distribution::resultWriter)
                                .isEmpty();
        if (list && !result.isArray()) {
            throw StepFunctionsErrors.validation("Mocked result must be an array.");
        }
        if (tested.state() instanceof State.Task task
                && task.resource() instanceof TaskResource.Integration integration
                && !"NONE".equals(mock.fieldValidationMode())) {
            boolean whole = !"PRESENT".equals(mock.fieldValidationMode());
            ports.find(OperationCaller.class)
                    .flatMap(caller -> Integrations.resultProblem(integration, result, whole, caller))
                    .ifPresent(problem -> {
                        throw StepFunctionsErrors.validation("Mock result schema validation error: " + problem);
                    });
        }
    }

    private static void checkConfiguration(TestStateInput input, TestedState tested) {
        TestStateConfiguration configuration = input.stateConfiguration();
        if (configuration == null) {
            return;
        }
        boolean map = tested.state() instanceof State.Map;
        boolean reads = tested.state() instanceof State.Map m
                && m.distribution().flatMap(State.Distribution::itemReader).isPresent();
        boolean fails = input.mock() != null && input.mock().errorOutput() != null;
        require(
                configuration.mapIterationFailureCount() == null || map && input.mock() != null,
                "mapIterationFailureCount can only be specified for Map states with a mock");
        require(
                configuration.mapItemReaderData() == null || reads,
                "mapItemReaderData can only be specified for Map states with an ItemReader");
        require(
                configuration.retrierRetryCount() == null || fails && tested.retriers() > 0,
                "retrierRetryCount can only be specified for states with a Retry field and a mocked error");
        String origin = configuration.errorCausedByState();
        require(
                origin == null || tested.forks() && fails,
                "errorCausedByState can only be specified for Map or Parallel states with a mocked error");
        require(
                origin == null || tested.inside(origin).isPresent(),
                "The state '" + origin + "' does not exist inside the state '"
                        + tested.state().name() + "'");
    }

    private static void require(boolean holds, String message) {
        if (!holds) {
            throw StepFunctionsErrors.validation(message);
        }
    }

    /** What the mock lets happen to the state. */
    Signal signal() {
        return mock.errorOutput() != null
                ? new Signal.Failed(
                        String.valueOf(mock.errorOutput().error()),
                        Optional.ofNullable(mock.errorOutput().cause()),
                        origin)
                : new Signal.Succeeded(read(String.valueOf(mock.result())));
    }
}
