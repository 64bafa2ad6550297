package io.pileus.s3;

import io.pileus.core.http.HttpRequest;
import io.pileus.core.service.AwsException;
import io.pileus.core.service.Operation;
import io.pileus.core.service.Violation;
import io.pileus.core.service.Violations;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
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

    /** Operations that keep their body, and its checksum. */
    private static final Set<String> KEEPING_BODIES = Set.of("PutObject", "UploadPart");

    private static final List<String> COUNTS = List.of("max-keys", "max-uploads", "max-parts", "part-number-marker");

    /** More than a thousand of the longest keys take in DeleteObjects; it is read on an event loop. */
    private static final int DOCUMENT_BYTES_MAX = 4 << 20;

    private RequestRules() {}

    static void check(Operation operation, HttpRequest request) {
        checkQuery(operation, request);
        checkChecksumAlgorithm(operation, request);
        checkLength(operation, request);
        if (ABOUT_OBJECTS.contains(operation.name()) || request.body().size() == 0) {
            return;
        }
        if (request.body().size() > DOCUMENT_BYTES_MAX) {
            throw new S3Error("MaxMessageLengthExceeded", 400, "Your request was too big.")
                    .with("MaxMessageLengthBytes", DOCUMENT_BYTES_MAX);
        }
        String md5 = request.header("content-md5");
        Checksums.Announced announced = new Checksums.Announced();
        for (String algorithm : ChecksumAlgorithms.ALL) {
            announced.sum(algorithm, request.header(checksumHeader(algorithm)));
        }
        if (md5 != null || announced.algorithm() != null) {
            Checksums.verify(request.body(), announced, md5, null);
        } else if (NEEDING_CHECKSUM.contains(operation.name())) {
            throw S3Errors.invalidRequest("Missing required header for this request: Content-MD5 OR x-amz-checksum-*");
        }
    }

    /**
     * The size of an object is said before it comes.
     *
     * @see <a href="https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html">MissingContentLength</a>, and
     *     <a href="https://github.com/Automattic/knox/issues/43">S3's answer to Transfer-Encoding</a>
     */
    private static void checkLength(Operation operation, HttpRequest request) {
        if (!KEEPING_BODIES.contains(operation.name()) || request.headers().contains("x-amz-decoded-content-length")) {
            return;
        }
        if (request.headers().contains("transfer-encoding")) {
            throw S3Errors.headerNotImplemented("Transfer-Encoding");
        }
        // HTTP/2 needs no header to tell where a body ends.
        if (request.body().size() == 0 && !request.headers().contains("content-length")) {
            throw new S3Error("MissingContentLength", 411, "You must provide the Content-Length HTTP header.");
        }
    }

    /** The error of a method that is not for the service, a bucket or an object. */
    static AwsException noSuchOperation(HttpRequest request) {
        if (request.method().equals("OPTIONS")) {
            return S3Errors.badRequest(
                    request.header("origin") == null
                            ? "Insufficient information. Origin request header needed."
                            : "Invalid Access-Control-Request-Method: null");
        }
        int slash = request.path().indexOf('/', 1);
        boolean object = slash > 0 && slash < request.path().length() - 1;
        return S3Errors.methodNotAllowed()
                .with("Method", request.method())
                .with("ResourceType", request.path().length() <= 1 ? "SERVICE" : object ? "OBJECT" : "BUCKET");
    }

    /** Parameters that are whole numbers have errors of their own where they are not, and parts need both of theirs. */
    private static void checkQuery(Operation operation, HttpRequest request) {
        Map<String, String> parameters = parameters(request.query());
        for (String name : COUNTS) {
            String value = parameters.get(name);
            if (value != null && !value.isEmpty() && !isInteger(value)) {
                throw S3Errors.invalidArgument(
                        "Provided " + name + " not an integer or within integer range", name, value);
            }
        }
        String part = parameters.get("partNumber");
        if (part != null && !isInteger(part)) {
            throw S3Errors.invalidArgument(
                    "Part number must be an integer between 1 and 10000, inclusive", "partNumber", part);
        }
        String version = parameters.get("versionId");
        if (version != null && KEEPING_BODIES.contains(operation.name())) {
            throw S3Errors.invalidArgument("This operation does not accept a version-id.", "versionId", version);
        }
        boolean ofUpload = parameters.containsKey("uploadId");
        switch (operation.name()) {
            case "PutObject", "CopyObject" -> {
                if (part != null) {
                    throw S3Errors.invalidArgument(
                            "This operation does not accept partNumber without uploadId", "partNumber", "partNumber");
                }
                if (ofUpload) {
                    throw S3Errors.invalidArgument(
                            "This operation does not accept uploadId without partNumber", "uploadId", "uploadId");
                }
            }
            case "CompleteMultipartUpload" -> {
                if (!ofUpload) {
                    throw S3Errors.methodNotAllowed()
                            .with("Method", request.method())
                            .with("ResourceType", "OBJECT");
                }
            }
            default -> {}
        }
    }

    /** The parameters as sent; those that are looked at here have nothing to decode. */
    private static Map<String, String> parameters(String query) {
        if (query.isEmpty()) {
            return Map.of();
        }
        Map<String, String> parameters = new HashMap<>();
        for (String parameter : query.split("&")) {
            int cut = parameter.indexOf('=');
            parameters.put(
                    cut < 0 ? parameter : parameter.substring(0, cut), cut < 0 ? "" : parameter.substring(cut + 1));
        }
        return parameters;
    }

    private static boolean isInteger(String value) {
        try {
            Integer.parseInt(value);
            return true;
        } catch (NumberFormatException e) {
            return false;
        }
    }

    /** Who names an algorithm on the wire sends a checksum of it, in front of the body or behind. */
    private static void checkChecksumAlgorithm(Operation operation, HttpRequest request) {
        String named = request.header("x-amz-sdk-checksum-algorithm");
        if (named == null || !KEEPING_BODIES.contains(operation.name())) {
            return;
        }
        String algorithm = named.toUpperCase(Locale.ROOT);
        List<String> sent = sent(request);
        if (!sent.isEmpty() && !sent.contains(algorithm)) {
            throw S3Errors.invalidRequest("Value for x-amz-sdk-checksum-algorithm header is invalid.");
        }
        if (sent.isEmpty() && ChecksumAlgorithms.ALL.contains(algorithm)) {
            throw S3Errors.invalidRequest(
                    "x-amz-sdk-checksum-algorithm specified, but no corresponding x-amz-checksum-* or x-amz-trailer headers were found.");
        }
    }

    /** The algorithms of the checksums that came with a request, those that followed its body included. */
    private static List<String> sent(HttpRequest request) {
        return ChecksumAlgorithms.ALL.stream()
                .filter(a -> request.header(checksumHeader(a)) != null)
                .toList();
    }

    private static String checksumHeader(String algorithm) {
        return "x-amz-checksum-" + algorithm.toLowerCase(Locale.ROOT);
    }

    /** What is wrong inside a body makes it malformed; what is wrong elsewhere the operations judge themselves. */
    static @Nullable AwsException refusal(Violations violations) {
        for (Violation violation : violations.list()) {
            boolean hasOwnError = violation.member().equals("LocationConstraint")
                    || violation.kind() == Violation.Kind.ENUM
                            && violations.operation().name().equals("PutBucketNotificationConfiguration");
            if (hasOwnError) {
                continue;
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
