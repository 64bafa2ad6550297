package io.pileus.sts;

import io.pileus.core.identity.Arn;
import io.pileus.core.identity.Caller;
import io.pileus.core.policy.AttachedPolicy;
import io.pileus.core.policy.AttachedPolicy.Place;
import io.pileus.core.policy.MalformedPolicyException;
import io.pileus.core.policy.PolicyDocument;
import io.pileus.core.policy.PolicyKind;
import io.pileus.core.policy.PolicySet;
import io.pileus.core.policy.RequestContext;
import io.pileus.core.policy.Subject;
import io.pileus.core.service.CallContext;
import io.pileus.core.service.Client;
import io.pileus.iam.EntityPolicies;
import io.pileus.iam.IamAccounts;
import io.pileus.iam.state.IamAccount;
import io.pileus.iam.state.IamEntity;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A caller as the policy engine sees it: subject, policies and the condition keys that tell of it. */
public final class CallerPolicies {
    private final IamAccounts accounts;
    private final EntityPolicies entityPolicies;
    private final Sessions sessions;

    public CallerPolicies(IamAccounts accounts, EntityPolicies entityPolicies, Sessions sessions) {
        this.accounts = accounts;
        this.entityPolicies = entityPolicies;
        this.sessions = sessions;
    }

    /** Allows everything: what a caller may do where policies are not enforced, and what root may do. */
    static AttachedPolicy everything() {
        return Everything.POLICY;
    }

    public Subject subject(Caller caller) {
        String account = caller.account().id();
        Optional<Session> session = sessions.find(caller.accessKeyId());
        return switch (caller.kind()) {
            case ROOT -> Subject.root(account);
            case USER -> Subject.user(account, caller.principalArn(), caller.userId());
            case ASSUMED_ROLE ->
                Subject.roleSession(
                        account,
                        caller.principalArn(),
                        session.map(s -> s.principal().issuerArn()).orElseGet(() -> roleArn(caller)),
                        session.map(s -> s.principal().issuerId())
                                .orElseGet(() -> caller.userId().split(":", 2)[0]));
            case FEDERATED_USER ->
                Subject.federatedUser(
                        account,
                        caller.principalArn(),
                        session.map(s -> s.principal().issuerArn()).orElse(""));
            case SERVICE -> Subject.service(caller.principalArn());
            case ANONYMOUS -> Subject.anonymous();
        };
    }

    /** The role of a session that is not remembered any more; its path is not known. */
    private static String roleArn(Caller caller) {
        String[] parts = caller.principalArn().split("/");
        return "arn:aws:iam::" + caller.account() + ":role/" + (parts.length > 1 ? parts[1] : "");
    }

    /** The caller's own policies and session policies. A role or user that does not exist has none. */
    public PolicySet policies(Caller caller) {
        Optional<Session> session = sessions.find(caller.accessKeyId());
        List<AttachedPolicy> narrowing = session.map(s -> s.traits().policies()).orElse(List.of());
        PolicySet own = switch (caller.kind()) {
            case ROOT -> PolicySet.NONE;
            case USER -> ofEntity(caller, caller.principalArn());
            case ASSUMED_ROLE -> ofEntity(caller, subject(caller).issuerArn());
            case FEDERATED_USER -> federated(caller, narrowing);
            case SERVICE, ANONYMOUS -> PolicySet.NONE;
        };
        return new PolicySet(own.identity(), own.boundary(), narrowing, Optional.empty(), own.resourceRule());
    }

    /** A federated user has what its session policies and its user's policies both allow; without session policies, nothing. */
    private PolicySet federated(Caller caller, List<AttachedPolicy> narrowing) {
        if (narrowing.isEmpty()) {
            return PolicySet.NONE;
        }
        String issuer = subject(caller).issuerArn();
        return issuer.endsWith(":root")
                ? new PolicySet(
                        List.of(everything()),
                        Optional.empty(),
                        List.of(),
                        Optional.empty(),
                        PolicySet.ResourceRule.SUFFICES)
                : ofEntity(caller, issuer);
    }

    private PolicySet ofEntity(Caller caller, String arn) {
        IamAccount account = accounts.of(caller.account());
        return account.locked(() -> entity(account, arn))
                .map(e -> account.locked(() -> entityPolicies.of(account, e)))
                .orElse(PolicySet.NONE);
    }

