package io.pileus.sts;

import static io.pileus.sts.Identity.ACCOUNT;
import static io.pileus.sts.Identity.refused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.pileus.core.dispatch.Authorizer;
import io.pileus.core.identity.Arn;
import io.pileus.core.identity.Caller;
import io.pileus.core.port.Deliveries;
import io.pileus.core.port.Delivery;
import io.pileus.core.port.DeliveryResult;
import io.pileus.core.port.RoleSessions;
import io.pileus.core.service.CallContext;
import io.pileus.core.service.Client;
import io.pileus.core.shape.Blob;
import io.pileus.core.shape.Shape;
import io.pileus.core.testkit.TestCalls;
import io.pileus.iam.model.*;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Where the condition keys of a request come from. */
class ConditionKeysTest {
    private final Identity identity = new Identity("ENFORCE_IAM", "1");
    private final IamApi iam = new IamApi(identity.iam);
    private final CallContext alice = identity.aUser("alice");

    private record Browser(String address, String userAgent, String referer) implements Client {}

    private CallContext from(String address, String userAgent) {
        return new CallContext(
                alice.requestId(),
                alice.caller(),
                alice.account(),
                alice.region(),
                alice.receivedAt(),
                alice.endpoint(),
                0,
                new Browser(address, userAgent, ""),
                what -> {});
    }

    private void authorize(String operation, Shape input, CallContext call) {
        identity.env
                .ports()
                .find(Authorizer.class)
                .orElseThrow()
                .authorize(iam.model(), Objects.requireNonNull(iam.operation(operation)), input, call);
    }

    private void allow(String action, String condition) {
        identity.iam.putUserPolicy(
                PutUserPolicyRequest.builder()
                        .userName("alice")
                        .policyName("only")
                        .policyDocument("{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Action\":\""
                                + action + "\",\"Resource\":\"*\",\"Condition\":" + condition + "}]}")
                        .build(),
                identity.root());
    }

    private static ListUsersRequest users() {
        return ListUsersRequest.builder().build();
    }

    @Test
    void theClientsAddressAndProgramAreKeys() {
        allow(
                "iam:ListUsers",
                "{\"IpAddress\":{\"aws:SourceIp\":\"203.0.113.0/24\"},"
                        + "\"StringLike\":{\"aws:UserAgent\":\"aws-cli/*\"},\"Bool\":{\"aws:ViaAWSService\":\"false\"}}");

        assertThatCode(() -> authorize("ListUsers", users(), from("203.0.113.9", "aws-cli/2.1")))
                .doesNotThrowAnyException();
        refused(() -> authorize("ListUsers", users(), from("198.51.100.1", "aws-cli/2.1")))
                .hasMessageContaining("iam:ListUsers");
        refused(() -> authorize("ListUsers", users(), from("203.0.113.9", "curl/8")))
                .isNotNull();
        refused(() -> authorize("ListUsers", users(), alice)).isNotNull();
    }

    @Test
    void theResourcesTagsAreKeys() {
        identity.aRole(ACCOUNT, "app", Identity.trusting(Identity.aws(ACCOUNT)));
        allow("iam:GetRole", "{\"StringEquals\":{\"aws:ResourceTag/team\":\"${aws:username}\"}}");
        GetRoleRequest question = GetRoleRequest.builder().roleName("app").build();

        refused(() -> authorize("GetRole", question, alice)).hasMessageContaining("iam:GetRole");
        identity.iam.tagRole(
                TagRoleRequest.builder()
                        .roleName("app")
                        .tags(List.of(Tag.builder().key("team").value("alice").build()))
                        .build(),
                identity.root());
        assertThatCode(() -> authorize("GetRole", question, alice)).doesNotThrowAnyException();
        allow("iam:GetRole", "{\"StringEquals\":{\"iam:ResourceTag/team\":\"alice\"}}");
        assertThatCode(() -> authorize("GetRole", question, alice)).doesNotThrowAnyException();
    }

    @Test
    void whoPassesARoleOnMustBeAllowedTo() {
        AddRoleToInstanceProfileRequest passing = AddRoleToInstanceProfileRequest.builder()
                .instanceProfileName("web")
                .roleName("app")
                .build();
        allow("iam:AddRoleToInstanceProfile", "{}");
        refused(() -> authorize("AddRoleToInstanceProfile", passing, alice))
                .hasMessageContaining("iam:PassRole on resource: arn:aws:iam::" + ACCOUNT + ":role/app");

        allow("iam:*", "{\"StringEqualsIfExists\":{\"iam:PassedToService\":\"ec2.amazonaws.com\"}}");
        assertThatCode(() -> authorize("AddRoleToInstanceProfile", passing, alice))
                .doesNotThrowAnyException();
        allow("iam:*", "{\"StringEqualsIfExists\":{\"iam:PassedToService\":\"lambda.amazonaws.com\"}}");
        refused(() -> authorize("AddRoleToInstanceProfile", passing, alice)).hasMessageContaining("iam:PassRole");
    }

