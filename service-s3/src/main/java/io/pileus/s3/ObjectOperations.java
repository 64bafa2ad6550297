package io.pileus.s3;

import io.pileus.core.http.Payload;
import io.pileus.core.identity.Ids;
import io.pileus.core.service.AwsException;
import io.pileus.core.service.CallContext;
import io.pileus.core.service.NotImplemented;
import io.pileus.s3.StoredObject.ObjectHeaders;
import io.pileus.s3.model.CopyObjectOutput;
import io.pileus.s3.model.CopyObjectRequest;
import io.pileus.s3.model.CopyObjectResult;
import io.pileus.s3.model.DeleteObjectOutput;
import io.pileus.s3.model.DeleteObjectRequest;
import io.pileus.s3.model.DeleteObjectsOutput;
import io.pileus.s3.model.DeleteObjectsRequest;
import io.pileus.s3.model.DeletedObject;
import io.pileus.s3.model.GetObjectOutput;
import io.pileus.s3.model.GetObjectRequest;
import io.pileus.s3.model.HeadObjectOutput;
import io.pileus.s3.model.HeadObjectRequest;
import io.pileus.s3.model.ObjectIdentifier;
import io.pileus.s3.model.PutObjectOutput;
import io.pileus.s3.model.PutObjectRequest;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Putting, getting, copying and deleting objects. */
final class ObjectOperations {
    private static final int KEY_BYTES_MAX = 1024;

    private final Buckets buckets;
    private final Ids ids;

    ObjectOperations(Buckets buckets, Ids ids) {
        this.buckets = buckets;
        this.ids = ids;
    }

    PutObjectOutput put(PutObjectRequest in, CallContext call) {
        BucketState bucket = buckets.of(in.bucket(), in.expectedBucketOwner(), call);
        refuseUnsupported(in.sseCustomerAlgorithm(), in.serverSideEncryption());
        checkKey(in.key());
        if (in.writeOffsetBytes() != null) {
            throw NotImplemented.feature("x-amz-write-offset-bytes");
        }
        if (in.acl() != null || in.objectLockMode() != null || in.objectLockLegalHoldStatus() != null) {
            call.notEmulated("ACLs and object locks of PutObject");
        }
        Payload received = in.body() == null ? Payload.EMPTY : in.body();
        Checksums sums = Checksums.verify(
                received,
                Checksums.announced(
                        in.checksumCRC32(),
                        in.checksumCRC32C(),
                        in.checksumCRC64NVME(),
                        in.checksumSHA1(),
                        in.checksumSHA256()),
                in.contentMD5(),
                in.checksumAlgorithm());
        ObjectHeaders headers = new ObjectHeaders(
                in.contentType(),
                in.cacheControl(),
                in.contentDisposition(),
                withoutAwsChunked(in.contentEncoding()),
                in.contentLanguage(),
                in.expires(),
                in.websiteRedirectLocation(),
                Map.copyOf(in.metadata()),
                in.storageClass() == null ? "STANDARD" : in.storageClass(),
                "AES256",
                null);
        Map<String, String> tags = tags(in.tagging());
        Payload body = buckets.bodies.keep(received);
        StoredObject stored;
        try {
            stored = bucket.add(
                    new StoredObject(
                            in.key(),
                            "",
                            false,
                            body,
                            '"' + sums.md5Hex() + '"',
                            call.receivedAt(),
                            headers,
                            tags,
                            sums.sums(),
                            "FULL_OBJECT",
                            List.of()),
                    ids,
                    current -> checkWrite(current, in.ifMatch(), in.ifNoneMatch()),
                    buckets.bodies::drop);
        } catch (AwsException e) {
            buckets.bodies.drop(body);
            throw e;
        }
        return PutObjectOutput.builder()
                .eTag(stored.eTag())
                .versionId(shown(bucket, stored))
                .serverSideEncryption(headers.encryption())
                .checksumCRC32(stored.sums().get("CRC32"))
                .checksumCRC32C(stored.sums().get("CRC32C"))
                .checksumCRC64NVME(stored.sums().get("CRC64NVME"))
                .checksumSHA1(stored.sums().get("SHA1"))
                .checksumSHA256(stored.sums().get("SHA256"))
                .checksumType(stored.checksumType())
                .build();
    }

    /** Encryption under keys is not emulated yet; better refused than ignored. */
    static void refuseUnsupported(@Nullable String customerAlgorithm, @Nullable String encryption) {
        if (customerAlgorithm != null) {
            throw NotImplemented.feature("Server-side encryption with customer-provided keys");
        }
        if (encryption != null && !encryption.equals("AES256")) {
            throw NotImplemented.feature("Server-side encryption " + encryption);
        }
    }