    private static Optional<IamEntity> entity(IamAccount account, String arn) {
        String resource = Arn.parse(arn).map(Arn::resource).orElse("");
        String name = resource.substring(resource.lastIndexOf('/') + 1);
        IamEntity entity = resource.startsWith("role/")
                ? account.roles().get(name)
                : account.users().get(name);
        return Optional.ofNullable(entity);
    }

    /**
     * The global condition keys of a call. No service here calls another with its caller's own credentials, so {@code
     * aws:ViaAWSService} is false and {@code aws:CalledVia} absent; there are neither organizations nor virtual networks.
     */
    public RequestContext.Builder context(CallContext call) {
        Caller caller = call.caller();
        Instant now = call.receivedAt();
        RequestContext.Builder keys = RequestContext.builder()
                .with("aws:CurrentTime", now.toString())
                .with("aws:EpochTime", Long.toString(now.getEpochSecond()))
                .with("aws:SecureTransport", String.valueOf(call.endpoint().startsWith("https:")))
                .with("aws:RequestedRegion", call.region().id())
                .with("aws:PrincipalIsAWSService", String.valueOf(caller.kind() == Caller.Kind.SERVICE));
        addClient(keys, call.client());
        if (caller.kind() == Caller.Kind.SERVICE) {
            return keys.with("aws:PrincipalServiceName", caller.principalArn())
                    .with("aws:PrincipalServiceNamesList", List.of(caller.principalArn()));
        }
        keys.with("aws:ViaAWSService", "false");
        if (caller.kind() == Caller.Kind.ANONYMOUS) {
            return keys.with("aws:PrincipalType", "Anonymous").with("aws:userid", "anonymous");
        }
        Subject subject = subject(caller);
        keys.with("aws:PrincipalArn", subject.issuerArn())
                .with("aws:PrincipalAccount", caller.account().id())
                .with("aws:userid", caller.userId())
                .with(
                        "aws:PrincipalType",
                        switch (caller.kind()) {
                            case ROOT -> "Account";
                            case USER -> "User";
                            case ASSUMED_ROLE -> "AssumedRole";
                            case FEDERATED_USER -> "FederatedUser";
                            case SERVICE, ANONYMOUS -> "";
                        })
                .tags("aws:PrincipalTag", caller.sessionTags());
        if (caller.kind() == Caller.Kind.USER) {
            keys.with(
                    "aws:username",
                    caller.principalArn().substring(caller.principalArn().lastIndexOf('/') + 1));
        }
        sessions.find(caller.accessKeyId()).ifPresent(session -> addSession(keys, session, now));
        return keys;
    }

    private static void addClient(RequestContext.Builder keys, Client client) {
        if (!client.address().isEmpty()) {
            keys.with("aws:SourceIp", client.address());
        }
        if (!client.userAgent().isEmpty()) {
            keys.with("aws:UserAgent", client.userAgent());
        }
        if (!client.referer().isEmpty()) {
            keys.with("aws:Referer", client.referer());
        }
    }

    private static void addSession(RequestContext.Builder keys, Session session, Instant now) {
        keys.with("aws:TokenIssueTime", session.issuedAt().toString());
        Session.Traits traits = session.traits();
        keys.with("aws:MultiFactorAuthPresent", String.valueOf(traits.mfaAt().isPresent()));
        traits.mfaAt()
                .ifPresent(at -> keys.with(
                        "aws:MultiFactorAuthAge",
                        Long.toString(Duration.between(at, now).toSeconds())));
        if (!traits.sourceIdentity().isEmpty()) {
            keys.with("aws:SourceIdentity", traits.sourceIdentity());
        }
        if (!traits.federatedProvider().isEmpty()) {
            keys.with("aws:FederatedProvider", traits.federatedProvider());
        }
    }

    /** The request's tags as condition keys. */
    static void addRequestTags(RequestContext.Builder keys, Map<String, String> tags) {
        if (!tags.isEmpty()) {
            keys.tags("aws:RequestTag", tags).with("aws:TagKeys", List.copyOf(tags.keySet()));
        }
    }

    /** Parsed when it is first needed, which most servers never do. */
    private static final class Everything {
        static final AttachedPolicy POLICY = parse();

        private static AttachedPolicy parse() {
            try {
                return new AttachedPolicy(
                        Place.IDENTITY,
                        "everything",
                        PolicyDocument.parse(
                                "{\"Statement\":{\"Effect\":\"Allow\",\"Action\":\"*\",\"Resource\":\"*\"}}",
                                PolicyKind.IDENTITY));
            } catch (MalformedPolicyException e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
