package io.pileus.sts;

import io.pileus.core.identity.AccountId;
import io.pileus.core.identity.Arn;
import io.pileus.core.identity.Caller;
import io.pileus.core.identity.Region;
import io.pileus.core.policy.PolicySet;
import io.pileus.core.policy.RequestContext;
import io.pileus.core.policy.Subject;
import io.pileus.core.port.RoleSessions;
import io.pileus.core.service.AwsException;
import io.pileus.core.time.EmulatorClock;
import io.pileus.iam.AccessKeyIds;
import io.pileus.iam.IamAccounts;
import io.pileus.iam.state.AccessKey;
import io.pileus.iam.state.IamAccount;
import io.pileus.iam.state.User;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The credentials that IAM and STS have issued, for the front end and for the other services. */
final class IssuedRoleSessions implements RoleSessions {
    private static final Duration SERVICE_SESSION = Duration.ofHours(1);
    private static final Invalid INVALID_TOKEN =
            new Invalid("InvalidClientTokenId", "The security token included in the request is invalid");
    private static final Invalid EXPIRED_TOKEN =
            new Invalid("ExpiredToken", "The security token included in the request is expired");

    private final IamAccounts accounts;
    private final Sessions sessions;
    private final RoleTrust roles;
    private final AssumedRoles assumed;
    private final SessionPolicies sessionPolicies;
    private final EmulatorClock clock;

    IssuedRoleSessions(
            IamAccounts accounts,
            Sessions sessions,
            RoleTrust roles,
            AssumedRoles assumed,
            SessionPolicies sessionPolicies,
            EmulatorClock clock) {
        this.accounts = accounts;
        this.sessions = sessions;
        this.roles = roles;
        this.assumed = assumed;
        this.sessionPolicies = sessionPolicies;
        this.clock = clock;
    }

    @Override
    public Lookup lookup(String accessKeyId, Optional<String> sessionToken) {
        if (accessKeyId.length() != 20) {
            return new Unknown();
        }
        if (accessKeyId.startsWith("AKIA")) {
            return longTerm(accessKeyId);
        }
        if (!accessKeyId.startsWith("ASIA")) {
            return new Unknown();
        }
        return switch (sessions.find(accessKeyId, sessionToken, clock.instant())) {
            case Sessions.Valid valid -> new Known(valid.session().caller());
            case Sessions.Expired expired -> EXPIRED_TOKEN;
            case Sessions.Wrong wrong -> INVALID_TOKEN;
            case Sessions.Foreign foreign -> new Unknown();
        };
    }

    private Lookup longTerm(String accessKeyId) {
        Optional<IamAccount> account = AccessKeyIds.account(accessKeyId).flatMap(accounts::find);
        Optional<AccessKey> key = account.flatMap(a -> a.accessKey(accessKeyId));
        if (key.isEmpty()) {
            return new Unknown();
        }
        if (!key.get().active()) {
            return INVALID_TOKEN;
        }
        IamAccount owner = account.orElseThrow();
        return owner.locked(() -> {
            User user = owner.users().get(key.get().userName());
            return user == null
                    ? INVALID_TOKEN
                    : new Known(
                            new Caller(owner.id(), user.arn(), user.id(), accessKeyId, Caller.Kind.USER, user.tags()));
        });
    }

    @Override
    public Optional<String> secretOf(String accessKeyId) {
        Optional<String> temporary = sessions.find(accessKeyId).map(s -> s.secretAccessKey());
        return temporary.isPresent()
                ? temporary
                : AccessKeyIds.account(accessKeyId)
                        .flatMap(accounts::find)
                        .flatMap(a -> a.accessKey(accessKeyId))
                        .map(AccessKey::secret);
    }

    @Override
    public Assumed assumeForService(String roleArn, String servicePrincipal, String sessionName, String sourceArn) {
        RequestContext.Builder context = RequestContext.builder()
                .with("sts:RoleSessionName", sessionName)
                .with("aws:PrincipalIsAWSService", "true")
                .with("aws:PrincipalServiceName", servicePrincipal)
                .with("aws:PrincipalServiceNamesList", List.of(servicePrincipal))
                .with(
                        "aws:SourceAccount",
                        Arn.parse(sourceArn)
                                .or(() -> Arn.parse(roleArn))
                                .map(Arn::account)
                                .orElse(""));
        if (!sourceArn.isEmpty()) {
            context.with("aws:SourceArn", sourceArn);
        }
        AwsException denied = StsErrors.notAuthorized(servicePrincipal, "sts:AssumeRole", roleArn);
        return assume(
                roleArn,
                new AssumedRoles.Asking(
                        Subject.service(servicePrincipal), PolicySet.NONE, "sts:AssumeRole", context.build()),
                target -> wanted(sessionName, SERVICE_SESSION, target, Map.of(), Optional.empty(), ""),
                denied);
    }

    @Override
    public Assumed assumeForWebIdentity(
            String roleArn,
            String provider,
            Map<String, String> claims,
            String sessionName,
            Duration duration,
            Map<String, String> sessionTags,
            Optional<String> sessionPolicy) {
        RequestContext.Builder context = RequestContext.builder()
                .with("sts:RoleSessionName", sessionName)
                .with("aws:FederatedProvider", provider);
        claims.forEach(context::with);
        CallerPolicies.addRequestTags(context, sessionTags);
        return assume(
                roleArn,
                new AssumedRoles.Asking(
                        Subject.federated(provider), PolicySet.NONE, "sts:AssumeRoleWithWebIdentity", context.build()),
                target -> wanted(sessionName, duration, target, sessionTags, sessionPolicy, provider),
                StsErrors.notAuthorizedToAssume("sts:AssumeRoleWithWebIdentity"));
    }

    private AssumedRoles.Wanted wanted(
            String sessionName,
            Duration duration,
            RoleTrust.Target target,
            Map<String, String> tags,
            Optional<String> policy,
            String provider) {
        return new AssumedRoles.Wanted(
                sessionName,
                duration,
                SessionTags.join(tags, List.of(), Map.of(), target.tags()),
                "",
                Optional.empty(),
                sessionPolicies.of(target.account().id(), policy.orElse(null), List.of(), tags),
                provider);
    }

    private interface Wanting {
        AssumedRoles.Wanted of(RoleTrust.Target target);
    }

    private Assumed assume(String roleArn, AssumedRoles.Asking asking, Wanting wanting, AwsException denied) {
        Instant now = clock.instant();
        try {
            RoleTrust.Target target = roles.find(roleArn, () -> denied);
            AssumedRoles.Wanted wanted = wanting.of(target);
            assumed.checkTrust(target, asking, wanted, denial -> denied);
            io.pileus.sts.Session session = assumed.issue(target, wanted, now, Region.US_EAST_1);
            return new RoleSessions.Session(
                    session.accessKeyId(),
                    session.secretAccessKey(),
                    session.sessionToken(),
                    session.expiration(),
                    session.caller());
        } catch (AwsException e) {
            return new Denied(e.queryCode(), String.valueOf(e.getMessage()));
        }
    }

    /** Forgets the sessions of accounts. */
    void forget(java.util.function.Predicate<AccountId> covered) {
        sessions.forget(covered);
    }
}
