package io.pileus.s3;

import io.pileus.core.http.Payload;
import io.pileus.core.service.Scopes.Scope;
import io.pileus.core.shape.Blob;
import io.pileus.core.shape.Shape;
import io.pileus.core.state.StateSink;
import io.pileus.core.state.StateSource;
import io.pileus.s3.BucketState.Upload;
import io.pileus.s3.BucketState.UploadedPart;
import io.pileus.s3.model.AbacStatus;
import io.pileus.s3.model.AccelerateConfiguration;
import io.pileus.s3.model.AccessControlPolicy;
import io.pileus.s3.model.AnalyticsConfiguration;
import io.pileus.s3.model.BucketLifecycleConfiguration;
import io.pileus.s3.model.BucketLoggingStatus;
import io.pileus.s3.model.CORSConfiguration;
import io.pileus.s3.model.CreateBucketConfiguration;
import io.pileus.s3.model.IntelligentTieringConfiguration;
import io.pileus.s3.model.InventoryConfiguration;
import io.pileus.s3.model.MetricsConfiguration;
import io.pileus.s3.model.NotificationConfiguration;
import io.pileus.s3.model.ObjectLockConfiguration;
import io.pileus.s3.model.OwnershipControls;
import io.pileus.s3.model.PublicAccessBlockConfiguration;
import io.pileus.s3.model.PutBucketLifecycleConfigurationOutput;
import io.pileus.s3.model.ReplicationConfiguration;
import io.pileus.s3.model.RequestPaymentConfiguration;
import io.pileus.s3.model.ServerSideEncryptionConfiguration;
import io.pileus.s3.model.VersioningConfiguration;
import io.pileus.s3.model.WebsiteConfiguration;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Saves all buckets and builds them again. A bucket, each of its configurations, each version of an object, each upload and
 * each part is a thing of its own; a bucket's objects and uploads are one part of the state, told again only when one of them
 * has changed. Bodies that lie in files are saved as files, named as in the {@link BodyStore}, where no name is used twice.
 */
final class BucketStates {
    /** What a bucket has one of. */
    private static final List<Class<? extends Shape>> CONFIGURATIONS = List.of(
            AbacStatus.class,
            AccelerateConfiguration.class,
            AccessControlPolicy.class,
            BucketLifecycleConfiguration.class,
            BucketLoggingStatus.class,
            CORSConfiguration.class,
            CreateBucketConfiguration.class,
            NotificationConfiguration.class,
            ObjectLockConfiguration.class,
            OwnershipControls.class,
            PublicAccessBlockConfiguration.class,
            PutBucketLifecycleConfigurationOutput.class,
            ReplicationConfiguration.class,
            RequestPaymentConfiguration.class,
            ServerSideEncryptionConfiguration.class,
            VersioningConfiguration.class,
            WebsiteConfiguration.class);

    /** What a bucket has many of, by their ids. */
    private static final List<Class<? extends Shape>> CONFIGURATIONS_BY_ID = List.of(
            AnalyticsConfiguration.class,
            IntelligentTieringConfiguration.class,
            InventoryConfiguration.class,
            MetricsConfiguration.class);

    private final Buckets buckets;

    BucketStates(Buckets buckets) {
        this.buckets = buckets;
    }

    // ---- saving -------------------------------------------------------------------------------------------------

    /** Files stay where they are until {@link #saved()}, even those that are dropped meanwhile. */
    void save(StateSink sink) {
        buckets.bodies.holdDropped();
        for (BucketState bucket : buckets.all.values()) {
            Scope scope = new Scope(bucket.owner, bucket.region);
            sink.put(
                    scope,
                    "bucket",
                    bucket.name,
                    new SavedBucket(
                            bucket.createdAt, bucket.tags, bucket.policy, bucket.versioning, bucket.objectLock));
            saveConfigurations(bucket, scope, sink);
            // Taken before anything is told: what changes while it is told is told once more.
            long changes = bucket.changes();
            sink.part(scope, bucket.name, bucket.createdAt + "/" + changes, part -> saveContents(bucket, scope, part));
        }
    }

    void saved() {
        buckets.bodies.letDroppedGo();
    }

    private static void saveConfigurations(BucketState bucket, Scope scope, StateSink sink) {
        for (Class<? extends Shape> kind : CONFIGURATIONS) {
            bucket.configuration(kind)
                    .ifPresent(c -> sink.put(scope, kind.getSimpleName(), bucket.name, c, () -> (Record) c));
        }
        for (Class<? extends Shape> kind : CONFIGURATIONS_BY_ID) {
            bucket.configurationsById(kind)
                    .forEach((id, c) ->
                            sink.put(scope, kind.getSimpleName(), bucket.name + "/" + id, c, () -> (Record) c));
        }
    }

    /**
     * Uploads go first: one that is completed meanwhile is told twice, as an upload and as an object, and put right by the
     * next save; never is it lost.
     */
    private void saveContents(BucketState bucket, Scope scope, StateSink sink) {
        String prefix = bucket.name + "/";
        for (Upload upload : bucket.uploads.values()) {
            sink.put(
                    scope,
                    "upload",
                    prefix + upload.id,
                    upload,
                    () -> new SavedUpload(
                            upload.id,
                            SavedObject.of(bucket.name, upload.draft, saved(Payload.EMPTY)),
                            upload.algorithm,
                            upload.checksumType,
                            upload.initiator));
            for (UploadedPart part : upload.parts.values()) {
                tellFile(scope, part.body(), sink);
                sink.put(
                        scope,
                        "part",
                        prefix + upload.id + "/" + part.number(),
                        part,
                        () -> new SavedUploadPart(
                                bucket.name,
                                upload.id,
                                part.number(),
                                saved(part.body()),
                                Blob.of(part.sums().md5()),
                                part.sums().sums(),
                                part.eTag(),
                                part.at()));
            }
        }
        bucket.completedUploads()
                .forEach((id, object) -> sink.put(
                        scope,
                        "completed",
                        prefix + id,
                        object,
                        () -> SavedObject.of(bucket.name, object, saved(Payload.EMPTY))));
        for (List<StoredObject> versions : bucket.objects.values()) {
            for (StoredObject version : versions) {
                tellFile(scope, version.body(), sink);
                sink.put(
                        scope,
                        "object",
                        prefix + withoutNul(version.key()) + "/" + version.versionId(),
                        version,
                        () -> SavedObject.of(bucket.name, version, saved(version.body())));
            }
        }
    }

