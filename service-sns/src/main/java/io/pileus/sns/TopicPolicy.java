package io.pileus.sns;

import io.pileus.core.identity.Arn;
import io.pileus.core.policy.MalformedPolicyException;
import io.pileus.core.policy.PolicyDocument;
import io.pileus.core.policy.PolicyKind;
import io.pileus.core.policy.Statement;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A topic's access policy: what SNS takes as one. Whether callers may do what they ask for is decided by who enforces
 * policies.
 *
 * @see <a href="https://docs.aws.amazon.com/sns/latest/dg/sns-access-policy-language-api-permissions-reference.html">SNS API
 *     permissions: actions and resources reference</a>
 */
final class TopicPolicy {
    /** The actions that are about a topic, and which its policy can therefore grant. */
    private static final Set<String> ACTIONS = Set.of(
            "AddPermission",
            "DeleteTopic",
            "GetDataProtectionPolicy",
            "GetTopicAttributes",
            "ListSubscriptionsByTopic",
            "ListTagsForResource",
            "Publish",
            "PutDataProtectionPolicy",
            "Receive",
            "RemovePermission",
            "SetTopicAttributes",
            "Subscribe");

    private static final Set<String> ACTIONS_IN_POLICIES =
            ACTIONS.stream().map(a -> "sns:" + a.toLowerCase(Locale.ROOT)).collect(Collectors.toUnmodifiableSet());

    private TopicPolicy() {}

    /** Throws SNS's error unless the text is a policy that a topic can have. */
    static void check(String json) {
        if (json.isEmpty()) {
            throw SnsErrors.emptyPolicy();
        }
        try {
            for (Statement statement :
                    PolicyDocument.parse(json, PolicyKind.RESOURCE).statements()) {
                statement.actions().patterns().forEach(TopicPolicy::checkPattern);
            }
        } catch (MalformedPolicyException e) {
            throw SnsErrors.malformedPolicy();
        }
    }

    private static void checkPattern(String action) {
        boolean wildcard = action.indexOf('*') >= 0 || action.indexOf('?') >= 0;
        if (!wildcard && !ACTIONS_IN_POLICIES.contains(action.toLowerCase(Locale.ROOT))) {
            throw SnsErrors.actionOutOfScope();
        }
    }

    /** Throws SNS's error unless AddPermission can grant the action, which is named without {@code SNS:}. */
    static void checkAction(String action) {
        if (!ACTIONS.contains(action)) {
            throw SnsErrors.actionOutOfScope();
        }
    }

    /** What everyone of the owner's account may do, as AWS writes it for a topic that was given no policy. */
    static String defaultOf(Arn topic) {
        return "{\"Version\":\"2008-10-17\",\"Id\":\"__default_policy_ID\",\"Statement\":[{\"Sid\":\"__default_statement_ID\","
                + "\"Effect\":\"Allow\",\"Principal\":{\"AWS\":\"*\"},\"Action\":[\"SNS:GetTopicAttributes\","
                + "\"SNS:SetTopicAttributes\",\"SNS:AddPermission\",\"SNS:RemovePermission\",\"SNS:DeleteTopic\","
                + "\"SNS:Subscribe\",\"SNS:ListSubscriptionsByTopic\",\"SNS:Publish\"],\"Resource\":\"" + topic
                + "\",\"Condition\":{\"StringEquals\":{\"AWS:SourceOwner\":\"" + topic.account() + "\"}}}]}";
    }
}
