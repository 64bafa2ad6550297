package io.pileus.server.state;

import io.pileus.core.state.StateStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.h2.mvstore.DataUtils;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.MVStoreException;
import org.h2.mvstore.type.StringDataType;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A directory that holds the state of all services: {@code state.mv}, an H2 MVStore, a log-structured file of maps from strings to bytes in which
 * a commit is there as a whole or not at all, however the process ends; and {@code files}, the bodies that live in files.
 * What cannot be read is renamed, reported at ERROR, and begun anew. One process has it at a time. Used by one thread at a
 * time.
 */
final class StateDirectory implements AutoCloseable {
    /** Counts up when older programs cannot read what newer ones write. */
    static final int FORMAT = 1;

    private static final Logger log = LoggerFactory.getLogger(StateDirectory.class);

    private static final String STORE = "state.mv";

    /** So many commits are made before the file is made smaller. */
    private static final int COMMITS_TO_COMPACT = 64;

    private static final int FILL_RATE_PERCENT = 60;
    private static final int COMPACT_BYTES = 16 << 20;
    private static final int CLOSE_COMPACT_MILLIS = 200;

    private final Path directory;
    private final Path files;
    private final String version;
    private MVStore store;
    private final Map<String, MvStateStore> services = new HashMap<>();
    private final List<Path> unneeded = new ArrayList<>();
    private long lastFile;
    private int commits;

    private StateDirectory(Path directory, String version) throws IOException {
        this.directory = directory;
        this.version = version;
        this.files = directory.resolve("files");
        Files.createDirectories(files);
        this.store = openOrSetAside();
        this.lastFile = numberOfLastFile();
    }

    /**
     * Opens a directory; it is made when it is not there.
     *
     * @param version the program's, to be told to whoever looks
     * @throws IOException with words for the user: another server has it, or it cannot be written
     */
    static StateDirectory open(Path directory, String version) throws IOException {
        try {
            return new StateDirectory(directory.toAbsolutePath().normalize(), version);
        } catch (IOException e) {
            throw new IOException("state cannot be kept in " + directory + ": " + e.getMessage(), e);
        }
    }

    private MVStore openOrSetAside() throws IOException {
        MVStore opened = null;
        try {
            opened = openStore();
            int format = formatOf(opened);
            if (format <= FORMAT) {
                requireNoDamage(opened);
                return opened;
            }
            opened.closeImmediately();
            setAside(
                    "it was written by a newer version (format " + format + "; this one knows " + FORMAT + ")",
                    "newer");
        } catch (MVStoreException | IllegalArgumentException e) {
            if (opened != null) {
                opened.closeImmediately();
            }
            if (e instanceof MVStoreException failure && failure.getErrorCode() == DataUtils.ERROR_FILE_LOCKED) {
                throw new IOException("another server uses it", e);
            }
            if (!Files.isRegularFile(directory.resolve(STORE))) {
                throw new IOException(e.getMessage(), e);
            }
            setAside("it is damaged (" + e.getMessage() + ")", "damaged");
        }
        return openStore();
    }

    private MVStore openStore() {
        MVStore opened = new MVStore.Builder()
                .fileName(directory.resolve(STORE).toString())
                .autoCommitDisabled()
                .autoCommitBufferSize(0)
                .open();
        opened.setVersionsToKeep(0);
        return opened;
    }

    private static int formatOf(MVStore opened) {
        String format = names(opened).get("format");
        return format == null ? 0 : Integer.parseInt(format);
    }

    /** Reads everything once: what is damaged is found now rather than in the middle of loading. */
    private static void requireNoDamage(MVStore opened) {
        for (String name : opened.getMapNames()) {
            if (name.startsWith(MvStateStore.THINGS)) {
                MvStateStore.things(opened, name).forEach((key, json) -> {});
            }
        }
    }

    private static MVMap<String, String> names(MVStore opened) {
        return opened.openMap(
                "names",
                new MVMap.Builder<String, String>()
                        .keyType(StringDataType.INSTANCE)
                        .valueType(StringDataType.INSTANCE));
    }

    /** Keeps the file under a name that nothing reads, beside the files that belong to it. */
    private void setAside(String why, String how) throws IOException {
        String name = freeName(STORE + "." + how);
        Files.move(directory.resolve(STORE), directory.resolve(name));
        if (isNotEmpty(files)) {
            Files.move(files, directory.resolve(name + ".files"));
            Files.createDirectories(files);
        }
        log.error(
                "the saved state in {} cannot be loaded: {}; it is kept as {}, and the server starts without it",
                directory,
                why,
                name);
    }

    private String freeName(String wanted) {
        String name = wanted;
        for (int i = 2; Files.exists(directory.resolve(name)); i++) {
            name = wanted + "-" + i;
        }
        return name;
    }

    private static boolean isNotEmpty(Path folder) throws IOException {
        try (Stream<Path> all = Files.list(folder)) {
            return all.findAny().isPresent();
        }
    }

    /** Keeps a copy of what is here, because some of it could not be loaded. */
    void keepCopy() throws IOException {
        String name = freeName(STORE + ".unreadable");
        store.close(0);
        Files.copy(directory.resolve(STORE), directory.resolve(name));
        store = openStore();
        log.error("the saved state in {} was loaded in part; as it was it is kept as {}", directory, name);
    }

    /** A service's state, by the service's name. */
    StateStore of(String service) {
        return services.computeIfAbsent(service, name -> new MvStateStore(name, this));
    }

    MVStore store() {
        return store;
    }

    /** What is known of the directory as a whole. */
    Map<String, String> names() {
        return new TreeMap<>(names(store));
    }

    /** Makes all that was put and removed last, with some names. */
    void commit(Map<String, String> names) {
        MVMap<String, String> all = names(store);
        all.put("format", Integer.toString(FORMAT));
        all.put("version", version);
        names.forEach(all::put);
        store.commit();
        unneeded.forEach(StateDirectory::delete);
        unneeded.clear();
        if (++commits % COMMITS_TO_COMPACT == 0) {
            store.compact(FILL_RATE_PERCENT, COMPACT_BYTES);
        }
    }

    /** Takes back what was put and removed since the last commit. */
    void rollback() {
        if (store.isClosed()) {
            store = openStore();
        } else {
            store.rollback();
        }
        unneeded.clear();
    }

    /** Waits until the disk has it. */
    void sync() {
        store.sync();
    }

    private long numberOfLastFile() throws IOException {
        Set<String> used = new HashSet<>();
        for (String name : store.getMapNames()) {
            if (name.startsWith(MvStateStore.FILES)) {
                used.addAll(MvStateStore.files(store, name).values());
            }
        }
        long last = 0;
        try (Stream<Path> all = Files.list(files)) {
            for (Path file : all.toList()) {
                String name = file.getFileName().toString();
                if (used.contains(name)) {
                    last = Math.max(last, Long.parseLong(name, Character.MAX_RADIX));
                } else {
                    delete(file); // came without a commit after it
                }
            }
        }
        return last;
    }

    Path file(String name) {
        return files.resolve(name);
    }

    /** A name for a file that is not here yet. */
    String nextFile() {
        return Long.toString(++lastFile, Character.MAX_RADIX);
    }

    /** Deletes a file once it is committed that nothing names it. */
    void deleteLater(String name) {
        unneeded.add(file(name));
    }

    private static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        closeStore();
    }

    private void closeStore() {
        services.clear();
        if (!store.isClosed()) {
            store.close(CLOSE_COMPACT_MILLIS);
        }
    }
}
