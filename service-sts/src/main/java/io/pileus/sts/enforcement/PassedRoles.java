package io.pileus.sts.enforcement;

import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The roles that an operation gives to a service. Who passes a role on needs {@code iam:PassRole} for it.
 *
 * @see <a href="https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_use_passrole.html">Permissions to pass a role</a>
 */
final class PassedRoles {
    private static final Set<String> FIREHOSE = Set.of("RoleARN");
    private static final Set<String> USER_POOL = Set.of("SnsCallerArn");
    private static final Set<String> TOPIC = Set.of(
            "SubscriptionRoleArn",
            "HTTPSuccessFeedbackRoleArn",
            "HTTPFailureFeedbackRoleArn",
            "LambdaSuccessFeedbackRoleArn",
            "LambdaFailureFeedbackRoleArn",
            "SQSSuccessFeedbackRoleArn",
            "SQSFailureFeedbackRoleArn",
            "FirehoseSuccessFeedbackRoleArn",
            "FirehoseFailureFeedbackRoleArn",
            "ApplicationSuccessFeedbackRoleArn",
            "ApplicationFailureFeedbackRoleArn");

    /** Operations, and the members (or keys of maps) at any depth of their input that name a role. */
    private static final Map<String, Set<String>> MEMBERS = Map.ofEntries(
            Map.entry("states:CreateStateMachine", Set.of("roleArn")),
            Map.entry("states:UpdateStateMachine", Set.of("roleArn")),
            Map.entry("lambda:CreateFunction", Set.of("Role")),
            Map.entry("lambda:UpdateFunctionConfiguration", Set.of("Role")),
            Map.entry("firehose:CreateDeliveryStream", FIREHOSE),
            Map.entry("firehose:UpdateDestination", FIREHOSE),
            Map.entry("cognito-idp:CreateUserPool", USER_POOL),
            Map.entry("cognito-idp:UpdateUserPool", USER_POOL),
            Map.entry("cognito-idp:SetUserPoolMfaConfig", USER_POOL),
            Map.entry("cognito-idp:CreateGroup", Set.of("RoleArn")),
            Map.entry("cognito-idp:UpdateGroup", Set.of("RoleArn")),
            Map.entry("cognito-identity:SetIdentityPoolRoles", Set.of("authenticated", "unauthenticated", "RoleARN")),
            Map.entry("sns:Subscribe", TOPIC),
            Map.entry("sns:CreateTopic", TOPIC),
            Map.entry("sns:SetTopicAttributes", Set.of("AttributeValue")),
            Map.entry("sns:SetSubscriptionAttributes", Set.of("AttributeValue")),
            Map.entry("iam:AddRoleToInstanceProfile", Set.of("RoleName")));

    private PassedRoles() {}

    /** ARNs of the roles, or the name of one of the account's own. */
    static List<String> of(String prefix, String operation, InputMembers input) {
        Set<String> members = MEMBERS.getOrDefault(prefix + ":" + operation, Set.of());
        if (members.isEmpty()
                || (prefix.equals("sns")
                        && operation.startsWith("Set")
                        && !TOPIC.contains(input.string("AttributeName")))) {
            return List.of();
        }
        return input.anywhere(members).stream()
                .filter(role -> !role.isEmpty())
                .distinct()
                .toList();
    }

    /** The service that receives the roles, for {@code iam:PassedToService}. */
    static String service(String prefix) {
        return (prefix.equals("iam") ? "ec2" : prefix) + ".amazonaws.com";
    }
}
