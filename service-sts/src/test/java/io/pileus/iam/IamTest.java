package io.pileus.iam;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.pileus.core.service.AwsException;
import io.pileus.core.service.CallContext;
import io.pileus.core.testkit.TestCalls;
import io.pileus.core.testkit.TestEnvironment;
import io.pileus.iam.model.*;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** IAM's operations. The errors' words are those that AWS's CLI and Terraform's provider show. */
class IamTest {
    private static final String TRUST =
            "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Principal\":"
                    + "{\"Service\":\"lambda.amazonaws.com\"},\"Action\":\"sts:AssumeRole\"}]}";
    private static final String POLICY =
            "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Action\":\"sqs:*\",\"Resource\":\"*\"}]}";

    private final TestEnvironment env = TestEnvironment.fresh();
    private final IamAccounts accounts = new IamAccounts(env.ids());
    private final IamService iam = new IamService(accounts, new EntityPolicies(accounts), env.ids());
    private final List<String> notEmulated = new ArrayList<>();

    private CallContext call() {
        CallContext call = TestCalls.callOf(env, "111111111111");
        return new CallContext(
                call.requestId(),
                call.caller(),
                call.account(),
                call.region(),
                call.receivedAt(),
                call.endpoint(),
                0,
                notEmulated::add);
    }

    private Role aRole(String name) {
        return iam.createRole(
                        CreateRoleRequest.builder()
                                .roleName(name)
                                .assumeRolePolicyDocument(TRUST)
                                .build(),
                        call())
                .role();
    }

    private User aUser(String name) {
        return iam.createUser(CreateUserRequest.builder().userName(name).build(), call())
                .user();
    }

    private String aPolicy(String name) {
        return iam.createPolicy(
                        CreatePolicyRequest.builder()
                                .policyName(name)
                                .policyDocument(POLICY)
                                .build(),
                        call())
                .policy()
                .arn();
    }

    private static void fails(Runnable operation, String code, int status, String message) {
        AwsException error = catchThrowableOfType(AwsException.class, operation::run);
        assertThat(error).isNotNull();
        assertThat(error.queryCode()).isEqualTo(code);
        assertThat(error.queryStatus()).isEqualTo(status);
        assertThat(error.getMessage()).startsWith(message);
    }

    @Nested
    class Roles {
        @Test
        void aRoleComesBackAsItWasMade() {
            iam.createRole(
                    CreateRoleRequest.builder()
                            .roleName("app")
                            .path("/team/")
                            .description("d")
                            .maxSessionDuration(7200)
                            .assumeRolePolicyDocument(TRUST)
                            .tags(List.of(Tag.builder().key("k").value("v").build()))
                            .build(),
                    call());

            Role role = iam.getRole(GetRoleRequest.builder().roleName("app").build(), call())
                    .role();

            assertThat(role.arn()).isEqualTo("arn:aws:iam::111111111111:role/team/app");
            assertThat(role.roleId()).matches("AROA[A-Z0-9]{17}");
            assertThat(role.maxSessionDuration()).isEqualTo(7200);
            assertThat(role.tags()).hasSize(1);
            assertThat(role.roleLastUsed()).isNotNull();
            assertThat(role.assumeRolePolicyDocument()).doesNotContain("+", "*", "{");
            assertThat(URLDecoder.decode(role.assumeRolePolicyDocument(), StandardCharsets.UTF_8))
                    .isEqualTo(TRUST);
        }

        @Test
        void namesAreUniqueWithoutRegardToCase() {
            aRole("app");

            fails(() -> aRole("APP"), "EntityAlreadyExists", 409, "Role with name APP already exists.");
        }

