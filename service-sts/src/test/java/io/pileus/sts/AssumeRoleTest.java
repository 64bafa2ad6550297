package io.pileus.sts;

import static io.pileus.sts.Identity.ACCOUNT;
import static io.pileus.sts.Identity.OTHER_ACCOUNT;
import static io.pileus.sts.Identity.assumption;
import static io.pileus.sts.Identity.aws;
import static io.pileus.sts.Identity.refused;
import static io.pileus.sts.Identity.trusting;
import static org.assertj.core.api.Assertions.assertThat;

import io.pileus.core.port.RoleSessions;
import io.pileus.core.service.CallContext;
import io.pileus.iam.AccessKeyIds;
import io.pileus.iam.model.UpdateRoleRequest;
import io.pileus.sts.model.AssumeRoleResponse;
import io.pileus.sts.model.GetCallerIdentityRequest;
import io.pileus.sts.model.GetCallerIdentityResponse;
import io.pileus.sts.model.Tag;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class AssumeRoleTest {
    private final Identity identity = new Identity();

    private GetCallerIdentityResponse who(CallContext call) {
        return identity.sts.getCallerIdentity(GetCallerIdentityRequest.builder().build(), call);
    }

    @Test
    void whoeverAssumesARoleIsThatRoleAfterwards() {
        String role = identity.aRole(ACCOUNT, "app", trusting(aws(ACCOUNT)));

        AssumeRoleResponse answer = identity.assume(role, identity.root());

        GetCallerIdentityResponse who = who(identity.as(answer.credentials()));
        assertThat(who.account()).isEqualTo(ACCOUNT);
        assertThat(who.arn()).isEqualTo("arn:aws:sts::" + ACCOUNT + ":assumed-role/app/session");
        assertThat(who.userId())
                .matches("AROA[A-Z0-9]{17}:session")
                .isEqualTo(answer.assumedRoleUser().assumedRoleId());
        assertThat(answer.credentials().accessKeyId()).startsWith("ASIA").hasSize(20);
        assertThat(AccessKeyIds.account(answer.credentials().accessKeyId()))
                .hasValueSatisfying(a -> assertThat(a.id()).isEqualTo(ACCOUNT));
        assertThat(identity.sessions().secretOf(answer.credentials().accessKeyId()))
                .contains(answer.credentials().secretAccessKey());
    }

    @Test
    void aRoleOfAnotherAccountIsTakenOnWhereItsTrustAllows() {
        String role = identity.aRole(OTHER_ACCOUNT, "deploy", trusting(aws(ACCOUNT)));

        AssumeRoleResponse answer = identity.assume(role, identity.root());

        assertThat(who(identity.as(answer.credentials())).account()).isEqualTo(OTHER_ACCOUNT);
        refused(() -> identity.assume(role, identity.rootOf("333333333333")))
                .hasMessage("User: arn:aws:iam::333333333333:root is not authorized to perform: sts:AssumeRole"
                        + " on resource: " + role)
                .satisfies(e -> assertThat(e.code()).isEqualTo("AccessDenied"))
                .satisfies(e -> assertThat(e.httpStatus()).isEqualTo(403));
    }

    @Test
    void aTrustPolicyThatNamesAUserIsForThatUserOnly() {
        CallContext alice = identity.aUser("alice");
        CallContext eve = identity.aUser("eve");
        String role = identity.aRole(ACCOUNT, "app", trusting(aws("arn:aws:iam::" + ACCOUNT + ":user/alice")));

        assertThat(identity.assume(role, alice).credentials()).isNotNull();
        refused(() -> identity.assume(role, eve)).hasMessageContaining("user/eve is not authorized");
    }

    @Test
    void theExternalIdMustBeTheOneOfTheTrustPolicy() {
        String role = identity.aRole(
                ACCOUNT,
                "app",
                trusting(aws("*"), "sts:AssumeRole", ",\"Condition\":{\"StringEquals\":{\"sts:ExternalId\":\"42\"}}"));

        refused(() -> identity.assume(role, identity.root())).hasMessageContaining("sts:AssumeRole");
        assertThat(identity.sts
                        .assumeRole(assumption(role).externalId("42").build(), identity.root())
                        .credentials())
                .isNotNull();
    }

    @Test
    void sessionsEndOnOurClock() {
        String role = identity.aRole(ACCOUNT, "app", trusting(aws("*")));
        var credentials = identity.sts
                .assumeRole(assumption(role).durationSeconds(900).build(), identity.root())
                .credentials();
        Optional<String> token = Optional.of(credentials.sessionToken());

        identity.env.advance(Duration.ofSeconds(899));
        assertThat(identity.sessions().lookup(credentials.accessKeyId(), token)).isInstanceOf(RoleSessions.Known.class);
        identity.env.advance(Duration.ofSeconds(1));
        assertThat(identity.sessions().lookup(credentials.accessKeyId(), token))
                .isEqualTo(new RoleSessions.Invalid(
                        "ExpiredToken", "The security token included in the request is expired"));
    }

    @Test
    void aChangedTokenIsRefusedAndAForeignKeyIsUnknown() {
        String role = identity.aRole(ACCOUNT, "app", trusting(aws("*")));
        var credentials = identity.assume(role, identity.root()).credentials();
        String token = credentials.sessionToken();
        String changed = (token.charAt(0) == 'A' ? 'B' : 'A') + token.substring(1);

        for (Optional<String> wrong : java.util.List.of(Optional.of(changed), Optional.<String>empty())) {
            assertThat(identity.sessions().lookup(credentials.accessKeyId(), wrong))
                    .isInstanceOfSatisfying(
                            RoleSessions.Invalid.class,
                            i -> assertThat(i.code()).isEqualTo("InvalidClientTokenId"));
        }
        assertThat(identity.sessions().lookup("ASIAIOSFODNN7EXAMPLE", Optional.of("x")))
                .isInstanceOf(RoleSessions.Unknown.class);
        assertThat(identity.sessions().lookup("test", Optional.empty())).isInstanceOf(RoleSessions.Unknown.class);
    }

    @Test
    void theRolesMaximumAndTheHourOfAChainAreKept() {
        String role = identity.aRole(ACCOUNT, "app", trusting(aws("*")));

        refused(() -> identity.sts.assumeRole(
                        assumption(role).durationSeconds(3601).build(), identity.root()))
                .hasMessage("The requested DurationSeconds exceeds the MaxSessionDuration set for this role.")
                .satisfies(e -> assertThat(e.code()).isEqualTo("ValidationError"));
        identity.iam.updateRole(
                UpdateRoleRequest.builder()
                        .roleName("app")
                        .maxSessionDuration(7200)
                        .build(),
                identity.root());
        var first =
                identity.sts.assumeRole(assumption(role).durationSeconds(7200).build(), identity.root());
        assertThat(first.credentials().expiration())
                .isEqualTo(identity.env.now().plusSeconds(7200));
        refused(() -> identity.sts.assumeRole(
                        assumption(role).durationSeconds(7200).build(), identity.as(first.credentials())))
                .hasMessageContaining("1 hour session limit for roles assumed by role chaining");
    }

    @Test
    void sessionTagsNeedTagSessionAndTransitiveOnesTravel() {
        String both = "[\"sts:AssumeRole\",\"sts:TagSession\"]";
        String strict = identity.aRole(ACCOUNT, "strict", trusting(aws("*")));
        String first = identity.aRole(ACCOUNT, "first", trusting(aws("*"), both, ""));
        String second = identity.aRole(
                OTHER_ACCOUNT,
                "second",
                trusting(aws(ACCOUNT), both, ",\"Condition\":{\"StringEquals\":{\"aws:PrincipalTag/team\":\"blue\"}}"));
        Tag team = Tag.builder().key("team").value("blue").build();

        refused(() -> identity.sts.assumeRole(
                        assumption(strict).tags(java.util.List.of(team)).build(), identity.root()))
                .hasMessageContaining("sts:TagSession");
        var session = identity.sts.assumeRole(
                assumption(first)
                        .tags(java.util.List.of(team))
                        .transitiveTagKeys(java.util.List.of("team"))
                        .build(),
                identity.root());
        assertThat(session.packedPolicySize()).isPositive();
        CallContext chained = identity.as(
                identity.assume(second, identity.as(session.credentials())).credentials());
        assertThat(chained.caller().sessionTags()).containsEntry("team", "blue");
        refused(() -> identity.sts.assumeRole(
                        assumption(second).tags(java.util.List.of(team)).build(), identity.as(session.credentials())))
                .hasMessageContaining("conflicts with a transitive tag key");
    }

    @Test
    void theSourceIdentityStaysForTheWholeChain() {
        String both = "[\"sts:AssumeRole\",\"sts:SetSourceIdentity\"]";
        String first = identity.aRole(ACCOUNT, "first", trusting(aws("*"), both, ""));
        String second = identity.aRole(ACCOUNT, "second", trusting(aws("*"), both, ""));
        var session = identity.sts.assumeRole(
                assumption(first).sourceIdentity("alice").build(), identity.root());
        CallContext call = identity.as(session.credentials());

        assertThat(session.sourceIdentity()).isEqualTo("alice");
        assertThat(identity.assume(second, call).sourceIdentity()).isEqualTo("alice");
        refused(() -> identity.sts.assumeRole(
                        assumption(second).sourceIdentity("eve").build(), call))
                .hasMessageContaining("sts:SetSourceIdentity");
    }

    @Test
    void aRoleThatDoesNotExistIsTakenOnUnlessTheUserIsStrict() {
        String missing = "arn:aws:iam::" + ACCOUNT + ":role/missing";
        AssumeRoleResponse first = identity.assume(missing, identity.root());
        AssumeRoleResponse again = identity.assume(missing, identity.root());
        assertThat(first.assumedRoleUser().assumedRoleId())
                .isEqualTo(again.assumedRoleUser().assumedRoleId());

        Identity strict = new Identity("LENIENT_ROLES", "0");
        refused(() -> strict.assume(missing, strict.root())).hasMessageEndingWith("on resource: " + missing);
    }

    @Test
    void malformedInputIsRefused() {
        String role = identity.aRole(ACCOUNT, "app", trusting(aws("*")));

        refused(() -> identity.assume("arn:aws:iam::1:role/x", identity.root()))
                .hasMessage("arn:aws:iam::1:role/x is invalid");
        refused(() -> identity.sts.assumeRole(
                        assumption(role).policy("{\"x\":1}").build(), identity.root()))
                .hasMessage("Syntax errors in policy. (line 1, column 2)")
                .satisfies(e -> assertThat(e.queryCode()).isEqualTo("MalformedPolicyDocument"));
    }

    @Test
    void aServiceTakesOnARoleThatTrustsIt() {
        String role = identity.aRole(ACCOUNT, "flow", trusting("{\"Service\":\"states.amazonaws.com\"}"));

        assertThat(identity.sessions().assumeForService(role, "states.amazonaws.com", "run", ""))
                .isInstanceOfSatisfying(
                        RoleSessions.Session.class,
                        s -> assertThat(s.caller().principalArn()).endsWith(":assumed-role/flow/run"));
        assertThat(identity.sessions().assumeForService(role, "lambda.amazonaws.com", "run", ""))
                .isInstanceOfSatisfying(
                        RoleSessions.Denied.class, d -> assertThat(d.code()).isEqualTo("AccessDenied"));
    }

    @Test
    void aResetForgetsSessions() {
        var credentials = identity.assume("arn:aws:iam::" + ACCOUNT + ":role/x", identity.root())
                .credentials();
        identity.service.reset(io.pileus.core.service.ResetScope.EVERYTHING);

        assertThat(identity.sessions().lookup(credentials.accessKeyId(), Optional.of(credentials.sessionToken())))
                .isInstanceOf(RoleSessions.Invalid.class);
    }
}
