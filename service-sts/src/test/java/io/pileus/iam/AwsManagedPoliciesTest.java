package io.pileus.iam;

import static org.assertj.core.api.Assertions.assertThat;

import io.pileus.core.policy.PolicyDocument;
import io.pileus.core.policy.PolicyKind;
import io.pileus.iam.state.ManagedPolicy;
import org.junit.jupiter.api.Test;

class AwsManagedPoliciesTest {
    private final AwsManagedPolicies policies = new AwsManagedPolicies();

    @Test
    void everyPolicyIsAValidOne() throws Exception {
        assertThat(policies.all()).hasSizeGreaterThan(60);
        for (ManagedPolicy policy : policies.all()) {
            PolicyDocument document = PolicyDocument.parse(policy.document(), PolicyKind.IDENTITY);
            assertThat(document.statements()).as(policy.name()).isNotEmpty();
            assertThat(policy.description()).as(policy.name()).isNotEmpty();
        }
    }

    @Test
    void aPolicyHasItsNewestVersion() {
        ManagedPolicy policy = policies.find("arn:aws:iam::aws:policy/AmazonDynamoDBReadOnlyAccess")
                .orElseThrow();

        assertThat(policy.defaultVersion()).isEqualTo("v14");
        assertThat(policy.versions()).containsOnlyKeys("v14");
        assertThat(policy.updated()).isEqualTo("2024-03-20T15:45:01Z");
    }
}
