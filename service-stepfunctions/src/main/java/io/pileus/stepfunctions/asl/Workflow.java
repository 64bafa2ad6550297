package io.pileus.stepfunctions.asl;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** States and where to begin: a whole state machine, a branch of a Parallel state, or the processor of a Map state. */
public record Workflow(String startAt, Map<String, State> states) {

    public Workflow {
        states = Collections.unmodifiableMap(new LinkedHashMap<>(states));
    }

    /** This workflow, or the one inside it that has the state. */
    public Optional<Workflow> owning(String stateName) {
        if (states.containsKey(stateName)) {
            return Optional.of(this);
        }
        for (State state : states.values()) {
            List<Workflow> inside = switch (state) {
                case State.Parallel parallel -> parallel.branches();
                case State.Map map -> List.of(map.processor());
                default -> List.of();
            };
            for (Workflow workflow : inside) {
                Optional<Workflow> owner = workflow.owning(stateName);
                if (owner.isPresent()) {
                    return owner;
                }
            }
        }
        return Optional.empty();
    }

    /** The state of this name, which the validator has seen to be there. */
    public State state(String name) {
        State state = states.get(name);
        if (state == null) {
            throw new IllegalStateException("no state " + name);
        }
        return state;
    }
}
