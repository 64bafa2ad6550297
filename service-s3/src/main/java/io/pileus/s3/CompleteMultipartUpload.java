package io.pileus.s3;

import io.pileus.core.http.Payload;
import io.pileus.core.service.CallContext;
import io.pileus.s3.BucketState.Upload;
import io.pileus.s3.BucketState.UploadedPart;
import io.pileus.s3.Encryptions.CustomerKey;
import io.pileus.s3.StoredObject.ObjectChecksum;
import io.pileus.s3.StoredObject.StoredPart;
import io.pileus.s3.model.CompleteMultipartUploadOutput;
import io.pileus.s3.model.CompleteMultipartUploadRequest;
import io.pileus.s3.model.CompletedPart;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Makes an object of an upload's parts. The upload is over from the moment its parts are chosen, and under way again when
 * that comes to nothing; so that nobody waits for a lock while large bodies are put together.
 */
final class CompleteMultipartUpload {
    private static final long PART_BYTES_MIN = 5L << 20;

    private final Objects objects;
    private final Buckets buckets;
    private final Lifecycles lifecycles;

    CompleteMultipartUpload(Objects objects, Lifecycles lifecycles) {
        this.objects = objects;
        this.buckets = objects.buckets;
        this.lifecycles = lifecycles;
    }

    CompleteMultipartUploadOutput completeMultipartUpload(CompleteMultipartUploadRequest in, CallContext call) {
        BucketState bucket = buckets.of(in.bucket(), in.expectedBucketOwner(), call);
        if (in.multipartUpload() == null || in.multipartUpload().parts().isEmpty()) {
            throw S3Errors.malformedXml();
        }
        Optional<StoredObject> before = bucket.completedAs(in.uploadId());
        if (before.isPresent() && before.get().key().equals(in.key())) {
            return answer(in, bucket, before.get(), call);
        }
        Upload upload = MultipartOperations.upload(bucket, in.key(), in.uploadId());
        if (in.sseCustomerKey() != null || in.sseCustomerKeyMD5() != null) {
            MultipartOperations.checkKey(
                    upload, new CustomerKey(in.sseCustomerAlgorithm(), in.sseCustomerKey(), in.sseCustomerKeyMD5()));
        }
        checkType(in, upload);
        List<UploadedPart> parts;
        synchronized (upload) {
            if (upload.over) {
                throw new S3Error(
                        "OperationAborted",
                        409,
                        "A conflicting conditional operation is currently in progress against this resource. Please try again.");
            }
            parts = chosen(upload, in.multipartUpload().parts());
            upload.over = true;
        }
        StoredObject stored;
        try {
            stored = store(in, bucket, upload, parts, call);
        } catch (RuntimeException e) {
            synchronized (upload) {
                upload.over = false;
            }
            throw e;
        }
        bucket.completed(upload.id, stored);
        bucket.end(upload);
        upload.parts.values().forEach(p -> buckets.bodies.drop(p.body()));
        return answer(in, bucket, stored, call);
    }

    private static void checkType(CompleteMultipartUploadRequest in, Upload upload) {
        if (in.checksumType() != null && !in.checksumType().equals(upload.checksumType)) {
            throw S3Errors.invalidRequest("The upload was created using the " + upload.checksumType
                    + " checksum mode. The complete request must use the same checksum mode.");
        }
    }

    private StoredObject store(
            CompleteMultipartUploadRequest in,
            BucketState bucket,
            Upload upload,
            List<UploadedPart> parts,
            CallContext call) {
        List<Payload> bodies = parts.stream().map(UploadedPart::body).toList();
        long size = bodies.stream().mapToLong(Payload::size).sum();
        if (in.mpuObjectSize() != null && in.mpuObjectSize() != size) {
            throw S3Errors.invalidRequest("The provided 'x-amz-mp-object-size' header value " + in.mpuObjectSize()
                    + " does not match what was computed: " + size);
        }
        ObjectChecksum checksum = checksum(in, upload, parts);
        Payload body = buckets.bodies.join(bodies);
        return objects.store(
                bucket,
                upload.draft.with(o -> {
                    o.body = body;
                    o.eTag = eTag(parts, upload.draft.encryption());
                    o.checksum = checksum;
                    o.parts = parts.stream()
                            .map(p -> new StoredPart(
                                    p.number(), p.body().size(), p.sums().sums()))
                            .toList();
                }),
                current -> Conditions.checkWrite(in.key(), current, in.ifMatch(), in.ifNoneMatch()),
                "ObjectCreated:CompleteMultipartUpload",
                call);
    }

    /** The MD5 of the parts' MD5s, with their number. */
    private static String eTag(List<UploadedPart> parts, Encryption encryption) {
        MessageDigest md5 = Checksums.digest("MD5");
        parts.forEach(p -> md5.update(p.sums().md5()));
        String salt = encryption.kmsKeyArn() != null ? encryption.kmsKeyArn() : encryption.customerKeyMd5();
        if (salt != null) {
            md5.update(salt.getBytes(StandardCharsets.UTF_8));
        }
        return '"' + HexFormat.of().formatHex(md5.digest()) + "-" + parts.size() + '"';
    }

