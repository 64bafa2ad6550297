package io.pileus.stepfunctions.asl.parse;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * No variable is assigned in a branch or iteration that is assigned around it as well: names are unique across scopes. The
 * children of a distributed Map do not see the variables around them and have names of their own.
 *
 * @see <a href="https://docs.aws.amazon.com/step-functions/latest/dg/workflow-variables.html#variable-scope">Variable scope</a>
 */
final class VariableScopes {
    private final List<Diagnostic> diagnostics;

    VariableScopes(List<Diagnostic> diagnostics) {
        this.diagnostics = diagnostics;
    }

    /** One name that is assigned. */
    private record Assigned(String name, Place place) {}

    void check(JsonNode machine) {
        check(machine, Place.ROOT, Set.of());
    }

    private void check(JsonNode workflow, Place place, Set<String> outer) {
        Set<String> visible = new HashSet<>(outer);
        Place states = place.field("States");
        for (Map.Entry<String, JsonNode> state : workflow.path("States").properties()) {
            for (Assigned assigned : assignedBy(state.getValue(), states.field(state.getKey()))) {
                visible.add(assigned.name());
                if (outer.contains(assigned.name())) {
                    diagnostics.add(Diagnostic.error(
                            Diagnostic.DUPLICATE_VARIABLE_NAME,
                            "Cannot assign to variable '$" + assigned.name() + "': it is assigned in an outer scope.",
                            assigned.place().path()));
                }
            }
        }
        for (Map.Entry<String, JsonNode> state : workflow.path("States").properties()) {
            checkWithin(state.getValue(), states.field(state.getKey()), visible);
        }
    }

    private void checkWithin(JsonNode state, Place place, Set<String> visible) {
        int branch = 0;
        for (JsonNode workflow : state.path("Branches")) {
            check(workflow, place.field("Branches").index(branch++), visible);
        }
        for (String processor : List.of("ItemProcessor", "Iterator")) {
            JsonNode workflow = state.path(processor);
            boolean distributed =
                    workflow.path("ProcessorConfig").path("Mode").asText().equals("DISTRIBUTED");
            check(workflow, place.field(processor), distributed ? Set.of() : visible);
        }
    }

    private static List<Assigned> assignedBy(JsonNode state, Place place) {
        List<Assigned> assigned = new ArrayList<>(names(state, place));
        for (String list : List.of("Choices", "Catch")) {
            int index = 0;
            for (JsonNode each : state.path(list)) {
                assigned.addAll(names(each, place.field(list).index(index++)));
            }
        }
        return assigned;
    }

    private static List<Assigned> names(JsonNode holder, Place place) {
        List<Assigned> names = new ArrayList<>();
        holder.path("Assign").fieldNames().forEachRemaining(field -> {
            String name = field.endsWith(".$") ? field.substring(0, field.length() - 2) : field;
            names.add(new Assigned(name, place.field("Assign").field(field)));
        });
        return names;
    }
}
