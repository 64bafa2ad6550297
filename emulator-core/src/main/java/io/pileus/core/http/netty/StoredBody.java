package io.pileus.core.http.netty;

import io.netty.buffer.ByteBuf;
import io.pileus.core.http.Payload;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A body being stored: in memory up to a limit, beyond it in a file. The file belongs to whoever takes the payload. */
final class StoredBody implements BodySink {
    private static final Logger LOG = LoggerFactory.getLogger(StoredBody.class);
    private static final int ANNOUNCED_BYTES_MAX = 64 << 10;
    private static final int FIRST_BLOCK_BYTES = 4 << 10;

    /** Who has sent so much of what was announced gets room for so many times as much at once. */
    private static final int TRUST = 16;

    private final long bytesMax;
    private final int inMemoryBytesMax;
    private final SpoolDirectory spool;
    private final int expectedInMemory;
    private final boolean goesToFile;
    private byte[] memory;
    private int inMemory;
    private long size;
    private @Nullable Path file;
    private @Nullable FileChannel channel;
    private boolean taken;

    /**
     * @param expectedBytes what the client announced, so that an honest one costs little copying; a liar gains little memory
     */
    StoredBody(long bytesMax, int inMemoryBytesMax, long expectedBytes, SpoolDirectory spool) {
        this.bytesMax = bytesMax;
        this.inMemoryBytesMax = inMemoryBytesMax;
        this.spool = spool;
        this.goesToFile = expectedBytes > inMemoryBytesMax;
        this.expectedInMemory = goesToFile ? 0 : (int) expectedBytes;
        this.memory = new byte[Math.min(expectedInMemory, ANNOUNCED_BYTES_MAX)];
    }

    @Override
    public void accept(ByteBuf piece) throws RejectedException {
        int count = piece.readableBytes();
        if (size + count > bytesMax) {
            throw new RejectedException(Rejection.bodyTooLarge(bytesMax));
        }
        size += count;
        if (channel == null && size <= inMemoryBytesMax && !goesToFile) {
            keep(piece, count);
            return;
        }
        try {
            spill(piece);
        } catch (IOException e) {
            LOG.warn("http.bodyNotStored bytes={} reason={}", size, e.toString());
            throw new RejectedException(Rejection.internal());
        }
    }

    private void keep(ByteBuf piece, int count) {
        if (inMemory + count > memory.length) {
            int needed = inMemory + count;
            int wanted = expectedInMemory >= needed && expectedInMemory <= (long) TRUST * needed
                    ? expectedInMemory
                    : Math.max(needed, Math.max(FIRST_BLOCK_BYTES, 2 * memory.length));
            memory = Arrays.copyOf(memory, Math.min(wanted, inMemoryBytesMax));
        }
        piece.readBytes(memory, inMemory, count);
        inMemory += count;
    }

    private void spill(ByteBuf piece) throws IOException {
        if (channel == null) {
            file = spool.newFile();
            channel = FileChannel.open(file, StandardOpenOption.WRITE);
            ByteBuffer first = ByteBuffer.wrap(memory, 0, inMemory);
            while (first.hasRemaining()) {
                channel.write(first);
            }
            memory = new byte[0];
            inMemory = 0;
        }
        while (piece.isReadable()) {
            piece.readBytes(channel, piece.readableBytes());
        }
    }

    @Override
    public void end() {
        close();
    }

    /** The whole body; from now on its file is the caller's to delete. */
    Payload take() {
        taken = true;
        if (file != null) {
            return new Payload.InFile(file, 0, size);
        }
        byte[] bytes = memory.length == inMemory ? memory : Arrays.copyOf(memory, inMemory);
        return Payload.of(bytes);
    }

    long size() {
        return size;
    }

    @Override
    public void release() {
        close();
        memory = new byte[0];
        if (file != null && !taken) {
            SpoolDirectory.delete(file);
        }
    }

    private void close() {
        if (channel == null) {
            return;
        }
        try {
            channel.close();
        } catch (IOException e) {
            LOG.warn("http.bodyNotClosed file={} reason={}", file, e.toString());
        }
    }
}
