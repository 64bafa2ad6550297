package io.pileus.core.port;

/** Where clients reach this server, for URLs that are made without a request at hand. */
@FunctionalInterface
public interface ServerAddress {

    /** Such as {@code http://localhost:4566}, without a slash at its end; known once the server listens. */
    String endpoint();
}
