package io.pileus.s3;

import io.pileus.core.http.Payload;
import io.pileus.core.identity.Caller;
import io.pileus.core.service.CallContext;
import io.pileus.s3.BucketState.Upload;
import io.pileus.s3.BucketState.UploadedPart;
import io.pileus.s3.Encryptions.Asked;
import io.pileus.s3.Encryptions.CustomerKey;
import io.pileus.s3.StoredObject.ObjectChecksum;
import io.pileus.s3.StoredObject.ObjectHeaders;
import io.pileus.s3.model.AbortMultipartUploadOutput;
import io.pileus.s3.model.AbortMultipartUploadRequest;
import io.pileus.s3.model.AccessControlPolicy;
import io.pileus.s3.model.CopyPartResult;
import io.pileus.s3.model.CreateMultipartUploadOutput;
import io.pileus.s3.model.CreateMultipartUploadRequest;
import io.pileus.s3.model.UploadPartCopyOutput;
import io.pileus.s3.model.UploadPartCopyRequest;
import io.pileus.s3.model.UploadPartOutput;
import io.pileus.s3.model.UploadPartRequest;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Uploads in parts: beginning them, their parts, giving them up. {@link CompleteMultipartUpload} ends them.
 *
 * @see <a href="https://docs.aws.amazon.com/AmazonS3/latest/userguide/mpuoverview.html">Multipart upload</a>
 */
final class MultipartOperations {
    static final int PARTS_MAX = 10_000;
    private static final long PART_BYTES_MAX = 5L << 30;
    private static final Pattern COPY_RANGE = Pattern.compile("bytes=(\\d{1,18})-(\\d{1,18})");

    private final Objects objects;
    private final Buckets buckets;
    private final Encryptions encryptions;
    private final Lifecycles lifecycles;

    MultipartOperations(Objects objects, Lifecycles lifecycles) {
        this.objects = objects;
        this.buckets = objects.buckets;
        this.encryptions = objects.encryptions;
        this.lifecycles = lifecycles;
    }

    CreateMultipartUploadOutput createMultipartUpload(CreateMultipartUploadRequest in, CallContext call) {
        BucketState bucket = buckets.of(in.bucket(), in.expectedBucketOwner(), call);
        Objects.checkKey(in.key());
        String algorithm = ChecksumAlgorithms.check(in.checksumAlgorithm());
        String type = ChecksumAlgorithms.typeOf(algorithm, in.checksumType());
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
        StoredObject draft = Objects.draft(in.key(), headers, encryption, call).with(o -> {
            o.tags = tags;
            o.lock = lock;
            o.acl = acl;
        });
        Upload upload = new Upload(id(call), draft, algorithm, type, initiator(call));
        bucket.begin(upload);
        Optional<Lifecycles.Abortion> abortion = lifecycles.abortion(bucket, draft);
        return CreateMultipartUploadOutput.builder()
                .abortDate(abortion.map(Lifecycles.Abortion::date).orElse(null))
                .abortRuleId(abortion.map(Lifecycles.Abortion::ruleId).orElse(null))
                .bucket(in.bucket())
                .key(in.key())
                .uploadId(upload.id)
                .serverSideEncryption(encryption.algorithm())
                .ssekmsKeyId(encryption.kmsKeyArn())
                .ssekmsEncryptionContext(encryption.context())
                .bucketKeyEnabled(encryption.bucketKey())
                .sseCustomerAlgorithm(encryption.customerAlgorithm())
                .sseCustomerKeyMD5(encryption.customerKeyMd5())
                .checksumAlgorithm(algorithm)
                .checksumType(algorithm == null ? null : type)
                .build();
    }

    /** Who began an upload: a user or a role by its ARN, an account by its canonical id. */
    private static String initiator(CallContext call) {
        return call.caller().kind() == Caller.Kind.ROOT
                ? Buckets.canonicalId(call.caller().account().id())
                : call.caller().principalArn();
    }

    /** Begins with the time, so that the order of ids is that of uploads. */
    private String id(CallContext call) {
        return String.format(Locale.ROOT, "%012x", call.receivedAt().toEpochMilli()) + objects.ids.alphanumeric(84);
    }

