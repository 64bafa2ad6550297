package io.pileus.s3;

import io.pileus.core.http.HttpRequest;
import io.pileus.core.service.AwsException;
import io.pileus.core.service.Operation;
import io.pileus.core.service.Violation;
import io.pileus.core.service.Violations;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What S3 asks of a request beyond its model, and how it answers a request that breaks the model. */
final class RequestRules {
    /** Their bodies are objects, or their checksum headers are about an object: they are judged where that is known. */
    private static final Set<String> ABOUT_OBJECTS = Set.of(
            "PutObject",
            "UploadPart",
            "PostObject",
            "CompleteMultipartUpload",
            "CreateMultipartUpload",
            "CopyObject",
            "UploadPartCopy",
            "WriteGetObjectResponse");

    /** These must prove that their body arrived whole. */
    private static final Set<String> NEEDING_CHECKSUM = Set.of(
            "DeleteObjects",
            "PutBucketCors",
            "PutBucketLifecycleConfiguration",
            "PutObjectLegalHold",
            "PutObjectLockConfiguration",
            "PutObjectRetention");

    private RequestRules() {}

    static void check(Operation operation, HttpRequest request) {
        if (ABOUT_OBJECTS.contains(operation.name()) || request.body().size() == 0) {
            return;
        }
        String md5 = request.header("content-md5");
        Checksums.Announced announced = new Checksums.Announced();
        for (String algorithm : ChecksumAlgorithms.ALL) {
            announced.sum(algorithm, request.header("x-amz-checksum-" + algorithm.toLowerCase(Locale.ROOT)));
        }
        if (md5 != null || announced.algorithm() != null) {
            Checksums.verify(request.body(), announced, md5, null);
        } else if (NEEDING_CHECKSUM.contains(operation.name())) {
            throw S3Errors.invalidRequest("Missing required header for this request: Content-MD5 OR x-amz-checksum-*");
        }
    }

    /** What is wrong inside a body makes it malformed; what is wrong elsewhere the operations judge themselves. */
    static @Nullable AwsException refusal(Violations violations) {
        for (Violation violation : violations.list()) {
            if (violation.member().equals("LocationConstraint")) {
                continue; // has an error of its own
            }
            if (violation.path().contains(".")) {
                return S3Errors.malformedXml();
            }
            if (violation.kind() == Violation.Kind.REQUIRED) {
                return missing(violation.member());
            }
        }
        return null;
    }

    private static AwsException missing(String member) {
        return switch (member) {
            case "ObjectAttributes" ->
                S3Errors.invalidRequest(
                        "The x-amz-object-attributes header specifying the attributes to be retrieved is either missing or empty");
            case "Id" -> S3Errors.invalidArgument("Missing required query parameter 'id'", "id", null);
            default -> S3Errors.missingBody();
        };
    }
}
