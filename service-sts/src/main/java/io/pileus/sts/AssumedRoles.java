package io.pileus.sts;

import io.pileus.core.identity.Caller;
import io.pileus.core.identity.Region;
import io.pileus.core.policy.Decision;
import io.pileus.core.policy.PolicySet;
import io.pileus.core.policy.RequestContext;
import io.pileus.core.policy.Subject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** The common end of every way to take on a role: the trust policy is asked, and a session comes into being. */
final class AssumedRoles {
    private final Sessions sessions;

    AssumedRoles(Sessions sessions) {
        this.sessions = sessions;
    }

    /**
     * Who asks, and how.
     *
     * @param action {@code sts:AssumeRole} or one of its kin
     * @param policies the caller's own policies
     */
    record Asking(Subject subject, PolicySet policies, String action, RequestContext context) {}

    /** What the session is to be. */
    record Wanted(
            String sessionName,
            Duration duration,
            SessionTags tags,
            String sourceIdentity,
            Optional<Instant> mfaAt,
            SessionPolicies.Packed policies,
            String federatedProvider) {}

    /** Refuses with {@code denied} of the action that the role's trust or the caller's policies do not allow. */
    void checkTrust(RoleTrust.Target target, Asking asking, Wanted wanted, Function<Denial, RuntimeException> denied) {
        if (target.trust().isEmpty()) {
            return;
        }
        List<String> actions = new ArrayList<>();
        actions.add(asking.action());
        if (!wanted.tags().given().isEmpty()) {
            actions.add("sts:TagSession");
        }
        if (!wanted.sourceIdentity().isEmpty()) {
            actions.add("sts:SetSourceIdentity");
        }
        for (String action : actions) {
            Decision decision = RoleTrust.decide(target, asking.subject(), asking.policies(), action, asking.context());
            if (!decision.isAllowed()) {
                throw denied.apply(new Denial(action, decision));
            }
        }
    }

    /** Which action was denied, and why. */
    record Denial(String action, Decision decision) {}

    Session issue(RoleTrust.Target target, Wanted wanted, Instant now, Region region) {
        String account = target.account().id().id();
        String sessionArn = "arn:aws:sts::" + account + ":assumed-role/" + target.name() + "/" + wanted.sessionName();
        Session session = sessions.issue(
                Caller.Kind.ASSUMED_ROLE,
                new Session.Principal(
                        target.account().id(),
                        sessionArn,
                        target.id() + ":" + wanted.sessionName(),
                        target.arn(),
                        target.id()),
                new Session.Traits(
                        wanted.tags().principal(),
                        wanted.tags().transitive(),
                        wanted.sourceIdentity(),
                        wanted.mfaAt(),
                        wanted.policies().policies(),
                        wanted.federatedProvider(),
                        wanted.tags().given().keySet()),
                now,
                wanted.duration());
        target.account().locked(() -> {
            var role = target.account().roles().get(target.name());
            if (role != null) {
                role.used(now, region.id());
            }
            return target;
        });
        return session;
    }
}
