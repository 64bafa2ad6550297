package io.pileus.s3;

import io.pileus.core.http.Payload;
import io.pileus.core.service.CallContext;
import io.pileus.core.service.NotImplemented;
import io.pileus.s3.Encryptions.Asked;
import io.pileus.s3.Encryptions.CustomerKey;
import io.pileus.s3.StoredObject.ObjectChecksum;
import io.pileus.s3.StoredObject.ObjectHeaders;
import io.pileus.s3.model.AccessControlPolicy;
import io.pileus.s3.model.CopyObjectOutput;
import io.pileus.s3.model.CopyObjectRequest;
import io.pileus.s3.model.CopyObjectResult;
import io.pileus.s3.model.PutObjectOutput;
import io.pileus.s3.model.PutObjectRequest;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Putting and copying objects. */
final class PutOperations {
    private static final long PUT_BYTES_MAX = 5L << 30;

    private final Objects objects;
    private final Buckets buckets;
    private final Encryptions encryptions;
    private final Lifecycles lifecycles;

    PutOperations(Objects objects, Lifecycles lifecycles) {
        this.objects = objects;
        this.buckets = objects.buckets;
        this.encryptions = objects.encryptions;
        this.lifecycles = lifecycles;
    }

    /** The call as the bucket's owner would make it in the bucket's region. */
    CallContext inBucket(String name, CallContext call) {
        BucketState bucket = buckets.all.get(name);
        return bucket == null ? call : call.in(bucket.owner, bucket.region);
    }

    PutObjectOutput putObject(PutObjectRequest in, CallContext call) {
        return putObject(in, "ObjectCreated:Put", call);
    }

    PutObjectOutput putObject(PutObjectRequest in, String event, CallContext call) {
        BucketState bucket = buckets.of(in.bucket(), in.expectedBucketOwner(), call);
        Objects.checkKey(in.key());
        if (in.writeOffsetBytes() != null) {
            throw NotImplemented.feature("x-amz-write-offset-bytes, which is for directory buckets,");
        }
        Payload received = in.body() == null ? Payload.EMPTY : in.body();
        if (received.size() > PUT_BYTES_MAX) {
            throw S3Errors.entityTooLarge(received.size(), PUT_BYTES_MAX);
        }
        AccessControlPolicy acl = AccessControl.ofObject(
                bucket,
                AccessControl.Asked.of(
                        in.acl(), in.grantFullControl(), in.grantRead(), in.grantReadACP(), null, in.grantWriteACP()),
                call);
        ObjectLock lock = ObjectLocks.decide(
                bucket,
                in.objectLockMode(),
                in.objectLockRetainUntilDate(),
                in.objectLockLegalHoldStatus(),
                call.receivedAt());
        Checksums.Announced announced = Checksums.Announced.of(in);
        if (!lock.equals(ObjectLock.NONE) && in.contentMD5() == null && announced.algorithm() == null) {
            throw S3Errors.invalidRequest(
                    "Content-MD5 OR x-amz-checksum- HTTP header is required for Put Object requests with Object Lock parameters");
        }
        ObjectHeaders headers = new ObjectHeaders(
                in.contentType(),
                in.cacheControl(),
                in.contentDisposition(),
                Objects.withoutAwsChunked(in.contentEncoding()),
                in.contentLanguage(),
                in.expires(),
                Objects.websiteRedirect(in.websiteRedirectLocation()),
                Objects.metadata(in.metadata()),
                Objects.storageClass(in.storageClass()));
        Map<String, String> tags = Tags.ofHeader(in.tagging());
        Encryption encryption = encryptions.decide(
                bucket,
                in.key(),
                new Asked(
                        in.serverSideEncryption(),
                        in.ssekmsKeyId(),
                        in.ssekmsEncryptionContext(),
                        in.bucketKeyEnabled(),
                        new CustomerKey(in.sseCustomerAlgorithm(), in.sseCustomerKey(), in.sseCustomerKeyMD5())));
        Checksums sums = Checksums.verify(received, announced, in.contentMD5(), in.checksumAlgorithm());
        Payload body = buckets.bodies.keep(received);
        StoredObject stored = objects.store(
                bucket,
                Objects.draft(in.key(), headers, encryption, call).with(o -> {
                    o.body = body;
                    o.eTag = Encryptions.eTag(sums, encryption);
                    o.checksum = new ObjectChecksum(sums.sums(), ObjectChecksum.FULL_OBJECT);
                    o.tags = tags;
                    o.lock = lock;
                    o.acl = acl;
                }),
                current -> Conditions.checkWrite(in.key(), current, in.ifMatch(), in.ifNoneMatch()),
                event,
                call);
        Map<String, String> shown = stored.checksum().sums();
        return PutObjectOutput.builder()
                .eTag(stored.eTag())
                .expiration(lifecycles.expiration(bucket, stored))
                // As recorded from S3: where versioning is suspended, it does not say null here.
                .versionId(stored.versionId().equals("null") ? null : stored.versionId())
                .serverSideEncryption(encryption.algorithm())
                .ssekmsKeyId(encryption.kmsKeyArn())
                .ssekmsEncryptionContext(encryption.context())
                .bucketKeyEnabled(encryption.bucketKey())
                .sseCustomerAlgorithm(encryption.customerAlgorithm())
                .sseCustomerKeyMD5(encryption.customerKeyMd5())
                .checksumCRC32(shown.get("CRC32"))
                .checksumCRC32C(shown.get("CRC32C"))
                .checksumCRC64NVME(shown.get("CRC64NVME"))
                .checksumSHA1(shown.get("SHA1"))
                .checksumSHA256(shown.get("SHA256"))
                .checksumSHA512(shown.get("SHA512"))
                .checksumMD5(shown.get("MD5"))
                .checksumXXHASH64(shown.get("XXHASH64"))
                .checksumType(stored.checksum().type())
                .build();
    }

