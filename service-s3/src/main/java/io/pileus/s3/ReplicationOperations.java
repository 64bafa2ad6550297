package io.pileus.s3;

import io.pileus.core.service.CallContext;
import io.pileus.s3.model.DeleteBucketReplicationRequest;
import io.pileus.s3.model.DeleteBucketReplicationResponse;
import io.pileus.s3.model.GetBucketReplicationOutput;
import io.pileus.s3.model.GetBucketReplicationRequest;
import io.pileus.s3.model.PutBucketReplicationRequest;
import io.pileus.s3.model.PutBucketReplicationResponse;
import io.pileus.s3.model.ReplicationConfiguration;
import io.pileus.s3.model.ReplicationRule;
import io.pileus.s3.model.ReplicationRuleFilter;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * A bucket's replication configuration: checked, kept and shown; nothing is replicated.
 *
 * @see <a href="https://docs.aws.amazon.com/AmazonS3/latest/userguide/replication-add-config.html">Replication configuration</a>
 */
final class ReplicationOperations {
    private static final int RULES_MAX = 1000;

    private final Buckets buckets;
    private final RuleIds ids;

    ReplicationOperations(Buckets buckets, RuleIds ids) {
        this.buckets = buckets;
        this.ids = ids;
    }

    PutBucketReplicationResponse putBucketReplication(PutBucketReplicationRequest in, CallContext call) {
        BucketState bucket = buckets.of(in.bucket(), in.expectedBucketOwner(), call);
        ReplicationConfiguration replication = in.replicationConfiguration();
        List<ReplicationRule> rules = replication.rules().stream()
                .map(rule -> rule.toBuilder().id(ids.of(rule.id())).build())
                .toList();
        if (rules.isEmpty() || rules.size() > RULES_MAX) {
            throw S3Errors.malformedXml();
        }
        if (!"Enabled".equals(bucket.versioning)) {
            throw S3Errors.invalidRequest(
                    "Versioning must be 'Enabled' on the bucket to apply a replication configuration");
        }
        Set<String> seen = new HashSet<>();
        Set<String> priorities = new HashSet<>();
        for (ReplicationRule rule : rules) {
            check(bucket, rule);
            if (!seen.add(String.valueOf(rule.id()))) {
                throw S3Errors.invalidArgument("Rule Id must be unique", "ID", rule.id());
            }
            // It decides between rules for one destination.
            if (rule.priority() != null
                    && !priorities.add(
                            rule.priority() + " " + rule.destination().bucket())) {
                throw S3Errors.invalidRequest("Found duplicate priority " + rule.priority() + ".");
            }
        }
        call.notEmulated("Replication");
        bucket.configure(
                ReplicationConfiguration.class,
                replication.toBuilder().rules(rules).build());
        return PutBucketReplicationResponse.builder().build();
    }

    private void check(BucketState bucket, ReplicationRule rule) {
        if (rule.destination() == null || rule.destination().bucket() == null) {
            throw S3Errors.malformedXml();
        }
        if (rule.filter() != null) {
            checkSecondVersion(rule, rule.filter());
        }
        String arn = rule.destination().bucket();
        BucketState destination = buckets.all.get(arn.substring(arn.lastIndexOf(':') + 1));
        if (destination == null) {
            throw S3Errors.invalidRequest("Destination bucket must exist.");
        }
        if (destination == bucket) {
            throw S3Errors.invalidRequest("Destination bucket cannot be the same as the source bucket.");
        }
        if (!"Enabled".equals(destination.versioning)) {
            throw S3Errors.invalidRequest("Destination bucket must have versioning enabled.");
        }
    }

    /** Rules with a filter say more than those with a prefix of their own, which are the older ones. */
    private static void checkSecondVersion(ReplicationRule rule, ReplicationRuleFilter filter) {
        if (rule.priority() == null) {
            throw missing("Priority");
        }
        if (rule.deleteMarkerReplication() == null) {
            throw missing("DeleteMarkerReplication");
        }
        boolean tagged = filter.tag() != null
                || filter.and() != null && !filter.and().tags().isEmpty();
        if (tagged && "Enabled".equals(rule.deleteMarkerReplication().status())) {
            throw S3Errors.invalidRequest(
                    "Delete marker replication is not supported if any Tag filter is specified. Please refer to S3 Developer Guide for more information.");
        }
    }

    private static S3Error missing(String element) {
        return S3Errors.invalidRequest(
                element
                        + " must be specified for this version of Cross Region Replication configuration schema. Please refer to S3 Developer Guide for more information.");
    }

    GetBucketReplicationOutput getBucketReplication(GetBucketReplicationRequest in, CallContext call) {
        BucketState bucket = buckets.of(in.bucket(), in.expectedBucketOwner(), call);
        return GetBucketReplicationOutput.builder()
                .replicationConfiguration(bucket.configuration(ReplicationConfiguration.class)
                        .orElseThrow(() -> S3Errors.noReplication(bucket.name)))
                .build();
    }

    DeleteBucketReplicationResponse deleteBucketReplication(DeleteBucketReplicationRequest in, CallContext call) {
        buckets.of(in.bucket(), in.expectedBucketOwner(), call).deconfigure(ReplicationConfiguration.class);
        return DeleteBucketReplicationResponse.builder().build();
    }
}
