package io.pileus.core.time;

import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * How much work is under way that time must wait for: what runs on the worker pool, a delivery over HTTP, a function's
 * invocation. Requests that merely wait for time to pass (long polls) do not count. Safe for concurrent use.
 */
public final class Activity {
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition idle = lock.newCondition();
    private long inFlight;
    private long ended;

    /** A piece of work begins; {@link #end} must follow. */
    public void begin() {
        lock.lock();
        try {
            inFlight++;
        } finally {
            lock.unlock();
        }
    }

    public void end() {
        lock.lock();
        try {
            ended++;
            if (--inFlight == 0) {
                idle.signalAll();
            }
        } finally {
            lock.unlock();
        }
    }

    /** How many pieces of work have ended since the start. */
    public long ended() {
        lock.lock();
        try {
            return ended;
        } finally {
            lock.unlock();
        }
    }

    public long inFlight() {
        lock.lock();
        try {
            return inFlight;
        } finally {
            lock.unlock();
        }
    }

    /** Waits until nothing is in flight, at most the given (real) time; answers whether it came to that. */
    public boolean awaitIdle(Duration atMost) {
        lock.lock();
        try {
            long left = atMost.toNanos();
            while (inFlight > 0) {
                if (left <= 0) {
                    return false;
                }
                left = idle.awaitNanos(left);
            }
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } finally {
            lock.unlock();
        }
    }

    /** An executor whose tasks count from the moment they are handed over until they have run. */
    public Executor counting(Executor executor) {
        return task -> {
            begin();
            boolean handedOver = false;
            try {
                executor.execute(() -> {
                    try {
                        task.run();
                    } finally {
                        end();
                    }
                });
                handedOver = true;
            } finally {
                if (!handedOver) {
                    end();
                }
            }
        };
    }
}
