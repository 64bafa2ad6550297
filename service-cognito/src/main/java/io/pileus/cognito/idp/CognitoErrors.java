package io.pileus.cognito.idp;

import io.pileus.cognito.idp.model.AliasExistsException;
import io.pileus.cognito.idp.model.CodeMismatchException;
import io.pileus.cognito.idp.model.ExpiredCodeException;
import io.pileus.cognito.idp.model.InvalidParameterException;
import io.pileus.cognito.idp.model.LimitExceededException;
import io.pileus.cognito.idp.model.NotAuthorizedException;
import io.pileus.cognito.idp.model.PasswordResetRequiredException;
import io.pileus.cognito.idp.model.ResourceNotFoundException;
import io.pileus.cognito.idp.model.UserNotConfirmedException;
import io.pileus.cognito.idp.model.UserNotFoundException;
import io.pileus.cognito.idp.model.UsernameExistsException;
import io.pileus.core.service.AwsException;

/** The errors that several operations answer with, in Cognito's words. */
public final class CognitoErrors {
    private CognitoErrors() {}

    public static AwsException poolNotFound(String poolId) {
        return ResourceNotFoundException.of("User pool " + poolId + " does not exist.");
    }

    public static AwsException clientNotFound(String clientId) {
        return ResourceNotFoundException.of("User pool client " + clientId + " does not exist.");
    }

    public static AwsException groupNotFound() {
        return ResourceNotFoundException.of("Group not found.");
    }

    public static AwsException userNotFound() {
        return UserNotFoundException.of("User does not exist.");
    }

    public static AwsException incorrectUsernameOrPassword() {
        return NotAuthorizedException.of("Incorrect username or password.");
    }

    public static AwsException usernameExists() {
        return UsernameExistsException.of("User already exists");
    }

    public static AwsException userDisabled() {
        return NotAuthorizedException.of("User is disabled.");
    }

    public static AwsException userNotConfirmed() {
        return UserNotConfirmedException.of("User is not confirmed.");
    }

    public static AwsException passwordResetRequired() {
        return PasswordResetRequiredException.of("Password reset required for the user");
    }

    public static AwsException codeMismatch() {
        return CodeMismatchException.of("Invalid verification code provided, please try again.");
    }

    public static AwsException codeExpired() {
        return ExpiredCodeException.of("Invalid code provided, please request a code again.");
    }

    public static AwsException attemptLimit() {
        return LimitExceededException.of("Attempt limit exceeded, please try after some time.");
    }

    public static AwsException aliasExists(String attribute) {
        return switch (attribute) {
            case "email" -> AliasExistsException.of("An account with the given email already exists.");
            case "phone_number" -> AliasExistsException.of("An account with the given phone_number already exists.");
            default -> AliasExistsException.of("Already found an entry for username");
        };
    }

    public static AwsException invalidParameter(String message) {
        return InvalidParameterException.of(message);
    }

    public static AwsException notAuthorized(String message) {
        return NotAuthorizedException.of(message);
    }

    public static AwsException invalidSession() {
        return NotAuthorizedException.of("Invalid session for the user.");
    }

    public static AwsException sessionExpired() {
        return NotAuthorizedException.of("Invalid session for the user, session is expired.");
    }

    public static AwsException invalidAccessToken() {
        return NotAuthorizedException.of("Invalid Access Token");
    }

    public static AwsException unableToVerifySecretHash(String clientId) {
        return NotAuthorizedException.of("Unable to verify secret hash for client " + clientId);
    }
}
