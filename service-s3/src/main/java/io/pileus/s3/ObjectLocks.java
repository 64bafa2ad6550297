package io.pileus.s3;

import io.pileus.s3.model.DefaultRetention;
import io.pileus.s3.model.ObjectLockConfiguration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The rules of object lock for new versions: what a request asks for, or the bucket's default. */
final class ObjectLocks {
    private ObjectLocks() {}

    static ObjectLock decide(
            BucketState bucket,
            @Nullable String mode,
            @Nullable Instant until,
            @Nullable String legalHold,
            Instant now) {
        boolean asked = mode != null || until != null || legalHold != null;
        if (!bucket.objectLock) {
            if (asked) {
                // The other operations have it in three words.
                throw S3Errors.invalidRequest("Bucket is missing ObjectLockConfiguration");
            }
            return ObjectLock.NONE;
        }
        if ((mode == null) != (until == null)) {
            throw S3Errors.invalidArgument(
                    "x-amz-object-lock-retain-until-date and x-amz-object-lock-mode must both be supplied",
                    mode == null ? "x-amz-object-lock-mode" : "x-amz-object-lock-retain-until-date",
                    null);
        }
        if (mode != null) {
            checkMode(mode);
            checkFuture(until, now);
        }
        if (legalHold != null && !legalHold.equals("ON") && !legalHold.equals("OFF")) {
            throw S3Errors.invalidArgument(
                    "Legal Hold must be either of 'ON' or 'OFF'", "x-amz-object-lock-legal-hold", legalHold);
        }
        ObjectLock lock = mode != null
                ? new ObjectLock(mode, until, null)
                : byDefault(bucket, now).orElse(ObjectLock.NONE);
        return legalHold == null ? lock : lock.withLegalHold(legalHold);
    }

    static S3Error missingConfiguration() {
        return S3Errors.invalidRequest("Bucket is missing Object Lock Configuration");
    }

    static void checkMode(@Nullable String mode) {
        if (!"GOVERNANCE".equals(mode) && !"COMPLIANCE".equals(mode)) {
            throw S3Errors.invalidArgument("Unknown wormMode directive.", "x-amz-object-lock-mode", mode);
        }
    }

    static void checkFuture(@Nullable Instant until, Instant now) {
        if (until == null || !until.isAfter(now)) {
            throw S3Errors.invalidArgument(
                    "The retain until date must be in the future!", "x-amz-object-lock-retain-until-date", until);
        }
    }

    private static Optional<ObjectLock> byDefault(BucketState bucket, Instant now) {
        Optional<DefaultRetention> retention = bucket.configuration(ObjectLockConfiguration.class)
                .flatMap(c -> Optional.ofNullable(c.rule()))
                .flatMap(r -> Optional.ofNullable(r.defaultRetention()));
        return retention.map(r -> new ObjectLock(r.mode(), end(r, now), null));
    }

    private static Instant end(DefaultRetention retention, Instant now) {
        return retention.years() != null
                ? now.atOffset(ZoneOffset.UTC).plusYears(retention.years()).toInstant()
                : now.atOffset(ZoneOffset.UTC)
                        .plusDays(retention.days() == null ? 0 : retention.days())
                        .toInstant();
    }

    static S3Error protectedObject() {
        return S3Errors.accessDenied("Access Denied because object protected by object lock.");
    }
}
