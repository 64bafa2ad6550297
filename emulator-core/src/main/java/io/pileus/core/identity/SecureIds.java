package io.pileus.core.identity;

import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Ids that nobody can guess. The machine's randomness is drawn in blocks, because a draw costs about the same whether it
 * is for 16 bytes or for thousands.
 */
public final class SecureIds extends RandomIds {
    private static final int BLOCK_BYTES = 4096;

    private final ReentrantLock lock = new ReentrantLock();
    private final SecureRandom random = new SecureRandom();
    private final byte[] bytes = new byte[BLOCK_BYTES];

    /** What is left of the block. */
    private final ByteBuffer block = ByteBuffer.wrap(bytes).limit(0);

    @Override
    long next() {
        lock.lock();
        try {
            if (!block.hasRemaining()) {
                random.nextBytes(bytes);
                block.clear();
            }
            return block.getLong();
        } finally {
            lock.unlock();
        }
    }
}
