package io.pileus.s3;

import io.pileus.core.http.Payload;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Where bodies lie: small ones in memory, large ones in files of a private directory, those between in memory while there is
 * room for them. Keys never become paths. A file's name is that of the first directory it was in and a number: no two bodies
 * ever have the same, not even those of other processes, so that a saved state can tell bodies by their files' names.
 */
final class BodyStore implements AutoCloseable {
    private static final long SMALL_BYTES_MAX = 256L << 10;

    /** Beyond this a body comes in a file from the front end, and is sent from it without copying. */
    private static final long MEDIUM_BYTES_MAX = 4L << 20;

    /** A medium body that has no file. */
    private static final Path NO_FILE = Path.of("");

    private final AtomicLong next = new AtomicLong();
    /** How many bytes of medium bodies may lie in memory: to write a file takes as long as to hash it, so it is put off. */
    private final long roomBytes;

    private final AtomicLong takenBytes = new AtomicLong();
    /** The medium bodies in memory, with the files that they have been saved to. */
    private final Map<Payload, Path> medium = new ConcurrentHashMap<>();

    private final List<Path> dropped = new ArrayList<>();
    private @Nullable Path directory;
    private int holds;

    BodyStore() {
        this(Math.min(64L << 20, Runtime.getRuntime().maxMemory() / 8));
    }

    BodyStore(long roomBytes) {
        this.roomBytes = roomBytes;
    }

    private synchronized Path directory() throws IOException {
        if (directory == null) {
            directory = Files.createTempDirectory("pileus-s3-");
        }
        return directory;
    }

    private Path file() throws IOException {
        Path own = directory();
        return own.resolve(own.getFileName() + "-" + next.incrementAndGet());
    }

    // ---- saving and loading -------------------------------------------------------------------------------------

    /** The file that has the body's bytes; a small body has none. What lies in memory only is written now. */
    Optional<Path> fileOf(Payload body) {
        if (body instanceof Payload.InFile file) {
            return Optional.of(file.file());
        }
        return Optional.ofNullable(
                medium.computeIfPresent(body, (b, file) -> file.equals(NO_FILE) ? written(List.of(b)) : file));
    }

    /** The body as it is best sent: from a file the system sends it without copying, and whoever reads it once may read on. */
    Payload toSend(Payload body) {
        if (body instanceof Payload.InMemory && body.size() > SMALL_BYTES_MAX) {
            Optional<Path> file = fileOf(body);
            if (file.isPresent()) {
                return new Payload.InFile(file.get(), 0, body.size());
            }
        }
        return body;
    }

