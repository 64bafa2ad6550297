package io.pileus.core.policy;

import static io.pileus.core.policy.Decision.Outcome.ALLOWED;
import static io.pileus.core.policy.Decision.Outcome.EXPLICIT_DENY;
import static io.pileus.core.policy.Decision.Outcome.IMPLICIT_DENY;
import static org.assertj.core.api.Assertions.assertThat;

import io.pileus.core.policy.AttachedPolicy.Place;
import io.pileus.core.policy.PolicySet.ResourceRule;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The rules and examples of the IAM user guide's chapter on evaluation logic.
 *
 * @see <a href="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html">Policy evaluation logic</a>
 */
class PolicyEvaluationTest {
    private static final String QUEUE = "arn:aws:sqs:us-east-1:111122223333:q";
    private static final Subject CARLOS =
            Subject.user("111122223333", "arn:aws:iam::111122223333:user/carlos", "AIDACARLOS00000000000");
    private static final Subject SESSION = Subject.roleSession(
            "111122223333",
            "arn:aws:sts::111122223333:assumed-role/app/s",
            "arn:aws:iam::111122223333:role/app",
            "AROAAPP0000000000000");

    private static String allow(String actions, String resource) {
        return statement("Allow", null, actions, resource);
    }

    private static String deny(String actions, String resource) {
        return statement("Deny", null, actions, resource);
    }

    private static String statement(String effect, String principal, String actions, String resource) {
        return "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Sid\":\"S\",\"Effect\":\"" + effect + "\","
                + (principal == null ? "" : "\"Principal\":" + principal + ",")
                + "\"Action\":\"" + actions + "\",\"Resource\":\"" + resource + "\"}]}";
    }

    private static AttachedPolicy policy(Place place, String text) {
        try {
            return new AttachedPolicy(
                    place,
                    place.words(),
                    PolicyDocument.parse(text, place == Place.RESOURCE ? PolicyKind.RESOURCE : PolicyKind.IDENTITY));
        } catch (MalformedPolicyException e) {
            throw new IllegalArgumentException(e);
        }
    }

    /** Policies written as sentences: {@code set().identity(..).boundary(..)}. */
    private static final class Set {
        private final List<AttachedPolicy> identity = new ArrayList<>();
        private final List<AttachedPolicy> session = new ArrayList<>();
        private Optional<AttachedPolicy> boundary = Optional.empty();
        private Optional<AttachedPolicy> resource = Optional.empty();
        private ResourceRule rule = ResourceRule.SUFFICES;

        Set identity(String text) {
            identity.add(policy(Place.IDENTITY, text));
            return this;
        }

        Set session(String text) {
            session.add(policy(Place.SESSION, text));
            return this;
        }

        Set boundary(String text) {
            boundary = Optional.of(policy(Place.BOUNDARY, text));
            return this;
        }

        Set resource(String text) {
            resource = Optional.of(policy(Place.RESOURCE, text));
            return this;
        }

        Set required() {
            rule = ResourceRule.REQUIRED;
            return this;
        }

        Decision decide(Subject subject) {
            return PolicyEvaluation.decide(
                    new AccessRequest(subject, "sqs:SendMessage", QUEUE, "111122223333", RequestContext.EMPTY),
                    new PolicySet(identity, boundary, session, resource, rule));
        }
    }

    private static Set set() {
        return new Set();
    }

    private static String named(String arn) {
        return "{\"AWS\":\"" + arn + "\"}";
    }

    @Nested
    class InOneAccount {
        @Test
        void nothingIsAllowedByDefault() {
            assertThat(set().decide(CARLOS).outcome()).isEqualTo(IMPLICIT_DENY);
        }

        @Test
        void rootNeedsNoPolicy() {
            assertThat(set().decide(Subject.root("111122223333")).isAllowed()).isTrue();
        }

