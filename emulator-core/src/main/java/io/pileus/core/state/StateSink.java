package io.pileus.core.state;

import io.pileus.core.service.Scopes.Scope;
import java.nio.file.Path;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Takes the whole state of a service, thing by thing, each time it is saved. What was told the last time and is not told
 * this time is gone. It is called while the service goes on: what one state machine tells must be taken under its lock, so
 * that it is consistent in itself. The sink itself calls nobody and takes little time, but a record is made into JSON at once,
 * so let go of the lock first: collect the records, then put them.
 *
 * <p>A thing is told apart by its scope, its kind and its id. Kinds are few and named in lower case ({@code queue}); ids are
 * the service's own and hold no NUL. When one thing is told twice the later one counts.
 */
public interface StateSink {

    /** One thing of the state; it is made into JSON and compared with what is saved, each time. For things that are few. */
    void put(Scope scope, String kind, String id, Record saved);

    /**
     * One thing of the state, for things that are many: nothing is made while the stamp equals that of the last save.
     *
     * @param stamp a change counter, or an immutable object that is replaced as a whole; kept until the next save
     */
    void put(Scope scope, String kind, String id, Object stamp, Supplier<? extends Record> saved);

    /**
     * A body that lives in a file. What the file holds never changes while the thing has the same id: a new content is a
     * new id. The file may be removed once the service has forgotten it and has been told that all is
     * {@linkplain io.pileus.core.service.EmulatedService#saved() saved}, for the store has its own then (a link or a copy).
     */
    void file(Scope scope, String kind, String id, Path file);

    /**
     * A part of the state, such as a queue with its messages: while the stamp equals that of the last save, all that the
     * part told then counts as told again, and it is not asked. A thing belongs to the same part always; parts do not nest.
     *
     * @param name tells the parts of a scope apart
     * @param stamp as for {@link #put(Scope, String, String, Object, Supplier)}; it must change with everything in the part
     */
    void part(Scope scope, String name, Object stamp, Consumer<StateSink> part);
}
