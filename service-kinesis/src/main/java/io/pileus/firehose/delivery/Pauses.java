package io.pileus.firehose.delivery;

import java.time.Duration;

/** How long to wait before an attempt is repeated: 5 s, 10 s, 20 s … up to 2 minutes. AWS does not publish its own pauses. */
final class Pauses {
    private static final Duration FIRST = Duration.ofSeconds(5);
    private static final Duration LONGEST = Duration.ofMinutes(2);

    private Pauses() {}

    /** @param attempt how many attempts there have been, from 1 */
    static Duration after(int attempt) {
        Duration pause = FIRST.multipliedBy(1L << Math.min(10, attempt - 1));
        return pause.compareTo(LONGEST) > 0 ? LONGEST : pause;
    }
}