        @Test
        void anIdentityPolicySuffices() {
            Decision decision = set().identity(allow("sqs:*", "*")).decide(CARLOS);

            assertThat(decision.outcome()).isEqualTo(ALLOWED);
            assertThat(decision.statements())
                    .singleElement()
                    .satisfies(m -> assertThat(m.statement().sid()).isEqualTo("S"));
        }

        @Test
        void anExplicitDenyBeatsEveryAllow() {
            Decision decision = set().identity(allow("*", "*"))
                    .identity(deny("sqs:Send*", QUEUE))
                    .resource(statement("Allow", named(CARLOS.arn()), "sqs:*", QUEUE))
                    .decide(CARLOS);

            assertThat(decision.outcome()).isEqualTo(EXPLICIT_DENY);
            assertThat(decision.decidedBy()).contains(Place.IDENTITY);
        }

        @ParameterizedTest(name = "boundary {0}, identity {1}: {2}")
        @CsvSource({
            "sqs:*, sqs:SendMessage, ALLOWED",
            "sns:*, sqs:SendMessage, IMPLICIT_DENY",
            "sqs:*, sns:Publish, IMPLICIT_DENY"
        })
        void aBoundaryAndTheIdentityPolicyMustBothAllow(String boundary, String identity, Decision.Outcome outcome) {
            assertThat(set().identity(allow(identity, "*"))
                            .boundary(allow(boundary, "*"))
                            .decide(CARLOS)
                            .outcome())
                    .isEqualTo(outcome);
        }

        @Test
        void aSessionPolicyNarrowsARole() {
            Decision decision =
                    set().identity(allow("*", "*")).session(allow("sns:*", "*")).decide(SESSION);

            assertThat(decision.outcome()).isEqualTo(IMPLICIT_DENY);
            assertThat(decision.decidedBy()).contains(Place.SESSION);
        }

        @Test
        void aResourcePolicyThatNamesTheUserIsNotLimitedByTheBoundary() {
            assertThat(set().boundary(allow("sns:*", "*"))
                            .resource(statement("Allow", named(CARLOS.arn()), "sqs:*", QUEUE))
                            .decide(CARLOS)
                            .isAllowed())
                    .isTrue();
        }

        @Test
        void aResourcePolicyThatNamesTheRoleIsLimitedByBoundaryAndSessionPolicy() {
            Set named = set().resource(statement("Allow", named("arn:aws:iam::111122223333:role/app"), "sqs:*", QUEUE));
            assertThat(named.decide(SESSION).isAllowed()).isTrue();
            assertThat(named.boundary(allow("sns:*", "*")).decide(SESSION).decidedBy())
                    .contains(Place.BOUNDARY);
        }

        @Test
        void aResourcePolicyThatNamesTheSessionIsNotLimited() {
            assertThat(set().boundary(allow("sns:*", "*"))
                            .session(allow("sns:*", "*"))
                            .resource(statement("Allow", named(SESSION.arn()), "sqs:*", QUEUE))
                            .decide(SESSION)
                            .isAllowed())
                    .isTrue();
        }

        @Test
        void aResourcePolicyThatNamesTheAccountLeavesItToIdentityPolicies() {
            Set account = set().resource(statement("Allow", named("111122223333"), "sqs:*", QUEUE));
            assertThat(account.decide(CARLOS).outcome()).isEqualTo(IMPLICIT_DENY);
            assertThat(account.identity(allow("sqs:*", "*")).decide(CARLOS).isAllowed())
                    .isTrue();
        }

        @Test
        void aRequiredResourcePolicyMustAtLeastNameTheAccount() {
            Set silent = set().required()
                    .identity(allow("*", "*"))
                    .resource(statement("Allow", named("arn:aws:iam::111122223333:user/other"), "*", "*"));
            assertThat(silent.decide(CARLOS).decidedBy()).contains(Place.RESOURCE);
            assertThat(silent.resource(statement("Allow", named("arn:aws:iam::111122223333:root"), "*", "*"))
                            .decide(CARLOS)
                            .isAllowed())
                    .isTrue();
        }
    }