        @Test
        void aRoleInUseIsNotDeleted() {
            aRole("app");
            String arn = aPolicy("p");
            iam.attachRolePolicy(
                    AttachRolePolicyRequest.builder()
                            .roleName("app")
                            .policyArn(arn)
                            .build(),
                    call());
            iam.putRolePolicy(
                    PutRolePolicyRequest.builder()
                            .roleName("app")
                            .policyName("inline")
                            .policyDocument(POLICY)
                            .build(),
                    call());
            iam.createInstanceProfile(
                    CreateInstanceProfileRequest.builder()
                            .instanceProfileName("ip")
                            .build(),
                    call());
            iam.addRoleToInstanceProfile(
                    AddRoleToInstanceProfileRequest.builder()
                            .instanceProfileName("ip")
                            .roleName("app")
                            .build(),
                    call());
            Runnable delete = () ->
                    iam.deleteRole(DeleteRoleRequest.builder().roleName("app").build(), call());

            fails(
                    delete,
                    "DeleteConflict",
                    409,
                    "Cannot delete entity, must remove roles from instance profile first.");
            assertThat(iam.listInstanceProfilesForRole(
                                    ListInstanceProfilesForRoleRequest.builder()
                                            .roleName("app")
                                            .build(),
                                    call())
                            .instanceProfiles())
                    .singleElement()
                    .satisfies(p -> assertThat(p.roles()).hasSize(1));
            iam.removeRoleFromInstanceProfile(
                    RemoveRoleFromInstanceProfileRequest.builder()
                            .instanceProfileName("ip")
                            .roleName("app")
                            .build(),
                    call());
            fails(delete, "DeleteConflict", 409, "Cannot delete entity, must detach all policies first.");
            iam.detachRolePolicy(
                    DetachRolePolicyRequest.builder()
                            .roleName("app")
                            .policyArn(arn)
                            .build(),
                    call());
            fails(delete, "DeleteConflict", 409, "Cannot delete entity, must delete policies first.");
            iam.deleteRolePolicy(
                    DeleteRolePolicyRequest.builder()
                            .roleName("app")
                            .policyName("inline")
                            .build(),
                    call());
            delete.run();
            fails(
                    () -> iam.getRole(GetRoleRequest.builder().roleName("app").build(), call()),
                    "NoSuchEntity",
                    404,
                    "The role with name app cannot be found.");
        }

        @Test
        void aServiceLinkedRoleIsItsServices() {
            var made = iam.createServiceLinkedRole(
                    CreateServiceLinkedRoleRequest.builder()
                            .awsServiceName("autoscaling.amazonaws.com")
                            .build(),
                    call());

            assertThat(made.role().arn())
                    .isEqualTo("arn:aws:iam::111111111111:role/aws-service-role/autoscaling.amazonaws.com/"
                            + "AWSServiceRoleForAutoScaling");
            fails(
                    () -> iam.deleteRole(
                            DeleteRoleRequest.builder()
                                    .roleName("AWSServiceRoleForAutoScaling")
                                    .build(),
                            call()),
                    "UnmodifiableEntity",
                    400,
                    "Cannot perform the operation on the protected role");
            var task = iam.deleteServiceLinkedRole(
                    DeleteServiceLinkedRoleRequest.builder()
                            .roleName("AWSServiceRoleForAutoScaling")
                            .build(),
                    call());
            assertThat(iam.getServiceLinkedRoleDeletionStatus(
                                    GetServiceLinkedRoleDeletionStatusRequest.builder()
                                            .deletionTaskId(task.deletionTaskId())
                                            .build(),
                                    call())
                            .status())
                    .isEqualTo("SUCCEEDED");
        }

        @Test
        void aMalformedTrustPolicyIsRefusedWithItsPlace() {
            fails(
                    () -> iam.createRole(
                            CreateRoleRequest.builder()
                                    .roleName("bad")
                                    .assumeRolePolicyDocument(POLICY)
                                    .build(),
                            call()),
                    "MalformedPolicyDocument",
                    400,
                    "AssumeRole policy may only specify STS AssumeRole actions. (line 1, column ");
        }
    }

