package io.pileus.s3;

import io.pileus.core.service.CallContext;
import io.pileus.core.service.NotImplemented;
import io.pileus.core.service.ServiceEnvironment;
import io.pileus.s3.EventNotifications.Cause;
import io.pileus.s3.EventNotifications.Event;
import io.pileus.s3.model.RestoreObjectOutput;
import io.pileus.s3.model.RestoreObjectRequest;
import io.pileus.s3.model.RestoreRequest;
import io.pileus.s3.model.Tier;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Brings archived objects back for some days. It takes as long as AWS says that it takes at most, on the emulator's clock;
 * the copy goes at the midnight after its last day.
 *
 * @see <a href="https://docs.aws.amazon.com/AmazonS3/latest/userguide/restoring-objects-retrieval-options.html">Understanding
 *     archive retrieval options</a>
 */
final class Restores {
    private static final int ACCEPTED = 202;

    private final Buckets buckets;
    private final ServiceEnvironment env;
    private final EventNotifications notifications;

    Restores(Buckets buckets, ServiceEnvironment env, EventNotifications notifications) {
        this.buckets = buckets;
        this.env = env;
        this.notifications = notifications;
    }

    RestoreObjectOutput restoreObject(RestoreObjectRequest in, CallContext call) {
        BucketState bucket = buckets.of(in.bucket(), in.expectedBucketOwner(), call);
        RestoreRequest request = in.restoreRequest();
        if (request == null) {
            throw S3Errors.malformedXml();
        }
        if (request.type() != null || request.outputLocation() != null || request.selectParameters() != null) {
            throw NotImplemented.feature("Select by RestoreObject");
        }
        Integer days = request.days();
        if (days == null || days < 1) {
            throw S3Errors.malformedXml();
        }
        Instant now = call.receivedAt();
        StoredObject restored;
        boolean wasThere;
        synchronized (bucket) {
            StoredObject object = Objects.find("POST", bucket, in.key(), in.versionId());
            if (!object.archived()) {
                throw S3Errors.invalidObjectState(
                        "Restore is not allowed for the object's current storage class",
                        object.headers().storageClass());
            }
            if (object.isBeingRestored(now)) {
                throw new S3Error("RestoreAlreadyInProgress", 409, "Object restore is already in progress");
            }
            Duration takes = duration(request, object.headers().storageClass());
            wasThere = object.isRestored(now);
            Instant at = wasThere ? now : now.plus(takes);
            restored = object.with(o -> {
                o.restoredAt = at;
                o.restoredUntil = LifecycleRules.after(at, days);
            });
            bucket.replace(restored);
        }
        if (wasThere) {
            // Only its days are counted anew.
            awaitEnd(bucket, restored);
            return RestoreObjectOutput.builder().build();
        }
        notifications.publish(
                bucket, new Event("ObjectRestore:Post", restored, Objects.shown(bucket, restored), true), call);
        awaitCopy(bucket, restored);
        return RestoreObjectOutput.builder().statusCode(ACCEPTED).build();
    }

    private static Duration duration(RestoreRequest request, String storageClass) {
        Tier tier = tier(
                request.glacierJobParameters() != null
                        ? request.glacierJobParameters().tier()
                        : request.tier());
        boolean deep = storageClass.equals("DEEP_ARCHIVE");
        return switch (tier) {
            case STANDARD -> Duration.ofHours(deep ? 12 : 5);
            case BULK -> Duration.ofHours(deep ? 48 : 12);
            case EXPEDITED -> {
                if (deep) {
                    throw S3Errors.invalidArgument(
                            "Retrieval option is not supported by this storage class", "Tier", "Expedited");
                }
                yield Duration.ofMinutes(5);
            }
        };
    }

    private static Tier tier(@Nullable String asked) {
        if (asked == null) {
            return Tier.STANDARD;
        }
        Tier tier = Tier.of(asked);
        if (tier == null) {
            throw S3Errors.malformedXml();
        }
        return tier;
    }

    // ---- what follows -------------------------------------------------------------------------------------------

    /** Goes on with what is being restored, or is, in a bucket that was saved. */
    void resume(BucketState bucket) {
        Instant now = env.clock().instant();
        for (List<StoredObject> versions : bucket.objects.values()) {
            for (StoredObject version : versions) {
                if (version.isBeingRestored(now)) {
                    awaitCopy(bucket, version);
                } else if (version.archived() && version.restoredUntil() != null) {
                    awaitEnd(bucket, version);
                }
            }
        }
    }

    private void awaitCopy(BucketState bucket, StoredObject restored) {
        Instant at = restored.restoredAt();
        if (at != null) {
            env.timers()
                    .at(
                            at,
                            () -> env.workers().execute(() -> {
                                current(bucket, restored)
                                        .ifPresent(object -> tell(bucket, "ObjectRestore:Completed", object, at));
                                awaitEnd(bucket, restored);
                            }));
        }
    }

    private void awaitEnd(BucketState bucket, StoredObject restored) {
        Instant until = restored.restoredUntil();
        if (until != null) {
            env.timers()
                    .at(
                            until,
                            () -> env.workers()
                                    .execute(() -> current(bucket, restored)
                                            .ifPresent(object -> forget(bucket, object, until))));
        }
    }

    /** The version as it is now, unless it is gone or has been restored once more. */
    private static Optional<StoredObject> current(BucketState bucket, StoredObject restored) {
        if (bucket.deleted) {
            return Optional.empty();
        }
        return Optional.ofNullable(bucket.version(restored.key(), restored.versionId()))
                .filter(o -> o.sequence() == restored.sequence())
                .filter(o -> java.util.Objects.equals(o.restoredUntil(), restored.restoredUntil()));
    }

    private void forget(BucketState bucket, StoredObject restored, Instant at) {
        synchronized (bucket) {
            Optional<StoredObject> object = current(bucket, restored);
            if (object.isEmpty()) {
                return;
            }
            bucket.replace(object.get().with(o -> {
                o.restoredAt = null;
                o.restoredUntil = null;
            }));
        }
        tell(bucket, "ObjectRestore:Delete", restored, at);
    }

    private void tell(BucketState bucket, String name, StoredObject object, Instant at) {
        notifications.publish(
                bucket,
                new Event(name, object, Objects.shown(bucket, object), true),
                new Cause("s3.amazonaws.com", env.ids().uuid(), at, 0));
    }
}
