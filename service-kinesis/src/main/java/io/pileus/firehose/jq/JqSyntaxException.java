package io.pileus.firehose.jq;

/** A query that is not jq, or that asks for what a query on a record may not have. */
public final class JqSyntaxException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    JqSyntaxException(String message) {
        super(message);
    }
}
