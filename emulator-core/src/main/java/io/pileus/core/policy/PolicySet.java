package io.pileus.core.policy;

import java.util.List;
import java.util.Optional;

/**
 * Every policy that has a say in a request.
 *
 * @param identity the policies attached to the caller (and to the caller's groups)
 * @param boundary the caller's permissions boundary
 * @param session the policies given when the session was made
 * @param resource the resource's own policy, or the role's trust policy
 * @param resourceRule what the resource's policy means for callers of its own account
 */
public record PolicySet(
        List<AttachedPolicy> identity,
        Optional<AttachedPolicy> boundary,
        List<AttachedPolicy> session,
        Optional<AttachedPolicy> resource,
        ResourceRule resourceRule) {
    /** No policy at all. */
    public static final PolicySet NONE =
            new PolicySet(List.of(), Optional.empty(), List.of(), Optional.empty(), ResourceRule.SUFFICES);

    /** What a resource's policy means for callers of its own account. */
    public enum ResourceRule {
        /** It or an identity policy must allow: the common case. */
        SUFFICES,
        /** It must allow, be it by naming the account: KMS keys and roles' trust policies. */
        REQUIRED
    }

    public PolicySet {
        identity = List.copyOf(identity);
        session = List.copyOf(session);
    }

    /** The same policies, with a resource's. */
    public PolicySet withResource(AttachedPolicy policy, ResourceRule rule) {
        return new PolicySet(identity, boundary, session, Optional.of(policy), rule);
    }
}