    // ---- copying ------------------------------------------------------------------------------------------------

    CopyObjectOutput copyObject(CopyObjectRequest in, CallContext call) {
        BucketState bucket = buckets.of(in.bucket(), in.expectedBucketOwner(), call);
        Objects.checkKey(in.key());
        boolean replaces = directive("x-amz-metadata-directive", in.metadataDirective());
        boolean replacesTags = directive("x-amz-tagging-directive", in.taggingDirective());
        String version = Objects.sourceVersion(in.copySource());
        if (version != null && !version.isEmpty() && !Objects.mayBeVersionId(version)) {
            throw S3Errors.invalidRequest("Invalid Request"); // to copies of parts S3 says more
        }
        Objects.Source from = objects.source(in.copySource(), in.expectedSourceBucketOwner(), call);
        StoredObject source = from.object();
        if (source.size() > PUT_BYTES_MAX) {
            throw S3Errors.invalidRequest(
                    "The specified copy source is larger than the maximum allowable size for a copy source: "
                            + PUT_BYTES_MAX);
        }
        new Conditions.Read(
                        in.copySourceIfMatch(),
                        in.copySourceIfNoneMatch(),
                        in.copySourceIfModifiedSince(),
                        in.copySourceIfUnmodifiedSince())
                .checkSource(source);
        encryptions.checkRead(
                from.bucket(),
                source,
                new CustomerKey(
                        in.copySourceSSECustomerAlgorithm(),
                        in.copySourceSSECustomerKey(),
                        in.copySourceSSECustomerKeyMD5()));
        boolean changesNothing = !replaces
                && in.storageClass() == null
                && in.websiteRedirectLocation() == null
                && in.serverSideEncryption() == null
                && in.sseCustomerAlgorithm() == null;
        if (source == bucket.current(in.key()) && changesNothing) {
            throw S3Errors.invalidRequest(
                    "This copy request is illegal because it is trying to copy an object to itself without changing the object's metadata, storage class, website redirect location or encryption attributes.");
        }
        ObjectHeaders headers = headers(in, source.headers(), replaces);
        Map<String, String> tags = replacesTags ? Tags.ofHeader(in.tagging()) : source.tags();
        AccessControlPolicy acl = AccessControl.ofObject(
                bucket,
                AccessControl.Asked.of(
                        in.acl(), in.grantFullControl(), in.grantRead(), in.grantReadACP(), null, in.grantWriteACP()),
                call);
        ObjectLock lock = ObjectLocks.decide(
                bucket,
                in.objectLockMode(),
                in.objectLockRetainUntilDate(),
                in.objectLockLegalHoldStatus(),
                call.receivedAt());
        Encryption encryption = encryptions.decide(
                bucket,
                in.key(),
                new Asked(
                        in.serverSideEncryption(),
                        in.ssekmsKeyId(),
                        in.ssekmsEncryptionContext(),
                        in.bucketKeyEnabled(),
                        new CustomerKey(in.sseCustomerAlgorithm(), in.sseCustomerKey(), in.sseCustomerKeyMD5())));
        Payload body = buckets.bodies.join(
                List.of(BodyStore.hold(source.body()).orElseThrow(() -> S3Errors.noSuchKey(source.key()))));
        String algorithm = algorithm(in.checksumAlgorithm(), source);
        Checksums sums = known(source, algorithm).orElseGet(() -> Checksums.of(body, algorithm));
        StoredObject stored = objects.store(
                bucket,
                Objects.draft(in.key(), headers, encryption, call).with(o -> {
                    o.body = body;
                    o.eTag = Encryptions.eTag(sums, encryption);
                    o.checksum = new ObjectChecksum(sums.sums(), ObjectChecksum.FULL_OBJECT);
                    o.tags = tags;
                    o.lock = lock;
                    o.acl = acl;
                }),
                current -> Conditions.checkWrite(in.key(), current, in.ifMatch(), in.ifNoneMatch()),
                "ObjectCreated:Copy",
                call);
        return CopyObjectOutput.builder()
                .copyObjectResult(result(stored))
                .copySourceVersionId(Objects.shown(from.bucket(), source))
                .expiration(lifecycles.expiration(bucket, stored))
                .versionId(Objects.shown(bucket, stored))
                .serverSideEncryption(encryption.algorithm())
                .ssekmsKeyId(encryption.kmsKeyArn())
                .ssekmsEncryptionContext(encryption.context())
                .bucketKeyEnabled(encryption.bucketKey())
                .sseCustomerAlgorithm(encryption.customerAlgorithm())
                .sseCustomerKeyMD5(encryption.customerKeyMd5())
                .build();
    }

