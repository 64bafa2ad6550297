// Written by tools/import-models from the API model of Amazon Web Services; refresh it with that.
$version: "2.0"

namespace com.amazonaws.s3

use aws.api#service
use aws.auth#sigv4
use aws.auth#unsignedPayload
use aws.customizations#s3UnwrappedXmlOutput
use aws.protocols#httpChecksum
use aws.protocols#restXml

@service(sdkId: "S3", arnNamespace: "s3", endpointPrefix: "s3", cloudTrailEventSource: "s3.amazonaws.com")
@sigv4(name: "s3")
@restXml(noErrorWrapping: true)
@title("Amazon Simple Storage Service")
@xmlNamespace(uri: "http://s3.amazonaws.com/doc/2006-03-01/")
service AmazonS3 {
    version: "2006-03-01"
    operations: [
        AbortMultipartUpload
        CompleteMultipartUpload
        CopyObject
        CreateBucket
        CreateBucketMetadataConfiguration
        CreateBucketMetadataTableConfiguration
        CreateMultipartUpload
        CreateSession
        DeleteBucket
        DeleteBucketAnalyticsConfiguration
        DeleteBucketCors
        DeleteBucketEncryption
        DeleteBucketIntelligentTieringConfiguration
        DeleteBucketInventoryConfiguration
        DeleteBucketLifecycle
        DeleteBucketMetadataConfiguration
        DeleteBucketMetadataTableConfiguration
        DeleteBucketMetricsConfiguration
        DeleteBucketOwnershipControls
        DeleteBucketPolicy
        DeleteBucketReplication
        DeleteBucketTagging
        DeleteBucketWebsite
        DeleteObject
        DeleteObjectTagging
        DeleteObjects
        DeletePublicAccessBlock
        GetBucketAbac
        GetBucketAccelerateConfiguration
        GetBucketAcl
        GetBucketAnalyticsConfiguration
        GetBucketCors
        GetBucketEncryption
        GetBucketIntelligentTieringConfiguration
        GetBucketInventoryConfiguration
        GetBucketLifecycleConfiguration
        GetBucketLocation
        GetBucketLogging
        GetBucketMetadataConfiguration
        GetBucketMetadataTableConfiguration
        GetBucketMetricsConfiguration
        GetBucketNotificationConfiguration
        GetBucketOwnershipControls
        GetBucketPolicy
        GetBucketPolicyStatus
        GetBucketReplication
        GetBucketRequestPayment
        GetBucketTagging
        GetBucketVersioning
        GetBucketWebsite
        GetObject
        GetObjectAcl
        GetObjectAttributes
        GetObjectLegalHold
        GetObjectLockConfiguration
        GetObjectRetention
        GetObjectTagging
        GetObjectTorrent
        GetPublicAccessBlock
        HeadBucket
        HeadObject
        ListBucketAnalyticsConfigurations
        ListBucketIntelligentTieringConfigurations
        ListBucketInventoryConfigurations
        ListBucketMetricsConfigurations
        ListBuckets
        ListDirectoryBuckets
        ListMultipartUploads
        ListObjectVersions
        ListObjects
        ListObjectsV2
        ListParts
        PostObject
        PutBucketAbac
        PutBucketAccelerateConfiguration
        PutBucketAcl
        PutBucketAnalyticsConfiguration
        PutBucketCors
        PutBucketEncryption
        PutBucketIntelligentTieringConfiguration
        PutBucketInventoryConfiguration
        PutBucketLifecycleConfiguration
        PutBucketLogging
        PutBucketMetricsConfiguration
        PutBucketNotificationConfiguration
        PutBucketOwnershipControls
        PutBucketPolicy
        PutBucketReplication
        PutBucketRequestPayment
        PutBucketTagging
        PutBucketVersioning
        PutBucketWebsite
        PutObject
        PutObjectAcl
        PutObjectLegalHold
        PutObjectLockConfiguration
        PutObjectRetention
        PutObjectTagging
        PutPublicAccessBlock
        RenameObject
        RestoreObject
        SelectObjectContent
        UpdateBucketMetadataInventoryTableConfiguration
        UpdateBucketMetadataJournalTableConfiguration
        UpdateObjectEncryption
        UploadPart
        UploadPartCopy
        WriteGetObjectResponse
    ]
}

@http(method: "DELETE", uri: "/{Bucket}/{Key+}?x-id=AbortMultipartUpload", code: 204)
@idempotent
operation AbortMultipartUpload {
    input: AbortMultipartUploadRequest
    output: AbortMultipartUploadOutput
    errors: [
        NoSuchUpload
    ]
}

@http(method: "POST", uri: "/{Bucket}/{Key+}", code: 200)
operation CompleteMultipartUpload {
    input: CompleteMultipartUploadRequest
    output: CompleteMultipartUploadOutput
}

@http(method: "PUT", uri: "/{Bucket}/{Key+}?x-id=CopyObject", code: 200)
@idempotent
operation CopyObject {
    input: CopyObjectRequest
    output: CopyObjectOutput
    errors: [
        ObjectNotInActiveTierError
    ]
}

@http(method: "PUT", uri: "/{Bucket}", code: 200)
@idempotent
operation CreateBucket {
    input: CreateBucketRequest
    output: CreateBucketOutput
    errors: [
        BucketAlreadyExists
        BucketAlreadyOwnedByYou
    ]
}

@http(method: "POST", uri: "/{Bucket}?metadataConfiguration", code: 200)
@httpChecksum(requestAlgorithmMember: "ChecksumAlgorithm", requestChecksumRequired: true)
operation CreateBucketMetadataConfiguration {
    input: CreateBucketMetadataConfigurationRequest
}

@http(method: "POST", uri: "/{Bucket}?metadataTable", code: 200)
@httpChecksum(requestAlgorithmMember: "ChecksumAlgorithm", requestChecksumRequired: true)
operation CreateBucketMetadataTableConfiguration {
    input: CreateBucketMetadataTableConfigurationRequest
}

@http(method: "POST", uri: "/{Bucket}/{Key+}?uploads", code: 200)
operation CreateMultipartUpload {
    input: CreateMultipartUploadRequest
    output: CreateMultipartUploadOutput
}

@http(method: "GET", uri: "/{Bucket}?session", code: 200)
@readonly
operation CreateSession {
    input: CreateSessionRequest
    output: CreateSessionOutput
    errors: [
        NoSuchBucket
    ]
}

@http(method: "DELETE", uri: "/{Bucket}", code: 204)
@idempotent
operation DeleteBucket {
    input: DeleteBucketRequest
}

@http(method: "DELETE", uri: "/{Bucket}?analytics", code: 204)
@idempotent
operation DeleteBucketAnalyticsConfiguration {
    input: DeleteBucketAnalyticsConfigurationRequest
}

@http(method: "DELETE", uri: "/{Bucket}?cors", code: 204)
@idempotent
operation DeleteBucketCors {
    input: DeleteBucketCorsRequest
}

@http(method: "DELETE", uri: "/{Bucket}?encryption", code: 204)
@idempotent
operation DeleteBucketEncryption {
    input: DeleteBucketEncryptionRequest
}

@http(method: "DELETE", uri: "/{Bucket}?intelligent-tiering", code: 204)
@idempotent
operation DeleteBucketIntelligentTieringConfiguration {
    input: DeleteBucketIntelligentTieringConfigurationRequest
}

@http(method: "DELETE", uri: "/{Bucket}?inventory", code: 204)
@idempotent
operation DeleteBucketInventoryConfiguration {
    input: DeleteBucketInventoryConfigurationRequest
}

@http(method: "DELETE", uri: "/{Bucket}?lifecycle", code: 204)
@idempotent
operation DeleteBucketLifecycle {
    input: DeleteBucketLifecycleRequest
}

@http(method: "DELETE", uri: "/{Bucket}?metadataConfiguration", code: 204)
@idempotent
operation DeleteBucketMetadataConfiguration {
    input: DeleteBucketMetadataConfigurationRequest
}

@http(method: "DELETE", uri: "/{Bucket}?metadataTable", code: 204)
@idempotent
operation DeleteBucketMetadataTableConfiguration {
    input: DeleteBucketMetadataTableConfigurationRequest
}

@http(method: "DELETE", uri: "/{Bucket}?metrics", code: 204)
@idempotent
operation DeleteBucketMetricsConfiguration {
    input: DeleteBucketMetricsConfigurationRequest
}

@http(method: "DELETE", uri: "/{Bucket}?ownershipControls", code: 204)
@idempotent
operation DeleteBucketOwnershipControls {
    input: DeleteBucketOwnershipControlsRequest
}

@http(method: "DELETE", uri: "/{Bucket}?policy", code: 204)
@idempotent
operation DeleteBucketPolicy {
    input: DeleteBucketPolicyRequest
}

@http(method: "DELETE", uri: "/{Bucket}?replication", code: 204)
@idempotent
operation DeleteBucketReplication {
    input: DeleteBucketReplicationRequest
}

@http(method: "DELETE", uri: "/{Bucket}?tagging", code: 204)
@idempotent
operation DeleteBucketTagging {
    input: DeleteBucketTaggingRequest
}

@http(method: "DELETE", uri: "/{Bucket}?website", code: 204)
@idempotent
operation DeleteBucketWebsite {
    input: DeleteBucketWebsiteRequest
}

@http(method: "DELETE", uri: "/{Bucket}/{Key+}?x-id=DeleteObject", code: 204)
@idempotent
operation DeleteObject {
    input: DeleteObjectRequest
    output: DeleteObjectOutput
}

@http(method: "DELETE", uri: "/{Bucket}/{Key+}?tagging", code: 204)
@idempotent
operation DeleteObjectTagging {
    input: DeleteObjectTaggingRequest
    output: DeleteObjectTaggingOutput
}

@http(method: "POST", uri: "/{Bucket}?delete", code: 200)
@httpChecksum(requestAlgorithmMember: "ChecksumAlgorithm", requestChecksumRequired: true)
operation DeleteObjects {
    input: DeleteObjectsRequest
    output: DeleteObjectsOutput
}

@http(method: "DELETE", uri: "/{Bucket}?publicAccessBlock", code: 204)
@idempotent
operation DeletePublicAccessBlock {
    input: DeletePublicAccessBlockRequest
}

@http(method: "GET", uri: "/{Bucket}?abac", code: 200)
@readonly
operation GetBucketAbac {
    input: GetBucketAbacRequest
    output: GetBucketAbacOutput
}

@http(method: "GET", uri: "/{Bucket}?accelerate", code: 200)
@readonly
operation GetBucketAccelerateConfiguration {
    input: GetBucketAccelerateConfigurationRequest
    output: GetBucketAccelerateConfigurationOutput
}

@http(method: "GET", uri: "/{Bucket}?acl", code: 200)
@readonly
operation GetBucketAcl {
    input: GetBucketAclRequest
    output: GetBucketAclOutput
}

@http(method: "GET", uri: "/{Bucket}?analytics&x-id=GetBucketAnalyticsConfiguration", code: 200)
@readonly
operation GetBucketAnalyticsConfiguration {
    input: GetBucketAnalyticsConfigurationRequest
    output: GetBucketAnalyticsConfigurationOutput
}

@http(method: "GET", uri: "/{Bucket}?cors", code: 200)
@readonly
operation GetBucketCors {
    input: GetBucketCorsRequest
    output: GetBucketCorsOutput
}

@http(method: "GET", uri: "/{Bucket}?encryption", code: 200)
@readonly
operation GetBucketEncryption {
    input: GetBucketEncryptionRequest
    output: GetBucketEncryptionOutput
}

@http(method: "GET", uri: "/{Bucket}?intelligent-tiering&x-id=GetBucketIntelligentTieringConfiguration", code: 200)
@readonly
operation GetBucketIntelligentTieringConfiguration {
    input: GetBucketIntelligentTieringConfigurationRequest
    output: GetBucketIntelligentTieringConfigurationOutput
}

@http(method: "GET", uri: "/{Bucket}?inventory&x-id=GetBucketInventoryConfiguration", code: 200)
@readonly
operation GetBucketInventoryConfiguration {
    input: GetBucketInventoryConfigurationRequest
    output: GetBucketInventoryConfigurationOutput
}

@http(method: "GET", uri: "/{Bucket}?lifecycle", code: 200)
@readonly
operation GetBucketLifecycleConfiguration {
    input: GetBucketLifecycleConfigurationRequest
    output: GetBucketLifecycleConfigurationOutput
}

@http(method: "GET", uri: "/{Bucket}?location", code: 200)
@readonly
@s3UnwrappedXmlOutput
operation GetBucketLocation {
    input: GetBucketLocationRequest
    output: GetBucketLocationOutput
}

@http(method: "GET", uri: "/{Bucket}?logging", code: 200)
@readonly
operation GetBucketLogging {
    input: GetBucketLoggingRequest
    output: GetBucketLoggingOutput
}

@http(method: "GET", uri: "/{Bucket}?metadataConfiguration", code: 200)
@readonly
operation GetBucketMetadataConfiguration {
    input: GetBucketMetadataConfigurationRequest
    output: GetBucketMetadataConfigurationOutput
}

@http(method: "GET", uri: "/{Bucket}?metadataTable", code: 200)
@readonly
operation GetBucketMetadataTableConfiguration {
    input: GetBucketMetadataTableConfigurationRequest
    output: GetBucketMetadataTableConfigurationOutput
}

@http(method: "GET", uri: "/{Bucket}?metrics&x-id=GetBucketMetricsConfiguration", code: 200)
@readonly
operation GetBucketMetricsConfiguration {
    input: GetBucketMetricsConfigurationRequest
    output: GetBucketMetricsConfigurationOutput
}

@http(method: "GET", uri: "/{Bucket}?notification", code: 200)
@readonly
operation GetBucketNotificationConfiguration {
    input: GetBucketNotificationConfigurationRequest
    output: NotificationConfiguration
}

@http(method: "GET", uri: "/{Bucket}?ownershipControls", code: 200)
@readonly
operation GetBucketOwnershipControls {
    input: GetBucketOwnershipControlsRequest
    output: GetBucketOwnershipControlsOutput
}

@http(method: "GET", uri: "/{Bucket}?policy", code: 200)
@readonly
operation GetBucketPolicy {
    input: GetBucketPolicyRequest
    output: GetBucketPolicyOutput
}

@http(method: "GET", uri: "/{Bucket}?policyStatus", code: 200)
@readonly
operation GetBucketPolicyStatus {
    input: GetBucketPolicyStatusRequest
    output: GetBucketPolicyStatusOutput
}

@http(method: "GET", uri: "/{Bucket}?replication", code: 200)
@readonly
operation GetBucketReplication {
    input: GetBucketReplicationRequest
    output: GetBucketReplicationOutput
}

@http(method: "GET", uri: "/{Bucket}?requestPayment", code: 200)
@readonly
operation GetBucketRequestPayment {
    input: GetBucketRequestPaymentRequest
    output: GetBucketRequestPaymentOutput
}

@http(method: "GET", uri: "/{Bucket}?tagging", code: 200)
@readonly
operation GetBucketTagging {
    input: GetBucketTaggingRequest
    output: GetBucketTaggingOutput
}

@http(method: "GET", uri: "/{Bucket}?versioning", code: 200)
@readonly
operation GetBucketVersioning {
    input: GetBucketVersioningRequest
    output: GetBucketVersioningOutput
}

@http(method: "GET", uri: "/{Bucket}?website", code: 200)
@readonly
operation GetBucketWebsite {
    input: GetBucketWebsiteRequest
    output: GetBucketWebsiteOutput
}

@http(method: "GET", uri: "/{Bucket}/{Key+}?x-id=GetObject", code: 200)
@httpChecksum(requestValidationModeMember: "ChecksumMode", responseAlgorithms: ["CRC64NVME", "CRC32", "CRC32C", "SHA256", "SHA1", "SHA512", "MD5", "XXHASH64", "XXHASH3", "XXHASH128"])
@readonly
operation GetObject {
    input: GetObjectRequest
    output: GetObjectOutput
    errors: [
        InvalidObjectState
        NoSuchKey
    ]
}

@http(method: "GET", uri: "/{Bucket}/{Key+}?acl", code: 200)
@readonly
operation GetObjectAcl {
    input: GetObjectAclRequest
    output: GetObjectAclOutput
    errors: [
        NoSuchKey
    ]
}

@http(method: "GET", uri: "/{Bucket}/{Key+}?attributes", code: 200)
@readonly
operation GetObjectAttributes {
    input: GetObjectAttributesRequest
    output: GetObjectAttributesOutput
    errors: [
        NoSuchKey
    ]
}

@http(method: "GET", uri: "/{Bucket}/{Key+}?legal-hold", code: 200)
@readonly
operation GetObjectLegalHold {
    input: GetObjectLegalHoldRequest
    output: GetObjectLegalHoldOutput
}

@http(method: "GET", uri: "/{Bucket}?object-lock", code: 200)
@readonly
operation GetObjectLockConfiguration {
    input: GetObjectLockConfigurationRequest
    output: GetObjectLockConfigurationOutput
}

@http(method: "GET", uri: "/{Bucket}/{Key+}?retention", code: 200)
@readonly
operation GetObjectRetention {
    input: GetObjectRetentionRequest
    output: GetObjectRetentionOutput
}

@http(method: "GET", uri: "/{Bucket}/{Key+}?tagging", code: 200)
@readonly
operation GetObjectTagging {
    input: GetObjectTaggingRequest
    output: GetObjectTaggingOutput
}

@http(method: "GET", uri: "/{Bucket}/{Key+}?torrent", code: 200)
@readonly
operation GetObjectTorrent {
    input: GetObjectTorrentRequest
    output: GetObjectTorrentOutput
}

@http(method: "GET", uri: "/{Bucket}?publicAccessBlock", code: 200)
@readonly
operation GetPublicAccessBlock {
    input: GetPublicAccessBlockRequest
    output: GetPublicAccessBlockOutput
}

@http(method: "HEAD", uri: "/{Bucket}", code: 200)
@readonly
operation HeadBucket {
    input: HeadBucketRequest
    output: HeadBucketOutput
    errors: [
        NoSuchBucket
    ]
}

@http(method: "HEAD", uri: "/{Bucket}/{Key+}", code: 200)
@readonly
operation HeadObject {
    input: HeadObjectRequest
    output: HeadObjectOutput
    errors: [
        NoSuchKey
    ]
}

@http(method: "GET", uri: "/{Bucket}?analytics&x-id=ListBucketAnalyticsConfigurations", code: 200)
@readonly
operation ListBucketAnalyticsConfigurations {
    input: ListBucketAnalyticsConfigurationsRequest
    output: ListBucketAnalyticsConfigurationsOutput
}

@http(method: "GET", uri: "/{Bucket}?intelligent-tiering&x-id=ListBucketIntelligentTieringConfigurations", code: 200)
@readonly
operation ListBucketIntelligentTieringConfigurations {
    input: ListBucketIntelligentTieringConfigurationsRequest
    output: ListBucketIntelligentTieringConfigurationsOutput
}

@http(method: "GET", uri: "/{Bucket}?inventory&x-id=ListBucketInventoryConfigurations", code: 200)
@readonly
operation ListBucketInventoryConfigurations {
    input: ListBucketInventoryConfigurationsRequest
    output: ListBucketInventoryConfigurationsOutput
}

@http(method: "GET", uri: "/{Bucket}?metrics&x-id=ListBucketMetricsConfigurations", code: 200)
@readonly
operation ListBucketMetricsConfigurations {
    input: ListBucketMetricsConfigurationsRequest
    output: ListBucketMetricsConfigurationsOutput
}

@http(method: "GET", uri: "/?x-id=ListBuckets", code: 200)
@readonly
operation ListBuckets {
    input: ListBucketsRequest
    output: ListBucketsOutput
}

@http(method: "GET", uri: "/?x-id=ListDirectoryBuckets", code: 200)
@readonly
operation ListDirectoryBuckets {
    input: ListDirectoryBucketsRequest
    output: ListDirectoryBucketsOutput
}

@http(method: "GET", uri: "/{Bucket}?uploads", code: 200)
@readonly
operation ListMultipartUploads {
    input: ListMultipartUploadsRequest
    output: ListMultipartUploadsOutput
}

@http(method: "GET", uri: "/{Bucket}?versions", code: 200)
@readonly
operation ListObjectVersions {
    input: ListObjectVersionsRequest
    output: ListObjectVersionsOutput
}

@http(method: "GET", uri: "/{Bucket}", code: 200)
@readonly
operation ListObjects {
    input: ListObjectsRequest
    output: ListObjectsOutput
    errors: [
        NoSuchBucket
    ]
}

@http(method: "GET", uri: "/{Bucket}?list-type=2", code: 200)
@readonly
operation ListObjectsV2 {
    input: ListObjectsV2Request
    output: ListObjectsV2Output
    errors: [
        NoSuchBucket
    ]
}

@http(method: "GET", uri: "/{Bucket}/{Key+}?x-id=ListParts", code: 200)
@readonly
operation ListParts {
    input: ListPartsRequest
    output: ListPartsOutput
}

// By hand: AWS's model has no operation for uploads from HTML forms.
// https://docs.aws.amazon.com/AmazonS3/latest/API/RESTObjectPOST.html
@http(method: "POST", uri: "/{Bucket}", code: 204)
@optionalAuth
operation PostObject {
    input: PostObjectRequest
    output: PostObjectOutput
}

@http(method: "PUT", uri: "/{Bucket}?abac", code: 200)
@httpChecksum(requestAlgorithmMember: "ChecksumAlgorithm")
@idempotent
operation PutBucketAbac {
    input: PutBucketAbacRequest
}

@http(method: "PUT", uri: "/{Bucket}?accelerate", code: 200)
@httpChecksum(requestAlgorithmMember: "ChecksumAlgorithm")
@idempotent
operation PutBucketAccelerateConfiguration {
    input: PutBucketAccelerateConfigurationRequest
}

@http(method: "PUT", uri: "/{Bucket}?acl", code: 200)
@httpChecksum(requestAlgorithmMember: "ChecksumAlgorithm", requestChecksumRequired: true)
@idempotent
operation PutBucketAcl {
    input: PutBucketAclRequest
}

@http(method: "PUT", uri: "/{Bucket}?analytics", code: 200)
@idempotent
operation PutBucketAnalyticsConfiguration {
    input: PutBucketAnalyticsConfigurationRequest
}

@http(method: "PUT", uri: "/{Bucket}?cors", code: 200)
@httpChecksum(requestAlgorithmMember: "ChecksumAlgorithm", requestChecksumRequired: true)
@idempotent
operation PutBucketCors {
    input: PutBucketCorsRequest
}

@http(method: "PUT", uri: "/{Bucket}?encryption", code: 200)
@httpChecksum(requestAlgorithmMember: "ChecksumAlgorithm", requestChecksumRequired: true)
@idempotent
operation PutBucketEncryption {
    input: PutBucketEncryptionRequest
}

