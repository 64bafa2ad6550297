package io.pileus.stepfunctions.map;

/** A Map run that cannot go on, with the error's name and its cause. */
public final class MapFailure extends RuntimeException {
    private final String error;

    MapFailure(String error, String cause) {
        super(cause, null, false, false);
        this.error = error;
    }

    public String error() {
        return error;
    }
}
