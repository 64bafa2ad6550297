package io.pileus.stepfunctions.jsonpath;

/** An intrinsic function that could not be computed. */
public final class IntrinsicFailure extends RuntimeException {
    private final boolean missingPath;

    IntrinsicFailure(String message, boolean missingPath) {
        super(message, null, false, false);
        this.missingPath = missingPath;
    }

    /** Whether an argument's path led nowhere, which AWS reports as {@code States.Runtime}. */
    public boolean missingPath() {
        return missingPath;
    }
}
