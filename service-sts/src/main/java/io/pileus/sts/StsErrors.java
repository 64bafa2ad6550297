package io.pileus.sts;

import io.pileus.core.service.AwsException;
import io.pileus.sts.model.ExpiredTokenException;
import io.pileus.sts.model.IDPRejectedClaimException;
import io.pileus.sts.model.InvalidAuthorizationMessageException;
import io.pileus.sts.model.InvalidIdentityTokenException;
import io.pileus.sts.model.MalformedPolicyDocumentException;
import io.pileus.sts.model.PackedPolicyTooLargeException;

/**
 * STS's errors.
 *
 * @see <a href="https://docs.aws.amazon.com/STS/latest/APIReference/CommonErrors.html">Common errors</a>
 */
final class StsErrors {
    private StsErrors() {}

    static AwsException accessDenied(String message) {
        return new AwsException("AccessDenied", 403, message);
    }

    /** The words that AssumeRole has always answered with, without the reason. */
    static AwsException notAuthorized(String callerArn, String action, String resource) {
        return accessDenied(
                "User: " + callerArn + " is not authorized to perform: " + action + " on resource: " + resource);
    }

    /** What an assumption by a federated identity is answered with, which has no ARN. */
    static AwsException notAuthorizedToAssume(String action) {
        return accessDenied("Not authorized to perform " + action);
    }

    static AwsException validation(String message) {
        return new AwsException("ValidationError", 400, message);
    }

    static AwsException invalidParameter(String message) {
        return new AwsException("InvalidParameterValue", 400, message);
    }

    static AwsException invalidArn(String arn) {
        return validation(arn + " is invalid");
    }

    static AwsException malformedPolicy(String message) {
        return MalformedPolicyDocumentException.of(message);
    }

    static AwsException packedPolicyTooLarge(int percent) {
        return PackedPolicyTooLargeException.of(
                "Packed size of session policies and tags consumes " + percent + "% of allotted space.");
    }

    static AwsException durationExceedsRole() {
        return validation("The requested DurationSeconds exceeds the MaxSessionDuration set for this role.");
    }

    static AwsException durationExceedsChain() {
        return validation(
                "The requested DurationSeconds exceeds the 1 hour session limit for roles assumed by role chaining.");
    }

    static AwsException mfaFailed() {
        return accessDenied("MultiFactorAuthentication failed with invalid MFA one time pass code. ");
    }

    static AwsException mfaUnknown() {
        return accessDenied("MultiFactorAuthentication failed, unable to validate MFA code.  "
                + "Please verify your MFA serial number is valid and associated with this user.");
    }

    static AwsException notWithSessionCredentials(String operation) {
        return accessDenied("Cannot call " + operation + " with session credentials");
    }

    static AwsException invalidToken(String message) {
        return InvalidIdentityTokenException.of(message);
    }

    static AwsException rejectedClaim(String message) {
        return IDPRejectedClaimException.of(message);
    }

    static AwsException expiredToken(String message) {
        return ExpiredTokenException.of(message);
    }

    static AwsException invalidAuthorizationMessage() {
        return InvalidAuthorizationMessageException.of("Invalid authorization message");
    }
}
