package io.pileus.s3;

import io.pileus.core.service.AwsException;

/** S3's errors, with its messages. */
final class S3Errors {
    private S3Errors() {}

    static AwsException noSuchBucket() {
        return new AwsException("NoSuchBucket", 404, "The specified bucket does not exist");
    }

    static AwsException noSuchKey() {
        return new AwsException("NoSuchKey", 404, "The specified key does not exist.");
    }

    static AwsException noSuchVersion() {
        return new AwsException("NoSuchVersion", 404, "The specified version does not exist.");
    }

    static AwsException noSuchUpload() {
        return new AwsException(
                "NoSuchUpload",
                404,
                "The specified upload does not exist. The upload ID may be invalid, or the upload may have been aborted or completed.");
    }

    static AwsException methodNotAllowed() {
        return new AwsException("MethodNotAllowed", 405, "The specified method is not allowed against this resource.");
    }

    static AwsException preconditionFailed() {
        return new AwsException(
                "PreconditionFailed", 412, "At least one of the pre-conditions you specified did not hold");
    }

    static AwsException notModified() {
        return new AwsException("NotModified", 304, "Not Modified");
    }

    static AwsException invalidRange() {
        return new AwsException("InvalidRange", 416, "The requested range is not satisfiable");
    }

    static AwsException invalidArgument(String message) {
        return new AwsException("InvalidArgument", 400, message);
    }

    static AwsException invalidRequest(String message) {
        return new AwsException("InvalidRequest", 400, message);
    }

    static AwsException invalidPart() {
        return new AwsException(
                "InvalidPart",
                400,
                "One or more of the specified parts could not be found.  The part may not have been uploaded, or the specified entity tag may not match the part's entity tag.");
    }

    static AwsException malformedXml() {
        return new AwsException(
                "MalformedXML",
                400,
                "The XML you provided was not well-formed or did not validate against our published schema");
    }
}
