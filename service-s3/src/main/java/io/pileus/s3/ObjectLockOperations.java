package io.pileus.s3;

import io.pileus.core.service.CallContext;
import io.pileus.s3.model.DefaultRetention;
import io.pileus.s3.model.GetObjectLegalHoldOutput;
import io.pileus.s3.model.GetObjectLegalHoldRequest;
import io.pileus.s3.model.GetObjectLockConfigurationOutput;
import io.pileus.s3.model.GetObjectLockConfigurationRequest;
import io.pileus.s3.model.GetObjectRetentionOutput;
import io.pileus.s3.model.GetObjectRetentionRequest;
import io.pileus.s3.model.ObjectLockConfiguration;
import io.pileus.s3.model.ObjectLockLegalHold;
import io.pileus.s3.model.ObjectLockRetention;
import io.pileus.s3.model.PutObjectLegalHoldOutput;
import io.pileus.s3.model.PutObjectLegalHoldRequest;
import io.pileus.s3.model.PutObjectLockConfigurationOutput;
import io.pileus.s3.model.PutObjectLockConfigurationRequest;
import io.pileus.s3.model.PutObjectRetentionOutput;
import io.pileus.s3.model.PutObjectRetentionRequest;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Object lock: the bucket's configuration, and each version's retention and legal hold. */
final class ObjectLockOperations {
    private static final int DAYS_MAX = 36_500;
    private static final int YEARS_MAX = 100;

    private final Buckets buckets;

    ObjectLockOperations(Buckets buckets) {
        this.buckets = buckets;
    }

    PutObjectLockConfigurationOutput putObjectLockConfiguration(
            PutObjectLockConfigurationRequest in, CallContext call) {
        BucketState bucket = buckets.of(in.bucket(), in.expectedBucketOwner(), call);
        ObjectLockConfiguration configuration = in.objectLockConfiguration();
        if (configuration == null || !"Enabled".equals(configuration.objectLockEnabled())) {
            throw S3Errors.malformedXml();
        }
        if (configuration.rule() != null) {
            DefaultRetention retention = configuration.rule().defaultRetention();
            if (retention == null || (retention.days() == null) == (retention.years() == null)) {
                throw S3Errors.malformedXml();
            }
            if (!"GOVERNANCE".equals(retention.mode()) && !"COMPLIANCE".equals(retention.mode())) {
                throw S3Errors.malformedXml();
            }
            checkPeriod(retention);
        }
        if (!"Enabled".equals(bucket.versioning)) {
            throw S3Errors.invalidBucketState(
                    "Versioning must be 'Enabled' on the bucket to apply a Object Lock configuration");
        }
        synchronized (bucket) {
            bucket.objectLock = true;
            bucket.configure(ObjectLockConfiguration.class, configuration);
        }
        return PutObjectLockConfigurationOutput.builder().build();
    }

    private static void checkPeriod(DefaultRetention retention) {
        Integer days = retention.days();
        Integer years = retention.years();
        if (days != null && days <= 0 || years != null && years <= 0) {
            throw S3Errors.invalidArgument("Default retention period must be a positive integer value.");
        }
        if (days != null && days > DAYS_MAX || years != null && years > YEARS_MAX) {
            throw S3Errors.invalidArgument("Default retention period is too large.");
        }
    }

    GetObjectLockConfigurationOutput getObjectLockConfiguration(
            GetObjectLockConfigurationRequest in, CallContext call) {
        BucketState bucket = buckets.of(in.bucket(), in.expectedBucketOwner(), call);
        return GetObjectLockConfigurationOutput.builder()
                .objectLockConfiguration(bucket.configuration(ObjectLockConfiguration.class)
                        .orElseThrow(() -> S3Errors.noObjectLockConfiguration(bucket.name)))
                .build();
    }

    // ---- retention ----------------------------------------------------------------------------------------------

    PutObjectRetentionOutput putObjectRetention(PutObjectRetentionRequest in, CallContext call) {
        BucketState bucket = locking(in.bucket(), in.expectedBucketOwner(), call);
        ObjectLockRetention asked = in.retention();
        boolean empty = asked == null || asked.mode() == null && asked.retainUntilDate() == null;
        if (!empty) {
            if (asked.mode() == null || asked.retainUntilDate() == null) {
                throw S3Errors.malformedXml();
            }
            if (!asked.mode().equals("GOVERNANCE") && !asked.mode().equals("COMPLIANCE")) {
                throw S3Errors.malformedXml();
            }
            ObjectLocks.checkFuture(asked.retainUntilDate(), call.receivedAt());
        }
        synchronized (bucket) {
            StoredObject object = Objects.find("PUT", bucket, in.key(), in.versionId());
            String mode = empty ? null : asked.mode();
            Instant until = empty ? null : asked.retainUntilDate();
            ObjectLock old = object.lock();
            Instant oldUntil = old.retainUntil();
            boolean weaker = until == null
                    || oldUntil != null && until.isBefore(oldUntil)
                    || "COMPLIANCE".equals(old.mode()) && "GOVERNANCE".equals(mode);
            boolean bypasses = Boolean.TRUE.equals(in.bypassGovernanceRetention());
            if (weaker && old.retains(call.receivedAt(), bypasses)) {
                throw ObjectLocks.protectedObject();
            }
            bucket.replace(object.with(o -> o.lock = old.withRetention(mode, until)));
        }
        return PutObjectRetentionOutput.builder().build();
    }

    private BucketState locking(String name, @Nullable String owner, CallContext call) {
        BucketState bucket = buckets.of(name, owner, call);
        if (!bucket.objectLock) {
            throw ObjectLocks.missingConfiguration();
        }
        return bucket;
    }

    GetObjectRetentionOutput getObjectRetention(GetObjectRetentionRequest in, CallContext call) {
        BucketState bucket = locking(in.bucket(), in.expectedBucketOwner(), call);
        StoredObject object = Objects.find(bucket, in.key(), in.versionId());
        if (object.lock().retainUntil() == null) {
            throw S3Errors.noObjectLock(in.key());
        }
        return GetObjectRetentionOutput.builder()
                .retention(ObjectLockRetention.builder()
                        .mode(object.lock().mode())
                        .retainUntilDate(object.lock().retainUntil())
                        .build())
                .build();
    }

    // ---- legal hold ---------------------------------------------------------------------------------------------

    PutObjectLegalHoldOutput putObjectLegalHold(PutObjectLegalHoldRequest in, CallContext call) {
        BucketState bucket = locking(in.bucket(), in.expectedBucketOwner(), call);
        String status = in.legalHold() == null ? null : in.legalHold().status();
        if (!"ON".equals(status) && !"OFF".equals(status)) {
            throw S3Errors.malformedXml();
        }
        synchronized (bucket) {
            StoredObject object = Objects.find("PUT", bucket, in.key(), in.versionId());
            bucket.replace(object.with(o -> o.lock = object.lock().withLegalHold(status)));
        }
        return PutObjectLegalHoldOutput.builder().build();
    }

    GetObjectLegalHoldOutput getObjectLegalHold(GetObjectLegalHoldRequest in, CallContext call) {
        BucketState bucket = locking(in.bucket(), in.expectedBucketOwner(), call);
        StoredObject object = Objects.find(bucket, in.key(), in.versionId());
        if (object.lock().legalHold() == null) {
            throw S3Errors.noObjectLock(in.key());
        }
        return GetObjectLegalHoldOutput.builder()
                .legalHold(ObjectLockLegalHold.builder()
                        .status(object.lock().legalHold())
                        .build())
                .build();
    }
}
