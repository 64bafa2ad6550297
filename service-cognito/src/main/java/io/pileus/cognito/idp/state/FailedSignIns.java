package io.pileus.cognito.idp.state;

import java.time.Duration;
import java.time.Instant;

/**
 * Wrong passwords in a row, and the lockout they cause: after the fifth, the user is locked for a second, twice as long
 * after each further one, at most 15 minutes. Attempts during a lockout do not count; a success, or 15 minutes without
 * an attempt, starts anew.
 *
 * @see <a href="https://docs.aws.amazon.com/cognito/latest/developerguide/authentication.html#authentication-lockout">Lockout
 *     behavior for failed sign-in attempts</a>
 */
public record FailedSignIns(int count, Instant last) {
    public static final FailedSignIns NONE = new FailedSignIns(0, Instant.EPOCH);
    private static final int FREE = 5;
    private static final Duration MAX = Duration.ofMinutes(15);

    public boolean locked(Instant now) {
        if (count < FREE) {
            return false;
        }
        Duration lock = Duration.ofSeconds(1L << Math.min(count - FREE, 10));
        return now.isBefore(last.plus(lock.compareTo(MAX) > 0 ? MAX : lock));
    }

    public FailedSignIns next(Instant now) {
        boolean forgotten = !now.isBefore(last.plus(MAX));
        return new FailedSignIns(forgotten ? 1 : count + 1, now);
    }
}