@http(method: "PUT", uri: "/{Bucket}?intelligent-tiering", code: 200)
@idempotent
operation PutBucketIntelligentTieringConfiguration {
    input: PutBucketIntelligentTieringConfigurationRequest
}

@http(method: "PUT", uri: "/{Bucket}?inventory", code: 200)
@idempotent
operation PutBucketInventoryConfiguration {
    input: PutBucketInventoryConfigurationRequest
}

@http(method: "PUT", uri: "/{Bucket}?lifecycle", code: 200)
@httpChecksum(requestAlgorithmMember: "ChecksumAlgorithm", requestChecksumRequired: true)
@idempotent
operation PutBucketLifecycleConfiguration {
    input: PutBucketLifecycleConfigurationRequest
    output: PutBucketLifecycleConfigurationOutput
}

@http(method: "PUT", uri: "/{Bucket}?logging", code: 200)
@httpChecksum(requestAlgorithmMember: "ChecksumAlgorithm", requestChecksumRequired: true)
@idempotent
operation PutBucketLogging {
    input: PutBucketLoggingRequest
}

@http(method: "PUT", uri: "/{Bucket}?metrics", code: 200)
@idempotent
operation PutBucketMetricsConfiguration {
    input: PutBucketMetricsConfigurationRequest
}

@http(method: "PUT", uri: "/{Bucket}?notification", code: 200)
@idempotent
operation PutBucketNotificationConfiguration {
    input: PutBucketNotificationConfigurationRequest
}

@http(method: "PUT", uri: "/{Bucket}?ownershipControls", code: 200)
@httpChecksum(requestAlgorithmMember: "ChecksumAlgorithm", requestChecksumRequired: true)
@idempotent
operation PutBucketOwnershipControls {
    input: PutBucketOwnershipControlsRequest
}

@http(method: "PUT", uri: "/{Bucket}?policy", code: 200)
@httpChecksum(requestAlgorithmMember: "ChecksumAlgorithm", requestChecksumRequired: true)
@idempotent
operation PutBucketPolicy {
    input: PutBucketPolicyRequest
}

@http(method: "PUT", uri: "/{Bucket}?replication", code: 200)
@httpChecksum(requestAlgorithmMember: "ChecksumAlgorithm", requestChecksumRequired: true)
@idempotent
operation PutBucketReplication {
    input: PutBucketReplicationRequest
}

@http(method: "PUT", uri: "/{Bucket}?requestPayment", code: 200)
@httpChecksum(requestAlgorithmMember: "ChecksumAlgorithm", requestChecksumRequired: true)
@idempotent
operation PutBucketRequestPayment {
    input: PutBucketRequestPaymentRequest
}

@http(method: "PUT", uri: "/{Bucket}?tagging", code: 200)
@httpChecksum(requestAlgorithmMember: "ChecksumAlgorithm", requestChecksumRequired: true)
@idempotent
operation PutBucketTagging {
    input: PutBucketTaggingRequest
}

@http(method: "PUT", uri: "/{Bucket}?versioning", code: 200)
@httpChecksum(requestAlgorithmMember: "ChecksumAlgorithm", requestChecksumRequired: true)
@idempotent
operation PutBucketVersioning {
    input: PutBucketVersioningRequest
}

@http(method: "PUT", uri: "/{Bucket}?website", code: 200)
@httpChecksum(requestAlgorithmMember: "ChecksumAlgorithm", requestChecksumRequired: true)
@idempotent
operation PutBucketWebsite {
    input: PutBucketWebsiteRequest
}

@http(method: "PUT", uri: "/{Bucket}/{Key+}?x-id=PutObject", code: 200)
@httpChecksum(requestAlgorithmMember: "ChecksumAlgorithm")
@idempotent
operation PutObject {
    input: PutObjectRequest
    output: PutObjectOutput
    errors: [
        EncryptionTypeMismatch
        InvalidRequest
        InvalidWriteOffset
        TooManyParts
    ]
}

@http(method: "PUT", uri: "/{Bucket}/{Key+}?acl", code: 200)
@httpChecksum(requestAlgorithmMember: "ChecksumAlgorithm", requestChecksumRequired: true)
@idempotent
operation PutObjectAcl {
    input: PutObjectAclRequest
    output: PutObjectAclOutput
    errors: [
        NoSuchKey
    ]
}

@http(method: "PUT", uri: "/{Bucket}/{Key+}?legal-hold", code: 200)
@httpChecksum(requestAlgorithmMember: "ChecksumAlgorithm", requestChecksumRequired: true)
@idempotent
operation PutObjectLegalHold {
    input: PutObjectLegalHoldRequest
    output: PutObjectLegalHoldOutput
}

@http(method: "PUT", uri: "/{Bucket}?object-lock", code: 200)
@httpChecksum(requestAlgorithmMember: "ChecksumAlgorithm", requestChecksumRequired: true)
@idempotent
operation PutObjectLockConfiguration {
    input: PutObjectLockConfigurationRequest
    output: PutObjectLockConfigurationOutput
}

@http(method: "PUT", uri: "/{Bucket}/{Key+}?retention", code: 200)
@httpChecksum(requestAlgorithmMember: "ChecksumAlgorithm", requestChecksumRequired: true)
@idempotent
operation PutObjectRetention {
    input: PutObjectRetentionRequest
    output: PutObjectRetentionOutput
}

@http(method: "PUT", uri: "/{Bucket}/{Key+}?tagging", code: 200)
@httpChecksum(requestAlgorithmMember: "ChecksumAlgorithm", requestChecksumRequired: true)
@idempotent
operation PutObjectTagging {
    input: PutObjectTaggingRequest
    output: PutObjectTaggingOutput
}

@http(method: "PUT", uri: "/{Bucket}?publicAccessBlock", code: 200)
@httpChecksum(requestAlgorithmMember: "ChecksumAlgorithm", requestChecksumRequired: true)
@idempotent
operation PutPublicAccessBlock {
    input: PutPublicAccessBlockRequest
}

@http(method: "PUT", uri: "/{Bucket}/{Key+}?renameObject", code: 200)
@idempotent
operation RenameObject {
    input: RenameObjectRequest
    output: RenameObjectOutput
    errors: [
        IdempotencyParameterMismatch
    ]
}

@http(method: "POST", uri: "/{Bucket}/{Key+}?restore", code: 200)
@httpChecksum(requestAlgorithmMember: "ChecksumAlgorithm")
operation RestoreObject {
    input: RestoreObjectRequest
    output: RestoreObjectOutput
    errors: [
        ObjectAlreadyInActiveTierError
    ]
}

@http(method: "POST", uri: "/{Bucket}/{Key+}?select&select-type=2", code: 200)
operation SelectObjectContent {
    input: SelectObjectContentRequest
    output: SelectObjectContentOutput
}

@http(method: "PUT", uri: "/{Bucket}?metadataInventoryTable", code: 200)
@httpChecksum(requestAlgorithmMember: "ChecksumAlgorithm", requestChecksumRequired: true)
@idempotent
operation UpdateBucketMetadataInventoryTableConfiguration {
    input: UpdateBucketMetadataInventoryTableConfigurationRequest
}

@http(method: "PUT", uri: "/{Bucket}?metadataJournalTable", code: 200)
@httpChecksum(requestAlgorithmMember: "ChecksumAlgorithm", requestChecksumRequired: true)
@idempotent
operation UpdateBucketMetadataJournalTableConfiguration {
    input: UpdateBucketMetadataJournalTableConfigurationRequest
}

@http(method: "PUT", uri: "/{Bucket}/{Key+}?encryption", code: 200)
@httpChecksum(requestAlgorithmMember: "ChecksumAlgorithm", requestChecksumRequired: true)
@idempotent
operation UpdateObjectEncryption {
    input: UpdateObjectEncryptionRequest
    output: UpdateObjectEncryptionResponse
    errors: [
        AccessDenied
        InvalidRequest
        NoSuchKey
    ]
}

@http(method: "PUT", uri: "/{Bucket}/{Key+}?x-id=UploadPart", code: 200)
@httpChecksum(requestAlgorithmMember: "ChecksumAlgorithm")
@idempotent
operation UploadPart {
    input: UploadPartRequest
    output: UploadPartOutput
}

@http(method: "PUT", uri: "/{Bucket}/{Key+}?x-id=UploadPartCopy", code: 200)
@idempotent
operation UploadPartCopy {
    input: UploadPartCopyRequest
    output: UploadPartCopyOutput
}

@endpoint(hostPrefix: "{RequestRoute}.")
@http(method: "POST", uri: "/WriteGetObjectResponse", code: 200)
@unsignedPayload
operation WriteGetObjectResponse {
    input: WriteGetObjectResponseRequest
}

structure AbacStatus {
    Status: BucketAbacStatus
}

timestamp AbortDate

structure AbortIncompleteMultipartUpload {
    DaysAfterInitiation: DaysAfterInitiation
}

structure AbortMultipartUploadOutput {
    @httpHeader("x-amz-request-charged")
    RequestCharged: RequestCharged
}

structure AbortMultipartUploadRequest {
    @httpLabel
    @required
    Bucket: BucketName

    @httpLabel
    @required
    Key: ObjectKey

    @httpQuery("uploadId")
    @required
    UploadId: MultipartUploadId

    @httpHeader("x-amz-request-payer")
    RequestPayer: RequestPayer

    @httpHeader("x-amz-expected-bucket-owner")
    ExpectedBucketOwner: AccountId

    @httpHeader("x-amz-if-match-initiated-time")
    IfMatchInitiatedTime: IfMatchInitiatedTime
}

string AbortRuleId

structure AccelerateConfiguration {
    Status: BucketAccelerateStatus
}

string AcceptRanges

structure AccessControlPolicy {
    @xmlName("AccessControlList")
    Grants: Grants

    Owner: Owner
}

structure AccessControlTranslation {
    @required
    Owner: OwnerOverride
}

@error("client")
@httpError(403)
structure AccessDenied {}

string AccessKeyIdValue

boolean AccessPointAlias

string AccessPointArn

string AccountId

boolean AllowQuotedRecordDelimiter

string AllowedHeader

list AllowedHeaders {
    member: AllowedHeader
}

string AllowedMethod

list AllowedMethods {
    member: AllowedMethod
}

string AllowedOrigin

list AllowedOrigins {
    member: AllowedOrigin
}

structure AnalyticsAndOperator {
    Prefix: Prefix

    @xmlFlattened
    @xmlName("Tag")
    Tags: TagSet
}

structure AnalyticsConfiguration {
    @required
    Id: AnalyticsId

    Filter: AnalyticsFilter

    @required
    StorageClassAnalysis: StorageClassAnalysis
}

list AnalyticsConfigurationList {
    member: AnalyticsConfiguration
}

structure AnalyticsExportDestination {
    @required
    S3BucketDestination: AnalyticsS3BucketDestination
}

structure AnalyticsFilter {
    Prefix: Prefix
    Tag: Tag
    And: AnalyticsAndOperator
}

string AnalyticsId

structure AnalyticsS3BucketDestination {
    @required
    Format: AnalyticsS3ExportFileFormat

    BucketAccountId: AccountId

    @required
    Bucket: BucketName

    Prefix: Prefix
}

enum AnalyticsS3ExportFileFormat {
    CSV
}

enum ArchiveStatus {
    ARCHIVE_ACCESS
    DEEP_ARCHIVE_ACCESS
}

structure BlockedEncryptionTypes {
    @xmlFlattened
    EncryptionType: EncryptionTypeList
}

blob Body

structure Bucket {
    Name: BucketName
    CreationDate: CreationDate
    BucketRegion: BucketRegion
    BucketArn: S3RegionalOrS3ExpressBucketArnString
}

enum BucketAbacStatus {
    Enabled
    Disabled
}

enum BucketAccelerateStatus {
    Enabled
    Suspended
}

@error("client")
@httpError(409)
structure BucketAlreadyExists {}

@error("client")
@httpError(409)
structure BucketAlreadyOwnedByYou {}

enum BucketCannedACL {
    private
    public_read = "public-read"
    public_read_write = "public-read-write"
    authenticated_read = "authenticated-read"
}

structure BucketInfo {
    DataRedundancy: DataRedundancy
    Type: BucketType
}

boolean BucketKeyEnabled

structure BucketLifecycleConfiguration {
    @required
    @xmlFlattened
    @xmlName("Rule")
    Rules: LifecycleRules
}

enum BucketLocationConstraint {
    af_south_1 = "af-south-1"
    ap_east_1 = "ap-east-1"
    ap_east_2 = "ap-east-2"
    ap_northeast_1 = "ap-northeast-1"
    ap_northeast_2 = "ap-northeast-2"
    ap_northeast_3 = "ap-northeast-3"
    ap_south_1 = "ap-south-1"
    ap_south_2 = "ap-south-2"
    ap_southeast_1 = "ap-southeast-1"
    ap_southeast_2 = "ap-southeast-2"
    ap_southeast_3 = "ap-southeast-3"
    ap_southeast_4 = "ap-southeast-4"
    ap_southeast_5 = "ap-southeast-5"
    ap_southeast_6 = "ap-southeast-6"
    ap_southeast_7 = "ap-southeast-7"
    ca_central_1 = "ca-central-1"
    ca_west_1 = "ca-west-1"
    cn_north_1 = "cn-north-1"
    cn_northwest_1 = "cn-northwest-1"
    EU
    eu_central_1 = "eu-central-1"
    eu_central_2 = "eu-central-2"
    eu_north_1 = "eu-north-1"
    eu_south_1 = "eu-south-1"
    eu_south_2 = "eu-south-2"
    eu_west_1 = "eu-west-1"
    eu_west_2 = "eu-west-2"
    eu_west_3 = "eu-west-3"
    il_central_1 = "il-central-1"
    me_central_1 = "me-central-1"
    me_south_1 = "me-south-1"
    mx_central_1 = "mx-central-1"
    sa_east_1 = "sa-east-1"
    us_east_2 = "us-east-2"
    us_gov_east_1 = "us-gov-east-1"
    us_gov_west_1 = "us-gov-west-1"
    us_west_1 = "us-west-1"
    us_west_2 = "us-west-2"
}

string BucketLocationName

structure BucketLoggingStatus {
    LoggingEnabled: LoggingEnabled
}

enum BucketLogsPermission {
    FULL_CONTROL
    READ
    WRITE
}

string BucketName

enum BucketNamespace {
    account_regional = "account-regional"
    global
}

string BucketRegion

enum BucketType {
    Directory
}

enum BucketVersioningStatus {
    Enabled
    Suspended
}

list Buckets {
    @xmlName("Bucket")
    member: Bucket
}

boolean BypassGovernanceRetention

long BytesProcessed

long BytesReturned

long BytesScanned

structure CORSConfiguration {
    @required
    @xmlFlattened
    @xmlName("CORSRule")
    CORSRules: CORSRules
}

structure CORSRule {
    ID: ID

    @xmlFlattened
    @xmlName("AllowedHeader")
    AllowedHeaders: AllowedHeaders

    @required
    @xmlFlattened
    @xmlName("AllowedMethod")
    AllowedMethods: AllowedMethods

    @required
    @xmlFlattened
    @xmlName("AllowedOrigin")
    AllowedOrigins: AllowedOrigins

    @xmlFlattened
    @xmlName("ExposeHeader")
    ExposeHeaders: ExposeHeaders

    MaxAgeSeconds: MaxAgeSeconds
}

list CORSRules {
    member: CORSRule
}

structure CSVInput {
    FileHeaderInfo: FileHeaderInfo
    Comments: Comments
    QuoteEscapeCharacter: QuoteEscapeCharacter
    RecordDelimiter: RecordDelimiter
    FieldDelimiter: FieldDelimiter
    QuoteCharacter: QuoteCharacter
    AllowQuotedRecordDelimiter: AllowQuotedRecordDelimiter
}

structure CSVOutput {
    QuoteFields: QuoteFields
    QuoteEscapeCharacter: QuoteEscapeCharacter
    RecordDelimiter: RecordDelimiter
    FieldDelimiter: FieldDelimiter
    QuoteCharacter: QuoteCharacter
}

string CacheControl

structure Checksum {
    ChecksumCRC32: ChecksumCRC32
    ChecksumCRC32C: ChecksumCRC32C
    ChecksumCRC64NVME: ChecksumCRC64NVME
    ChecksumSHA1: ChecksumSHA1
    ChecksumSHA256: ChecksumSHA256
    ChecksumSHA512: ChecksumSHA512
    ChecksumMD5: ChecksumMD5
    ChecksumXXHASH64: ChecksumXXHASH64
    ChecksumXXHASH3: ChecksumXXHASH3
    ChecksumXXHASH128: ChecksumXXHASH128
    ChecksumType: ChecksumType
}

enum ChecksumAlgorithm {
    CRC32
    CRC32C
    SHA1
    SHA256
    CRC64NVME
    SHA512
    MD5
    XXHASH64
    XXHASH3
    XXHASH128
}

list ChecksumAlgorithmList {
    member: ChecksumAlgorithm
}

string ChecksumCRC32

string ChecksumCRC32C

string ChecksumCRC64NVME

string ChecksumMD5

enum ChecksumMode {
    ENABLED
}

string ChecksumSHA1

string ChecksumSHA256

string ChecksumSHA512

enum ChecksumType {
    COMPOSITE
    FULL_OBJECT
}

string ChecksumXXHASH128

string ChecksumXXHASH3

string ChecksumXXHASH64

string ClientToken

string Code

string Comments

structure CommonPrefix {
    Prefix: Prefix
}

list CommonPrefixList {
    member: CommonPrefix
}

@xmlName("CompleteMultipartUploadResult")
structure CompleteMultipartUploadOutput {
    Location: Location
    Bucket: BucketName
    Key: ObjectKey

    @httpHeader("x-amz-expiration")
    Expiration: Expiration

    ETag: ETag
    ChecksumCRC32: ChecksumCRC32
    ChecksumCRC32C: ChecksumCRC32C
    ChecksumCRC64NVME: ChecksumCRC64NVME
    ChecksumSHA1: ChecksumSHA1
    ChecksumSHA256: ChecksumSHA256
    ChecksumSHA512: ChecksumSHA512
    ChecksumMD5: ChecksumMD5
    ChecksumXXHASH64: ChecksumXXHASH64
    ChecksumXXHASH3: ChecksumXXHASH3
    ChecksumXXHASH128: ChecksumXXHASH128
    ChecksumType: ChecksumType

    @httpHeader("x-amz-server-side-encryption")
    ServerSideEncryption: ServerSideEncryption

    @httpHeader("x-amz-version-id")
    VersionId: ObjectVersionId

    @httpHeader("x-amz-server-side-encryption-aws-kms-key-id")
    SSEKMSKeyId: SSEKMSKeyId

    @httpHeader("x-amz-server-side-encryption-bucket-key-enabled")
    BucketKeyEnabled: BucketKeyEnabled

    @httpHeader("x-amz-request-charged")
    RequestCharged: RequestCharged
}

structure CompleteMultipartUploadRequest {
    @httpLabel
    @required
    Bucket: BucketName

    @httpLabel
    @required
    Key: ObjectKey

    @httpPayload
    @xmlName("CompleteMultipartUpload")
    MultipartUpload: CompletedMultipartUpload

    @httpQuery("uploadId")
    @required
    UploadId: MultipartUploadId

    @httpHeader("x-amz-checksum-crc32")
    ChecksumCRC32: ChecksumCRC32

    @httpHeader("x-amz-checksum-crc32c")
    ChecksumCRC32C: ChecksumCRC32C

    @httpHeader("x-amz-checksum-crc64nvme")
    ChecksumCRC64NVME: ChecksumCRC64NVME

    @httpHeader("x-amz-checksum-sha1")
    ChecksumSHA1: ChecksumSHA1

    @httpHeader("x-amz-checksum-sha256")
    ChecksumSHA256: ChecksumSHA256

    @httpHeader("x-amz-checksum-sha512")
    ChecksumSHA512: ChecksumSHA512

    @httpHeader("x-amz-checksum-md5")
    ChecksumMD5: ChecksumMD5

    @httpHeader("x-amz-checksum-xxhash64")
    ChecksumXXHASH64: ChecksumXXHASH64

    @httpHeader("x-amz-checksum-xxhash3")
    ChecksumXXHASH3: ChecksumXXHASH3

    @httpHeader("x-amz-checksum-xxhash128")
    ChecksumXXHASH128: ChecksumXXHASH128

    @httpHeader("x-amz-checksum-type")
    ChecksumType: ChecksumType

    @httpHeader("x-amz-mp-object-size")
    MpuObjectSize: MpuObjectSize

    @httpHeader("x-amz-request-payer")
    RequestPayer: RequestPayer

    @httpHeader("x-amz-expected-bucket-owner")
    ExpectedBucketOwner: AccountId

    @httpHeader("If-Match")
    IfMatch: IfMatch

    @httpHeader("If-None-Match")
    IfNoneMatch: IfNoneMatch

    @httpHeader("x-amz-server-side-encryption-customer-algorithm")
    SSECustomerAlgorithm: SSECustomerAlgorithm

    @httpHeader("x-amz-server-side-encryption-customer-key")
    SSECustomerKey: SSECustomerKey

    @httpHeader("x-amz-server-side-encryption-customer-key-MD5")
    SSECustomerKeyMD5: SSECustomerKeyMD5
}

structure CompletedMultipartUpload {
    @xmlFlattened
    @xmlName("Part")
    Parts: CompletedPartList
}

structure CompletedPart {
    ETag: ETag
    ChecksumCRC32: ChecksumCRC32
    ChecksumCRC32C: ChecksumCRC32C
    ChecksumCRC64NVME: ChecksumCRC64NVME
    ChecksumSHA1: ChecksumSHA1
    ChecksumSHA256: ChecksumSHA256
    ChecksumSHA512: ChecksumSHA512
    ChecksumMD5: ChecksumMD5
    ChecksumXXHASH64: ChecksumXXHASH64
    ChecksumXXHASH3: ChecksumXXHASH3
    ChecksumXXHASH128: ChecksumXXHASH128
    PartNumber: PartNumber
}

list CompletedPartList {
    member: CompletedPart
}

enum CompressionType {
    NONE
    GZIP
    BZIP2
}

structure Condition {
    HttpErrorCodeReturnedEquals: HttpErrorCodeReturnedEquals
    KeyPrefixEquals: KeyPrefixEquals
}

boolean ConfirmRemoveSelfBucketAccess

string ContentDisposition

string ContentEncoding

string ContentLanguage

long ContentLength

string ContentMD5

string ContentRange

string ContentType

structure ContinuationEvent {}

