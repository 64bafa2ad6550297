package io.pileus.sqs;

import io.pileus.core.identity.Arn;
import io.pileus.core.identity.Caller;
import io.pileus.core.service.AwsException;
import io.pileus.sqs.model.BatchEntryIdsNotDistinctException;
import io.pileus.sqs.model.BatchRequestTooLongException;
import io.pileus.sqs.model.EmptyBatchRequestException;
import io.pileus.sqs.model.InvalidAddressException;
import io.pileus.sqs.model.InvalidAttributeNameException;
import io.pileus.sqs.model.InvalidAttributeValueException;
import io.pileus.sqs.model.InvalidBatchEntryIdException;
import io.pileus.sqs.model.InvalidMessageContentsException;
import io.pileus.sqs.model.KmsAccessDeniedException;
import io.pileus.sqs.model.KmsDisabledException;
import io.pileus.sqs.model.KmsInvalidKeyUsageException;
import io.pileus.sqs.model.KmsInvalidStateException;
import io.pileus.sqs.model.KmsNotFoundException;
import io.pileus.sqs.model.KmsThrottledException;
import io.pileus.sqs.model.MessageNotInflightException;
import io.pileus.sqs.model.OverLimitException;
import io.pileus.sqs.model.PurgeQueueInProgressException;
import io.pileus.sqs.model.QueueDeletedRecentlyException;
import io.pileus.sqs.model.QueueDoesNotExistException;
import io.pileus.sqs.model.QueueNameExistsException;
import io.pileus.sqs.model.ReceiptHandleIsInvalidException;
import io.pileus.sqs.model.RequestThrottledException;
import io.pileus.sqs.model.ResourceNotFoundException;
import io.pileus.sqs.model.TooManyEntriesInBatchRequestException;
import io.pileus.sqs.model.UnsupportedOperationException;
import java.util.Locale;

/**
 * The errors of SQS: code, status and words. The words are AWS's as its answers show them, where such answers have been
 * published; a factory whose words are ours says so.
 *
 * @see <a href="https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/CommonErrors.html">Common errors</a>
 */
public final class SqsErrors {
    private SqsErrors() {}

    public static AwsException queueDoesNotExist() {
        return QueueDoesNotExistException.of("The specified queue does not exist.");
    }

    /** Of a queue of another account, of which the caller shall not learn whether it exists; seen in aws/aws-sdk-js issue 3228. */
    static AwsException queueOutOfReach() {
        return QueueDoesNotExistException.of("The specified queue does not exist or you do not have access to it.");
    }

    static AwsException invalidAddress(String queueUrl) {
        return InvalidAddressException.of("The address " + queueUrl + " is not valid for this endpoint.");
    }

    static AwsException queueNameExists(String attribute) {
        return QueueNameExistsException.of(
                "A queue already exists with the same name and a different value for attribute " + attribute);
    }

    static AwsException queueDeletedRecently() {
        return QueueDeletedRecentlyException.of(
                "You must wait 60 seconds after deleting a queue before you can create another with the same name.");
    }

    static AwsException purgeQueueInProgress(String queue) {
        return PurgeQueueInProgressException.of(
                "Only one PurgeQueue operation on " + queue + " is allowed every 60 seconds.");
    }

    static AwsException invalidQueueName() {
        return invalidParameterValue(
                "Can only include alphanumeric characters, hyphens, or underscores. 1 to 80 in length");
    }

    static AwsException invalidFifoQueueName() {
        return invalidParameterValue("The name of a FIFO queue can only include alphanumeric characters, hyphens, or"
                + " underscores, must end with .fifo suffix and be 1 to 80 in length.");
    }

    public static AwsException unknownAttribute(String name) {
        return InvalidAttributeNameException.of("Unknown Attribute " + name + ".");
    }

    public static AwsException invalidAttributeValue(String name) {
        return InvalidAttributeValueException.of("Invalid value for the parameter " + name + ".");
    }

    public static AwsException invalidAttributeValue(String name, String reason) {
        return InvalidAttributeValueException.of("Invalid value for the parameter " + name + ". Reason: " + reason);
    }

    public static AwsException twoKindsOfEncryption() {
        return InvalidAttributeValueException.of(
                "You can use one type of server-side encryption (SSE) at one time. You can"
                        + " either enable KMS SSE or SQS SSE.");
    }

    /** What SQS says of most parameters that are wrong. */
    public static AwsException invalidParameter(String value, String name, String reason) {
        return invalidParameterValue("Value " + value + " for parameter " + name + " is invalid. Reason: " + reason);
    }

    static AwsException invalidParameterValue(String message) {
        return SqsException.of("InvalidParameterValue", "InvalidParameterValueException", message);
    }

    static AwsException missingParameter(String name) {
        return SqsException.of(
                "MissingParameter",
                "MissingRequiredParameterException",
                "The request must contain the parameter " + name + ".");
    }

    static AwsException notForThisQueueType(Object value, String name) {
        return invalidParameter(
                value.toString(), name, "The request include parameter that is not valid for this queue type.");
    }

    static AwsException noDeduplicationId() {
        return invalidParameterValue("The queue should either have ContentBasedDeduplication enabled or"
                + " MessageDeduplicationId provided explicitly");
    }

    static AwsException invalidMessageContents() {
        return InvalidMessageContentsException.of(
                "Invalid characters found. Valid unicode characters are #x9 | #xA | #xD |"
                        + " #x20 to #xD7FF | #xE000 to #xFFFD | #x10000 to #x10FFFF");
    }

