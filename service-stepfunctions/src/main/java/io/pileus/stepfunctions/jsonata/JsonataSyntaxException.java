package io.pileus.stepfunctions.jsonata;

/** The text is not a JSONata expression; the message is the parser's. */
public final class JsonataSyntaxException extends RuntimeException {
    JsonataSyntaxException(String message) {
        super(message, null, false, false);
    }
}
