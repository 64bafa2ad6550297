package io.pileus.s3;

import io.pileus.core.service.AwsException;
import io.pileus.core.service.CallContext;
import io.pileus.s3.EventNotifications.Event;
import io.pileus.s3.model.DeleteObjectOutput;
import io.pileus.s3.model.DeleteObjectRequest;
import io.pileus.s3.model.DeleteObjectsOutput;
import io.pileus.s3.model.DeleteObjectsRequest;
import io.pileus.s3.model.DeletedObject;
import io.pileus.s3.model.Error;
import io.pileus.s3.model.ObjectIdentifier;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Deleting objects: for good, or by a delete marker where the bucket has versions.
 *
 * @see <a href="https://docs.aws.amazon.com/AmazonS3/latest/userguide/DeletingObjectVersions.html">Deleting object versions</a>
 */
final class DeleteOperations {
    private static final int KEYS_MAX = 1000;

    private final Objects objects;
    private final Buckets buckets;
    private final ForeignAccess access;

    DeleteOperations(Objects objects, ForeignAccess access) {
        this.objects = objects;
        this.buckets = objects.buckets;
        this.access = access;
    }

    /** What shall be deleted. */
    private record Target(
            String key,
            @Nullable String versionId,
            @Nullable String ifMatch,
            boolean bypassGovernance) {}

    /** What deleting did: the marker made or removed, and the version that is meant. */
    private record Gone(boolean marker, @Nullable String versionId) {}

    DeleteObjectOutput deleteObject(DeleteObjectRequest in, CallContext call) {
        BucketState bucket = buckets.of(in.bucket(), in.expectedBucketOwner(), call);
        if (in.ifMatchSize() != null || in.ifMatchLastModifiedTime() != null) {
            call.notEmulated(
                    "x-amz-if-match-size and x-amz-if-match-last-modified-time, which are for directory buckets");
        }
        if (in.mfa() != null) {
            call.notEmulated("x-amz-mfa");
        }
        checkBypass(bucket, in.bypassGovernanceRetention());
        Gone gone = delete(
                bucket,
                new Target(in.key(), in.versionId(), in.ifMatch(), Boolean.TRUE.equals(in.bypassGovernanceRetention())),
                call);
        return DeleteObjectOutput.builder()
                .versionId(gone.versionId())
                .deleteMarker(gone.marker() ? true : null)
                .build();
    }

    private static void checkBypass(BucketState bucket, @Nullable Boolean bypass) {
        if (Boolean.TRUE.equals(bypass) && !bucket.objectLock) {
            throw S3Errors.invalidArgument(
                    "x-amz-bypass-governance-retention is only applicable to Object Lock enabled buckets.",
                    "x-amz-bypass-governance-retention",
                    "true");
        }
    }

    private Gone delete(BucketState bucket, Target target, CallContext call) {
        if (target.versionId() != null) {
            return deleteVersion(bucket, target, target.versionId(), call);
        }
        if (!bucket.versioned()) {
            StoredObject gone = bucket.remove(
                    target.key(),
                    "null",
                    current -> Conditions.checkDelete(target.key(), current, target.ifMatch()),
                    buckets.bodies::drop);
            if (gone != null) {
                objects.notifications.publish(bucket, new Event("ObjectRemoved:Delete", gone, null, false), call);
            }
            return new Gone(false, null);
        }
        StoredObject marker = bucket.add(
                StoredObject.marker(target.key(), call.receivedAt()),
                objects.ids,
                current -> Conditions.checkDelete(target.key(), current, target.ifMatch()),
                buckets.bodies::drop);
        objects.notifications.publish(
                bucket, new Event("ObjectRemoved:DeleteMarkerCreated", marker, marker.versionId(), false), call);
        return new Gone(true, marker.versionId());
    }

    private Gone deleteVersion(BucketState bucket, Target target, String versionId, CallContext call) {
        Objects.checkVersionId(versionId);
        StoredObject gone = bucket.remove(
                target.key(),
                versionId,
                version -> {
                    if (target.ifMatch() != null) {
                        Conditions.checkDelete(target.key(), bucket.current(target.key()), target.ifMatch());
                    }
                    if (version != null && version.lock().holds(call.receivedAt(), target.bypassGovernance())) {
                        throw ObjectLocks.protectedObject();
                    }
                },
                buckets.bodies::drop);
        if (gone != null) {
            objects.notifications.publish(
                    bucket, new Event("ObjectRemoved:Delete", gone, Objects.shown(bucket, gone), false), call);
        }
        return new Gone(gone != null && gone.deleteMarker(), versionId);
    }

    DeleteObjectsOutput deleteObjects(DeleteObjectsRequest in, CallContext call) {
        BucketState bucket = buckets.ofWhomever(in.bucket(), in.expectedBucketOwner(), call);
        if (in.mfa() != null) {
            call.notEmulated("x-amz-mfa");
        }
        checkBypass(bucket, in.bypassGovernanceRetention());
        List<ObjectIdentifier> asked = in.delete().objects();
        if (asked.isEmpty() || asked.size() > KEYS_MAX) {
            throw S3Errors.malformedXml();
        }
        List<DeletedObject> deleted = new ArrayList<>();
        List<Error> errors = new ArrayList<>();
        // What is named twice is deleted once, as was recorded from S3.
        for (ObjectIdentifier object : new LinkedHashSet<>(asked)) {
            if (object.size() != null || object.lastModifiedTime() != null) {
                call.notEmulated("Size and LastModifiedTime of DeleteObjects, which are for directory buckets");
            }
            Target target = new Target(
                    object.key(),
                    object.versionId(),
                    object.eTag(),
                    Boolean.TRUE.equals(in.bypassGovernanceRetention()));
            try {
                Objects.checkKey(object.key());
                // An id that could be none is refused where one object is deleted; among many it is one not found.
                if (target.versionId() != null && !Objects.mayBeVersionId(target.versionId())) {
                    throw S3Errors.noSuchVersion(target.key(), target.versionId());
                }
                checkMayDelete(bucket, target, call);
                Gone gone = delete(bucket, target, call);
                deleted.add(DeletedObject.builder()
                        .key(object.key())
                        .versionId(object.versionId())
                        .deleteMarker(gone.marker() ? true : null)
                        .deleteMarkerVersionId(gone.marker() ? gone.versionId() : null)
                        .build());
            } catch (AwsException e) {
                errors.add(Error.builder()
                        .key(object.key())
                        .versionId(object.versionId())
                        .code_(e.code())
                        .message(e.getMessage())
                        .build());
            }
        }
        return DeleteObjectsOutput.builder()
                .deleted(Boolean.TRUE.equals(in.delete().quiet()) ? List.of() : deleted)
                .errors(errors)
                .build();
    }

    /** Whether the caller may delete a key is asked for each as if it were deleted alone. */
    private void checkMayDelete(BucketState bucket, Target target, CallContext call) {
        Buckets.checkMayBeOpen(bucket, call);
        DeleteObjectRequest alone = DeleteObjectRequest.builder()
                .bucket(bucket.name)
                .key(target.key())
                .versionId(target.versionId())
                .build();
        access.authorize("DeleteObject", alone, call);
        access.check("DeleteObject", alone, call);
    }
}
