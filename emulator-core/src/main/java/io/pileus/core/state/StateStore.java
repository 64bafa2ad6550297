package io.pileus.core.state;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** Where the state of one service is kept. Used by one thread at a time. */
public interface StateStore {

    /** The JSON of a thing, or null when it is not here (or is a file). */
    byte @Nullable [] get(StateKey key);

    void put(StateKey key, byte[] json);

    /** Takes a file's content, by a link or a copy; does nothing when the key has one already. */
    void putFile(StateKey key, Path file) throws IOException;

    /** Removes a thing or a file. */
    void remove(StateKey key);

    /** The keys of all things and files. */
    Collection<StateKey> keys();

    /** All things of a kind in the order of their keys. */
    void forEach(String kind, BiConsumer<StateKey, byte[]> things);

    /** All files of a kind in the order of their keys. */
    void forEachFile(String kind, BiConsumer<StateKey, Path> files);
}
