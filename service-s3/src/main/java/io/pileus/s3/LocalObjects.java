package io.pileus.s3;

import io.pileus.core.http.Payload;
import io.pileus.core.identity.AccountId;
import io.pileus.core.identity.Region;
import io.pileus.core.port.ObjectStore;
import io.pileus.core.service.AwsException;
import io.pileus.core.service.ServiceEnvironment;
import io.pileus.s3.Encryptions.Asked;
import io.pileus.s3.Encryptions.CustomerKey;
import io.pileus.s3.EventNotifications.Cause;
import io.pileus.s3.EventNotifications.Event;
import io.pileus.s3.StoredObject.ObjectChecksum;
import io.pileus.s3.StoredObject.ObjectHeaders;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The objects as the other services reach them. */
final class LocalObjects implements ObjectStore {
    private final Objects objects;
    private final Buckets buckets;
    private final ServiceEnvironment env;

    LocalObjects(Objects objects, ServiceEnvironment env) {
        this.objects = objects;
        this.buckets = objects.buckets;
        this.env = env;
    }

    @Override
    public Get get(String bucketName, String key, Optional<String> versionId) {
        BucketState bucket = buckets.all.get(bucketName);
        if (bucket == null) {
            return new GetFailed("NoSuchBucket", "The specified bucket does not exist");
        }
        try {
            StoredObject object = Objects.find(bucket, key, versionId.orElse(null));
            objects.encryptions.checkRead(bucket, object, new CustomerKey(null, null, null));
            if (!object.readable(env.clock().instant())) {
                return new GetFailed("InvalidObjectState", "The operation is not valid for the object's storage class");
            }
            return BodyStore.hold(object.body())
                    .<Get>map(body -> found(object, body))
                    .orElseGet(() -> new GetFailed("NoSuchKey", "The specified key does not exist."));
        } catch (AwsException e) {
            return new GetFailed(e.code(), String.valueOf(e.getMessage()));
        }
    }

    private static Found found(StoredObject object, Payload body) {
        String type = object.headers().contentType();
        return new Found(
                body,
                object.eTag(),
                type == null ? "binary/octet-stream" : type,
                object.headers().metadata(),
                object.lastModified());
    }

    @Override
    public Put put(String bucketName, String key, Payload received, Map<String, String> metadata, String contentType) {
        BucketState bucket = buckets.all.get(bucketName);
        if (bucket == null) {
            return new PutFailed("NoSuchBucket", "The specified bucket does not exist");
        }
        try {
            Objects.checkKey(key);
            Encryption encryption = objects.encryptions.decide(
                    bucket, key, new Asked(null, null, null, null, new CustomerKey(null, null, null)));
            Checksums sums = Checksums.of(received, ChecksumAlgorithms.DEFAULT);
            Instant now = env.clock().instant();
            Payload body = buckets.bodies.keep(received);
            StoredObject object = StoredObject.of(key, body, Encryptions.eTag(sums, encryption), now)
                    .with(o -> {
                        o.headers = new ObjectHeaders(
                                contentType, null, null, null, null, null, null, Map.copyOf(metadata), "STANDARD");
                        o.encryption = encryption;
                        o.checksum = new ObjectChecksum(sums.sums(), ObjectChecksum.FULL_OBJECT);
                        o.lock = ObjectLocks.decide(bucket, null, null, null, now);
                    });
            StoredObject stored = bucket.add(object, env.ids(), current -> {}, buckets.bodies::drop);
            objects.notifications.publish(
                    bucket,
                    new Event("ObjectCreated:Put", stored, Objects.shown(bucket, stored), true),
                    new Cause("AWS:" + bucket.owner.id(), env.ids().uuid(), now, 1));
            return new Stored(stored.eTag(), Optional.ofNullable(Objects.shown(bucket, stored)));
        } catch (AwsException e) {
            return new PutFailed(e.code(), String.valueOf(e.getMessage()));
        }
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
        BucketState made = new BucketState(bucket, account, region, env.clock().instant());
        BucketOperations.configureNew(made, AccessControl.ENFORCED);
        buckets.all.putIfAbsent(bucket, made);
    }
}