    @Nested
    class Policies {
        @Test
        void atMostFiveVersionsAndTheDefaultStays() {
            String arn = aPolicy("p");
            CreatePolicyVersionRequest another = CreatePolicyVersionRequest.builder()
                    .policyArn(arn)
                    .policyDocument(POLICY)
                    .setAsDefault(true)
                    .build();
            for (int i = 0; i < 4; i++) {
                iam.createPolicyVersion(another, call());
            }

            fails(
                    () -> iam.createPolicyVersion(another, call()),
                    "LimitExceeded",
                    409,
                    "A managed policy can have up to 5");
            fails(
                    () -> iam.deletePolicyVersion(
                            DeletePolicyVersionRequest.builder()
                                    .policyArn(arn)
                                    .versionId("v5")
                                    .build(),
                            call()),
                    "DeleteConflict",
                    409,
                    "Cannot delete the default version of a policy.");
            iam.deletePolicyVersion(
                    DeletePolicyVersionRequest.builder()
                            .policyArn(arn)
                            .versionId("v2")
                            .build(),
                    call());
            assertThat(iam.createPolicyVersion(another, call()).policyVersion().versionId())
                    .isEqualTo("v6");
            assertThat(iam.listPolicyVersions(
                                    ListPolicyVersionsRequest.builder()
                                            .policyArn(arn)
                                            .build(),
                                    call())
                            .versions())
                    .extracting(PolicyVersion::versionId)
                    .containsExactly("v6", "v5", "v4", "v3", "v1");
            assertThat(iam.getPolicy(GetPolicyRequest.builder().policyArn(arn).build(), call())
                            .policy()
                            .defaultVersionId())
                    .isEqualTo("v6");
        }

        @Test
        void awssOwnPoliciesAreThereAndUnchangeable() {
            String arn = "arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole";
            var version = iam.getPolicyVersion(
                    GetPolicyVersionRequest.builder()
                            .policyArn(arn)
                            .versionId("v1")
                            .build(),
                    call());

            assertThat(URLDecoder.decode(version.policyVersion().document(), StandardCharsets.UTF_8))
                    .contains("logs:PutLogEvents");
            fails(
                    () -> iam.deletePolicy(
                            DeletePolicyRequest.builder().policyArn(arn).build(), call()),
                    "AccessDenied",
                    403,
                    "Policy is not modifiable");
        }

        @Test
        void everyDocumentOfAwssOwnIsAPolicy() {
            assertThat(accounts.awsManaged().all()).hasSizeGreaterThan(30).allSatisfy(policy -> {
                assertThat(io.pileus.core.policy.PolicyDocument.parse(
                                        policy.document(), io.pileus.core.policy.PolicyKind.IDENTITY)
                                .version())
                        .isEqualTo("2012-10-17");
                assertThat(policy.id()).matches("ANPA[A-Z0-9]{17}");
            });
        }

        @Test
        void anAwsPolicyWithoutKnownDocumentIsAttachedAndSaidSo() {
            aRole("app");
            AttachRolePolicyRequest.Builder attach =
                    AttachRolePolicyRequest.builder().roleName("app");

            iam.attachRolePolicy(
                    attach.policyArn("arn:aws:iam::aws:policy/AmazonRDSFullAccess")
                            .build(),
                    call());
            assertThat(notEmulated).singleElement().asString().contains("AmazonRDSFullAccess");
            String missing = "arn:aws:iam::111111111111:policy/missing";
            fails(
                    () -> iam.attachRolePolicy(attach.policyArn(missing).build(), call()),
                    "NoSuchEntity",
                    404,
                    "Policy " + missing + " does not exist or is not attachable.");
        }

        @Test
        void anAttachedPolicyIsNotDeletedAndKnowsWhereItIs() {
            String arn = aPolicy("p");
            aUser("alice");
            iam.attachUserPolicy(
                    AttachUserPolicyRequest.builder()
                            .userName("alice")
                            .policyArn(arn)
                            .build(),
                    call());

            fails(
                    () -> iam.deletePolicy(
                            DeletePolicyRequest.builder().policyArn(arn).build(), call()),
                    "DeleteConflict",
                    409,
                    "Cannot delete a policy attached to entities.");
            var entities = iam.listEntitiesForPolicy(
                    ListEntitiesForPolicyRequest.builder().policyArn(arn).build(), call());
            assertThat(entities.policyUsers()).extracting(PolicyUser::userName).containsExactly("alice");
            assertThat(iam.getPolicy(GetPolicyRequest.builder().policyArn(arn).build(), call())
                            .policy()
                            .attachmentCount())
                    .isEqualTo(1);
        }

