package io.pileus.sqs.state;

import io.pileus.core.identity.Caller;
import io.pileus.core.policy.Effect;
import io.pileus.core.policy.MalformedPolicyException;
import io.pileus.core.policy.PolicyDocument;
import io.pileus.core.policy.PolicyKind;
import io.pileus.core.policy.Principals;
import io.pileus.core.policy.RequestContext;
import io.pileus.core.policy.Statement;
import io.pileus.core.policy.Subject;
import io.pileus.core.port.Delivery;
import io.pileus.sqs.SqsErrors;
import io.pileus.sqs.SqsLimits;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * A queue's access policy, as far as it decides whether another service may send a message. Whether users may do what they
 * ask for is decided by who enforces policies.
 *
 * @see <a href="https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/quotas-policies.html">Policy quotas</a>
 */
public final class QueuePolicy {
    private static final String SEND_MESSAGE = "sqs:SendMessage";

    private final List<Statement> statements;

    private QueuePolicy(List<Statement> statements) {
        this.statements = statements;
    }

    /** Throws AWS's error unless the text is a policy that a queue can have. */
    static void check(String json) {
        PolicyDocument policy;
        try {
            policy = PolicyDocument.parse(json, PolicyKind.RESOURCE);
        } catch (MalformedPolicyException e) {
            throw SqsErrors.invalidAttributeValue(QueueAttributes.POLICY);
        }
        if (json.getBytes(StandardCharsets.UTF_8).length > SqsLimits.POLICY_BYTES) {
            throw SqsErrors.policyTooLong();
        }
        int principals = 0;
        int conditions = 0;
        for (Statement statement : policy.statements()) {
            requireAtMost(
                    SqsLimits.ACTIONS_PER_STATEMENT,
                    statement.actions().patterns().size(),
                    "actions were found in a statement from");
            principals += statement.principals().members().size();
            conditions += statement.conditions().size();
        }
        requireAtMost(SqsLimits.STATEMENTS_PER_POLICY, policy.statements().size(), "statements were found in");
        requireAtMost(SqsLimits.PRINCIPALS_PER_POLICY, principals, "principals were found in");
        requireAtMost(SqsLimits.CONDITIONS_PER_POLICY, conditions, "conditions were found in");
    }

    private static void requireAtMost(int limit, int found, String what) {
        if (found > limit) {
            throw SqsErrors.tooManyInPolicy(found, what, limit);
        }
    }

    /** The policy of a queue. One that cannot be read allows nothing; queues take none of that kind. */
    public static QueuePolicy parse(String json) {
        try {
            return new QueuePolicy(
                    PolicyDocument.parse(json, PolicyKind.RESOURCE).statements());
        } catch (MalformedPolicyException e) {
            return new QueuePolicy(List.of());
        }
    }

    public boolean allowsSending(Delivery delivery, Queue queue) {
        Subject subject = Subject.of(delivery.sender());
        RequestContext context = contextOf(delivery);
        boolean allowed = false;
        for (Statement statement : statements) {
            boolean applies = statement.principals().reach(subject) != Principals.Reach.NONE
                    && statement.applies(SEND_MESSAGE, queue.arn().toString(), context);
            if (applies && statement.effect() == Effect.DENY) {
                return false;
            }
            allowed |= applies;
        }
        return allowed;
    }

    private static RequestContext contextOf(Delivery delivery) {
        Caller sender = delivery.sender();
        String account = sender.account().id();
        String sourceAccount = delivery.source().account().isEmpty()
                ? account
                : delivery.source().account();
        RequestContext.Builder context = RequestContext.builder()
                .with("aws:SourceArn", delivery.source().toString())
                .with("aws:SourceAccount", sourceAccount)
                .with("aws:SourceOwner", sourceAccount)
                .with("aws:SecureTransport", "true")
                .with(
                        "aws:PrincipalIsAWSService",
                        Boolean.toString(sender.serviceName().isPresent()));
        if (sender.serviceName().isPresent()) {
            context.with("aws:PrincipalServiceName", sender.principalArn());
        } else {
            context.with("aws:PrincipalArn", sender.principalArn()).with("aws:PrincipalAccount", account);
        }
        return context.build();
    }
}
