package io.pileus.server.control;

import io.pileus.core.service.AwsException;

/**
 * How each service says that there were too many requests.
 *
 * @see <a href="https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SendMessage.html">SQS</a>, <a
 *     href="https://docs.aws.amazon.com/sns/latest/api/API_Publish.html">SNS</a>, <a
 *     href="https://docs.aws.amazon.com/kinesis/latest/APIReference/API_PutRecord.html">Kinesis</a>, <a
 *     href="https://docs.aws.amazon.com/firehose/latest/APIReference/API_PutRecord.html">Firehose</a>, <a
 *     href="https://docs.aws.amazon.com/lambda/latest/api/API_Invoke.html">Lambda</a>, and the pages of common errors
 */
final class Throttling {
    private Throttling() {}

    static AwsException errorOf(String service) {
        return switch (service) {
            case "sqs" -> new AwsException("RequestThrottled", 403, "Request is throttled.");
            case "sns" -> new AwsException("Throttled", 429, "Rate exceeded");
            case "kinesis" ->
                new AwsException("ProvisionedThroughputExceededException", 400, "Rate exceeded for shard in stream.");
            case "firehose" -> new AwsException("ServiceUnavailableException", 503, "Slow down.");
            case "lambda" -> new AwsException("TooManyRequestsException", 429, "Rate Exceeded.");
            case "cognito-idp", "cognito-identity" ->
                new AwsException("TooManyRequestsException", 400, "Rate exceeded");
            case "s3" -> new AwsException("SlowDown", 503, "Please reduce your request rate.");
            case "sts", "iam" -> new AwsException("Throttling", 400, "Rate exceeded");
            default -> new AwsException("ThrottlingException", 400, "Rate exceeded");
        };
    }
}