        @Test
        void sizesAreLimited() {
            aUser("alice");
            String big = POLICY.replace("sqs:*", "sqs:" + "a".repeat(2_050));

            fails(
                    () -> iam.putUserPolicy(
                            PutUserPolicyRequest.builder()
                                    .userName("alice")
                                    .policyName("big")
                                    .policyDocument(big)
                                    .build(),
                            call()),
                    "LimitExceeded",
                    409,
                    "Maximum policy size of 2048 bytes exceeded for user alice");
        }
    }

    @Nested
    class Users {
        @Test
        void aUserHasTwoKeysAtMost() {
            aUser("alice");
            CreateAccessKeyRequest request =
                    CreateAccessKeyRequest.builder().userName("alice").build();
            iam.createAccessKey(request, call());
            iam.createAccessKey(request, call());

            fails(
                    () -> iam.createAccessKey(request, call()),
                    "LimitExceeded",
                    409,
                    "Cannot exceed quota for AccessKeysPerUser: 2");
            fails(
                    () -> iam.deleteUser(
                            DeleteUserRequest.builder().userName("alice").build(), call()),
                    "DeleteConflict",
                    409,
                    "Cannot delete entity, must delete access keys first.");
        }

        @Test
        void aRenamedUserKeepsGroupsAndKeys() {
            aUser("alice");
            iam.createGroup(CreateGroupRequest.builder().groupName("g").build(), call());
            iam.addUserToGroup(
                    AddUserToGroupRequest.builder()
                            .groupName("g")
                            .userName("alice")
                            .build(),
                    call());
            iam.createAccessKey(
                    CreateAccessKeyRequest.builder().userName("alice").build(), call());

            iam.updateUser(
                    UpdateUserRequest.builder()
                            .userName("alice")
                            .newUserName("alicia")
                            .build(),
                    call());

            assertThat(iam.getGroup(GetGroupRequest.builder().groupName("g").build(), call())
                            .users())
                    .extracting(User::userName)
                    .containsExactly("alicia");
            assertThat(iam.listAccessKeys(
                                    ListAccessKeysRequest.builder()
                                            .userName("alicia")
                                            .build(),
                                    call())
                            .accessKeyMetadata())
                    .singleElement()
                    .satisfies(k -> assertThat(k.userName()).isEqualTo("alicia"));
        }

        @Test
        void pagesHoldTogetherWhenUsersComeAndGo() {
            for (int i = 0; i < 7; i++) {
                aUser("user" + i);
            }
            ListUsersResponse first =
                    iam.listUsers(ListUsersRequest.builder().maxItems(3).build(), call());
            iam.deleteUser(DeleteUserRequest.builder().userName("user2").build(), call());

            ListUsersResponse second = iam.listUsers(
                    ListUsersRequest.builder()
                            .maxItems(3)
                            .marker(first.marker())
                            .build(),
                    call());

            assertThat(second.users()).extracting(User::userName).containsExactly("user3", "user4", "user5");
            fails(
                    () -> iam.listUsers(ListUsersRequest.builder().marker("?").build(), call()),
                    "ValidationError",
                    400,
                    "Invalid Marker");
        }

