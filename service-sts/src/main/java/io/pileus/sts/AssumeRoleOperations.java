package io.pileus.sts;

import io.pileus.core.identity.AccountId;
import io.pileus.core.identity.Arn;
import io.pileus.core.identity.Caller;
import io.pileus.core.policy.AttachedPolicy;
import io.pileus.core.policy.AttachedPolicy.Place;
import io.pileus.core.policy.PolicySet;
import io.pileus.core.policy.RequestContext;
import io.pileus.core.policy.Subject;
import io.pileus.core.service.CallContext;
import io.pileus.sts.model.*;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** AssumeRole and AssumeRoot. */
final class AssumeRoleOperations {
    private static final Logger log = LoggerFactory.getLogger("io.pileus.sts");

    /** @see <a href="https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html">AssumeRole</a> */
    private static final Duration DURATION_DEFAULT = Duration.ofHours(1);

    private static final Duration CHAINED_DURATION_MAX = Duration.ofHours(1);
    private static final Duration ROOT_DURATION_MAX = Duration.ofMinutes(15);

    private final RoleTrust roles;
    private final AssumedRoles assumed;
    private final Sessions sessions;
    private final CallerPolicies callerPolicies;
    private final SessionPolicies sessionPolicies;
    private final MfaCheck mfa;
    private final EnforcementMode mode;

    AssumeRoleOperations(
            RoleTrust roles,
            AssumedRoles assumed,
            Sessions sessions,
            CallerPolicies callerPolicies,
            SessionPolicies sessionPolicies,
            MfaCheck mfa,
            EnforcementMode mode) {
        this.roles = roles;
        this.assumed = assumed;
        this.sessions = sessions;
        this.callerPolicies = callerPolicies;
        this.sessionPolicies = sessionPolicies;
        this.mfa = mfa;
        this.mode = mode;
    }

    AssumeRoleResponse assumeRole(AssumeRoleRequest input, CallContext call) {
        String roleArn = Objects.requireNonNull(input.roleArn());
        String callerArn = call.caller().principalArn();
        if (!input.providedContexts().isEmpty()) {
            call.notEmulated("trusted context assertions (ProvidedContexts)");
        }
        Optional<Session> chain = sessions.find(call.caller().accessKeyId());
        boolean chained = call.caller().kind() == Caller.Kind.ASSUMED_ROLE;
        RoleTrust.Target target =
                roles.find(roleArn, () -> StsErrors.notAuthorized(callerArn, "sts:AssumeRole", roleArn));
        Duration duration = duration(input.durationSeconds(), chained);
        SessionTags tags = SessionTags.join(
                SessionTags.of(input.tags()),
                input.transitiveTagKeys(),
                chain.map(s -> s.traits().transitiveTags()).orElse(Map.of()),
                target.tags());
        SessionPolicies.Packed policies =
                sessionPolicies.of(target.account().id(), input.policy(), input.policyArns(), tags.given());
        Optional<Instant> mfaAt = mfa.check(input.serialNumber(), input.tokenCode(), call);
        AssumedRoles.Wanted wanted = new AssumedRoles.Wanted(
                Objects.requireNonNull(input.roleSessionName()),
                duration,
                tags,
                sourceIdentity(input.sourceIdentity(), chain, callerArn, roleArn),
                mfaAt,
                policies,
                "");
        checkTrust(target, wanted, input, call);
        checkDuration(duration, chained, target);
        Session session = assumed.issue(target, wanted, call.receivedAt(), call.region());
        return AssumeRoleResponse.builder()
                .credentials(Answers.credentials(session))
                .assumedRoleUser(Answers.assumedRoleUser(session))
                .packedPolicySize(policies.percent().orElse(null))
                .sourceIdentity(wanted.sourceIdentity().isEmpty() ? null : wanted.sourceIdentity())
                .build();
    }

    private static Duration duration(@org.jspecify.annotations.Nullable Integer seconds, boolean chained) {
        Duration duration = seconds == null ? DURATION_DEFAULT : Duration.ofSeconds(seconds);
        if (chained && duration.compareTo(CHAINED_DURATION_MAX) > 0) {
            throw StsErrors.durationExceedsChain();
        }
        return duration;
    }

    private static void checkDuration(Duration duration, boolean chained, RoleTrust.Target target) {
        if (duration.compareTo(target.maxSession()) > 0) {
            throw StsErrors.durationExceedsRole();
        }
    }

    /** Once set, a source identity stays for the whole chain of roles. */
    private static String sourceIdentity(
            @org.jspecify.annotations.Nullable String wanted,
            Optional<Session> chain,
            String callerArn,
            String roleArn) {
        String inherited = chain.map(s -> s.traits().sourceIdentity()).orElse("");
        if (wanted != null && !inherited.isEmpty() && !wanted.equals(inherited)) {
            throw StsErrors.notAuthorized(callerArn, "sts:SetSourceIdentity", roleArn);
        }
        return inherited.isEmpty() && wanted != null ? wanted : inherited;
    }

