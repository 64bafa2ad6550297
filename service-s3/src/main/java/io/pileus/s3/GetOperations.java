package io.pileus.s3;

import io.pileus.core.http.Payload;
import io.pileus.core.service.CallContext;
import io.pileus.s3.Encryptions.CustomerKey;
import io.pileus.s3.StoredObject.ObjectHeaders;
import io.pileus.s3.StoredObject.StoredPart;
import io.pileus.s3.model.Checksum;
import io.pileus.s3.model.GetObjectAttributesOutput;
import io.pileus.s3.model.GetObjectAttributesParts;
import io.pileus.s3.model.GetObjectAttributesRequest;
import io.pileus.s3.model.GetObjectOutput;
import io.pileus.s3.model.GetObjectRequest;
import io.pileus.s3.model.HeadObjectOutput;
import io.pileus.s3.model.HeadObjectRequest;
import io.pileus.s3.model.ObjectAttributes;
import io.pileus.s3.model.ObjectPart;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reading objects and what is known of them. */
final class GetOperations {
    private static final int PARTS_MAX = 1000;

    /** The parameters that set headers of the answer. */
    private static final List<String> OVERRIDES = List.of(
            "response-cache-control",
            "response-content-disposition",
            "response-content-encoding",
            "response-content-language",
            "response-content-type",
            "response-expires");

    private final Buckets buckets;
    private final Encryptions encryptions;
    private final Lifecycles lifecycles;

    GetOperations(Objects objects, Lifecycles lifecycles) {
        this.buckets = objects.buckets;
        this.encryptions = objects.encryptions;
        this.lifecycles = lifecycles;
    }

    GetObjectOutput getObject(GetObjectRequest in, CallContext call) {
        BucketState bucket = buckets.of(in.bucket(), in.expectedBucketOwner(), call);
        checkOverrides(
                call,
                in.responseCacheControl(),
                in.responseContentDisposition(),
                in.responseContentEncoding(),
                in.responseContentLanguage(),
                in.responseContentType(),
                in.responseExpires());
        StoredObject object = Objects.find(bucket, in.key(), in.versionId());
        encryptions.checkRead(
                bucket,
                object,
                new CustomerKey(in.sseCustomerAlgorithm(), in.sseCustomerKey(), in.sseCustomerKeyMD5()));
        new Conditions.Read(in.ifMatch(), in.ifNoneMatch(), in.ifModifiedSince(), in.ifUnmodifiedSince()).check(object);
        if (!object.readable(call.receivedAt())) {
            throw S3Errors.invalidObjectState(
                    "The operation is not valid for the object's storage class",
                    object.headers().storageClass());
        }
        ByteRange range = ByteRange.of(object, in.range(), in.partNumber());
        Optional<Payload> held =
                BodyStore.hold(BodyStore.slice(buckets.bodies.toSend(object.body()), range.from(), range.size()));
        if (held.isEmpty()) {
            // Deleted or overwritten since it was found: the answer is what is there now.
            return getObject(in, call);
        }
        ObjectHeaders h = object.headers();
        Encryption encryption = object.encryption();
        Map<String, String> sums = sums(object, in.checksumMode(), range, in.partNumber());
        return GetObjectOutput.builder()
                .body(held.get())
                .acceptRanges("bytes")
                .expiration(in.versionId() == null ? lifecycles.expiration(bucket, object) : null)
                .restore(restore(object, call.receivedAt()))
                .lastModified(object.lastModified())
                .contentLength(range.size())
                .eTag(object.eTag())
                .versionId(Objects.shown(bucket, object))
                .contentRange(range.contentRange(object.size()))
                .contentType(or(in.responseContentType(), or(h.contentType(), "binary/octet-stream")))
                .cacheControl(or(in.responseCacheControl(), h.cacheControl()))
                .contentDisposition(or(in.responseContentDisposition(), h.contentDisposition()))
                .contentEncoding(or(in.responseContentEncoding(), h.contentEncoding()))
                .contentLanguage(or(in.responseContentLanguage(), h.contentLanguage()))
                .expires(expires(in.responseExpires(), h))
                .websiteRedirectLocation(h.websiteRedirect())
                .serverSideEncryption(encryption.algorithm())
                .ssekmsKeyId(encryption.kmsKeyArn())
                .bucketKeyEnabled(encryption.bucketKey())
                .sseCustomerAlgorithm(encryption.customerAlgorithm())
                .sseCustomerKeyMD5(encryption.customerKeyMd5())
                .metadata(MailWords.encode(h.metadata()))
                .storageClass(shownClass(h))
                .partsCount(partsCount(object, in.partNumber()))
                .tagCount(object.tags().isEmpty() ? null : object.tags().size())
                .objectLockMode(object.lock().mode())
                .objectLockRetainUntilDate(object.lock().retainUntil())
                .objectLockLegalHoldStatus(object.lock().legalHold())
                .checksumCRC32(sums.get("CRC32"))
                .checksumCRC32C(sums.get("CRC32C"))
                .checksumCRC64NVME(sums.get("CRC64NVME"))
                .checksumSHA1(sums.get("SHA1"))
                .checksumSHA256(sums.get("SHA256"))
                .checksumSHA512(sums.get("SHA512"))
                .checksumMD5(sums.get("MD5"))
                .checksumXXHASH64(sums.get("XXHASH64"))
                .checksumType(sums.isEmpty() ? null : object.checksum().type())
                .build();
    }

