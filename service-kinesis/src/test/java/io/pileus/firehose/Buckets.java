package io.pileus.firehose;

import io.pileus.core.http.Payload;
import io.pileus.core.identity.AccountId;
import io.pileus.core.identity.Region;
import io.pileus.core.port.ObjectStore;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;

/** Objects of all buckets by key. */
final class Buckets implements ObjectStore {
    boolean missing;
    final Map<String, byte[]> objects = new ConcurrentSkipListMap<>();

    List<String> keys() {
        return List.copyOf(objects.keySet());
    }

    /** What the objects hold. */
    List<String> texts() {
        return objects.values().stream()
                .map(bytes -> new String(bytes, StandardCharsets.UTF_8))
                .toList();
    }

    /** What the only object under the prefix holds. */
    String only(String prefix) {
        List<String> keys =
                keys().stream().filter(key -> key.startsWith(prefix)).toList();
        if (keys.size() != 1) {
            throw new AssertionError("not one object under " + prefix + ": " + keys());
        }
        return new String(objects.get(keys.getFirst()), StandardCharsets.UTF_8);
    }

    @Override
    public Get get(String bucket, String key, Optional<String> versionId) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Put put(String bucket, String key, Payload body, Map<String, String> metadata, String contentType) {
        if (missing || !bucket.equals("logs")) {
            return new PutFailed("NoSuchBucket", "The specified bucket does not exist");
        }
        objects.put(key, body.bytes());
        return new Stored("\"etag\"", Optional.empty());
    }

    @Override
    public Listing list(String bucket, String prefix, Optional<String> startAfter) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void createBucket(AccountId account, Region region, String bucket) {}
}
