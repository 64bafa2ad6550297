package io.pileus.sts;

import static io.pileus.sts.Identity.ACCOUNT;
import static io.pileus.sts.Identity.refused;
import static org.assertj.core.api.Assertions.assertThat;

import io.pileus.core.dispatch.Authorizer;
import io.pileus.core.service.CallContext;
import io.pileus.iam.model.*;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** What is told of the use of access keys, roles and policies. */
class AccessAdvisorTest {
    private static final String TRUSTING = Identity.trusting(Identity.aws(ACCOUNT));

    private final Identity identity = new Identity();
    private final IamApi iam = new IamApi(identity.iam);

    /** As a call that comes over HTTP passes the authorizer. */
    private void calls(CallContext caller, String operation) {
        identity.env
                .ports()
                .find(Authorizer.class)
                .orElseThrow()
                .authorize(
                        iam.model(),
                        Objects.requireNonNull(iam.operation(operation)),
                        ListUsersRequest.builder().build(),
                        caller);
    }

    private String report(String arn, String granularity) {
        return Objects.requireNonNull(identity.iam
                .generateServiceLastAccessedDetails(
                        GenerateServiceLastAccessedDetailsRequest.builder()
                                .arn(arn)
                                .granularity(granularity)
                                .build(),
                        identity.root())
                .jobId());
    }

    private GetServiceLastAccessedDetailsResponse details(String job) {
        return identity.iam.getServiceLastAccessedDetails(
                GetServiceLastAccessedDetailsRequest.builder().jobId(job).build(), identity.root());
    }

    private void attach(String user, String policyName) {
        identity.iam.attachUserPolicy(
                AttachUserPolicyRequest.builder()
                        .userName(user)
                        .policyArn("arn:aws:iam::aws:policy/" + policyName)
                        .build(),
                identity.root());
    }

    @Test
    void anAccessKeyTellsWhenWhereAndForWhatItWasLastUsed() {
        CallContext alice = identity.aUser("alice");
        GetAccessKeyLastUsedRequest question = GetAccessKeyLastUsedRequest.builder()
                .accessKeyId(alice.caller().accessKeyId())
                .build();
        AccessKeyLastUsed before = Objects.requireNonNull(
                identity.iam.getAccessKeyLastUsed(question, identity.root()).accessKeyLastUsed());
        assertThat(before.lastUsedDate()).isNull();
        assertThat(before.serviceName()).isEqualTo("N/A");

        calls(alice, "ListUsers");

        GetAccessKeyLastUsedResponse after = identity.iam.getAccessKeyLastUsed(question, identity.root());
        assertThat(after.userName()).isEqualTo("alice");
        assertThat(after.accessKeyLastUsed())
                .isEqualTo(AccessKeyLastUsed.builder()
                        .lastUsedDate(alice.receivedAt())
                        .serviceName("iam")
                        .region("us-east-1")
                        .build());
    }

    @Test
    void aReportHasTheServicesThatPoliciesAllowAndTheirLastUse() {
        CallContext alice = identity.aUser("alice");
        attach("alice", "AmazonSQSFullAccess");
        attach("alice", "IAMFullAccess");
        calls(alice, "ListUsers");
        identity.env.time().advance(Duration.ofHours(1));

        GetServiceLastAccessedDetailsResponse details =
                details(report(alice.caller().principalArn(), "ACTION_LEVEL"));

        assertThat(details.jobStatus()).isEqualTo("COMPLETED");
        assertThat(details.jobType()).isEqualTo("ACTION_LEVEL");
        List<ServiceLastAccessed> services = details.servicesLastAccessed();
        assertThat(services.stream().map(ServiceLastAccessed::serviceNamespace)).containsExactly("iam", "sqs");
        assertThat(services.get(0).lastAuthenticated()).isEqualTo(alice.receivedAt());
        assertThat(services.get(0).lastAuthenticatedEntity())
                .isEqualTo(alice.caller().principalArn());
        assertThat(services.get(0).totalAuthenticatedEntities()).isEqualTo(1);
        assertThat(services.get(0).trackedActionsLastAccessed().getFirst().actionName())
                .isEqualTo("ListUsers");
        assertThat(services.get(1).serviceName()).isEqualTo("Amazon SQS");
        assertThat(services.get(1).lastAuthenticated()).isNull();
        assertThat(services.get(1).totalAuthenticatedEntities()).isZero();
    }

