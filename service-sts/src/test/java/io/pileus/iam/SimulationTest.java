package io.pileus.iam;

import static org.assertj.core.api.Assertions.assertThat;

import io.pileus.core.service.CallContext;
import io.pileus.core.testkit.TestCalls;
import io.pileus.core.testkit.TestEnvironment;
import io.pileus.iam.model.*;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The policy simulator. */
class SimulationTest {
    private static final String POLICY =
            "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Action\":\"s3:*\",\"Resource\":"
                    + "\"arn:aws:s3:::mine/*\"},{\"Effect\":\"Deny\",\"Action\":\"s3:Delete*\",\"Resource\":\"*\","
                    + "\"Condition\":{\"Bool\":{\"aws:MultiFactorAuthPresent\":\"false\"}}}]}";

    private final TestEnvironment env = TestEnvironment.fresh();
    private final IamAccounts accounts = new IamAccounts(env.ids());
    private final IamService iam = new IamService(accounts, new EntityPolicies(accounts), env.ids());

    private CallContext call() {
        return TestCalls.callOf(env, "111111111111");
    }

    private SimulateCustomPolicyRequest.Builder simulation(String... resources) {
        return SimulateCustomPolicyRequest.builder()
                .policyInputList(List.of(POLICY))
                .actionNames(List.of("s3:DeleteObject"))
                .resourceArns(List.of(resources));
    }

    private List<EvaluationResult> results(SimulateCustomPolicyRequest.Builder simulation) {
        return iam.simulateCustomPolicy(simulation.build(), call()).evaluationResults();
    }

    @Test
    void anActionHasOneResultAndOneForEachResourceThatIsNamed() {
        EvaluationResult result = results(simulation("arn:aws:s3:::mine/a", "arn:aws:s3:::other/a"))
                .getFirst();

        assertThat(result.evalDecision()).isEqualTo("implicitDeny");
        assertThat(result.missingContextValues()).isEmpty();
        assertThat(result.resourceSpecificResults())
                .extracting(ResourceSpecificResult::evalResourceName, ResourceSpecificResult::evalResourceDecision)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("arn:aws:s3:::mine/a", "allowed"),
                        org.assertj.core.groups.Tuple.tuple("arn:aws:s3:::other/a", "implicitDeny"));
        assertThat(result.resourceSpecificResults().getFirst().missingContextValues())
                .containsExactly("aws:MultiFactorAuthPresent");
        assertThat(result.resourceSpecificResults().getFirst().matchedStatements())
                .hasSize(1);
    }

    @Test
    void withoutResourcesTheResultItselfTellsWhichKeysAreMissing() {
        EvaluationResult result = results(simulation()).getFirst();

        assertThat(result.evalResourceName()).isEqualTo("*");
        assertThat(result.evalDecision()).isEqualTo("implicitDeny");
        assertThat(result.missingContextValues()).containsExactly("aws:MultiFactorAuthPresent");
        assertThat(result.resourceSpecificResults()).isEmpty();
    }

    @Test
    void contextEntriesCountAndABoundaryIsToldApart() {
        SimulateCustomPolicyRequest.Builder simulation = simulation("arn:aws:s3:::mine/a");
        ContextEntry withoutMfa = ContextEntry.builder()
                .contextKeyName("aws:MultiFactorAuthPresent")
                .contextKeyValues(List.of("false"))
                .contextKeyType("boolean")
                .build();
        assertThat(results(simulation.contextEntries(List.of(withoutMfa)))
                        .getFirst()
                        .evalDecision())
                .isEqualTo("explicitDeny");

        EvaluationResult bounded = results(simulation("arn:aws:s3:::mine/a")
                        .permissionsBoundaryPolicyInputList(List.of("{\"Version\":\"2012-10-17\",\"Statement\":"
                                + "{\"Effect\":\"Allow\",\"Action\":\"sqs:*\",\"Resource\":\"*\"}}")))
                .getFirst();
        assertThat(bounded.evalDecision()).isEqualTo("implicitDeny");
        assertThat(bounded.resourceSpecificResults()
                        .getFirst()
                        .permissionsBoundaryDecisionDetail()
                        .allowedByPermissionsBoundary())
                .isFalse();
    }
}
