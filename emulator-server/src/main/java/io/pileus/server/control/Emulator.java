package io.pileus.server.control;

import io.pileus.core.dispatch.Conditions;
import io.pileus.core.dispatch.HostedService;
import io.pileus.core.dispatch.RequestLog;
import io.pileus.core.service.ResetScope;
import io.pileus.core.time.EmulatedTime;
import io.pileus.server.hooks.InitHooks;
import io.pileus.server.state.Persistence;
import io.pileus.server.state.Snapshots;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The running emulator, as its control endpoints see it. */
public interface Emulator {

    /** A service's state in LocalStack's words: available until its first request, running from then on. */
    enum State {
        AVAILABLE,
        RUNNING,
        DISABLED
    }

    EmulatedTime time();

    RequestLog requests();

    /** Strict mode and faults. */
    Conditions conditions();

    /** The services that are enabled. */
    List<HostedService> hosted();

    /** Where clients reach this server when no request tells, such as {@code http://localhost:4566}. */
    String endpoint();

    /** The init scripts and how far they are. */
    InitHooks hooks();

    /** All services that could be here, by name. */
    Map<String, State> services();

    /**
     * Forgets state.
     *
     * @param service only this service's; empty for all
     * @return false when there is no such service
     */
    boolean reset(Optional<String> service, ResetScope scope);

    Snapshots snapshots();

    /** Where state survives; empty when it does not. */
    Optional<Persistence> persistence();

    /** Says that state was changed by something that is no request to a service. */
    void stateChanged();

    /** Runs what may take its time, beside the work that time waits for. */
    void execute(Runnable task);

    /** Ends the server, after this request has been answered. */
    void kill();
}
