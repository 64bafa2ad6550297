package io.pileus.core.http.netty;

import org.jspecify.annotations.Nullable;

/** One request and its answer on an HTTP/1.1 connection, in the queue of those not yet answered. */
final class Http1Exchange extends Exchange {
    private final Http1Connection connection;
    final boolean toHead;
    final boolean http10;
    boolean keepAlive;

    /** The client waits for permission to send its body. */
    boolean wantsContinue;

    /** The next request of the same connection. */
    @Nullable
    Http1Exchange next;

    Http1Exchange(Http1Connection connection, ServerContext server, String method, boolean http10) {
        super(server, connection.loop());
        this.connection = connection;
        this.toHead = method.equals("HEAD");
        this.http10 = http10;
    }

    @Override
    void ready() {
        connection.writeAnswers();
    }
}
