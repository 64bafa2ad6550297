package io.pileus.core.port;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Where services find each other. A service provides the ports it implements while it is made, and looks up those it
 * needs when it needs them, so that no order of construction matters and any service may be absent.
 */
public final class Ports {
    private final Map<Class<?>, Object> ports = new ConcurrentHashMap<>();
    private final Deliveries deliveries = new Deliveries();

    public <P> void provide(Class<P> port, P implementation) {
        ports.put(port, implementation);
    }

    /** The implementation of a port, if the service that has it is enabled. */
    public <P> Optional<P> find(Class<P> port) {
        return Optional.ofNullable(port.cast(ports.get(port)));
    }

    /** Messages from one service to another. */
    public Deliveries deliveries() {
        return deliveries;
    }
}
