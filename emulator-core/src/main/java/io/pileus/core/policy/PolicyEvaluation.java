package io.pileus.core.policy;

import io.pileus.core.identity.Caller;
import io.pileus.core.policy.AttachedPolicy.Place;
import io.pileus.core.policy.Decision.Matched;
import io.pileus.core.policy.Principals.Reach;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The evaluation logic: an explicit deny anywhere wins; otherwise an allow is needed, and where it must come from depends
 * on the caller and on whose the resource is.
 *
 * <ul>
 *   <li>In one account, an allow of the identity policies or of the resource's policy is enough. The boundary and the
 *       session policies must agree, unless the resource's policy names the user or the session itself; that a policy
 *       names a role spares the identity policies only.
 *   <li>Across accounts both must allow: the caller's own policies and the resource's.
 *   <li>A KMS key's policy and a role's trust policy must allow in any case, be it by naming the account.
 *   <li>Root needs no identity policy. Services and federated identities have none: the resource's policy decides.
 * </ul>
 *
 * <p>There are no organizations here, and so no service or resource control policies.
 *
 * @see <a href="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html">Policy evaluation logic</a>
 */
public final class PolicyEvaluation {
    private final AccessRequest request;
    private final PolicySet policies;

    private PolicyEvaluation(AccessRequest request, PolicySet policies) {
        this.request = request;
        this.policies = policies;
    }

    /** Decides a request. */
    public static Decision decide(AccessRequest request, PolicySet policies) {
        return new PolicyEvaluation(request, policies).decide();
    }

    private Decision decide() {
        Optional<Matched> denial = Stream.of(
                        policies.identity().stream(),
                        policies.resource().stream(),
                        policies.session().stream(),
                        policies.boundary().stream())
                .flatMap(all -> all)
                .flatMap(policy -> matching(policy, Effect.DENY))
                .findFirst();
        if (denial.isPresent()) {
            return Decision.explicitDeny(denial.get());
        }
        List<Matched> fromResource = policies.resource().stream()
                .flatMap(policy -> matching(policy, Effect.ALLOW))
                .toList();
        Reach reach = fromResource.stream()
                .map(m -> m.statement().principals().reach(request.subject()))
                .max(Reach::compareTo)
                .orElse(Reach.NONE);
        return switch (request.subject().kind()) {
            case SERVICE, ANONYMOUS ->
                reach == Reach.NONE
                        ? Decision.implicitDeny(resourcePlace(), List.of())
                        : Decision.allowed(fromResource);
            case ROOT, USER, ASSUMED_ROLE, FEDERATED_USER ->
                request.crossAccount() ? acrossAccounts(fromResource, reach) : inOneAccount(fromResource, reach);
        };
    }

    private Decision inOneAccount(List<Matched> fromResource, Reach reach) {
        if (reach == Reach.DIRECT) {
            return Decision.allowed(fromResource);
        }
        if (reach == Reach.ROLE) {
            // A policy that names everyone or the role spares a user all of its own policies, sessions only the
            // attached ones.
            return request.subject().kind() == Caller.Kind.USER
                    ? Decision.allowed(fromResource)
                    : limited(fromResource);
        }
        if (reach == Reach.NONE && policies.resourceRule() == PolicySet.ResourceRule.REQUIRED) {
            return Decision.implicitDeny(resourcePlace(), List.of());
        }
        return byIdentity(fromResource);
    }

    private Decision acrossAccounts(List<Matched> fromResource, Reach reach) {
        Decision own = byIdentity(List.of());
        if (!own.isAllowed()) {
            return own;
        }
        if (reach == Reach.NONE) {
            return Decision.implicitDeny(resourcePlace(), own.statements());
        }
        return Decision.allowed(joined(own.statements(), fromResource));
    }

    /** The caller's own policies must allow. */
    private Decision byIdentity(List<Matched> fromResource) {
        List<Matched> allowing = policies.identity().stream()
                .flatMap(policy -> matching(policy, Effect.ALLOW))
                .toList();
        if (allowing.isEmpty() && request.subject().kind() != Caller.Kind.ROOT) {
            return Decision.implicitDeny(Place.IDENTITY, fromResource);
        }
        return limited(joined(fromResource, allowing));
    }

    /** The boundary and the session policies, where there are any, must allow too. */
    private Decision limited(List<Matched> allowing) {
        List<Matched> all = new ArrayList<>(allowing);
        if (policies.boundary().isPresent()) {
            List<Matched> within =
                    matching(policies.boundary().get(), Effect.ALLOW).toList();
            if (within.isEmpty()) {
                return Decision.implicitDeny(Place.BOUNDARY, allowing);
            }
            all.addAll(within);
        }
        if (!policies.session().isEmpty()) {
            List<Matched> within = policies.session().stream()
                    .flatMap(policy -> matching(policy, Effect.ALLOW))
                    .toList();
            if (within.isEmpty()) {
                return Decision.implicitDeny(Place.SESSION, allowing);
            }
            all.addAll(within);
        }
        return Decision.allowed(all);
    }

    private Place resourcePlace() {
        return policies.resource().map(AttachedPolicy::place).orElse(Place.RESOURCE);
    }

    private Stream<Matched> matching(AttachedPolicy policy, Effect effect) {
        return policy.document().statements().stream()
                .filter(s -> s.effect() == effect)
                .filter(s -> !s.principals().isPresent() || s.principals().reach(request.subject()) != Reach.NONE)
                .filter(s -> s.applies(request.action(), request.resource(), request.context()))
                .map(s -> new Matched(policy, s));
    }

    private static List<Matched> joined(List<Matched> first, List<Matched> second) {
        List<Matched> both = new ArrayList<>(first);
        both.addAll(second);
        return both;
    }
}
