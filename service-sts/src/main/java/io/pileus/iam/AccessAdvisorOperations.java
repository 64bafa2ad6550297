package io.pileus.iam;

import io.pileus.core.identity.Arn;
import io.pileus.core.identity.Ids;
import io.pileus.core.policy.AttachedPolicy;
import io.pileus.core.policy.AttachedPolicy.Place;
import io.pileus.core.policy.GrantedServices;
import io.pileus.core.policy.MalformedPolicyException;
import io.pileus.core.policy.PolicyDocument;
import io.pileus.core.policy.PolicyKind;
import io.pileus.core.service.CallContext;
import io.pileus.iam.model.*;
import io.pileus.iam.state.AccessReport;
import io.pileus.iam.state.Accesses;
import io.pileus.iam.state.Group;
import io.pileus.iam.state.IamAccount;
import io.pileus.iam.state.IamEntity;
import io.pileus.iam.state.ManagedPolicy;
import io.pileus.iam.state.User;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The access advisor: what policies allow of which service, and when it was last used. A job is done when the call that
 * starts it returns.
 *
 * @see <a href="https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_last-accessed.html">Last accessed information</a>
 */
final class AccessAdvisorOperations {
    private static final Comparator<AccessReport.Entity> LATEST = (a, b) ->
            a.last().orElseThrow().at().compareTo(b.last().orElseThrow().at());

    private final IamAccounts accounts;
    private final EntityPolicies entityPolicies;
    private final Ids ids;

    AccessAdvisorOperations(IamAccounts accounts, EntityPolicies entityPolicies, Ids ids) {
        this.accounts = accounts;
        this.entityPolicies = entityPolicies;
        this.ids = ids;
    }

    // ---- reports ------------------------------------------------------------------------------------------------

    GenerateServiceLastAccessedDetailsResponse generateServiceLastAccessedDetails(
            GenerateServiceLastAccessedDetailsRequest input, CallContext call) {
        IamAccount account = accounts.of(call);
        return account.locked(() -> {
            Reported reported = reported(account, input.arn());
            List<AccessReport.Service> services = ServiceNames.BY_NAMESPACE.keySet().stream()
                    .filter(namespace ->
                            reported.policies().stream().anyMatch(p -> GrantedServices.grants(p.document(), namespace)))
                    .map(namespace -> new AccessReport.Service(
                            namespace,
                            reported.users().stream()
                                    .map(e -> entity(e, namespace))
                                    .sorted(Comparator.comparing(AccessReport.Entity::arn))
                                    .toList()))
                    .toList();
            String granularity = Objects.requireNonNullElse(input.granularity(), "SERVICE_LEVEL");
            AccessReport report = new AccessReport(ids.uuid(), Times.of(call), granularity, services);
            account.addAccessReport(report);
            return GenerateServiceLastAccessedDetailsResponse.builder()
                    .jobId(report.jobId())
                    .build();
        });
    }

    /**
     * What a report is about.
     *
     * @param users the users and roles whose calls count
     */
    private record Reported(List<AttachedPolicy> policies, List<IamEntity> users) {}

    private Reported reported(IamAccount account, String arn) {
        String resource = Arn.parse(arn)
                .filter(a -> a.service().equals("iam"))
                .map(Arn::resource)
                .orElseThrow(() -> IamErrors.invalidInput("Invalid ARN: " + arn));
        if (resource.startsWith("policy/")) {
            ManagedPolicy policy = Entities.policy(accounts, account, arn);
            List<IamEntity> users = account.entities()
                    .filter(e -> e.attachedPolicies().contains(policy.arn()))
                    .flatMap(e -> actors(account, e).stream())
                    .distinct()
                    .toList();
            return new Reported(List.of(entityPolicies.managed(account, policy.arn(), Place.IDENTITY)), users);
        }
        IamEntity entity = entity(account, arn, resource);
        return new Reported(entityPolicies.of(account, entity).identity(), actors(account, entity));
    }

