package io.pileus.junit5;

import io.pileus.core.time.EmulatedTime;
import java.time.Duration;
import java.time.Instant;

/** The emulator's clock, as a test sees and moves it. */
public final class PileusClock {
    private final EmulatedTime time;
    private final ClockMode mode;

    PileusClock(EmulatedTime time, ClockMode mode) {
        this.time = time;
        this.mode = mode;
    }

    public Instant now() {
        return time.instant();
    }

    /**
     * Moves time forward: what falls due on the way has happened when this returns.
     *
     * @throws IllegalArgumentException if the duration is negative
     * @throws IllegalStateException if the clock is not {@link ClockMode#MANUAL} (other classes share it then), or if work
     *     that time set off did not end within some real seconds
     */
    public void advance(Duration by) {
        if (mode != ClockMode.MANUAL) {
            throw new IllegalStateException("other test classes share this clock; ask for clock = MANUAL to move it");
        }
        if (!time.advance(by)) {
            throw new IllegalStateException("what fell due by " + time.instant() + " is still under way");
        }
    }
}