    @Nested
    class AcrossAccounts {
        private final Subject stranger =
                Subject.user("444455556666", "arn:aws:iam::444455556666:user/ann", "AIDAANN00000000000000");

        @ParameterizedTest(name = "identity allows {0}, resource allows {1}: {2}")
        @CsvSource({
            "true, true, ALLOWED",
            "true, false, IMPLICIT_DENY",
            "false, true, IMPLICIT_DENY",
            "false, false, IMPLICIT_DENY"
        })
        void bothAccountsMustAllow(boolean identity, boolean resource, Decision.Outcome outcome) {
            Set set = set();
            if (identity) {
                set.identity(allow("sqs:*", "*"));
            }
            set.resource(statement("Allow", named(resource ? "444455556666" : "777788889999"), "sqs:*", QUEUE));

            assertThat(set.decide(stranger).outcome()).isEqualTo(outcome);
        }

        @Test
        void theCallersBoundaryHolds() {
            assertThat(set().identity(allow("sqs:*", "*"))
                            .boundary(allow("sns:*", "*"))
                            .resource(statement("Allow", named(stranger.arn()), "sqs:*", QUEUE))
                            .decide(stranger)
                            .decidedBy())
                    .contains(Place.BOUNDARY);
        }

        @Test
        void aDenyOfTheResourceHolds() {
            assertThat(set().identity(allow("sqs:*", "*"))
                            .resource(statement("Deny", "\"*\"", "sqs:*", QUEUE))
                            .decide(stranger)
                            .outcome())
                    .isEqualTo(EXPLICIT_DENY);
        }
    }

    @Test
    void aServiceIsJudgedByTheResourcesPolicy() {
        Set set = set().resource(statement("Allow", "{\"Service\":\"sns.amazonaws.com\"}", "sqs:SendMessage", QUEUE));

        assertThat(set.decide(Subject.service("sns.amazonaws.com")).isAllowed()).isTrue();
        assertThat(set.decide(Subject.service("events.amazonaws.com")).isAllowed())
                .isFalse();
    }

    @Test
    void anAnonymousCallerNeedsAResourcePolicyForEveryone() {
        assertThat(set().resource(statement("Allow", "\"*\"", "sqs:*", QUEUE))
                        .decide(Subject.anonymous())
                        .isAllowed())
                .isTrue();
        assertThat(set().resource(statement("Allow", named("111122223333"), "sqs:*", QUEUE))
                        .decide(Subject.anonymous())
                        .isAllowed())
                .isFalse();
    }

    @Test
    void notPrincipalSparesThoseItNames() {
        String text = statement("Deny", null, "sqs:*", QUEUE)
                .replace("\"Action\"", "\"NotPrincipal\":" + named(CARLOS.arn()) + ",\"Action\"");
        Set set = set().identity(allow("*", "*")).resource(text);

        assertThat(set.decide(CARLOS).isAllowed()).isTrue();
        assertThat(set.decide(Subject.user("111122223333", "arn:aws:iam::111122223333:user/eve", "AIDAEVE"))
                        .outcome())
                .isEqualTo(EXPLICIT_DENY);
    }

    @Test
    void theMessageIsAwss() {
        AccessRequest request =
                new AccessRequest(CARLOS, "sqs:SendMessage", QUEUE, "111122223333", RequestContext.EMPTY);

        // https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_access-denied.html
        assertThat(PolicyEvaluation.decide(request, PolicySet.NONE).message(request))
                .isEqualTo("User: arn:aws:iam::111122223333:user/carlos is not authorized to perform: sqs:SendMessage"
                        + " on resource: " + QUEUE
                        + " because no identity-based policy allows the sqs:SendMessage action");
        assertThat(set().identity(deny("*", "*")).decide(CARLOS).message(request))
                .endsWith(" with an explicit deny in an identity-based policy");
    }
}
