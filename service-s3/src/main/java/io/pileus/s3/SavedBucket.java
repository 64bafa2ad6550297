package io.pileus.s3;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A bucket as it is saved, but for its configurations, objects and uploads, which are saved beside it. */
record SavedBucket(
        Instant createdAt,
        @Nullable Map<String, String> tags,
        @Nullable String policy,
        @Nullable String versioning,
        boolean objectLock) {}
