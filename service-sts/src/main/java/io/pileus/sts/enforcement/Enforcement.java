package io.pileus.sts.enforcement;

import io.pileus.core.dispatch.Authorizer;
import io.pileus.core.identity.AccountId;
import io.pileus.core.identity.Arn;
import io.pileus.core.identity.Caller;
import io.pileus.core.identity.Region;
import io.pileus.core.policy.AccessRequest;
import io.pileus.core.policy.AttachedPolicy;
import io.pileus.core.policy.AttachedPolicy.Place;
import io.pileus.core.policy.Decision;
import io.pileus.core.policy.PolicyEvaluation;
import io.pileus.core.policy.PolicySet;
import io.pileus.core.policy.PolicySet.ResourceRule;
import io.pileus.core.policy.RequestContext;
import io.pileus.core.policy.Subject;
import io.pileus.core.port.AccessGuard;
import io.pileus.core.port.Delivery;
import io.pileus.core.port.DeliveryGuard;
import io.pileus.core.port.DeliveryResult;
import io.pileus.core.port.KeyGrants;
import io.pileus.core.port.Ports;
import io.pileus.core.service.AwsException;
import io.pileus.core.service.CallContext;
import io.pileus.core.service.Operation;
import io.pileus.core.service.ServiceModel;
import io.pileus.core.shape.Shape;
import io.pileus.iam.IamAccounts;
import io.pileus.sts.CallerPolicies;
import io.pileus.sts.EnforcementMode;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Lets through what policies allow: calls, and deliveries from service to service. In soft mode it only says what it would have denied. */
public final class Enforcement implements Authorizer, AccessGuard, DeliveryGuard {
    private static final Logger log = LoggerFactory.getLogger("io.pileus.iam.enforcement");

    /** Services that deliver by leave of the target's policy; the others do it with a role's permissions. */
    private static final Set<String> BY_RESOURCE_POLICY =
            Set.of("sns.amazonaws.com", "s3.amazonaws.com", "cognito-idp.amazonaws.com");

    /** Services that call with a role; without one, since its trust policy kept them out, they have no permissions. */
    private static final Set<String> BY_ROLE = Set.of("states.amazonaws.com");

    private static final Map<String, String> DELIVERY_ACTIONS =
            Map.of("sqs", "sqs:SendMessage", "sns", "sns:Publish", "lambda", "lambda:InvokeFunction");

    private final CallerPolicies callerPolicies;
    private final ResourcePolicies resourcePolicies;
    private final ResourceTags resourceTags;
    private final IamResources iamResources;
    private final Ports ports;
    private final EnforcementMode mode;
    private final Decisions decisions;

    public Enforcement(
            CallerPolicies callerPolicies,
            IamAccounts accounts,
            Ports ports,
            EnforcementMode mode,
            Decisions decisions) {
        this.callerPolicies = callerPolicies;
        ServiceQuestions questions = new ServiceQuestions(ports);
        this.resourcePolicies = new ResourcePolicies(questions, accounts);
        this.resourceTags = new ResourceTags(questions, accounts);
        this.iamResources = new IamResources(accounts);
        this.ports = ports;
        this.mode = mode;
        this.decisions = decisions;
    }

    @Override
    public void authorize(ServiceModel service, Operation operation, Shape input, CallContext call) {
        Caller caller = call.caller();
        if (operation.unsigned() || isTrusted(caller)) {
            // unsigned operations have their own proof of identity
            return;
        }
        String prefix = service.signingName();
        InputMembers members = InputMembers.of(input);
        for (String action : Actions.of(prefix, operation.name(), members)) {
            AccessRequest request = request(prefix, operation.name(), action, input, call);
            Decision decision = decide(request, caller, call.region());
            if (decision.outcome() != Decision.Outcome.IMPLICIT_DENY
                    || !(isGranted(request, input) || iamResources.lets(caller, action))) {
                require(service, request, decision, call);
            }
        }
        for (String role : PassedRoles.of(prefix, operation.name(), members)) {
            AccessRequest request = passRole(role, prefix, operation.name(), members, call);
            require(service, request, decide(request, caller, call.region()), call);
        }
    }

    /** A service on its own account is the emulator itself. */
    private static boolean isTrusted(Caller caller) {
        return caller.kind() == Caller.Kind.SERVICE && !BY_ROLE.contains(caller.principalArn());
    }