    HeadObjectOutput headObject(HeadObjectRequest in, CallContext call) {
        BucketState bucket = buckets.of(in.bucket(), in.expectedBucketOwner(), call);
        checkOverrides(
                call,
                in.responseCacheControl(),
                in.responseContentDisposition(),
                in.responseContentEncoding(),
                in.responseContentLanguage(),
                in.responseContentType(),
                in.responseExpires());
        StoredObject object = Objects.find(bucket, in.key(), in.versionId());
        encryptions.checkRead(
                bucket,
                object,
                new CustomerKey(in.sseCustomerAlgorithm(), in.sseCustomerKey(), in.sseCustomerKeyMD5()));
        new Conditions.Read(in.ifMatch(), in.ifNoneMatch(), in.ifModifiedSince(), in.ifUnmodifiedSince()).check(object);
        ByteRange range = ByteRange.of(object, in.range(), in.partNumber());
        ObjectHeaders h = object.headers();
        Encryption encryption = object.encryption();
        Map<String, String> sums = sums(object, in.checksumMode(), range, in.partNumber());
        return HeadObjectOutput.builder()
                .acceptRanges("bytes")
                .expiration(in.versionId() == null ? lifecycles.expiration(bucket, object) : null)
                .restore(restore(object, call.receivedAt()))
                .lastModified(object.lastModified())
                .contentLength(range.size())
                .eTag(object.eTag())
                .versionId(Objects.shown(bucket, object))
                .contentRange(range.contentRange(object.size()))
                .contentType(or(in.responseContentType(), or(h.contentType(), "binary/octet-stream")))
                .cacheControl(or(in.responseCacheControl(), h.cacheControl()))
                .contentDisposition(or(in.responseContentDisposition(), h.contentDisposition()))
                .contentEncoding(or(in.responseContentEncoding(), h.contentEncoding()))
                .contentLanguage(or(in.responseContentLanguage(), h.contentLanguage()))
                .expires(expires(in.responseExpires(), h))
                .websiteRedirectLocation(h.websiteRedirect())
                .serverSideEncryption(encryption.algorithm())
                .ssekmsKeyId(encryption.kmsKeyArn())
                .bucketKeyEnabled(encryption.bucketKey())
                .sseCustomerAlgorithm(encryption.customerAlgorithm())
                .sseCustomerKeyMD5(encryption.customerKeyMd5())
                .metadata(MailWords.encode(h.metadata()))
                .storageClass(shownClass(h))
                .partsCount(partsCount(object, in.partNumber()))
                .tagCount(object.tags().isEmpty() ? null : object.tags().size())
                .objectLockMode(object.lock().mode())
                .objectLockRetainUntilDate(object.lock().retainUntil())
                .objectLockLegalHoldStatus(object.lock().legalHold())
                .checksumCRC32(sums.get("CRC32"))
                .checksumCRC32C(sums.get("CRC32C"))
                .checksumCRC64NVME(sums.get("CRC64NVME"))
                .checksumSHA1(sums.get("SHA1"))
                .checksumSHA256(sums.get("SHA256"))
                .checksumSHA512(sums.get("SHA512"))
                .checksumMD5(sums.get("MD5"))
                .checksumXXHASH64(sums.get("XXHASH64"))
                .checksumType(sums.isEmpty() ? null : object.checksum().type())
                .build();
    }

    /** @param overrides the values of {@link #OVERRIDES}, in that order */
    private static void checkOverrides(CallContext call, @Nullable Object... overrides) {
        if (Buckets.isUnsigned(call) && Stream.of(overrides).anyMatch(o -> o != null)) {
            throw S3Errors.invalidRequest(
                    "Request specific response headers cannot be used for anonymous GET requests.");
        }
        for (int i = 0; i < overrides.length; i++) {
            if (overrides[i] instanceof String text) {
                HeaderValues.requireLatin(OVERRIDES.get(i), text);
            }
        }
    }

    private static @Nullable String or(@Nullable String value, @Nullable String otherwise) {
        return value != null ? value : otherwise;
    }

    private static @Nullable String expires(@Nullable Instant override, ObjectHeaders headers) {
        return override == null ? headers.expires() : S3Errors.httpDate(override);
    }

    private static @Nullable String shownClass(ObjectHeaders headers) {
        return headers.storageClass().equals("STANDARD") ? null : headers.storageClass();
    }

    private static @Nullable Integer partsCount(StoredObject object, @Nullable Integer part) {
        return part != null && !object.parts().isEmpty() ? object.parts().size() : null;
    }

