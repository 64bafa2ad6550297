package io.pileus.s3;

import io.pileus.core.http.Payload;
import io.pileus.s3.StoredObject.ObjectChecksum;
import io.pileus.s3.StoredObject.ObjectHeaders;
import io.pileus.s3.StoredObject.StoredPart;
import io.pileus.s3.model.AccessControlPolicy;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A {@link StoredObject} as it is saved, with the name of its bucket. */
record SavedObject(
        String bucket,
        String key,
        String versionId,
        long sequence,
        boolean deleteMarker,
        SavedBody body,
        String eTag,
        Instant lastModified,
        @Nullable ObjectHeaders headers,
        @Nullable Encryption encryption,
        @Nullable Map<String, String> tags,
        @Nullable ObjectChecksum checksum,
        @Nullable List<StoredPart> parts,
        @Nullable ObjectLock lock,
        @Nullable Instant restoredUntil,
        @Nullable Instant restoredAt,
        @Nullable Instant noncurrentSince,
        @Nullable AccessControlPolicy acl) {

    static SavedObject of(String bucket, StoredObject object, SavedBody body) {
        return new SavedObject(
                bucket,
                object.key(),
                object.versionId(),
                object.sequence(),
                object.deleteMarker(),
                body,
                object.eTag(),
                object.lastModified(),
                object.headers(),
                object.encryption(),
                object.tags(),
                object.checksum(),
                object.parts(),
                object.lock(),
                object.restoredUntil(),
                object.restoredAt(),
                object.noncurrentSince(),
                object.acl());
    }

    StoredObject stored(Payload content) {
        return new StoredObject(
                key,
                versionId,
                sequence,
                deleteMarker,
                content,
                eTag,
                lastModified,
                headers == null ? ObjectHeaders.NONE : headers,
                encryption == null ? Encryption.S3_MANAGED : encryption,
                tags == null ? Map.of() : tags,
                checksum == null ? ObjectChecksum.NONE : checksum,
                parts == null ? List.of() : parts,
                lock == null ? ObjectLock.NONE : lock,
                restoredUntil,
                restoredAt,
                noncurrentSince,
                acl);
    }
}