    /** What no policy allows on a KMS key, a grant may; an explicit deny stands. */
    private boolean isGranted(AccessRequest request, Shape input) {
        if (!request.action().startsWith("kms:")) {
            return false;
        }
        List<String> principals =
                List.of(request.subject().arn(), request.subject().issuerArn());
        return ports.find(KeyGrants.class)
                .filter(grants -> grants.allow(request.action(), request.resource(), principals, input))
                .isPresent();
    }

    private void require(ServiceModel service, AccessRequest request, Decision decision, CallContext call) {
        if (isDenied(request, decision, call)) {
            throw denied(service, request, decision);
        }
    }

    /** Remembers the decision; whether it keeps the caller out, or only would (soft mode), which is logged. */
    private boolean isDenied(AccessRequest request, Decision decision, CallContext call) {
        decisions.add(call.requestId(), request, decision);
        if (!decision.isAllowed() && mode == EnforcementMode.SOFT) {
            log.warn("would be denied: {} {}", decision.message(request), statement(decision));
        }
        return !decision.isAllowed() && mode == EnforcementMode.ON;
    }

    @Override
    public Optional<String> refusal(String action, Arn resource, Map<String, String> keys, CallContext call) {
        if (isTrusted(call.caller())) {
            return Optional.empty();
        }
        RequestContext.Builder context = callerPolicies.context(call).with("aws:ResourceAccount", resource.account());
        keys.forEach(context::with);
        AccessRequest request = new AccessRequest(
                callerPolicies.subject(call.caller()),
                action,
                resource.toString(),
                resource.account(),
                context.build());
        Decision decision = decide(request, call.caller(), new Region(resource.region()));
        return isDenied(request, decision, call) ? Optional.of(decision.message(request)) : Optional.empty();
    }

    /** Who gives a service a role must be allowed to pass it on. */
    private AccessRequest passRole(
            String role, String prefix, String operation, InputMembers members, CallContext call) {
        String roleArn = role.startsWith("arn:")
                ? role
                : iamResources.withPath("arn:aws:iam::" + call.account() + ":role/" + role);
        RequestContext.Builder keys =
                callerPolicies.context(call).with("iam:PassedToService", PassedRoles.service(prefix));
        String receiver = Resources.of(prefix, operation, members, call);
        if (!receiver.equals("*")) {
            keys.with("iam:AssociatedResourceArn", receiver);
        }
        RequestContext context = keys.build();
        String owner = owner(roleArn, call.account());
        return new AccessRequest(callerPolicies.subject(call.caller()), "iam:PassRole", roleArn, owner, context);
    }

    @Override
    public Optional<DeliveryResult.Refused> refusal(Delivery delivery) {
        String action = DELIVERY_ACTIONS.get(delivery.target().service());
        String principal = delivery.sender().principalArn();
        if (action == null || !BY_RESOURCE_POLICY.contains(principal)) {
            return Optional.empty();
        }
        String source = delivery.source().toString();
        String sourceAccount = AccountId.isValid(delivery.source().account())
                ? delivery.source().account()
                : delivery.sender().account().id();
        RequestContext context = RequestContext.builder()
                .with("aws:PrincipalIsAWSService", "true")
                .with("aws:PrincipalServiceName", principal)
                .with("aws:PrincipalServiceNamesList", List.of(principal))
                .with("aws:SourceArn", source)
                .with("aws:SourceAccount", sourceAccount)
                .with("aws:CurrentTime", delivery.sentAt().toString())
                .with("aws:EpochTime", Long.toString(delivery.sentAt().getEpochSecond()))
                .with("aws:SecureTransport", "true")
                .build();
        AccessRequest request = new AccessRequest(
                Subject.service(principal),
                action,
                delivery.target().toString(),
                delivery.target().account(),
                context);
        Decision decision =
                decide(request, delivery.sender(), new Region(delivery.target().region()));
        if (decision.isAllowed()) {
            return Optional.empty();
        }
        String message = decision.message(request);
        log.warn("{}: {}", mode == EnforcementMode.SOFT ? "would be denied" : "denied", message);
        return mode == EnforcementMode.SOFT
                ? Optional.empty()
                : Optional.of(new DeliveryResult.Refused("AccessDenied", message, false));
    }