    @Test
    void aTrustPolicyMayNameTheResourceThatTakesTheRoleOn() {
        String machine = "arn:aws:states:us-east-1:" + ACCOUNT + ":stateMachine:orders";
        String role = identity.aRole(
                ACCOUNT,
                "flow",
                Identity.trusting(
                        "{\"Service\":\"states.amazonaws.com\"}",
                        "sts:AssumeRole",
                        ",\"Condition\":{\"ArnLike\":{\"aws:SourceArn\":\"" + machine
                                + "\"},\"StringEquals\":{\"aws:SourceAccount\":\"" + ACCOUNT + "\"}}"));

        assertThat(identity.sessions().assumeForService(role, "states.amazonaws.com", "run", machine))
                .isInstanceOf(RoleSessions.Session.class);
        assertThat(identity.sessions().assumeForService(role, "states.amazonaws.com", "run", machine + "2"))
                .isInstanceOf(RoleSessions.Denied.class);
        assertThat(identity.sessions().assumeForService(role, "states.amazonaws.com", "run", ""))
                .isInstanceOf(RoleSessions.Denied.class);
    }

    private DeliveryResult deliver(Identity to, String sender) {
        Deliveries deliveries = to.env.ports().deliveries();
        deliveries.register("sqs", delivery -> CompletableFuture.completedStage(new DeliveryResult.Delivered("1")));
        return deliveries
                .deliver(Delivery.of(
                        Arn.parse("arn:aws:sqs:us-east-1:" + ACCOUNT + ":q").orElseThrow(),
                        Arn.parse("arn:aws:sns:us-east-1:" + ACCOUNT + ":t").orElseThrow(),
                        Caller.service(to.root().account(), sender),
                        Blob.of(new byte[] {1}),
                        to.env.now(),
                        1))
                .toCompletableFuture()
                .join();
    }

    @Test
    void aTopicNeedsTheQueuesLeaveToDeliver() {
        assertThat(deliver(identity, "sns.amazonaws.com"))
                .isInstanceOfSatisfying(DeliveryResult.Refused.class, refused -> {
                    assertThat(refused.code()).isEqualTo("AccessDenied");
                    assertThat(refused.message()).contains("sns.amazonaws.com", "sqs:SendMessage", ":q");
                    assertThat(refused.retryable()).isFalse();
                });
        assertThat(deliver(identity, "lambda.amazonaws.com")).isInstanceOf(DeliveryResult.Delivered.class);
        assertThat(deliver(new Identity(), "sns.amazonaws.com")).isInstanceOf(DeliveryResult.Delivered.class);
        assertThat(deliver(new Identity("ENFORCE_IAM", "1", "IAM_SOFT_MODE", "1"), "sns.amazonaws.com"))
                .isInstanceOf(DeliveryResult.Delivered.class);
    }

    private void allowOn(String action, String resource) {
        identity.iam.putUserPolicy(
                PutUserPolicyRequest.builder()
                        .userName("alice")
                        .policyName("only")
                        .policyDocument("{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Action\":\""
                                + action + "\",\"Resource\":\"" + resource + "\"}]}")
                        .build(),
                identity.root());
    }

    @Test
    void resourcesHaveTheirPaths() {
        allowOn("iam:*Role", "arn:aws:iam::*:role/team/*");
        CreateRoleRequest creation = CreateRoleRequest.builder()
                .roleName("app")
                .path("/team/")
                .assumeRolePolicyDocument(Identity.trusting(Identity.aws(ACCOUNT)))
                .build();
        GetRoleRequest question = GetRoleRequest.builder().roleName("app").build();

        refused(() -> authorize("GetRole", question, alice)).hasMessageContaining(":role/app");
        assertThatCode(() -> authorize("CreateRole", creation, alice)).doesNotThrowAnyException();
        identity.iam.createRole(creation, identity.root());
        assertThatCode(() -> authorize("GetRole", question, alice)).doesNotThrowAnyException();
    }

    @Test
    void whoNamesNoUserMeansItself() {
        allowOn("iam:*AccessKey*", "arn:aws:iam::*:user/${aws:username}");

        assertThatCode(() -> authorize(
                        "CreateAccessKey", CreateAccessKeyRequest.builder().build(), alice))
                .doesNotThrowAnyException();
        refused(() -> authorize(
                        "CreateAccessKey",
                        CreateAccessKeyRequest.builder().userName("bob").build(),
                        alice))
                .hasMessageContaining(":user/bob");
    }

    @Test
    void thePasswordPolicyMayLetUsersChangeTheirPasswords() {
        ChangePasswordRequest change = ChangePasswordRequest.builder()
                .oldPassword("First-1-password")
                .newPassword("Second-2-password")
                .build();
        refused(() -> authorize("ChangePassword", change, alice)).hasMessageContaining("iam:ChangePassword");

        identity.iam.updateAccountPasswordPolicy(
                UpdateAccountPasswordPolicyRequest.builder()
                        .allowUsersToChangePassword(true)
                        .build(),
                identity.root());

        assertThatCode(() -> authorize("ChangePassword", change, alice)).doesNotThrowAnyException();
    }

    @Test
    void aServiceThatTheRoleDoesNotTrustMayDoNothing() {
        CallContext states =
                TestCalls.call(identity.env, Caller.service(alice.account(), "states.amazonaws.com"), alice.region());
        CallContext cognito = TestCalls.call(
                identity.env, Caller.service(alice.account(), "cognito-identity.amazonaws.com"), alice.region());

        refused(() -> authorize("ListUsers", users(), states))
                .hasMessageStartingWith("User: states.amazonaws.com is not authorized to perform: iam:ListUsers");
        assertThatCode(() -> authorize("ListUsers", users(), cognito)).doesNotThrowAnyException();
    }
}
