package io.pileus.kms;

import io.pileus.core.service.CallContext;
import io.pileus.kms.model.GetKeyPolicyRequest;
import io.pileus.kms.model.GetKeyPolicyResponse;
import io.pileus.kms.model.ListKeyPoliciesRequest;
import io.pileus.kms.model.ListKeyPoliciesResponse;
import io.pileus.kms.model.PutKeyPolicyRequest;
import io.pileus.kms.model.PutKeyPolicyResponse;
import io.pileus.kms.state.Key;
import io.pileus.kms.state.KeyOperation;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Key policies. Each key has one, named {@code default}; its text is kept as it was written. */
final class PolicyOperations {
    private static final int LIMIT_DEFAULT = 100;
    private static final int LIMIT_MAX = 1000;

    private final KeyLookup lookup;
    private final KeyAccess access;

    PolicyOperations(KeyLookup lookup, KeyAccess access) {
        this.lookup = lookup;
        this.access = access;
    }

    GetKeyPolicyResponse getKeyPolicy(GetKeyPolicyRequest input, CallContext call) {
        Key key = lookup.key(input.keyId(), call);
        requireDefault(input.policyName());
        return GetKeyPolicyResponse.builder()
                .policy(key.policy())
                .policyName(KeyPolicies.DEFAULT_NAME)
                .build();
    }

    PutKeyPolicyResponse putKeyPolicy(PutKeyPolicyRequest input, CallContext call) {
        Key key = lookup.customerKey(input.keyId(), KeyOperation.PutKeyPolicy, call);
        key.admit(KeyOperation.PutKeyPolicy, call.receivedAt());
        requireDefault(input.policyName());
        access.validatePolicy(
                input.policy(), key.arn(), Boolean.TRUE.equals(input.bypassPolicyLockoutSafetyCheck()), call);
        key.putPolicy(input.policy());
        return PutKeyPolicyResponse.builder().build();
    }

    ListKeyPoliciesResponse listKeyPolicies(ListKeyPoliciesRequest input, CallContext call) {
        lookup.key(input.keyId(), call);
        Page<String> page = Page.of(
                new TreeMap<>(Map.of(KeyPolicies.DEFAULT_NAME, KeyPolicies.DEFAULT_NAME)),
                Page.limit(input.limit(), LIMIT_DEFAULT, LIMIT_MAX),
                input.marker());
        return ListKeyPoliciesResponse.builder()
                .policyNames(page.items())
                .nextMarker(page.marker())
                .truncated(page.truncated())
                .build();
    }

    private static void requireDefault(@Nullable String policyName) {
        if (policyName != null && !policyName.equals(KeyPolicies.DEFAULT_NAME)) {
            throw KmsErrors.noSuchPolicy();
        }
    }
}