    private static IamEntity entity(IamAccount account, String arn, String resource) {
        String name = resource.substring(resource.lastIndexOf('/') + 1);
        IamEntity entity = switch (resource.substring(0, Math.max(0, resource.indexOf('/')))) {
            case "user" -> Entities.user(account, name);
            case "group" -> Entities.group(account, name);
            case "role" -> Entities.role(account, name);
            default -> throw IamErrors.invalidInput("Invalid ARN: " + arn);
        };
        if (!entity.arn().equals(arn)) {
            throw IamErrors.noSuch(entity.kind(), name);
        }
        return entity;
    }

    private static List<IamEntity> actors(IamAccount account, IamEntity entity) {
        return entity instanceof Group group
                ? account.users().values().stream()
                        .filter(u -> group.members().contains(u.name()))
                        .map(IamEntity.class::cast)
                        .toList()
                : List.of(entity);
    }

    private static AccessReport.Entity entity(IamEntity entity, String namespace) {
        return new AccessReport.Entity(
                entity.arn(),
                entity.name(),
                entity.kind().toUpperCase(Locale.ROOT),
                entity.id(),
                entity.path(),
                entity.accesses().of(namespace),
                entity.accesses().actionsOf(namespace));
    }

    GetServiceLastAccessedDetailsResponse getServiceLastAccessedDetails(
            GetServiceLastAccessedDetailsRequest input, CallContext call) {
        IamAccount account = accounts.of(call);
        return account.locked(() -> {
            AccessReport report = report(account, input.jobId());
            Page<AccessReport.Service> page =
                    Page.of(report.services(), AccessReport.Service::namespace, input.marker(), input.maxItems());
            return GetServiceLastAccessedDetailsResponse.builder()
                    .jobStatus("COMPLETED")
                    .jobType(report.granularity())
                    .jobCreationDate(report.created())
                    .jobCompletionDate(report.created())
                    .servicesLastAccessed(
                            page.items().stream().map(s -> answer(report, s)).toList())
                    .isTruncated(page.truncated())
                    .marker(page.marker())
                    .build();
        });
    }

    private static AccessReport report(IamAccount account, String jobId) {
        return account.accessReport(jobId)
                .orElseThrow(() -> IamErrors.noSuchEntity("The job " + jobId + " cannot be found."));
    }

    private static ServiceLastAccessed answer(AccessReport report, AccessReport.Service service) {
        List<AccessReport.Entity> active =
                service.entities().stream().filter(e -> e.last().isPresent()).toList();
        Optional<AccessReport.Entity> latest = active.stream().max(LATEST);
        ServiceLastAccessed.Builder answer = ServiceLastAccessed.builder()
                .serviceName(ServiceNames.of(service.namespace()))
                .serviceNamespace(service.namespace())
                .totalAuthenticatedEntities(active.size())
                .lastAuthenticated(latest.map(e -> e.last().orElseThrow().at()).orElse(null))
                .lastAuthenticatedRegion(
                        latest.map(e -> e.last().orElseThrow().region()).orElse(null))
                .lastAuthenticatedEntity(latest.map(AccessReport.Entity::arn).orElse(null));
        if (report.granularity().equals("ACTION_LEVEL")) {
            answer.trackedActionsLastAccessed(tracked(active));
        }
        return answer.build();
    }

    private static List<TrackedActionLastAccessed> tracked(List<AccessReport.Entity> active) {
        Map<String, TrackedActionLastAccessed> newest = new TreeMap<>();
        for (AccessReport.Entity entity : active) {
            for (Map.Entry<String, Accesses.Access> action : entity.actions().entrySet()) {
                TrackedActionLastAccessed known = newest.get(action.getKey());
                if (known == null || action.getValue().at().isAfter(Objects.requireNonNull(known.lastAccessedTime()))) {
                    newest.put(
                            action.getKey(),
                            TrackedActionLastAccessed.builder()
                                    .actionName(action.getKey())
                                    .lastAccessedEntity(entity.arn())
                                    .lastAccessedTime(action.getValue().at())
                                    .lastAccessedRegion(action.getValue().region())
                                    .build());
                }
            }
        }
        return List.copyOf(newest.values());
    }