    private void checkTrust(
            RoleTrust.Target target, AssumedRoles.Wanted wanted, AssumeRoleRequest input, CallContext call) {
        RequestContext context = context(wanted, input, call);
        Subject subject = callerPolicies.subject(call.caller());
        PolicySet everything = new PolicySet(
                List.of(CallerPolicies.everything()),
                Optional.empty(),
                List.of(),
                Optional.empty(),
                PolicySet.ResourceRule.REQUIRED);
        if (mode != EnforcementMode.OFF) {
            AssumedRoles.Asking own =
                    new AssumedRoles.Asking(subject, callerPolicies.policies(call.caller()), "sts:AssumeRole", context);
            try {
                assumed.checkTrust(target, own, wanted, denial -> denied(denial, target, call));
            } catch (io.pileus.core.service.AwsException e) {
                if (mode == EnforcementMode.ON) {
                    throw e;
                }
                log.warn("sts.AssumeRole would be denied: {}", e.getMessage());
            }
        }
        assumed.checkTrust(
                target,
                new AssumedRoles.Asking(subject, everything, "sts:AssumeRole", context),
                wanted,
                denial -> denied(denial, target, call));
    }

    private static RuntimeException denied(AssumedRoles.Denial denial, RoleTrust.Target target, CallContext call) {
        return StsErrors.notAuthorized(call.caller().principalArn(), denial.action(), target.arn());
    }

    private RequestContext context(AssumedRoles.Wanted wanted, AssumeRoleRequest input, CallContext call) {
        RequestContext.Builder keys = callerPolicies.context(call).with("sts:RoleSessionName", wanted.sessionName());
        if (input.externalId() != null) {
            keys.with("sts:ExternalId", input.externalId());
        }
        if (!wanted.sourceIdentity().isEmpty()) {
            keys.with("sts:SourceIdentity", wanted.sourceIdentity());
        }
        if (wanted.mfaAt().isPresent()) {
            keys.with("aws:MultiFactorAuthPresent", "true").with("aws:MultiFactorAuthAge", "0");
        }
        if (!input.transitiveTagKeys().isEmpty()) {
            keys.with("sts:TransitiveTagKeys", input.transitiveTagKeys());
        }
        CallerPolicies.addRequestTags(keys, wanted.tags().given());
        return keys.build();
    }

    // ---- AssumeRoot ---------------------------------------------------------------------------------------------

    /** Differs from AWS: there are no organizations, so every account may act as the management account. */
    AssumeRootResponse assumeRoot(AssumeRootRequest input, CallContext call) {
        AccountId account = targetAccount(Objects.requireNonNull(input.targetPrincipal()));
        String task = input.taskPolicyArn() == null
                ? ""
                : String.valueOf(input.taskPolicyArn().arn());
        Duration duration =
                input.durationSeconds() == null ? ROOT_DURATION_MAX : Duration.ofSeconds(input.durationSeconds());
        Session session = sessions.issue(
                Caller.Kind.ROOT,
                new Session.Principal(
                        account,
                        "arn:aws:iam::" + account + ":root",
                        account.id(),
                        "arn:aws:iam::" + account + ":root",
                        account.id()),
                new Session.Traits(
                        Map.of(), Map.of(), "", Optional.empty(), List.of(taskPolicy(task)), "", java.util.Set.of()),
                call.receivedAt(),
                duration);
        return AssumeRootResponse.builder()
                .credentials(Answers.credentials(session))
                .build();
    }

    private static AccountId targetAccount(String principal) {
        String text = Arn.parse(principal)
                .filter(a -> a.service().equals("iam") && a.resource().equals("root"))
                .map(Arn::account)
                .orElse(principal);
        if (!AccountId.isValid(text)) {
            throw StsErrors.validation("Invalid target principal: " + principal);
        }
        return new AccountId(text);
    }

    /** @see <a href="https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRoot.html">The task policies</a> */
    private static AttachedPolicy taskPolicy(String arn) {
        String prefix = "arn:aws:iam::aws:policy/root-task/";
        List<String> actions = new ArrayList<>();
        switch (arn.startsWith(prefix) ? arn.substring(prefix.length()) : "") {
            case "IAMAuditRootUserCredentials" ->
                actions.addAll(List.of(
                        "iam:ListAccessKeys",
                        "iam:ListSigningCertificates",
                        "iam:GetLoginProfile",
                        "iam:ListMFADevices",
                        "iam:GetAccountSummary",
                        "iam:GetAccessKeyLastUsed",
                        "iam:GetUser"));
            case "IAMCreateRootUserPassword" ->
                actions.addAll(List.of("iam:CreateLoginProfile", "iam:GetLoginProfile"));
            case "IAMDeleteRootUserCredentials" ->
                actions.addAll(List.of(
                        "iam:DeleteAccessKey",
                        "iam:DeleteSigningCertificate",
                        "iam:DeleteLoginProfile",
                        "iam:DeactivateMFADevice",
                        "iam:DeleteVirtualMFADevice",
                        "iam:List*",
                        "iam:Get*"));
            case "S3UnlockBucketPolicy" ->
                actions.addAll(List.of(
                        "s3:DeleteBucketPolicy", "s3:PutBucketPolicy", "s3:GetBucketPolicy", "s3:ListAllMyBuckets"));
            case "SQSUnlockQueuePolicy" ->
                actions.addAll(List.of(
                        "sqs:SetQueueAttributes", "sqs:GetQueueAttributes", "sqs:ListQueues", "sqs:GetQueueUrl"));
            default -> throw StsErrors.validation("Invalid task policy: " + arn);
        }
        String document = "{\"Statement\":{\"Effect\":\"Allow\",\"Resource\":\"*\",\"Action\":[\""
                + String.join("\",\"", actions) + "\"]}}";
        return new AttachedPolicy(Place.SESSION, arn, SessionPolicies.parse(document));
    }
}