    /** Takes a saved body back, under the name it had; the file given stays where it is. */
    Payload adopt(String name, Path saved, long size) {
        try {
            Path own = directory().resolve(name);
            Files.deleteIfExists(own);
            try {
                Files.createLink(own, saved);
            } catch (IOException | UnsupportedOperationException e) {
                // Another file system, or one without links.
                Files.copy(saved, own, StandardCopyOption.REPLACE_EXISTING);
            }
            return new Payload.InFile(own, 0, size);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** From now on the files of dropped bodies stay, until they are let go as often as they were held. */
    synchronized void holdDropped() {
        holds++;
    }

    synchronized void letDroppedGo() {
        if (holds > 0 && --holds == 0) {
            dropped.forEach(BodyStore::delete);
            dropped.clear();
        }
    }

    private static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    // ---- bodies -------------------------------------------------------------------------------------------------

    /** Takes a request's body over. */
    Payload keep(@Nullable Payload body) {
        if (body == null) {
            return Payload.EMPTY;
        }
        if (body instanceof Payload.InFile file) {
            try {
                if (file.position() != 0 || Files.size(file.file()) != file.size()) {
                    return join(List.of(body));
                }
                Path own = file();
                Files.move(file.file(), own, StandardCopyOption.REPLACE_EXISTING);
                return new Payload.InFile(own, 0, file.size());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        if (body.size() <= SMALL_BYTES_MAX) {
            return body;
        }
        if (!takesRoom(body.size())) {
            return inFile(List.of(body), body.size());
        }
        medium.put(body, NO_FILE);
        return body;
    }

    private boolean takesRoom(long bytes) {
        if (bytes > MEDIUM_BYTES_MAX) {
            return false;
        }
        boolean fits = takenBytes.addAndGet(bytes) <= roomBytes;
        if (!fits) {
            takenBytes.addAndGet(-bytes);
        }
        return fits;
    }

    /** A body of its own that has the bytes of all these. */
    Payload join(List<Payload> bodies) {
        long size = bodies.stream().mapToLong(Payload::size).sum();
        if (size <= SMALL_BYTES_MAX) {
            return inMemory(bodies, (int) size);
        }
        if (!takesRoom(size)) {
            return inFile(bodies, size);
        }
        Payload joined = inMemory(bodies, (int) size);
        medium.put(joined, NO_FILE);
        return joined;
    }

    private static Payload inMemory(List<Payload> bodies, int size) {
        byte[] bytes = new byte[size];
        int at = 0;
        for (Payload body : bodies) {
            byte[] piece = body.bytes();
            System.arraycopy(piece, 0, bytes, at, piece.length);
            at += piece.length;
        }
        return Payload.of(bytes);
    }

    private Payload inFile(List<Payload> bodies, long size) {
        return new Payload.InFile(written(bodies), 0, size);
    }

    private Path written(List<Payload> bodies) {
        try {
            Path own = file();
            try (FileChannel out = FileChannel.open(own, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
                for (Payload body : bodies) {
                    append(body, out);
                }
            } catch (IOException e) {
                Files.deleteIfExists(own);
                throw e;
            }
            return own;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** From file to file the bytes do not pass through the heap. */
    private static void append(Payload body, FileChannel out) throws IOException {
        switch (body) {
            case Payload.InMemory memory -> {
                ByteBuffer bytes = ByteBuffer.wrap(memory.bytes());
                while (bytes.hasRemaining()) {
                    out.write(bytes);
                }
            }
            case Payload.InFile file -> {
                try (FileChannel in = file.channel()) {
                    long done = 0;
                    while (done < file.size()) {
                        long moved = in.transferTo(file.position() + done, file.size() - done, out);
                        if (moved <= 0) {
                            throw new IOException("a body's file is shorter than the body");
                        }
                        done += moved;
                    }
                }
            }
        }
    }

    /** A region of a body, without copying where it lies in a file. */
    static Payload slice(Payload body, long from, long size) {
        if (from == 0 && size == body.size()) {
            return body;
        }
        return switch (body) {
            case Payload.InMemory memory ->
                Payload.of(Arrays.copyOfRange(memory.bytes(), (int) from, (int) (from + size)));
            case Payload.InFile file -> new Payload.InFile(file.file(), file.position() + from, size);
        };
    }

    /** The body, held open so that it can be read whatever becomes of its object; empty when it is gone already. */
    static Optional<Payload> hold(Payload body) {
        if (!(body instanceof Payload.InFile file)) {
            return Optional.of(body);
        }
        try {
            return Optional.of(file.withOpened());
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Forgets a body that no version has any more. */
    void drop(@Nullable Payload body) {
        switch (body) {
            case Payload.InFile file -> drop(file.file());
            case Payload.InMemory memory -> {
                Path file = medium.remove(memory);
                if (file == null) {
                    return;
                }
                takenBytes.addAndGet(-memory.size());
                if (!file.equals(NO_FILE)) {
                    drop(file);
                }
            }
            case null -> {}
        }
    }

    private void drop(Path file) {
        synchronized (this) {
            if (holds > 0) {
                dropped.add(file);
                return;
            }
        }
        delete(file);
    }

    @Override
    public synchronized void close() {
        medium.clear();
        Path gone = directory;
        if (gone == null) {
            return;
        }
        directory = null;
        dropped.clear();
        try (var files = Files.list(gone)) {
            for (Path file : files.toList()) {
                Files.deleteIfExists(file);
            }
            Files.deleteIfExists(gone);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
