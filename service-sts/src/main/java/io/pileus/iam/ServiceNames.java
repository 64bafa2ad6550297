package io.pileus.iam;

import java.util.Map;
import java.util.TreeMap;

/**
 * Services by their prefix in actions, as the access advisor names them: those that are here and some that policies often
 * name besides.
 *
 * @see <a href="https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html">Service
 *     prefixes</a>
 */
final class ServiceNames {
    static final Map<String, String> BY_NAMESPACE = new TreeMap<>(Map.ofEntries(
            Map.entry("apigateway", "Amazon API Gateway Management"),
            Map.entry("athena", "Amazon Athena"),
            Map.entry("cloudformation", "AWS CloudFormation"),
            Map.entry("cloudfront", "Amazon CloudFront"),
            Map.entry("cloudtrail", "AWS CloudTrail"),
            Map.entry("cloudwatch", "Amazon CloudWatch"),
            Map.entry("codebuild", "AWS CodeBuild"),
            Map.entry("codecommit", "AWS CodeCommit"),
            Map.entry("cognito-identity", "Amazon Cognito Identity"),
            Map.entry("cognito-idp", "Amazon Cognito User Pools"),
            Map.entry("dynamodb", "Amazon DynamoDB"),
            Map.entry("ec2", "Amazon EC2"),
            Map.entry("ecr", "Amazon Elastic Container Registry"),
            Map.entry("ecs", "Amazon Elastic Container Service"),
            Map.entry("eks", "Amazon Elastic Kubernetes Service"),
            Map.entry("elasticloadbalancing", "Elastic Load Balancing"),
            Map.entry("events", "Amazon EventBridge"),
            Map.entry("firehose", "Amazon Kinesis Firehose"),
            Map.entry("glue", "AWS Glue"),
            Map.entry("iam", "AWS Identity and Access Management"),
            Map.entry("kinesis", "Amazon Kinesis"),
            Map.entry("kms", "AWS Key Management Service"),
            Map.entry("lambda", "AWS Lambda"),
            Map.entry("logs", "Amazon CloudWatch Logs"),
            Map.entry("rds", "Amazon RDS"),
            Map.entry("route53", "Amazon Route 53"),
            Map.entry("s3", "Amazon S3"),
            Map.entry("secretsmanager", "AWS Secrets Manager"),
            Map.entry("ses", "Amazon SES"),
            Map.entry("sns", "Amazon SNS"),
            Map.entry("sqs", "Amazon SQS"),
            Map.entry("ssm", "AWS Systems Manager"),
            Map.entry("states", "AWS Step Functions"),
            Map.entry("sts", "AWS Security Token Service"),
            Map.entry("xray", "AWS X-Ray")));

    private ServiceNames() {}

    static String of(String namespace) {
        return BY_NAMESPACE.getOrDefault(namespace, namespace);
    }
}
