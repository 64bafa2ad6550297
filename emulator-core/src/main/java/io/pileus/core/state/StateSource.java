package io.pileus.core.state;

import io.pileus.core.service.Scopes.Scope;
import java.nio.file.Path;

/**
 * Hands a service what was saved of it, kind by kind in the order in which the service asks; within a kind by account, by region, and by
 * id in the order of {@link String#compareTo}. What cannot be read, or what the service refuses by an exception, is reported
 * and left out.
 */
public interface StateSource {

    /** All things of a kind. */
    <R extends Record> void each(String kind, Class<R> type, Loaded<? super R> loaded);

    /** All bodies of a kind. The files belong to the store: to be read, linked or copied, never changed or moved. */
    void eachFile(String kind, Loaded<? super Path> loaded);

    /** Takes a thing. */
    @FunctionalInterface
    interface Loaded<T> {
        void take(Scope scope, String id, T thing);
    }
}
