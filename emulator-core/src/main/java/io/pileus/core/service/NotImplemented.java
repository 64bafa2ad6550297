package io.pileus.core.service;

/** The answer to an operation that the emulator does not have: HTTP 501, naming it. Never an empty success. */
public final class NotImplemented {
    private NotImplemented() {}

    public static AwsException operation(String service, String operation) {
        return new AwsException(
                "NotImplemented", 501, service + " " + operation + " is not implemented by the emulator.");
    }

    /** A part of an operation that is not emulated, refused. */
    public static AwsException feature(String what) {
        return new AwsException("NotImplemented", 501, what + " is not implemented by the emulator.");
    }
}
