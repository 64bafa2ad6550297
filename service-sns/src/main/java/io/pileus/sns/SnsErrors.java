package io.pileus.sns;

import io.pileus.core.service.AwsException;
import io.pileus.sns.model.FilterPolicyLimitExceededException;
import io.pileus.sns.model.InvalidParameterException;
import io.pileus.sns.model.InvalidParameterValueException;
import io.pileus.sns.model.NotFoundException;
import io.pileus.sns.model.ResourceNotFoundException;

/** Each error of SNS, with its words. */
public final class SnsErrors {
    private SnsErrors() {}

    public static AwsException invalidParameter(String what) {
        return InvalidParameterException.of("Invalid parameter: " + what);
    }

    static AwsException invalidParameter(String name, String reason) {
        return InvalidParameterException.of("Invalid parameter: " + name + " Reason: " + reason);
    }

    static AwsException invalidValue(String message) {
        return InvalidParameterValueException.of(message);
    }

    static AwsException topicDoesNotExist() {
        return NotFoundException.of("Topic does not exist");
    }

    static AwsException subscriptionDoesNotExist() {
        return NotFoundException.of("Subscription does not exist");
    }

    static AwsException platformApplicationDoesNotExist() {
        return NotFoundException.of("PlatformApplication does not exist");
    }

    static AwsException endpointDoesNotExist() {
        return NotFoundException.of("Endpoint does not exist");
    }

    static AwsException noTarget() {
        return InvalidParameterException.of(
                "Invalid parameter: TopicArn or TargetArn Reason: no value for required parameter");
    }

    static AwsException noEndpointForTarget() {
        return InvalidParameterException.of(
                "Invalid parameter: TargetArn Reason: No endpoint found for the target arn specified");
    }

    static AwsException malformedArn(String parameter, String value) {
        return invalidParameter(
                parameter, "An ARN must have at least 6 elements, not " + (value.split(":", -1).length));
    }

    /** Seen in aws-controllers-k8s/community issue 1867. */
    static AwsException emptyPolicy() {
        return invalidParameter("Policy is empty");
    }

    /** SNS does not say what is wrong; seen in serverless/serverless issue 5519 and cloud-custodian issue 1779. */
    static AwsException malformedPolicy() {
        return invalidParameter("Policy Error: null");
    }

    /** Seen in hashicorp/terraform issue 12740 and aws/aws-cli issue 3143. */
    static AwsException actionOutOfScope() {
        return invalidParameter("Policy statement action out of service scope!");
    }

    static AwsException tooManyFilterPolicies() {
        return FilterPolicyLimitExceededException.of("Filter policy limit exceeded"); // words ours
    }

    static AwsException resourceNotFound() {
        return ResourceNotFoundException.of("Resource does not exist");
    }
}
