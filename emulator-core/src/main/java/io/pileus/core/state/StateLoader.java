package io.pileus.core.state;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hands a service what a store holds of it. A thing that cannot be read, or that the service refuses, is reported at ERROR,
 * counted and left out: the rest of the state is worth having without it.
 */
public final class StateLoader implements StateSource {
    private static final Logger log = LoggerFactory.getLogger(StateLoader.class);

    private final String service;
    private final StateStore store;
    private final List<StateKey> failures = new ArrayList<>();

    /** @param service its name, for messages */
    public StateLoader(String service, StateStore store) {
        this.service = service;
        this.store = store;
    }

    @Override
    public <R extends Record> void each(String kind, Class<R> type, Loaded<? super R> loaded) {
        store.forEach(kind, (key, json) -> take(key, () -> StateJson.read(json, type), loaded));
    }

    @Override
    public void eachFile(String kind, Loaded<? super Path> loaded) {
        store.forEachFile(kind, (key, file) -> take(key, () -> file, loaded));
    }

    private <T> void take(StateKey key, Supplier<T> thing, Loaded<? super T> loaded) {
        try {
            loaded.take(key.scope(), key.id(), thing.get());
        } catch (RuntimeException e) {
            failures.add(key);
            // Without the exception's message: it may quote what was read, and that may be a secret.
            log.error("state of {}: {} cannot be loaded and is left out", service, key, withoutContent(e));
        }
    }

    private static Throwable withoutContent(RuntimeException e) {
        Throwable shown = new IllegalStateException(e.getClass().getName());
        shown.setStackTrace(e.getStackTrace());
        return shown;
    }

    /** What could not be loaded. */
    public List<StateKey> failures() {
        return List.copyOf(failures);
    }
}
