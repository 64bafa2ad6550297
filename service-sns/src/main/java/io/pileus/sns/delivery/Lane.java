package io.pileus.sns.delivery;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * Runs what is put on it one after the other, each when the one before has completed, on whichever thread completes it.
 * Keeps a FIFO topic's messages in order per subscriber without holding a thread.
 */
public final class Lane {
    private final ReentrantLock lock = new ReentrantLock();
    private final Deque<Runnable> waiting = new ArrayDeque<>();
    private boolean busy;

    /** Puts work on the lane, to be started by {@link #drain}; the stage completes with the work's result. */
    public <T> CompletionStage<T> put(Supplier<CompletionStage<T>> work) {
        CompletableFuture<T> result = new CompletableFuture<>();
        lock.lock();
        try {
            waiting.add(() -> start(work).whenComplete((value, failure) -> {
                finished();
                if (failure != null) {
                    result.completeExceptionally(failure);
                } else {
                    result.complete(value);
                }
            }));
        } finally {
            lock.unlock();
        }
        return result;
    }

    /** Work that throws has failed; it must not stop the lane. */
    private static <T> CompletionStage<T> start(Supplier<CompletionStage<T>> work) {
        try {
            return work.get();
        } catch (RuntimeException e) {
            return CompletableFuture.failedStage(e);
        }
    }

    private void finished() {
        lock.lock();
        try {
            busy = false;
        } finally {
            lock.unlock();
        }
        drain();
    }

    /** Starts what is next, unless something is under way. Call it outside every lock. */
    public void drain() {
        Runnable next;
        lock.lock();
        try {
            next = busy ? null : waiting.poll();
            busy |= next != null;
        } finally {
            lock.unlock();
        }
        if (next != null) {
            next.run();
        }
    }
}
