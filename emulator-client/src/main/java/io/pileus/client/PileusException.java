package io.pileus.client;

/** The server refused what it was asked, or could not be reached. */
public final class PileusException extends RuntimeException {
    private final int status;

    PileusException(int status, String message) {
        super(message);
        this.status = status;
    }

    PileusException(String message, Throwable cause) {
        super(message, cause);
        this.status = 0;
    }

    /** The HTTP status; 0 when there was no answer. */
    public int status() {
        return status;
    }
}
