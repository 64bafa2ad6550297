package io.pileus.core.time;

import java.time.Instant;

/**
 * Everything that happens later. A task runs once the clock has reached its instant, on a thread that it must not
 * block; in manual mode {@code advance} runs due tasks in the order of their instants (and of their registration).
 * State never depends on a timer having run: it is a function of {@code now}; a timer only wakes someone.
 */
public interface Timers {

    /** Runs the task when the clock reaches the instant; at once (but not on this thread's stack) if it already has. */
    Timer at(Instant due, Runnable task);

    /** A registered task. */
    interface Timer {
        /** Takes the task back; does nothing when it has run. */
        void cancel();
    }
}
