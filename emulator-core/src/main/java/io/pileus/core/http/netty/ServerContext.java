package io.pileus.core.http.netty;

import io.pileus.core.http.HttpHandler;

/** What all connections of one server share. */
record ServerContext(
        ServerConfig config, HttpHandler handler, SpoolDirectory spool, DateHeader date, TlsContext tls, Drain drain) {

    /** Whether the server is closing: set once, by {@code NettyServer.close()}. */
    static final class Drain {
        private volatile boolean begun;

        boolean begun() {
            return begun;
        }

        void begin() {
            begun = true;
        }
    }
}