    static Upload upload(BucketState bucket, String key, String id) {
        Upload upload = bucket.uploads.get(id);
        if (upload == null || !upload.draft.key().equals(key)) {
            throw S3Errors.noSuchUpload(id);
        }
        return upload;
    }

    // ---- parts --------------------------------------------------------------------------------------------------

    UploadPartOutput uploadPart(UploadPartRequest in, CallContext call) {
        BucketState bucket = buckets.of(in.bucket(), in.expectedBucketOwner(), call);
        Upload upload = upload(bucket, in.key(), in.uploadId());
        checkNumber(in.partNumber());
        checkKey(upload, new CustomerKey(in.sseCustomerAlgorithm(), in.sseCustomerKey(), in.sseCustomerKeyMD5()));
        Payload received = in.body() == null ? Payload.EMPTY : in.body();
        if (received.size() > PART_BYTES_MAX) {
            throw S3Errors.entityTooLarge(received.size(), PART_BYTES_MAX);
        }
        Checksums.Announced announced = new Checksums.Announced()
                .sum("CRC32", in.checksumCRC32())
                .sum("CRC32C", in.checksumCRC32C())
                .sum("CRC64NVME", in.checksumCRC64NVME())
                .sum("SHA1", in.checksumSHA1())
                .sum("SHA256", in.checksumSHA256())
                .sum("SHA512", in.checksumSHA512())
                .sum("MD5", in.checksumMD5())
                .sum("XXHASH64", in.checksumXXHASH64())
                .sum("XXHASH3", in.checksumXXHASH3())
                .sum("XXHASH128", in.checksumXXHASH128());
        String said = announced.algorithm();
        boolean mayBeSilent = said == null && !upload.checksumType.equals(ObjectChecksum.COMPOSITE);
        if (upload.algorithm != null && !upload.algorithm.equals(said) && !mayBeSilent) {
            throw S3Errors.invalidRequest("Checksum Type mismatch occurred, expected checksum Type: "
                    + upload.algorithm.toLowerCase(Locale.ROOT) + ", actual checksum Type: "
                    + (said == null ? "null" : said.toLowerCase(Locale.ROOT)));
        }
        Checksums verified = Checksums.verify(received, announced, in.contentMD5(), upload.sumAlgorithm());
        Checksums sums = verified.sums().containsKey(upload.sumAlgorithm())
                ? verified
                : Checksums.of(received, upload.sumAlgorithm());
        UploadedPart part = keep(bucket, upload, in.partNumber(), buckets.bodies.keep(received), sums, call);
        Encryption encryption = upload.draft.encryption();
        Map<String, String> shown = verified.sums();
        return UploadPartOutput.builder()
                .eTag(part.eTag())
                .serverSideEncryption(encryption.algorithm())
                .ssekmsKeyId(encryption.kmsKeyArn())
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
                .build();
    }

    private static void checkNumber(int number) {
        if (number < 1 || number > PARTS_MAX) {
            throw S3Errors.invalidArgument(
                    "Part number must be an integer between 1 and 10000, inclusive", "partNumber", number);
        }
    }

    /** Parts of an object under a customer's key must bring the same key. */
    static void checkKey(Upload upload, CustomerKey key) {
        String expected = upload.draft.encryption().customerKeyMd5();
        if (expected == null && key.isThere()) {
            throw S3Errors.invalidRequest("The encryption parameters are not applicable to this object.");
        }
        if (expected != null && !key.isThere()) {
            throw S3Errors.invalidRequest(
                    "The multipart upload initiate requested encryption. Subsequent part requests must include the appropriate encryption parameters.");
        }
        if (expected != null && !expected.equals(key.checked())) {
            throw S3Errors.invalidRequest("The provided encryption parameters did not match the ones used originally.");
        }
    }

    private UploadedPart keep(
            BucketState bucket, Upload upload, int number, Payload body, Checksums sums, CallContext call) {
        UploadedPart part = new UploadedPart(
                number,
                body,
                sums,
                Encryptions.eTag(sums, upload.draft.encryption()),
                call.receivedAt().truncatedTo(ChronoUnit.SECONDS));
        synchronized (upload) {
            if (upload.over) {
                buckets.bodies.drop(body);
                throw S3Errors.noSuchUpload(upload.id);
            }
            UploadedPart old = upload.parts.put(number, part);
            if (old != null) {
                buckets.bodies.drop(old.body());
            }
        }
        bucket.changed();
        return part;
    }

