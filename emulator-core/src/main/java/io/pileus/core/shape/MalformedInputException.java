package io.pileus.core.shape;

/** The bytes of a request do not have the form that its protocol and the model ask for. */
public final class MalformedInputException extends RuntimeException {
    public MalformedInputException(String message) {
        super(message);
    }

    public MalformedInputException(String message, Throwable cause) {
        super(message, cause);
    }
}
