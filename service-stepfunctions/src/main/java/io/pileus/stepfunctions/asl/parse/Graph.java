package io.pileus.stepfunctions.asl.parse;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * How the states of one workflow lead to each other. Reports, in AWS's order: targets that do not exist; that no state
 * ends the workflow, or else the states that nothing leads to (measured with ValidateStateMachineDefinition,
 * github.com/floci-io/floci#2786).
 */
final class Graph {
    private final Place place;
    private final Optional<String> startAt;
    private final JsonNode states;
    private final Set<String> targets = new HashSet<>();

    Graph(Place place, Optional<String> startAt, JsonNode states) {
        this.place = place;
        this.startAt = startAt;
        this.states = states;
    }

    void check(List<Diagnostic> diagnostics) {
        startAt.ifPresent(name -> target(name, place.field("StartAt"), diagnostics));
        boolean terminal = false;
        boolean malformed = false;
        for (Map.Entry<String, JsonNode> entry : states.properties()) {
            JsonNode state = entry.getValue();
            Place at = place.field("States").field(entry.getKey());
            String type = state.path("Type").asText();
            terminal |= state.path("End").asBoolean() || type.equals("Succeed") || type.equals("Fail");
            malformed |= !state.has("Next")
                    && !state.has("End")
                    && !Set.of("Choice", "Succeed", "Fail").contains(type);
            next(state, "Next", at, diagnostics);
            next(state, "Default", at, diagnostics);
            each(state, "Choices", at, diagnostics);
            each(state, "Catch", at, diagnostics);
        }
        if (!terminal && !states.isEmpty()) {
            if (!malformed) {
                diagnostics.add(new Diagnostic(
                        Diagnostic.Severity.ERROR,
                        Diagnostic.MISSING_END_STATE,
                        "Workflow has no terminal state",
                        Optional.empty()));
            }
            return;
        }
        states.fieldNames().forEachRemaining(name -> {
            if (!targets.contains(name) && startAt.isPresent()) {
                diagnostics.add(Diagnostic.error(
                        Diagnostic.MISSING_TARGET,
                        "State \"" + name + "\" is not reachable.",
                        place.field("States").field(name).path()));
            }
        });
    }

    private void each(JsonNode state, String name, Place at, List<Diagnostic> diagnostics) {
        JsonNode list = state.path(name);
        for (int i = 0; i < list.size(); i++) {
            next(list.get(i), "Next", at.field(name).index(i), diagnostics);
        }
    }

    private void next(JsonNode node, String field, Place at, List<Diagnostic> diagnostics) {
        if (node.path(field).isTextual()) {
            target(node.get(field).textValue(), at.field(field), diagnostics);
        }
    }

    private void target(String name, Place at, List<Diagnostic> diagnostics) {
        targets.add(name);
        if (!states.has(name)) {
            diagnostics.add(Diagnostic.error(Diagnostic.MISSING_TARGET, "Missing 'Next' target: " + name, at.path()));
        }
    }
}
