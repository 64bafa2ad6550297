package io.pileus.stepfunctions.run;

import java.util.Optional;

/**
 * A state that the machine itself cannot execute. The message is the cause without the words that name the state.
 */
public final class StateFailure extends RuntimeException {
    private final String error;
    private final Optional<String> location;

    StateFailure(String error, String message) {
        this(error, message, Optional.empty());
    }

    /** @param location the field whose JSONata expression failed */
    StateFailure(String error, String message, Optional<String> location) {
        super(message, null, false, false);
        this.error = error;
        this.location = location;
    }

    public String error() {
        return error;
    }

    public Optional<String> location() {
        return location;
    }
}
