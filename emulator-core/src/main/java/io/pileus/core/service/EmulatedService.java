package io.pileus.core.service;

import io.pileus.core.identity.AccountId;
import io.pileus.core.identity.Region;
import io.pileus.core.shape.Shape;
import io.pileus.core.state.StateSink;
import io.pileus.core.state.StateSource;
import java.util.List;
import java.util.Optional;

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

    /**
     * Whose resources a call is about that carries no credentials: told by what its input names, such as an app client. It counts
     * for faults and in the request log.
     */
    default Optional<Owner> ownerOf(Shape input) {
        return Optional.empty();
    }

    /** The account and the region that something belongs to. */
    record Owner(AccountId account, Region region) {}

    /** Forgets the state that the scope covers, timers and waiters included. */
    void reset(ResetScope scope);

    /** Called once after every service exists and all ports are provided. */
    default void start() {}

    /**
     * Tells everything that shall outlive the process. Runs on a thread of its own while calls go on: take each state
     * machine's lock for a short time, one machine at a time. Requests that wait, the request log and faults are no state.
     */
    default void save(StateSink sink) {}

    /** What {@link #save} told is stored now, files included, or will not be: called once after each save. */
    default void saved() {}

    /**
     * Builds the state from what was saved, in a service that has none. Called after {@link #start}, at the start of the server and when a
     * snapshot is loaded. It contacts no other service and registers no timer; that is for {@link #resume}.
     */
    default void load(StateSource source) {}

    /**
     * Goes on with what {@link #load} built: timers, loops, waits, retries. Called when every service has loaded. What fell due
     * meanwhile is due at once; a call to the outside that was under way is made again.
     */
    default void resume() {}

    /** Finishes or gives up what is pending; the server is going down. */
    @Override
    default void close() {}
}
