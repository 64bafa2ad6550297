package io.pileus.stepfunctions.jsonata;

/** An evaluation that failed; the message is the part of AWS's sentence that follows the expression and the field. */
public final class JsonataFailure extends RuntimeException {
    JsonataFailure(String message) {
        super(message, null, false, false);
    }
}
