package io.pileus.s3;

import io.pileus.core.service.AwsException;
import io.pileus.core.service.CallContext;
import io.pileus.core.service.ResetScope;
import java.util.concurrent.ConcurrentSkipListMap;
import org.jspecify.annotations.Nullable;

/** All buckets of the emulator: their names are one namespace over accounts and regions. */
final class Buckets {
    final ConcurrentSkipListMap<String, BucketState> all = new ConcurrentSkipListMap<>();
    final BodyStore bodies = new BodyStore();

    /** The bucket, if the caller's account has it and it is whose the caller expects. */
    BucketState of(String name, @Nullable String expectedOwner, CallContext call) {
        BucketState bucket = all.get(name);
        if (bucket == null) {
            throw S3Errors.noSuchBucket();
        }
        if (expectedOwner != null && !expectedOwner.equals(bucket.owner.id())) {
            throw new AwsException("AccessDenied", 403, "Access Denied");
        }
        if (!bucket.owner.equals(call.account()) && bucket.policy == null) {
            throw new AwsException("AccessDenied", 403, "Access Denied");
        }
        return bucket;
    }

    void reset(ResetScope scope) {
        for (BucketState bucket : all.values()) {
            if (scope.covers(bucket.owner, bucket.region)) {
                all.remove(bucket.name, bucket);
                bucket.deleted = true;
                bucket.objects.values().forEach(vs -> vs.forEach(v -> bodies.drop(v.body())));
                bucket.uploads.values().forEach(u -> u.parts.values().forEach(p -> bodies.drop(p.body())));
            }
        }
    }
}
