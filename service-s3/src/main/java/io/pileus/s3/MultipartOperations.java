package io.pileus.s3;

import io.pileus.core.http.Payload;
import io.pileus.core.identity.Ids;
import io.pileus.core.service.AwsException;
import io.pileus.core.service.CallContext;
import io.pileus.core.service.NotImplemented;
import io.pileus.s3.BucketState.Upload;
import io.pileus.s3.BucketState.UploadedPart;
import io.pileus.s3.StoredObject.ObjectHeaders;
import io.pileus.s3.model.AbortMultipartUploadOutput;
import io.pileus.s3.model.AbortMultipartUploadRequest;
import io.pileus.s3.model.CompleteMultipartUploadOutput;
import io.pileus.s3.model.CompleteMultipartUploadRequest;
import io.pileus.s3.model.CompletedPart;
import io.pileus.s3.model.CreateMultipartUploadOutput;
import io.pileus.s3.model.CreateMultipartUploadRequest;
import io.pileus.s3.model.ListPartsOutput;
import io.pileus.s3.model.ListPartsRequest;
import io.pileus.s3.model.Part;
import io.pileus.s3.model.UploadPartOutput;
import io.pileus.s3.model.UploadPartRequest;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/** Uploads in parts. */
final class MultipartOperations {
    private static final long PART_BYTES_MIN = 5L << 20;
    private static final int PARTS_MAX = 10_000;

    private final Buckets buckets;
    private final Ids ids;

    MultipartOperations(Buckets buckets, Ids ids) {
        this.buckets = buckets;
        this.ids = ids;
    }

    CreateMultipartUploadOutput create(CreateMultipartUploadRequest in, CallContext call) {
        BucketState bucket = buckets.of(in.bucket(), in.expectedBucketOwner(), call);
        ObjectOperations.refuseUnsupported(in.sseCustomerAlgorithm(), in.serverSideEncryption());
        ObjectOperations.checkKey(in.key());
        ObjectHeaders headers = new ObjectHeaders(
                in.contentType(),
                in.cacheControl(),
                in.contentDisposition(),
                ObjectOperations.withoutAwsChunked(in.contentEncoding()),
                in.contentLanguage(),
                in.expires(),
                in.websiteRedirectLocation(),
                Map.copyOf(in.metadata()),
                in.storageClass() == null ? "STANDARD" : in.storageClass(),
                "AES256",
                null);
        StoredObject draft = new StoredObject(
                in.key(),
                "",
                false,
                Payload.EMPTY,
                "",
                call.receivedAt(),
                headers,
                ObjectOperations.tags(in.tagging()),
                Map.of(),
                "FULL_OBJECT",
                List.of());
        if ("COMPOSITE".equals(in.checksumType())) {
            throw NotImplemented.feature("The checksum type COMPOSITE");
        }
        Upload upload = new Upload(ids.alphanumeric(64), draft, in.checksumAlgorithm());
        synchronized (bucket) {
            if (bucket.deleted) {
                throw S3Errors.noSuchBucket();
            }
            bucket.uploads.put(upload.id, upload);
        }
        return CreateMultipartUploadOutput.builder()
                .bucket(in.bucket())
                .key(in.key())
                .uploadId(upload.id)
                .serverSideEncryption("AES256")
                .checksumAlgorithm(in.checksumAlgorithm())
                .checksumType(in.checksumAlgorithm() == null ? null : "FULL_OBJECT")
                .build();
    }

    private static Upload upload(BucketState bucket, String key, String id) {
        Upload upload = bucket.uploads.get(id);
        if (upload == null || !upload.draft.key().equals(key)) {
            throw S3Errors.noSuchUpload();
        }
        return upload;
    }

