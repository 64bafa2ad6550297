package io.pileus.core.http.netty;

import io.netty.channel.EventLoopGroup;
import io.netty.util.concurrent.EventExecutor;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds handlers that block: it asks every event loop to answer within a time, and notes what a loop was doing that did
 * not. For tests and for hunting; a server does without it.
 */
final class EventLoopWatch implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(EventLoopWatch.class);
    private static final int REPORTS_MAX = 100;
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "pileus-loop-watch");
        thread.setDaemon(true);
        return thread;
    });
    private final Duration patience;
    private final List<Probe> probes = new ArrayList<>();
    private final List<String> reports = new CopyOnWriteArrayList<>();

    EventLoopWatch(EventLoopGroup loops, Duration patience) {
        this.patience = patience;
        for (EventExecutor loop : loops) {
            probes.add(new Probe(loop));
        }
        timer.scheduleAtFixedRate(this::lookRound, 0, patience.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** What blocked loops were doing, one text each. */
    List<String> reports() {
        return List.copyOf(reports);
    }

    private void lookRound() {
        probes.forEach(this::look);
    }

    private void look(Probe probe) {
        Thread thread = probe.thread;
        if (!probe.answered && thread != null) {
            StackTraceElement[] frames = thread.getStackTrace();
            if (isStarved(probe, thread, frames)) {
                return;
            }
            StringBuilder text = new StringBuilder(thread.getName()).append(" is blocked");
            for (StackTraceElement frame : frames) {
                text.append("\n\tat ").append(frame);
            }
            if (reports.size() < REPORTS_MAX) {
                reports.add(text.toString());
            }
            LOG.warn("http.eventLoopBlocked {}", text);
            return;
        }
        probe.answered = false;
        probe.cpuNanos = thread == null ? 0 : THREADS.getThreadCpuTime(thread.threadId());
        try {
            probe.loop.execute(probe);
        } catch (RejectedExecutionException e) {
            // The loop has ended.
            probe.answered = true;
        }
    }

    /** Whether the loop does not block but gets no processor: it is in the midst of Java code, and hardly ran since it was asked. */
    private boolean isStarved(Probe probe, Thread thread, StackTraceElement[] frames) {
        long ranNanos = THREADS.getThreadCpuTime(thread.threadId()) - probe.cpuNanos;
        return thread.getState() == Thread.State.RUNNABLE
                && frames.length > 0
                && !frames[0].isNativeMethod()
                && ranNanos < patience.toNanos() / 2;
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }

    private static final class Probe implements Runnable {
        private final EventExecutor loop;
        private volatile @Nullable Thread thread;
        private volatile boolean answered = true;

        /** What the loop's thread had run when it was asked; of the watch's own thread. */
        private long cpuNanos;

        Probe(EventExecutor loop) {
            this.loop = loop;
        }

        @Override
        public void run() {
            thread = Thread.currentThread();
            answered = true;
        }
    }
}
