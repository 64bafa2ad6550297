package io.pileus.server.state;

import io.pileus.core.state.StateKey;
import io.pileus.core.state.StateStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.ToIntFunction;
import java.util.stream.Stream;
import org.h2.mvstore.Cursor;
import org.h2.mvstore.DataUtils;
import org.h2.mvstore.FileStore;
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

    /** What is written anew, to take the place of the store. */
    private static final String NEXT_STORE = "state.mv.next";

    /** So many commits are made between two looks at how much of the file is dead. */
    private static final int COMMITS_TO_LOOK = 256;

    /** A file that is larger, and of which less is alive, is written anew. */
    private static final long REWRITE_BYTES_MIN = 64L << 20;

    private static final int ALIVE_PERCENT_MIN = 33;

    /** How much is written at once into the new file. */
    private static final int REWRITE_BYTES_AT_ONCE = 16 << 20;

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
        makeOwn(directory);
        Files.createDirectories(files);
        this.store = openOrSetAside();
        this.lastFile = numberOfLastFile();
        delete(directory.resolve(NEXT_STORE));
        if (isMostlyDead()) {
            rewrite();
        }
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

    /** Makes a directory that nobody else can read, where the file system knows of others: there are secrets in it. */
    private static void makeOwn(Path directory) throws IOException {
        if (Files.exists(directory)) {
            return;
        }
        Files.createDirectories(directory);
        try {
            Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwx------"));
        } catch (UnsupportedOperationException e) {
            // as it is
        }
    }

    private MVStore openOrSetAside() throws IOException {
        MVStore opened = null;
        try {
            opened = openStore(directory.resolve(STORE));
            int format = formatOf(opened);
            if (format <= FORMAT) {
                requireNoDamage(opened);
                return opened;
            }
            opened.closeImmediately();
            setAside(
                    "it was written by a newer version (format " + format + "; this one knows " + FORMAT + ")",
                    "newer");
        } catch (RuntimeException e) { // whatever the bytes make of the reader
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
        return openStore(directory.resolve(STORE));
    }

    private static MVStore openStore(Path file) {
        MVStore opened = new MVStore.Builder()
                .fileName(file.toString())
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
                requireOrder(MvStateStore.things(opened, name));
            } else if (name.startsWith(MvStateStore.FILES)) {
                requireOrder(MvStateStore.files(opened, name));
                MvStateStore.files(opened, name).values().forEach(file -> Long.parseLong(file, Character.MAX_RADIX));
            }
        }
    }

    private static <V> void requireOrder(MVMap<String, V> map) {
        String before = "";
        for (Cursor<String, V> all = map.cursor(null); all.hasNext(); ) {
            String key = all.next();
            StateKey.parse(key);
            all.getValue();
            if (key.compareTo(before) <= 0) {
                throw new IllegalArgumentException("its keys are out of order");
            }
            before = key;
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
        store = openStore(directory.resolve(STORE));
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
        if (++commits % COMMITS_TO_LOOK == 0 && isMostlyDead()) {
            rewrite();
        }
    }

    private boolean isMostlyDead() {
        FileStore<?> file = store.getFileStore();
        return file.size() > REWRITE_BYTES_MIN
                && (long) file.getFillRate() * file.getChunksFillRate() < 100L * ALIVE_PERCENT_MIN;
    }

    /**
     * Copies what is alive into a new file, which takes the old one's place at once. The store could make its file smaller
     * itself, by moving chunks within it; but that fails an assertion of its own now and then (2.4.240,
     * FreeSpaceBitSet.allocate), and nothing shall be moved that is not copied.
     */
    void rewrite() {
        Path next = directory.resolve(NEXT_STORE);
        delete(next);
        try (MVStore copy = openStore(next)) {
            for (String name : store.getMapNames()) {
                if (name.startsWith(MvStateStore.THINGS)) {
                    copy(MvStateStore.things(store, name), MvStateStore.things(copy, name), json -> json.length, copy);
                } else {
                    copy(MvStateStore.files(store, name), MvStateStore.files(copy, name), String::length, copy);
                }
            }
            copy.commit();
            copy.sync();
        }
        store.close(0);
        try {
            Files.move(next, directory.resolve(STORE), StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            log.warn("{} cannot be made smaller", directory.resolve(STORE), e);
        }
        store = openStore(directory.resolve(STORE));
    }

    private static <V> void copy(MVMap<String, V> from, MVMap<String, V> to, ToIntFunction<V> length, MVStore copy) {
        long bytes = 0;
        Cursor<String, V> all = from.cursor(null);
        while (all.hasNext()) {
            String key = all.next();
            to.put(key, all.getValue());
            bytes += key.length() + length.applyAsInt(all.getValue());
            if (bytes > REWRITE_BYTES_AT_ONCE) {
                copy.commit();
                bytes = 0;
            }
        }
    }

    /** Takes back what was put and removed since the last commit. */
    void rollback() {
        if (store.isClosed()) {
            store = openStore(directory.resolve(STORE));
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
            store.close(0); // without compaction; see rewrite
        }
    }
}