    UploadPartOutput upload(UploadPartRequest in, CallContext call) {
        BucketState bucket = buckets.of(in.bucket(), in.expectedBucketOwner(), call);
        ObjectOperations.refuseUnsupported(in.sseCustomerAlgorithm(), null);
        Upload upload = upload(bucket, in.key(), in.uploadId());
        if (in.partNumber() < 1 || in.partNumber() > PARTS_MAX) {
            throw S3Errors.invalidArgument("Part number must be an integer between 1 and 10000, inclusive");
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
        UploadedPart part = new UploadedPart(in.partNumber(), buckets.bodies.keep(received), sums, call.receivedAt());
        synchronized (upload) {
            if (upload.over) {
                buckets.bodies.drop(part.body());
                throw S3Errors.noSuchUpload();
            }
            UploadedPart old = upload.parts.put(part.number(), part);
            if (old != null) {
                buckets.bodies.drop(old.body());
            }
        }
        return UploadPartOutput.builder()
                .eTag(part.eTag())
                .serverSideEncryption("AES256")
                .checksumCRC32(sums.sums().get("CRC32"))
                .checksumCRC32C(sums.sums().get("CRC32C"))
                .checksumCRC64NVME(sums.sums().get("CRC64NVME"))
                .checksumSHA1(sums.sums().get("SHA1"))
                .checksumSHA256(sums.sums().get("SHA256"))
                .build();
    }

    CompleteMultipartUploadOutput complete(CompleteMultipartUploadRequest in, CallContext call) {
        BucketState bucket = buckets.of(in.bucket(), in.expectedBucketOwner(), call);
        Upload upload = upload(bucket, in.key(), in.uploadId());
        if (in.multipartUpload() == null || in.multipartUpload().parts().isEmpty()) {
            throw S3Errors.malformedXml();
        }
        synchronized (upload) {
            if (upload.over) {
                throw S3Errors.noSuchUpload();
            }
            List<UploadedPart> parts = chosen(upload, in.multipartUpload().parts());
            MessageDigest md5 = Checksums.digest("MD5");
            List<Payload> bodies = new ArrayList<>();
            List<Long> sizes = new ArrayList<>();
            for (UploadedPart part : parts) {
                md5.update(part.sums().md5());
                bodies.add(part.body());
                sizes.add(part.body().size());
            }
            Payload body = buckets.bodies.join(bodies);
            StoredObject draft = upload.draft;
            StoredObject stored;
            try {
                Checksums sums = Checksums.verify(
                        body,
                        Checksums.announced(
                                in.checksumCRC32(), in.checksumCRC32C(), in.checksumCRC64NVME(), null, null),
                        null,
                        upload.algorithm);
                stored = bucket.add(
                        new StoredObject(
                                draft.key(),
                                "",
                                false,
                                body,
                                '"' + HexFormat.of().formatHex(md5.digest()) + "-" + parts.size() + '"',
                                draft.lastModified(),
                                draft.headers(),
                                draft.tags(),
                                sums.sums(),
                                "FULL_OBJECT",
                                List.copyOf(sizes)),
                        ids,
                        current -> ObjectOperations.checkWrite(current, in.ifMatch(), in.ifNoneMatch()),
                        buckets.bodies::drop);
            } catch (AwsException e) {
                buckets.bodies.drop(body);
                throw e;
            }
            end(bucket, upload);
            return CompleteMultipartUploadOutput.builder()
                    .location(call.endpoint() + "/" + in.bucket() + "/" + in.key())
                    .bucket(in.bucket())
                    .key(in.key())
                    .eTag(stored.eTag())
                    .versionId(ObjectOperations.shown(bucket, stored))
                    .serverSideEncryption("AES256")
                    .build();
        }
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
                throw new AwsException(
                        "InvalidPartOrder",
                        400,
                        "The list of parts was not in ascending order. Parts must be ordered by part number.");
            }
            before = number;
            UploadedPart found = upload.parts.get(number);
            if (found == null
                    || !found.eTag().replace("\"", "").equals(part.eTag().replace("\"", ""))) {
                throw S3Errors.invalidPart();
            }
            parts.add(found);
        }
        for (UploadedPart part : parts.subList(0, parts.size() - 1)) {
            if (part.body().size() < PART_BYTES_MIN) {
                throw new AwsException(
                        "EntityTooSmall", 400, "Your proposed upload is smaller than the minimum allowed size");
            }
        }
        return parts;
    }

    private void end(BucketState bucket, Upload upload) {
        upload.over = true;
        bucket.uploads.remove(upload.id);
        upload.parts.values().forEach(p -> buckets.bodies.drop(p.body()));
    }

    AbortMultipartUploadOutput abort(AbortMultipartUploadRequest in, CallContext call) {
        BucketState bucket = buckets.of(in.bucket(), in.expectedBucketOwner(), call);
        Upload upload = upload(bucket, in.key(), in.uploadId());
        synchronized (upload) {
            end(bucket, upload);
        }
        return AbortMultipartUploadOutput.builder().build();
    }

    ListPartsOutput parts(ListPartsRequest in, CallContext call) {
        BucketState bucket = buckets.of(in.bucket(), in.expectedBucketOwner(), call);
        Upload upload = upload(bucket, in.key(), in.uploadId());
        int marker = in.partNumberMarker() == null ? 0 : in.partNumberMarker();
        int max = in.maxParts() == null ? 1000 : Math.min(in.maxParts(), 1000);
        List<UploadedPart> after =
                List.copyOf(upload.parts.tailMap(marker, false).values());
        List<UploadedPart> page = after.subList(0, Math.min(max, after.size()));
        return ListPartsOutput.builder()
                .bucket(in.bucket())
                .key(in.key())
                .uploadId(in.uploadId())
                .partNumberMarker(marker)
                .nextPartNumberMarker(page.isEmpty() ? 0 : page.getLast().number())
                .maxParts(max)
                .isTruncated(after.size() > page.size())
                .parts(page.stream()
                        .map(p -> Part.builder()
                                .partNumber(p.number())
                                .eTag(p.eTag())
                                .size(p.body().size())
                                .lastModified(p.at())
                                .build())
                        .toList())
                .owner(ListOperations.owner(bucket))
                .storageClass(upload.draft.headers().storageClass())
                .build();
    }
}
