package io.pileus.s3;

import io.pileus.core.http.Payload;
import io.pileus.s3.model.AccessControlPolicy;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A version of an object, or a delete marker.
 *
 * @param versionId {@code null} as text where versioning was not enabled
 * @param sequence counts the versions that the bucket was given: among the versions of a key the newest has the greatest
 * @param eTag with its quotes
 * @param headers what the client wants back as headers
 * @param encryption how it says to be encrypted, and what that needs to be read again
 * @param checksum of the whole object
 * @param parts the parts it was put together from; empty for an object that was put at once
 * @param lock what keeps it from being deleted
 * @param restoredUntil until when an archived object can be read; null when it has not been restored
 * @param restoredAt from when on it can be read, which is later than the request to restore it; null with the former
 * @param noncurrentSince when a newer version came; null for the current one
 * @param acl its own access control list; null for the default one, by which the owner has full control
 */
record StoredObject(
        String key,
        String versionId,
        long sequence,
        boolean deleteMarker,
        Payload body,
        String eTag,
        Instant lastModified,
        ObjectHeaders headers,
        Encryption encryption,
        Map<String, String> tags,
        ObjectChecksum checksum,
        List<StoredPart> parts,
        ObjectLock lock,
        @Nullable Instant restoredUntil,
        @Nullable Instant restoredAt,
        @Nullable Instant noncurrentSince,
        @Nullable AccessControlPolicy acl) {

    /** A part of the object: its size and its own checksum, in base64 by algorithm. */
    record StoredPart(int number, long size, Map<String, String> sums) {}

    /**
     * The object's checksum.
     *
     * @param sums in base64 by algorithm; one at most
     * @param type {@code FULL_OBJECT} or {@code COMPOSITE}
     */
    record ObjectChecksum(Map<String, String> sums, String type) {
        static final String FULL_OBJECT = "FULL_OBJECT";
        static final String COMPOSITE = "COMPOSITE";
        static final ObjectChecksum NONE = new ObjectChecksum(Map.of(), FULL_OBJECT);
    }

    /** What the client wants back as headers. */
    record ObjectHeaders(
            @Nullable String contentType,
            @Nullable String cacheControl,
            @Nullable String contentDisposition,
            @Nullable String contentEncoding,
            @Nullable String contentLanguage,
            @Nullable String expires,
            @Nullable String websiteRedirect,
            Map<String, String> metadata,
            String storageClass) {

        ObjectHeaders {
            HeaderValues.requireNoControls("Content-Type", contentType);
            HeaderValues.requireNoControls("Cache-Control", cacheControl);
            HeaderValues.requireNoControls("Content-Disposition", contentDisposition);
            HeaderValues.requireNoControls("Content-Encoding", contentEncoding);
            HeaderValues.requireNoControls("Content-Language", contentLanguage);
            HeaderValues.requireNoControls("Expires", expires);
            metadata.forEach((name, value) -> HeaderValues.requireNoControls("x-amz-meta-" + name, value));
        }

        static final ObjectHeaders NONE =
                new ObjectHeaders(null, null, null, null, null, null, null, Map.of(), "STANDARD");

        ObjectHeaders withStorageClass(String other) {
            return new ObjectHeaders(
                    contentType,
                    cacheControl,
                    contentDisposition,
                    contentEncoding,
                    contentLanguage,
                    expires,
                    websiteRedirect,
                    metadata,
                    other);
        }
    }

    static StoredObject marker(String key, Instant now) {
        return of(key, Payload.EMPTY, "", now).with(o -> o.deleteMarker = true);
    }

    /** An object as it is put at once, with nothing but a body. S3 knows when it came to the second. */
    static StoredObject of(String key, Payload body, String eTag, Instant now) {
        return new StoredObject(
                key,
                "",
                0,
                false,
                body,
                eTag,
                now.truncatedTo(ChronoUnit.SECONDS),
                ObjectHeaders.NONE,
                Encryption.S3_MANAGED,
                Map.of(),
                ObjectChecksum.NONE,
                List.of(),
                ObjectLock.NONE,
                null,
                null,
                null,
                null);
    }

    /** The same object but for what the change sets. */
    StoredObject with(Consumer<Draft> change) {
        Draft draft = new Draft(this);
        change.accept(draft);
        return draft.done();
    }

    long size() {
        return body.size();
    }

    /** Whether the body lies in an archive, from which it must be restored before it can be read. */
    boolean archived() {
        return headers.storageClass().equals("GLACIER")
                || headers.storageClass().equals("DEEP_ARCHIVE");
    }

    /** Whether the body can be read now. */
    boolean readable(Instant now) {
        return !archived() || isRestored(now);
    }

    /** Whether an archived body has been brought back, and has not gone again. */
    boolean isRestored(Instant now) {
        return archived()
                && restoredUntil != null
                && now.isBefore(restoredUntil)
                && (restoredAt == null || !now.isBefore(restoredAt));
    }

    /** Whether an archived body is being brought back. */
    boolean isBeingRestored(Instant now) {
        return archived() && restoredAt != null && now.isBefore(restoredAt);
    }

    /** An object in the making. */
    static final class Draft {
        private final String key;
        String versionId;
        long sequence;
        boolean deleteMarker;
        Payload body;
        String eTag;
        Instant lastModified;
        ObjectHeaders headers;
        Encryption encryption;
        Map<String, String> tags;
        ObjectChecksum checksum;
        List<StoredPart> parts;
        ObjectLock lock;

        @Nullable
        Instant restoredUntil;

        @Nullable
        Instant restoredAt;

        @Nullable
        Instant noncurrentSince;

        @Nullable
        AccessControlPolicy acl;

        private Draft(StoredObject from) {
            key = from.key;
            versionId = from.versionId;
            sequence = from.sequence;
            deleteMarker = from.deleteMarker;
            body = from.body;
            eTag = from.eTag;
            lastModified = from.lastModified;
            headers = from.headers;
            encryption = from.encryption;
            tags = from.tags;
            checksum = from.checksum;
            parts = from.parts;
            lock = from.lock;
            restoredUntil = from.restoredUntil;
            restoredAt = from.restoredAt;
            noncurrentSince = from.noncurrentSince;
            acl = from.acl;
        }

        private StoredObject done() {
            return new StoredObject(
                    key,
                    versionId,
                    sequence,
                    deleteMarker,
                    body,
                    eTag,
                    lastModified,
                    headers,
                    encryption,
                    tags,
                    checksum,
                    List.copyOf(parts),
                    lock,
                    restoredUntil,
                    restoredAt,
                    noncurrentSince,
                    acl);
        }
    }
}
