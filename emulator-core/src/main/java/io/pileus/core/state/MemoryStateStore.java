package io.pileus.core.state;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A service's state in memory, its files in a directory that is asked for when the first one comes. */
public final class MemoryStateStore implements StateStore {
    private static final int OVERHEAD_BYTES = 128;

    private final NavigableMap<String, byte[]> things = new TreeMap<>();
    private final NavigableMap<String, Path> files = new TreeMap<>();
    private final Supplier<Path> newFile;

    /** @param newFile names files that do not exist yet, in a directory that does */
    public MemoryStateStore(Supplier<Path> newFile) {
        this.newFile = newFile;
    }

    @Override
    public byte @Nullable [] get(StateKey key) {
        return things.get(key.text());
    }

    @Override
    public void put(StateKey key, byte[] json) {
        things.put(key.text(), json);
    }

    @Override
    public void putFile(StateKey key, Path file) throws IOException {
        if (!files.containsKey(key.text())) {
            Path own = newFile.get();
            linkOrCopy(file, own);
            files.put(key.text(), own);
        }
    }

    /** A second name for a file, or a second file where the file system has none. */
    public static void linkOrCopy(Path file, Path as) throws IOException {
        try {
            Files.createLink(as, file);
        } catch (IOException | UnsupportedOperationException e) {
            Files.copy(file, as, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    @Override
    public void remove(StateKey key) {
        things.remove(key.text());
        Path file = files.remove(key.text());
        if (file != null) {
            delete(file);
        }
    }

    private static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public Collection<StateKey> keys() {
        List<StateKey> keys = new ArrayList<>();
        things.keySet().forEach(text -> keys.add(StateKey.parse(text)));
        files.keySet().forEach(text -> keys.add(StateKey.parse(text)));
        return keys;
    }

    @Override
    public void forEach(String kind, BiConsumer<StateKey, byte[]> consumer) {
        ofKind(things, kind).forEach((text, json) -> consumer.accept(StateKey.parse(text), json));
    }

    @Override
    public void forEachFile(String kind, BiConsumer<StateKey, Path> consumer) {
        ofKind(files, kind).forEach((text, file) -> consumer.accept(StateKey.parse(text), file));
    }

    private static <T> NavigableMap<String, T> ofKind(NavigableMap<String, T> all, String kind) {
        return all.subMap(StateKey.prefix(kind), true, kind + '\1', false);
    }

    /** All things in the order of their keys. */
    public Map<StateKey, byte[]> things() {
        return byKey(things);
    }

    /** All files in the order of their keys. */
    public Map<StateKey, Path> files() {
        return byKey(files);
    }

    private static <T> Map<StateKey, T> byKey(Map<String, T> all) {
        Map<StateKey, T> byKey = new LinkedHashMap<>();
        all.forEach((text, value) -> byKey.put(StateKey.parse(text), value));
        return byKey;
    }

    /** How much memory keys and things take, roughly. */
    public long bytes() {
        long bytes = 0;
        for (Map.Entry<String, byte[]> thing : things.entrySet()) {
            bytes += OVERHEAD_BYTES + 2L * thing.getKey().length() + thing.getValue().length;
        }
        return bytes + files.size() * (long) OVERHEAD_BYTES;
    }

    /** Forgets everything and deletes the files. */
    public void clear() {
        things.clear();
        files.values().forEach(MemoryStateStore::delete);
        files.clear();
    }
}
