package io.pileus.iam;

import io.pileus.core.identity.Arn;
import io.pileus.core.policy.AccessRequest;
import io.pileus.core.policy.AttachedPolicy;
import io.pileus.core.policy.AttachedPolicy.Place;
import io.pileus.core.policy.ContextKeys;
import io.pileus.core.policy.Decision;
import io.pileus.core.policy.PolicyDocument;
import io.pileus.core.policy.PolicyEvaluation;
import io.pileus.core.policy.PolicyKind;
import io.pileus.core.policy.PolicySet;
import io.pileus.core.policy.RequestContext;
import io.pileus.core.policy.Subject;
import io.pileus.core.service.CallContext;
import io.pileus.iam.model.*;
import io.pileus.iam.state.IamAccount;
import io.pileus.iam.state.IamEntity;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** IAM's policy simulator: the same evaluation as enforcement uses, on policies and requests that are only imagined. */
final class SimulationOperations {
    private final IamAccounts accounts;
    private final EntityPolicies entityPolicies;

    SimulationOperations(IamAccounts accounts, EntityPolicies entityPolicies) {
        this.accounts = accounts;
        this.entityPolicies = entityPolicies;
    }

    SimulatePolicyResponse simulateCustomPolicy(SimulateCustomPolicyRequest input, CallContext call) {
        refuseHandlingOption(input.resourceHandlingOption(), call);
        Simulation simulation = new Simulation(
                custom(input.policyInputList(), "PolicyInputList", Place.IDENTITY),
                boundary(input.permissionsBoundaryPolicyInputList()),
                input.resourcePolicy(),
                input.resourceOwner(),
                input.callerArn() == null ? "arn:aws:iam::" + call.account() + ":user/simulated" : input.callerArn(),
                input.contextEntries());
        return answer(simulation, input.actionNames(), input.resourceArns(), input.marker(), input.maxItems());
    }

    SimulatePolicyResponse simulatePrincipalPolicy(SimulatePrincipalPolicyRequest input, CallContext call) {
        refuseHandlingOption(input.resourceHandlingOption(), call);
        PolicySet own = policiesOf(input.policySourceArn(), call);
        List<AttachedPolicy> identity = new ArrayList<>(own.identity());
        identity.addAll(custom(input.policyInputList(), "PolicyInputList", Place.IDENTITY));
        Optional<AttachedPolicy> boundary =
                input.permissionsBoundaryPolicyInputList().isEmpty()
                        ? own.boundary()
                        : boundary(input.permissionsBoundaryPolicyInputList());
        Simulation simulation = new Simulation(
                identity,
                boundary,
                input.resourcePolicy(),
                input.resourceOwner(),
                input.callerArn() == null ? input.policySourceArn() : input.callerArn(),
                input.contextEntries());
        return answer(simulation, input.actionNames(), input.resourceArns(), input.marker(), input.maxItems());
    }

    /** It says which EC2 resources a RunInstances is about, and there is no EC2 here. */
    private static void refuseHandlingOption(@Nullable String option, CallContext call) {
        if (option != null) {
            call.notEmulated("ResourceHandlingOption of the policy simulator");
        }
    }

    private PolicySet policiesOf(String arn, CallContext call) {
        IamAccount account = accounts.of(call);
        return account.locked(() -> entityPolicies.of(account, entity(account, arn)));
    }

    private static IamEntity entity(IamAccount account, String arn) {
        String resource = Arn.parse(arn)
                .filter(a -> a.service().equals("iam"))
                .map(Arn::resource)
                .orElseThrow(() -> IamErrors.invalidInput("Invalid Entity Arn: " + arn));
        String name = resource.substring(resource.lastIndexOf('/') + 1);
        return switch (resource.substring(0, Math.max(0, resource.indexOf('/')))) {
            case "user" -> Entities.user(account, name);
            case "group" -> Entities.group(account, name);
            case "role" -> Entities.role(account, name);
            default -> throw IamErrors.invalidInput("Invalid Entity Arn: " + arn);
        };
    }

    private static List<AttachedPolicy> custom(List<String> documents, String name, Place place) {
        List<AttachedPolicy> policies = new ArrayList<>();
        for (String text : documents) {
            policies.add(
                    new AttachedPolicy(place, name + "." + (policies.size() + 1), check(text, PolicyKind.IDENTITY)));
        }
        return policies;
    }

