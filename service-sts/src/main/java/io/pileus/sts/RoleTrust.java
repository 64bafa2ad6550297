package io.pileus.sts;

import io.pileus.core.identity.AccountId;
import io.pileus.core.identity.Arn;
import io.pileus.core.policy.AccessRequest;
import io.pileus.core.policy.AttachedPolicy;
import io.pileus.core.policy.AttachedPolicy.Place;
import io.pileus.core.policy.Decision;
import io.pileus.core.policy.MalformedPolicyException;
import io.pileus.core.policy.PolicyDocument;
import io.pileus.core.policy.PolicyEvaluation;
import io.pileus.core.policy.PolicyKind;
import io.pileus.core.policy.PolicySet;
import io.pileus.core.policy.RequestContext;
import io.pileus.core.policy.Subject;
import io.pileus.iam.IamAccounts;
import io.pileus.iam.state.IamAccount;
import io.pileus.iam.state.Role;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Roles as they are taken on: found by ARN, and guarded by their trust policy, which is always judged when the role
 * exists. A role that does not exist is taken on without questions where the emulator is lenient (ADR 0010).
 */
final class RoleTrust {
    /** The longest session of a role that does not exist: the longest that any role can have. */
    private static final Duration LENIENT_SESSION_MAX = Duration.ofHours(12);

    private final IamAccounts accounts;
    private final boolean lenient;

    RoleTrust(IamAccounts accounts, boolean lenient) {
        this.accounts = accounts;
        this.lenient = lenient;
    }

    /**
     * A role that may be taken on.
     *
     * @param trust its trust policy; empty for a role that does not exist
     */
    record Target(
            IamAccount account,
            String arn,
            String name,
            String id,
            Duration maxSession,
            Map<String, String> tags,
            Optional<PolicyDocument> trust) {}

    /** The role's account and name, or an error. */
    static Arn roleArn(String text) {
        return Arn.parse(text)
                .filter(a -> a.service().equals("iam")
                        && AccountId.isValid(a.account())
                        && a.resource().startsWith("role/")
                        && !a.resource().endsWith("/"))
                .orElseThrow(() -> StsErrors.invalidArn(text));
    }

    /** Finds the role; what the caller is answered when it does not exist and must is {@code denied}. */
    Target find(String roleArn, Supplier<RuntimeException> denied) {
        Arn arn = roleArn(roleArn);
        String name = arn.resource().substring(arn.resource().lastIndexOf('/') + 1);
        IamAccount account = accounts.of(new AccountId(arn.account()));
        return account.locked(() -> {
            Role role = account.roles().get(name);
            if (role != null && role.arn().equalsIgnoreCase(roleArn)) {
                return new Target(
                        account,
                        role.arn(),
                        role.name(),
                        role.id(),
                        role.maxSession(),
                        Map.copyOf(role.tags()),
                        Optional.of(parse(role.trustPolicy())));
            }
            if (role != null || !lenient) {
                throw denied.get();
            }
            return new Target(
                    account,
                    roleArn,
                    name,
                    account.lenientRoleId(name),
                    LENIENT_SESSION_MAX,
                    Map.of(),
                    Optional.empty());
        });
    }

    private static PolicyDocument parse(String text) {
        try {
            return PolicyDocument.parse(text, PolicyKind.TRUST);
        } catch (MalformedPolicyException e) {
            throw new IllegalStateException("a stored trust policy does not parse", e);
        }
    }

    /** Whether the trust policy and the caller's own policies let the subject do this to the role. */
    static Decision decide(
            Target target, Subject subject, PolicySet callerPolicies, String action, RequestContext context) {
        AccessRequest request = new AccessRequest(
                subject, action, target.arn(), target.account().id().id(), context);
        AttachedPolicy trust = new AttachedPolicy(
                Place.TRUST, target.arn(), target.trust().orElseThrow(() -> new IllegalStateException("lenient role")));
        return PolicyEvaluation.decide(request, callerPolicies.withResource(trust, PolicySet.ResourceRule.REQUIRED));
    }
}
