package io.pileus.iam;

import io.pileus.core.policy.MalformedPolicyException;
import io.pileus.core.service.AwsException;
import io.pileus.iam.model.DeleteConflictException;
import io.pileus.iam.model.EntityAlreadyExistsException;
import io.pileus.iam.model.InvalidInputException;
import io.pileus.iam.model.LimitExceededException;
import io.pileus.iam.model.MalformedPolicyDocumentException;
import io.pileus.iam.model.NoSuchEntityException;
import io.pileus.iam.model.UnmodifiableEntityException;
import java.util.Locale;

/**
 * IAM's errors in IAM's words, as its answers have been seen to carry them (they are quoted in AWS's forums, in Terraform's
 * provider and in the CLI's documentation).
 *
 * @see <a href="https://docs.aws.amazon.com/IAM/latest/APIReference/CommonErrors.html">Common errors</a>
 */
final class IamErrors {
    private IamErrors() {}

    /** @param kind {@code user}, {@code group} or {@code role} */
    static AwsException noSuch(String kind, String name) {
        return NoSuchEntityException.of("The " + kind + " with name " + name + " cannot be found.");
    }

    static AwsException noSuchEntity(String message) {
        return NoSuchEntityException.of(message);
    }

    static AwsException noSuchPolicy(String arn) {
        return NoSuchEntityException.of("Policy " + arn + " was not found.");
    }

    static AwsException notAttachable(String arn) {
        return NoSuchEntityException.of("Policy " + arn + " does not exist or is not attachable.");
    }

    static AwsException noSuchInstanceProfile(String name) {
        return NoSuchEntityException.of("Instance Profile " + name + " cannot be found.");
    }

    static AwsException noSuchAccessKey(String id) {
        return NoSuchEntityException.of("The Access Key with id " + id + " cannot be found.");
    }

    static AwsException alreadyExists(String kind, String name) {
        String capital = kind.substring(0, 1).toUpperCase(Locale.ROOT) + kind.substring(1);
        return EntityAlreadyExistsException.of(capital + " with name " + name + " already exists.");
    }

    static AwsException entityAlreadyExists(String message) {
        return EntityAlreadyExistsException.of(message);
    }

    static AwsException deleteConflict(String what) {
        return DeleteConflictException.of(what);
    }

    static AwsException quota(String name, int limit) {
        return LimitExceededException.of("Cannot exceed quota for " + name + ": " + limit);
    }

    static AwsException limitExceeded(String message) {
        return LimitExceededException.of(message);
    }

    static AwsException invalidInput(String message) {
        return InvalidInputException.of(message);
    }

    static AwsException malformed(MalformedPolicyException e) {
        return MalformedPolicyDocumentException.of(e.getMessage());
    }

    static AwsException unmodifiable(String message) {
        return UnmodifiableEntityException.of(message);
    }

    static AwsException validation(String message) {
        return new AwsException("ValidationError", 400, message);
    }

    static AwsException accessDenied(String message) {
        return new AwsException("AccessDenied", 403, message);
    }
}
