package io.pileus.core.http.netty;

/** Ends the reading of a request; carries no stack, because clients can cause it at will. */
final class RejectedException extends Exception {
    private static final long serialVersionUID = 1;

    private final transient Rejection rejection;

    RejectedException(Rejection rejection) {
        super(rejection.message(), null, false, false);
        this.rejection = rejection;
    }

    Rejection rejection() {
        return rejection;
    }
}
