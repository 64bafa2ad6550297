package io.pileus.firehose.jq;

/** A query ran into a bound of its {@link Meter}. The query cannot catch it. */
public final class JqLimitException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    JqLimitException(String message) {
        super(message, null, false, false);
    }
}
