package io.pileus.server;

/** What this server calls itself. */
public final class Version {
    public static final String PILEUS = "0.1.0";

    /** The LocalStack release whose endpoints ours are made after; tools read it from the health page. */
    public static final String LOCALSTACK = "4.14.1";

    private Version() {}
}
