package io.pileus.s3;

import io.pileus.core.http.Payload;
import io.pileus.core.identity.AccountId;
import io.pileus.core.identity.Ids;
import io.pileus.core.identity.Region;
import io.pileus.core.service.AwsException;
import io.pileus.core.shape.Shape;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A bucket: the versions of each key, newest first, under one lock for writers; readers take none. Keys are in the order
 * of their UTF-8 bytes, as S3 lists them.
 */
final class BucketState {
    final String name;
    final AccountId owner;
    final Region region;
    final Instant createdAt;
    final ConcurrentSkipListMap<String, List<StoredObject>> objects =
            new ConcurrentSkipListMap<>(BucketState::byCodePoint);
    final ConcurrentSkipListMap<String, Upload> uploads = new ConcurrentSkipListMap<>();
    /** Configurations that are only stored, by their name. */
    final Map<String, Shape> configurations = new ConcurrentHashMap<>();

    volatile Map<String, String> tags = Map.of();
    volatile @Nullable String policy;
    volatile @Nullable String versioning;
    volatile boolean deleted;

    BucketState(String name, AccountId owner, Region region, Instant createdAt) {
        this.name = name;
        this.owner = owner;
        this.region = region;
        this.createdAt = createdAt;
    }

    /** The order of UTF-8 bytes is that of code points. */
    static int byCodePoint(String a, String b) {
        int length = Math.min(a.length(), b.length());
        for (int i = 0; i < length; i++) {
            char x = a.charAt(i);
            char y = b.charAt(i);
            if (x != y) {
                boolean xs = Character.isSurrogate(x);
                boolean ys = Character.isSurrogate(y);
                return xs == ys ? Character.compare(x, y) : xs ? 1 : -1;
            }
        }
        return Integer.compare(a.length(), b.length());
    }

    @Nullable
    StoredObject current(String key) {
        List<StoredObject> versions = objects.get(key);
        return versions == null ? null : versions.getFirst();
    }

    @Nullable
    StoredObject version(String key, String id) {
        for (StoredObject version : objects.getOrDefault(key, List.of())) {
            if (version.versionId().equals(id)) {
                return version;
            }
        }
        return null;
    }

    /** Adds a version; the check sees the current one under the lock, and may throw. */
    synchronized StoredObject add(
            StoredObject object, Ids ids, Consumer<@Nullable StoredObject> check, Consumer<Payload> dropped) {
        if (deleted) {
            throw S3Errors.noSuchBucket();
        }
        check.accept(current(object.key()));
        boolean enabled = "Enabled".equals(versioning);
        StoredObject added = object.withVersion(enabled ? ids.alphanumeric(32) : "null");
        List<StoredObject> versions = new ArrayList<>();
        versions.add(added);
        for (StoredObject version : objects.getOrDefault(object.key(), List.of())) {
            if (enabled || !version.versionId().equals("null")) {
                versions.add(version);
            } else {
                dropped.accept(version.body());
            }
        }
        objects.put(object.key(), List.copyOf(versions));
        return added;
    }

    /** Removes a version for good; null when it does not exist. */
    synchronized @Nullable StoredObject remove(String key, String versionId, Consumer<Payload> dropped) {
        StoredObject gone = version(key, versionId);
        if (gone == null) {
            return null;
        }
        List<StoredObject> left = new ArrayList<>(objects.getOrDefault(key, List.of()));
        left.remove(gone);
        if (left.isEmpty()) {
            objects.remove(key);
        } else {
            objects.put(key, List.copyOf(left));
        }
        dropped.accept(gone.body());
        return gone;
    }

    synchronized void replace(StoredObject with) {
        List<StoredObject> versions = new ArrayList<>(objects.getOrDefault(with.key(), List.of()));
        versions.replaceAll(v -> v.versionId().equals(with.versionId()) ? with : v);
        if (!versions.isEmpty()) {
            objects.put(with.key(), List.copyOf(versions));
        }
    }

    synchronized void markDeleted() {
        if (!objects.isEmpty() || !uploads.isEmpty()) {
            throw new AwsException("BucketNotEmpty", 409, "The bucket you tried to delete is not empty");
        }
        deleted = true;
    }

    /** A multipart upload under way. */
    static final class Upload {
        final String id;
        final StoredObject draft;
        final @Nullable String algorithm;
        final ConcurrentSkipListMap<Integer, UploadedPart> parts = new ConcurrentSkipListMap<>();
        boolean over;

        Upload(String id, StoredObject draft, @Nullable String algorithm) {
            this.id = id;
            this.draft = draft;
            this.algorithm = algorithm;
        }
    }

    record UploadedPart(int number, Payload body, Checksums sums, Instant at) {
        String eTag() {
            return '"' + sums.md5Hex() + '"';
        }
    }
}
