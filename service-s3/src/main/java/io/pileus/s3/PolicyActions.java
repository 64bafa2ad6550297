package io.pileus.s3;

import io.pileus.core.policy.Glob;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The actions that a bucket's policy can be about, by the kind of resource they are done to.
 *
 * @see <a href="https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazons3.html">Actions, resources, and
 *     condition keys for Amazon S3</a>
 */
final class PolicyActions {
    private static final Set<String> ON_OBJECTS = Set.of(
            "AbortMultipartUpload",
            "BypassGovernanceRetention",
            "DeleteObject",
            "DeleteObjectTagging",
            "DeleteObjectVersion",
            "DeleteObjectVersionTagging",
            "GetObject",
            "GetObjectAcl",
            "GetObjectAttributes",
            "GetObjectLegalHold",
            "GetObjectRetention",
            "GetObjectTagging",
            "GetObjectTorrent",
            "GetObjectVersion",
            "GetObjectVersionAcl",
            "GetObjectVersionAttributes",
            "GetObjectVersionForReplication",
            "GetObjectVersionTagging",
            "GetObjectVersionTorrent",
            "InitiateReplication",
            "ListMultipartUploadParts",
            "ObjectOwnerOverrideToBucketOwner",
            "PutObject",
            "PutObjectAcl",
            "PutObjectLegalHold",
            "PutObjectRetention",
            "PutObjectTagging",
            "PutObjectVersionAcl",
            "PutObjectVersionTagging",
            "ReplicateDelete",
            "ReplicateObject",
            "ReplicateTags",
            "RestoreObject",
            "UpdateObjectEncryption");

    private static final Set<String> ON_BUCKETS = Set.of(
            "CreateBucket",
            "CreateBucketMetadataTableConfiguration",
            "DeleteBucket",
            "DeleteBucketMetadataTableConfiguration",
            "DeleteBucketPolicy",
            "DeleteBucketWebsite",
            "GetAccelerateConfiguration",
            "GetAnalyticsConfiguration",
            "GetBucketAbac",
            "GetBucketAcl",
            "GetBucketCORS",
            "GetBucketLocation",
            "GetBucketLogging",
            "GetBucketMetadataTableConfiguration",
            "GetBucketNotification",
            "GetBucketObjectLockConfiguration",
            "GetBucketOwnershipControls",
            "GetBucketPolicy",
            "GetBucketPolicyStatus",
            "GetBucketPublicAccessBlock",
            "GetBucketRequestPayment",
            "GetBucketTagging",
            "GetBucketVersioning",
            "GetBucketWebsite",
            "GetEncryptionConfiguration",
            "GetIntelligentTieringConfiguration",
            "GetInventoryConfiguration",
            "GetLifecycleConfiguration",
            "GetMetricsConfiguration",
            "GetReplicationConfiguration",
            "ListBucket",
            "ListBucketMultipartUploads",
            "ListBucketVersions",
            "ListTagsForResource",
            "PauseReplication",
            "PutAccelerateConfiguration",
            "PutAnalyticsConfiguration",
            "PutBucketAbac",
            "PutBucketAcl",
            "PutBucketCORS",
            "PutBucketLogging",
            "PutBucketNotification",
            "PutBucketObjectLockConfiguration",
            "PutBucketOwnershipControls",
            "PutBucketPolicy",
            "PutBucketPublicAccessBlock",
            "PutBucketRequestPayment",
            "PutBucketTagging",
            "PutBucketVersioning",
            "PutBucketWebsite",
            "PutEncryptionConfiguration",
            "PutIntelligentTieringConfiguration",
            "PutInventoryConfiguration",
            "PutLifecycleConfiguration",
            "PutMetricsConfiguration",
            "PutReplicationConfiguration",
            "TagResource",
            "UntagResource",
            "UpdateBucketMetadataInventoryTableConfiguration",
            "UpdateBucketMetadataJournalTableConfiguration");

    private PolicyActions() {}

    /** Whether a pattern such as {@code s3:Get*} names any action. */
    static boolean exist(String pattern) {
        return Stream.of(ON_OBJECTS, ON_BUCKETS).anyMatch(actions -> anyMatches(pattern, actions));
    }

    /** Whether one of the actions that a pattern names can be done to what a resource's pattern names in a bucket. */
    static boolean apply(String pattern, String resource, String bucketArn) {
        boolean objects = resource.contains("/") || resource.contains("*");
        boolean bucket = Glob.of(resource).matches(bucketArn);
        return objects && anyMatches(pattern, ON_OBJECTS) || bucket && anyMatches(pattern, ON_BUCKETS);
    }

    private static boolean anyMatches(String pattern, Set<String> actions) {
        Glob glob = Glob.of(pattern);
        return actions.stream().anyMatch(action -> glob.matchesIgnoringCase("s3:" + action));
    }
}