    UploadPartCopyOutput uploadPartCopy(UploadPartCopyRequest in, CallContext call) {
        BucketState bucket = buckets.of(in.bucket(), in.expectedBucketOwner(), call);
        Upload upload = upload(bucket, in.key(), in.uploadId());
        checkNumber(in.partNumber());
        checkKey(upload, new CustomerKey(in.sseCustomerAlgorithm(), in.sseCustomerKey(), in.sseCustomerKeyMD5()));
        Objects.Source from = objects.source(in.copySource(), in.expectedSourceBucketOwner(), call);
        StoredObject source = from.object();
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
        Payload region = region(source, in.copySourceRange());
        if (region.size() > PART_BYTES_MAX) {
            throw S3Errors.invalidRequest(
                    "The specified copy source is larger than the maximum allowable size for a copy source: "
                            + PART_BYTES_MAX);
        }
        Payload held = BodyStore.hold(region).orElseThrow(() -> S3Errors.noSuchKey(source.key()));
        Payload body = buckets.bodies.join(List.of(held));
        Checksums sums = Checksums.of(body, upload.sumAlgorithm());
        UploadedPart part = keep(bucket, upload, in.partNumber(), body, sums, call);
        Map<String, String> shown = upload.algorithm == null ? Map.of() : sums.sums();
        Encryption encryption = upload.draft.encryption();
        return UploadPartCopyOutput.builder()
                .copySourceVersionId(Objects.shown(from.bucket(), source))
                .serverSideEncryption(encryption.algorithm())
                .ssekmsKeyId(encryption.kmsKeyArn())
                .bucketKeyEnabled(encryption.bucketKey())
                .sseCustomerAlgorithm(encryption.customerAlgorithm())
                .sseCustomerKeyMD5(encryption.customerKeyMd5())
                .copyPartResult(CopyPartResult.builder()
                        .eTag(part.eTag())
                        .lastModified(part.at())
                        .checksumCRC32(shown.get("CRC32"))
                        .checksumCRC32C(shown.get("CRC32C"))
                        .checksumCRC64NVME(shown.get("CRC64NVME"))
                        .checksumSHA1(shown.get("SHA1"))
                        .checksumSHA256(shown.get("SHA256"))
                        .checksumSHA512(shown.get("SHA512"))
                        .checksumMD5(shown.get("MD5"))
                        .checksumXXHASH64(shown.get("XXHASH64"))
                        .build())
                .build();
    }

    private static Payload region(StoredObject source, @Nullable String range) {
        if (range == null) {
            return source.body();
        }
        Matcher matcher = COPY_RANGE.matcher(range);
        if (!matcher.matches()) {
            throw S3Errors.invalidArgument(
                    "The x-amz-copy-source-range value must be of the form bytes=first-last where first and last are the zero-based offsets of the first and last bytes to copy",
                    "x-amz-copy-source-range",
                    range);
        }
        long first = Long.parseLong(matcher.group(1));
        long last = Long.parseLong(matcher.group(2));
        if (first > last || last >= source.size()) {
            throw S3Errors.invalidArgument(
                    "Range specified is not valid for source object of size: " + source.size(),
                    "x-amz-copy-source-range",
                    range);
        }
        return BodyStore.slice(source.body(), first, last - first + 1);
    }

    AbortMultipartUploadOutput abortMultipartUpload(AbortMultipartUploadRequest in, CallContext call) {
        BucketState bucket = buckets.of(in.bucket(), in.expectedBucketOwner(), call);
        if (in.ifMatchInitiatedTime() != null) {
            call.notEmulated("x-amz-if-match-initiated-time, which is for directory buckets");
        }
        Upload upload = upload(bucket, in.key(), in.uploadId());
        synchronized (upload) {
            if (upload.over) {
                throw S3Errors.noSuchUpload(upload.id);
            }
            end(bucket, upload);
        }
        return AbortMultipartUploadOutput.builder().build();
    }

    private void end(BucketState bucket, Upload upload) {
        upload.over = true;
        bucket.end(upload);
        upload.parts.values().forEach(p -> buckets.bodies.drop(p.body()));
    }
}
