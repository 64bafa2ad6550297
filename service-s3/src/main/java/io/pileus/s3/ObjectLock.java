package io.pileus.s3;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What keeps one version of an object from being deleted or overwritten.
 *
 * @param mode {@code GOVERNANCE}, which may be bypassed, {@code COMPLIANCE}, which may not, or null
 * @param retainUntil until when the mode holds; null without a mode
 * @param legalHold {@code ON} or {@code OFF}; null when never set
 * @see <a href="https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-lock.html">Object Lock</a>
 */
record ObjectLock(
        @Nullable String mode,
        @Nullable Instant retainUntil,
        @Nullable String legalHold) {
    static final ObjectLock NONE = new ObjectLock(null, null, null);

    /** Whether the version must stay. */
    boolean holds(Instant now, boolean bypassGovernance) {
        return "ON".equals(legalHold) || retains(now, bypassGovernance);
    }

    /** Whether a retention period that the caller cannot pass over is running. */
    boolean retains(Instant now, boolean bypassGovernance) {
        return retainUntil != null && now.isBefore(retainUntil) && !(bypassGovernance && "GOVERNANCE".equals(mode));
    }

    ObjectLock withRetention(@Nullable String otherMode, @Nullable Instant until) {
        return new ObjectLock(otherMode, until, legalHold);
    }

    ObjectLock withLegalHold(String status) {
        return new ObjectLock(mode, retainUntil, status);
    }
}
