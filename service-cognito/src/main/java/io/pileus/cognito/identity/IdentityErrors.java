package io.pileus.cognito.identity;

import io.pileus.cognito.identity.model.InvalidIdentityPoolConfigurationException;
import io.pileus.cognito.identity.model.InvalidParameterException;
import io.pileus.cognito.identity.model.NotAuthorizedException;
import io.pileus.cognito.identity.model.ResourceConflictException;
import io.pileus.cognito.identity.model.ResourceNotFoundException;
import io.pileus.core.service.AwsException;

/** The errors of identity pools, in Cognito's words. */
final class IdentityErrors {
    private IdentityErrors() {}

    static AwsException poolNotFound(String id) {
        return ResourceNotFoundException.of("IdentityPool '" + id + "' not found.");
    }

    static AwsException identityNotFound(String id) {
        return ResourceNotFoundException.of("Identity '" + id + "' not found.");
    }

    static AwsException forbidden(String id) {
        return NotAuthorizedException.of("Access to Identity '" + id + "' is forbidden.");
    }

    static AwsException guestsNotAllowed() {
        return NotAuthorizedException.of("Unauthenticated access is not supported for this identity pool.");
    }

    static AwsException loginsDoNotMatch() {
        return NotAuthorizedException.of(
                "Logins don't match. Please include at least one valid login for this identity or identity pool.");
    }

    static AwsException loginTaken() {
        return ResourceConflictException.of("The login is already linked to another identity.");
    }

    /** @param how what the classic flow is not */
    static AwsException classicFlow(String how) {
        return InvalidParameterException.of("Basic (classic) flow is not " + how + ", please use enhanced flow.");
    }

    static AwsException unsupportedProvider() {
        return NotAuthorizedException.of("Token is not from a supported provider of this identity pool.");
    }

    static AwsException invalidLogin(String why) {
        return NotAuthorizedException.of("Invalid login token. " + why);
    }

    static AwsException noRole() {
        return InvalidIdentityPoolConfigurationException.of(
                "Invalid identity pool configuration. Check assigned IAM roles for this pool.");
    }

    static AwsException invalidParameter(String message) {
        return InvalidParameterException.of(message);
    }
}