structure CopyObjectOutput {
    @httpPayload
    CopyObjectResult: CopyObjectResult

    @httpHeader("x-amz-expiration")
    Expiration: Expiration

    @httpHeader("x-amz-copy-source-version-id")
    CopySourceVersionId: CopySourceVersionId

    @httpHeader("x-amz-version-id")
    VersionId: ObjectVersionId

    @httpHeader("x-amz-server-side-encryption")
    ServerSideEncryption: ServerSideEncryption

    @httpHeader("x-amz-server-side-encryption-customer-algorithm")
    SSECustomerAlgorithm: SSECustomerAlgorithm

    @httpHeader("x-amz-server-side-encryption-customer-key-MD5")
    SSECustomerKeyMD5: SSECustomerKeyMD5

    @httpHeader("x-amz-server-side-encryption-aws-kms-key-id")
    SSEKMSKeyId: SSEKMSKeyId

    @httpHeader("x-amz-server-side-encryption-context")
    SSEKMSEncryptionContext: SSEKMSEncryptionContext

    @httpHeader("x-amz-server-side-encryption-bucket-key-enabled")
    BucketKeyEnabled: BucketKeyEnabled

    @httpHeader("x-amz-request-charged")
    RequestCharged: RequestCharged
}

structure CopyObjectRequest {
    @httpHeader("x-amz-acl")
    ACL: ObjectCannedACL

    @httpLabel
    @required
    Bucket: BucketName

    @httpHeader("Cache-Control")
    CacheControl: CacheControl

    @httpHeader("x-amz-checksum-algorithm")
    ChecksumAlgorithm: ChecksumAlgorithm

    @httpHeader("Content-Disposition")
    ContentDisposition: ContentDisposition

    @httpHeader("Content-Encoding")
    ContentEncoding: ContentEncoding

    @httpHeader("Content-Language")
    ContentLanguage: ContentLanguage

    @httpHeader("Content-Type")
    ContentType: ContentType

    @httpHeader("x-amz-copy-source")
    @required
    CopySource: CopySource

    @httpHeader("x-amz-copy-source-if-match")
    CopySourceIfMatch: CopySourceIfMatch

    @httpHeader("x-amz-copy-source-if-modified-since")
    CopySourceIfModifiedSince: CopySourceIfModifiedSince

    @httpHeader("x-amz-copy-source-if-none-match")
    CopySourceIfNoneMatch: CopySourceIfNoneMatch

    @httpHeader("x-amz-copy-source-if-unmodified-since")
    CopySourceIfUnmodifiedSince: CopySourceIfUnmodifiedSince

    @httpHeader("Expires")
    Expires: Expires

    @httpHeader("x-amz-grant-full-control")
    GrantFullControl: GrantFullControl

    @httpHeader("x-amz-grant-read")
    GrantRead: GrantRead

    @httpHeader("x-amz-grant-read-acp")
    GrantReadACP: GrantReadACP

    @httpHeader("x-amz-grant-write-acp")
    GrantWriteACP: GrantWriteACP

    @httpHeader("If-Match")
    IfMatch: IfMatch

    @httpHeader("If-None-Match")
    IfNoneMatch: IfNoneMatch

    @httpLabel
    @required
    Key: ObjectKey

    @httpPrefixHeaders("x-amz-meta-")
    Metadata: Metadata

    @httpHeader("x-amz-metadata-directive")
    MetadataDirective: MetadataDirective

    @httpHeader("x-amz-tagging-directive")
    TaggingDirective: TaggingDirective

    @httpHeader("x-amz-server-side-encryption")
    ServerSideEncryption: ServerSideEncryption

    @httpHeader("x-amz-storage-class")
    StorageClass: StorageClass

    @httpHeader("x-amz-website-redirect-location")
    WebsiteRedirectLocation: WebsiteRedirectLocation

    @httpHeader("x-amz-server-side-encryption-customer-algorithm")
    SSECustomerAlgorithm: SSECustomerAlgorithm

    @httpHeader("x-amz-server-side-encryption-customer-key")
    SSECustomerKey: SSECustomerKey

    @httpHeader("x-amz-server-side-encryption-customer-key-MD5")
    SSECustomerKeyMD5: SSECustomerKeyMD5

    @httpHeader("x-amz-server-side-encryption-aws-kms-key-id")
    SSEKMSKeyId: SSEKMSKeyId

    @httpHeader("x-amz-server-side-encryption-context")
    SSEKMSEncryptionContext: SSEKMSEncryptionContext

    @httpHeader("x-amz-server-side-encryption-bucket-key-enabled")
    BucketKeyEnabled: BucketKeyEnabled

    @httpHeader("x-amz-copy-source-server-side-encryption-customer-algorithm")
    CopySourceSSECustomerAlgorithm: CopySourceSSECustomerAlgorithm

    @httpHeader("x-amz-copy-source-server-side-encryption-customer-key")
    CopySourceSSECustomerKey: CopySourceSSECustomerKey

    @httpHeader("x-amz-copy-source-server-side-encryption-customer-key-MD5")
    CopySourceSSECustomerKeyMD5: CopySourceSSECustomerKeyMD5

    @httpHeader("x-amz-request-payer")
    RequestPayer: RequestPayer

    @httpHeader("x-amz-tagging")
    Tagging: TaggingHeader

    @httpHeader("x-amz-object-lock-mode")
    ObjectLockMode: ObjectLockMode

    @httpHeader("x-amz-object-lock-retain-until-date")
    ObjectLockRetainUntilDate: ObjectLockRetainUntilDate

    @httpHeader("x-amz-object-lock-legal-hold")
    ObjectLockLegalHoldStatus: ObjectLockLegalHoldStatus

    @httpHeader("x-amz-expected-bucket-owner")
    ExpectedBucketOwner: AccountId

    @httpHeader("x-amz-source-expected-bucket-owner")
    ExpectedSourceBucketOwner: AccountId
}

structure CopyObjectResult {
    ETag: ETag
    LastModified: LastModified
    ChecksumType: ChecksumType
    ChecksumCRC32: ChecksumCRC32
    ChecksumCRC32C: ChecksumCRC32C
    ChecksumCRC64NVME: ChecksumCRC64NVME
    ChecksumSHA1: ChecksumSHA1
    ChecksumSHA256: ChecksumSHA256
    ChecksumSHA512: ChecksumSHA512
    ChecksumMD5: ChecksumMD5
    ChecksumXXHASH64: ChecksumXXHASH64
    ChecksumXXHASH3: ChecksumXXHASH3
    ChecksumXXHASH128: ChecksumXXHASH128
}

structure CopyPartResult {
    ETag: ETag
    LastModified: LastModified
    ChecksumCRC32: ChecksumCRC32
    ChecksumCRC32C: ChecksumCRC32C
    ChecksumCRC64NVME: ChecksumCRC64NVME
    ChecksumSHA1: ChecksumSHA1
    ChecksumSHA256: ChecksumSHA256
    ChecksumSHA512: ChecksumSHA512
    ChecksumMD5: ChecksumMD5
    ChecksumXXHASH64: ChecksumXXHASH64
    ChecksumXXHASH3: ChecksumXXHASH3
    ChecksumXXHASH128: ChecksumXXHASH128
}

@pattern("\\/?.+\\/.+")
string CopySource

string CopySourceIfMatch

timestamp CopySourceIfModifiedSince

string CopySourceIfNoneMatch

timestamp CopySourceIfUnmodifiedSince

string CopySourceRange

string CopySourceSSECustomerAlgorithm

@sensitive
string CopySourceSSECustomerKey

string CopySourceSSECustomerKeyMD5

string CopySourceVersionId

structure CreateBucketConfiguration {
    LocationConstraint: BucketLocationConstraint
    Location: LocationInfo
    Bucket: BucketInfo
    Tags: TagSet
}

structure CreateBucketMetadataConfigurationRequest {
    @httpLabel
    @required
    Bucket: BucketName

    @httpHeader("Content-MD5")
    ContentMD5: ContentMD5

    @httpHeader("x-amz-sdk-checksum-algorithm")
    ChecksumAlgorithm: ChecksumAlgorithm

    @httpPayload
    @required
    MetadataConfiguration: MetadataConfiguration

    @httpHeader("x-amz-expected-bucket-owner")
    ExpectedBucketOwner: AccountId
}

structure CreateBucketMetadataTableConfigurationRequest {
    @httpLabel
    @required
    Bucket: BucketName

    @httpHeader("Content-MD5")
    ContentMD5: ContentMD5

    @httpHeader("x-amz-sdk-checksum-algorithm")
    ChecksumAlgorithm: ChecksumAlgorithm

    @httpPayload
    @required
    MetadataTableConfiguration: MetadataTableConfiguration

    @httpHeader("x-amz-expected-bucket-owner")
    ExpectedBucketOwner: AccountId
}

structure CreateBucketOutput {
    @httpHeader("Location")
    Location: Location

    @httpHeader("x-amz-bucket-arn")
    BucketArn: S3RegionalOrS3ExpressBucketArnString
}

structure CreateBucketRequest {
    @httpHeader("x-amz-acl")
    ACL: BucketCannedACL

    @httpLabel
    @required
    Bucket: BucketName

    @httpPayload
    CreateBucketConfiguration: CreateBucketConfiguration

    @httpHeader("x-amz-grant-full-control")
    GrantFullControl: GrantFullControl

    @httpHeader("x-amz-grant-read")
    GrantRead: GrantRead

    @httpHeader("x-amz-grant-read-acp")
    GrantReadACP: GrantReadACP

    @httpHeader("x-amz-grant-write")
    GrantWrite: GrantWrite

    @httpHeader("x-amz-grant-write-acp")
    GrantWriteACP: GrantWriteACP

    @httpHeader("x-amz-bucket-object-lock-enabled")
    ObjectLockEnabledForBucket: ObjectLockEnabledForBucket

    @httpHeader("x-amz-object-ownership")
    ObjectOwnership: ObjectOwnership

    @httpHeader("x-amz-bucket-namespace")
    BucketNamespace: BucketNamespace
}

@xmlName("InitiateMultipartUploadResult")
structure CreateMultipartUploadOutput {
    @httpHeader("x-amz-abort-date")
    AbortDate: AbortDate

    @httpHeader("x-amz-abort-rule-id")
    AbortRuleId: AbortRuleId

    Bucket: BucketName
    Key: ObjectKey
    UploadId: MultipartUploadId

    @httpHeader("x-amz-server-side-encryption")
    ServerSideEncryption: ServerSideEncryption

    @httpHeader("x-amz-server-side-encryption-customer-algorithm")
    SSECustomerAlgorithm: SSECustomerAlgorithm

    @httpHeader("x-amz-server-side-encryption-customer-key-MD5")
    SSECustomerKeyMD5: SSECustomerKeyMD5

    @httpHeader("x-amz-server-side-encryption-aws-kms-key-id")
    SSEKMSKeyId: SSEKMSKeyId

    @httpHeader("x-amz-server-side-encryption-context")
    SSEKMSEncryptionContext: SSEKMSEncryptionContext

    @httpHeader("x-amz-server-side-encryption-bucket-key-enabled")
    BucketKeyEnabled: BucketKeyEnabled

    @httpHeader("x-amz-request-charged")
    RequestCharged: RequestCharged

    @httpHeader("x-amz-checksum-algorithm")
    ChecksumAlgorithm: ChecksumAlgorithm

    @httpHeader("x-amz-checksum-type")
    ChecksumType: ChecksumType
}

structure CreateMultipartUploadRequest {
    @httpHeader("x-amz-acl")
    ACL: ObjectCannedACL

    @httpLabel
    @required
    Bucket: BucketName

    @httpHeader("Cache-Control")
    CacheControl: CacheControl

    @httpHeader("Content-Disposition")
    ContentDisposition: ContentDisposition

    @httpHeader("Content-Encoding")
    ContentEncoding: ContentEncoding

    @httpHeader("Content-Language")
    ContentLanguage: ContentLanguage

    @httpHeader("Content-Type")
    ContentType: ContentType

    @httpHeader("Expires")
    Expires: Expires

    @httpHeader("x-amz-grant-full-control")
    GrantFullControl: GrantFullControl

    @httpHeader("x-amz-grant-read")
    GrantRead: GrantRead

    @httpHeader("x-amz-grant-read-acp")
    GrantReadACP: GrantReadACP

    @httpHeader("x-amz-grant-write-acp")
    GrantWriteACP: GrantWriteACP

    @httpLabel
    @required
    Key: ObjectKey

    @httpPrefixHeaders("x-amz-meta-")
    Metadata: Metadata

    @httpHeader("x-amz-server-side-encryption")
    ServerSideEncryption: ServerSideEncryption

    @httpHeader("x-amz-storage-class")
    StorageClass: StorageClass

    @httpHeader("x-amz-website-redirect-location")
    WebsiteRedirectLocation: WebsiteRedirectLocation

    @httpHeader("x-amz-server-side-encryption-customer-algorithm")
    SSECustomerAlgorithm: SSECustomerAlgorithm

    @httpHeader("x-amz-server-side-encryption-customer-key")
    SSECustomerKey: SSECustomerKey

    @httpHeader("x-amz-server-side-encryption-customer-key-MD5")
    SSECustomerKeyMD5: SSECustomerKeyMD5

    @httpHeader("x-amz-server-side-encryption-aws-kms-key-id")
    SSEKMSKeyId: SSEKMSKeyId

    @httpHeader("x-amz-server-side-encryption-context")
    SSEKMSEncryptionContext: SSEKMSEncryptionContext

    @httpHeader("x-amz-server-side-encryption-bucket-key-enabled")
    BucketKeyEnabled: BucketKeyEnabled

    @httpHeader("x-amz-request-payer")
    RequestPayer: RequestPayer

    @httpHeader("x-amz-tagging")
    Tagging: TaggingHeader

    @httpHeader("x-amz-object-lock-mode")
    ObjectLockMode: ObjectLockMode

    @httpHeader("x-amz-object-lock-retain-until-date")
    ObjectLockRetainUntilDate: ObjectLockRetainUntilDate

    @httpHeader("x-amz-object-lock-legal-hold")
    ObjectLockLegalHoldStatus: ObjectLockLegalHoldStatus

    @httpHeader("x-amz-expected-bucket-owner")
    ExpectedBucketOwner: AccountId

    @httpHeader("x-amz-checksum-algorithm")
    ChecksumAlgorithm: ChecksumAlgorithm

    @httpHeader("x-amz-checksum-type")
    ChecksumType: ChecksumType
}

@xmlName("CreateSessionResult")
structure CreateSessionOutput {
    @httpHeader("x-amz-server-side-encryption")
    ServerSideEncryption: ServerSideEncryption

    @httpHeader("x-amz-server-side-encryption-aws-kms-key-id")
    SSEKMSKeyId: SSEKMSKeyId

    @httpHeader("x-amz-server-side-encryption-context")
    SSEKMSEncryptionContext: SSEKMSEncryptionContext

    @httpHeader("x-amz-server-side-encryption-bucket-key-enabled")
    BucketKeyEnabled: BucketKeyEnabled

    @required
    Credentials: SessionCredentials
}

structure CreateSessionRequest {
    @httpHeader("x-amz-create-session-mode")
    SessionMode: SessionMode

    @httpLabel
    @required
    Bucket: BucketName

    @httpHeader("x-amz-server-side-encryption")
    ServerSideEncryption: ServerSideEncryption

    @httpHeader("x-amz-server-side-encryption-aws-kms-key-id")
    SSEKMSKeyId: SSEKMSKeyId

    @httpHeader("x-amz-server-side-encryption-context")
    SSEKMSEncryptionContext: SSEKMSEncryptionContext

    @httpHeader("x-amz-server-side-encryption-bucket-key-enabled")
    BucketKeyEnabled: BucketKeyEnabled
}

timestamp CreationDate

enum DataRedundancy {
    SingleAvailabilityZone
    SingleLocalZone
}

@timestampFormat("date-time")
timestamp Date

integer Days

integer DaysAfterInitiation

structure DefaultRetention {
    Mode: ObjectLockRetentionMode
    Days: Days
    Years: Years
}

structure Delete {
    @required
    @xmlFlattened
    @xmlName("Object")
    Objects: ObjectIdentifierList

    Quiet: Quiet
}

structure DeleteBucketAnalyticsConfigurationRequest {
    @httpLabel
    @required
    Bucket: BucketName

    @httpQuery("id")
    @required
    Id: AnalyticsId

    @httpHeader("x-amz-expected-bucket-owner")
    ExpectedBucketOwner: AccountId
}

structure DeleteBucketCorsRequest {
    @httpLabel
    @required
    Bucket: BucketName

    @httpHeader("x-amz-expected-bucket-owner")
    ExpectedBucketOwner: AccountId
}

structure DeleteBucketEncryptionRequest {
    @httpLabel
    @required
    Bucket: BucketName

    @httpHeader("x-amz-expected-bucket-owner")
    ExpectedBucketOwner: AccountId
}

structure DeleteBucketIntelligentTieringConfigurationRequest {
    @httpLabel
    @required
    Bucket: BucketName

    @httpQuery("id")
    @required
    Id: IntelligentTieringId

    @httpHeader("x-amz-expected-bucket-owner")
    ExpectedBucketOwner: AccountId
}

structure DeleteBucketInventoryConfigurationRequest {
    @httpLabel
    @required
    Bucket: BucketName

    @httpQuery("id")
    @required
    Id: InventoryId

    @httpHeader("x-amz-expected-bucket-owner")
    ExpectedBucketOwner: AccountId
}

structure DeleteBucketLifecycleRequest {
    @httpLabel
    @required
    Bucket: BucketName

    @httpHeader("x-amz-expected-bucket-owner")
    ExpectedBucketOwner: AccountId
}

structure DeleteBucketMetadataConfigurationRequest {
    @httpLabel
    @required
    Bucket: BucketName

    @httpHeader("x-amz-expected-bucket-owner")
    ExpectedBucketOwner: AccountId
}

structure DeleteBucketMetadataTableConfigurationRequest {
    @httpLabel
    @required
    Bucket: BucketName

    @httpHeader("x-amz-expected-bucket-owner")
    ExpectedBucketOwner: AccountId
}

structure DeleteBucketMetricsConfigurationRequest {
    @httpLabel
    @required
    Bucket: BucketName

    @httpQuery("id")
    @required
    Id: MetricsId

    @httpHeader("x-amz-expected-bucket-owner")
    ExpectedBucketOwner: AccountId
}

structure DeleteBucketOwnershipControlsRequest {
    @httpLabel
    @required
    Bucket: BucketName

    @httpHeader("x-amz-expected-bucket-owner")
    ExpectedBucketOwner: AccountId
}

structure DeleteBucketPolicyRequest {
    @httpLabel
    @required
    Bucket: BucketName

    @httpHeader("x-amz-expected-bucket-owner")
    ExpectedBucketOwner: AccountId
}

structure DeleteBucketReplicationRequest {
    @httpLabel
    @required
    Bucket: BucketName

    @httpHeader("x-amz-expected-bucket-owner")
    ExpectedBucketOwner: AccountId
}

structure DeleteBucketRequest {
    @httpLabel
    @required
    Bucket: BucketName

    @httpHeader("x-amz-expected-bucket-owner")
    ExpectedBucketOwner: AccountId
}

structure DeleteBucketTaggingRequest {
    @httpLabel
    @required
    Bucket: BucketName

    @httpHeader("x-amz-expected-bucket-owner")
    ExpectedBucketOwner: AccountId
}

structure DeleteBucketWebsiteRequest {
    @httpLabel
    @required
    Bucket: BucketName

    @httpHeader("x-amz-expected-bucket-owner")
    ExpectedBucketOwner: AccountId
}

boolean DeleteMarker

structure DeleteMarkerEntry {
    Owner: Owner
    Key: ObjectKey
    VersionId: ObjectVersionId
    IsLatest: IsLatest
    LastModified: LastModified
}

structure DeleteMarkerReplication {
    Status: DeleteMarkerReplicationStatus
}

enum DeleteMarkerReplicationStatus {
    Enabled
    Disabled
}

string DeleteMarkerVersionId

list DeleteMarkers {
    member: DeleteMarkerEntry
}

structure DeleteObjectOutput {
    @httpHeader("x-amz-delete-marker")
    DeleteMarker: DeleteMarker

    @httpHeader("x-amz-version-id")
    VersionId: ObjectVersionId

    @httpHeader("x-amz-request-charged")
    RequestCharged: RequestCharged
}

structure DeleteObjectRequest {
    @httpLabel
    @required
    Bucket: BucketName

    @httpLabel
    @required
    Key: ObjectKey

    @httpHeader("x-amz-mfa")
    MFA: MFA

    @httpQuery("versionId")
    VersionId: ObjectVersionId

    @httpHeader("x-amz-request-payer")
    RequestPayer: RequestPayer

    @httpHeader("x-amz-bypass-governance-retention")
    BypassGovernanceRetention: BypassGovernanceRetention

    @httpHeader("x-amz-expected-bucket-owner")
    ExpectedBucketOwner: AccountId

    @httpHeader("If-Match")
    IfMatch: IfMatch

    @httpHeader("x-amz-if-match-last-modified-time")
    IfMatchLastModifiedTime: IfMatchLastModifiedTime

    @httpHeader("x-amz-if-match-size")
    IfMatchSize: IfMatchSize
}

structure DeleteObjectTaggingOutput {
    @httpHeader("x-amz-version-id")
    VersionId: ObjectVersionId
}

structure DeleteObjectTaggingRequest {
    @httpLabel
    @required
    Bucket: BucketName

    @httpLabel
    @required
    Key: ObjectKey

    @httpQuery("versionId")
    VersionId: ObjectVersionId

    @httpHeader("x-amz-expected-bucket-owner")
    ExpectedBucketOwner: AccountId
}

@xmlName("DeleteResult")
structure DeleteObjectsOutput {
    @xmlFlattened
    Deleted: DeletedObjects

    @httpHeader("x-amz-request-charged")
    RequestCharged: RequestCharged

    @xmlFlattened
    @xmlName("Error")
    Errors: Errors
}

structure DeleteObjectsRequest {
    @httpLabel
    @required
    Bucket: BucketName

    @httpPayload
    @required
    Delete: Delete

    @httpHeader("x-amz-mfa")
    MFA: MFA

    @httpHeader("x-amz-request-payer")
    RequestPayer: RequestPayer

    @httpHeader("x-amz-bypass-governance-retention")
    BypassGovernanceRetention: BypassGovernanceRetention

    @httpHeader("x-amz-expected-bucket-owner")
    ExpectedBucketOwner: AccountId

    @httpHeader("x-amz-sdk-checksum-algorithm")
    ChecksumAlgorithm: ChecksumAlgorithm
}

structure DeletePublicAccessBlockRequest {
    @httpLabel
    @required
    Bucket: BucketName

    @httpHeader("x-amz-expected-bucket-owner")
    ExpectedBucketOwner: AccountId
}

structure DeletedObject {
    Key: ObjectKey
    VersionId: ObjectVersionId
    DeleteMarker: DeleteMarker
    DeleteMarkerVersionId: DeleteMarkerVersionId
}

list DeletedObjects {
    member: DeletedObject
}

string Delimiter

string Description