    private static PolicyDocument check(String text, PolicyKind kind) {
        try {
            return PolicyDocument.parse(text, kind);
        } catch (io.pileus.core.policy.MalformedPolicyException e) {
            throw IamErrors.invalidInput(e.getMessage());
        }
    }

    private static Optional<AttachedPolicy> boundary(List<String> documents) {
        return custom(documents, "PermissionsBoundaryPolicyInputList", Place.BOUNDARY).stream()
                .findFirst();
    }

    /** What is simulated. */
    private record Simulation(
            List<AttachedPolicy> identity,
            Optional<AttachedPolicy> boundary,
            @Nullable String resourcePolicy,
            @Nullable String resourceOwner,
            String callerArn,
            List<ContextEntry> contextEntries) {

        PolicySet policies() {
            Optional<AttachedPolicy> resource = Optional.ofNullable(resourcePolicy)
                    .map(text ->
                            new AttachedPolicy(Place.RESOURCE, "ResourcePolicy", check(text, PolicyKind.RESOURCE)));
            return new PolicySet(identity, boundary, List.of(), resource, PolicySet.ResourceRule.SUFFICES);
        }

        RequestContext context() {
            RequestContext.Builder builder = RequestContext.builder();
            for (ContextEntry entry : contextEntries) {
                if (entry.contextKeyName() != null) {
                    builder.with(entry.contextKeyName(), entry.contextKeyValues());
                }
            }
            return builder.build();
        }

        Subject subject() {
            Arn arn =
                    Arn.parse(callerArn).orElseThrow(() -> IamErrors.invalidInput("Invalid Caller Arn: " + callerArn));
            return arn.resource().startsWith("role/")
                    ? Subject.roleSession(arn.account(), callerArn, callerArn, "")
                    : Subject.user(arn.account(), callerArn, "");
        }
    }

    private static SimulatePolicyResponse answer(
            Simulation simulation,
            List<String> actions,
            List<String> resourceArns,
            @Nullable String marker,
            @Nullable Integer maxItems) {
        Evaluator evaluator = new Evaluator(simulation);
        List<Map.Entry<String, EvaluationResult>> results = new ArrayList<>();
        for (String action : actions) {
            if (action.indexOf(':') <= 0 || action.contains("*")) {
                throw IamErrors.invalidInput("Invalid Action Name: " + action);
            }
            EvaluationResult result =
                    resourceArns.isEmpty() ? evaluator.onAnything(action) : evaluator.onEach(action, resourceArns);
            results.add(Map.entry(Integer.toString(1_000_000 + results.size()), result));
        }
        Page<Map.Entry<String, EvaluationResult>> page = Page.of(results, Map.Entry::getKey, marker, maxItems);
        return SimulatePolicyResponse.builder()
                .evaluationResults(
                        page.items().stream().map(Map.Entry::getValue).toList())
                .isTruncated(page.truncated())
                .marker(page.marker())
                .build();
    }

    /**
     * Evaluates actions. Each has one result; where resources are named it has one more for each of them, and says as a whole that
     * the action is allowed only when it is allowed on all.
     */
    private static final class Evaluator {
        private final Simulation simulation;
        private final PolicySet policies;
        private final RequestContext context;
        private final Subject subject;
        private final List<String> missing;

        Evaluator(Simulation simulation) {
            this.simulation = simulation;
            this.policies = simulation.policies();
            this.context = simulation.context();
            this.subject = simulation.subject();
            this.missing = List.copyOf(missing(policies, context));
        }

        private Decision decide(String action, String resource) {
            return PolicyEvaluation.decide(
                    new AccessRequest(
                            subject, action, resource, ownerOf(resource, simulation.resourceOwner()), context),
                    policies);
        }

        EvaluationResult onAnything(String action) {
            Decision decision = decide(action, "*");
            return EvaluationResult.builder()
                    .evalActionName(action)
                    .evalResourceName("*")
                    .evalDecision(decision.outcome().wire())
                    .matchedStatements(statements(decision))
                    .missingContextValues(missing)
                    .permissionsBoundaryDecisionDetail(boundaryDetail(policies, decision))
                    .build();
        }

