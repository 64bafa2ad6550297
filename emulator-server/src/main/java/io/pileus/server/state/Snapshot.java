package io.pileus.server.state;

import io.pileus.core.state.MemoryStateStore;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;

/**
 * The state of all services at one time.
 *
 * @param savedAt the emulator's time then
 * @param services by name
 * @param bytes how much memory it takes, roughly; files do not count
 */
public record Snapshot(String name, Instant savedAt, Map<String, MemoryStateStore> services, int things, long bytes) {

    static Snapshot of(String name, Instant savedAt, Map<String, MemoryStateStore> services) {
        int things = 0;
        long bytes = 0;
        for (MemoryStateStore store : services.values()) {
            things += store.keys().size();
            bytes += store.bytes();
        }
        return new Snapshot(name, savedAt, Map.copyOf(services), things, bytes);
    }

    void forget() {
        Collection<MemoryStateStore> stores = services.values();
        stores.forEach(MemoryStateStore::clear);
    }
}
