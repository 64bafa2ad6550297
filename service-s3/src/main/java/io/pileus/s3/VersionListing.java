package io.pileus.s3;

import io.pileus.core.service.CallContext;
import io.pileus.core.shape.Shape;
import io.pileus.s3.model.CommonPrefix;
import io.pileus.s3.model.DeleteMarkerEntry;
import io.pileus.s3.model.ListObjectVersionsOutput;
import io.pileus.s3.model.ListObjectVersionsRequest;
import io.pileus.s3.model.ObjectVersion;
import io.pileus.s3.model.Owner;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Listing every version of a bucket's objects, delete markers too: by key, and by age from the newest on. */
final class VersionListing {
    private final Buckets buckets;

    VersionListing(Buckets buckets) {
        this.buckets = buckets;
    }

    /** One line of the list. */
    private record Line(StoredObject version, boolean latest) {}

    /** A page; the markers to go on after are null when nothing follows. */
    private static final class Page {
        final List<Line> lines = new ArrayList<>();
        final List<String> prefixes = new ArrayList<>();

        @Nullable
        String nextKey;

        @Nullable
        String nextVersion;

        boolean truncated;

        private int size() {
            return lines.size() + prefixes.size();
        }
    }

    VersionPage listObjectVersions(ListObjectVersionsRequest in, CallContext call) {
        BucketState bucket = buckets.of(in.bucket(), in.expectedBucketOwner(), call);
        boolean encodes = ListOperations.encodes(in.encodingType());
        int max = ListOperations.max(in.maxKeys());
        String versionMarker =
                in.versionIdMarker() == null || in.versionIdMarker().isEmpty() ? null : in.versionIdMarker();
        if (versionMarker != null && ListOperations.text(in.keyMarker()).isEmpty()) {
            throw S3Errors.invalidArgument(
                    "A version-id marker cannot be specified without a key marker.",
                    "version-id-marker",
                    versionMarker);
        }
        if (versionMarker != null && !Objects.mayBeVersionId(versionMarker)) {
            throw S3Errors.invalidArgument("Invalid version id specified", "version-id-marker", versionMarker);
        }
        Page page = page(
                bucket,
                ListOperations.text(in.prefix()),
                ListOperations.text(in.delimiter()),
                ListOperations.text(in.keyMarker()),
                versionMarker,
                max);
        Owner owner = Buckets.owner(bucket);
        Instant restores = ListOperations.restoresAt(in.optionalObjectAttributes(), call);
        List<? extends Shape> lines = page.lines.stream()
                .map(l -> l.version().deleteMarker() ? marker(l, encodes, owner) : version(l, encodes, owner, restores))
                .toList();
        ListObjectVersionsOutput output = ListObjectVersionsOutput.builder()
                .name(in.bucket())
                .prefix(ListOperations.encode(ListOperations.text(in.prefix()), encodes))
                .keyMarker(ListOperations.encode(ListOperations.text(in.keyMarker()), encodes))
                .versionIdMarker(ListOperations.text(in.versionIdMarker()))
                .nextKeyMarker(ListOperations.encode(page.nextKey, encodes))
                .nextVersionIdMarker(page.nextVersion)
                .delimiter(ListOperations.delimiter(in.delimiter(), encodes))
                .maxKeys(max)
                .encodingType(in.encodingType())
                .isTruncated(page.truncated)
                .versions(only(ObjectVersion.class, lines))
                .deleteMarkers(only(DeleteMarkerEntry.class, lines))
                .commonPrefixes(page.prefixes.stream()
                        .map(p -> CommonPrefix.builder()
                                .prefix(ListOperations.encode(p, encodes))
                                .build())
                        .toList())
                .build();
        return new VersionPage(output, lines);
    }

    private static <T> List<T> only(Class<T> kind, List<? extends Shape> lines) {
        return lines.stream().filter(kind::isInstance).map(kind::cast).toList();
    }

    private static ObjectVersion version(Line line, boolean encodes, Owner owner, @Nullable Instant restores) {
        StoredObject version = line.version();
        return ObjectVersion.builder()
                .key(ListOperations.encode(version.key(), encodes))
                .versionId(version.versionId())
                .isLatest(line.latest())
                .lastModified(version.lastModified())
                .eTag(version.eTag())
                .checksumAlgorithm(List.copyOf(version.checksum().sums().keySet()))
                .checksumType(version.checksum().type())
                .size(version.size())
                .storageClass(version.headers().storageClass())
                .owner(owner)
                .restoreStatus(restores == null ? null : ListOperations.restoreStatus(version, restores))
                .build();
    }

    private static DeleteMarkerEntry marker(Line line, boolean encodes, Owner owner) {
        StoredObject version = line.version();
        return DeleteMarkerEntry.builder()
                .key(ListOperations.encode(version.key(), encodes))
                .versionId(version.versionId())
                .isLatest(line.latest())
                .lastModified(version.lastModified())
                .owner(owner)
                .build();
    }

    private static Page page(
            BucketState bucket,
            String prefix,
            String delimiter,
            String keyMarker,
            @Nullable String versionMarker,
            int max) {
        Page page = new Page();
        String from = BucketState.byCodePoint(keyMarker, prefix) > 0 ? keyMarker : prefix;
        Map.Entry<String, List<StoredObject>> entry = bucket.objects.ceilingEntry(from);
        while (entry != null && entry.getKey().startsWith(prefix)) {
            String key = entry.getKey();
            int cut = delimiter.isEmpty() ? -1 : key.indexOf(delimiter, prefix.length());
            String common = cut < 0 ? null : key.substring(0, cut + delimiter.length());
            if (common != null) {
                if (BucketState.byCodePoint(common, keyMarker) > 0 && !add(page, common, max)) {
                    return page;
                }
                entry = Lister.beyondPrefix(bucket.objects, common);
                continue;
            }
            boolean marked = key.equals(keyMarker);
            if (!marked || versionMarker != null) {
                if (!add(page, entry.getValue(), marked ? versionMarker : null, max)) {
                    return page;
                }
            }
            entry = bucket.objects.higherEntry(key);
        }
        page.nextKey = null;
        page.nextVersion = null;
        return page;
    }

    /** Adds a common prefix; false when the page is full. */
    private static boolean add(Page page, String common, int max) {
        if (page.size() >= max) {
            page.truncated = max > 0;
            return false;
        }
        page.prefixes.add(common);
        page.nextKey = common;
        page.nextVersion = null;
        return true;
    }

    /** Adds the versions that come after one; false when the page is full. */
    private static boolean add(Page page, List<StoredObject> versions, @Nullable String after, int max) {
        boolean begun =
                after == null || versions.stream().noneMatch(v -> v.versionId().equals(after));
        for (int i = 0; i < versions.size(); i++) {
            StoredObject version = versions.get(i);
            if (!begun) {
                begun = version.versionId().equals(after);
                continue;
            }
            if (page.size() >= max) {
                page.truncated = max > 0;
                return false;
            }
            page.lines.add(new Line(version, i == 0));
            page.nextKey = version.key();
            page.nextVersion = version.versionId();
        }
        return true;
    }
}
