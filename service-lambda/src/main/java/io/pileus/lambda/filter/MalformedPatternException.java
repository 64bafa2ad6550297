package io.pileus.lambda.filter;

/** The text is no event pattern. */
final class MalformedPatternException extends Exception {
    private static final long serialVersionUID = 1;

    MalformedPatternException(String message) {
        super(message);
    }
}
