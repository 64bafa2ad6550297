package io.pileus.core.time;

import java.time.Instant;
import java.time.InstantSource;

/** The emulator's time: real, scaled or set by hand. Nothing else in the emulator may ask what time it is. */
public interface EmulatorClock extends InstantSource {

    @Override
    Instant instant();

    /**
     * A count of nanoseconds that only grows, for measuring how long something really took (latencies in logs); never
     * for behaviour.
     */
    long nanoTime();
}
