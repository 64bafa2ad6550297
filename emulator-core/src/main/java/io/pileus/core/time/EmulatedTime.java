package io.pileus.core.time;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The emulator's clock and its timers. Time goes in one of three {@linkplain Mode modes}, which may be changed at any
 * moment, and can be moved forward in each of them:
 *
 * <pre>
 *   REAL   --scale(n)--&gt; SCALED      time goes on by itself; due tasks run on one thread
 *   either --freeze()--&gt; MANUAL      time stands still until advance or setTo
 *   any    --run()-----&gt; REAL        goes on at the machine's pace, from the instant it has
 * </pre>
 *
 * {@link #advance} runs everything that falls due on the way, each task at its own instant, and returns once everything is
 * at rest. Tasks run one at a time, wherever they run. Safe for concurrent use.
 */
public final class EmulatedTime implements EmulatorClock, Timers, AutoCloseable {

    /** How time goes. */
    public enum Mode {
        REAL,
        SCALED,
        MANUAL
    }

    /** The fastest that time may go. */
    public static final double MAX_SCALE = 1_000_000;

    /** How long (really) an advance waits for work in flight to end before it moves time on. */
    private static final Duration SETTLE_AT_MOST = Duration.ofSeconds(10);

    /** The machine's clock may be set, or sleep; so nobody waits longer than this without a look at it. */
    private static final long LOOK_AGAIN_NANOS = TimeUnit.SECONDS.toNanos(1);

    private static final Logger log = LoggerFactory.getLogger(EmulatedTime.class);

    /** Held while a task runs or the time is moved, so that tasks run one at a time. Taken before {@link #lock}. */
    private final ReentrantLock turn = new ReentrantLock();

    /** Guards the heap and the thread. */
    private final ReentrantLock lock = new ReentrantLock();

    private final Condition changed = lock.newCondition();
    private final TimerHeap heap = new TimerHeap();
    private final Activity activity;
    private final AtomicLong tasksRun = new AtomicLong();
    private final boolean threaded;
    private volatile Pace pace;
    private volatile boolean advancing;
    private @Nullable Thread thread;
    private long sequence;
    private boolean closed;

    private EmulatedTime(Pace pace, Activity activity, boolean threaded) {
        this.pace = pace;
        this.activity = activity;
        this.threaded = threaded;
    }

    /** Time that follows the machine's clock. */
    public static EmulatedTime real(Activity activity) {
        return new EmulatedTime(new Pace.Real(Clock.systemUTC(), Duration.ZERO), activity, true);
    }

    /** Time that starts at an instant and stands still there; tasks that are due at once still run by themselves. */
    public static EmulatedTime manual(Instant start, Activity activity) {
        return new EmulatedTime(new Pace.Still(start), activity, true);
    }

    /**
     * Time for tests of state machines: manual, and without a thread, so that tasks, even those due at once, run only
     * inside {@link #advance} and {@link #settle}, on the caller's thread.
     */
    public static EmulatedTime byHand(Instant start, Activity activity) {
        return new EmulatedTime(new Pace.Still(start), activity, false);
    }

    @Override
    public Instant instant() {
        return pace.now();
    }

    @Override
    public long nanoTime() {
        return System.nanoTime();
    }

    public Mode mode() {
        return pace.mode();
    }

    /** Emulated seconds for each real one: 1 in real mode, 0 in manual mode. */
    public double scale() {
        return pace.factor();
    }

    /** How far real time is ahead of the machine's, because someone moved it; zero in the other modes. */
    public Duration ahead() {
        return pace.ahead();
    }

    /** How many tasks have run since the start. */
    public long tasksRun() {
        return tasksRun.get();
    }

    /** How many tasks are registered and have not run. */
    public int pending() {
        lock.lock();
        try {
            return heap.size();
        } finally {
            lock.unlock();
        }
    }

    /** The instant of the next task, or null when there is none. */
    public @Nullable Instant nextDue() {
        lock.lock();
        try {
            TimerHeap.Entry first = heap.first();
            return first == null ? null : first.due;
        } finally {
            lock.unlock();
        }
    }

    // ---- changing the mode --------------------------------------------------------------------------------------

    /** Lets time stand still where it is. */
    public void freeze() {
        change(() -> pace = new Pace.Still(pace.now()));
    }

    /** Lets time go on at the machine's pace from the instant it has. */
    public void run() {
        change(() -> pace = Pace.Real.startingAt(pace.now()));
    }

    /**
     * Lets time go on by a factor faster (or slower) than the machine's clock.
     *
     * @param factor more than 0, at most {@link #MAX_SCALE}
     */
    public void scale(double factor) {
        if (!(factor > 0 && factor <= MAX_SCALE)) {
            throw new IllegalArgumentException("a scale lies above 0 and is at most " + MAX_SCALE + ": " + factor);
        }
        change(() -> pace = Pace.Scaled.startingAt(pace.now(), factor));
    }

    private void change(Runnable change) {
        takeTurn();
        try {
            change.run();
            wakeThread();
        } finally {
            turn.unlock();
        }
    }

    // ---- moving the time ----------------------------------------------------------------------------------------

    /**
     * Moves time forward and runs everything that falls due on the way, in the order of instants and of registration,
     * each at its own instant; what the tasks set off is waited for before time moves on.
     *
     * @return whether everything came to rest; false when work in flight took too long, which is logged
     */
    public boolean advance(Duration by) {
        if (by.isNegative()) {
            throw new IllegalArgumentException("time advances forward only: " + by);
        }
        takeTurn();
        try {
            return moveTo(pace.now().plus(by));
        } finally {
            turn.unlock();
        }
    }

    /** Runs what is due now and waits for what is in flight; time does not move in manual mode. */
    public boolean settle() {
        return advance(Duration.ZERO);
    }

    /**
     * Sets the time: forward it is an {@link #advance}, backward nothing runs, and what was registered waits the longer.
     */
    public boolean setTo(Instant instant) {
        takeTurn();
        try {
            if (instant.isBefore(pace.now())) {
                pace = pace.from(instant);
                wakeThread();
                return true;
            }
            return moveTo(instant);
        } finally {
            turn.unlock();
        }
    }

    private void takeTurn() {
        if (turn.isHeldByCurrentThread()) {
            throw new IllegalStateException("a timer's task must not move the time");
        }
        turn.lock();
    }

    private boolean moveTo(Instant target) {
        Pace before = pace;
        advancing = true;
        try {
            pace = new Pace.Still(before.now());
            boolean atRest = true;
            while (true) {
                atRest &= awaitRest();
                TimerHeap.Entry next = pollDue(target);
                if (next == null) {
                    break;
                }
                if (next.due.isAfter(pace.now())) {
                    pace = new Pace.Still(next.due);
                }
                runTask(next.task);
            }
            if (target.isAfter(pace.now())) {
                pace = new Pace.Still(target);
            }
            return atRest;
        } finally {
            pace = before.from(pace.now());
            advancing = false;
            wakeThread();
        }
    }

    private boolean awaitRest() {
        if (activity.awaitIdle(SETTLE_AT_MOST)) {
            return true;
        }
        log.warn("time moves on although {} pieces of work are still in flight", activity.inFlight());
        return false;
    }

    private TimerHeap.@Nullable Entry pollDue(Instant latest) {
        lock.lock();
        try {
            TimerHeap.Entry first = heap.first();
            if (first == null || first.due.isAfter(latest)) {
                return null;
            }
            heap.remove(first);
            return first;
        } finally {
            lock.unlock();
        }
    }

    private void runTask(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException | Error e) {
            log.error("a timer's task failed", e);
        } finally {
            tasksRun.incrementAndGet();
        }
    }

    // ---- timers -------------------------------------------------------------------------------------------------

    @Override
    public Timer at(Instant due, Runnable task) {
        lock.lock();
        try {
            TimerHeap.Entry entry = new TimerHeap.Entry(due, sequence++, task);
            if (closed) {
                return () -> {};
            }
            heap.add(entry);
            if (threaded) {
                if (thread == null) {
                    thread = startThread();
                } else if (heap.first() == entry) {
                    changed.signal();
                }
            }
            return new Registered(this, entry);
        } finally {
            lock.unlock();
        }
    }

    private record Registered(EmulatedTime time, TimerHeap.Entry entry) implements Timer {
        @Override
        public void cancel() {
            time.lock.lock();
            try {
                time.heap.remove(entry);
            } finally {
                time.lock.unlock();
            }
        }
    }

    private Thread startThread() {
        Thread timers = new Thread(this::runDueTasks, "pileus-timers");
        timers.setDaemon(true);
        timers.start();
        return timers;
    }

    private void wakeThread() {
        lock.lock();
        try {
            changed.signal();
        } finally {
            lock.unlock();
        }
    }

    private void runDueTasks() {
        while (awaitDue()) {
            turn.lock();
            try {
                TimerHeap.Entry next = pollDue(pace.now());
                if (next != null) {
                    runTask(next.task);
                }
            } finally {
                turn.unlock();
            }
        }
    }

    /** Waits until a task is due; false when the timers are closed. */
    private boolean awaitDue() {
        lock.lock();
        try {
            while (!closed) {
                TimerHeap.Entry first = heap.first();
                Pace now = pace;
                if (first == null || advancing) {
                    changed.await();
                    continue;
                }
                Duration left = Duration.between(now.now(), first.due);
                if (left.isNegative() || left.isZero()) {
                    return true;
                }
                if (now.factor() == 0) {
                    changed.await();
                } else {
                    double nanos = (left.getSeconds() * 1e9 + left.getNano()) / now.factor();
                    changed.awaitNanos((long) Math.min(LOOK_AGAIN_NANOS, Math.max(1, nanos)));
                }
            }
            return false;
        } catch (InterruptedException e) {
            return false;
        } finally {
            lock.unlock();
        }
    }

    /** Ends the thread: no task runs by itself any more, and later registrations do nothing. */
    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
