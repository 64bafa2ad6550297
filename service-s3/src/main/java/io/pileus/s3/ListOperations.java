package io.pileus.s3;

import io.pileus.core.service.CallContext;
import io.pileus.s3.Lister.Page;
import io.pileus.s3.model.CommonPrefix;
import io.pileus.s3.model.ListObjectsOutput;
import io.pileus.s3.model.ListObjectsRequest;
import io.pileus.s3.model.ListObjectsV2Output;
import io.pileus.s3.model.ListObjectsV2Request;
import io.pileus.s3.model.Owner;
import io.pileus.s3.model.RestoreStatus;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Listing a bucket's objects. */
final class ListOperations {
    private static final int PAGE = 1000;

    private final Buckets buckets;

    ListOperations(Buckets buckets) {
        this.buckets = buckets;
    }

    private static Page<List<StoredObject>> page(
            BucketState bucket, @Nullable String prefix, @Nullable String delimiter, @Nullable String after, int max) {
        return Lister.list(
                bucket.objects,
                text(prefix),
                text(delimiter),
                after,
                max,
                v -> !v.getFirst().deleteMarker());
    }

    static String text(@Nullable String text) {
        return text == null ? "" : text;
    }

    static int max(@Nullable Integer asked) {
        if (asked != null && asked < 0) {
            throw S3Errors.invalidArgument(
                    "Argument maxKeys must be an integer between 0 and 2147483647", "maxKeys", asked);
        }
        return asked == null ? PAGE : Math.min(asked, PAGE);
    }

    static boolean encodes(@Nullable String type) {
        if (type != null && !type.equals("url")) {
            throw S3Errors.invalidArgument("Invalid Encoding Method specified in Request", "encoding-type", type);
        }
        return type != null;
    }

    static @Nullable String delimiter(@Nullable String delimiter, boolean encodes) {
        return text(delimiter).isEmpty() ? null : encode(delimiter, encodes);
    }

    /** As S3 encodes keys in listings: slashes stand, a space is a plus. */
    static @Nullable String encode(@Nullable String text, boolean encodes) {
        return text == null || !encodes
                ? text
                : URLEncoder.encode(text, StandardCharsets.UTF_8).replace("%2F", "/");
    }

    private static List<io.pileus.s3.model.Object> contents(
            Page<List<StoredObject>> page, boolean encodes, @Nullable Owner owner, @Nullable Instant restoresAt) {
        return page.items().stream()
                .map(List::getFirst)
                .map(o -> io.pileus.s3.model.Object.builder()
                        .key(encode(o.key(), encodes))
                        .lastModified(o.lastModified())
                        .eTag(o.eTag())
                        .size(o.size())
                        .storageClass(o.headers().storageClass())
                        .checksumAlgorithm(List.copyOf(o.checksum().sums().keySet()))
                        .checksumType(o.checksum().type())
                        .owner(owner)
                        .restoreStatus(restoresAt == null ? null : restoreStatus(o, restoresAt))
                        .build())
                .toList();
    }

    private static List<CommonPrefix> prefixes(Page<?> page, boolean encodes) {
        return page.prefixes().stream()
                .map(p -> CommonPrefix.builder().prefix(encode(p, encodes)).build())
                .toList();
    }

    ListObjectsV2Output listObjectsV2(ListObjectsV2Request in, CallContext call) {
        BucketState bucket = buckets.of(in.bucket(), in.expectedBucketOwner(), call);
        boolean encodes = encodes(in.encodingType());
        String after = in.continuationToken() == null ? in.startAfter() : PageToken.read(in.continuationToken());
        int max = max(in.maxKeys());
        Page<List<StoredObject>> page = page(bucket, in.prefix(), in.delimiter(), after, max);
        Owner owner = Boolean.TRUE.equals(in.fetchOwner()) ? Buckets.owner(bucket) : null;
        String last = page.last();
        return ListObjectsV2Output.builder()
                .name(in.bucket())
                .prefix(encode(text(in.prefix()), encodes))
                .delimiter(delimiter(in.delimiter(), encodes))
                .maxKeys(max)
                .encodingType(in.encodingType())
                .contents(contents(page, encodes, owner, restoresAt(in.optionalObjectAttributes(), call)))
                .commonPrefixes(prefixes(page, encodes))
                .keyCount(page.items().size() + page.prefixes().size())
                .isTruncated(page.truncated())
                .continuationToken(in.continuationToken())
                .nextContinuationToken(page.truncated() && last != null ? PageToken.after(last) : null)
                .startAfter(in.continuationToken() == null ? encode(in.startAfter(), encodes) : null)
                .build();
    }

    ListObjectsOutput listObjects(ListObjectsRequest in, CallContext call) {
        BucketState bucket = buckets.of(in.bucket(), in.expectedBucketOwner(), call);
        boolean encodes = encodes(in.encodingType());
        int max = max(in.maxKeys());
        Page<List<StoredObject>> page = page(bucket, in.prefix(), in.delimiter(), in.marker(), max);
        boolean delimited = !text(in.delimiter()).isEmpty();
        return ListObjectsOutput.builder()
                .name(in.bucket())
                .prefix(encode(text(in.prefix()), encodes))
                .delimiter(delimiter(in.delimiter(), encodes))
                .marker(encode(text(in.marker()), encodes))
                .nextMarker(page.truncated() && delimited ? encode(page.last(), encodes) : null)
                .maxKeys(max)
                .encodingType(in.encodingType())
                .contents(
                        contents(page, encodes, Buckets.owner(bucket), restoresAt(in.optionalObjectAttributes(), call)))
                .commonPrefixes(prefixes(page, encodes))
                .isTruncated(page.truncated())
                .build();
    }

    /** The time for which restores are to be shown; null when they are not asked for. */
    static @Nullable Instant restoresAt(List<String> attributes, CallContext call) {
        return attributes.contains("RestoreStatus") ? call.receivedAt() : null;
    }

    static @Nullable RestoreStatus restoreStatus(StoredObject object, Instant now) {
        if (object.isBeingRestored(now)) {
            return RestoreStatus.builder().isRestoreInProgress(true).build();
        }
        return object.isRestored(now)
                ? RestoreStatus.builder()
                        .isRestoreInProgress(false)
                        .restoreExpiryDate(object.restoredUntil())
                        .build()
                : null;
    }
}