        EvaluationResult onEach(String action, List<String> resources) {
            List<Decision> decisions =
                    resources.stream().map(resource -> decide(action, resource)).toList();
            List<ResourceSpecificResult> specific = new ArrayList<>();
            for (int i = 0; i < resources.size(); i++) {
                specific.add(ResourceSpecificResult.builder()
                        .evalResourceName(resources.get(i))
                        .evalResourceDecision(decisions.get(i).outcome().wire())
                        .matchedStatements(statements(decisions.get(i)))
                        .missingContextValues(missing)
                        .permissionsBoundaryDecisionDetail(boundaryDetail(policies, decisions.get(i)))
                        .build());
            }
            Decision worst = decisions.stream()
                    .filter(d -> d.outcome() == Decision.Outcome.EXPLICIT_DENY)
                    .findFirst()
                    .or(() -> decisions.stream().filter(d -> !d.isAllowed()).findFirst())
                    .orElse(decisions.getFirst());
            return EvaluationResult.builder()
                    .evalActionName(action)
                    .evalResourceName(resources.size() == 1 ? resources.getFirst() : "*")
                    .evalDecision(worst.outcome().wire())
                    .matchedStatements(decisions.stream()
                            .flatMap(d -> statements(d).stream())
                            .distinct()
                            .toList())
                    .missingContextValues(List.of())
                    .permissionsBoundaryDecisionDetail(boundaryDetail(policies, worst))
                    .resourceSpecificResults(specific)
                    .build();
        }
    }

    private static List<Statement> statements(Decision decision) {
        return decision.statements().stream()
                .map(SimulationOperations::statement)
                .toList();
    }

    private static @Nullable PermissionsBoundaryDecisionDetail boundaryDetail(PolicySet policies, Decision decision) {
        if (policies.boundary().isEmpty()) {
            return null;
        }
        boolean within = decision.statements().stream().anyMatch(m -> m.policy().place() == Place.BOUNDARY)
                && decision.outcome() != Decision.Outcome.EXPLICIT_DENY;
        return PermissionsBoundaryDecisionDetail.builder()
                .allowedByPermissionsBoundary(within)
                .build();
    }

    private static String ownerOf(String resource, @Nullable String resourceOwner) {
        return Optional.ofNullable(resourceOwner)
                .flatMap(Arn::parse)
                .or(() -> Arn.parse(resource))
                .map(Arn::account)
                .orElse("");
    }

    private static Set<String> missing(PolicySet policies, RequestContext context) {
        Set<String> keys = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        Stream.of(policies.identity().stream(), policies.boundary().stream(), policies.resource().stream())
                .flatMap(all -> all)
                .forEach(p -> keys.addAll(ContextKeys.of(p.document())));
        keys.removeIf(context::has);
        return keys;
    }

    private static Statement statement(Decision.Matched matched) {
        var span = matched.statement().span();
        return Statement.builder()
                .sourcePolicyId(matched.policy().name())
                .sourcePolicyType(
                        switch (matched.policy().place()) {
                            case RESOURCE, TRUST -> "Resource Policy";
                            case BOUNDARY -> "Permissions Boundary Policy";
                            case IDENTITY, SESSION -> "IAM Policy";
                        })
                .startPosition(Position.builder()
                        .line(span.line())
                        .column(span.column())
                        .build())
                .endPosition(Position.builder()
                        .line(span.endLine())
                        .column(span.endColumn())
                        .build())
                .build();
    }

    // ---- context keys -------------------------------------------------------------------------------------------

    GetContextKeysForPolicyResponse getContextKeysForCustomPolicy(
            GetContextKeysForCustomPolicyRequest input, CallContext call) {
        Set<String> keys = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        input.policyInputList().forEach(text -> keys.addAll(keysOf(text)));
        return GetContextKeysForPolicyResponse.builder()
                .contextKeyNames(List.copyOf(keys))
                .build();
    }

    GetContextKeysForPolicyResponse getContextKeysForPrincipalPolicy(
            GetContextKeysForPrincipalPolicyRequest input, CallContext call) {
        Set<String> keys = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        policiesOf(input.policySourceArn(), call).identity().forEach(p -> keys.addAll(ContextKeys.of(p.document())));
        input.policyInputList().forEach(text -> keys.addAll(keysOf(text)));
        return GetContextKeysForPolicyResponse.builder()
                .contextKeyNames(List.copyOf(keys))
                .build();
    }

    /** Documents of any kind are taken here: resource policies have keys too. */
    private static Set<String> keysOf(String text) {
        try {
            return ContextKeys.of(PolicyDocument.parse(text, PolicyKind.IDENTITY));
        } catch (io.pileus.core.policy.MalformedPolicyException e) {
            return ContextKeys.of(check(text, PolicyKind.RESOURCE));
        }
    }
}