structure Destination {
    @required
    Bucket: BucketName

    Account: AccountId
    StorageClass: StorageClass
    AccessControlTranslation: AccessControlTranslation
    EncryptionConfiguration: EncryptionConfiguration
    ReplicationTime: ReplicationTime
    Metrics: Metrics
}

structure DestinationResult {
    TableBucketType: S3TablesBucketType
    TableBucketArn: S3TablesBucketArn
    TableNamespace: S3TablesNamespace
}

@length(min: 0, max: 1024)
string DirectoryBucketToken

string DisplayName

string ETag

string EmailAddress

boolean EnableRequestProgress

enum EncodingType {
    url
}

structure Encryption {
    @required
    EncryptionType: ServerSideEncryption

    KMSKeyId: SSEKMSKeyId
    KMSContext: KMSContext
}

structure EncryptionConfiguration {
    ReplicaKmsKeyID: ReplicaKmsKeyID
}

enum EncryptionType {
    NONE
    SSE_C = "SSE-C"
}

list EncryptionTypeList {
    member: EncryptionType
}

@error("client")
@httpError(400)
structure EncryptionTypeMismatch {}

long End

structure EndEvent {}

structure Error {
    Key: ObjectKey
    VersionId: ObjectVersionId
    Code: Code
    Message: Message
}

string ErrorCode

structure ErrorDetails {
    ErrorCode: ErrorCode
    ErrorMessage: ErrorMessage
}

structure ErrorDocument {
    @required
    Key: ObjectKey
}

string ErrorMessage

list Errors {
    member: Error
}

enum Event {
    s3_ReducedRedundancyLostObject = "s3:ReducedRedundancyLostObject"
    s3_ObjectCreated__ = "s3:ObjectCreated:*"
    s3_ObjectCreated_Put = "s3:ObjectCreated:Put"
    s3_ObjectCreated_Post = "s3:ObjectCreated:Post"
    s3_ObjectCreated_Copy = "s3:ObjectCreated:Copy"
    s3_ObjectCreated_CompleteMultipartUpload = "s3:ObjectCreated:CompleteMultipartUpload"
    s3_ObjectRemoved__ = "s3:ObjectRemoved:*"
    s3_ObjectRemoved_Delete = "s3:ObjectRemoved:Delete"
    s3_ObjectRemoved_DeleteMarkerCreated = "s3:ObjectRemoved:DeleteMarkerCreated"
    s3_ObjectRestore__ = "s3:ObjectRestore:*"
    s3_ObjectRestore_Post = "s3:ObjectRestore:Post"
    s3_ObjectRestore_Completed = "s3:ObjectRestore:Completed"
    s3_Replication__ = "s3:Replication:*"
    s3_Replication_OperationFailedReplication = "s3:Replication:OperationFailedReplication"
    s3_Replication_OperationNotTracked = "s3:Replication:OperationNotTracked"
    s3_Replication_OperationMissedThreshold = "s3:Replication:OperationMissedThreshold"
    s3_Replication_OperationReplicatedAfterThreshold = "s3:Replication:OperationReplicatedAfterThreshold"
    s3_ObjectRestore_Delete = "s3:ObjectRestore:Delete"
    s3_LifecycleTransition = "s3:LifecycleTransition"
    s3_IntelligentTiering = "s3:IntelligentTiering"
    s3_ObjectAcl_Put = "s3:ObjectAcl:Put"
    s3_LifecycleExpiration__ = "s3:LifecycleExpiration:*"
    s3_LifecycleExpiration_Delete = "s3:LifecycleExpiration:Delete"
    s3_LifecycleExpiration_DeleteMarkerCreated = "s3:LifecycleExpiration:DeleteMarkerCreated"
    s3_ObjectTagging__ = "s3:ObjectTagging:*"
    s3_ObjectTagging_Put = "s3:ObjectTagging:Put"
    s3_ObjectTagging_Delete = "s3:ObjectTagging:Delete"
}

structure EventBridgeConfiguration {}

list EventList {
    member: Event
}

structure ExistingObjectReplication {
    @required
    Status: ExistingObjectReplicationStatus
}

enum ExistingObjectReplicationStatus {
    Enabled
    Disabled
}

string Expiration

enum ExpirationState {
    ENABLED
    DISABLED
}

enum ExpirationStatus {
    Enabled
    Disabled
}

boolean ExpiredObjectDeleteMarker

string Expires

string ExposeHeader

list ExposeHeaders {
    member: ExposeHeader
}

string Expression

enum ExpressionType {
    SQL
}

boolean FetchOwner

string FieldDelimiter

enum FileHeaderInfo {
    USE
    IGNORE
    NONE
}

structure FilterRule {
    Name: FilterRuleName
    Value: FilterRuleValue
}

list FilterRuleList {
    member: FilterRule
}

enum FilterRuleName {
    prefix
    suffix
}

string FilterRuleValue

structure GetBucketAbacOutput {
    @httpPayload
    AbacStatus: AbacStatus
}

structure GetBucketAbacRequest {
    @httpLabel
    @required
    Bucket: BucketName

    @httpHeader("x-amz-expected-bucket-owner")
    ExpectedBucketOwner: AccountId
}

@xmlName("AccelerateConfiguration")
structure GetBucketAccelerateConfigurationOutput {
    Status: BucketAccelerateStatus

    @httpHeader("x-amz-request-charged")
    RequestCharged: RequestCharged
}

structure GetBucketAccelerateConfigurationRequest {
    @httpLabel
    @required
    Bucket: BucketName

    @httpHeader("x-amz-expected-bucket-owner")
    ExpectedBucketOwner: AccountId

    @httpHeader("x-amz-request-payer")
    RequestPayer: RequestPayer
}

@xmlName("AccessControlPolicy")
structure GetBucketAclOutput {
    Owner: Owner

    @xmlName("AccessControlList")
    Grants: Grants
}

structure GetBucketAclRequest {
    @httpLabel
    @required
    Bucket: BucketName

    @httpHeader("x-amz-expected-bucket-owner")
    ExpectedBucketOwner: AccountId
}

structure GetBucketAnalyticsConfigurationOutput {
    @httpPayload
    AnalyticsConfiguration: AnalyticsConfiguration
}

structure GetBucketAnalyticsConfigurationRequest {
    @httpLabel
    @required
    Bucket: BucketName

    @httpQuery("id")
    @required
    Id: AnalyticsId

    @httpHeader("x-amz-expected-bucket-owner")
    ExpectedBucketOwner: AccountId
}

@xmlName("CORSConfiguration")
structure GetBucketCorsOutput {
    @xmlFlattened
    @xmlName("CORSRule")
    CORSRules: CORSRules
}

structure GetBucketCorsRequest {
    @httpLabel
    @required
    Bucket: BucketName

    @httpHeader("x-amz-expected-bucket-owner")
    ExpectedBucketOwner: AccountId
}

structure GetBucketEncryptionOutput {
    @httpPayload
    ServerSideEncryptionConfiguration: ServerSideEncryptionConfiguration
}

structure GetBucketEncryptionRequest {
    @httpLabel
    @required
    Bucket: BucketName

    @httpHeader("x-amz-expected-bucket-owner")
    ExpectedBucketOwner: AccountId
}

structure GetBucketIntelligentTieringConfigurationOutput {
    @httpPayload
    IntelligentTieringConfiguration: IntelligentTieringConfiguration
}

structure GetBucketIntelligentTieringConfigurationRequest {
    @httpLabel
    @required
    Bucket: BucketName

    @httpQuery("id")
    @required
    Id: IntelligentTieringId

    @httpHeader("x-amz-expected-bucket-owner")
    ExpectedBucketOwner: AccountId
}

structure GetBucketInventoryConfigurationOutput {
    @httpPayload
    InventoryConfiguration: InventoryConfiguration
}

structure GetBucketInventoryConfigurationRequest {
    @httpLabel
    @required
    Bucket: BucketName

    @httpQuery("id")
    @required
    Id: InventoryId

    @httpHeader("x-amz-expected-bucket-owner")
    ExpectedBucketOwner: AccountId
}

@xmlName("LifecycleConfiguration")
structure GetBucketLifecycleConfigurationOutput {
    @xmlFlattened
    @xmlName("Rule")
    Rules: LifecycleRules

    @httpHeader("x-amz-transition-default-minimum-object-size")
    TransitionDefaultMinimumObjectSize: TransitionDefaultMinimumObjectSize
}

structure GetBucketLifecycleConfigurationRequest {
    @httpLabel
    @required
    Bucket: BucketName

    @httpHeader("x-amz-expected-bucket-owner")
    ExpectedBucketOwner: AccountId
}

@xmlName("LocationConstraint")
structure GetBucketLocationOutput {
    LocationConstraint: BucketLocationConstraint
}

structure GetBucketLocationRequest {
    @httpLabel
    @required
    Bucket: BucketName

    @httpHeader("x-amz-expected-bucket-owner")
    ExpectedBucketOwner: AccountId
}

@xmlName("BucketLoggingStatus")
structure GetBucketLoggingOutput {
    LoggingEnabled: LoggingEnabled
}

structure GetBucketLoggingRequest {
    @httpLabel
    @required
    Bucket: BucketName

    @httpHeader("x-amz-expected-bucket-owner")
    ExpectedBucketOwner: AccountId
}

structure GetBucketMetadataConfigurationOutput {
    @httpPayload
    GetBucketMetadataConfigurationResult: GetBucketMetadataConfigurationResult
}

structure GetBucketMetadataConfigurationRequest {
    @httpLabel
    @required
    Bucket: BucketName

    @httpHeader("x-amz-expected-bucket-owner")
    ExpectedBucketOwner: AccountId
}

structure GetBucketMetadataConfigurationResult {
    @required
    MetadataConfigurationResult: MetadataConfigurationResult
}

structure GetBucketMetadataTableConfigurationOutput {
    @httpPayload
    GetBucketMetadataTableConfigurationResult: GetBucketMetadataTableConfigurationResult
}

structure GetBucketMetadataTableConfigurationRequest {
    @httpLabel
    @required
    Bucket: BucketName

    @httpHeader("x-amz-expected-bucket-owner")
    ExpectedBucketOwner: AccountId
}

structure GetBucketMetadataTableConfigurationResult {
    @required
    MetadataTableConfigurationResult: MetadataTableConfigurationResult

    @required
    Status: MetadataTableStatus

    Error: ErrorDetails
}

structure GetBucketMetricsConfigurationOutput {
    @httpPayload
    MetricsConfiguration: MetricsConfiguration
}

structure GetBucketMetricsConfigurationRequest {
    @httpLabel
    @required
    Bucket: BucketName

    @httpQuery("id")
    @required
    Id: MetricsId

    @httpHeader("x-amz-expected-bucket-owner")
    ExpectedBucketOwner: AccountId
}

structure GetBucketNotificationConfigurationRequest {
    @httpLabel
    @required
    Bucket: BucketName

    @httpHeader("x-amz-expected-bucket-owner")
    ExpectedBucketOwner: AccountId
}

structure GetBucketOwnershipControlsOutput {
    @httpPayload
    OwnershipControls: OwnershipControls
}

structure GetBucketOwnershipControlsRequest {
    @httpLabel
    @required
    Bucket: BucketName

    @httpHeader("x-amz-expected-bucket-owner")
    ExpectedBucketOwner: AccountId
}

structure GetBucketPolicyOutput {
    @httpPayload
    Policy: Policy
}

structure GetBucketPolicyRequest {
    @httpLabel
    @required
    Bucket: BucketName

    @httpHeader("x-amz-expected-bucket-owner")
    ExpectedBucketOwner: AccountId
}

structure GetBucketPolicyStatusOutput {
    @httpPayload
    PolicyStatus: PolicyStatus
}

structure GetBucketPolicyStatusRequest {
    @httpLabel
    @required
    Bucket: BucketName

    @httpHeader("x-amz-expected-bucket-owner")
    ExpectedBucketOwner: AccountId
}

structure GetBucketReplicationOutput {
    @httpPayload
    ReplicationConfiguration: ReplicationConfiguration
}

structure GetBucketReplicationRequest {
    @httpLabel
    @required
    Bucket: BucketName

    @httpHeader("x-amz-expected-bucket-owner")
    ExpectedBucketOwner: AccountId
}

@xmlName("RequestPaymentConfiguration")
structure GetBucketRequestPaymentOutput {
    Payer: Payer
}

structure GetBucketRequestPaymentRequest {
    @httpLabel
    @required
    Bucket: BucketName

    @httpHeader("x-amz-expected-bucket-owner")
    ExpectedBucketOwner: AccountId
}

@xmlName("Tagging")
structure GetBucketTaggingOutput {
    @required
    TagSet: TagSet
}

structure GetBucketTaggingRequest {
    @httpLabel
    @required
    Bucket: BucketName

    @httpHeader("x-amz-expected-bucket-owner")
    ExpectedBucketOwner: AccountId
}

@xmlName("VersioningConfiguration")
structure GetBucketVersioningOutput {
    Status: BucketVersioningStatus

    @xmlName("MfaDelete")
    MFADelete: MFADeleteStatus
}

structure GetBucketVersioningRequest {
    @httpLabel
    @required
    Bucket: BucketName

    @httpHeader("x-amz-expected-bucket-owner")
    ExpectedBucketOwner: AccountId
}

@xmlName("WebsiteConfiguration")
structure GetBucketWebsiteOutput {
    RedirectAllRequestsTo: RedirectAllRequestsTo
    IndexDocument: IndexDocument
    ErrorDocument: ErrorDocument
    RoutingRules: RoutingRules
}

structure GetBucketWebsiteRequest {
    @httpLabel
    @required
    Bucket: BucketName

    @httpHeader("x-amz-expected-bucket-owner")
    ExpectedBucketOwner: AccountId
}

@xmlName("AccessControlPolicy")
structure GetObjectAclOutput {
    Owner: Owner

    @xmlName("AccessControlList")
    Grants: Grants

    @httpHeader("x-amz-request-charged")
    RequestCharged: RequestCharged
}

structure GetObjectAclRequest {
    @httpLabel
    @required
    Bucket: BucketName

    @httpLabel
    @required
    Key: ObjectKey

    @httpQuery("versionId")
    VersionId: ObjectVersionId

    @httpHeader("x-amz-request-payer")
    RequestPayer: RequestPayer

    @httpHeader("x-amz-expected-bucket-owner")
    ExpectedBucketOwner: AccountId
}

@xmlName("GetObjectAttributesResponse")
structure GetObjectAttributesOutput {
    @httpHeader("x-amz-delete-marker")
    DeleteMarker: DeleteMarker

    @httpHeader("Last-Modified")
    LastModified: LastModified

    @httpHeader("x-amz-version-id")
    VersionId: ObjectVersionId

    @httpHeader("x-amz-request-charged")
    RequestCharged: RequestCharged

    ETag: ETag
    Checksum: Checksum
    ObjectParts: GetObjectAttributesParts
    StorageClass: StorageClass
    ObjectSize: ObjectSize
}

structure GetObjectAttributesParts {
    @xmlName("PartsCount")
    TotalPartsCount: PartsCount

    PartNumberMarker: PartNumberMarker
    NextPartNumberMarker: NextPartNumberMarker
    MaxParts: MaxParts
    IsTruncated: IsTruncated

    @xmlFlattened
    @xmlName("Part")
    Parts: PartsList
}

structure GetObjectAttributesRequest {
    @httpLabel
    @required
    Bucket: BucketName

    @httpLabel
    @required
    Key: ObjectKey

    @httpQuery("versionId")
    VersionId: ObjectVersionId

    @httpHeader("x-amz-max-parts")
    MaxParts: MaxParts

    @httpHeader("x-amz-part-number-marker")
    PartNumberMarker: PartNumberMarker

    @httpHeader("x-amz-server-side-encryption-customer-algorithm")
    SSECustomerAlgorithm: SSECustomerAlgorithm

    @httpHeader("x-amz-server-side-encryption-customer-key")
    SSECustomerKey: SSECustomerKey

    @httpHeader("x-amz-server-side-encryption-customer-key-MD5")
    SSECustomerKeyMD5: SSECustomerKeyMD5

    @httpHeader("x-amz-request-payer")
    RequestPayer: RequestPayer

    @httpHeader("x-amz-expected-bucket-owner")
    ExpectedBucketOwner: AccountId

    @httpHeader("x-amz-object-attributes")
    @required
    ObjectAttributes: ObjectAttributesList
}

structure GetObjectLegalHoldOutput {
    @httpPayload
    @xmlName("LegalHold")
    LegalHold: ObjectLockLegalHold
}

structure GetObjectLegalHoldRequest {
    @httpLabel
    @required
    Bucket: BucketName

    @httpLabel
    @required
    Key: ObjectKey

    @httpQuery("versionId")
    VersionId: ObjectVersionId

    @httpHeader("x-amz-request-payer")
    RequestPayer: RequestPayer

    @httpHeader("x-amz-expected-bucket-owner")
    ExpectedBucketOwner: AccountId
}

structure GetObjectLockConfigurationOutput {
    @httpPayload
    ObjectLockConfiguration: ObjectLockConfiguration
}

structure GetObjectLockConfigurationRequest {
    @httpLabel
    @required
    Bucket: BucketName

    @httpHeader("x-amz-expected-bucket-owner")
    ExpectedBucketOwner: AccountId
}

structure GetObjectOutput {
    @default("")
    @httpPayload
    Body: StreamingBlob

    @httpHeader("x-amz-delete-marker")
    DeleteMarker: DeleteMarker

    @httpHeader("accept-ranges")
    AcceptRanges: AcceptRanges

    @httpHeader("x-amz-expiration")
    Expiration: Expiration

    @httpHeader("x-amz-restore")
    Restore: Restore

    @httpHeader("Last-Modified")
    LastModified: LastModified

    @httpHeader("Content-Length")
    @suppress(["HttpHeaderTrait"])
    ContentLength: ContentLength

    @httpHeader("ETag")
    ETag: ETag

    @httpHeader("x-amz-checksum-crc32")
    ChecksumCRC32: ChecksumCRC32

    @httpHeader("x-amz-checksum-crc32c")
    ChecksumCRC32C: ChecksumCRC32C

    @httpHeader("x-amz-checksum-crc64nvme")
    ChecksumCRC64NVME: ChecksumCRC64NVME

    @httpHeader("x-amz-checksum-sha1")
    ChecksumSHA1: ChecksumSHA1

    @httpHeader("x-amz-checksum-sha256")
    ChecksumSHA256: ChecksumSHA256

    @httpHeader("x-amz-checksum-sha512")
    ChecksumSHA512: ChecksumSHA512

    @httpHeader("x-amz-checksum-md5")
    ChecksumMD5: ChecksumMD5

    @httpHeader("x-amz-checksum-xxhash64")
    ChecksumXXHASH64: ChecksumXXHASH64

    @httpHeader("x-amz-checksum-xxhash3")
    ChecksumXXHASH3: ChecksumXXHASH3

    @httpHeader("x-amz-checksum-xxhash128")
    ChecksumXXHASH128: ChecksumXXHASH128

    @httpHeader("x-amz-checksum-type")
    ChecksumType: ChecksumType

    @httpHeader("x-amz-missing-meta")
    MissingMeta: MissingMeta

    @httpHeader("x-amz-version-id")
    VersionId: ObjectVersionId

    @httpHeader("Cache-Control")
    CacheControl: CacheControl

    @httpHeader("Content-Disposition")
    ContentDisposition: ContentDisposition

    @httpHeader("Content-Encoding")
    ContentEncoding: ContentEncoding

    @httpHeader("Content-Language")
    ContentLanguage: ContentLanguage

    @httpHeader("Content-Range")
    ContentRange: ContentRange

    @httpHeader("Content-Type")
    ContentType: ContentType

    @httpHeader("Expires")
    Expires: Expires

    @httpHeader("x-amz-website-redirect-location")
    WebsiteRedirectLocation: WebsiteRedirectLocation

    @httpHeader("x-amz-server-side-encryption")
    ServerSideEncryption: ServerSideEncryption

    @httpPrefixHeaders("x-amz-meta-")
    Metadata: Metadata

    @httpHeader("x-amz-server-side-encryption-customer-algorithm")
    SSECustomerAlgorithm: SSECustomerAlgorithm

    @httpHeader("x-amz-server-side-encryption-customer-key-MD5")
    SSECustomerKeyMD5: SSECustomerKeyMD5

    @httpHeader("x-amz-server-side-encryption-aws-kms-key-id")
    SSEKMSKeyId: SSEKMSKeyId

    @httpHeader("x-amz-server-side-encryption-bucket-key-enabled")
    BucketKeyEnabled: BucketKeyEnabled

    @httpHeader("x-amz-storage-class")
    StorageClass: StorageClass

    @httpHeader("x-amz-request-charged")
    RequestCharged: RequestCharged

    @httpHeader("x-amz-replication-status")
    ReplicationStatus: ReplicationStatus

    @httpHeader("x-amz-mp-parts-count")
    PartsCount: PartsCount

    @httpHeader("x-amz-tagging-count")
    TagCount: TagCount

    @httpHeader("x-amz-object-lock-mode")
    ObjectLockMode: ObjectLockMode

    @httpHeader("x-amz-object-lock-retain-until-date")
    ObjectLockRetainUntilDate: ObjectLockRetainUntilDate

    @httpHeader("x-amz-object-lock-legal-hold")
    ObjectLockLegalHoldStatus: ObjectLockLegalHoldStatus
}

structure GetObjectRequest {
    @httpLabel
    @required
    Bucket: BucketName

    @httpHeader("If-Match")
    IfMatch: IfMatch

    @httpHeader("If-Modified-Since")
    IfModifiedSince: IfModifiedSince

    @httpHeader("If-None-Match")
    IfNoneMatch: IfNoneMatch

    @httpHeader("If-Unmodified-Since")
    IfUnmodifiedSince: IfUnmodifiedSince

    @httpLabel
    @required
    Key: ObjectKey

    @httpHeader("Range")
    Range: Range

    @httpQuery("response-cache-control")
    ResponseCacheControl: ResponseCacheControl

    @httpQuery("response-content-disposition")
    ResponseContentDisposition: ResponseContentDisposition

    @httpQuery("response-content-encoding")
    ResponseContentEncoding: ResponseContentEncoding

    @httpQuery("response-content-language")
    ResponseContentLanguage: ResponseContentLanguage

    @httpQuery("response-content-type")
    ResponseContentType: ResponseContentType

    @httpQuery("response-expires")
    ResponseExpires: ResponseExpires

    @httpQuery("versionId")
    VersionId: ObjectVersionId

    @httpHeader("x-amz-server-side-encryption-customer-algorithm")
    SSECustomerAlgorithm: SSECustomerAlgorithm

    @httpHeader("x-amz-server-side-encryption-customer-key")
    SSECustomerKey: SSECustomerKey

    @httpHeader("x-amz-server-side-encryption-customer-key-MD5")
    SSECustomerKeyMD5: SSECustomerKeyMD5

    @httpHeader("x-amz-request-payer")
    RequestPayer: RequestPayer

    @httpQuery("partNumber")
    PartNumber: PartNumber

    @httpHeader("x-amz-expected-bucket-owner")
    ExpectedBucketOwner: AccountId

    @httpHeader("x-amz-checksum-mode")
    ChecksumMode: ChecksumMode
}

