package io.pileus.core.port;

import io.pileus.core.http.Payload;
import io.pileus.core.identity.AccountId;
import io.pileus.core.identity.Region;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The objects of S3, for Firehose, Step Functions and Lambda. Answers at once: everything is in memory or in a local file. */
public interface ObjectStore {

    /** The object's current version (or the given one). */
    Get get(String bucket, String key, Optional<String> versionId);

    Put put(String bucket, String key, Payload body, Map<String, String> metadata, String contentType);

    /**
     * Up to 1,000 objects whose keys begin with the prefix and come after a key, in the order of keys.
     */
    Listing list(String bucket, String prefix, Optional<String> startAfter);

    /** Makes a bucket, for seeds and tests; does nothing when the account already has it. */
    void createBucket(AccountId account, Region region, String bucket);

    /** What a get gave. */
    sealed interface Get {}

    record Found(Payload body, String eTag, String contentType, Map<String, String> metadata, Instant lastModified)
            implements Get {}

    /** S3's error code, such as {@code NoSuchBucket} or {@code NoSuchKey}. */
    record GetFailed(String code, String message) implements Get {}

    /** What a put gave. */
    sealed interface Put {}

    record Stored(String eTag, Optional<String> versionId) implements Put {}

    record PutFailed(String code, String message) implements Put {}

    /** One object of a listing. */
    record Entry(String key, long size, String eTag, Instant lastModified, String storageClass) {}

    /** A page of a listing; failure is S3's error code, such as {@code NoSuchBucket}. */
    record Listing(List<Entry> entries, boolean truncated, Optional<String> failure) {}
}
