package io.pileus.sts;

import static io.pileus.sts.Identity.ACCOUNT;
import static io.pileus.sts.Identity.aws;
import static io.pileus.sts.Identity.trusting;
import static org.assertj.core.api.Assertions.assertThat;

import io.pileus.core.port.RoleSessions;
import io.pileus.core.service.CallContext;
import io.pileus.core.state.StateChanges;
import io.pileus.core.testkit.SavedStates;
import io.pileus.iam.model.*;
import io.pileus.sts.model.AssumeRoleResponse;
import io.pileus.sts.model.Credentials;
import io.pileus.sts.model.GetCallerIdentityRequest;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What IAM and STS are after they were saved and loaded. */
class IdentityStateTest {
    private static final String POLICY =
            "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Action\":\"s3:*\",\"Resource\":\"*\"}]}";

    private final Identity before = new Identity();

    private Identity loaded() {
        Identity after = new Identity();
        after.env.advance(Duration.between(after.env.now(), before.env.now()));
        SavedStates.of(before.service).loadInto(after.service);
        return after;
    }

    @Test
    void usersGroupsRolesAndPoliciesComeBack() {
        CallContext root = before.root();
        CallContext user = before.aUser("alice");
        before.iam.createLoginProfile(
                CreateLoginProfileRequest.builder()
                        .userName("alice")
                        .password("a-Long-1-Password")
                        .build(),
                root);
        before.iam.createGroup(CreateGroupRequest.builder().groupName("staff").build(), root);
        before.iam.addUserToGroup(
                AddUserToGroupRequest.builder()
                        .groupName("staff")
                        .userName("alice")
                        .build(),
                root);
        String policy = before.iam
                .createPolicy(
                        CreatePolicyRequest.builder()
                                .policyName("p")
                                .policyDocument(POLICY)
                                .build(),
                        root)
                .policy()
                .arn();
        before.iam.createPolicyVersion(
                CreatePolicyVersionRequest.builder()
                        .policyArn(policy)
                        .policyDocument(POLICY.replace("s3", "sqs"))
                        .setAsDefault(true)
                        .build(),
                root);
        before.iam.attachGroupPolicy(
                AttachGroupPolicyRequest.builder()
                        .groupName("staff")
                        .policyArn(policy)
                        .build(),
                root);
        before.iam.putUserPolicy(
                PutUserPolicyRequest.builder()
                        .userName("alice")
                        .policyName("own")
                        .policyDocument(POLICY)
                        .build(),
                root);
        before.aRole(ACCOUNT, "r", trusting(aws(ACCOUNT)));
        before.iam.createInstanceProfile(
                CreateInstanceProfileRequest.builder().instanceProfileName("ip").build(), root);
        before.iam.addRoleToInstanceProfile(
                AddRoleToInstanceProfileRequest.builder()
                        .instanceProfileName("ip")
                        .roleName("r")
                        .build(),
                root);
        before.iam.createVirtualMFADevice(
                CreateVirtualMFADeviceRequest.builder()
                        .virtualMFADeviceName("phone")
                        .build(),
                root);
        before.iam.createAccountAlias(
                CreateAccountAliasRequest.builder().accountAlias("acme").build(), root);
        GetAccountAuthorizationDetailsRequest everything =
                GetAccountAuthorizationDetailsRequest.builder().build();

        Identity after = loaded();

        assertThat(after.iam.getAccountAuthorizationDetails(everything, after.root()))
                .isEqualTo(before.iam.getAccountAuthorizationDetails(everything, root));
        assertThat(after.iam.getAccountSummary(
                        GetAccountSummaryRequest.builder().build(), after.root()))
                .isEqualTo(before.iam.getAccountSummary(
                        GetAccountSummaryRequest.builder().build(), root));
        assertThat(after.as(user.caller().accessKeyId(), Optional.empty())
                        .caller()
                        .principalArn())
                .isEqualTo("arn:aws:iam::" + ACCOUNT + ":user/alice");
        assertThat(after.iam
                        .createPolicyVersion(
                                CreatePolicyVersionRequest.builder()
                                        .policyArn(policy)
                                        .policyDocument(POLICY)
                                        .build(),
                                after.root())
                        .policyVersion()
                        .versionId())
                .isEqualTo("v3");
    }

    @Test
    void credentialsOfASessionGoOnToBeGoodUntilTheyExpire() {
        String role = before.aRole(ACCOUNT, "r", trusting(aws(ACCOUNT)));
        AssumeRoleResponse assumed =
                before.sts.assumeRole(Identity.assumption(role).policy(POLICY).build(), before.root());
        Credentials credentials = assumed.credentials();

        Identity after = loaded();

        assertThat(after.sts
                        .getCallerIdentity(GetCallerIdentityRequest.builder().build(), after.as(credentials))
                        .arn())
                .isEqualTo(assumed.assumedRoleUser().arn());
        assertThat(after.sessions().secretOf(String.valueOf(credentials.accessKeyId())))
                .contains(String.valueOf(credentials.secretAccessKey()));
        after.env.advance(Duration.ofHours(1));
        assertThat(after.sessions()
                        .lookup(
                                String.valueOf(credentials.accessKeyId()),
                                Optional.ofNullable(credentials.sessionToken())))
                .isInstanceOf(RoleSessions.Invalid.class);
    }

    @Test
    void onlyWhatChangedIsWritten() {
        before.aUser("alice");
        before.aUser("bob");
        SavedStates saved = SavedStates.of(before.service);

        assertThat(saved.saveAgain(before.service)).isEqualTo(StateChanges.NONE);
        before.iam.tagUser(
                TagUserRequest.builder()
                        .userName("bob")
                        .tags(List.of(Tag.builder().key("a").value("b").build()))
                        .build(),
                before.root());
        assertThat(saved.saveAgain(before.service)).isEqualTo(new StateChanges(1, 0));
    }
}
