package io.pileus.iam;

import java.util.Locale;
import java.util.Map;

/**
 * What service-linked roles are called. There is no rule: each service's guide says it. Services that are not listed here get
 * the first word of their name.
 *
 * @see <a href="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_aws-services-that-work-with-iam.html">AWS services
 *     that work with IAM</a>
 */
final class LinkedRoleNames {
    private static final String SUFFIX = ".amazonaws.com";

    /** By the service principal's name, without its domain. */
    private static final Map<String, String> KNOWN = Map.ofEntries(
            Map.entry("access-analyzer", "AccessAnalyzer"),
            Map.entry("apidestinations.events", "AmazonEventBridgeApiDestinations"),
            Map.entry("autoscaling", "AutoScaling"),
            Map.entry("autoscaling-plans", "AutoScalingPlans_EC2AutoScaling"),
            Map.entry("cloudtrail", "CloudTrail"),
            Map.entry("cognito-idp", "AmazonCognitoIdp"),
            Map.entry("dynamodb.application-autoscaling", "ApplicationAutoScaling_DynamoDBTable"),
            Map.entry("ecs", "ECS"),
            Map.entry("ecs.application-autoscaling", "ApplicationAutoScaling_ECSService"),
            Map.entry("eks", "AmazonEKS"),
            Map.entry("eks-fargate", "AmazonEKSForFargate"),
            Map.entry("eks-nodegroup", "AmazonEKSNodegroup"),
            Map.entry("elasticache", "ElastiCache"),
            Map.entry("elasticbeanstalk", "ElasticBeanstalk"),
            Map.entry("elasticfilesystem", "AmazonElasticFileSystem"),
            Map.entry("elasticloadbalancing", "ElasticLoadBalancing"),
            Map.entry("email.cognito-idp", "AmazonCognitoIdpEmailService"),
            Map.entry("es", "AmazonElasticsearchService"),
            Map.entry("globalaccelerator", "GlobalAccelerator"),
            Map.entry("guardduty", "AmazonGuardDuty"),
            Map.entry("lambda.application-autoscaling", "ApplicationAutoScaling_LambdaConcurrency"),
            Map.entry("opensearchservice", "AmazonOpenSearchService"),
            Map.entry("ops.apigateway", "APIGateway"),
            Map.entry("rds", "RDS"),
            Map.entry("replication.dynamodb", "DynamoDBReplication"),
            Map.entry("replicator.lambda", "LambdaReplicator"),
            Map.entry("securityhub", "SecurityHub"),
            Map.entry("spot", "EC2Spot"),
            Map.entry("spotfleet", "EC2SpotFleet"),
            Map.entry("ssm", "AmazonSSM"),
            Map.entry("sso", "SSO"),
            Map.entry("transitgateway", "VPCTransitGateway"),
            Map.entry("trustedadvisor", "TrustedAdvisor"),
            Map.entry("wafv2", "WAFV2Logging"));

    private LinkedRoleNames() {}

    /** @param service a service principal, such as {@code autoscaling.amazonaws.com} */
    static String of(String service) {
        String name = service.substring(0, service.length() - SUFFIX.length());
        String first = name.split("\\.", 2)[0];
        return "AWSServiceRoleFor"
                + KNOWN.getOrDefault(name, first.substring(0, 1).toUpperCase(Locale.ROOT) + first.substring(1));
    }
}
