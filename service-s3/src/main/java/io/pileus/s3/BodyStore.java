package io.pileus.s3;

import io.pileus.core.http.Payload;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** Where bodies lie: small ones in memory, large ones in numbered files of a private directory. Keys never become paths. */
final class BodyStore implements AutoCloseable {
    private static final long MEMORY_BYTES_MAX = 4L << 20;

    private final AtomicLong next = new AtomicLong();
    private @Nullable Path directory;

    private synchronized Path file() throws IOException {
        if (directory == null) {
            directory = Files.createTempDirectory("pileus-s3-");
        }
        return directory.resolve(Long.toString(next.incrementAndGet()));
    }

    /** Takes a request's body over. */
    Payload keep(@Nullable Payload body) {
        if (body == null) {
            return Payload.EMPTY;
        }
        if (body instanceof Payload.InFile file) {
            try {
                Path own = file();
                if (file.position() == 0 && Files.size(file.file()) == file.size()) {
                    Files.move(file.file(), own, StandardCopyOption.REPLACE_EXISTING);
                } else {
                    copyTo(own, List.of(body));
                }
                return new Payload.InFile(own, 0, file.size());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return body;
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
            copyTo(own, bodies);
            return new Payload.InFile(own, 0, size);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void copyTo(Path file, List<Payload> bodies) throws IOException {
        try (OutputStream out = Files.newOutputStream(file)) {
            for (Payload body : bodies) {
                try (InputStream in = body.open()) {
                    in.transferTo(out);
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

    /** Forgets a body that no version has any more. */
    void drop(@Nullable Payload body) {
        if (body instanceof Payload.InFile file) {
            try {
                Files.deleteIfExists(file.file());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    @Override
    public synchronized void close() {
        Path gone = directory;
        if (gone == null) {
            return;
        }
        directory = null;
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
