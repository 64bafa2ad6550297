package io.pileus.core.identity;

import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;

/**
 * Ids that nobody can guess. The machine's randomness is drawn in blocks, because a draw costs about the same whether it
 * is for 16 bytes or for thousands. Every request needs some: there are a few blocks, so that threads seldom meet at one.
 */
public final class SecureIds extends RandomIds {
    private static final int BLOCK_BYTES = 4096;
    private static final int BLOCKS = 8;

    private final SecureRandom random = new SecureRandom();
    private final Block[] blocks = Stream.generate(Block::new).limit(BLOCKS).toArray(Block[]::new);

    @Override
    long next() {
        return blocks[(int) (Thread.currentThread().threadId() % BLOCKS)].next();
    }

    private final class Block {
        private final ReentrantLock lock = new ReentrantLock();
        private final byte[] bytes = new byte[BLOCK_BYTES];

        /** What is left of the block. */
        private final ByteBuffer left = ByteBuffer.wrap(bytes).limit(0);

        long next() {
            lock.lock();
            try {
                if (!left.hasRemaining()) {
                    random.nextBytes(bytes);
                    left.clear();
                }
                return left.getLong();
            } finally {
                lock.unlock();
            }
        }
    }
}
