package io.pileus.stepfunctions.asl;

import java.util.List;
import java.util.Optional;

/**
 * When and how often a failed state is tried again.
 *
 * @param intervalSeconds the wait before the first retry
 * @param maxAttempts how many retries; 0 for none
 * @param backoffRate what the wait is multiplied with after each retry
 * @param maxDelaySeconds what the wait does not grow past
 * @param fullJitter whether the wait is drawn from between 0 and itself
 */
public record Retrier(
        List<String> errorEquals,
        long intervalSeconds,
        long maxAttempts,
        double backoffRate,
        Optional<Long> maxDelaySeconds,
        boolean fullJitter) {
    public static final long DEFAULT_INTERVAL_SECONDS = 1;
    public static final long DEFAULT_MAX_ATTEMPTS = 3;
    public static final double DEFAULT_BACKOFF_RATE = 2.0;

    public Retrier {
        errorEquals = List.copyOf(errorEquals);
    }

    /** The wait before a retry, before jitter; the first has number 0. */
    public double delaySeconds(int retry) {
        double delay = intervalSeconds * Math.pow(backoffRate, retry);
        return maxDelaySeconds.isPresent() ? Math.min(delay, maxDelaySeconds.get()) : delay;
    }
}