    static AwsException listValues() {
        return UnsupportedOperationException.of(
                "Message attribute list values in SendMessage operation are not supported.");
    }

    static AwsException tooManyAttributes(int attributes) {
        return invalidParameterValue("Number of message attributes [" + attributes + "] exceeds the allowed maximum ["
                + SqsLimits.MESSAGE_ATTRIBUTES + "].");
    }

    static AwsException messageTooLong(int limitBytes) {
        return invalidParameterValue(
                "One or more parameters are invalid. Reason: Message must be shorter than " + limitBytes + " bytes.");
    }

    static AwsException batchTooLong(long bytes) {
        return BatchRequestTooLongException.of("Batch requests cannot be longer than " + SqsLimits.MESSAGE_BYTES
                + " bytes. You have sent " + bytes + " bytes.");
    }

    static AwsException emptyBatch(String entryName) {
        return EmptyBatchRequestException.of("There should be at least one " + entryName + " in the request.");
    }

    static AwsException tooManyEntries(int entries) {
        return TooManyEntriesInBatchRequestException.of("Maximum number of entries per request are "
                + SqsLimits.BATCH_ENTRIES + ". You have sent " + entries + ".");
    }

    static AwsException invalidBatchEntryId() {
        return InvalidBatchEntryIdException.of("A batch entry id can only contain alphanumeric characters, hyphens and"
                + " underscores. It can be at most 80 letters long.");
    }

    static AwsException repeatedBatchEntryId(String id) {
        return BatchEntryIdsNotDistinctException.of("Id " + id + " repeated.");
    }

    static AwsException receiptHandleIsInvalid(String handle) {
        return ReceiptHandleIsInvalidException.of(
                "The input receipt handle \"" + handle + "\" is not a valid receipt handle.");
    }

    /** Seen in aws/aws-sdk-js issue 1279 and boto/boto3 issue 2898. */
    static AwsException receiptHandleExpired(String handle) {
        return invalidParameter(handle, "ReceiptHandle", "The receipt handle has expired.");
    }

    /** Seen in mapbox/ecs-watchbot issue 135. */
    static AwsException messageGone(String handle) {
        return invalidParameter(
                handle, "ReceiptHandle", "Message does not exist or is not available for visibility timeout change.");
    }

    static AwsException visibilityBeyondLimit(int seconds) {
        return invalidParameter(
                Integer.toString(seconds),
                "VisibilityTimeout",
                "Total VisibilityTimeout for the message is beyond the limit [43200 seconds]");
    }

    static AwsException messageNotInFlight() {
        return MessageNotInflightException.of("The specified message isn't in flight.");
    }

    public static AwsException tooManyMessagesInFlight(String queue) {
        return OverLimitException.of("Too many messages in flight for queue " + queue + "."); // words ours
    }

    static AwsException tooManyActions(int actions) {
        return OverLimitException.of(
                actions + " Actions were found, maximum allowed is " + SqsLimits.ACTIONS_PER_STATEMENT + ".");
    }

    /**
     * Seen for statements in dapr/components-contrib issue 1780, for "actions were found in a statement from" in
     * ministryofjustice/cloud-platform-environments pull request 9082; taken to be alike for principals and conditions.
     */
    public static AwsException tooManyInPolicy(int found, String what, int allowed) {
        return OverLimitException.of(found + " " + what + " the submitted policy, max allowed is " + allowed);
    }

    /** Seen in BishopFox/cloudfoxable issue 29. */
    public static AwsException policyTooLong() {
        return OverLimitException.of("Submitted policy is over max allowed size.");
    }

    static AwsException requestThrottled() {
        return RequestThrottledException.of("Rate exceeded"); // words ours
    }

    static AwsException tooManyTags(String queue) {
        return invalidParameterValue("Too many tags added for queue " + queue + ".");
    }

    static AwsException resourceNotFound(String parameter) {
        return ResourceNotFoundException.of(
                "The resource that you specified for the " + parameter + " parameter doesn't exist.");
    }

    static AwsException moveTaskNotFound() {
        return ResourceNotFoundException.of("Task does not exist.");
    }

    static AwsException onlyReceiveMessage() {
        return SqsException.of("InvalidRequest", "InvalidRequest", "This endpoint only accepts ReceiveMessage calls");
    }

    static AwsException accessDenied() {
        return SqsException.of("AccessDenied", "AccessDeniedException", "Access to the resource is denied.");
    }

    static AwsException accessDenied(Caller caller, String action, Arn queue) {
        String permission = "sqs:" + action.toLowerCase(Locale.ROOT);
        return SqsException.of(
                "AccessDenied",
                "AccessDeniedException",
                "User: " + caller.principalArn() + " is not authorized to perform: " + permission + " on resource: "
                        + queue + " because no resource-based policy allows the " + permission + " action");
    }

    /** KMS's refusal of a queue's key, as SQS hands it on. */
    static AwsException kms(String code, String message) {
        return switch (code) {
            case "DisabledException" -> KmsDisabledException.of(message);
            case "NotFoundException" -> KmsNotFoundException.of(message);
            case "InvalidKeyUsageException" -> KmsInvalidKeyUsageException.of(message);
            case "AccessDeniedException" -> KmsAccessDeniedException.of(message);
            case "ThrottlingException" -> KmsThrottledException.of(message);
            default -> KmsInvalidStateException.of(message);
        };
    }
}