integer GetObjectResponseStatusCode

structure GetObjectRetentionOutput {
    @httpPayload
    @xmlName("Retention")
    Retention: ObjectLockRetention
}

structure GetObjectRetentionRequest {
    @httpLabel
    @required
    Bucket: BucketName

    @httpLabel
    @required
    Key: ObjectKey

    @httpQuery("versionId")
    VersionId: ObjectVersionId

    @httpHeader("x-amz-request-payer")
    RequestPayer: RequestPayer

    @httpHeader("x-amz-expected-bucket-owner")
    ExpectedBucketOwner: AccountId
}

@xmlName("Tagging")
structure GetObjectTaggingOutput {
    @httpHeader("x-amz-version-id")
    VersionId: ObjectVersionId

    @required
    TagSet: TagSet
}

structure GetObjectTaggingRequest {
    @httpLabel
    @required
    Bucket: BucketName

    @httpLabel
    @required
    Key: ObjectKey

    @httpQuery("versionId")
    VersionId: ObjectVersionId

    @httpHeader("x-amz-expected-bucket-owner")
    ExpectedBucketOwner: AccountId

    @httpHeader("x-amz-request-payer")
    RequestPayer: RequestPayer
}

structure GetObjectTorrentOutput {
    @default("")
    @httpPayload
    Body: StreamingBlob

    @httpHeader("x-amz-request-charged")
    RequestCharged: RequestCharged
}

structure GetObjectTorrentRequest {
    @httpLabel
    @required
    Bucket: BucketName

    @httpLabel
    @required
    Key: ObjectKey

    @httpHeader("x-amz-request-payer")
    RequestPayer: RequestPayer

    @httpHeader("x-amz-expected-bucket-owner")
    ExpectedBucketOwner: AccountId
}

structure GetPublicAccessBlockOutput {
    @httpPayload
    PublicAccessBlockConfiguration: PublicAccessBlockConfiguration
}

structure GetPublicAccessBlockRequest {
    @httpLabel
    @required
    Bucket: BucketName

    @httpHeader("x-amz-expected-bucket-owner")
    ExpectedBucketOwner: AccountId
}

structure GlacierJobParameters {
    @required
    Tier: Tier
}

structure Grant {
    Grantee: Grantee
    Permission: Permission
}

string GrantFullControl

string GrantRead

string GrantReadACP

string GrantWrite

string GrantWriteACP

@xmlNamespace(uri: "http://www.w3.org/2001/XMLSchema-instance", prefix: "xsi")
structure Grantee {
    DisplayName: DisplayName
    EmailAddress: EmailAddress
    ID: ID

    @required
    @xmlAttribute
    @xmlName("xsi:type")
    Type: Type

    URI: URI
}

list Grants {
    @xmlName("Grant")
    member: Grant
}

structure HeadBucketOutput {
    @httpHeader("x-amz-bucket-arn")
    BucketArn: S3RegionalOrS3ExpressBucketArnString

    @httpHeader("x-amz-bucket-location-type")
    BucketLocationType: LocationType

    @httpHeader("x-amz-bucket-location-name")
    BucketLocationName: BucketLocationName

    @httpHeader("x-amz-bucket-region")
    BucketRegion: Region

    @httpHeader("x-amz-access-point-alias")
    AccessPointAlias: AccessPointAlias
}

structure HeadBucketRequest {
    @httpLabel
    @required
    Bucket: BucketName

    @httpHeader("x-amz-expected-bucket-owner")
    ExpectedBucketOwner: AccountId
}

structure HeadObjectOutput {
    @httpHeader("x-amz-delete-marker")
    DeleteMarker: DeleteMarker

    @httpHeader("accept-ranges")
    AcceptRanges: AcceptRanges

    @httpHeader("x-amz-expiration")
    Expiration: Expiration

    @httpHeader("x-amz-restore")
    Restore: Restore

    @httpHeader("x-amz-archive-status")
    ArchiveStatus: ArchiveStatus

    @httpHeader("Last-Modified")
    LastModified: LastModified

    @httpHeader("Content-Length")
    @suppress(["HttpHeaderTrait"])
    ContentLength: ContentLength

    @httpHeader("x-amz-checksum-crc32")
    ChecksumCRC32: ChecksumCRC32

    @httpHeader("x-amz-checksum-crc32c")
    ChecksumCRC32C: ChecksumCRC32C

    @httpHeader("x-amz-checksum-crc64nvme")
    ChecksumCRC64NVME: ChecksumCRC64NVME

    @httpHeader("x-amz-checksum-sha1")
    ChecksumSHA1: ChecksumSHA1

    @httpHeader("x-amz-checksum-sha256")
    ChecksumSHA256: ChecksumSHA256

    @httpHeader("x-amz-checksum-sha512")
    ChecksumSHA512: ChecksumSHA512

    @httpHeader("x-amz-checksum-md5")
    ChecksumMD5: ChecksumMD5

    @httpHeader("x-amz-checksum-xxhash64")
    ChecksumXXHASH64: ChecksumXXHASH64

    @httpHeader("x-amz-checksum-xxhash3")
    ChecksumXXHASH3: ChecksumXXHASH3

    @httpHeader("x-amz-checksum-xxhash128")
    ChecksumXXHASH128: ChecksumXXHASH128

    @httpHeader("x-amz-checksum-type")
    ChecksumType: ChecksumType

    @httpHeader("ETag")
    ETag: ETag

    @httpHeader("x-amz-missing-meta")
    MissingMeta: MissingMeta

    @httpHeader("x-amz-version-id")
    VersionId: ObjectVersionId

    @httpHeader("Cache-Control")
    CacheControl: CacheControl

    @httpHeader("Content-Disposition")
    ContentDisposition: ContentDisposition

    @httpHeader("Content-Encoding")
    ContentEncoding: ContentEncoding

    @httpHeader("Content-Language")
    ContentLanguage: ContentLanguage

    @httpHeader("Content-Type")
    ContentType: ContentType

    @httpHeader("Content-Range")
    ContentRange: ContentRange

    @httpHeader("Expires")
    Expires: Expires

    @httpHeader("x-amz-website-redirect-location")
    WebsiteRedirectLocation: WebsiteRedirectLocation

    @httpHeader("x-amz-server-side-encryption")
    ServerSideEncryption: ServerSideEncryption

    @httpPrefixHeaders("x-amz-meta-")
    Metadata: Metadata

    @httpHeader("x-amz-server-side-encryption-customer-algorithm")
    SSECustomerAlgorithm: SSECustomerAlgorithm

    @httpHeader("x-amz-server-side-encryption-customer-key-MD5")
    SSECustomerKeyMD5: SSECustomerKeyMD5

    @httpHeader("x-amz-server-side-encryption-aws-kms-key-id")
    SSEKMSKeyId: SSEKMSKeyId

    @httpHeader("x-amz-server-side-encryption-bucket-key-enabled")
    BucketKeyEnabled: BucketKeyEnabled

    @httpHeader("x-amz-storage-class")
    StorageClass: StorageClass

    @httpHeader("x-amz-request-charged")
    RequestCharged: RequestCharged

    @httpHeader("x-amz-replication-status")
    ReplicationStatus: ReplicationStatus

    @httpHeader("x-amz-mp-parts-count")
    PartsCount: PartsCount

    @httpHeader("x-amz-tagging-count")
    TagCount: TagCount

    @httpHeader("x-amz-object-lock-mode")
    ObjectLockMode: ObjectLockMode

    @httpHeader("x-amz-object-lock-retain-until-date")
    ObjectLockRetainUntilDate: ObjectLockRetainUntilDate

    @httpHeader("x-amz-object-lock-legal-hold")
    ObjectLockLegalHoldStatus: ObjectLockLegalHoldStatus
}

structure HeadObjectRequest {
    @httpLabel
    @required
    Bucket: BucketName

    @httpHeader("If-Match")
    IfMatch: IfMatch

    @httpHeader("If-Modified-Since")
    IfModifiedSince: IfModifiedSince

    @httpHeader("If-None-Match")
    IfNoneMatch: IfNoneMatch

    @httpHeader("If-Unmodified-Since")
    IfUnmodifiedSince: IfUnmodifiedSince

    @httpLabel
    @required
    Key: ObjectKey

    @httpHeader("Range")
    Range: Range

    @httpQuery("response-cache-control")
    ResponseCacheControl: ResponseCacheControl

    @httpQuery("response-content-disposition")
    ResponseContentDisposition: ResponseContentDisposition

    @httpQuery("response-content-encoding")
    ResponseContentEncoding: ResponseContentEncoding

    @httpQuery("response-content-language")
    ResponseContentLanguage: ResponseContentLanguage

    @httpQuery("response-content-type")
    ResponseContentType: ResponseContentType

    @httpQuery("response-expires")
    ResponseExpires: ResponseExpires

    @httpQuery("versionId")
    VersionId: ObjectVersionId

    @httpHeader("x-amz-server-side-encryption-customer-algorithm")
    SSECustomerAlgorithm: SSECustomerAlgorithm

    @httpHeader("x-amz-server-side-encryption-customer-key")
    SSECustomerKey: SSECustomerKey

    @httpHeader("x-amz-server-side-encryption-customer-key-MD5")
    SSECustomerKeyMD5: SSECustomerKeyMD5

    @httpHeader("x-amz-request-payer")
    RequestPayer: RequestPayer

    @httpQuery("partNumber")
    PartNumber: PartNumber

    @httpHeader("x-amz-expected-bucket-owner")
    ExpectedBucketOwner: AccountId

    @httpHeader("x-amz-checksum-mode")
    ChecksumMode: ChecksumMode
}

string HostName

string HttpErrorCodeReturnedEquals

string HttpRedirectCode

string ID

@error("client")
@httpError(400)
structure IdempotencyParameterMismatch {}

string IfMatch

@timestampFormat("http-date")
timestamp IfMatchInitiatedTime

@timestampFormat("http-date")
timestamp IfMatchLastModifiedTime

long IfMatchSize

timestamp IfModifiedSince

string IfNoneMatch

timestamp IfUnmodifiedSince

structure IndexDocument {
    @required
    Suffix: Suffix
}

timestamp Initiated

structure Initiator {
    ID: ID
    DisplayName: DisplayName
}

structure InputSerialization {
    CSV: CSVInput
    CompressionType: CompressionType
    JSON: JSONInput
    Parquet: ParquetInput
}

enum IntelligentTieringAccessTier {
    ARCHIVE_ACCESS
    DEEP_ARCHIVE_ACCESS
}

structure IntelligentTieringAndOperator {
    Prefix: Prefix

    @xmlFlattened
    @xmlName("Tag")
    Tags: TagSet
}

structure IntelligentTieringConfiguration {
    @required
    Id: IntelligentTieringId

    Filter: IntelligentTieringFilter

    @required
    Status: IntelligentTieringStatus

    @required
    @xmlFlattened
    @xmlName("Tiering")
    Tierings: TieringList
}

list IntelligentTieringConfigurationList {
    member: IntelligentTieringConfiguration
}

integer IntelligentTieringDays

structure IntelligentTieringFilter {
    Prefix: Prefix
    Tag: Tag
    And: IntelligentTieringAndOperator
}

string IntelligentTieringId

enum IntelligentTieringStatus {
    Enabled
    Disabled
}

@error("client")
@httpError(403)
structure InvalidObjectState {
    StorageClass: StorageClass
    AccessTier: IntelligentTieringAccessTier
}

@error("client")
@httpError(400)
structure InvalidRequest {}

@error("client")
@httpError(400)
structure InvalidWriteOffset {}

structure InventoryConfiguration {
    @required
    Destination: InventoryDestination

    @required
    IsEnabled: IsEnabled

    Filter: InventoryFilter

    @required
    Id: InventoryId

    @required
    IncludedObjectVersions: InventoryIncludedObjectVersions

    OptionalFields: InventoryOptionalFields

    @required
    Schedule: InventorySchedule
}

list InventoryConfigurationList {
    member: InventoryConfiguration
}

enum InventoryConfigurationState {
    ENABLED
    DISABLED
}

structure InventoryDestination {
    @required
    S3BucketDestination: InventoryS3BucketDestination
}

structure InventoryEncryption {
    @xmlName("SSE-S3")
    SSES3: SSES3

    @xmlName("SSE-KMS")
    SSEKMS: SSEKMS
}

structure InventoryFilter {
    @required
    Prefix: Prefix
}

enum InventoryFormat {
    CSV
    ORC
    Parquet
}

enum InventoryFrequency {
    Daily
    Weekly
}

string InventoryId

enum InventoryIncludedObjectVersions {
    All
    Current
}

enum InventoryOptionalField {
    Size
    LastModifiedDate
    StorageClass
    ETag
    IsMultipartUploaded
    ReplicationStatus
    EncryptionStatus
    ObjectLockRetainUntilDate
    ObjectLockMode
    ObjectLockLegalHoldStatus
    IntelligentTieringAccessTier
    BucketKeyStatus
    ChecksumAlgorithm
    ObjectAccessControlList
    ObjectOwner
    LifecycleExpirationDate
}

list InventoryOptionalFields {
    @xmlName("Field")
    member: InventoryOptionalField
}

structure InventoryS3BucketDestination {
    AccountId: AccountId

    @required
    Bucket: BucketName

    @required
    Format: InventoryFormat

    Prefix: Prefix
    Encryption: InventoryEncryption
}

structure InventorySchedule {
    @required
    Frequency: InventoryFrequency
}

structure InventoryTableConfiguration {
    @required
    ConfigurationState: InventoryConfigurationState

    EncryptionConfiguration: MetadataTableEncryptionConfiguration
}

structure InventoryTableConfigurationResult {
    @required
    ConfigurationState: InventoryConfigurationState

    TableStatus: MetadataTableStatus
    Error: ErrorDetails
    TableName: S3TablesName
    TableArn: S3TablesArn
}

structure InventoryTableConfigurationUpdates {
    @required
    ConfigurationState: InventoryConfigurationState

    EncryptionConfiguration: MetadataTableEncryptionConfiguration
}

boolean IsEnabled

boolean IsLatest

boolean IsPublic

boolean IsRestoreInProgress

boolean IsTruncated

structure JSONInput {
    Type: JSONType
}

structure JSONOutput {
    RecordDelimiter: RecordDelimiter
}

enum JSONType {
    DOCUMENT
    LINES
}

structure JournalTableConfiguration {
    @required
    RecordExpiration: RecordExpiration

    EncryptionConfiguration: MetadataTableEncryptionConfiguration
}

structure JournalTableConfigurationResult {
    @required
    TableStatus: MetadataTableStatus

    Error: ErrorDetails

    @required
    TableName: S3TablesName

    TableArn: S3TablesArn

    @required
    RecordExpiration: RecordExpiration
}

structure JournalTableConfigurationUpdates {
    @required
    RecordExpiration: RecordExpiration
}

string KMSContext

integer KeyCount

string KeyMarker

string KeyPrefixEquals

string KmsKeyArn

string LambdaFunctionArn

structure LambdaFunctionConfiguration {
    Id: NotificationId

    @required
    @xmlName("CloudFunction")
    LambdaFunctionArn: LambdaFunctionArn

    @required
    @xmlFlattened
    @xmlName("Event")
    Events: EventList

    Filter: NotificationConfigurationFilter
}

list LambdaFunctionConfigurationList {
    member: LambdaFunctionConfiguration
}

timestamp LastModified

@timestampFormat("http-date")
timestamp LastModifiedTime

structure LifecycleExpiration {
    Date: Date
    Days: Days
    ExpiredObjectDeleteMarker: ExpiredObjectDeleteMarker
}

structure LifecycleRule {
    Expiration: LifecycleExpiration
    ID: ID

    @deprecated
    Prefix: Prefix

    Filter: LifecycleRuleFilter

    @required
    Status: ExpirationStatus

    @xmlFlattened
    @xmlName("Transition")
    Transitions: TransitionList

    @xmlFlattened
    @xmlName("NoncurrentVersionTransition")
    NoncurrentVersionTransitions: NoncurrentVersionTransitionList

    NoncurrentVersionExpiration: NoncurrentVersionExpiration
    AbortIncompleteMultipartUpload: AbortIncompleteMultipartUpload
}

structure LifecycleRuleAndOperator {
    Prefix: Prefix

    @xmlFlattened
    @xmlName("Tag")
    Tags: TagSet

    ObjectSizeGreaterThan: ObjectSizeGreaterThanBytes
    ObjectSizeLessThan: ObjectSizeLessThanBytes
}

structure LifecycleRuleFilter {
    Prefix: Prefix
    Tag: Tag
    ObjectSizeGreaterThan: ObjectSizeGreaterThanBytes
    ObjectSizeLessThan: ObjectSizeLessThanBytes
    And: LifecycleRuleAndOperator
}

list LifecycleRules {
    member: LifecycleRule
}

@xmlName("ListBucketAnalyticsConfigurationResult")
structure ListBucketAnalyticsConfigurationsOutput {
    IsTruncated: IsTruncated
    ContinuationToken: Token
    NextContinuationToken: NextToken

    @xmlFlattened
    @xmlName("AnalyticsConfiguration")
    AnalyticsConfigurationList: AnalyticsConfigurationList
}

structure ListBucketAnalyticsConfigurationsRequest {
    @httpLabel
    @required
    Bucket: BucketName

    @httpQuery("continuation-token")
    ContinuationToken: Token

    @httpHeader("x-amz-expected-bucket-owner")
    ExpectedBucketOwner: AccountId
}

structure ListBucketIntelligentTieringConfigurationsOutput {
    IsTruncated: IsTruncated
    ContinuationToken: Token
    NextContinuationToken: NextToken

    @xmlFlattened
    @xmlName("IntelligentTieringConfiguration")
    IntelligentTieringConfigurationList: IntelligentTieringConfigurationList
}

structure ListBucketIntelligentTieringConfigurationsRequest {
    @httpLabel
    @required
    Bucket: BucketName

    @httpQuery("continuation-token")
    ContinuationToken: Token

    @httpHeader("x-amz-expected-bucket-owner")
    ExpectedBucketOwner: AccountId
}

@xmlName("ListInventoryConfigurationsResult")
structure ListBucketInventoryConfigurationsOutput {
    ContinuationToken: Token

    @xmlFlattened
    @xmlName("InventoryConfiguration")
    InventoryConfigurationList: InventoryConfigurationList

    IsTruncated: IsTruncated
    NextContinuationToken: NextToken
}

structure ListBucketInventoryConfigurationsRequest {
    @httpLabel
    @required
    Bucket: BucketName

    @httpQuery("continuation-token")
    ContinuationToken: Token

    @httpHeader("x-amz-expected-bucket-owner")
    ExpectedBucketOwner: AccountId
}

@xmlName("ListMetricsConfigurationsResult")
structure ListBucketMetricsConfigurationsOutput {
    IsTruncated: IsTruncated
    ContinuationToken: Token
    NextContinuationToken: NextToken

    @xmlFlattened
    @xmlName("MetricsConfiguration")
    MetricsConfigurationList: MetricsConfigurationList
}

structure ListBucketMetricsConfigurationsRequest {
    @httpLabel
    @required
    Bucket: BucketName

    @httpQuery("continuation-token")
    ContinuationToken: Token

    @httpHeader("x-amz-expected-bucket-owner")
    ExpectedBucketOwner: AccountId
}

@xmlName("ListAllMyBucketsResult")
structure ListBucketsOutput {
    Buckets: Buckets
    Owner: Owner
    ContinuationToken: NextToken
    Prefix: Prefix
}

structure ListBucketsRequest {
    @httpQuery("max-buckets")
    MaxBuckets: MaxBuckets

    @httpQuery("continuation-token")
    ContinuationToken: Token

    @httpQuery("prefix")
    Prefix: Prefix

    @httpQuery("bucket-region")
    BucketRegion: BucketRegion
}

@xmlName("ListAllMyDirectoryBucketsResult")
structure ListDirectoryBucketsOutput {
    Buckets: Buckets
    ContinuationToken: DirectoryBucketToken
}

structure ListDirectoryBucketsRequest {
    @httpQuery("continuation-token")
    ContinuationToken: DirectoryBucketToken

    @httpQuery("max-directory-buckets")
    MaxDirectoryBuckets: MaxDirectoryBuckets
}

@xmlName("ListMultipartUploadsResult")
structure ListMultipartUploadsOutput {
    Bucket: BucketName
    KeyMarker: KeyMarker
    UploadIdMarker: UploadIdMarker
    NextKeyMarker: NextKeyMarker
    Prefix: Prefix
    Delimiter: Delimiter
    NextUploadIdMarker: NextUploadIdMarker
    MaxUploads: MaxUploads
    IsTruncated: IsTruncated

    @xmlFlattened
    @xmlName("Upload")
    Uploads: MultipartUploadList

    @xmlFlattened
    CommonPrefixes: CommonPrefixList

    EncodingType: EncodingType

    @httpHeader("x-amz-request-charged")
    RequestCharged: RequestCharged
}

structure ListMultipartUploadsRequest {
    @httpLabel
    @required
    Bucket: BucketName

    @httpQuery("delimiter")
    Delimiter: Delimiter

    @httpQuery("encoding-type")
    EncodingType: EncodingType

    @httpQuery("key-marker")
    KeyMarker: KeyMarker

    @httpQuery("max-uploads")
    MaxUploads: MaxUploads

    @httpQuery("prefix")
    Prefix: Prefix

    @httpQuery("upload-id-marker")
    UploadIdMarker: UploadIdMarker

    @httpHeader("x-amz-expected-bucket-owner")
    ExpectedBucketOwner: AccountId

    @httpHeader("x-amz-request-payer")
    RequestPayer: RequestPayer
}

@xmlName("ListVersionsResult")
structure ListObjectVersionsOutput {
    IsTruncated: IsTruncated
    KeyMarker: KeyMarker
    VersionIdMarker: VersionIdMarker
    NextKeyMarker: NextKeyMarker
    NextVersionIdMarker: NextVersionIdMarker

    @xmlFlattened
    @xmlName("Version")
    Versions: ObjectVersionList

    @xmlFlattened
    @xmlName("DeleteMarker")
    DeleteMarkers: DeleteMarkers

    Name: BucketName
    Prefix: Prefix
    Delimiter: Delimiter
    MaxKeys: MaxKeys

    @xmlFlattened
    CommonPrefixes: CommonPrefixList

    EncodingType: EncodingType

    @httpHeader("x-amz-request-charged")
    RequestCharged: RequestCharged
}