    private static @Nullable String restore(StoredObject object, Instant now) {
        if (object.isBeingRestored(now)) {
            return "ongoing-request=\"true\"";
        }
        Instant until = object.restoredUntil();
        return until != null && object.isRestored(now)
                ? "ongoing-request=\"false\", expiry-date=\"" + S3Errors.httpDate(until) + '"'
                : null;
    }

    /** The checksums to show: of the whole object, or of the part that was asked for; none for other regions. */
    private static Map<String, String> sums(
            StoredObject object, @Nullable String mode, ByteRange range, @Nullable Integer part) {
        if (!"ENABLED".equalsIgnoreCase(mode)) {
            return Map.of();
        }
        if (part != null && !object.parts().isEmpty()) {
            return object.parts().get(part - 1).sums();
        }
        return range.size() == object.size() ? object.checksum().sums() : Map.of();
    }

    // ---- attributes ---------------------------------------------------------------------------------------------

    GetObjectAttributesOutput getObjectAttributes(GetObjectAttributesRequest in, CallContext call) {
        BucketState bucket = buckets.of(in.bucket(), in.expectedBucketOwner(), call);
        List<String> asked = in.objectAttributes();
        if (asked.isEmpty()) {
            throw S3Errors.invalidRequest(
                    "The x-amz-object-attributes header specifying the attributes to be retrieved is either missing or empty");
        }
        for (String attribute : asked) {
            if (ObjectAttributes.of(attribute) == null) {
                throw S3Errors.invalidArgument(
                        "Invalid attribute name specified.", "x-amz-object-attributes", attribute);
            }
        }
        StoredObject object = Objects.find(bucket, in.key(), in.versionId());
        encryptions.checkRead(
                bucket,
                object,
                new CustomerKey(in.sseCustomerAlgorithm(), in.sseCustomerKey(), in.sseCustomerKeyMD5()));
        GetObjectAttributesOutput.Builder out = GetObjectAttributesOutput.builder()
                .lastModified(object.lastModified())
                .versionId(Objects.shown(bucket, object));
        if (asked.contains("ETag")) {
            out.eTag(object.eTag().replace("\"", ""));
        }
        if (asked.contains("Checksum")) {
            out.checksum(checksum(object));
        }
        if (asked.contains("ObjectParts") && !object.parts().isEmpty()) {
            out.objectParts(parts(object, in.partNumberMarker(), in.maxParts()));
        }
        if (asked.contains("StorageClass")) {
            out.storageClass(object.headers().storageClass());
        }
        if (asked.contains("ObjectSize")) {
            out.objectSize(object.size());
        }
        return out.build();
    }

    private static Checksum checksum(StoredObject object) {
        Map<String, String> sums = object.checksum().sums();
        return Checksum.builder()
                .checksumCRC32(sums.get("CRC32"))
                .checksumCRC32C(sums.get("CRC32C"))
                .checksumCRC64NVME(sums.get("CRC64NVME"))
                .checksumSHA1(sums.get("SHA1"))
                .checksumSHA256(sums.get("SHA256"))
                .checksumSHA512(sums.get("SHA512"))
                .checksumMD5(sums.get("MD5"))
                .checksumXXHASH64(sums.get("XXHASH64"))
                .checksumType(object.checksum().type())
                .build();
    }

    /** Parts are shown one by one where the checksum is one of parts; else there is only their number. */
    private static GetObjectAttributesParts parts(
            StoredObject object, @Nullable Integer marker, @Nullable Integer maxAsked) {
        int total = object.parts().size();
        if (!object.checksum().type().equals(StoredObject.ObjectChecksum.COMPOSITE)) {
            return GetObjectAttributesParts.builder().totalPartsCount(total).build();
        }
        int after = marker == null ? 0 : marker;
        int max = maxAsked == null ? PARTS_MAX : Math.min(Math.max(maxAsked, 0), PARTS_MAX);
        List<StoredPart> rest =
                object.parts().stream().filter(p -> p.number() > after).toList();
        List<StoredPart> page = rest.subList(0, Math.min(max, rest.size()));
        return GetObjectAttributesParts.builder()
                .totalPartsCount(total)
                .partNumberMarker(after)
                .nextPartNumberMarker(page.isEmpty() ? 0 : page.getLast().number())
                .maxParts(max)
                .isTruncated(rest.size() > page.size())
                .parts(page.stream().map(GetOperations::part).toList())
                .build();
    }

    private static ObjectPart part(StoredPart part) {
        return ObjectPart.builder()
                .partNumber(part.number())
                .size(part.size())
                .checksumCRC32(part.sums().get("CRC32"))
                .checksumCRC32C(part.sums().get("CRC32C"))
                .checksumCRC64NVME(part.sums().get("CRC64NVME"))
                .checksumSHA1(part.sums().get("SHA1"))
                .checksumSHA256(part.sums().get("SHA256"))
                .checksumSHA512(part.sums().get("SHA512"))
                .checksumMD5(part.sums().get("MD5"))
                .checksumXXHASH64(part.sums().get("XXHASH64"))
                .build();
    }
}
