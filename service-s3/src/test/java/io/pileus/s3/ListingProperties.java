package io.pileus.s3;

import static org.assertj.core.api.Assertions.assertThat;

import io.pileus.s3.model.CommonPrefix;
import io.pileus.s3.model.DeleteMarkerEntry;
import io.pileus.s3.model.DeleteObjectRequest;
import io.pileus.s3.model.ListObjectVersionsOutput;
import io.pileus.s3.model.ListObjectVersionsRequest;
import io.pileus.s3.model.ListObjectsOutput;
import io.pileus.s3.model.ListObjectsRequest;
import io.pileus.s3.model.ListObjectsV2Output;
import io.pileus.s3.model.ListObjectsV2Request;
import io.pileus.s3.model.ObjectVersion;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.constraints.StringLength;

/** Whatever is put, deleted and asked, the pages of a listing together are what a sorted map says. */
class ListingProperties {
    /** Few letters, one of them the delimiter, so that prefixes meet; every third key is deleted again. */
    private static TreeMap<String, Boolean> fill(S3Fixture s3, List<String> raw) {
        TreeMap<String, Boolean> alive = new TreeMap<>();
        int n = 0;
        for (String text : raw) {
            String key = text.replace('c', '/');
            s3.put(key, "x");
            alive.put(key, true);
            if (n++ % 3 == 2) {
                s3.s3.deleteObject(
                        DeleteObjectRequest.builder()
                                .bucket(S3Fixture.BUCKET)
                                .key(key)
                                .build(),
                        s3.call());
                alive.put(key, false);
            }
        }
        return alive;
    }

    private static List<String> expected(Map<String, Boolean> keys, String prefix, String after, boolean delimited) {
        TreeSet<String> expected = new TreeSet<>();
        for (Map.Entry<String, Boolean> key : keys.entrySet()) {
            if (!key.getValue() || !key.getKey().startsWith(prefix)) {
                continue;
            }
            int cut = delimited ? key.getKey().indexOf('/', prefix.length()) : -1;
            String shown = cut < 0 ? key.getKey() : key.getKey().substring(0, cut + 1);
            // A key after the start shows its common prefix, even one that begins before it.
            boolean beyond = cut < 0
                    ? shown.compareTo(after) > 0
                    : !shown.equals(after) && key.getKey().compareTo(after) > 0;
            if (beyond) {
                expected.add(shown);
            }
        }
        return List.copyOf(expected);
    }

    @Property(tries = 150)
    void theSecondVersionListsWhatIsThere(
            @ForAll @Size(max = 20) List<@StringLength(min = 1, max = 5) @CharRange(from = 'a', to = 'c') String> raw,
            @ForAll @StringLength(max = 2) @CharRange(from = 'a', to = 'c') String rawPrefix,
            @ForAll @StringLength(max = 3) @CharRange(from = 'a', to = 'c') String rawAfter,
            @ForAll boolean delimited,
            @ForAll boolean versioned,
            @ForAll @IntRange(min = 1, max = 4) int max) {
        S3Fixture s3 = versioned ? new S3Fixture().versioned() : new S3Fixture();
        Map<String, Boolean> keys = fill(s3, raw);
        String prefix = rawPrefix.replace('c', '/');
        String after = rawAfter.replace('c', '/');
        List<String> seen = new ArrayList<>();
        String token = null;
        ListObjectsV2Output page;
        do {
            page = s3.s3.listObjectsV2(
                    ListObjectsV2Request.builder()
                            .bucket(S3Fixture.BUCKET)
                            .prefix(prefix)
                            .delimiter(delimited ? "/" : null)
                            .startAfter(after)
                            .continuationToken(token)
                            .maxKeys(max)
                            .build(),
                    s3.call());
            TreeSet<String> both = new TreeSet<>();
            page.contents().forEach(o -> both.add(o.key()));
            page.commonPrefixes().forEach(p -> both.add(p.prefix()));
            assertThat(page.keyCount()).isEqualTo(both.size()).isLessThanOrEqualTo(max);
            seen.addAll(both);
            token = page.nextContinuationToken();
        } while (page.isTruncated());
        assertThat(seen).containsExactlyElementsOf(expected(keys, prefix, after, delimited));
    }

    @Property(tries = 100)
    void theFirstVersionListsTheSame(
            @ForAll @Size(max = 20) List<@StringLength(min = 1, max = 5) @CharRange(from = 'a', to = 'c') String> raw,
            @ForAll boolean delimited,
            @ForAll @IntRange(min = 1, max = 4) int max) {
        S3Fixture s3 = new S3Fixture();
        Map<String, Boolean> keys = fill(s3, raw);
        List<String> seen = new ArrayList<>();
        String marker = null;
        ListObjectsOutput page;
        do {
            page = s3.s3.listObjects(
                    ListObjectsRequest.builder()
                            .bucket(S3Fixture.BUCKET)
                            .delimiter(delimited ? "/" : null)
                            .marker(marker)
                            .maxKeys(max)
                            .build(),
                    s3.call());
            TreeSet<String> both = new TreeSet<>();
            page.contents().forEach(o -> both.add(o.key()));
            page.commonPrefixes().forEach(p -> both.add(p.prefix()));
            seen.addAll(both);
            marker = delimited ? page.nextMarker() : both.isEmpty() ? null : both.last();
        } while (page.isTruncated());
        assertThat(seen).containsExactlyElementsOf(expected(keys, "", "", delimited));
    }

    @Property(tries = 100)
    void everyVersionIsListedOnceAndOneOfEachKeyIsTheLatest(
            @ForAll @Size(max = 15) List<@StringLength(min = 1, max = 3) @CharRange(from = 'a', to = 'c') String> raw,
            @ForAll boolean delimited,
            @ForAll @IntRange(min = 1, max = 4) int max) {
        S3Fixture s3 = new S3Fixture().versioned();
        fill(s3, raw);
        List<String> versions = new ArrayList<>();
        List<String> latest = new ArrayList<>();
        List<String> prefixes = new ArrayList<>();
        String key = null;
        String version = null;
        ListObjectVersionsOutput page;
        do {
            page = s3.s3.listObjectVersions(
                    ListObjectVersionsRequest.builder()
                            .bucket(S3Fixture.BUCKET)
                            .delimiter(delimited ? "/" : null)
                            .keyMarker(key)
                            .versionIdMarker(version)
                            .maxKeys(max)
                            .build(),
                    s3.call());
            for (ObjectVersion v : page.versions()) {
                versions.add(v.versionId());
                if (v.isLatest()) {
                    latest.add(v.key());
                }
            }
            for (DeleteMarkerEntry m : page.deleteMarkers()) {
                versions.add(m.versionId());
                if (m.isLatest()) {
                    latest.add(m.key());
                }
            }
            page.commonPrefixes().stream().map(CommonPrefix::prefix).forEach(prefixes::add);
            key = page.nextKeyMarker();
            version = page.nextVersionIdMarker();
        } while (page.isTruncated());
        long shown = raw.stream()
                .map(r -> r.replace('c', '/'))
                .filter(k -> !delimited || !k.contains("/"))
                .distinct()
                .count();
        assertThat(versions).doesNotHaveDuplicates();
        assertThat(latest).doesNotHaveDuplicates().hasSize((int) shown);
        assertThat(prefixes).doesNotHaveDuplicates().isSorted();
        if (!delimited) {
            assertThat(versions).hasSize(raw.size() + raw.size() / 3);
        }
    }
}
