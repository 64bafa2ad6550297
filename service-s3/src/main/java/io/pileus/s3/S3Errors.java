package io.pileus.s3;

import io.pileus.core.identity.Region;
import io.pileus.core.service.AwsException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * S3's errors, with its messages.
 *
 * @see <a href="https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html">Error responses</a>
 */
final class S3Errors {
    /** Java's own format for RFC 1123 lets the day have one digit; RFC 9110 wants two, and so does S3. */
    private static final DateTimeFormatter HTTP_DATE = DateTimeFormatter.ofPattern(
                    "EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    private S3Errors() {}

    // ---- buckets ------------------------------------------------------------------------------------------------

    static S3Error noSuchBucket(String name) {
        return new S3Error("NoSuchBucket", 404, "The specified bucket does not exist").with("BucketName", name);
    }

    static S3Error invalidBucketName(String name) {
        return new S3Error("InvalidBucketName", 400, "The specified bucket is not valid.").with("BucketName", name);
    }

    static S3Error bucketAlreadyExists(String name) {
        return new S3Error(
                        "BucketAlreadyExists",
                        409,
                        "The requested bucket name is not available. The bucket namespace is shared by all users of the system. Please select a different name and try again.")
                .with("BucketName", name);
    }

    static S3Error bucketAlreadyOwnedByYou(String name) {
        return new S3Error(
                        "BucketAlreadyOwnedByYou",
                        409,
                        "Your previous request to create the named bucket succeeded and you already own it.")
                .with("BucketName", name);
    }

    static S3Error bucketNotEmpty(String name, boolean versioned) {
        return new S3Error(
                        "BucketNotEmpty",
                        409,
                        versioned
                                ? "The bucket you tried to delete is not empty. You must delete all versions in the bucket."
                                : "The bucket you tried to delete is not empty")
                .with("BucketName", name);
    }

    static S3Error illegalLocation(String location) {
        return new S3Error(
                "IllegalLocationConstraintException",
                400,
                "The " + location
                        + " location constraint is incompatible for the region specific endpoint this request was sent to.");
    }

    static S3Error invalidLocation(String location) {
        return new S3Error("InvalidLocationConstraint", 400, "The specified location-constraint is not valid")
                .with("LocationConstraint", location);
    }

    /** A request that was signed for another region. */
    static S3Error wrongRegion(String signed, Region expected) {
        return new S3Error(
                        "AuthorizationHeaderMalformed",
                        400,
                        "The authorization header is malformed; the region '" + signed + "' is wrong; expecting '"
                                + expected.id() + "'")
                .with("Region", expected.id());
    }

    /** A bucket of another region than the one that was asked. */
    static S3Error permanentRedirect(String bucket, Region region) {
        return new S3Error(
                        "PermanentRedirect",
                        301,
                        "The bucket you are attempting to access must be addressed using the specified endpoint. Please send all future requests to this endpoint.")
                .with("Endpoint", bucket + ".s3." + region.id() + ".amazonaws.com")
                .with("Bucket", bucket)
                .header("x-amz-bucket-region", region.id());
    }

    /** A website that was asked for at another region's endpoint. */
    static S3Error incorrectEndpoint(String bucket, Region region) {
        return new S3Error(
                        "IncorrectEndpoint",
                        400,
                        "The specified bucket exists in another region. Please direct requests to the specified endpoint.")
                .with("Endpoint", bucket + ".s3-website-" + region.id() + ".amazonaws.com");
    }

    static S3Error invalidBucketState(String message) {
        return new S3Error("InvalidBucketState", 409, message);
    }

    static S3Error accessDenied() {
        return new S3Error("AccessDenied", 403, "Access Denied");
    }

    static S3Error accessDenied(String message) {
        return new S3Error("AccessDenied", 403, message);
    }

    static S3Error aclsNotSupported() {
        return new S3Error("AccessControlListNotSupported", 400, "The bucket does not allow ACLs");
    }

    // ---- configurations that are not there --------------------------------------------------------------------------

    private static S3Error notFound(String code, String message, String bucket) {
        return new S3Error(code, 404, message).with("BucketName", bucket);
    }

    static S3Error noSuchTagSet(String bucket) {
        return notFound("NoSuchTagSet", "The TagSet does not exist", bucket);
    }

    static S3Error noSuchBucketPolicy(String bucket) {
        return notFound("NoSuchBucketPolicy", "The bucket policy does not exist", bucket);
    }

    static S3Error noSuchCors(String bucket) {
        return notFound("NoSuchCORSConfiguration", "The CORS configuration does not exist", bucket);
    }

    static S3Error noSuchLifecycle(String bucket) {
        return notFound("NoSuchLifecycleConfiguration", "The lifecycle configuration does not exist", bucket);
    }

    static S3Error noSuchWebsite(String bucket) {
        return notFound(
                "NoSuchWebsiteConfiguration", "The specified bucket does not have a website configuration", bucket);
    }

    static S3Error noSuchPublicAccessBlock(String bucket) {
        return notFound(
                "NoSuchPublicAccessBlockConfiguration", "The public access block configuration was not found", bucket);
    }

    static S3Error noOwnershipControls(String bucket) {
        return notFound("OwnershipControlsNotFoundError", "The bucket ownership controls were not found", bucket);
    }

    static S3Error noReplication(String bucket) {
        return notFound("ReplicationConfigurationNotFoundError", "The replication configuration was not found", bucket);
    }

    static S3Error noObjectLockConfiguration(String bucket) {
        return notFound(
                "ObjectLockConfigurationNotFoundError",
                "Object Lock configuration does not exist for this bucket",
                bucket);
    }

    static S3Error noSuchConfiguration(String bucket) {
        return notFound("NoSuchConfiguration", "The specified configuration does not exist.", bucket);
    }

    static S3Error noObjectLock(String key) {
        return new S3Error(
                        "NoSuchObjectLockConfiguration",
                        404,
                        "The specified object does not have a ObjectLock configuration")
                .with("Key", key);
    }

    // ---- objects ------------------------------------------------------------------------------------------------

    static S3Error noSuchKey(String key) {
        return new S3Error("NoSuchKey", 404, "The specified key does not exist.").with("Key", key);
    }

    static S3Error noSuchVersion(String key, String versionId) {
        return new S3Error("NoSuchVersion", 404, "The specified version does not exist.")
                .with("Key", key)
                .with("VersionId", versionId);
    }

    /** The current version is a delete marker: as if there were no object, but for the headers. */
    static S3Error deleted(StoredObject marker, @Nullable String shownVersion) {
        return noSuchKey(marker.key()).header("x-amz-delete-marker", "true").header("x-amz-version-id", shownVersion);
    }

    /** A delete marker was asked for by its version. */
    static S3Error markerNotAllowed(String method, StoredObject marker) {
        return markerNotAllowed(method)
                .header("x-amz-delete-marker", "true")
                .header("x-amz-version-id", marker.versionId())
                .header("Last-Modified", httpDate(marker.lastModified()));
    }

    /** A delete marker takes nothing but its deletion. */
    static S3Error markerNotAllowed(String method) {
        return methodNotAllowed()
                .with("Method", method)
                .with("ResourceType", "DeleteMarker")
                .header("Allow", "DELETE");
    }

    static S3Error methodNotAllowed() {
        return new S3Error("MethodNotAllowed", 405, "The specified method is not allowed against this resource.");
    }

    /** A header asks for something that S3 has not. */
    static S3Error headerNotImplemented(String header) {
        return new S3Error("NotImplemented", 501, "A header you provided implies functionality that is not implemented")
                .with("Header", header);
    }

    static S3Error preconditionFailed(String condition) {
        return new S3Error("PreconditionFailed", 412, "At least one of the pre-conditions you specified did not hold")
                .with("Condition", condition);
    }

    static S3Error notModified(StoredObject object) {
        return new S3Error("NotModified", 304, "Not Modified")
                .header("ETag", object.eTag())
                .header("Last-Modified", httpDate(object.lastModified()))
                .header("Cache-Control", object.headers().cacheControl())
                .header("Expires", object.headers().expires());
    }

    static S3Error invalidRange(@Nullable String range, long size) {
        return new S3Error("InvalidRange", 416, "The requested range is not satisfiable")
                .with("RangeRequested", range)
                .with("ActualObjectSize", size)
                .header("Content-Range", "bytes */" + size);
    }

    static S3Error keyTooLong(int size, int max) {
        return new S3Error("KeyTooLongError", 400, "Your key is too long")
                .with("Size", size)
                .with("MaxSizeAllowed", max);
    }

    static S3Error entityTooLarge(long proposed, long max) {
        return new S3Error("EntityTooLarge", 400, "Your proposed upload exceeds the maximum allowed object size.")
                .with("ProposedSize", proposed)
                .with("MaxSizeAllowed", max);
    }

    static S3Error invalidObjectState(String message, String storageClass) {
        return new S3Error("InvalidObjectState", 403, message).with("StorageClass", storageClass);
    }

    static S3Error invalidStorageClass() {
        return new S3Error("InvalidStorageClass", 400, "The storage class you specified is not valid");
    }

    // ---- parts --------------------------------------------------------------------------------------------------

    static S3Error noSuchUpload(String uploadId) {
        return new S3Error(
                        "NoSuchUpload",
                        404,
                        "The specified upload does not exist. The upload ID may be invalid, or the upload may have been aborted or completed.")
                .with("UploadId", uploadId);
    }

    static S3Error invalidPart(String uploadId, int part, @Nullable String eTag) {
        return new S3Error(
                        "InvalidPart",
                        400,
                        "One or more of the specified parts could not be found.  The part may not have been uploaded, or the specified entity tag may not match the part's entity tag.")
                .with("UploadId", uploadId)
                .with("PartNumber", part)
                .with("ETag", eTag == null ? null : eTag.replace("\"", ""));
    }

    static S3Error invalidPartOrder(String uploadId) {
        return new S3Error(
                        "InvalidPartOrder",
                        400,
                        "The list of parts was not in ascending order. Parts must be ordered by part number.")
                .with("UploadId", uploadId);
    }

    static S3Error entityTooSmall(long proposed, long min, int part, String eTag) {
        return new S3Error("EntityTooSmall", 400, "Your proposed upload is smaller than the minimum allowed size")
                .with("ProposedSize", proposed)
                .with("MinSizeAllowed", min)
                .with("PartNumber", part)
                .with("ETag", eTag.replace("\"", ""));
    }

    // ---- requests -----------------------------------------------------------------------------------------------

    static S3Error invalidArgument(String message) {
        return new S3Error("InvalidArgument", 400, message);
    }

    static S3Error invalidArgument(String message, String name, @Nullable Object value) {
        return invalidArgument(message).with("ArgumentName", name).with("ArgumentValue", value);
    }

    static S3Error invalidRequest(String message) {
        return new S3Error("InvalidRequest", 400, message);
    }

    static S3Error badDigest(String message) {
        return new S3Error("BadDigest", 400, message);
    }

    static S3Error invalidDigest(String contentMd5) {
        return new S3Error("InvalidDigest", 400, "The Content-MD5 you specified was invalid.")
                .with("Content-MD5", contentMd5);
    }

    static S3Error invalidTag(String message) {
        return new S3Error("InvalidTag", 400, message);
    }

    static S3Error badRequest(String message) {
        return new S3Error("BadRequest", 400, message);
    }

    static S3Error malformedPolicy(String message) {
        return new S3Error("MalformedPolicy", 400, message);
    }

    static AwsException malformedXml() {
        return new AwsException(
                "MalformedXML",
                400,
                "The XML you provided was not well-formed or did not validate against our published schema");
    }

    static AwsException missingBody() {
        return new AwsException("MissingRequestBodyError", 400, "Request Body is empty");
    }

    /** The form of dates in HTTP headers. */
    static String httpDate(Instant instant) {
        return HTTP_DATE.format(instant);
    }
}
