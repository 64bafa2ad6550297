package io.pileus.stepfunctions.map;

/** A Map run that cannot go on, with the error's name and its cause. */
final class MapFailure extends RuntimeException {
    private final String error;

    MapFailure(String error, String cause) {
        super(cause, null, false, false);
        this.error = error;
    }

    String error() {
        return error;
    }
}