    private static String withoutNul(String key) {
        return key.indexOf('\0') < 0 ? key : key.replace("%", "%25").replace("\0", "%00");
    }

    private void tellFile(Scope scope, Payload body, StateSink sink) {
        buckets.bodies
                .fileOf(body)
                .ifPresent(file -> sink.file(scope, "body", file.getFileName().toString(), file));
    }

    private SavedBody saved(Payload body) {
        return buckets.bodies
                .fileOf(body)
                .map(file -> new SavedBody(null, file.getFileName().toString(), body.size()))
                .orElseGet(() -> new SavedBody(Blob.of(body.bytes()), null, body.size()));
    }

    // ---- loading ------------------------------------------------------------------------------------------------

    void load(StateSource source) {
        source.each("bucket", SavedBucket.class, (scope, name, saved) -> {
            BucketState bucket = new BucketState(name, scope.account(), scope.region(), saved.createdAt());
            bucket.tags = saved.tags() == null ? Map.of() : Map.copyOf(saved.tags());
            bucket.policy = saved.policy();
            bucket.versioning = saved.versioning();
            bucket.objectLock = saved.objectLock();
            buckets.all.put(name, bucket);
        });
        CONFIGURATIONS.forEach(kind -> loadConfigurations(kind, source));
        CONFIGURATIONS_BY_ID.forEach(kind -> loadConfigurationsById(kind, source));
        Map<String, Path> files = new HashMap<>();
        source.eachFile("body", (scope, name, file) -> files.put(name, file));
        loadUploads(source, files);
        loadObjects(source, files);
    }

    private BucketState bucket(String name) {
        BucketState bucket = buckets.all.get(name);
        if (bucket == null) {
            throw new IllegalStateException("no bucket " + name);
        }
        return bucket;
    }

    private <C extends Shape> void loadConfigurations(Class<C> kind, StateSource source) {
        source.each(
                kind.getSimpleName(),
                kind.asSubclass(Record.class),
                (scope, name, saved) -> bucket(name).configure(kind, kind.cast(saved)));
    }

    private <C extends Shape> void loadConfigurationsById(Class<C> kind, StateSource source) {
        source.each(kind.getSimpleName(), kind.asSubclass(Record.class), (scope, id, saved) -> {
            int slash = id.indexOf('/');
            bucket(id.substring(0, slash)).configurationsById(kind).put(id.substring(slash + 1), kind.cast(saved));
        });
    }

    private void loadUploads(StateSource source, Map<String, Path> files) {
        source.each(
                "upload",
                SavedUpload.class,
                (scope, id, saved) -> bucket(saved.draft().bucket())
                        .begin(new Upload(
                                saved.id(),
                                saved.draft().stored(Payload.EMPTY),
                                saved.algorithm(),
                                saved.checksumType(),
                                saved.initiator())));
        source.each("part", SavedUploadPart.class, (scope, id, saved) -> {
            Upload upload = bucket(saved.bucket()).uploads.get(saved.uploadId());
            if (upload == null) {
                throw new IllegalStateException("no upload " + saved.uploadId());
            }
            upload.parts.put(
                    saved.number(),
                    new UploadedPart(
                            saved.number(),
                            body(saved.body(), files),
                            new Checksums(saved.md5().bytes(), saved.sums()),
                            saved.eTag(),
                            saved.at()));
        });
    }

    private void loadObjects(StateSource source, Map<String, Path> files) {
        source.each(
                "completed",
                SavedObject.class,
                (scope, id, saved) -> bucket(saved.bucket())
                        .completed(id.substring(id.lastIndexOf('/') + 1), saved.stored(Payload.EMPTY)));
        Map<String, Map<String, List<StoredObject>>> versions = new HashMap<>();
        source.each("object", SavedObject.class, (scope, id, saved) -> {
            StoredObject object = saved.stored(body(saved.body(), files));
            versions.computeIfAbsent(bucket(saved.bucket()).name, b -> new HashMap<>())
                    .computeIfAbsent(saved.key(), k -> new ArrayList<>(1))
                    .add(object);
        });
        Comparator<StoredObject> newestFirst =
                Comparator.comparingLong(StoredObject::sequence).reversed();
        versions.forEach((name, byKey) -> byKey.forEach((key, all) -> {
            all.sort(newestFirst);
            bucket(name).put(key, all);
        }));
    }

    private Payload body(SavedBody saved, Map<String, Path> files) {
        if (saved.file() == null) {
            return saved.bytes() == null
                    ? Payload.EMPTY
                    : Payload.of(saved.bytes().bytes());
        }
        Path file = files.get(saved.file());
        if (file == null) {
            throw new IllegalStateException("no body " + saved.file());
        }
        return buckets.bodies.adopt(saved.file(), file, saved.size());
    }
}