    static void checkKey(String key) {
        if (key.getBytes(StandardCharsets.UTF_8).length > KEY_BYTES_MAX) {
            throw new AwsException("KeyTooLongError", 400, "Your key is too long");
        }
    }

    static @Nullable String withoutAwsChunked(@Nullable String encoding) {
        if (encoding == null) {
            return null;
        }
        List<String> left = new ArrayList<>();
        for (String part : encoding.split(",")) {
            if (!part.trim().equalsIgnoreCase("aws-chunked")) {
                left.add(part.trim());
            }
        }
        return left.isEmpty() || left.equals(List.of("")) ? null : String.join(",", left);
    }

    static Map<String, String> tags(@Nullable String query) {
        Map<String, String> tags = new LinkedHashMap<>();
        if (query != null && !query.isEmpty()) {
            for (String pair : query.split("&")) {
                int cut = pair.indexOf('=');
                try {
                    tags.put(
                            decode(cut < 0 ? pair : pair.substring(0, cut)),
                            cut < 0 ? "" : decode(pair.substring(cut + 1)));
                } catch (IllegalArgumentException e) {
                    throw S3Errors.invalidArgument(
                            "The header 'x-amz-tagging' shall be encoded as UTF-8 then URLEncoded URL query parameters without tag name duplicates.");
                }
            }
        }
        return checkTags(tags);
    }

    static Map<String, String> checkTags(Map<String, String> tags) {
        if (tags.size() > 10) {
            throw new AwsException("BadRequest", 400, "Object tags cannot be greater than 10");
        }
        return Map.copyOf(tags);
    }

    private static String decode(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }

    static @Nullable String shown(BucketState bucket, StoredObject object) {
        return bucket.versioning == null ? null : object.versionId();
    }

    static void checkWrite(@Nullable StoredObject current, @Nullable String ifMatch, @Nullable String ifNoneMatch) {
        boolean exists = current != null && !current.deleteMarker();
        if (ifNoneMatch != null) {
            if (!ifNoneMatch.equals("*")) {
                throw NotImplemented.feature("If-None-Match other than * on writes");
            }
            if (exists) {
                throw S3Errors.preconditionFailed();
            }
        }
        if (ifMatch != null) {
            if (!exists) {
                throw S3Errors.noSuchKey();
            }
            if (!matches(ifMatch, current)) {
                throw S3Errors.preconditionFailed();
            }
        }
    }

    private static boolean matches(String condition, StoredObject object) {
        for (String part : condition.split(",")) {
            String tag = part.trim();
            if (tag.equals("*") || tag.replace("\"", "").equals(object.eTag().replace("\"", ""))) {
                return true;
            }
        }
        return false;
    }

    StoredObject find(BucketState bucket, String key, @Nullable String versionId) {
        if (versionId != null) {
            StoredObject version = bucket.version(key, versionId);
            if (version == null) {
                throw S3Errors.noSuchVersion();
            }
            if (version.deleteMarker()) {
                throw S3Errors.methodNotAllowed();
            }
            return version;
        }
        StoredObject current = bucket.current(key);
        if (current == null || current.deleteMarker()) {
            throw S3Errors.noSuchKey();
        }
        return current;
    }

    private static void checkRead(
            StoredObject object,
            @Nullable String ifMatch,
            @Nullable String ifNoneMatch,
            @Nullable Instant ifModifiedSince,
            @Nullable Instant ifUnmodifiedSince) {
        Instant modified = object.lastModified().truncatedTo(ChronoUnit.SECONDS);
        if (ifMatch != null) {
            if (!matches(ifMatch, object)) {
                throw S3Errors.preconditionFailed();
            }
        } else if (ifUnmodifiedSince != null && modified.isAfter(ifUnmodifiedSince)) {
            throw S3Errors.preconditionFailed();
        }
        if (ifNoneMatch != null) {
            if (matches(ifNoneMatch, object)) {
                throw S3Errors.notModified();
            }
        } else if (ifModifiedSince != null && !modified.isAfter(ifModifiedSince)) {
            throw S3Errors.notModified();
        }
    }

    /** A region of an object; {@code partial} when it was asked for. */
    record Slice(long from, long size, boolean partial) {}

