package io.pileus.s3;

import io.pileus.core.service.CallContext;
import io.pileus.s3.BucketState.Upload;
import io.pileus.s3.BucketState.UploadedPart;
import io.pileus.s3.Encryptions.CustomerKey;
import io.pileus.s3.model.CommonPrefix;
import io.pileus.s3.model.Initiator;
import io.pileus.s3.model.ListMultipartUploadsOutput;
import io.pileus.s3.model.ListMultipartUploadsRequest;
import io.pileus.s3.model.ListPartsOutput;
import io.pileus.s3.model.ListPartsRequest;
import io.pileus.s3.model.MultipartUpload;
import io.pileus.s3.model.Part;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Listing the uploads under way in a bucket, and the parts of one. */
final class UploadListing {
    private static final int PAGE = 1000;
    private final Buckets buckets;
    private final Lifecycles lifecycles;

    UploadListing(Buckets buckets, Lifecycles lifecycles) {
        this.buckets = buckets;
        this.lifecycles = lifecycles;
    }

    private static int inOrder(Upload a, Upload b) {
        int byKey = BucketState.byCodePoint(a.draft.key(), b.draft.key());
        return byKey != 0 ? byKey : a.id.compareTo(b.id);
    }

    ListMultipartUploadsOutput listMultipartUploads(ListMultipartUploadsRequest in, CallContext call) {
        BucketState bucket = buckets.of(in.bucket(), in.expectedBucketOwner(), call);
        boolean encodes = ListOperations.encodes(in.encodingType());
        int max = max(in.maxUploads(), "max-uploads");
        String prefix = ListOperations.text(in.prefix());
        String delimiter = ListOperations.text(in.delimiter());
        String keyMarker = ListOperations.text(in.keyMarker());
        String idMarker = keyMarker.isEmpty() ? "" : ListOperations.text(in.uploadIdMarker());
        List<Upload> uploads = new ArrayList<>();
        List<String> prefixes = new ArrayList<>();
        String nextKey = null;
        String nextId = null;
        boolean truncated = false;
        for (Upload upload :
                bucket.uploads.values().stream().sorted(UploadListing::inOrder).toList()) {
            String key = upload.draft.key();
            if (!key.startsWith(prefix) || !isAfter(upload, keyMarker, idMarker)) {
                continue;
            }
            int cut = delimiter.isEmpty() ? -1 : key.indexOf(delimiter, prefix.length());
            String common = cut < 0 ? null : key.substring(0, cut + delimiter.length());
            if (common != null && (prefixes.contains(common) || common.equals(keyMarker))) {
                continue;
            }
            if (uploads.size() + prefixes.size() >= max) {
                truncated = max > 0;
                break;
            }
            if (common == null) {
                uploads.add(upload);
            } else {
                prefixes.add(common);
            }
            nextKey = common == null ? key : common;
            nextId = common == null ? upload.id : "";
        }
        return ListMultipartUploadsOutput.builder()
                .bucket(in.bucket())
                .keyMarker(ListOperations.encode(keyMarker, encodes))
                .uploadIdMarker(ListOperations.text(in.uploadIdMarker()))
                .nextKeyMarker(nextKey == null ? null : ListOperations.encode(nextKey, encodes))
                .nextUploadIdMarker(nextId)
                .prefix(ListOperations.encode(prefix, encodes))
                .delimiter(ListOperations.delimiter(in.delimiter(), encodes))
                .maxUploads(max)
                .isTruncated(truncated)
                .encodingType(in.encodingType())
                .uploads(uploads.stream().map(u -> upload(bucket, u, encodes)).toList())
                .commonPrefixes(prefixes.stream()
                        .map(p -> CommonPrefix.builder()
                                .prefix(ListOperations.encode(p, encodes))
                                .build())
                        .toList())
                .build();
    }

    private static boolean isAfter(Upload upload, String keyMarker, String idMarker) {
        int order = BucketState.byCodePoint(upload.draft.key(), keyMarker);
        return order > 0 || order == 0 && !idMarker.isEmpty() && upload.id.compareTo(idMarker) > 0;
    }

    private static int max(@Nullable Integer asked, String name) {
        if (asked != null && asked < 0) {
            throw outOfRange(name, asked);
        }
        return asked == null ? PAGE : Math.min(asked, PAGE);
    }

    private static S3Error outOfRange(String name, int asked) {
        return S3Errors.invalidArgument(
                "Argument " + name + " must be an integer between 0 and 2147483647", name, asked);
    }

    private static MultipartUpload upload(BucketState bucket, Upload upload, boolean encodes) {
        return MultipartUpload.builder()
                .uploadId(upload.id)
                .key(ListOperations.encode(upload.draft.key(), encodes))
                .initiated(upload.draft.lastModified())
                .storageClass(upload.draft.headers().storageClass())
                .owner(Buckets.owner(bucket))
                .initiator(initiator(upload))
                .checksumAlgorithm(upload.algorithm)
                .checksumType(upload.algorithm == null ? null : upload.checksumType)
                .build();
    }

    private static Initiator initiator(Upload upload) {
        return Initiator.builder().id(upload.initiator).build();
    }

    // ---- parts --------------------------------------------------------------------------------------------------

    ListPartsOutput listParts(ListPartsRequest in, CallContext call) {
        BucketState bucket = buckets.of(in.bucket(), in.expectedBucketOwner(), call);
        Upload upload = MultipartOperations.upload(bucket, in.key(), in.uploadId());
        CustomerKey key = new CustomerKey(in.sseCustomerAlgorithm(), in.sseCustomerKey(), in.sseCustomerKeyMD5());
        if (key.isThere()) {
            MultipartOperations.checkKey(upload, key);
        }
        int marker = in.partNumberMarker() == null ? 0 : in.partNumberMarker();
        if (marker < 0) {
            throw outOfRange("part-number-marker", marker);
        }
        int max = max(in.maxParts(), "max-parts");
        List<UploadedPart> after =
                List.copyOf(upload.parts.tailMap(marker, false).values());
        List<UploadedPart> page = after.subList(0, Math.min(max, after.size()));
        Optional<Lifecycles.Abortion> abortion = lifecycles.abortion(bucket, upload.draft);
        return ListPartsOutput.builder()
                .abortDate(abortion.map(Lifecycles.Abortion::date).orElse(null))
                .abortRuleId(abortion.map(Lifecycles.Abortion::ruleId).orElse(null))
                .bucket(in.bucket())
                .key(in.key())
                .uploadId(in.uploadId())
                .partNumberMarker(marker)
                .nextPartNumberMarker(page.isEmpty() ? 0 : page.getLast().number())
                .maxParts(max)
                .isTruncated(after.size() > page.size())
                .parts(page.stream().map(p -> part(p, upload)).toList())
                .owner(Buckets.owner(bucket))
                .initiator(initiator(upload))
                .storageClass(upload.draft.headers().storageClass())
                .checksumAlgorithm(upload.algorithm)
                .checksumType(upload.algorithm == null ? null : upload.checksumType)
                .build();
    }

    private static Part part(UploadedPart part, Upload upload) {
        Map<String, String> sums =
                upload.algorithm == null ? Map.of() : part.sums().sums();
        return Part.builder()
                .partNumber(part.number())
                .eTag(part.eTag())
                .size(part.body().size())
                .lastModified(part.at())
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
