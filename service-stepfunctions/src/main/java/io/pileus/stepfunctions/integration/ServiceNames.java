package io.pileus.stepfunctions.integration;

import java.util.Locale;
import java.util.Map;

/** What services are called in errors: by the optimized integrations, and by the SDK for Java. */
final class ServiceNames {
    private static final Map<String, String> OPTIMIZED = Map.ofEntries(
            Map.entry("sqs", "SQS"),
            Map.entry("sns", "SNS"),
            Map.entry("lambda", "Lambda"),
            Map.entry("states", "StepFunctions"),
            Map.entry("dynamodb", "DynamoDB"),
            Map.entry("events", "EventBridge"),
            Map.entry("ecs", "ECS"),
            Map.entry("batch", "Batch"),
            Map.entry("glue", "Glue"),
            Map.entry("athena", "Athena"),
            Map.entry("codebuild", "CodeBuild"),
            Map.entry("sagemaker", "SageMaker"),
            Map.entry("elasticmapreduce", "ElasticMapReduce"),
            Map.entry("apigateway", "ApiGateway"),
            Map.entry("bedrock", "Bedrock"),
            Map.entry("eks", "EKS"));

    /** How the SDK for Java 1.x, which the optimized integrations use, names services in its messages. */
    private static final Map<String, String> SDK_V1 = Map.of(
            "sqs", "AmazonSQS",
            "sns", "AmazonSNS",
            "lambda", "AWSLambda",
            "states", "AWSStepFunctions",
            "dynamodb", "AmazonDynamoDBv2",
            "events", "AmazonCloudWatchEvents");

    private static final Map<String, String> SDK_V2 = Map.of(
            "cognitoidentityprovider", "CognitoIdentityProvider",
            "cognitoidentity", "CognitoIdentity",
            "dynamodb", "DynamoDb",
            "secretsmanager", "SecretsManager",
            "eventbridge", "EventBridge",
            "cloudwatchlogs", "CloudWatchLogs",
            "cloudwatch", "CloudWatch",
            "apigateway", "ApiGateway");

    private ServiceNames() {}

    static String optimized(String service) {
        return OPTIMIZED.getOrDefault(service, capitalized(service));
    }

    static String sdkV1(String service) {
        return SDK_V1.getOrDefault(service, "AWS" + capitalized(service));
    }

    static String sdkV2(String service) {
        return SDK_V2.getOrDefault(service, capitalized(service));
    }

    /** The name by which the operation caller knows a service. */
    static String caller(String service) {
        return service.equals("states") ? "sfn" : service;
    }

    static String capitalized(String text) {
        return text.isEmpty() ? text : text.substring(0, 1).toUpperCase(Locale.ROOT) + text.substring(1);
    }
}
