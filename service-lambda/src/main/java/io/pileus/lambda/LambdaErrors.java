package io.pileus.lambda;

import io.pileus.core.identity.Region;
import io.pileus.core.service.AwsException;
import io.pileus.lambda.model.*;

/** Lambda's errors with their words. */
public final class LambdaErrors {
    private LambdaErrors() {}

    public static AwsException functionNotFound(String arn) {
        return ResourceNotFoundException.builder()
                .message("Function not found: " + arn)
                .type("User")
                .build();
    }

    static AwsException otherRegion(Region functions, Region here) {
        return notFound("Functions from '" + functions + "' are not reachable in this region ('" + here + "')");
    }

    static AwsException aliasNotFound(String arn) {
        return ResourceNotFoundException.builder()
                .message("Cannot find alias arn: " + arn)
                .type("User")
                .build();
    }

    public static AwsException noSuchResource() {
        return notFound("The resource you requested does not exist.");
    }

    public static AwsException notFound(String message) {
        return ResourceNotFoundException.builder().message(message).type("User").build();
    }

    public static AwsException conflict(String message) {
        return ResourceConflictException.builder().message(message).type("User").build();
    }

    public static AwsException invalid(String message) {
        return InvalidParameterValueException.builder()
                .message(message)
                .type("User")
                .build();
    }

    static AwsException revisionMismatch() {
        return PreconditionFailedException.builder()
                .message("The Revision Id provided does not match the latest Revision Id. Call the"
                        + " GetFunction/GetAlias API to retrieve the latest Revision Id")
                .type("User")
                .build();
    }

    public static AwsException accessDenied(String message) {
        return new AwsException("AccessDeniedException", 403, message);
    }

    public static AwsException throttled(String reason) {
        return TooManyRequestsException.builder()
                .message("Rate Exceeded.")
                .type("User")
                .reason(reason)
                .build();
    }

    static AwsException tooLarge(int bytes, String invocationType, int limit) {
        return RequestTooLargeException.builder()
                .message(bytes + " byte payload is too large for the " + invocationType + " invocation type (limit "
                        + limit + " bytes)")
                .type("User")
                .build();
    }

    static AwsException notJson(String why) {
        return InvalidRequestContentException.builder()
                .message("Could not parse request body into json: " + why)
                .type("User")
                .build();
    }

    static AwsException notAnArchive() {
        return invalid("Could not unzip uploaded file. Please check your file, then try to upload again.");
    }

    /** A value that the service, not its model, finds outside its range. */
    static AwsException validation(String message) {
        return new AwsException("ValidationException", 400, "1 validation error detected: " + message);
    }
}
