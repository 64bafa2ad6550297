package io.pileus.stepfunctions;

import io.pileus.core.service.AwsException;
import io.pileus.stepfunctions.model.*;

/**
 * The errors of Step Functions in AWS's words.
 *
 * @see <a href="https://docs.aws.amazon.com/step-functions/latest/apireference/API_Operations.html">API reference</a>
 */
final class StepFunctionsErrors {
    private StepFunctionsErrors() {}

    static AwsException invalidArn(String why) {
        return InvalidArnException.of("Invalid Arn: '" + why + "'");
    }

    static AwsException wrongResourceType(String type) {
        return invalidArn("Resource type not valid in this context: " + type);
    }

    static AwsException invalidName(String name) {
        return InvalidNameException.of("Invalid Name: '" + name + "'");
    }

    static AwsException invalidDefinition(String sentence) {
        return InvalidDefinitionException.of(sentence);
    }

    static AwsException invalidInput(String why) {
        return InvalidExecutionInputException.of("Invalid State Machine Execution Input: '" + why + "'");
    }

    static AwsException stateMachineDoesNotExist(String arn) {
        return StateMachineDoesNotExistException.of("State Machine Does Not Exist: '" + arn + "'");
    }

    static AwsException stateMachineAlreadyExists(String arn) {
        return StateMachineAlreadyExistsException.of("State Machine Already Exists: '" + arn + "'");
    }

    static AwsException stateMachineDeleting(String arn) {
        return StateMachineDeletingException.of("State Machine is being deleted: '" + arn + "'");
    }

    static AwsException executionDoesNotExist(String arn) {
        return ExecutionDoesNotExistException.of("Execution Does Not Exist: '" + arn + "'");
    }

    static AwsException executionAlreadyExists(String arn) {
        return ExecutionAlreadyExistsException.of("Execution Already Exists: '" + arn + "'");
    }

    static AwsException activityDoesNotExist(String arn) {
        return ActivityDoesNotExistException.of("Activity Does Not Exist: '" + arn + "'");
    }

    static AwsException activityAlreadyExists(String arn) {
        return ActivityAlreadyExistsException.of("Activity Already Exists: '" + arn + "'");
    }

    static AwsException typeNotSupported() {
        return StateMachineTypeNotSupportedException.of(
                "This operation is not supported by this type of state machine");
    }

    static AwsException resourceNotFound(String arn) {
        return ResourceNotFoundException.builder()
                .message("Resource not found: '" + arn + "'")
                .resourceName(arn)
                .build();
    }

    /** What a request for an alias, or with an unknown version, is answered. */
    static AwsException missingResource() {
        return ResourceNotFoundException.of("Request references a resource that does not exist.");
    }

    static AwsException invalidToken() {
        return InvalidTokenException.of("Invalid Token: 'Invalid token'");
    }

    static AwsException taskTimedOut() {
        return TaskTimedOutException.of("Task Timed Out: 'Provided task does not exist anymore'");
    }

    static AwsException invalidOutput(String why) {
        return InvalidOutputException.of("Invalid Output: '" + why + "'");
    }

    static AwsException validation(String message) {
        return ValidationException.of(message);
    }

    static AwsException validation(String message, String reason) {
        return ValidationException.builder().message(message).reason(reason).build();
    }

    static AwsException conflict(String message) {
        return ConflictException.of(message);
    }

    static AwsException invalidEncryption(String message) {
        return InvalidEncryptionConfigurationException.of("Invalid Encryption Configuration: " + message);
    }

    static AwsException invalidLogging(String message) {
        return InvalidLoggingConfigurationException.of("Invalid Logging Configuration: " + message);
    }
}
