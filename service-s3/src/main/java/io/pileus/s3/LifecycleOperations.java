package io.pileus.s3;

import io.pileus.core.identity.Ids;
import io.pileus.core.service.CallContext;
import io.pileus.s3.model.BucketLifecycleConfiguration;
import io.pileus.s3.model.DeleteBucketLifecycleRequest;
import io.pileus.s3.model.DeleteBucketLifecycleResponse;
import io.pileus.s3.model.GetBucketLifecycleConfigurationOutput;
import io.pileus.s3.model.GetBucketLifecycleConfigurationRequest;
import io.pileus.s3.model.LifecycleExpiration;
import io.pileus.s3.model.LifecycleRule;
import io.pileus.s3.model.NoncurrentVersionTransition;
import io.pileus.s3.model.PutBucketLifecycleConfigurationOutput;
import io.pileus.s3.model.PutBucketLifecycleConfigurationRequest;
import io.pileus.s3.model.Transition;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** A bucket's lifecycle configuration; {@link Lifecycles} carries it out. */
final class LifecycleOperations {
    private static final int RULES_MAX = 1000;
    private static final int ID_LENGTH_MAX = 255;
    private static final int INFREQUENT_DAYS_MIN = 30;

    private final Buckets buckets;
    private final Lifecycles lifecycles;
    private final Ids ids;

    LifecycleOperations(Buckets buckets, Lifecycles lifecycles, Ids ids) {
        this.buckets = buckets;
        this.lifecycles = lifecycles;
        this.ids = ids;
    }