    static Slice slice(StoredObject object, @Nullable String range, @Nullable Integer part) {
        long size = object.size();
        if (part != null) {
            if (range != null) {
                throw S3Errors.invalidRequest("Cannot specify both Range header and partNumber query parameter");
            }
            List<Long> sizes = object.partSizes().isEmpty() ? List.of(size) : object.partSizes();
            if (part < 1 || part > sizes.size()) {
                throw new AwsException("InvalidPartNumber", 416, "The requested partnumber is not satisfiable");
            }
            long from = 0;
            for (int i = 0; i < part - 1; i++) {
                from += sizes.get(i);
            }
            return new Slice(from, sizes.get(part - 1), size > 0);
        }
        if (range == null || !range.matches("bytes=(\\d{1,18}-\\d{0,18}|-\\d{1,18})")) {
            return new Slice(0, size, false);
        }
        int dash = range.indexOf('-');
        String first = range.substring(6, dash);
        String end = range.substring(dash + 1);
        if (first.isEmpty()) {
            long count = Math.min(Long.parseLong(end), size);
            if (count == 0) {
                throw S3Errors.invalidRange();
            }
            return new Slice(size - count, count, true);
        }
        long from = Long.parseLong(first);
        long last = end.isEmpty() ? size - 1 : Math.min(Long.parseLong(end), size - 1);
        if (!end.isEmpty() && Long.parseLong(end) < from) {
            return new Slice(0, size, false);
        }
        if (from >= size) {
            throw S3Errors.invalidRange();
        }
        return new Slice(from, last - from + 1, true);
    }

    GetObjectOutput get(GetObjectRequest in, CallContext call) {
        BucketState bucket = buckets.of(in.bucket(), in.expectedBucketOwner(), call);
        refuseUnsupported(in.sseCustomerAlgorithm(), null);
        StoredObject object = find(bucket, in.key(), in.versionId());
        checkRead(object, in.ifMatch(), in.ifNoneMatch(), in.ifModifiedSince(), in.ifUnmodifiedSince());
        Slice slice = slice(object, in.range(), in.partNumber());
        ObjectHeaders h = object.headers();
        Map<String, String> sums = "ENABLED".equals(in.checksumMode()) && !slice.partial() ? object.sums() : Map.of();
        return GetObjectOutput.builder()
                .body(BodyStore.slice(object.body(), slice.from(), slice.size()))
                .acceptRanges("bytes")
                .lastModified(object.lastModified())
                .contentLength(slice.size())
                .eTag(object.eTag())
                .versionId(shown(bucket, object))
                .contentRange(contentRange(slice, object))
                .contentType(or(in.responseContentType(), or(h.contentType(), "binary/octet-stream")))
                .cacheControl(or(in.responseCacheControl(), h.cacheControl()))
                .contentDisposition(or(in.responseContentDisposition(), h.contentDisposition()))
                .contentEncoding(or(in.responseContentEncoding(), h.contentEncoding()))
                .contentLanguage(or(in.responseContentLanguage(), h.contentLanguage()))
                .expires(h.expires())
                .websiteRedirectLocation(h.websiteRedirect())
                .serverSideEncryption(h.encryption())
                .metadata(h.metadata())
                .storageClass(h.storageClass().equals("STANDARD") ? null : h.storageClass())
                .partsCount(
                        in.partNumber() != null && !object.partSizes().isEmpty()
                                ? object.partSizes().size()
                                : null)
                .tagCount(object.tags().isEmpty() ? null : object.tags().size())
                .checksumCRC32(sums.get("CRC32"))
                .checksumCRC32C(sums.get("CRC32C"))
                .checksumCRC64NVME(sums.get("CRC64NVME"))
                .checksumSHA1(sums.get("SHA1"))
                .checksumSHA256(sums.get("SHA256"))
                .checksumType(sums.isEmpty() ? null : object.checksumType())
                .build();
    }

    private static @Nullable String contentRange(Slice slice, StoredObject object) {
        return slice.partial()
                ? "bytes " + slice.from() + "-" + (slice.from() + slice.size() - 1) + "/" + object.size()
                : null;
    }

    private static @Nullable String or(@Nullable String value, @Nullable String otherwise) {
        return value != null ? value : otherwise;
    }