    GetServiceLastAccessedDetailsWithEntitiesResponse getServiceLastAccessedDetailsWithEntities(
            GetServiceLastAccessedDetailsWithEntitiesRequest input, CallContext call) {
        IamAccount account = accounts.of(call);
        return account.locked(() -> {
            AccessReport report = report(account, input.jobId());
            List<AccessReport.Entity> entities = report.services().stream()
                    .filter(s -> s.namespace().equals(input.serviceNamespace()))
                    .findFirst()
                    .map(AccessReport.Service::entities)
                    .orElse(List.of());
            Page<AccessReport.Entity> page =
                    Page.of(entities, AccessReport.Entity::arn, input.marker(), input.maxItems());
            return GetServiceLastAccessedDetailsWithEntitiesResponse.builder()
                    .jobStatus("COMPLETED")
                    .jobCreationDate(report.created())
                    .jobCompletionDate(report.created())
                    .entityDetailsList(page.items().stream()
                            .map(e -> EntityDetails.builder()
                                    .entityInfo(EntityInfo.builder()
                                            .arn(e.arn())
                                            .name(e.name())
                                            .type(e.kind())
                                            .id(e.id())
                                            .path(e.path())
                                            .build())
                                    .lastAuthenticated(
                                            e.last().map(Accesses.Access::at).orElse(null))
                                    .build())
                            .toList())
                    .isTruncated(page.truncated())
                    .marker(page.marker())
                    .build();
        });
    }

    // ---- policies by service ------------------------------------------------------------------------------------

    ListPoliciesGrantingServiceAccessResponse listPoliciesGrantingServiceAccess(
            ListPoliciesGrantingServiceAccessRequest input, CallContext call) {
        IamAccount account = accounts.of(call);
        return account.locked(() -> {
            String resource = Arn.parse(input.arn())
                    .filter(a -> a.service().equals("iam"))
                    .map(Arn::resource)
                    .orElseThrow(() -> IamErrors.invalidInput("Invalid ARN: " + input.arn()));
            IamEntity entity = entity(account, input.arn(), resource);
            List<IamEntity> holders = new ArrayList<>(List.of(entity));
            if (entity instanceof User user) {
                holders.addAll(account.groupsOf(user));
            }
            return ListPoliciesGrantingServiceAccessResponse.builder()
                    .policiesGrantingServiceAccess(input.serviceNamespaces().stream()
                            .map(namespace -> ListPoliciesGrantingServiceAccessEntry.builder()
                                    .serviceNamespace(namespace)
                                    .policies(granting(account, holders, namespace))
                                    .build())
                            .toList())
                    .isTruncated(false)
                    .build();
        });
    }

    private List<PolicyGrantingServiceAccess> granting(IamAccount account, List<IamEntity> holders, String namespace) {
        List<PolicyGrantingServiceAccess> policies = new ArrayList<>();
        for (IamEntity holder : holders) {
            holder.inlinePolicies().forEach((name, document) -> {
                if (GrantedServices.grants(read(document), namespace)) {
                    policies.add(PolicyGrantingServiceAccess.builder()
                            .policyName(name)
                            .policyType("INLINE")
                            .entityType(holder.kind().toUpperCase(Locale.ROOT))
                            .entityName(holder.name())
                            .build());
                }
            });
            for (String arn : holder.attachedPolicies()) {
                if (GrantedServices.grants(
                        entityPolicies.managed(account, arn, Place.IDENTITY).document(), namespace)) {
                    policies.add(PolicyGrantingServiceAccess.builder()
                            .policyName(arn.substring(arn.lastIndexOf('/') + 1))
                            .policyType("MANAGED")
                            .policyArn(arn)
                            .build());
                }
            }
        }
        return policies;
    }

    /** A document that was checked when it was stored. */
    private static PolicyDocument read(String text) {
        try {
            return PolicyDocument.parse(text, PolicyKind.IDENTITY);
        } catch (MalformedPolicyException e) {
            throw new IllegalStateException("a stored policy does not parse", e);
        }
    }
}