    PutBucketLifecycleConfigurationOutput putBucketLifecycleConfiguration(
            PutBucketLifecycleConfigurationRequest in, CallContext call) {
        BucketState bucket = buckets.of(in.bucket(), in.expectedBucketOwner(), call);
        if (in.lifecycleConfiguration() == null) {
            throw S3Errors.malformedXml();
        }
        List<LifecycleRule> asked = in.lifecycleConfiguration().rules();
        if (asked.isEmpty() || asked.size() > RULES_MAX) {
            throw S3Errors.malformedXml();
        }
        Set<String> seen = new HashSet<>();
        List<LifecycleRule> rules = new ArrayList<>();
        for (LifecycleRule rule : asked) {
            check(rule);
            String id = rule.id() == null || rule.id().isEmpty() ? ids.alphanumeric(48) : rule.id();
            if (id.length() > ID_LENGTH_MAX) {
                throw S3Errors.invalidArgument("ID length should not exceed allowed limit of 255", "ID", id);
            }
            if (!seen.add(id)) {
                throw S3Errors.invalidArgument(
                        "Rule ID must be unique. Found same ID for more than one rule", "ID", id);
            }
            rules.add(rule.toBuilder().id(id).build());
        }
        String minimum = in.transitionDefaultMinimumObjectSize() == null
                ? Lifecycles.MINIMUM_BY_DEFAULT
                : in.transitionDefaultMinimumObjectSize();
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

    private static void check(LifecycleRule rule) {
        boolean known = "Enabled".equals(rule.status()) || "Disabled".equals(rule.status());
        if (!known || (rule.filter() == null) == (rule.prefix() == null)) {
            throw S3Errors.malformedXml();
        }
        if (rule.filter() != null) {
            checkFilter(rule);
        }
        LifecycleExpiration expiration = rule.expiration();
        boolean acts = expiration != null
                || !rule.transitions().isEmpty()
                || !rule.noncurrentVersionTransitions().isEmpty()
                || rule.noncurrentVersionExpiration() != null
                || rule.abortIncompleteMultipartUpload() != null;
        if (!acts) {
            throw S3Errors.invalidRequest("At least one action needs to be specified in a rule");
        }
        boolean tagged = !LifecycleRules.tags(rule).isEmpty();
        if (expiration != null) {
            checkExpiration(expiration, tagged);
        }
        checkAbortion(rule, tagged);
        var noncurrent = rule.noncurrentVersionExpiration();
        if (noncurrent != null && (noncurrent.noncurrentDays() == null || noncurrent.noncurrentDays() <= 0)) {
            throw S3Errors.invalidArgument(
                    "'NoncurrentDays' for NoncurrentVersionExpiration action must be a positive integer");
        }
        for (Transition transition : rule.transitions()) {
            checkTransition(rule, transition);
        }
        for (NoncurrentVersionTransition transition : rule.noncurrentVersionTransitions()) {
            checkTransition(transition);
        }
    }

    private static void checkFilter(LifecycleRule rule) {
        var filter = rule.filter();
        long conditions = Stream.of(
                        filter.prefix(),
                        filter.tag(),
                        filter.objectSizeGreaterThan(),
                        filter.objectSizeLessThan(),
                        filter.and())
                .filter(c -> c != null)
                .count();
        if (conditions > 1) {
            throw S3Errors.malformedXml();
        }
    }

    private static void checkExpiration(LifecycleExpiration expiration, boolean tagged) {
        long said = Stream.of(expiration.days(), expiration.date(), expiration.expiredObjectDeleteMarker())
                .filter(e -> e != null)
                .count();
        if (said != 1) {
            throw S3Errors.malformedXml();
        }
        if (expiration.days() != null && expiration.days() <= 0) {
            throw S3Errors.invalidArgument("'Days' for Expiration action must be a positive integer");
        }
        if (expiration.date() != null
                && !expiration.date().equals(expiration.date().truncatedTo(ChronoUnit.DAYS))) {
            throw S3Errors.invalidArgument("'Date' must be at midnight GMT");
        }
        if (expiration.expiredObjectDeleteMarker() != null && tagged) {
            throw S3Errors.invalidRequest("ExpiredObjectDeleteMarker cannot be specified with Tags.");
        }
    }

    private static void checkAbortion(LifecycleRule rule, boolean tagged) {
        var abort = rule.abortIncompleteMultipartUpload();
        if (abort == null) {
            return;
        }
        if (tagged) {
            throw S3Errors.invalidRequest("AbortIncompleteMultipartUpload cannot be specified with Tags.");
        }
        if (abort.daysAfterInitiation() == null || abort.daysAfterInitiation() <= 0) {
            throw S3Errors.invalidArgument(
                    "'DaysAfterInitiation' for AbortIncompleteMultipartUpload action must be a positive integer");
        }
    }

    private static void checkTransition(NoncurrentVersionTransition transition) {
        Integer days = transition.noncurrentDays();
        if (transition.storageClass() == null || days == null) {
            throw S3Errors.malformedXml();
        }
        if (days < 0) {
            throw S3Errors.invalidArgument(
                    "'NoncurrentDays' in NoncurrentVersionTransition action must be nonnegative");
        }
        if (transition.storageClass().endsWith("_IA") && days < INFREQUENT_DAYS_MIN) {
            throw S3Errors.invalidArgument(
                    "'NoncurrentDays' in NoncurrentVersionTransition action must be greater than or equal to 30 for storageClass '"
                            + transition.storageClass() + "'");
        }
    }

    private static void checkTransition(LifecycleRule rule, Transition transition) {
        if (transition.storageClass() == null || (transition.days() == null) == (transition.date() == null)) {
            throw S3Errors.malformedXml();
        }
        if (transition.date() != null
                && !transition.date().equals(transition.date().truncatedTo(ChronoUnit.DAYS))) {
            throw S3Errors.invalidArgument("'Date' must be at midnight GMT");
        }
        Integer days = transition.days();
        if (days == null) {
            return;
        }
        if (days < 0) {
            throw S3Errors.invalidArgument("'Days' in Transition action must be nonnegative");
        }
        boolean infrequent = transition.storageClass().endsWith("_IA");
        if (infrequent && days < INFREQUENT_DAYS_MIN) {
            throw S3Errors.invalidArgument(
                    "'Days' in Transition action must be greater than or equal to 30 for storageClass '"
                            + transition.storageClass() + "'");
        }
        LifecycleExpiration expiration = rule.expiration();
        if (expiration != null && expiration.days() != null && expiration.days() <= days) {
            throw S3Errors.invalidArgument("'Days' in the Expiration action for filter '(prefix="
                    + LifecycleRules.prefix(rule)
                    + ")' must be greater than 'Days' in the Transition action");
        }
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
