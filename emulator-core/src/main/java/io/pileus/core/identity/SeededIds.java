package io.pileus.core.identity;

import java.util.concurrent.atomic.AtomicLong;

/**
 * Ids that are the same in each run with the same seed, as long as they are asked for in the same order. The bits come
 * from SplitMix64 (Steele, Lea and Flood, <i>Fast splittable pseudorandom number generators</i>, OOPSLA 2014), whose state
 * is one counter, so that no thread waits for another. Not for secrets.
 */
public final class SeededIds extends RandomIds {
    private static final long GOLDEN_GAMMA = 0x9e3779b97f4a7c15L;

    private final AtomicLong state;

    public SeededIds(long seed) {
        this.state = new AtomicLong(seed);
    }

    @Override
    long next() {
        long z = state.addAndGet(GOLDEN_GAMMA);
        z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
        z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
        return z ^ (z >>> 31);
    }
}
