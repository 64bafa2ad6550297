package io.pileus.core.http;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * The body of a message: in memory when it is small, a region of a file when it is large, so that no large body ever
 * passes whole through the heap.
 */
public sealed interface Payload {

    Payload EMPTY = new InMemory(new byte[0]);

    static Payload of(byte[] bytes) {
        return bytes.length == 0 ? EMPTY : new InMemory(bytes);
    }

    static Payload ofUtf8(String text) {
        return of(text.getBytes(StandardCharsets.UTF_8));
    }

    /** The size in bytes. */
    long size();

    /** A fresh stream over the bytes, from the beginning. */
    InputStream open() throws IOException;

    /** All bytes at once; only for bodies known to be small. */
    byte[] bytes();

    /** A body in memory. */
    record InMemory(byte[] bytes) implements Payload {
        @Override
        public long size() {
            return bytes.length;
        }

        @Override
        public InputStream open() {
            return new ByteArrayInputStream(bytes);
        }

        @Override
        public String toString() {
            return "InMemory[" + bytes.length + " bytes]";
        }
    }

    /**
     * A region of a file. A request's temporary file is deleted when the request has been answered, unless the service
     * has moved it elsewhere before.
     *
     * @param opened the file, opened already, so that it can be read even when it is deleted meanwhile; whoever sends the
     *     payload closes it. Null when it is opened when it is read
     */
    record InFile(
            Path file, long position, long size, @Nullable FileChannel opened) implements Payload {
        public InFile(Path file, long position, long size) {
            this(file, position, size, null);
        }

        /** The same region of the file, opened now. */
        public InFile withOpened() throws IOException {
            return new InFile(file, position, size, FileChannel.open(file));
        }

        /** The file to read from, at positions of the reader's own; the reader closes it. */
        public FileChannel channel() throws IOException {
            return opened != null ? opened : FileChannel.open(file);
        }

        @Override
        public InputStream open() throws IOException {
            FileChannel channel = channel();
            channel.position(position);
            return new BoundedStream(Channels.newInputStream(channel), size);
        }

        @Override
        public byte[] bytes() {
            try (InputStream in = open()) {
                return in.readAllBytes();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        /** The whole file as a payload. */
        public static InFile whole(Path file) throws IOException {
            return new InFile(file, 0, Files.size(file));
        }
    }
}
