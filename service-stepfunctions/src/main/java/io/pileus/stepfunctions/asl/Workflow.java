package io.pileus.stepfunctions.asl;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** States and where to begin: a whole state machine, a branch of a Parallel state, or the processor of a Map state. */
public record Workflow(String startAt, Map<String, State> states) {

    public Workflow {
        states = Collections.unmodifiableMap(new LinkedHashMap<>(states));
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
