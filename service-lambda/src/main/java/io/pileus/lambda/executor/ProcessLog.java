package io.pileus.lambda.executor;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;

/**
 * What a process writes: read while it runs, so that it never waits for a full pipe, and only the end is kept, so that it
 * cannot fill memory or disk. Between invocations nothing is read; Lambda freezes its environments then.
 *
 * <p>Only what is there is read: a process's child may hold the pipe open for longer than anybody wants to wait.
 */
final class ProcessLog {
    /** The end of an invocation's output that is kept. */
    static final int BYTES_MAX = 64 * 1024;

    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(5);

    private static final int LAST_LOOKS = 10;
    private static final long LAST_PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(2);

    private final InputStream output;
    private final ReentrantLock lock = new ReentrantLock();
    private final byte[] buffer = new byte[16 * 1024];
    private ByteArrayOutputStream written = new ByteArrayOutputStream();
    private boolean cut;
    private volatile boolean following;

    ProcessLog(InputStream output) {
        this.output = output;
    }

    /** Reads until {@link #take}; on a thread of its own. */
    void follow() {
        following = true;
        while (following) {
            drain();
            LockSupport.parkNanos(PAUSE_NANOS);
        }
    }

    /** What was written since the last time: all that the process had written before the call. */
    String take() {
        following = false;
        lock.lock();
        try {
            drain();
            byte[] all = written.toByteArray();
            written = new ByteArrayOutputStream();
            int from = Math.max(0, all.length - BYTES_MAX);
            String text = new String(all, from, all.length - from, StandardCharsets.UTF_8);
            String result = cut || from > 0 ? "[the beginning was cut off]\n" + text : text;
            cut = false;
            return result;
        } finally {
            lock.unlock();
        }
    }

    /**
     * The rest, once the process has ended: the virtual machine moves what is left in its pipe elsewhere, at its leisure,
     * and meanwhile nothing seems to be there.
     */
    String takeLast() {
        for (int i = 0; i < LAST_LOOKS; i++) {
            drain();
            LockSupport.parkNanos(LAST_PAUSE_NANOS);
        }
        return take();
    }

    /** Keeps what is there, for {@link #take}. */
    void drain() {
        lock.lock();
        try {
            // as much as fits a few pipes: a process that writes without end must not hold the lock without end
            for (int rounds = 0; rounds < 64 && output.available() > 0; rounds++) {
                int count = output.read(buffer, 0, Math.min(buffer.length, output.available()));
                if (count < 0) {
                    return;
                }
                written.write(buffer, 0, count);
                if (written.size() > 4 * BYTES_MAX) {
                    keepTheEnd();
                }
            }
        } catch (IOException e) {
            // the process has ended and its pipe is closed
            following = false;
        } finally {
            lock.unlock();
        }
    }

    private void keepTheEnd() {
        byte[] all = written.toByteArray();
        written = new ByteArrayOutputStream();
        written.write(all, all.length - BYTES_MAX, BYTES_MAX);
        cut = true;
    }
}