        @Test
        void tagKeysDifferWithoutRegardToCase() {
            aUser("alice");
            TagUserRequest.Builder tag = TagUserRequest.builder().userName("alice");
            iam.tagUser(
                    tag.tags(List.of(Tag.builder().key("Team").value("a").build()))
                            .build(),
                    call());
            iam.tagUser(
                    tag.tags(List.of(Tag.builder().key("team").value("b").build()))
                            .build(),
                    call());

            assertThat(iam.listUserTags(
                                    ListUserTagsRequest.builder()
                                            .userName("alice")
                                            .build(),
                                    call())
                            .tags())
                    .extracting(Tag::value)
                    .containsExactly("b");
        }

        @Test
        void ofManyCreationsOfOneNameOneSucceeds() throws Exception {
            try (var threads = Executors.newFixedThreadPool(8)) {
                List<Future<Boolean>> results = new ArrayList<>();
                for (int i = 0; i < 64; i++) {
                    results.add(threads.submit(() -> {
                        try {
                            aUser("alice");
                            return true;
                        } catch (EntityAlreadyExistsException e) {
                            return false;
                        }
                    }));
                }
                int successes = 0;
                for (Future<Boolean> result : results) {
                    successes += result.get() ? 1 : 0;
                }
                assertThat(successes).isEqualTo(1);
            }
        }
    }

    @Nested
    class TheAccount {
        @Test
        void detailsListEverythingOnce() {
            aUser("alice");
            aRole("app");
            String arn = aPolicy("p");
            List<String> seen = new ArrayList<>();
            String marker = null;
            do {
                var page = iam.getAccountAuthorizationDetails(
                        GetAccountAuthorizationDetailsRequest.builder()
                                .maxItems(1)
                                .marker(marker)
                                .build(),
                        call());
                page.userDetailList().forEach(u -> seen.add(u.arn()));
                page.roleDetailList().forEach(r -> seen.add(r.arn()));
                page.policies().forEach(p -> seen.add(p.arn()));
                marker = page.marker();
            } while (marker != null);

            assertThat(seen)
                    .containsExactlyInAnyOrder(
                            "arn:aws:iam::111111111111:user/alice", "arn:aws:iam::111111111111:role/app", arn);
        }

        @Test
        void theCredentialReportIsMadeThenThere() {
            aUser("alice");
            GenerateCredentialReportRequest generate =
                    GenerateCredentialReportRequest.builder().build();
            GetCredentialReportRequest get =
                    GetCredentialReportRequest.builder().build();

            fails(() -> iam.getCredentialReport(get, call()), "ReportNotPresent", 410, "Report is not present.");
            assertThat(iam.generateCredentialReport(generate, call()).state()).isEqualTo("STARTED");
            assertThat(iam.generateCredentialReport(generate, call()).state()).isEqualTo("COMPLETE");
            assertThat(new String(iam.getCredentialReport(get, call()).content().bytes(), StandardCharsets.UTF_8)
                            .lines())
                    .hasSize(3)
                    .allSatisfy(line -> assertThat(line.split(",")).hasSize(22));
            env.advance(Duration.ofHours(5));
            fails(() -> iam.getCredentialReport(get, call()), "ReportExpired", 410, "Report has expired.");
        }

        @Test
        void passwordsKeepThePolicy() {
            aUser("alice");
            iam.updateAccountPasswordPolicy(
                    UpdateAccountPasswordPolicyRequest.builder()
                            .minimumPasswordLength(12)
                            .build(),
                    call());
            CreateLoginProfileRequest.Builder profile =
                    CreateLoginProfileRequest.builder().userName("alice");

            fails(
                    () -> iam.createLoginProfile(profile.password("short").build(), call()),
                    "PasswordPolicyViolation",
                    400,
                    "Password does not conform to the account password policy");
            assertThat(iam.createLoginProfile(
                                    profile.password("long enough now").build(), call())
                            .loginProfile()
                            .passwordResetRequired())
                    .isFalse();
        }

        @Test
        void accountsAreStrangers() {
            aUser("alice");

            fails(
                    () -> iam.getUser(
                            GetUserRequest.builder().userName("alice").build(), TestCalls.callOf(env, "222222222222")),
                    "NoSuchEntity",
                    404,
                    "The user with name alice cannot be found.");
        }
    }
}
