package io.pileus.sts;

import static io.pileus.sts.Identity.ACCOUNT;
import static io.pileus.sts.Identity.OTHER_ACCOUNT;
import static io.pileus.sts.Identity.aws;
import static io.pileus.sts.Identity.refused;
import static io.pileus.sts.Identity.trusting;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.pileus.core.dispatch.Authorizer;
import io.pileus.core.http.Headers;
import io.pileus.core.http.HttpRequest;
import io.pileus.core.http.HttpResponse;
import io.pileus.core.http.Payload;
import io.pileus.core.service.CallContext;
import io.pileus.core.service.HttpRoute;
import io.pileus.core.shape.Shape;
import io.pileus.iam.model.*;
import io.pileus.sts.model.DecodeAuthorizationMessageRequest;
import io.pileus.sts.model.GetFederationTokenRequest;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;

class EnforcementTest {
    private final Identity identity = new Identity("ENFORCE_IAM", "1");
    private final IamApi iam = new IamApi(identity.iam);

    private void authorize(String operation, Shape input, CallContext call) {
        identity.env
                .ports()
                .find(Authorizer.class)
                .orElseThrow()
                .authorize(iam.model(), iam.operation(operation), input, call);
    }

    private void allowUser(String user, String policyName, String statement) {
        identity.iam.putUserPolicy(
                PutUserPolicyRequest.builder()
                        .userName(user)
                        .policyName(policyName)
                        .policyDocument("{\"Version\":\"2012-10-17\",\"Statement\":[" + statement + "]}")
                        .build(),
                identity.root());
    }

    private static String allow(String action, String resource) {
        return "{\"Effect\":\"Allow\",\"Action\":\"" + action + "\",\"Resource\":\"" + resource + "\"}";
    }

    private static GetRoleRequest role(String name) {
        return GetRoleRequest.builder().roleName(name).build();
    }

    @Test
    void offByDefaultEverythingIsAllowed() {
        Identity lax = new Identity();
        CallContext alice = lax.aUser("alice");

        assertThatCode(() -> lax.env
                        .ports()
                        .find(Authorizer.class)
                        .orElseThrow()
                        .authorize(iam.model(), iam.operation("GetRole"), role("app"), alice))
                .doesNotThrowAnyException();
    }

    @Test
    void whatNoPolicyAllowsIsDeniedInAwssWords() {
        CallContext alice = identity.aUser("alice");

        refused(() -> authorize("GetRole", role("app"), alice))
                .hasMessage("User: arn:aws:iam::" + ACCOUNT + ":user/alice is not authorized to perform: iam:GetRole on"
                        + " resource: arn:aws:iam::" + ACCOUNT
                        + ":role/app because no identity-based policy allows the iam:GetRole action")
                .satisfies(e -> assertThat(e.code()).isEqualTo("AccessDenied"))
                .satisfies(e -> assertThat(e.httpStatus()).isEqualTo(403));
        allowUser("alice", "roles", allow("iam:Get*", "arn:aws:iam::" + ACCOUNT + ":role/app"));
        assertThatCode(() -> authorize("GetRole", role("app"), alice)).doesNotThrowAnyException();
        refused(() -> authorize("GetRole", role("other"), alice)).hasMessageContaining("role/other");
    }

    @Test
    void groupsManagedPoliciesAndBoundariesCount() {
        CallContext alice = identity.aUser("alice");
        identity.iam.createGroup(
                CreateGroupRequest.builder().groupName("admins").build(), identity.root());
        identity.iam.addUserToGroup(
                AddUserToGroupRequest.builder()
                        .groupName("admins")
                        .userName("alice")
                        .build(),
                identity.root());
        identity.iam.attachGroupPolicy(
                AttachGroupPolicyRequest.builder()
                        .groupName("admins")
                        .policyArn("arn:aws:iam::aws:policy/AdministratorAccess")
                        .build(),
                identity.root());
        assertThatCode(() -> authorize("GetRole", role("app"), alice)).doesNotThrowAnyException();

        identity.iam.putUserPermissionsBoundary(
                PutUserPermissionsBoundaryRequest.builder()
                        .userName("alice")
                        .permissionsBoundary("arn:aws:iam::aws:policy/AmazonSQSFullAccess")
                        .build(),
                identity.root());
        refused(() -> authorize("GetRole", role("app"), alice))
                .hasMessageEndingWith("because no permissions boundary allows the iam:GetRole action");
    }

    @Test
    void aSessionPolicyNarrowsTheSession() {
        String arn = identity.aRole(ACCOUNT, "app", trusting(aws(ACCOUNT)));
        identity.iam.attachRolePolicy(
                AttachRolePolicyRequest.builder()
                        .roleName("app")
                        .policyArn("arn:aws:iam::aws:policy/AdministratorAccess")
                        .build(),
                identity.root());
        var wide = identity.as(identity.assume(arn, identity.root()).credentials());
        var narrow = identity.as(identity.sts
                .assumeRole(
                        Identity.assumption(arn)
                                .policy("{\"Version\":\"2012-10-17\",\"Statement\":" + allow("sqs:*", "*") + "}")
                                .build(),
                        identity.root())
                .credentials());

        assertThatCode(() -> authorize("GetRole", role("app"), wide)).doesNotThrowAnyException();
        refused(() -> authorize("GetRole", role("app"), narrow))
                .hasMessageEndingWith("because no session policy allows the iam:GetRole action");
    }