    HeadObjectOutput head(HeadObjectRequest in, CallContext call) {
        BucketState bucket = buckets.of(in.bucket(), in.expectedBucketOwner(), call);
        refuseUnsupported(in.sseCustomerAlgorithm(), null);
        StoredObject object = find(bucket, in.key(), in.versionId());
        checkRead(object, in.ifMatch(), in.ifNoneMatch(), in.ifModifiedSince(), in.ifUnmodifiedSince());
        Slice slice = slice(object, in.range(), in.partNumber());
        ObjectHeaders h = object.headers();
        Map<String, String> sums = "ENABLED".equals(in.checksumMode()) && !slice.partial() ? object.sums() : Map.of();
        return HeadObjectOutput.builder()
                .acceptRanges("bytes")
                .lastModified(object.lastModified())
                .contentLength(slice.size())
                .eTag(object.eTag())
                .versionId(shown(bucket, object))
                .contentRange(contentRange(slice, object))
                .contentType(or(in.responseContentType(), or(h.contentType(), "binary/octet-stream")))
                .cacheControl(or(in.responseCacheControl(), h.cacheControl()))
                .contentDisposition(or(in.responseContentDisposition(), h.contentDisposition()))
                .contentEncoding(or(in.responseContentEncoding(), h.contentEncoding()))
                .contentLanguage(or(in.responseContentLanguage(), h.contentLanguage()))
                .expires(h.expires())
                .websiteRedirectLocation(h.websiteRedirect())
                .serverSideEncryption(h.encryption())
                .metadata(h.metadata())
                .storageClass(h.storageClass().equals("STANDARD") ? null : h.storageClass())
                .partsCount(
                        in.partNumber() != null && !object.partSizes().isEmpty()
                                ? object.partSizes().size()
                                : null)
                .tagCount(object.tags().isEmpty() ? null : object.tags().size())
                .checksumCRC32(sums.get("CRC32"))
                .checksumCRC32C(sums.get("CRC32C"))
                .checksumCRC64NVME(sums.get("CRC64NVME"))
                .checksumSHA1(sums.get("SHA1"))
                .checksumSHA256(sums.get("SHA256"))
                .checksumType(sums.isEmpty() ? null : object.checksumType())
                .build();
    }

    DeleteObjectOutput delete(DeleteObjectRequest in, CallContext call) {
        BucketState bucket = buckets.of(in.bucket(), in.expectedBucketOwner(), call);
        if (in.ifMatchSize() != null || in.ifMatchLastModifiedTime() != null || in.mfa() != null) {
            call.notEmulated("x-amz-if-match-size, x-amz-if-match-last-modified-time and x-amz-mfa");
        }
        if (in.ifMatch() != null) {
            StoredObject current = bucket.current(in.key());
            if (current == null || current.deleteMarker() || !matches(in.ifMatch(), current)) {
                throw S3Errors.preconditionFailed();
            }
        }
        return delete(bucket, in.key(), in.versionId(), call);
    }

    private DeleteObjectOutput delete(BucketState bucket, String key, @Nullable String versionId, CallContext call) {
        if (versionId != null) {
            StoredObject gone = bucket.remove(key, versionId, buckets.bodies::drop);
            return DeleteObjectOutput.builder()
                    .versionId(versionId)
                    .deleteMarker(gone != null && gone.deleteMarker() ? true : null)
                    .build();
        }
        if (bucket.versioning == null) {
            bucket.remove(key, "null", buckets.bodies::drop);
            return DeleteObjectOutput.builder().build();
        }
        StoredObject marker =
                bucket.add(StoredObject.marker(key, "", call.receivedAt()), ids, c -> {}, buckets.bodies::drop);
        return DeleteObjectOutput.builder()
                .versionId(marker.versionId())
                .deleteMarker(true)
                .build();
    }

    DeleteObjectsOutput deleteAll(DeleteObjectsRequest in, CallContext call) {
        BucketState bucket = buckets.of(in.bucket(), in.expectedBucketOwner(), call);
        List<ObjectIdentifier> objects = in.delete().objects();
        if (objects.isEmpty() || objects.size() > 1000) {
            throw S3Errors.malformedXml();
        }
        List<DeletedObject> deleted = new ArrayList<>();
        for (ObjectIdentifier object : objects) {
            if (object.eTag() != null || object.size() != null || object.lastModifiedTime() != null) {
                call.notEmulated("conditions on the objects of DeleteObjects");
            }
            DeleteObjectOutput gone = delete(bucket, object.key(), object.versionId(), call);
            deleted.add(DeletedObject.builder()
                    .key(object.key())
                    .versionId(object.versionId())
                    .deleteMarker(gone.deleteMarker())
                    .deleteMarkerVersionId(gone.deleteMarker() == null ? null : gone.versionId())
                    .build());
        }
        return DeleteObjectsOutput.builder()
                .deleted(Boolean.TRUE.equals(in.delete().quiet()) ? List.of() : deleted)
                .build();
    }