    private static ObjectChecksum checksum(CompleteMultipartUploadRequest in, Upload upload, List<UploadedPart> parts) {
        String algorithm = upload.sumAlgorithm();
        String sum = upload.checksumType.equals(ObjectChecksum.COMPOSITE)
                ? Checksums.composite(
                        algorithm,
                        parts.stream()
                                .map(p -> String.valueOf(p.sums().sums().get(algorithm)))
                                .toList())
                : whole(algorithm, parts);
        Checksums.Announced announced = new Checksums.Announced()
                .sum("CRC32", in.checksumCRC32())
                .sum("CRC32C", in.checksumCRC32C())
                .sum("CRC64NVME", in.checksumCRC64NVME())
                .sum("SHA1", in.checksumSHA1())
                .sum("SHA256", in.checksumSHA256())
                .sum("SHA512", in.checksumSHA512())
                .sum("MD5", in.checksumMD5())
                .sum("XXHASH64", in.checksumXXHASH64());
        String said = announced.algorithm();
        if (said != null) {
            String sent = String.valueOf(announced.sums().get(said));
            if (!said.equals(algorithm)) {
                throw S3Errors.invalidRequest("Checksum Type mismatch occurred, expected checksum Type: "
                        + algorithm.toLowerCase(Locale.ROOT) + ", actual checksum Type: "
                        + said.toLowerCase(Locale.ROOT));
            }
            // A client may leave the number of parts out.
            if (!sent.equals(sum) && !(sum.startsWith(sent + "-"))) {
                throw S3Errors.badDigest("The " + said.toLowerCase(Locale.ROOT)
                        + " you specified did not match the calculated checksum.");
            }
        }
        return new ObjectChecksum(Map.of(algorithm, sum), upload.checksumType);
    }

    /** The checksum of all parts together, made from theirs: nothing is read again. */
    private static String whole(String algorithm, List<UploadedPart> parts) {
        CrcCombination combination = CrcCombination.of(algorithm);
        byte[] sum = new byte[combination.bytes()];
        for (UploadedPart part : parts) {
            byte[] ofPart = Base64.getDecoder().decode(part.sums().sums().get(algorithm));
            sum = combination.append(sum, ofPart, part.body().size());
        }
        return Base64.getEncoder().encodeToString(sum);
    }

    private static List<UploadedPart> chosen(Upload upload, List<CompletedPart> asked) {
        List<UploadedPart> parts = new ArrayList<>();
        int before = 0;
        for (CompletedPart part : asked) {
            Integer number = part.partNumber();
            if (number == null || part.eTag() == null) {
                throw S3Errors.malformedXml();
            }
            if (number <= before) {
                throw S3Errors.invalidPartOrder(upload.id);
            }
            before = number;
            parts.add(chosen(upload, part, number));
        }
        for (UploadedPart part : parts.subList(0, parts.size() - 1)) {
            if (part.body().size() < PART_BYTES_MIN) {
                throw S3Errors.entityTooSmall(part.body().size(), PART_BYTES_MIN, part.number(), part.eTag());
            }
        }
        return parts;
    }

    private static UploadedPart chosen(Upload upload, CompletedPart asked, int number) {
        UploadedPart found = upload.parts.get(number);
        String eTag = asked.eTag();
        if (found == null || eTag == null || !found.eTag().replace("\"", "").equals(eTag.replace("\"", ""))) {
            throw S3Errors.invalidPart(upload.id, number, eTag);
        }
        if (upload.algorithm == null) {
            return found;
        }
        String sent = sum(asked, upload.algorithm);
        if (sent == null && upload.checksumType.equals(ObjectChecksum.COMPOSITE)) {
            throw S3Errors.invalidRequest("The upload was created using a "
                    + upload.algorithm.toLowerCase(Locale.ROOT)
                    + " checksum. The complete request must include the checksum for each part. It was missing for part "
                    + number + " in the request.");
        }
        if (sent != null && !sent.equals(found.sums().sums().get(upload.algorithm))) {
            throw S3Errors.invalidPart(upload.id, number, eTag);
        }
        return found;
    }

    private static @Nullable String sum(CompletedPart part, String algorithm) {
        return switch (algorithm) {
            case "CRC32" -> part.checksumCRC32();
            case "CRC32C" -> part.checksumCRC32C();
            case "CRC64NVME" -> part.checksumCRC64NVME();
            case "SHA1" -> part.checksumSHA1();
            case "SHA256" -> part.checksumSHA256();
            case "SHA512" -> part.checksumSHA512();
            case "MD5" -> part.checksumMD5();
            case "XXHASH64" -> part.checksumXXHASH64();
            default -> null;
        };
    }

    private CompleteMultipartUploadOutput answer(
            CompleteMultipartUploadRequest in, BucketState bucket, StoredObject stored, CallContext call) {
        Encryption encryption = stored.encryption();
        Map<String, String> sums = stored.checksum().sums();
        return CompleteMultipartUploadOutput.builder()
                .location(call.endpoint() + "/" + in.bucket() + "/" + in.key())
                .bucket(in.bucket())
                .key(in.key())
                .eTag(stored.eTag())
                .expiration(lifecycles.expiration(bucket, stored))
                .versionId(Objects.shown(bucket, stored))
                .serverSideEncryption(encryption.algorithm())
                .ssekmsKeyId(encryption.kmsKeyArn())
                .bucketKeyEnabled(encryption.bucketKey())
                .checksumCRC32(sums.get("CRC32"))
                .checksumCRC32C(sums.get("CRC32C"))
                .checksumCRC64NVME(sums.get("CRC64NVME"))
                .checksumSHA1(sums.get("SHA1"))
                .checksumSHA256(sums.get("SHA256"))
                .checksumSHA512(sums.get("SHA512"))
                .checksumMD5(sums.get("MD5"))
                .checksumXXHASH64(sums.get("XXHASH64"))
                .checksumType(stored.checksum().type())
                .build();
    }
}
