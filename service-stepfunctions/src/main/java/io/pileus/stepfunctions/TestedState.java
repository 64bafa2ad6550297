package io.pileus.stepfunctions;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.pileus.stepfunctions.asl.Definition;
import io.pileus.stepfunctions.asl.Json;
import io.pileus.stepfunctions.asl.State;
import io.pileus.stepfunctions.asl.TaskResource;
import io.pileus.stepfunctions.asl.Workflow;
import io.pileus.stepfunctions.asl.parse.AslParser;
import io.pileus.stepfunctions.asl.parse.Diagnostic;
import io.pileus.stepfunctions.model.TestStateInput;
import java.util.List;
import java.util.Optional;

/**
 * The state that TestState is asked about, and the workflow that it is in.
 *
 * @param around the Map or Parallel state that the workflow is of; none at the top
 */
record TestedState(Workflow workflow, State state, Optional<TestedState> around) {

    static TestedState of(TestStateInput input) {
        boolean machine = read(input.definition()).has("States");
        AslParser.Result result =
                machine ? AslParser.parse(input.definition(), false) : AslParser.parseState(input.definition());
        if (!result.errors().isEmpty()) {
            throw StepFunctionsErrors.invalidDefinition(Diagnostic.sentence(result.errors()));
        }
        Definition definition = result.definition().orElseThrow();
        if (machine == (input.stateName() == null)) {
            throw StepFunctionsErrors.validation(
                    machine
                            ? "stateName must be specified when the definition is a state machine"
                            : "stateName can only be specified when the definition is a state machine");
        }
        if (!machine) {
            Workflow workflow = definition.workflow();
            return new TestedState(workflow, workflow.state(workflow.startAt()), Optional.empty());
        }
        return find(definition.workflow(), input.stateName(), Optional.empty())
                .orElseThrow(() -> StepFunctionsErrors.validation(
                        "The state '" + input.stateName() + "' does not exist in the definition"));
    }

    private static JsonNode read(String definition) {
        try {
            return Json.read(definition);
        } catch (JsonProcessingException e) {
            throw StepFunctionsErrors.invalidDefinition("Invalid State Machine Definition: '" + Diagnostic.INVALID_JSON
                    + ": " + e.getMessage() + " at null'");
        }
    }

    private static Optional<TestedState> find(Workflow workflow, String name, Optional<TestedState> around) {
        if (workflow.states().containsKey(name)) {
            return Optional.of(new TestedState(workflow, workflow.state(name), around));
        }
        return workflow.states().values().stream()
                .flatMap(each -> new TestedState(workflow, each, around).inside(name).stream())
                .findFirst();
    }

    private static List<Workflow> inside(State state) {
        return switch (state) {
            case State.Parallel parallel -> parallel.branches();
            case State.Map map -> List.of(map.processor());
            default -> List.of();
        };
    }

    /** The state of this name inside this one. */
    Optional<TestedState> inside(String name) {
        return inside(state).stream()
                .flatMap(inner -> find(inner, name, Optional.of(this)).stream())
                .findFirst();
    }

    boolean distributed() {
        return state instanceof State.Map map && map.distribution().isPresent();
    }

    /** The Map state that it is an iteration's state of, directly or in branches. */
    Optional<TestedState> mapAround() {
        return around.filter(a -> a.state() instanceof State.Map).or(() -> around.flatMap(TestedState::mapAround));
    }

    /** Whether the state's work is not done by the state itself, so that it can be mocked. */
    boolean mockable() {
        return state instanceof State.Task || forks();
    }

    boolean forks() {
        return state instanceof State.Parallel || state instanceof State.Map;
    }

    /** Whether the state's work can only be mocked. */
    boolean needsMock() {
        return forks()
                || state instanceof State.Task task
                        && (task.resource() instanceof TaskResource.Activity
                                || task.resource() instanceof TaskResource.Integration i
                                        && i.pattern() != TaskResource.Pattern.REQUEST_RESPONSE);
    }

    int retriers() {
        return switch (state) {
            case State.Task task -> task.retriers().size();
            case State.Parallel parallel -> parallel.retriers().size();
            case State.Map map -> map.retriers().size();
            default -> 0;
        };
    }
}
