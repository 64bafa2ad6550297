package io.pileus.stepfunctions.jsonpath;

/** The text is not a path or not an intrinsic function. */
public final class JsonPathSyntaxException extends RuntimeException {
    JsonPathSyntaxException(String message) {
        super(message, null, false, false);
    }
}
