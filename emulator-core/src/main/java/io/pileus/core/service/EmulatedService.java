package io.pileus.core.service;

import java.util.List;

/** One service of the emulator, as the house sees it: its operation tables, its extra HTTP endpoints, its life. */
public interface EmulatedService extends AutoCloseable {

    /** The operation tables; more than one where a module serves several AWS services (Kinesis and Firehose). */
    List<ServiceApi> apis();

    /** HTTP endpoints beside the API: developer endpoints, OAuth2 pages. */
    default List<HttpRoute> routes() {
        return List.of();
    }

    /** Endpoints with host names of their own. */
    default List<HostRoute> hosts() {
        return List.of();
    }

    /** Forgets the state that the scope covers, timers and waiters included. */
    void reset(ResetScope scope);

    /** Called once after every service exists and all ports are provided. */
    default void start() {}

    /** Finishes or gives up what is pending; the server is going down. */
    @Override
    default void close() {}
}
