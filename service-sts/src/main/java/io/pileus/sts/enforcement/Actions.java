package io.pileus.sts.enforcement;

import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Which actions an operation needs: the service's prefix and the operation's name, with the exceptions that AWS documents.
 *
 * @see <a href="https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html">Actions, resources and condition keys</a>
 */
final class Actions {
    /** Operations that need no permission, and those that decide themselves because a trust policy has a say. */
    private static final Set<String> FREE = Set.of(
            "sts:GetCallerIdentity",
            "sts:GetSessionToken",
            "sts:AssumeRole",
            "sts:AssumeRoleWithSAML",
            "sts:AssumeRoleWithWebIdentity");

    private static final Map<String, List<String>> OTHERS = Map.ofEntries(
            Map.entry("lambda:Invoke", List.of("lambda:InvokeFunction")),
            Map.entry("lambda:InvokeAsync", List.of("lambda:InvokeFunction")),
            Map.entry("lambda:InvokeWithResponseStream", List.of("lambda:InvokeFunction")),
            Map.entry("lambda:GetLayerVersionByArn", List.of("lambda:GetLayerVersion")),
            Map.entry("sqs:SendMessageBatch", List.of("sqs:SendMessage")),
            Map.entry("sqs:DeleteMessageBatch", List.of("sqs:DeleteMessage")),
            Map.entry("sqs:ChangeMessageVisibilityBatch", List.of("sqs:ChangeMessageVisibility")),
            Map.entry("sns:PublishBatch", List.of("sns:Publish")),
            Map.entry("kms:ReEncrypt", List.of("kms:ReEncryptFrom", "kms:ReEncryptTo")),
            Map.entry("s3:ListBuckets", List.of("s3:ListAllMyBuckets")),
            Map.entry("s3:ListObjects", List.of("s3:ListBucket")),
            Map.entry("s3:ListObjectsV2", List.of("s3:ListBucket")),
            Map.entry("s3:HeadBucket", List.of("s3:ListBucket")),
            Map.entry("s3:ListObjectVersions", List.of("s3:ListBucketVersions")),
            Map.entry("s3:HeadObject", List.of("s3:GetObject")),
            Map.entry("s3:CopyObject", List.of("s3:PutObject")),
            Map.entry("s3:PostObject", List.of("s3:PutObject")),
            // S3 asks for each key as if it were deleted alone.
            Map.entry("s3:DeleteObjects", List.of()),
            Map.entry("s3:CreateMultipartUpload", List.of("s3:PutObject")),
            Map.entry("s3:UploadPart", List.of("s3:PutObject")),
            Map.entry("s3:UploadPartCopy", List.of("s3:PutObject")),
            Map.entry("s3:CompleteMultipartUpload", List.of("s3:PutObject")),
            Map.entry("s3:ListParts", List.of("s3:ListMultipartUploadParts")),
            Map.entry("s3:ListMultipartUploads", List.of("s3:ListBucketMultipartUploads")),
            Map.entry("s3:GetBucketEncryption", List.of("s3:GetEncryptionConfiguration")),
            Map.entry("s3:PutBucketEncryption", List.of("s3:PutEncryptionConfiguration")),
            Map.entry("s3:DeleteBucketEncryption", List.of("s3:PutEncryptionConfiguration")),
            Map.entry("s3:GetBucketLifecycleConfiguration", List.of("s3:GetLifecycleConfiguration")),
            Map.entry("s3:PutBucketLifecycleConfiguration", List.of("s3:PutLifecycleConfiguration")),
            Map.entry("s3:DeleteBucketLifecycle", List.of("s3:PutLifecycleConfiguration")),
            Map.entry("s3:GetBucketNotificationConfiguration", List.of("s3:GetBucketNotification")),
            Map.entry("s3:PutBucketNotificationConfiguration", List.of("s3:PutBucketNotification")),
            Map.entry("s3:GetPublicAccessBlock", List.of("s3:GetBucketPublicAccessBlock")),
            Map.entry("s3:PutPublicAccessBlock", List.of("s3:PutBucketPublicAccessBlock")),
            Map.entry("s3:DeletePublicAccessBlock", List.of("s3:PutBucketPublicAccessBlock")),
            Map.entry("s3:DeleteBucketTagging", List.of("s3:PutBucketTagging")),
            Map.entry("s3:DeleteBucketCors", List.of("s3:PutBucketCORS")),
            Map.entry("s3:GetBucketCors", List.of("s3:GetBucketCORS")),
            Map.entry("s3:PutBucketCors", List.of("s3:PutBucketCORS")));

    /** Actions that have another name when they are about one version of an object. */
    private static final Map<String, List<String>> OF_VERSIONS = Map.of(
            "s3:GetObject", List.of("s3:GetObjectVersion"),
            "s3:HeadObject", List.of("s3:GetObjectVersion"),
            "s3:DeleteObject", List.of("s3:DeleteObjectVersion"),
            "s3:GetObjectAcl", List.of("s3:GetObjectVersionAcl"),
            "s3:PutObjectAcl", List.of("s3:PutObjectVersionAcl"),
            "s3:GetObjectAttributes", List.of("s3:GetObjectVersionAttributes"),
            "s3:GetObjectTagging", List.of("s3:GetObjectVersionTagging"),
            "s3:PutObjectTagging", List.of("s3:PutObjectVersionTagging"),
            "s3:DeleteObjectTagging", List.of("s3:DeleteObjectVersionTagging"));

    private Actions() {}

    /** The actions that must all be allowed; none for operations that are free. */
    static List<String> of(String prefix, String operation, InputMembers input) {
        String action = prefix + ":" + operation;
        if (FREE.contains(action)) {
            return List.of();
        }
        if (OF_VERSIONS.containsKey(action) && !input.string("VersionId").isEmpty()) {
            return OF_VERSIONS.get(action);
        }
        return OTHERS.getOrDefault(action, List.of(action));
    }
}
