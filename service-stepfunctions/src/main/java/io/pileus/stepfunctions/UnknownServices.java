package io.pileus.stepfunctions;

import io.pileus.core.port.OperationCaller;
import io.pileus.stepfunctions.asl.Definition;
import io.pileus.stepfunctions.asl.State;
import io.pileus.stepfunctions.asl.TaskResource;
import io.pileus.stepfunctions.asl.Workflow;
import io.pileus.stepfunctions.integration.Integrations;
import java.util.ArrayList;
import java.util.List;

/** The integrations of a definition with services that are not here: refused in strict mode, logged otherwise. */
final class UnknownServices {
    private UnknownServices() {}

    static List<String> find(Definition definition, OperationCaller caller) {
        List<String> unknown = new ArrayList<>();
        walk(definition.workflow(), caller, unknown);
        return unknown;
    }

    private static void walk(Workflow workflow, OperationCaller caller, List<String> unknown) {
        for (State state : workflow.states().values()) {
            switch (state) {
                case State.Task task -> {
                    if (task.resource() instanceof TaskResource.Integration i && !Integrations.knows(i, caller)) {
                        unknown.add("the integration " + i.text() + " of the state " + state.name());
                    }
                }
                case State.Parallel parallel -> parallel.branches().forEach(b -> walk(b, caller, unknown));
                case State.Map map -> walk(map.processor(), caller, unknown);
                default -> {}
            }
        }
    }
}
