package io.pileus.s3;

import io.pileus.core.identity.Caller;
import io.pileus.core.service.CallContext;
import io.pileus.core.service.ResetScope;
import io.pileus.s3.model.Owner;
import java.util.concurrent.ConcurrentSkipListMap;
import org.jspecify.annotations.Nullable;

/** All buckets of the emulator: their names are one namespace over accounts and regions. */
final class Buckets {
    final ConcurrentSkipListMap<String, BucketState> all = new ConcurrentSkipListMap<>();
    final BodyStore bodies = new BodyStore();

    /** The bucket, if the caller may see it, asks in its region, and it is whose the caller expects. */
    BucketState of(String name, @Nullable String expectedOwner, CallContext call) {
        BucketState bucket = ofWhomever(name, expectedOwner, call);
        checkMayBeOpen(bucket, call);
        return bucket;
    }

    /** The bucket, if the caller asks in its region and it is whose the caller expects; what the caller may do is open. */
    BucketState ofWhomever(String name, @Nullable String expectedOwner, CallContext call) {
        BucketState bucket = existing(name, expectedOwner);
        // Unsigned calls and services say no region of their own.
        boolean saysRegion = !isUnsigned(call) && call.caller().kind() != Caller.Kind.SERVICE;
        if (saysRegion && !call.region().equals(bucket.region)) {
            throw S3Errors.permanentRedirect(name, bucket.region);
        }
        return bucket;
    }

    /** Whether nobody signed the call; the front end has it made by the root of the default account then. */
    static boolean isUnsigned(CallContext call) {
        return call.caller().kind() == Caller.Kind.ANONYMOUS
                || call.caller().kind() == Caller.Kind.ROOT
                        && call.caller().accessKeyId().isEmpty();
    }

    BucketState ofAnyRegion(String name, @Nullable String expectedOwner, CallContext call) {
        BucketState bucket = existing(name, expectedOwner);
        checkMayBeOpen(bucket, call);
        return bucket;
    }

    private BucketState existing(String name, @Nullable String expectedOwner) {
        BucketState bucket = all.get(name);
        if (bucket == null) {
            throw S3Errors.noSuchBucket(name);
        }
        if (expectedOwner != null && !expectedOwner.equals(bucket.owner.id())) {
            throw S3Errors.accessDenied();
        }
        return bucket;
    }

    /** Refuses other accounts where no policy could let them in; what a policy says is judged by {@link ForeignAccess}. */
    static void checkMayBeOpen(BucketState bucket, CallContext call) {
        if (!bucket.owner.equals(call.account()) && bucket.policy == null) {
            throw S3Errors.accessDenied().header("x-amz-bucket-region", bucket.region.id());
        }
    }

    /** The canonical user id of an account: 64 hexadecimal digits, made from the account's own here. */
    static String canonicalId(String account) {
        return account.repeat(6).substring(0, 64);
    }

    static Owner owner(BucketState bucket) {
        return Owner.builder().id(canonicalId(bucket.owner.id())).build();
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
