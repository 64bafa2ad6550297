package io.pileus.stepfunctions.map;

import io.pileus.stepfunctions.asl.State;
import io.pileus.stepfunctions.run.Execution;
import io.pileus.stepfunctions.run.Frame;
import io.pileus.stepfunctions.run.Interpreter;
import io.pileus.stepfunctions.run.Next;
import java.time.Instant;

/**
 * What a Map run is from its start on.
 *
 * @param parent the execution whose state it is
 * @param frame where that execution is in the state
 * @param interpreter works out the data of the state
 */
record MapRunIdentity(
        String arn,
        String label,
        Execution parent,
        Frame frame,
        Next.MapRunPlan plan,
        Interpreter interpreter,
        Instant startDate) {

    State.Map state() {
        return (State.Map) frame.state();
    }

    State.Distribution distribution() {
        return state().distribution().orElseThrow();
    }

    /** Whether the children are Express executions. */
    boolean express() {
        return distribution().express();
    }
}
