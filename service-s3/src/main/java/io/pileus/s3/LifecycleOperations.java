package io.pileus.s3;

import io.pileus.core.service.CallContext;
import io.pileus.s3.model.BucketLifecycleConfiguration;
import io.pileus.s3.model.DeleteBucketLifecycleRequest;
import io.pileus.s3.model.DeleteBucketLifecycleResponse;
import io.pileus.s3.model.GetBucketLifecycleConfigurationOutput;
import io.pileus.s3.model.GetBucketLifecycleConfigurationRequest;
import io.pileus.s3.model.LifecycleRule;
import io.pileus.s3.model.PutBucketLifecycleConfigurationOutput;
import io.pileus.s3.model.PutBucketLifecycleConfigurationRequest;
import io.pileus.s3.model.TransitionDefaultMinimumObjectSize;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A bucket's lifecycle configuration; {@link Lifecycles} carries it out. */
final class LifecycleOperations {
    private final Buckets buckets;
    private final Lifecycles lifecycles;
    private final RuleIds ids;

    LifecycleOperations(Buckets buckets, Lifecycles lifecycles, RuleIds ids) {
        this.buckets = buckets;
        this.lifecycles = lifecycles;
        this.ids = ids;
    }

    PutBucketLifecycleConfigurationOutput putBucketLifecycleConfiguration(
            PutBucketLifecycleConfigurationRequest in, CallContext call) {
        BucketState bucket = buckets.of(in.bucket(), in.expectedBucketOwner(), call);
        List<LifecycleRule> asked = in.lifecycleConfiguration() == null
                ? List.of()
                : in.lifecycleConfiguration().rules();
        LifecycleChecks.check(asked);
        String minimum = minimumSize(in.transitionDefaultMinimumObjectSize());
        List<LifecycleRule> rules = asked.stream()
                .map(rule -> rule.toBuilder().id(ids.of(rule.id())).build())
                .toList();
        PutBucketLifecycleConfigurationOutput answer = PutBucketLifecycleConfigurationOutput.builder()
                .transitionDefaultMinimumObjectSize(minimum)
                .build();
        bucket.configure(
                BucketLifecycleConfiguration.class,
                BucketLifecycleConfiguration.builder().rules(rules).build());
        bucket.configure(PutBucketLifecycleConfigurationOutput.class, answer);
        lifecycles.watch(bucket);
        return answer;
    }

    private static String minimumSize(@Nullable String asked) {
        if (asked == null) {
            return Lifecycles.MINIMUM_BY_DEFAULT;
        }
        if (TransitionDefaultMinimumObjectSize.of(asked) == null) {
            throw S3Errors.invalidRequest("Invalid TransitionDefaultMinimumObjectSize found: " + asked);
        }
        return asked;
    }

    GetBucketLifecycleConfigurationOutput getBucketLifecycleConfiguration(
            GetBucketLifecycleConfigurationRequest in, CallContext call) {
        BucketState bucket = buckets.of(in.bucket(), in.expectedBucketOwner(), call);
        BucketLifecycleConfiguration configuration = bucket.configuration(BucketLifecycleConfiguration.class)
                .orElseThrow(() -> S3Errors.noSuchLifecycle(bucket.name));
        return GetBucketLifecycleConfigurationOutput.builder()
                .rules(configuration.rules())
                .transitionDefaultMinimumObjectSize(bucket.configuration(PutBucketLifecycleConfigurationOutput.class)
                        .map(PutBucketLifecycleConfigurationOutput::transitionDefaultMinimumObjectSize)
                        .orElse(Lifecycles.MINIMUM_BY_DEFAULT))
                .build();
    }

    DeleteBucketLifecycleResponse deleteBucketLifecycle(DeleteBucketLifecycleRequest in, CallContext call) {
        BucketState bucket = buckets.of(in.bucket(), in.expectedBucketOwner(), call);
        bucket.deconfigure(BucketLifecycleConfiguration.class);
        bucket.deconfigure(PutBucketLifecycleConfigurationOutput.class);
        return DeleteBucketLifecycleResponse.builder().build();
    }
}