    /** Where a copy comes from. */
    StoredObject source(String copySource, CallContext call) {
        String path = copySource.startsWith("/") ? copySource.substring(1) : copySource;
        int query = path.indexOf("?versionId=");
        String version = query < 0 ? null : path.substring(query + 11);
        String decoded;
        try {
            // A plus sign stands for itself in a path.
            decoded = decode((query < 0 ? path : path.substring(0, query)).replace("+", "%2B"));
        } catch (IllegalArgumentException e) {
            throw S3Errors.invalidArgument(
                    "Copy Source must mention the source bucket and key: sourcebucket/sourcekey");
        }
        int slash = decoded.indexOf('/');
        if (slash <= 0 || slash == decoded.length() - 1) {
            throw S3Errors.invalidArgument(
                    "Copy Source must mention the source bucket and key: sourcebucket/sourcekey");
        }
        return find(buckets.of(decoded.substring(0, slash), null, call), decoded.substring(slash + 1), version);
    }

    CopyObjectOutput copy(CopyObjectRequest in, CallContext call) {
        BucketState bucket = buckets.of(in.bucket(), in.expectedBucketOwner(), call);
        refuseUnsupported(in.sseCustomerAlgorithm(), in.serverSideEncryption());
        checkKey(in.key());
        StoredObject source = source(in.copySource(), call);
        boolean replaces = "REPLACE".equals(in.metadataDirective());
        if (source == bucket.current(in.key()) && !replaces && in.storageClass() == null) {
            throw S3Errors.invalidRequest(
                    "This copy request is illegal because it is trying to copy an object to itself without changing the object's metadata, storage class, website redirect location or encryption attributes.");
        }
        try {
            checkRead(
                    source,
                    in.copySourceIfMatch(),
                    in.copySourceIfNoneMatch(),
                    in.copySourceIfModifiedSince(),
                    in.copySourceIfUnmodifiedSince());
        } catch (AwsException e) {
            throw S3Errors.preconditionFailed();
        }
        ObjectHeaders old = source.headers();
        ObjectHeaders headers = new ObjectHeaders(
                replaces ? in.contentType() : old.contentType(),
                replaces ? in.cacheControl() : old.cacheControl(),
                replaces ? in.contentDisposition() : old.contentDisposition(),
                replaces ? in.contentEncoding() : old.contentEncoding(),
                replaces ? in.contentLanguage() : old.contentLanguage(),
                replaces ? in.expires() : old.expires(),
                in.websiteRedirectLocation(),
                replaces ? Map.copyOf(in.metadata()) : old.metadata(),
                in.storageClass() == null ? "STANDARD" : in.storageClass(),
                "AES256",
                null);
        Checksums sums = Checksums.of(source.body(), or(in.checksumAlgorithm(), Checksums.DEFAULT));
        Payload body = buckets.bodies.join(List.of(source.body()));
        StoredObject stored;
        try {
            stored = bucket.add(
                    new StoredObject(
                            in.key(),
                            "",
                            false,
                            body,
                            '"' + sums.md5Hex() + '"',
                            call.receivedAt(),
                            headers,
                            "REPLACE".equals(in.taggingDirective()) ? tags(in.tagging()) : source.tags(),
                            sums.sums(),
                            "FULL_OBJECT",
                            List.of()),
                    ids,
                    current -> checkWrite(current, in.ifMatch(), in.ifNoneMatch()),
                    buckets.bodies::drop);
        } catch (AwsException e) {
            buckets.bodies.drop(body);
            throw e;
        }
        return CopyObjectOutput.builder()
                .copyObjectResult(CopyObjectResult.builder()
                        .eTag(stored.eTag())
                        .lastModified(stored.lastModified())
                        .build())
                .copySourceVersionId(source.versionId().equals("null") ? null : source.versionId())
                .versionId(shown(bucket, stored))
                .serverSideEncryption("AES256")
                .build();
    }

    /** Replaces an object's tags. */
    StoredObject tag(
            String bucketName,
            @Nullable String owner,
            String key,
            @Nullable String versionId,
            Map<String, String> tags,
            CallContext call) {
        BucketState bucket = buckets.of(bucketName, owner, call);
        synchronized (bucket) {
            StoredObject tagged = find(bucket, key, versionId).withTags(tags);
            bucket.replace(tagged);
            return tagged;
        }
    }
}
