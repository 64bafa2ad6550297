package io.pileus.s3;

import io.pileus.core.http.Payload;
import io.pileus.core.identity.AccountId;
import io.pileus.core.identity.Region;
import io.pileus.core.port.ObjectStore;
import io.pileus.core.service.ServiceEnvironment;
import io.pileus.s3.StoredObject.ObjectHeaders;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The objects as the other services reach them. */
final class LocalObjects implements ObjectStore {
    private final Buckets buckets;
    private final ServiceEnvironment env;

    LocalObjects(Buckets buckets, ServiceEnvironment env) {
        this.buckets = buckets;
        this.env = env;
    }

    @Override
    public Get get(String bucketName, String key, Optional<String> versionId) {
        BucketState bucket = buckets.all.get(bucketName);
        if (bucket == null) {
            return new GetFailed("NoSuchBucket", "The specified bucket does not exist");
        }
        StoredObject object = versionId.isPresent() ? bucket.version(key, versionId.get()) : bucket.current(key);
        if (object == null || object.deleteMarker()) {
            return versionId.isPresent()
                    ? new GetFailed("NoSuchVersion", "The specified version does not exist.")
                    : new GetFailed("NoSuchKey", "The specified key does not exist.");
        }
        String type = object.headers().contentType();
        return new Found(
                object.body(),
                object.eTag(),
                type == null ? "binary/octet-stream" : type,
                object.headers().metadata(),
                object.lastModified());
    }

    @Override
    public Put put(String bucketName, String key, Payload body, Map<String, String> metadata, String contentType) {
        BucketState bucket = buckets.all.get(bucketName);
        if (bucket == null) {
            return new PutFailed("NoSuchBucket", "The specified bucket does not exist");
        }
        Checksums sums = Checksums.of(body, Checksums.DEFAULT);
        ObjectHeaders headers = new ObjectHeaders(
                contentType, null, null, null, null, null, null, Map.copyOf(metadata), "STANDARD", "AES256", null);
        StoredObject stored = bucket.add(
                new StoredObject(
                        key,
                        "",
                        false,
                        buckets.bodies.keep(body),
                        '"' + sums.md5Hex() + '"',
                        env.clock().instant(),
                        headers,
                        Map.of(),
                        sums.sums(),
                        "FULL_OBJECT",
                        List.of()),
                env.ids(),
                current -> {},
                buckets.bodies::drop);
        return new Stored(stored.eTag(), Optional.ofNullable(ObjectOperations.shown(bucket, stored)));
    }

    @Override
    public Listing list(String bucketName, String prefix, Optional<String> startAfter) {
        BucketState bucket = buckets.all.get(bucketName);
        if (bucket == null) {
            return new Listing(List.of(), false, Optional.of("NoSuchBucket"));
        }
        Lister.Page<List<StoredObject>> page = Lister.list(
                bucket.objects,
                prefix,
                "",
                startAfter.orElse(null),
                1000,
                v -> !v.getFirst().deleteMarker());
        List<Entry> entries = page.items().stream()
                .map(List::getFirst)
                .map(o -> new Entry(
                        o.key(),
                        o.size(),
                        o.eTag(),
                        o.lastModified(),
                        o.headers().storageClass()))
                .toList();
        return new Listing(entries, page.truncated(), Optional.empty());
    }

    @Override
    public void createBucket(AccountId account, Region region, String bucket) {
        buckets.all.putIfAbsent(
                bucket, new BucketState(bucket, account, region, env.clock().instant()));
    }
}