structure ListObjectVersionsRequest {
    @httpLabel
    @required
    Bucket: BucketName

    @httpQuery("delimiter")
    Delimiter: Delimiter

    @httpQuery("encoding-type")
    EncodingType: EncodingType

    @httpQuery("key-marker")
    KeyMarker: KeyMarker

    @httpQuery("max-keys")
    MaxKeys: MaxKeys

    @httpQuery("prefix")
    Prefix: Prefix

    @httpQuery("version-id-marker")
    VersionIdMarker: VersionIdMarker

    @httpHeader("x-amz-expected-bucket-owner")
    ExpectedBucketOwner: AccountId

    @httpHeader("x-amz-request-payer")
    RequestPayer: RequestPayer

    @httpHeader("x-amz-optional-object-attributes")
    OptionalObjectAttributes: OptionalObjectAttributesList
}

@xmlName("ListBucketResult")
structure ListObjectsOutput {
    IsTruncated: IsTruncated
    Marker: Marker
    NextMarker: NextMarker

    @xmlFlattened
    Contents: ObjectList

    Name: BucketName
    Prefix: Prefix
    Delimiter: Delimiter
    MaxKeys: MaxKeys

    @xmlFlattened
    CommonPrefixes: CommonPrefixList

    EncodingType: EncodingType

    @httpHeader("x-amz-request-charged")
    RequestCharged: RequestCharged
}

structure ListObjectsRequest {
    @httpLabel
    @required
    Bucket: BucketName

    @httpQuery("delimiter")
    Delimiter: Delimiter

    @httpQuery("encoding-type")
    EncodingType: EncodingType

    @httpQuery("marker")
    Marker: Marker

    @httpQuery("max-keys")
    MaxKeys: MaxKeys

    @httpQuery("prefix")
    Prefix: Prefix

    @httpHeader("x-amz-request-payer")
    RequestPayer: RequestPayer

    @httpHeader("x-amz-expected-bucket-owner")
    ExpectedBucketOwner: AccountId

    @httpHeader("x-amz-optional-object-attributes")
    OptionalObjectAttributes: OptionalObjectAttributesList
}

@xmlName("ListBucketResult")
structure ListObjectsV2Output {
    IsTruncated: IsTruncated

    @xmlFlattened
    Contents: ObjectList

    Name: BucketName
    Prefix: Prefix
    Delimiter: Delimiter
    MaxKeys: MaxKeys

    @xmlFlattened
    CommonPrefixes: CommonPrefixList

    EncodingType: EncodingType
    KeyCount: KeyCount
    ContinuationToken: Token
    NextContinuationToken: NextToken
    StartAfter: StartAfter

    @httpHeader("x-amz-request-charged")
    RequestCharged: RequestCharged
}

structure ListObjectsV2Request {
    @httpLabel
    @required
    Bucket: BucketName

    @httpQuery("delimiter")
    Delimiter: Delimiter

    @httpQuery("encoding-type")
    EncodingType: EncodingType

    @httpQuery("max-keys")
    MaxKeys: MaxKeys

    @httpQuery("prefix")
    Prefix: Prefix

    @httpQuery("continuation-token")
    ContinuationToken: Token

    @httpQuery("fetch-owner")
    FetchOwner: FetchOwner

    @httpQuery("start-after")
    StartAfter: StartAfter

    @httpHeader("x-amz-request-payer")
    RequestPayer: RequestPayer

    @httpHeader("x-amz-expected-bucket-owner")
    ExpectedBucketOwner: AccountId

    @httpHeader("x-amz-optional-object-attributes")
    OptionalObjectAttributes: OptionalObjectAttributesList
}

@xmlName("ListPartsResult")
structure ListPartsOutput {
    @httpHeader("x-amz-abort-date")
    AbortDate: AbortDate

    @httpHeader("x-amz-abort-rule-id")
    AbortRuleId: AbortRuleId

    Bucket: BucketName
    Key: ObjectKey
    UploadId: MultipartUploadId
    PartNumberMarker: PartNumberMarker
    NextPartNumberMarker: NextPartNumberMarker
    MaxParts: MaxParts
    IsTruncated: IsTruncated

    @xmlFlattened
    @xmlName("Part")
    Parts: Parts

    Initiator: Initiator
    Owner: Owner
    StorageClass: StorageClass

    @httpHeader("x-amz-request-charged")
    RequestCharged: RequestCharged

    ChecksumAlgorithm: ChecksumAlgorithm
    ChecksumType: ChecksumType
}

structure ListPartsRequest {
    @httpLabel
    @required
    Bucket: BucketName

    @httpLabel
    @required
    Key: ObjectKey

    @httpQuery("max-parts")
    MaxParts: MaxParts

    @httpQuery("part-number-marker")
    PartNumberMarker: PartNumberMarker

    @httpQuery("uploadId")
    @required
    UploadId: MultipartUploadId

    @httpHeader("x-amz-request-payer")
    RequestPayer: RequestPayer

    @httpHeader("x-amz-expected-bucket-owner")
    ExpectedBucketOwner: AccountId

    @httpHeader("x-amz-server-side-encryption-customer-algorithm")
    SSECustomerAlgorithm: SSECustomerAlgorithm

    @httpHeader("x-amz-server-side-encryption-customer-key")
    SSECustomerKey: SSECustomerKey

    @httpHeader("x-amz-server-side-encryption-customer-key-MD5")
    SSECustomerKeyMD5: SSECustomerKeyMD5
}

string Location

structure LocationInfo {
    Type: LocationType
    Name: LocationNameAsString
}

string LocationNameAsString

string LocationPrefix

enum LocationType {
    AvailabilityZone
    LocalZone
}

structure LoggingEnabled {
    @required
    TargetBucket: TargetBucket

    TargetGrants: TargetGrants

    @required
    TargetPrefix: TargetPrefix

    TargetObjectKeyFormat: TargetObjectKeyFormat
}

string MFA

enum MFADelete {
    Enabled
    Disabled
}

enum MFADeleteStatus {
    Enabled
    Disabled
}

string Marker

integer MaxAgeSeconds

@range(min: 1, max: 10000)
integer MaxBuckets

@range(min: 0, max: 1000)
integer MaxDirectoryBuckets

integer MaxKeys

integer MaxParts

integer MaxUploads

string Message

map Metadata {
    key: MetadataKey
    value: MetadataValue
}

structure MetadataConfiguration {
    @required
    JournalTableConfiguration: JournalTableConfiguration

    InventoryTableConfiguration: InventoryTableConfiguration
}

structure MetadataConfigurationResult {
    @required
    DestinationResult: DestinationResult

    JournalTableConfigurationResult: JournalTableConfigurationResult
    InventoryTableConfigurationResult: InventoryTableConfigurationResult
}

enum MetadataDirective {
    COPY
    REPLACE
}

structure MetadataEntry {
    Name: MetadataKey
    Value: MetadataValue
}

string MetadataKey

structure MetadataTableConfiguration {
    @required
    S3TablesDestination: S3TablesDestination
}

structure MetadataTableConfigurationResult {
    @required
    S3TablesDestinationResult: S3TablesDestinationResult
}

structure MetadataTableEncryptionConfiguration {
    @required
    SseAlgorithm: TableSseAlgorithm

    KmsKeyArn: KmsKeyArn
}

string MetadataTableStatus

string MetadataValue

structure Metrics {
    @required
    Status: MetricsStatus

    EventThreshold: ReplicationTimeValue
}

structure MetricsAndOperator {
    Prefix: Prefix

    @xmlFlattened
    @xmlName("Tag")
    Tags: TagSet

    AccessPointArn: AccessPointArn
}

structure MetricsConfiguration {
    @required
    Id: MetricsId

    Filter: MetricsFilter
}

list MetricsConfigurationList {
    member: MetricsConfiguration
}

structure MetricsFilter {
    Prefix: Prefix
    Tag: Tag
    AccessPointArn: AccessPointArn
    And: MetricsAndOperator
}

string MetricsId

enum MetricsStatus {
    Enabled
    Disabled
}

integer Minutes

integer MissingMeta

long MpuObjectSize

structure MultipartUpload {
    UploadId: MultipartUploadId
    Key: ObjectKey
    Initiated: Initiated
    StorageClass: StorageClass
    Owner: Owner
    Initiator: Initiator
    ChecksumAlgorithm: ChecksumAlgorithm
    ChecksumType: ChecksumType
}

string MultipartUploadId

list MultipartUploadList {
    member: MultipartUpload
}

string NextKeyMarker

string NextMarker

integer NextPartNumberMarker

string NextToken

string NextUploadIdMarker

string NextVersionIdMarker

@error("client")
@httpError(404)
structure NoSuchBucket {}

@error("client")
@httpError(404)
structure NoSuchKey {}

@error("client")
@httpError(404)
structure NoSuchUpload {}

@length(min: 20, max: 2048)
@pattern("arn:aws[a-zA-Z0-9-]*:kms:[a-z0-9-]+:[0-9]{12}:key/[a-zA-Z0-9-]+")
@sensitive
string NonEmptyKmsKeyArnString

structure NoncurrentVersionExpiration {
    NoncurrentDays: Days
    NewerNoncurrentVersions: VersionCount
}

structure NoncurrentVersionTransition {
    NoncurrentDays: Days
    StorageClass: TransitionStorageClass
    NewerNoncurrentVersions: VersionCount
}

list NoncurrentVersionTransitionList {
    member: NoncurrentVersionTransition
}

structure NotificationConfiguration {
    @xmlFlattened
    @xmlName("TopicConfiguration")
    TopicConfigurations: TopicConfigurationList

    @xmlFlattened
    @xmlName("QueueConfiguration")
    QueueConfigurations: QueueConfigurationList

    @xmlFlattened
    @xmlName("CloudFunctionConfiguration")
    LambdaFunctionConfigurations: LambdaFunctionConfigurationList

    EventBridgeConfiguration: EventBridgeConfiguration
}

structure NotificationConfigurationFilter {
    @xmlName("S3Key")
    Key: S3KeyFilter
}

string NotificationId

structure Object {
    Key: ObjectKey
    LastModified: LastModified
    ETag: ETag

    @xmlFlattened
    ChecksumAlgorithm: ChecksumAlgorithmList

    ChecksumType: ChecksumType
    Size: Size
    StorageClass: ObjectStorageClass
    Owner: Owner
    RestoreStatus: RestoreStatus
}

@error("client")
@httpError(403)
structure ObjectAlreadyInActiveTierError {}

enum ObjectAttributes {
    ETag
    Checksum
    ObjectParts
    StorageClass
    ObjectSize
}

list ObjectAttributesList {
    member: ObjectAttributes
}

enum ObjectCannedACL {
    private
    public_read = "public-read"
    public_read_write = "public-read-write"
    authenticated_read = "authenticated-read"
    aws_exec_read = "aws-exec-read"
    bucket_owner_read = "bucket-owner-read"
    bucket_owner_full_control = "bucket-owner-full-control"
}

union ObjectEncryption {
    @xmlName("SSE-KMS")
    SSEKMS: SSEKMSEncryption
}

structure ObjectIdentifier {
    @required
    Key: ObjectKey

    VersionId: ObjectVersionId
    ETag: ETag
    LastModifiedTime: LastModifiedTime
    Size: Size
}

list ObjectIdentifierList {
    member: ObjectIdentifier
}

@length(min: 1)
string ObjectKey

list ObjectList {
    member: Object
}

structure ObjectLockConfiguration {
    ObjectLockEnabled: ObjectLockEnabled
    Rule: ObjectLockRule
}

enum ObjectLockEnabled {
    Enabled
}

boolean ObjectLockEnabledForBucket

structure ObjectLockLegalHold {
    Status: ObjectLockLegalHoldStatus
}

enum ObjectLockLegalHoldStatus {
    ON
    OFF
}

enum ObjectLockMode {
    GOVERNANCE
    COMPLIANCE
}

@timestampFormat("date-time")
timestamp ObjectLockRetainUntilDate

structure ObjectLockRetention {
    Mode: ObjectLockRetentionMode
    RetainUntilDate: Date
}

enum ObjectLockRetentionMode {
    GOVERNANCE
    COMPLIANCE
}

structure ObjectLockRule {
    DefaultRetention: DefaultRetention
}

string ObjectLockToken

@error("client")
@httpError(403)
structure ObjectNotInActiveTierError {}

enum ObjectOwnership {
    BucketOwnerPreferred
    ObjectWriter
    BucketOwnerEnforced
}

structure ObjectPart {
    PartNumber: PartNumber
    Size: Size
    ChecksumCRC32: ChecksumCRC32
    ChecksumCRC32C: ChecksumCRC32C
    ChecksumCRC64NVME: ChecksumCRC64NVME
    ChecksumSHA1: ChecksumSHA1
    ChecksumSHA256: ChecksumSHA256
    ChecksumSHA512: ChecksumSHA512
    ChecksumMD5: ChecksumMD5
    ChecksumXXHASH64: ChecksumXXHASH64
    ChecksumXXHASH3: ChecksumXXHASH3
    ChecksumXXHASH128: ChecksumXXHASH128
}

long ObjectSize

long ObjectSizeGreaterThanBytes

long ObjectSizeLessThanBytes

enum ObjectStorageClass {
    STANDARD
    REDUCED_REDUNDANCY
    GLACIER
    STANDARD_IA
    ONEZONE_IA
    INTELLIGENT_TIERING
    DEEP_ARCHIVE
    OUTPOSTS
    GLACIER_IR
    SNOW
    EXPRESS_ONEZONE
    FSX_OPENZFS
    FSX_ONTAP
}

structure ObjectVersion {
    ETag: ETag

    @xmlFlattened
    ChecksumAlgorithm: ChecksumAlgorithmList

    ChecksumType: ChecksumType
    Size: Size
    StorageClass: ObjectVersionStorageClass
    Key: ObjectKey
    VersionId: ObjectVersionId
    IsLatest: IsLatest
    LastModified: LastModified
    Owner: Owner
    RestoreStatus: RestoreStatus
}

string ObjectVersionId

list ObjectVersionList {
    member: ObjectVersion
}

enum ObjectVersionStorageClass {
    STANDARD
}

enum OptionalObjectAttributes {
    RestoreStatus
}

list OptionalObjectAttributesList {
    member: OptionalObjectAttributes
}

structure OutputLocation {
    S3: S3Location
}

structure OutputSerialization {
    CSV: CSVOutput
    JSON: JSONOutput
}

structure Owner {
    DisplayName: DisplayName
    ID: ID
}

enum OwnerOverride {
    Destination
}

structure OwnershipControls {
    @required
    @xmlFlattened
    @xmlName("Rule")
    Rules: OwnershipControlsRules
}

structure OwnershipControlsRule {
    @required
    ObjectOwnership: ObjectOwnership
}

list OwnershipControlsRules {
    member: OwnershipControlsRule
}

structure ParquetInput {}

structure Part {
    PartNumber: PartNumber
    LastModified: LastModified
    ETag: ETag
    Size: Size
    ChecksumCRC32: ChecksumCRC32
    ChecksumCRC32C: ChecksumCRC32C
    ChecksumCRC64NVME: ChecksumCRC64NVME
    ChecksumSHA1: ChecksumSHA1
    ChecksumSHA256: ChecksumSHA256
    ChecksumSHA512: ChecksumSHA512
    ChecksumMD5: ChecksumMD5
    ChecksumXXHASH64: ChecksumXXHASH64
    ChecksumXXHASH3: ChecksumXXHASH3
    ChecksumXXHASH128: ChecksumXXHASH128
}

integer PartNumber

integer PartNumberMarker

enum PartitionDateSource {
    EventTime
    DeliveryTime
}

structure PartitionedPrefix {
    PartitionDateSource: PartitionDateSource
}

list Parts {
    member: Part
}

integer PartsCount

list PartsList {
    member: ObjectPart
}

enum Payer {
    Requester
    BucketOwner
}

enum Permission {
    FULL_CONTROL
    WRITE
    WRITE_ACP
    READ
    READ_ACP
}

string Policy

structure PolicyStatus {
    IsPublic: IsPublic
}

string Prefix

integer Priority

structure Progress {
    BytesScanned: BytesScanned
    BytesProcessed: BytesProcessed
    BytesReturned: BytesReturned
}

structure ProgressEvent {
    @eventPayload
    Details: Progress
}

enum Protocol {
    http
    https
}

structure PublicAccessBlockConfiguration {
    BlockPublicAcls: Setting
    IgnorePublicAcls: Setting
    BlockPublicPolicy: Setting
    RestrictPublicBuckets: Setting
}

structure PostObjectRequest {
    @httpLabel
    @required
    Bucket: BucketName

    @httpHeader("Content-Type")
    ContentType: ContentType

    @httpPayload
    Body: StreamingBlob = ""
}

structure PostObjectOutput {
    @httpResponseCode
    StatusCode: GetObjectResponseStatusCode

    @httpHeader("Content-Type")
    ContentType: ContentType

    @httpHeader("Location")
    Location: Location

    @httpHeader("ETag")
    ETag: ETag

    @httpHeader("x-amz-version-id")
    VersionId: ObjectVersionId

    @httpHeader("x-amz-server-side-encryption")
    ServerSideEncryption: ServerSideEncryption

    @httpPayload
    Body: StreamingBlob = ""
}

structure PutBucketAbacRequest {
    @httpLabel
    @required
    Bucket: BucketName

    @httpHeader("Content-MD5")
    ContentMD5: ContentMD5

    @httpHeader("x-amz-sdk-checksum-algorithm")
    ChecksumAlgorithm: ChecksumAlgorithm

    @httpHeader("x-amz-expected-bucket-owner")
    ExpectedBucketOwner: AccountId

    @httpPayload
    @required
    AbacStatus: AbacStatus
}

structure PutBucketAccelerateConfigurationRequest {
    @httpLabel
    @required
    Bucket: BucketName

    @httpPayload
    @required
    AccelerateConfiguration: AccelerateConfiguration

    @httpHeader("x-amz-expected-bucket-owner")
    ExpectedBucketOwner: AccountId

    @httpHeader("x-amz-sdk-checksum-algorithm")
    ChecksumAlgorithm: ChecksumAlgorithm
}

structure PutBucketAclRequest {
    @httpHeader("x-amz-acl")
    ACL: BucketCannedACL

    @httpPayload
    AccessControlPolicy: AccessControlPolicy

    @httpLabel
    @required
    Bucket: BucketName

    @httpHeader("Content-MD5")
    ContentMD5: ContentMD5

    @httpHeader("x-amz-sdk-checksum-algorithm")
    ChecksumAlgorithm: ChecksumAlgorithm

    @httpHeader("x-amz-grant-full-control")
    GrantFullControl: GrantFullControl

    @httpHeader("x-amz-grant-read")
    GrantRead: GrantRead

    @httpHeader("x-amz-grant-read-acp")
    GrantReadACP: GrantReadACP

    @httpHeader("x-amz-grant-write")
    GrantWrite: GrantWrite

    @httpHeader("x-amz-grant-write-acp")
    GrantWriteACP: GrantWriteACP

    @httpHeader("x-amz-expected-bucket-owner")
    ExpectedBucketOwner: AccountId
}

structure PutBucketAnalyticsConfigurationRequest {
    @httpLabel
    @required
    Bucket: BucketName

    @httpQuery("id")
    @required
    Id: AnalyticsId

    @httpPayload
    @required
    AnalyticsConfiguration: AnalyticsConfiguration

    @httpHeader("x-amz-expected-bucket-owner")
    ExpectedBucketOwner: AccountId
}

structure PutBucketCorsRequest {
    @httpLabel
    @required
    Bucket: BucketName

    @httpPayload
    @required
    CORSConfiguration: CORSConfiguration

    @httpHeader("Content-MD5")
    ContentMD5: ContentMD5

    @httpHeader("x-amz-sdk-checksum-algorithm")
    ChecksumAlgorithm: ChecksumAlgorithm

    @httpHeader("x-amz-expected-bucket-owner")
    ExpectedBucketOwner: AccountId
}

structure PutBucketEncryptionRequest {
    @httpLabel
    @required
    Bucket: BucketName

    @httpHeader("Content-MD5")
    ContentMD5: ContentMD5

    @httpHeader("x-amz-sdk-checksum-algorithm")
    ChecksumAlgorithm: ChecksumAlgorithm

    @httpPayload
    @required
    ServerSideEncryptionConfiguration: ServerSideEncryptionConfiguration

    @httpHeader("x-amz-expected-bucket-owner")
    ExpectedBucketOwner: AccountId
}

structure PutBucketIntelligentTieringConfigurationRequest {
    @httpLabel
    @required
    Bucket: BucketName

    @httpQuery("id")
    @required
    Id: IntelligentTieringId

    @httpHeader("x-amz-expected-bucket-owner")
    ExpectedBucketOwner: AccountId

    @httpPayload
    @required
    IntelligentTieringConfiguration: IntelligentTieringConfiguration
}

structure PutBucketInventoryConfigurationRequest {
    @httpLabel
    @required
    Bucket: BucketName

    @httpQuery("id")
    @required
    Id: InventoryId

    @httpPayload
    @required
    InventoryConfiguration: InventoryConfiguration

    @httpHeader("x-amz-expected-bucket-owner")
    ExpectedBucketOwner: AccountId
}

structure PutBucketLifecycleConfigurationOutput {
    @httpHeader("x-amz-transition-default-minimum-object-size")
    TransitionDefaultMinimumObjectSize: TransitionDefaultMinimumObjectSize
}

structure PutBucketLifecycleConfigurationRequest {
    @httpLabel
    @required
    Bucket: BucketName

    @httpHeader("x-amz-sdk-checksum-algorithm")
    ChecksumAlgorithm: ChecksumAlgorithm

    @httpPayload
    @xmlName("LifecycleConfiguration")
    LifecycleConfiguration: BucketLifecycleConfiguration

    @httpHeader("x-amz-expected-bucket-owner")
    ExpectedBucketOwner: AccountId

    @httpHeader("x-amz-transition-default-minimum-object-size")
    TransitionDefaultMinimumObjectSize: TransitionDefaultMinimumObjectSize
}

structure PutBucketLoggingRequest {
    @httpLabel
    @required
    Bucket: BucketName

    @httpPayload
    @required
    BucketLoggingStatus: BucketLoggingStatus

    @httpHeader("Content-MD5")
    ContentMD5: ContentMD5

    @httpHeader("x-amz-sdk-checksum-algorithm")
    ChecksumAlgorithm: ChecksumAlgorithm

    @httpHeader("x-amz-expected-bucket-owner")
    ExpectedBucketOwner: AccountId
}

structure PutBucketMetricsConfigurationRequest {
    @httpLabel
    @required
    Bucket: BucketName

    @httpQuery("id")
    @required
    Id: MetricsId

    @httpPayload
    @required
    MetricsConfiguration: MetricsConfiguration

    @httpHeader("x-amz-expected-bucket-owner")
    ExpectedBucketOwner: AccountId
}

structure PutBucketNotificationConfigurationRequest {
    @httpLabel
    @required
    Bucket: BucketName

    @httpPayload
    @required
    NotificationConfiguration: NotificationConfiguration

    @httpHeader("x-amz-expected-bucket-owner")
    ExpectedBucketOwner: AccountId

    @httpHeader("x-amz-skip-destination-validation")
    SkipDestinationValidation: SkipValidation
}

