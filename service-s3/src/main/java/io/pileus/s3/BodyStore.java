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
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Where bodies lie: small ones in memory, large ones in files of a private directory. Keys never become paths. A file's name
 * is that of the first directory it was in and a number: no two bodies ever have the same, not even those of other
 * processes, so that a saved state can tell bodies by their files' names.
 */
final class BodyStore implements AutoCloseable {
    /** Beyond this a body is sent from its file without copying, and many of them do not fill the heap. */
    private static final long MEMORY_BYTES_MAX = 256L << 10;

    private final AtomicLong next = new AtomicLong();
    private final List<Path> dropped = new ArrayList<>();
    private @Nullable Path directory;
    private int holds;

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

    /** The name of a body's file. */
    static String nameOf(Payload.InFile body) {
        return body.file().getFileName().toString();
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
        return body.size() > MEMORY_BYTES_MAX ? join(List.of(body)) : body;
    }

    /** A body of its own that has the bytes of all these. */
    Payload join(List<Payload> bodies) {
        long size = bodies.stream().mapToLong(Payload::size).sum();
        try {
            if (size <= MEMORY_BYTES_MAX) {
                byte[] bytes = new byte[(int) size];
                int at = 0;
                for (Payload body : bodies) {
                    byte[] piece = body.bytes();
                    System.arraycopy(piece, 0, bytes, at, piece.length);
                    at += piece.length;
                }
                return Payload.of(bytes);
            }
            Path own = file();
            try (FileChannel out = FileChannel.open(own, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
                for (Payload body : bodies) {
                    append(body, out);
                }
            } catch (IOException e) {
                Files.deleteIfExists(own);
                throw e;
            }
            return new Payload.InFile(own, 0, size);
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
        if (!(body instanceof Payload.InFile file)) {
            return;
        }
        synchronized (this) {
            if (holds > 0) {
                dropped.add(file.file());
                return;
            }
        }
        delete(file.file());
    }

    @Override
    public synchronized void close() {
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