    private static String statement(Decision decision) {
        return decision.outcome() == Decision.Outcome.EXPLICIT_DENY
                ? "(" + Decisions.describe(decision.statements().getFirst()) + ")"
                : "";
    }

    private AccessRequest request(String prefix, String operation, String action, Shape input, CallContext call) {
        InputMembers members = InputMembers.of(input);
        String resource = Resources.of(prefix, operation, members, call);
        if (prefix.equals("kms")) {
            resource = keyArn(action, resource, members, input, call);
        } else if (prefix.equals("iam")) {
            resource = iamResources.complete(resource, operation, members, call);
        }
        RequestContext.Builder context = callerPolicies.context(call);
        ServiceKeys.add(context, prefix, members, call);
        String owner = owner(resource, call.account());
        context.with("aws:ResourceAccount", owner);
        return new AccessRequest(callerPolicies.subject(call.caller()), action, resource, owner, context.build());
    }

    /** Policies name keys, not aliases; and a ciphertext or a grant token names a key too. */
    private String keyArn(String action, String resource, InputMembers members, Shape input, CallContext call) {
        String keyId = members.string("KeyId").isEmpty() ? members.string("TargetKeyId") : members.string("KeyId");
        return ports.find(KeyGrants.class)
                .flatMap(keys -> keys.keyOf(action, keyId, input, call))
                .orElse(resource);
    }

    private static String owner(String resource, AccountId otherwise) {
        return Arn.parse(resource).map(Arn::account).filter(AccountId::isValid).orElse(otherwise.id());
    }

    /** Decides a request by the caller's policies and the resource's own. */
    Decision decide(AccessRequest request, Caller caller, Region region) {
        PolicySet policies = callerPolicies.policies(caller);
        Region home = Arn.parse(request.resource())
                .map(Arn::region)
                .filter(r -> !r.isEmpty() && r.chars().allMatch(c -> c == '-' || Character.isLetterOrDigit(c)))
                .map(Region::new)
                .orElse(region);
        boolean trustCounts = request.action().startsWith("sts:");
        Optional<AttachedPolicy> resource = resourcePolicies
                .of(request.resource(), new AccountId(request.resourceAccount()), home)
                .filter(policy -> trustCounts || policy.place() != Place.TRUST);
        ResourceRule rule =
                trustCounts || request.action().startsWith("kms:") ? ResourceRule.REQUIRED : ResourceRule.SUFFICES;
        PolicySet all = resource.map(r -> policies.withResource(r, rule)).orElse(policies);
        return PolicyEvaluation.decide(resourceTags.addTo(request, all, home), all);
    }

    // ---- the services' own ways to say no -----------------------------------------------------------------------

    private static AwsException denied(ServiceModel service, AccessRequest request, Decision decision) {
        String message = decision.message(request);
        return switch (service.signingName()) {
            case "sns" -> new Denied("AuthorizationError", 403, message.replace("sns:", "SNS:"), "AuthorizationError");
            // SQS has the action in lower case in its messages.
            case "sqs" ->
                new Denied(
                        "AccessDeniedException",
                        400,
                        message.replace(request.action(), request.action().toLowerCase(Locale.ROOT)),
                        "AccessDenied");
            case "s3" -> new Denied("AccessDenied", 403, inS3sWords(message, request), "AccessDenied");
            case "iam", "sts" -> new Denied("AccessDenied", 403, message, "AccessDenied");
            case "lambda" -> new Denied("AccessDeniedException", 403, message, "AccessDeniedException");
            default -> new Denied("AccessDeniedException", 400, message, "AccessDeniedException");
        };
    }

    /**
     * S3 quotes the resource, and tells the reason to the account's own only, which who does not sign is not.
     *
     * @see <a href="https://docs.aws.amazon.com/AmazonS3/latest/userguide/troubleshoot-403-errors.html">Access denied messages</a>
     */
    private static String inS3sWords(String message, AccessRequest request) {
        boolean unsigned =
                request.subject().arn().isEmpty() && request.subject().service().isEmpty();
        return unsigned
                ? "Access Denied"
                : message.replace("resource: " + request.resource(), "resource: \"" + request.resource() + "\"");
    }

    /** A denial in the words of a service. */
    private static final class Denied extends AwsException {
        private static final long serialVersionUID = 1;

        Denied(String code, int status, String message, String queryCode) {
            super(code, status, true, message, queryCode, 403);
        }
    }
}