structure PutBucketOwnershipControlsRequest {
    @httpLabel
    @required
    Bucket: BucketName

    @httpHeader("Content-MD5")
    ContentMD5: ContentMD5

    @httpHeader("x-amz-expected-bucket-owner")
    ExpectedBucketOwner: AccountId

    @httpPayload
    @required
    OwnershipControls: OwnershipControls

    @httpHeader("x-amz-sdk-checksum-algorithm")
    ChecksumAlgorithm: ChecksumAlgorithm
}

structure PutBucketPolicyRequest {
    @httpLabel
    @required
    Bucket: BucketName

    @httpHeader("Content-MD5")
    ContentMD5: ContentMD5

    @httpHeader("x-amz-sdk-checksum-algorithm")
    ChecksumAlgorithm: ChecksumAlgorithm

    @httpHeader("x-amz-confirm-remove-self-bucket-access")
    ConfirmRemoveSelfBucketAccess: ConfirmRemoveSelfBucketAccess

    @httpPayload
    @required
    Policy: Policy

    @httpHeader("x-amz-expected-bucket-owner")
    ExpectedBucketOwner: AccountId
}

structure PutBucketReplicationRequest {
    @httpLabel
    @required
    Bucket: BucketName

    @httpHeader("Content-MD5")
    ContentMD5: ContentMD5

    @httpHeader("x-amz-sdk-checksum-algorithm")
    ChecksumAlgorithm: ChecksumAlgorithm

    @httpPayload
    @required
    ReplicationConfiguration: ReplicationConfiguration

    @httpHeader("x-amz-bucket-object-lock-token")
    Token: ObjectLockToken

    @httpHeader("x-amz-expected-bucket-owner")
    ExpectedBucketOwner: AccountId
}

structure PutBucketRequestPaymentRequest {
    @httpLabel
    @required
    Bucket: BucketName

    @httpHeader("Content-MD5")
    ContentMD5: ContentMD5

    @httpHeader("x-amz-sdk-checksum-algorithm")
    ChecksumAlgorithm: ChecksumAlgorithm

    @httpPayload
    @required
    RequestPaymentConfiguration: RequestPaymentConfiguration

    @httpHeader("x-amz-expected-bucket-owner")
    ExpectedBucketOwner: AccountId
}

structure PutBucketTaggingRequest {
    @httpLabel
    @required
    Bucket: BucketName

    @httpHeader("Content-MD5")
    ContentMD5: ContentMD5

    @httpHeader("x-amz-sdk-checksum-algorithm")
    ChecksumAlgorithm: ChecksumAlgorithm

    @httpPayload
    @required
    Tagging: Tagging

    @httpHeader("x-amz-expected-bucket-owner")
    ExpectedBucketOwner: AccountId
}

structure PutBucketVersioningRequest {
    @httpLabel
    @required
    Bucket: BucketName

    @httpHeader("Content-MD5")
    ContentMD5: ContentMD5

    @httpHeader("x-amz-sdk-checksum-algorithm")
    ChecksumAlgorithm: ChecksumAlgorithm

    @httpHeader("x-amz-mfa")
    MFA: MFA

    @httpPayload
    @required
    VersioningConfiguration: VersioningConfiguration

    @httpHeader("x-amz-expected-bucket-owner")
    ExpectedBucketOwner: AccountId
}

structure PutBucketWebsiteRequest {
    @httpLabel
    @required
    Bucket: BucketName

    @httpHeader("Content-MD5")
    ContentMD5: ContentMD5

    @httpHeader("x-amz-sdk-checksum-algorithm")
    ChecksumAlgorithm: ChecksumAlgorithm

    @httpPayload
    @required
    WebsiteConfiguration: WebsiteConfiguration

    @httpHeader("x-amz-expected-bucket-owner")
    ExpectedBucketOwner: AccountId
}

structure PutObjectAclOutput {
    @httpHeader("x-amz-request-charged")
    RequestCharged: RequestCharged
}

structure PutObjectAclRequest {
    @httpHeader("x-amz-acl")
    ACL: ObjectCannedACL

    @httpPayload
    AccessControlPolicy: AccessControlPolicy

    @httpLabel
    @required
    Bucket: BucketName

    @httpHeader("Content-MD5")
    ContentMD5: ContentMD5

    @httpHeader("x-amz-sdk-checksum-algorithm")
    ChecksumAlgorithm: ChecksumAlgorithm

    @httpHeader("x-amz-grant-full-control")
    GrantFullControl: GrantFullControl

    @httpHeader("x-amz-grant-read")
    GrantRead: GrantRead

    @httpHeader("x-amz-grant-read-acp")
    GrantReadACP: GrantReadACP

    @httpHeader("x-amz-grant-write")
    GrantWrite: GrantWrite

    @httpHeader("x-amz-grant-write-acp")
    GrantWriteACP: GrantWriteACP

    @httpLabel
    @required
    Key: ObjectKey

    @httpHeader("x-amz-request-payer")
    RequestPayer: RequestPayer

    @httpQuery("versionId")
    VersionId: ObjectVersionId

    @httpHeader("x-amz-expected-bucket-owner")
    ExpectedBucketOwner: AccountId
}

structure PutObjectLegalHoldOutput {
    @httpHeader("x-amz-request-charged")
    RequestCharged: RequestCharged
}

structure PutObjectLegalHoldRequest {
    @httpLabel
    @required
    Bucket: BucketName

    @httpLabel
    @required
    Key: ObjectKey

    @httpPayload
    @xmlName("LegalHold")
    LegalHold: ObjectLockLegalHold

    @httpHeader("x-amz-request-payer")
    RequestPayer: RequestPayer

    @httpQuery("versionId")
    VersionId: ObjectVersionId

    @httpHeader("Content-MD5")
    ContentMD5: ContentMD5

    @httpHeader("x-amz-sdk-checksum-algorithm")
    ChecksumAlgorithm: ChecksumAlgorithm

    @httpHeader("x-amz-expected-bucket-owner")
    ExpectedBucketOwner: AccountId
}

structure PutObjectLockConfigurationOutput {
    @httpHeader("x-amz-request-charged")
    RequestCharged: RequestCharged
}

structure PutObjectLockConfigurationRequest {
    @httpLabel
    @required
    Bucket: BucketName

    @httpPayload
    ObjectLockConfiguration: ObjectLockConfiguration

    @httpHeader("x-amz-request-payer")
    RequestPayer: RequestPayer

    @httpHeader("x-amz-bucket-object-lock-token")
    Token: ObjectLockToken

    @httpHeader("Content-MD5")
    ContentMD5: ContentMD5

    @httpHeader("x-amz-sdk-checksum-algorithm")
    ChecksumAlgorithm: ChecksumAlgorithm

    @httpHeader("x-amz-expected-bucket-owner")
    ExpectedBucketOwner: AccountId
}

structure PutObjectOutput {
    @httpHeader("x-amz-expiration")
    Expiration: Expiration

    @httpHeader("ETag")
    ETag: ETag

    @httpHeader("x-amz-checksum-crc32")
    ChecksumCRC32: ChecksumCRC32

    @httpHeader("x-amz-checksum-crc32c")
    ChecksumCRC32C: ChecksumCRC32C

    @httpHeader("x-amz-checksum-crc64nvme")
    ChecksumCRC64NVME: ChecksumCRC64NVME

    @httpHeader("x-amz-checksum-sha1")
    ChecksumSHA1: ChecksumSHA1

    @httpHeader("x-amz-checksum-sha256")
    ChecksumSHA256: ChecksumSHA256

    @httpHeader("x-amz-checksum-sha512")
    ChecksumSHA512: ChecksumSHA512

    @httpHeader("x-amz-checksum-md5")
    ChecksumMD5: ChecksumMD5

    @httpHeader("x-amz-checksum-xxhash64")
    ChecksumXXHASH64: ChecksumXXHASH64

    @httpHeader("x-amz-checksum-xxhash3")
    ChecksumXXHASH3: ChecksumXXHASH3

    @httpHeader("x-amz-checksum-xxhash128")
    ChecksumXXHASH128: ChecksumXXHASH128

    @httpHeader("x-amz-checksum-type")
    ChecksumType: ChecksumType

    @httpHeader("x-amz-server-side-encryption")
    ServerSideEncryption: ServerSideEncryption

    @httpHeader("x-amz-version-id")
    VersionId: ObjectVersionId

    @httpHeader("x-amz-server-side-encryption-customer-algorithm")
    SSECustomerAlgorithm: SSECustomerAlgorithm

    @httpHeader("x-amz-server-side-encryption-customer-key-MD5")
    SSECustomerKeyMD5: SSECustomerKeyMD5

    @httpHeader("x-amz-server-side-encryption-aws-kms-key-id")
    SSEKMSKeyId: SSEKMSKeyId

    @httpHeader("x-amz-server-side-encryption-context")
    SSEKMSEncryptionContext: SSEKMSEncryptionContext

    @httpHeader("x-amz-server-side-encryption-bucket-key-enabled")
    BucketKeyEnabled: BucketKeyEnabled

    @httpHeader("x-amz-object-size")
    Size: Size

    @httpHeader("x-amz-request-charged")
    RequestCharged: RequestCharged
}

structure PutObjectRequest {
    @httpHeader("x-amz-acl")
    ACL: ObjectCannedACL

    @default("")
    @httpPayload
    Body: StreamingBlob

    @httpLabel
    @required
    Bucket: BucketName

    @httpHeader("Cache-Control")
    CacheControl: CacheControl

    @httpHeader("Content-Disposition")
    ContentDisposition: ContentDisposition

    @httpHeader("Content-Encoding")
    ContentEncoding: ContentEncoding

    @httpHeader("Content-Language")
    ContentLanguage: ContentLanguage

    @httpHeader("Content-Length")
    @suppress(["HttpHeaderTrait"])
    ContentLength: ContentLength

    @httpHeader("Content-MD5")
    ContentMD5: ContentMD5

    @httpHeader("Content-Type")
    ContentType: ContentType

    @httpHeader("x-amz-sdk-checksum-algorithm")
    ChecksumAlgorithm: ChecksumAlgorithm

    @httpHeader("x-amz-checksum-crc32")
    ChecksumCRC32: ChecksumCRC32

    @httpHeader("x-amz-checksum-crc32c")
    ChecksumCRC32C: ChecksumCRC32C

    @httpHeader("x-amz-checksum-crc64nvme")
    ChecksumCRC64NVME: ChecksumCRC64NVME

    @httpHeader("x-amz-checksum-sha1")
    ChecksumSHA1: ChecksumSHA1

    @httpHeader("x-amz-checksum-sha256")
    ChecksumSHA256: ChecksumSHA256

    @httpHeader("x-amz-checksum-sha512")
    ChecksumSHA512: ChecksumSHA512

    @httpHeader("x-amz-checksum-md5")
    ChecksumMD5: ChecksumMD5

    @httpHeader("x-amz-checksum-xxhash64")
    ChecksumXXHASH64: ChecksumXXHASH64

    @httpHeader("x-amz-checksum-xxhash3")
    ChecksumXXHASH3: ChecksumXXHASH3

    @httpHeader("x-amz-checksum-xxhash128")
    ChecksumXXHASH128: ChecksumXXHASH128

    @httpHeader("Expires")
    Expires: Expires

    @httpHeader("If-Match")
    IfMatch: IfMatch

    @httpHeader("If-None-Match")
    IfNoneMatch: IfNoneMatch

    @httpHeader("x-amz-grant-full-control")
    GrantFullControl: GrantFullControl

    @httpHeader("x-amz-grant-read")
    GrantRead: GrantRead

    @httpHeader("x-amz-grant-read-acp")
    GrantReadACP: GrantReadACP

    @httpHeader("x-amz-grant-write-acp")
    GrantWriteACP: GrantWriteACP

    @httpLabel
    @required
    Key: ObjectKey

    @httpHeader("x-amz-write-offset-bytes")
    WriteOffsetBytes: WriteOffsetBytes

    @httpPrefixHeaders("x-amz-meta-")
    Metadata: Metadata

    @httpHeader("x-amz-server-side-encryption")
    ServerSideEncryption: ServerSideEncryption

    @httpHeader("x-amz-storage-class")
    StorageClass: StorageClass

    @httpHeader("x-amz-website-redirect-location")
    WebsiteRedirectLocation: WebsiteRedirectLocation

    @httpHeader("x-amz-server-side-encryption-customer-algorithm")
    SSECustomerAlgorithm: SSECustomerAlgorithm

    @httpHeader("x-amz-server-side-encryption-customer-key")
    SSECustomerKey: SSECustomerKey

    @httpHeader("x-amz-server-side-encryption-customer-key-MD5")
    SSECustomerKeyMD5: SSECustomerKeyMD5

    @httpHeader("x-amz-server-side-encryption-aws-kms-key-id")
    SSEKMSKeyId: SSEKMSKeyId

    @httpHeader("x-amz-server-side-encryption-context")
    SSEKMSEncryptionContext: SSEKMSEncryptionContext

    @httpHeader("x-amz-server-side-encryption-bucket-key-enabled")
    BucketKeyEnabled: BucketKeyEnabled

    @httpHeader("x-amz-request-payer")
    RequestPayer: RequestPayer

    @httpHeader("x-amz-tagging")
    Tagging: TaggingHeader

    @httpHeader("x-amz-object-lock-mode")
    ObjectLockMode: ObjectLockMode

    @httpHeader("x-amz-object-lock-retain-until-date")
    ObjectLockRetainUntilDate: ObjectLockRetainUntilDate

    @httpHeader("x-amz-object-lock-legal-hold")
    ObjectLockLegalHoldStatus: ObjectLockLegalHoldStatus

    @httpHeader("x-amz-expected-bucket-owner")
    ExpectedBucketOwner: AccountId
}

structure PutObjectRetentionOutput {
    @httpHeader("x-amz-request-charged")
    RequestCharged: RequestCharged
}

structure PutObjectRetentionRequest {
    @httpLabel
    @required
    Bucket: BucketName

    @httpLabel
    @required
    Key: ObjectKey

    @httpPayload
    @xmlName("Retention")
    Retention: ObjectLockRetention

    @httpHeader("x-amz-request-payer")
    RequestPayer: RequestPayer

    @httpQuery("versionId")
    VersionId: ObjectVersionId

    @httpHeader("x-amz-bypass-governance-retention")
    BypassGovernanceRetention: BypassGovernanceRetention

    @httpHeader("Content-MD5")
    ContentMD5: ContentMD5

    @httpHeader("x-amz-sdk-checksum-algorithm")
    ChecksumAlgorithm: ChecksumAlgorithm

    @httpHeader("x-amz-expected-bucket-owner")
    ExpectedBucketOwner: AccountId
}

structure PutObjectTaggingOutput {
    @httpHeader("x-amz-version-id")
    VersionId: ObjectVersionId
}

structure PutObjectTaggingRequest {
    @httpLabel
    @required
    Bucket: BucketName

    @httpLabel
    @required
    Key: ObjectKey

    @httpQuery("versionId")
    VersionId: ObjectVersionId

    @httpHeader("Content-MD5")
    ContentMD5: ContentMD5

    @httpHeader("x-amz-sdk-checksum-algorithm")
    ChecksumAlgorithm: ChecksumAlgorithm

    @httpPayload
    @required
    Tagging: Tagging

    @httpHeader("x-amz-expected-bucket-owner")
    ExpectedBucketOwner: AccountId

    @httpHeader("x-amz-request-payer")
    RequestPayer: RequestPayer
}

structure PutPublicAccessBlockRequest {
    @httpLabel
    @required
    Bucket: BucketName

    @httpHeader("Content-MD5")
    ContentMD5: ContentMD5

    @httpHeader("x-amz-sdk-checksum-algorithm")
    ChecksumAlgorithm: ChecksumAlgorithm

    @httpPayload
    @required
    PublicAccessBlockConfiguration: PublicAccessBlockConfiguration

    @httpHeader("x-amz-expected-bucket-owner")
    ExpectedBucketOwner: AccountId
}

string QueueArn

structure QueueConfiguration {
    Id: NotificationId

    @required
    @xmlName("Queue")
    QueueArn: QueueArn

    @required
    @xmlFlattened
    @xmlName("Event")
    Events: EventList

    Filter: NotificationConfigurationFilter
}

list QueueConfigurationList {
    member: QueueConfiguration
}

boolean Quiet

string QuoteCharacter

string QuoteEscapeCharacter

enum QuoteFields {
    ALWAYS
    ASNEEDED
}

string Range

string RecordDelimiter

structure RecordExpiration {
    @required
    Expiration: ExpirationState

    Days: RecordExpirationDays
}

integer RecordExpirationDays

structure RecordsEvent {
    @eventPayload
    Payload: Body
}

structure Redirect {
    HostName: HostName
    HttpRedirectCode: HttpRedirectCode
    Protocol: Protocol
    ReplaceKeyPrefixWith: ReplaceKeyPrefixWith
    ReplaceKeyWith: ReplaceKeyWith
}

structure RedirectAllRequestsTo {
    @required
    HostName: HostName

    Protocol: Protocol
}

@length(min: 0, max: 20)
string Region

structure RenameObjectOutput {}

structure RenameObjectRequest {
    @httpLabel
    @required
    Bucket: BucketName

    @httpLabel
    @required
    Key: ObjectKey

    @httpHeader("x-amz-rename-source")
    @required
    RenameSource: RenameSource

    @httpHeader("If-Match")
    DestinationIfMatch: IfMatch

    @httpHeader("If-None-Match")
    DestinationIfNoneMatch: IfNoneMatch

    @httpHeader("If-Modified-Since")
    DestinationIfModifiedSince: IfModifiedSince

    @httpHeader("If-Unmodified-Since")
    DestinationIfUnmodifiedSince: IfUnmodifiedSince

    @httpHeader("x-amz-rename-source-if-match")
    SourceIfMatch: RenameSourceIfMatch

    @httpHeader("x-amz-rename-source-if-none-match")
    SourceIfNoneMatch: RenameSourceIfNoneMatch

    @httpHeader("x-amz-rename-source-if-modified-since")
    SourceIfModifiedSince: RenameSourceIfModifiedSince

    @httpHeader("x-amz-rename-source-if-unmodified-since")
    SourceIfUnmodifiedSince: RenameSourceIfUnmodifiedSince

    @httpHeader("x-amz-client-token")
    @idempotencyToken
    ClientToken: ClientToken
}

@pattern("\\/?.+\\/.+")
string RenameSource

string RenameSourceIfMatch

@timestampFormat("http-date")
timestamp RenameSourceIfModifiedSince

string RenameSourceIfNoneMatch

@timestampFormat("http-date")
timestamp RenameSourceIfUnmodifiedSince

string ReplaceKeyPrefixWith

string ReplaceKeyWith

string ReplicaKmsKeyID

structure ReplicaModifications {
    @required
    Status: ReplicaModificationsStatus
}

enum ReplicaModificationsStatus {
    Enabled
    Disabled
}

structure ReplicationConfiguration {
    @required
    Role: Role

    @required
    @xmlFlattened
    @xmlName("Rule")
    Rules: ReplicationRules
}

structure ReplicationRule {
    ID: ID
    Priority: Priority

    @deprecated
    Prefix: Prefix

    Filter: ReplicationRuleFilter

    @required
    Status: ReplicationRuleStatus

    SourceSelectionCriteria: SourceSelectionCriteria
    ExistingObjectReplication: ExistingObjectReplication

    @required
    Destination: Destination

    DeleteMarkerReplication: DeleteMarkerReplication
}

structure ReplicationRuleAndOperator {
    Prefix: Prefix

    @xmlFlattened
    @xmlName("Tag")
    Tags: TagSet
}

structure ReplicationRuleFilter {
    Prefix: Prefix
    Tag: Tag
    And: ReplicationRuleAndOperator
}

enum ReplicationRuleStatus {
    Enabled
    Disabled
}

list ReplicationRules {
    member: ReplicationRule
}

enum ReplicationStatus {
    COMPLETE
    PENDING
    FAILED
    REPLICA
    COMPLETED
}

structure ReplicationTime {
    @required
    Status: ReplicationTimeStatus

    @required
    Time: ReplicationTimeValue
}

enum ReplicationTimeStatus {
    Enabled
    Disabled
}

structure ReplicationTimeValue {
    Minutes: Minutes
}

enum RequestCharged {
    requester
}

enum RequestPayer {
    requester
}

structure RequestPaymentConfiguration {
    @required
    Payer: Payer
}

structure RequestProgress {
    Enabled: EnableRequestProgress
}

string RequestRoute

string RequestToken

string ResponseCacheControl

string ResponseContentDisposition

string ResponseContentEncoding

string ResponseContentLanguage

string ResponseContentType

@timestampFormat("http-date")
timestamp ResponseExpires

string Restore

timestamp RestoreExpiryDate

structure RestoreObjectOutput {
    /// 202 when the object is being restored from now on, 200 when it was restored already.
    @httpResponseCode
    StatusCode: GetObjectResponseStatusCode

    @httpHeader("x-amz-request-charged")
    RequestCharged: RequestCharged

    @httpHeader("x-amz-restore-output-path")
    RestoreOutputPath: RestoreOutputPath
}

structure RestoreObjectRequest {
    @httpLabel
    @required
    Bucket: BucketName

    @httpLabel
    @required
    Key: ObjectKey

    @httpQuery("versionId")
    VersionId: ObjectVersionId

    @httpPayload
    RestoreRequest: RestoreRequest

    @httpHeader("x-amz-request-payer")
    RequestPayer: RequestPayer

    @httpHeader("x-amz-sdk-checksum-algorithm")
    ChecksumAlgorithm: ChecksumAlgorithm

    @httpHeader("x-amz-expected-bucket-owner")
    ExpectedBucketOwner: AccountId
}

string RestoreOutputPath

structure RestoreRequest {
    Days: Days
    GlacierJobParameters: GlacierJobParameters
    Type: RestoreRequestType
    Tier: Tier
    Description: Description
    SelectParameters: SelectParameters
    OutputLocation: OutputLocation
}

enum RestoreRequestType {
    SELECT
}

structure RestoreStatus {
    IsRestoreInProgress: IsRestoreInProgress
    RestoreExpiryDate: RestoreExpiryDate
}

string Role

structure RoutingRule {
    Condition: Condition

    @required
    Redirect: Redirect
}

list RoutingRules {
    @xmlName("RoutingRule")
    member: RoutingRule
}

structure S3KeyFilter {
    @xmlFlattened
    @xmlName("FilterRule")
    FilterRules: FilterRuleList
}

structure S3Location {
    @required
    BucketName: BucketName

    @required
    Prefix: LocationPrefix

    Encryption: Encryption
    CannedACL: ObjectCannedACL
    AccessControlList: Grants
    Tagging: Tagging
    UserMetadata: UserMetadata
    StorageClass: StorageClass
}