    @Test
    void aFederatedUserHasWhatSessionPolicyAndUserBothAllow() {
        CallContext alice = identity.aUser("alice");
        allowUser("alice", "iam", allow("iam:Get*", "*"));
        GetFederationTokenRequest.Builder bob =
                GetFederationTokenRequest.builder().name("bob");
        CallContext without =
                identity.as(identity.sts.getFederationToken(bob.build(), alice).credentials());
        CallContext with = identity.as(identity.sts
                .getFederationToken(
                        bob.policy("{\"Version\":\"2012-10-17\",\"Statement\":" + allow("*", "*") + "}")
                                .build(),
                        alice)
                .credentials());

        refused(() -> authorize("GetRole", role("app"), without)).hasMessageContaining("federated-user/bob");
        assertThatCode(() -> authorize("GetRole", role("app"), with)).doesNotThrowAnyException();
        refused(() -> authorize(
                        "DeleteRole",
                        DeleteRoleRequest.builder().roleName("app").build(),
                        with))
                .hasMessageContaining("iam:DeleteRole");
    }

    @Test
    void takingOnARoleElsewhereNeedsBothAccounts() {
        String arn = identity.aRole(OTHER_ACCOUNT, "deploy", trusting(aws(ACCOUNT)));
        CallContext alice = identity.aUser("alice");

        refused(() -> identity.assume(arn, alice)).hasMessageContaining("sts:AssumeRole");
        allowUser("alice", "assume", allow("sts:AssumeRole", arn));
        assertThat(identity.assume(arn, alice).credentials()).isNotNull();
    }

    @Test
    void tagsOfTheRequestAreConditionKeys() {
        CallContext alice = identity.aUser("alice");
        allowUser(
                "alice",
                "tagged",
                "{\"Effect\":\"Allow\",\"Action\":\"iam:CreateUser\",\"Resource\":\"*\",\"Condition\":"
                        + "{\"StringEquals\":{\"aws:RequestTag/team\":\"${aws:username}\"}}}");
        CreateUserRequest.Builder request = CreateUserRequest.builder().userName("new");

        refused(() -> authorize("CreateUser", request.build(), alice)).hasMessageContaining("iam:CreateUser");
        assertThatCode(() -> authorize(
                        "CreateUser",
                        request.tags(java.util.List.of(
                                        Tag.builder().key("team").value("alice").build()))
                                .build(),
                        alice))
                .doesNotThrowAnyException();
    }

    @Test
    void softModeLetsThrough() {
        Identity soft = new Identity("ENFORCE_IAM", "1", "IAM_SOFT_MODE", "1");
        CallContext alice = soft.aUser("alice");

        assertThatCode(() -> soft.env
                        .ports()
                        .find(Authorizer.class)
                        .orElseThrow()
                        .authorize(iam.model(), iam.operation("GetRole"), role("app"), alice))
                .doesNotThrowAnyException();
    }

    private JsonNode explain(String query) throws Exception {
        HttpRoute route = identity.service.routes().stream()
                .filter(r -> r.template().equals("/_pileus/iam/explain"))
                .findFirst()
                .orElseThrow();
        HttpRequest request = new HttpRequest(
                "GET", "/_pileus/iam/explain", query, "http", "localhost", new Headers(), Payload.EMPTY, null);
        HttpResponse response = route.endpoint()
                .handle(request, Map.of(), identity.root())
                .toCompletableFuture()
                .join();
        Payload payload = ((HttpResponse.Complete) response.body()).payload();
        return new ObjectMapper().readTree(payload.open());
    }

    @Test
    void whyARoleMayBeTakenOnIncludesItsTrust() throws Exception {
        CallContext alice = identity.aUser("alice");
        allowUser("alice", "all", allow("*", "*"));
        String trusted = identity.aRole(OTHER_ACCOUNT, "trusting", trusting(aws(ACCOUNT)));
        String other = identity.aRole(OTHER_ACCOUNT, "closed", trusting(aws("333333333333")));
        String question = "principal=" + alice.caller().principalArn() + "&action=sts:AssumeRole&resource=";

        assertThat(explain(question + trusted).path("allowed").asBoolean()).isTrue();
        assertThat(explain(question + other).path("decidedBy").asText()).isEqualTo("role trust policy");
    }

    @Test
    void aTestCanAskWhy() throws Exception {
        CallContext alice = identity.aUser("alice");
        allowUser("alice", "all", allow("*", "*"));
        allowUser(
                "alice", "not-iam", "{\"Sid\":\"NoIam\",\"Effect\":\"Deny\",\"Action\":\"iam:*\",\"Resource\":\"*\"}");
        refused(() -> authorize("GetRole", role("app"), alice))
                .hasMessageEndingWith("with an explicit deny in an identity-based policy");

        JsonNode byRequest = explain("requestId=" + alice.requestId());
        JsonNode byQuestion = explain("principal="
                + URLEncoder.encode(alice.caller().principalArn(), StandardCharsets.UTF_8)
                + "&action=iam:GetRole&resource=*");

        for (JsonNode why : java.util.List.of(byRequest, byQuestion)) {
            assertThat(why.path("decision").asText()).isEqualTo("explicitDeny");
            assertThat(why.path("matchedStatements").path(0).path("sid").asText())
                    .isEqualTo("NoIam");
            assertThat(why.path("matchedStatements").path(0).path("policy").asText())
                    .isEqualTo("user_alice_not-iam");
        }
        String decoded = identity.sts
                .decodeAuthorizationMessage(
                        DecodeAuthorizationMessageRequest.builder()
                                .encodedMessage(byRequest
                                        .path("encodedAuthorizationMessage")
                                        .asText())
                                .build(),
                        identity.root())
                .decodedMessage();
        assertThat(decoded).contains("NoIam");
        assertThat(explain("principal=arn:aws:iam::" + ACCOUNT + ":user/alice&action=sqs:SendMessage&resource=*")
                        .path("allowed")
                        .asBoolean())
                .isTrue();
    }
}
