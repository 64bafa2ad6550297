package io.pileus.lambda.mapping;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs what is posted on the worker pool, one task at a time and in order, so that what only its tasks touch needs no lock.
 * Safe for concurrent use; posting never blocks, and never runs the task on the stack of another one.
 */
final class Mailbox {
    private static final Logger log = LoggerFactory.getLogger(Mailbox.class);

    private final Executor workers;
    private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
    private final AtomicInteger waiting = new AtomicInteger();

    Mailbox(Executor workers) {
        this.workers = workers;
    }

    void post(Runnable task) {
        tasks.add(task);
        if (waiting.getAndIncrement() > 0) {
            return;
        }
        try {
            workers.execute(this::runAll);
        } catch (RejectedExecutionException e) {
            // the server is going down, and its mappings with it
            waiting.set(0);
            tasks.clear();
        }
    }

    private void runAll() {
        do {
            Runnable task = tasks.poll();
            try {
                if (task != null) {
                    task.run();
                }
            } catch (RuntimeException e) {
                log.error("a step of an event source mapping failed", e);
            }
        } while (waiting.decrementAndGet() > 0);
    }
}