    /** Whether a directive says REPLACE. */
    private static boolean directive(String header, @Nullable String directive) {
        if (directive != null && !directive.equals("COPY") && !directive.equals("REPLACE")) {
            throw S3Errors.invalidArgument(
                    header.contains("tagging") ? "Unknown tagging directive." : "Unknown metadata directive.",
                    header,
                    directive);
        }
        return "REPLACE".equals(directive);
    }

    private static ObjectHeaders headers(CopyObjectRequest in, ObjectHeaders old, boolean replaces) {
        return new ObjectHeaders(
                replaces ? in.contentType() : old.contentType(),
                replaces ? in.cacheControl() : old.cacheControl(),
                replaces ? in.contentDisposition() : old.contentDisposition(),
                replaces ? Objects.withoutAwsChunked(in.contentEncoding()) : old.contentEncoding(),
                replaces ? in.contentLanguage() : old.contentLanguage(),
                replaces ? in.expires() : old.expires(),
                Objects.websiteRedirect(in.websiteRedirectLocation()),
                replaces ? Objects.metadata(in.metadata()) : old.metadata(),
                Objects.storageClass(in.storageClass()));
    }

    /** The algorithm that the request names, or the source's own. */
    private static String algorithm(@Nullable String asked, StoredObject source) {
        String checked = ChecksumAlgorithms.check(asked);
        if (checked != null) {
            return checked;
        }
        return source.checksum().sums().keySet().stream().findFirst().orElse(ChecksumAlgorithms.DEFAULT);
    }

    /** What the source's body hashes to, where its ETag and its checksum say so: then it need not be read again. */
    private static Optional<Checksums> known(StoredObject source, String algorithm) {
        boolean isMd5 = source.parts().isEmpty()
                && source.encryption().kmsKeyArn() == null
                && source.encryption().customerKeyMd5() == null;
        String sum = source.checksum().sums().get(algorithm);
        return isMd5 && sum != null
                ? Optional.of(
                        new Checksums(HexFormat.of().parseHex(source.eTag().replace("\"", "")), Map.of(algorithm, sum)))
                : Optional.empty();
    }

    private static CopyObjectResult result(StoredObject stored) {
        Map<String, String> sums = stored.checksum().sums();
        return CopyObjectResult.builder()
                .eTag(stored.eTag())
                .lastModified(stored.lastModified())
                .checksumType(stored.checksum().type())
                .checksumCRC32(sums.get("CRC32"))
                .checksumCRC32C(sums.get("CRC32C"))
                .checksumCRC64NVME(sums.get("CRC64NVME"))
                .checksumSHA1(sums.get("SHA1"))
                .checksumSHA256(sums.get("SHA256"))
                .checksumSHA512(sums.get("SHA512"))
                .checksumMD5(sums.get("MD5"))
                .checksumXXHASH64(sums.get("XXHASH64"))
                .build();
    }
}