    @Test
    void aReportOnAPolicyNamesWhoHasItAttached() {
        CallContext alice = identity.aUser("alice");
        identity.aUser("bob");
        attach("alice", "IAMFullAccess");
        attach("bob", "IAMFullAccess");
        calls(alice, "ListUsers");

        String job = report("arn:aws:iam::aws:policy/IAMFullAccess", null);
        GetServiceLastAccessedDetailsWithEntitiesResponse entities =
                identity.iam.getServiceLastAccessedDetailsWithEntities(
                        GetServiceLastAccessedDetailsWithEntitiesRequest.builder()
                                .jobId(job)
                                .serviceNamespace("iam")
                                .build(),
                        identity.root());

        assertThat(entities.entityDetailsList())
                .extracting(d -> d.entityInfo().name())
                .containsExactly("alice", "bob");
        assertThat(entities.entityDetailsList().get(0).lastAuthenticated()).isNotNull();
        assertThat(entities.entityDetailsList().get(1).lastAuthenticated()).isNull();
    }

    @Test
    void reportsOnWhatIsNotThereAreRefused() {
        refused(() -> report("arn:aws:iam::" + ACCOUNT + ":user/nobody", null))
                .hasMessage("The user with name nobody cannot be found.");
        refused(() -> report("arn:aws:sqs:us-east-1:" + ACCOUNT + ":q", null))
                .satisfies(e -> assertThat(e.queryCode()).isEqualTo("InvalidInput"));
        refused(() -> details("00000000-0000-0000-0000-000000000000"))
                .satisfies(e -> assertThat(e.queryCode()).isEqualTo("NoSuchEntity"));
    }

    @Test
    void aRoleTellsWhenItsSessionsLastCalled() {
        String role = identity.aRole(ACCOUNT, "app", TRUSTING);
        CallContext session = identity.as(Objects.requireNonNull(
                identity.assume(role, identity.aUser("alice")).credentials()));
        identity.env.time().advance(Duration.ofMinutes(5));
        CallContext later = new CallContext(
                session.requestId(),
                session.caller(),
                session.account(),
                new io.pileus.core.identity.Region("eu-west-1"),
                identity.env.now(),
                session.endpoint(),
                0,
                what -> {});
        calls(later, "ListUsers");

        Role answered = Objects.requireNonNull(identity.iam
                .getRole(GetRoleRequest.builder().roleName("app").build(), identity.root())
                .role());

        assertThat(Objects.requireNonNull(answered.roleLastUsed()).lastUsedDate())
                .isEqualTo(later.receivedAt());
    }

    @Test
    void policiesThatGrantAServiceAreListedInlineAndManagedAndOfGroups() {
        identity.aUser("alice");
        attach("alice", "AmazonSQSFullAccess");
        identity.iam.createGroup(CreateGroupRequest.builder().groupName("team").build(), identity.root());
        identity.iam.addUserToGroup(
                AddUserToGroupRequest.builder()
                        .groupName("team")
                        .userName("alice")
                        .build(),
                identity.root());
        identity.iam.putGroupPolicy(
                PutGroupPolicyRequest.builder()
                        .groupName("team")
                        .policyName("most")
                        .policyDocument("{\"Version\":\"2012-10-17\",\"Statement\":{\"Effect\":\"Allow\","
                                + "\"NotAction\":[\"iam:*\"],\"Resource\":\"*\"}}")
                        .build(),
                identity.root());

        List<ListPoliciesGrantingServiceAccessEntry> entries = identity.iam
                .listPoliciesGrantingServiceAccess(
                        ListPoliciesGrantingServiceAccessRequest.builder()
                                .arn("arn:aws:iam::" + ACCOUNT + ":user/alice")
                                .serviceNamespaces(List.of("sqs", "iam"))
                                .build(),
                        identity.root())
                .policiesGrantingServiceAccess();

        assertThat(entries.get(0).policies())
                .containsExactly(
                        PolicyGrantingServiceAccess.builder()
                                .policyName("AmazonSQSFullAccess")
                                .policyType("MANAGED")
                                .policyArn("arn:aws:iam::aws:policy/AmazonSQSFullAccess")
                                .build(),
                        PolicyGrantingServiceAccess.builder()
                                .policyName("most")
                                .policyType("INLINE")
                                .entityType("GROUP")
                                .entityName("team")
                                .build());
        assertThat(entries.get(1).policies()).isEmpty();
    }
}