@length(min: 1, max: 128)
@pattern("arn:[^:]+:(s3|s3express):.*")
string S3RegionalOrS3ExpressBucketArnString

string S3TablesArn

string S3TablesBucketArn

enum S3TablesBucketType {
    aws
    customer
}

structure S3TablesDestination {
    @required
    TableBucketArn: S3TablesBucketArn

    @required
    TableName: S3TablesName
}

structure S3TablesDestinationResult {
    @required
    TableBucketArn: S3TablesBucketArn

    @required
    TableName: S3TablesName

    @required
    TableArn: S3TablesArn

    @required
    TableNamespace: S3TablesNamespace
}

string S3TablesName

string S3TablesNamespace

string SSECustomerAlgorithm

@sensitive
string SSECustomerKey

string SSECustomerKeyMD5

@xmlName("SSE-KMS")
structure SSEKMS {
    @required
    KeyId: SSEKMSKeyId
}

@xmlName("SSE-KMS")
structure SSEKMSEncryption {
    @required
    KMSKeyArn: NonEmptyKmsKeyArnString

    BucketKeyEnabled: BucketKeyEnabled
}

@sensitive
string SSEKMSEncryptionContext

@sensitive
string SSEKMSKeyId

@xmlName("SSE-S3")
structure SSES3 {}

structure ScanRange {
    Start: Start
    End: End
}

@streaming
union SelectObjectContentEventStream {
    Records: RecordsEvent
    Stats: StatsEvent
    Progress: ProgressEvent
    Cont: ContinuationEvent
    End: EndEvent
}

structure SelectObjectContentOutput {
    @httpPayload
    Payload: SelectObjectContentEventStream
}

structure SelectObjectContentRequest {
    @httpLabel
    @required
    Bucket: BucketName

    @httpLabel
    @required
    Key: ObjectKey

    @httpHeader("x-amz-server-side-encryption-customer-algorithm")
    SSECustomerAlgorithm: SSECustomerAlgorithm

    @httpHeader("x-amz-server-side-encryption-customer-key")
    SSECustomerKey: SSECustomerKey

    @httpHeader("x-amz-server-side-encryption-customer-key-MD5")
    SSECustomerKeyMD5: SSECustomerKeyMD5

    @required
    Expression: Expression

    @required
    ExpressionType: ExpressionType

    RequestProgress: RequestProgress

    @required
    InputSerialization: InputSerialization

    @required
    OutputSerialization: OutputSerialization

    ScanRange: ScanRange

    @httpHeader("x-amz-expected-bucket-owner")
    ExpectedBucketOwner: AccountId
}

structure SelectParameters {
    @required
    InputSerialization: InputSerialization

    @required
    ExpressionType: ExpressionType

    @required
    Expression: Expression

    @required
    OutputSerialization: OutputSerialization
}

enum ServerSideEncryption {
    AES256
    aws_fsx = "aws:fsx"
    aws_kms = "aws:kms"
    aws_kms_dsse = "aws:kms:dsse"
}

structure ServerSideEncryptionByDefault {
    @required
    SSEAlgorithm: ServerSideEncryption

    KMSMasterKeyID: SSEKMSKeyId
}

structure ServerSideEncryptionConfiguration {
    @required
    @xmlFlattened
    @xmlName("Rule")
    Rules: ServerSideEncryptionRules
}

structure ServerSideEncryptionRule {
    ApplyServerSideEncryptionByDefault: ServerSideEncryptionByDefault
    BucketKeyEnabled: BucketKeyEnabled
    BlockedEncryptionTypes: BlockedEncryptionTypes
}

list ServerSideEncryptionRules {
    member: ServerSideEncryptionRule
}

@sensitive
string SessionCredentialValue

structure SessionCredentials {
    @required
    AccessKeyId: AccessKeyIdValue

    @required
    SecretAccessKey: SessionCredentialValue

    @required
    SessionToken: SessionCredentialValue

    @required
    Expiration: SessionExpiration
}

timestamp SessionExpiration

enum SessionMode {
    ReadOnly
    ReadWrite
}

boolean Setting

structure SimplePrefix {}

long Size

boolean SkipValidation

structure SourceSelectionCriteria {
    SseKmsEncryptedObjects: SseKmsEncryptedObjects
    ReplicaModifications: ReplicaModifications
}

structure SseKmsEncryptedObjects {
    @required
    Status: SseKmsEncryptedObjectsStatus
}

enum SseKmsEncryptedObjectsStatus {
    Enabled
    Disabled
}

long Start

string StartAfter

structure Stats {
    BytesScanned: BytesScanned
    BytesProcessed: BytesProcessed
    BytesReturned: BytesReturned
}

structure StatsEvent {
    @eventPayload
    Details: Stats
}

enum StorageClass {
    STANDARD
    REDUCED_REDUNDANCY
    STANDARD_IA
    ONEZONE_IA
    INTELLIGENT_TIERING
    GLACIER
    DEEP_ARCHIVE
    OUTPOSTS
    GLACIER_IR
    SNOW
    EXPRESS_ONEZONE
    FSX_OPENZFS
    FSX_ONTAP
}

structure StorageClassAnalysis {
    DataExport: StorageClassAnalysisDataExport
}

structure StorageClassAnalysisDataExport {
    @required
    OutputSchemaVersion: StorageClassAnalysisSchemaVersion

    @required
    Destination: AnalyticsExportDestination
}

enum StorageClassAnalysisSchemaVersion {
    V_1
}

@streaming
blob StreamingBlob

string Suffix

enum TableSseAlgorithm {
    aws_kms = "aws:kms"
    AES256
}

structure Tag {
    @required
    Key: ObjectKey

    @required
    Value: Value
}

integer TagCount

list TagSet {
    @xmlName("Tag")
    member: Tag
}

structure Tagging {
    @required
    TagSet: TagSet
}

enum TaggingDirective {
    COPY
    REPLACE
}

string TaggingHeader

string TargetBucket

structure TargetGrant {
    Grantee: Grantee
    Permission: BucketLogsPermission
}

list TargetGrants {
    @xmlName("Grant")
    member: TargetGrant
}

structure TargetObjectKeyFormat {
    SimplePrefix: SimplePrefix
    PartitionedPrefix: PartitionedPrefix
}

string TargetPrefix

enum Tier {
    Standard
    Bulk
    Expedited
}

structure Tiering {
    @required
    Days: IntelligentTieringDays

    @required
    AccessTier: IntelligentTieringAccessTier
}

list TieringList {
    member: Tiering
}

string Token

@error("client")
@httpError(400)
structure TooManyParts {}

string TopicArn

structure TopicConfiguration {
    Id: NotificationId

    @required
    @xmlName("Topic")
    TopicArn: TopicArn

    @required
    @xmlFlattened
    @xmlName("Event")
    Events: EventList

    Filter: NotificationConfigurationFilter
}

list TopicConfigurationList {
    member: TopicConfiguration
}

structure Transition {
    Date: Date
    Days: Days
    StorageClass: TransitionStorageClass
}

enum TransitionDefaultMinimumObjectSize {
    varies_by_storage_class
    all_storage_classes_128K
}

list TransitionList {
    member: Transition
}

enum TransitionStorageClass {
    GLACIER
    STANDARD_IA
    ONEZONE_IA
    INTELLIGENT_TIERING
    DEEP_ARCHIVE
    GLACIER_IR
}

enum Type {
    CanonicalUser
    AmazonCustomerByEmail
    Group
}

string URI

structure UpdateBucketMetadataInventoryTableConfigurationRequest {
    @httpLabel
    @required
    Bucket: BucketName

    @httpHeader("Content-MD5")
    ContentMD5: ContentMD5

    @httpHeader("x-amz-sdk-checksum-algorithm")
    ChecksumAlgorithm: ChecksumAlgorithm

    @httpPayload
    @required
    @xmlName("InventoryTableConfiguration")
    InventoryTableConfiguration: InventoryTableConfigurationUpdates

    @httpHeader("x-amz-expected-bucket-owner")
    ExpectedBucketOwner: AccountId
}

structure UpdateBucketMetadataJournalTableConfigurationRequest {
    @httpLabel
    @required
    Bucket: BucketName

    @httpHeader("Content-MD5")
    ContentMD5: ContentMD5

    @httpHeader("x-amz-sdk-checksum-algorithm")
    ChecksumAlgorithm: ChecksumAlgorithm

    @httpPayload
    @required
    @xmlName("JournalTableConfiguration")
    JournalTableConfiguration: JournalTableConfigurationUpdates

    @httpHeader("x-amz-expected-bucket-owner")
    ExpectedBucketOwner: AccountId
}

structure UpdateObjectEncryptionRequest {
    @httpLabel
    @required
    Bucket: BucketName

    @httpLabel
    @required
    Key: ObjectKey

    @httpQuery("versionId")
    VersionId: ObjectVersionId

    @httpPayload
    @required
    ObjectEncryption: ObjectEncryption

    @httpHeader("x-amz-request-payer")
    RequestPayer: RequestPayer

    @httpHeader("x-amz-expected-bucket-owner")
    ExpectedBucketOwner: AccountId

    @httpHeader("Content-MD5")
    ContentMD5: ContentMD5

    @httpHeader("x-amz-sdk-checksum-algorithm")
    ChecksumAlgorithm: ChecksumAlgorithm
}

structure UpdateObjectEncryptionResponse {
    @httpHeader("x-amz-request-charged")
    RequestCharged: RequestCharged
}

string UploadIdMarker

structure UploadPartCopyOutput {
    @httpHeader("x-amz-copy-source-version-id")
    CopySourceVersionId: CopySourceVersionId

    @httpPayload
    CopyPartResult: CopyPartResult

    @httpHeader("x-amz-server-side-encryption")
    ServerSideEncryption: ServerSideEncryption

    @httpHeader("x-amz-server-side-encryption-customer-algorithm")
    SSECustomerAlgorithm: SSECustomerAlgorithm

    @httpHeader("x-amz-server-side-encryption-customer-key-MD5")
    SSECustomerKeyMD5: SSECustomerKeyMD5

    @httpHeader("x-amz-server-side-encryption-aws-kms-key-id")
    SSEKMSKeyId: SSEKMSKeyId

    @httpHeader("x-amz-server-side-encryption-bucket-key-enabled")
    BucketKeyEnabled: BucketKeyEnabled

    @httpHeader("x-amz-request-charged")
    RequestCharged: RequestCharged
}

structure UploadPartCopyRequest {
    @httpLabel
    @required
    Bucket: BucketName

    @httpHeader("x-amz-copy-source")
    @required
    CopySource: CopySource

    @httpHeader("x-amz-copy-source-if-match")
    CopySourceIfMatch: CopySourceIfMatch

    @httpHeader("x-amz-copy-source-if-modified-since")
    CopySourceIfModifiedSince: CopySourceIfModifiedSince

    @httpHeader("x-amz-copy-source-if-none-match")
    CopySourceIfNoneMatch: CopySourceIfNoneMatch

    @httpHeader("x-amz-copy-source-if-unmodified-since")
    CopySourceIfUnmodifiedSince: CopySourceIfUnmodifiedSince

    @httpHeader("x-amz-copy-source-range")
    CopySourceRange: CopySourceRange

    @httpLabel
    @required
    Key: ObjectKey

    @httpQuery("partNumber")
    @required
    PartNumber: PartNumber

    @httpQuery("uploadId")
    @required
    UploadId: MultipartUploadId

    @httpHeader("x-amz-server-side-encryption-customer-algorithm")
    SSECustomerAlgorithm: SSECustomerAlgorithm

    @httpHeader("x-amz-server-side-encryption-customer-key")
    SSECustomerKey: SSECustomerKey

    @httpHeader("x-amz-server-side-encryption-customer-key-MD5")
    SSECustomerKeyMD5: SSECustomerKeyMD5

    @httpHeader("x-amz-copy-source-server-side-encryption-customer-algorithm")
    CopySourceSSECustomerAlgorithm: CopySourceSSECustomerAlgorithm

    @httpHeader("x-amz-copy-source-server-side-encryption-customer-key")
    CopySourceSSECustomerKey: CopySourceSSECustomerKey

    @httpHeader("x-amz-copy-source-server-side-encryption-customer-key-MD5")
    CopySourceSSECustomerKeyMD5: CopySourceSSECustomerKeyMD5

    @httpHeader("x-amz-request-payer")
    RequestPayer: RequestPayer

    @httpHeader("x-amz-expected-bucket-owner")
    ExpectedBucketOwner: AccountId

    @httpHeader("x-amz-source-expected-bucket-owner")
    ExpectedSourceBucketOwner: AccountId
}

structure UploadPartOutput {
    @httpHeader("x-amz-server-side-encryption")
    ServerSideEncryption: ServerSideEncryption

    @httpHeader("ETag")
    ETag: ETag

    @httpHeader("x-amz-checksum-crc32")
    ChecksumCRC32: ChecksumCRC32

    @httpHeader("x-amz-checksum-crc32c")
    ChecksumCRC32C: ChecksumCRC32C

    @httpHeader("x-amz-checksum-crc64nvme")
    ChecksumCRC64NVME: ChecksumCRC64NVME

    @httpHeader("x-amz-checksum-sha1")
    ChecksumSHA1: ChecksumSHA1

    @httpHeader("x-amz-checksum-sha256")
    ChecksumSHA256: ChecksumSHA256

    @httpHeader("x-amz-checksum-sha512")
    ChecksumSHA512: ChecksumSHA512

    @httpHeader("x-amz-checksum-md5")
    ChecksumMD5: ChecksumMD5

    @httpHeader("x-amz-checksum-xxhash64")
    ChecksumXXHASH64: ChecksumXXHASH64

    @httpHeader("x-amz-checksum-xxhash3")
    ChecksumXXHASH3: ChecksumXXHASH3

    @httpHeader("x-amz-checksum-xxhash128")
    ChecksumXXHASH128: ChecksumXXHASH128

    @httpHeader("x-amz-server-side-encryption-customer-algorithm")
    SSECustomerAlgorithm: SSECustomerAlgorithm

    @httpHeader("x-amz-server-side-encryption-customer-key-MD5")
    SSECustomerKeyMD5: SSECustomerKeyMD5

    @httpHeader("x-amz-server-side-encryption-aws-kms-key-id")
    SSEKMSKeyId: SSEKMSKeyId

    @httpHeader("x-amz-server-side-encryption-bucket-key-enabled")
    BucketKeyEnabled: BucketKeyEnabled

    @httpHeader("x-amz-request-charged")
    RequestCharged: RequestCharged
}

structure UploadPartRequest {
    @default("")
    @httpPayload
    Body: StreamingBlob

    @httpLabel
    @required
    Bucket: BucketName

    @httpHeader("Content-Length")
    @suppress(["HttpHeaderTrait"])
    ContentLength: ContentLength

    @httpHeader("Content-MD5")
    ContentMD5: ContentMD5

    @httpHeader("x-amz-sdk-checksum-algorithm")
    ChecksumAlgorithm: ChecksumAlgorithm

    @httpHeader("x-amz-checksum-crc32")
    ChecksumCRC32: ChecksumCRC32

    @httpHeader("x-amz-checksum-crc32c")
    ChecksumCRC32C: ChecksumCRC32C

    @httpHeader("x-amz-checksum-crc64nvme")
    ChecksumCRC64NVME: ChecksumCRC64NVME

    @httpHeader("x-amz-checksum-sha1")
    ChecksumSHA1: ChecksumSHA1

    @httpHeader("x-amz-checksum-sha256")
    ChecksumSHA256: ChecksumSHA256

    @httpHeader("x-amz-checksum-sha512")
    ChecksumSHA512: ChecksumSHA512

    @httpHeader("x-amz-checksum-md5")
    ChecksumMD5: ChecksumMD5

    @httpHeader("x-amz-checksum-xxhash64")
    ChecksumXXHASH64: ChecksumXXHASH64

    @httpHeader("x-amz-checksum-xxhash3")
    ChecksumXXHASH3: ChecksumXXHASH3

    @httpHeader("x-amz-checksum-xxhash128")
    ChecksumXXHASH128: ChecksumXXHASH128

    @httpLabel
    @required
    Key: ObjectKey

    @httpQuery("partNumber")
    @required
    PartNumber: PartNumber

    @httpQuery("uploadId")
    @required
    UploadId: MultipartUploadId

    @httpHeader("x-amz-server-side-encryption-customer-algorithm")
    SSECustomerAlgorithm: SSECustomerAlgorithm

    @httpHeader("x-amz-server-side-encryption-customer-key")
    SSECustomerKey: SSECustomerKey

    @httpHeader("x-amz-server-side-encryption-customer-key-MD5")
    SSECustomerKeyMD5: SSECustomerKeyMD5

    @httpHeader("x-amz-request-payer")
    RequestPayer: RequestPayer

    @httpHeader("x-amz-expected-bucket-owner")
    ExpectedBucketOwner: AccountId
}

list UserMetadata {
    @xmlName("MetadataEntry")
    member: MetadataEntry
}

string Value

integer VersionCount

string VersionIdMarker

structure VersioningConfiguration {
    @xmlName("MfaDelete")
    MFADelete: MFADelete

    Status: BucketVersioningStatus
}

structure WebsiteConfiguration {
    ErrorDocument: ErrorDocument
    IndexDocument: IndexDocument
    RedirectAllRequestsTo: RedirectAllRequestsTo
    RoutingRules: RoutingRules
}

string WebsiteRedirectLocation

structure WriteGetObjectResponseRequest {
    @hostLabel
    @httpHeader("x-amz-request-route")
    @required
    RequestRoute: RequestRoute

    @httpHeader("x-amz-request-token")
    @required
    RequestToken: RequestToken

    @default("")
    @httpPayload
    Body: StreamingBlob

    @httpHeader("x-amz-fwd-status")
    StatusCode: GetObjectResponseStatusCode

    @httpHeader("x-amz-fwd-error-code")
    ErrorCode: ErrorCode

    @httpHeader("x-amz-fwd-error-message")
    ErrorMessage: ErrorMessage

    @httpHeader("x-amz-fwd-header-accept-ranges")
    AcceptRanges: AcceptRanges

    @httpHeader("x-amz-fwd-header-Cache-Control")
    CacheControl: CacheControl

    @httpHeader("x-amz-fwd-header-Content-Disposition")
    ContentDisposition: ContentDisposition

    @httpHeader("x-amz-fwd-header-Content-Encoding")
    ContentEncoding: ContentEncoding

    @httpHeader("x-amz-fwd-header-Content-Language")
    ContentLanguage: ContentLanguage

    @httpHeader("Content-Length")
    @suppress(["HttpHeaderTrait"])
    ContentLength: ContentLength

    @httpHeader("x-amz-fwd-header-Content-Range")
    ContentRange: ContentRange

    @httpHeader("x-amz-fwd-header-Content-Type")
    ContentType: ContentType

    @httpHeader("x-amz-fwd-header-x-amz-checksum-crc32")
    ChecksumCRC32: ChecksumCRC32

    @httpHeader("x-amz-fwd-header-x-amz-checksum-crc32c")
    ChecksumCRC32C: ChecksumCRC32C

    @httpHeader("x-amz-fwd-header-x-amz-checksum-crc64nvme")
    ChecksumCRC64NVME: ChecksumCRC64NVME

    @httpHeader("x-amz-fwd-header-x-amz-checksum-sha1")
    ChecksumSHA1: ChecksumSHA1

    @httpHeader("x-amz-fwd-header-x-amz-checksum-sha256")
    ChecksumSHA256: ChecksumSHA256

    @httpHeader("x-amz-fwd-header-x-amz-checksum-sha512")
    ChecksumSHA512: ChecksumSHA512

    @httpHeader("x-amz-fwd-header-x-amz-checksum-md5")
    ChecksumMD5: ChecksumMD5

    @httpHeader("x-amz-fwd-header-x-amz-checksum-xxhash64")
    ChecksumXXHASH64: ChecksumXXHASH64

    @httpHeader("x-amz-fwd-header-x-amz-checksum-xxhash3")
    ChecksumXXHASH3: ChecksumXXHASH3

    @httpHeader("x-amz-fwd-header-x-amz-checksum-xxhash128")
    ChecksumXXHASH128: ChecksumXXHASH128

    @httpHeader("x-amz-fwd-header-x-amz-delete-marker")
    DeleteMarker: DeleteMarker

    @httpHeader("x-amz-fwd-header-ETag")
    ETag: ETag

    @httpHeader("x-amz-fwd-header-Expires")
    Expires: Expires

    @httpHeader("x-amz-fwd-header-x-amz-expiration")
    Expiration: Expiration

    @httpHeader("x-amz-fwd-header-Last-Modified")
    LastModified: LastModified

    @httpHeader("x-amz-fwd-header-x-amz-missing-meta")
    MissingMeta: MissingMeta

    @httpPrefixHeaders("x-amz-meta-")
    Metadata: Metadata

    @httpHeader("x-amz-fwd-header-x-amz-object-lock-mode")
    ObjectLockMode: ObjectLockMode

    @httpHeader("x-amz-fwd-header-x-amz-object-lock-legal-hold")
    ObjectLockLegalHoldStatus: ObjectLockLegalHoldStatus

    @httpHeader("x-amz-fwd-header-x-amz-object-lock-retain-until-date")
    ObjectLockRetainUntilDate: ObjectLockRetainUntilDate

    @httpHeader("x-amz-fwd-header-x-amz-mp-parts-count")
    PartsCount: PartsCount

    @httpHeader("x-amz-fwd-header-x-amz-replication-status")
    ReplicationStatus: ReplicationStatus

    @httpHeader("x-amz-fwd-header-x-amz-request-charged")
    RequestCharged: RequestCharged

    @httpHeader("x-amz-fwd-header-x-amz-restore")
    Restore: Restore

    @httpHeader("x-amz-fwd-header-x-amz-server-side-encryption")
    ServerSideEncryption: ServerSideEncryption

    @httpHeader("x-amz-fwd-header-x-amz-server-side-encryption-customer-algorithm")
    SSECustomerAlgorithm: SSECustomerAlgorithm

    @httpHeader("x-amz-fwd-header-x-amz-server-side-encryption-aws-kms-key-id")
    SSEKMSKeyId: SSEKMSKeyId

    @httpHeader("x-amz-fwd-header-x-amz-server-side-encryption-customer-key-MD5")
    SSECustomerKeyMD5: SSECustomerKeyMD5

    @httpHeader("x-amz-fwd-header-x-amz-storage-class")
    StorageClass: StorageClass

    @httpHeader("x-amz-fwd-header-x-amz-tagging-count")
    TagCount: TagCount

    @httpHeader("x-amz-fwd-header-x-amz-version-id")
    VersionId: ObjectVersionId

    @httpHeader("x-amz-fwd-header-x-amz-server-side-encryption-bucket-key-enabled")
    BucketKeyEnabled: BucketKeyEnabled
}

long WriteOffsetBytes

integer Years
