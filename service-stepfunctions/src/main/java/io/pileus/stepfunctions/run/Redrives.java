package io.pileus.stepfunctions.run;

import java.time.Instant;
import java.util.Optional;

/**
 * How often an execution was redriven.
 *
 * @param date when it was last
 * @param token what the caller told that redrive from others by
 * @param pending whether it has failed and waits for its turn in the redrive of its Map run
 */
record Redrives(int count, Optional<Instant> date, Optional<String> token, boolean pending) {
    static final Redrives NONE = new Redrives(0, Optional.empty(), Optional.empty(), false);

    Redrives another(Instant at, Optional<String> withToken) {
        return new Redrives(count + 1, Optional.of(at), withToken, false);
    }

    Redrives pending(boolean waits) {
        return new Redrives(count, date, token, waits);
    }
}
