package io.pileus.server.state;

import io.pileus.core.service.EmulatedService;
import io.pileus.core.service.ResetScope;
import io.pileus.core.state.MemoryStateStore;
import io.pileus.core.state.StateLoader;
import io.pileus.core.state.StateSaver;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Snapshots by name: kept in memory, their files in a temporary directory, gone when the server ends. Safe for concurrent
 * use; one is saved or loaded at a time, while calls go on.
 */
public final class Snapshots implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Snapshots.class);

    /** So many snapshots are kept. */
    public static final int SNAPSHOTS_MAX = 100;

    private static final int NAME_LENGTH_MAX = 64;

    /** A snapshot that cannot be saved, loaded or read; the message is for the user. */
    public static final class SnapshotException extends RuntimeException {
        SnapshotException(String message) {
            super(message, null, false, false);
        }
    }

    /** What became of a snapshot that was loaded: the services that have their state back, and what could not be loaded. */
    public record Loaded(List<String> services, List<String> leftOut) {}

    private final Map<String, EmulatedService> services;
    private final InstantSource clock;
    private final String version;

    /** Snapshots may take so many bytes of memory. */
    private final long bytesMax = Runtime.getRuntime().maxMemory() / 4;

    private final Map<String, Snapshot> snapshots = new TreeMap<>();
    private @Nullable Path directory;
    private long files;

    /** @param services by name, in the order of loading */
    public Snapshots(Map<String, EmulatedService> services, InstantSource clock, String version) {
        this.services = new LinkedHashMap<>(services);
        this.clock = clock;
        this.version = version;
    }

    /**
     * Keeps the state under a name; one that had the name before is forgotten.
     *
     * @throws SnapshotException when the name is none, or there are too many
     */
    public synchronized Snapshot save(String name) {
        requireName(name);
        requireRoom(name, 0);
        Map<String, MemoryStateStore> stores = new LinkedHashMap<>();
        try {
            services.forEach((service, owner) -> {
                MemoryStateStore store = new MemoryStateStore(this::newFile);
                stores.put(service, store);
                new StateSaver(store).save(owner);
            });
            return keep(Snapshot.of(name, clock.instant(), stores));
        } catch (RuntimeException e) {
            stores.values().forEach(MemoryStateStore::clear);
            throw e;
        }
    }

    private Snapshot keep(Snapshot snapshot) {
        requireRoom(snapshot.name(), snapshot.bytes());
        Snapshot before = snapshots.put(snapshot.name(), snapshot);
        if (before != null) {
            before.forget();
        }
        return snapshot;
    }

    private static void requireName(String name) {
        boolean ofGoodCharacters = name.chars()
                .allMatch(c ->
                        c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || "._-".indexOf(c) >= 0);
        if (name.isEmpty()
                || name.length() > NAME_LENGTH_MAX
                || !ofGoodCharacters
                || "._-".indexOf(name.charAt(0)) >= 0) {
            throw new SnapshotException(
                    "a snapshot's name has 1 to 64 letters, digits, dots, underscores and dashes, and begins with a"
                            + " letter or digit");
        }
    }

    private void requireRoom(String name, long bytes) {
        boolean replaces = snapshots.containsKey(name);
        long others = snapshots.values().stream()
                .filter(snapshot -> !snapshot.name().equals(name))
                .mapToLong(Snapshot::bytes)
                .sum();
        if ((!replaces && snapshots.size() >= SNAPSHOTS_MAX) || others + bytes > bytesMax) {
            throw new SnapshotException("there is no room for another snapshot: at most " + SNAPSHOTS_MAX + ", and "
                    + (bytesMax >> 20) + " MiB in all; delete some");
        }
    }

    /** All snapshots in the order of their names. */
    public synchronized List<Snapshot> list() {
        return List.copyOf(snapshots.values());
    }

    public synchronized Optional<Snapshot> find(String name) {
        return Optional.ofNullable(snapshots.get(name));
    }

    /** Says whether there was one. */
    public synchronized boolean delete(String name) {
        Snapshot snapshot = snapshots.remove(name);
        if (snapshot != null) {
            snapshot.forget();
        }
        return snapshot != null;
    }

    /**
     * Forgets all state and puts a snapshot's in its place; the clock stays as it is. Services that the snapshot knows nothing of
     * are empty then.
     *
     * @return empty when there is no such snapshot
     */
    public synchronized Optional<Loaded> load(String name) {
        Snapshot snapshot = snapshots.get(name);
        if (snapshot == null) {
            return Optional.empty();
        }
        List<String> leftOut = new ArrayList<>();
        services.values().forEach(service -> service.reset(ResetScope.EVERYTHING));
        List<String> loaded = new ArrayList<>();
        services.forEach((service, owner) -> {
            MemoryStateStore store = snapshot.services().get(service);
            if (store != null) {
                load(service, owner, store, leftOut);
                loaded.add(service);
            }
        });
        services.values().forEach(EmulatedService::resume);
        snapshot.services().keySet().stream()
                .filter(service -> !services.containsKey(service))
                .forEach(service -> leftOut.add(service + " (not enabled)"));
        return Optional.of(new Loaded(List.copyOf(loaded), List.copyOf(leftOut)));
    }

    private static void load(String name, EmulatedService service, MemoryStateStore store, List<String> leftOut) {
        StateLoader loader = new StateLoader(name, store);
        try {
            service.load(loader);
        } catch (RuntimeException e) {
            log.error("the state of {} in the snapshot cannot be loaded", name, e);
            service.reset(ResetScope.EVERYTHING);
            leftOut.add(name);
        }
        loader.failures().forEach(key -> leftOut.add(name + " " + key));
    }

    /** Writes a snapshot as a file that {@link #read} takes, of this program or another; false when there is none. */
    public synchronized boolean write(String name, OutputStream out) throws IOException {
        Snapshot snapshot = snapshots.get(name);
        if (snapshot == null) {
            return false;
        }
        SnapshotFile.write(snapshot, version, out);
        return true;
    }

    /**
     * Takes a snapshot from a file and keeps it under a name.
     *
     * @throws SnapshotException when it is not such a file, or too large
     */
    public synchronized Snapshot read(String name, InputStream in) throws IOException {
        requireName(name);
        requireRoom(name, 0);
        return keep(SnapshotFile.read(name, in, bytesMax, this::newFile));
    }

    /** A file that does not exist yet. */
    public synchronized Path newFile() {
        try {
            if (directory == null) {
                directory = Files.createTempDirectory("pileus-snapshots");
            }
            return directory.resolve(Long.toString(files++));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public synchronized void close() {
        snapshots.values().forEach(Snapshot::forget);
        snapshots.clear();
        if (directory != null) {
            try {
                Files.deleteIfExists(directory);
            } catch (IOException e) {
                // what is left is in the system's directory of temporary files
            }
        }
    }
}
