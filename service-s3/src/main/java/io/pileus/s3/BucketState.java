package io.pileus.s3;

import io.pileus.core.http.Payload;
import io.pileus.core.identity.AccountId;
import io.pileus.core.identity.Ids;
import io.pileus.core.identity.Region;
import io.pileus.core.shape.Shape;
import io.pileus.s3.model.NotificationConfiguration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A bucket: the versions of each key, newest first, under one lock (the bucket itself) for writers; readers take none. Keys
 * are in the order of their UTF-8 bytes, as S3 lists them.
 */
final class BucketState {
    /** How many completed uploads a bucket remembers, so that a repeated completion gets the same answer. */
    private static final int COMPLETED_MAX = 1_000;

    final String name;
    final AccountId owner;
    final Region region;
    final Instant createdAt;
    final ConcurrentSkipListMap<String, List<StoredObject>> objects =
            new ConcurrentSkipListMap<>(BucketState::byCodePoint);
    final ConcurrentSkipListMap<String, Upload> uploads = new ConcurrentSkipListMap<>();

    private final Map<Class<? extends Shape>, Shape> configurations = new ConcurrentHashMap<>();
    private final Map<Class<? extends Shape>, ConcurrentSkipListMap<String, Shape>> byId = new ConcurrentHashMap<>();
    private final Map<String, StoredObject> completed = new LinkedHashMap<>();

    /** Counts the changes of objects and uploads, so that saving knows whether there were any. */
    private final AtomicLong changes = new AtomicLong();

    private long sequence;

    volatile Map<String, String> tags = Map.of();
    volatile @Nullable String policy;
    volatile @Nullable String versioning;
    volatile boolean objectLock;
    volatile boolean deleted;

    BucketState(String name, AccountId owner, Region region, Instant createdAt) {
        this.name = name;
        this.owner = owner;
        this.region = region;
        this.createdAt = createdAt;
    }

    String arn() {
        return "arn:" + region.partition() + ":s3:::" + name;
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

    // ---- configurations -----------------------------------------------------------------------------------------

    /** A configuration that the bucket has once at most. */
    <C extends Shape> Optional<C> configuration(Class<C> kind) {
        return Optional.ofNullable(kind.cast(configurations.get(kind)));
    }

    <C extends Shape> void configure(Class<C> kind, C configuration) {
        configurations.put(kind, configuration);
    }

    void deconfigure(Class<? extends Shape> kind) {
        configurations.remove(kind);
    }

    /** Configurations of which the bucket may have many, by their ids. */
    NavigableMap<String, Shape> configurationsById(Class<? extends Shape> kind) {
        return byId.computeIfAbsent(kind, k -> new ConcurrentSkipListMap<>());
    }

    Optional<NotificationConfiguration> notifications() {
        return configuration(NotificationConfiguration.class);
    }

    boolean versioned() {
        return versioning != null;
    }

    // ---- objects ------------------------------------------------------------------------------------------------

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
            throw S3Errors.noSuchBucket(name);
        }
        check.accept(current(object.key()));
        boolean enabled = "Enabled".equals(versioning);
        long number = ++sequence;
        StoredObject added = object.with(o -> {
            o.versionId = enabled ? ids.alphanumeric(32) : "null";
            o.sequence = number;
        });
        List<StoredObject> versions = new ArrayList<>();
        versions.add(added);
        for (StoredObject version : objects.getOrDefault(object.key(), List.of())) {
            if (enabled || !version.versionId().equals("null")) {
                versions.add(
                        version.noncurrentSince() == null
                                ? version.with(o -> o.noncurrentSince = added.lastModified())
                                : version);
            } else {
                dropped.accept(version.body());
            }
        }
        objects.put(object.key(), List.copyOf(versions));
        changed();
        return added;
    }

    /** All versions of a key as they were saved, newest first. */
    synchronized void put(String key, List<StoredObject> versions) {
        objects.put(key, List.copyOf(versions));
        versions.forEach(v -> sequence = Math.max(sequence, v.sequence()));
        changed();
    }

    /** How often objects and uploads have changed. */
    long changes() {
        return changes.get();
    }

    /** Something has changed. Call it after the change: who saves reads the count before the things. */
    void changed() {
        changes.incrementAndGet();
    }

    /** Removes a version for good, if the check, which sees it under the lock, does not throw; null when there is none. */
    synchronized @Nullable StoredObject remove(
            String key, String versionId, Consumer<@Nullable StoredObject> check, Consumer<Payload> dropped) {
        StoredObject gone = version(key, versionId);
        check.accept(gone);
        if (gone == null) {
            return null;
        }
        List<StoredObject> left = new ArrayList<>(objects.getOrDefault(key, List.of()));
        left.remove(gone);
        if (left.isEmpty()) {
            objects.remove(key);
        } else {
            left.set(0, left.getFirst().with(o -> o.noncurrentSince = null));
            objects.put(key, List.copyOf(left));
        }
        changed();
        dropped.accept(gone.body());
        return gone;
    }

    synchronized void replace(StoredObject with) {
        List<StoredObject> versions = new ArrayList<>(objects.getOrDefault(with.key(), List.of()));
        versions.replaceAll(v -> v.versionId().equals(with.versionId()) ? with : v);
        if (!versions.isEmpty()) {
            objects.put(with.key(), List.copyOf(versions));
            changed();
        }
    }

    synchronized void markDeleted() {
        if (!objects.isEmpty()) {
            throw S3Errors.bucketNotEmpty(name, versioned());
        }
        deleted = true;
    }

    // ---- uploads in parts ---------------------------------------------------------------------------------------

    synchronized void begin(Upload upload) {
        if (deleted) {
            throw S3Errors.noSuchBucket(name);
        }
        uploads.put(upload.id, upload);
        changed();
    }

    /** Forgets an upload that is over. */
    void end(Upload upload) {
        uploads.remove(upload.id);
        changed();
    }

    /** Remembers what an upload became. */
    synchronized void completed(String uploadId, StoredObject object) {
        // Without the body, which goes when the object goes.
        completed.put(uploadId, object.with(o -> o.body = Payload.EMPTY));
        if (completed.size() > COMPLETED_MAX) {
            completed.remove(completed.keySet().iterator().next());
        }
        changed();
    }

    /** What a completed upload became, if it is remembered. */
    synchronized Optional<StoredObject> completedAs(String uploadId) {
        return Optional.ofNullable(completed.get(uploadId));
    }

    synchronized Map<String, StoredObject> completedUploads() {
        return new LinkedHashMap<>(completed);
    }

    /** A multipart upload under way; its parts change under its own lock. */
    static final class Upload {
        final String id;
        final StoredObject draft;
        final @Nullable String algorithm;
        final String checksumType;
        final String initiator;
        final ConcurrentSkipListMap<Integer, UploadedPart> parts = new ConcurrentSkipListMap<>();
        boolean over;

        Upload(String id, StoredObject draft, @Nullable String algorithm, String checksumType, String initiator) {
            this.id = id;
            this.draft = draft;
            this.algorithm = algorithm;
            this.checksumType = checksumType;
            this.initiator = initiator;
        }

        /** The algorithm of the object's checksum: what the client named, or S3's own choice. */
        String sumAlgorithm() {
            return algorithm == null ? ChecksumAlgorithms.DEFAULT : algorithm;
        }
    }

    record UploadedPart(int number, Payload body, Checksums sums, String eTag, Instant at) {}
}
