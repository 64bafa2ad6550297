package io.pileus.s3;

import io.pileus.core.http.Payload;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A version of an object, or a delete marker.
 *
 * @param versionId {@code null} as text where versioning was not enabled
 * @param eTag with its quotes
 * @param headers what the client wants back as headers
 * @param sums checksums in base64 by algorithm
 * @param partSizes the sizes of the parts; empty for an object that was put at once
 */
record StoredObject(
        String key,
        String versionId,
        boolean deleteMarker,
        Payload body,
        String eTag,
        Instant lastModified,
        ObjectHeaders headers,
        Map<String, String> tags,
        Map<String, String> sums,
        String checksumType,
        List<Long> partSizes) {

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
            String storageClass,
            String encryption,
            @Nullable String kmsKeyId) {
        static final ObjectHeaders NONE =
                new ObjectHeaders(null, null, null, null, null, null, null, Map.of(), "STANDARD", "AES256", null);
    }

    static StoredObject marker(String key, String versionId, Instant now) {
        return new StoredObject(
                key, versionId, true, Payload.EMPTY, "", now, ObjectHeaders.NONE, Map.of(), Map.of(), "", List.of());
    }

    StoredObject withVersion(String id) {
        return new StoredObject(
                key, id, deleteMarker, body, eTag, lastModified, headers, tags, sums, checksumType, partSizes);
    }

    StoredObject withTags(Map<String, String> others) {
        return new StoredObject(
                key, versionId, deleteMarker, body, eTag, lastModified, headers, others, sums, checksumType, partSizes);
    }

    long size() {
        return body.size();
    }
}
