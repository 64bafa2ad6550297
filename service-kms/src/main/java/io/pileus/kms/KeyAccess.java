package io.pileus.kms;

import io.pileus.core.identity.Caller;
import io.pileus.core.policy.AccessRequest;
import io.pileus.core.policy.AttachedPolicy;
import io.pileus.core.policy.GrantedServices;
import io.pileus.core.policy.MalformedPolicyException;
import io.pileus.core.policy.PolicyDocument;
import io.pileus.core.policy.PolicyEvaluation;
import io.pileus.core.policy.PolicyKind;
import io.pileus.core.policy.PolicySet;
import io.pileus.core.policy.RequestContext;
import io.pileus.core.policy.Subject;
import io.pileus.core.service.CallContext;
import io.pileus.core.service.Settings;
import io.pileus.kms.state.KeyOperation;
import java.util.List;
import java.util.Optional;

/**
 * What KMS itself looks at before a key policy or a grant token counts. Whether callers may do what they ask for is decided by
 * who enforces policies, with the key's policy and {@link GrantedAccess}.
 */
final class KeyAccess {
    private static final String EVERYTHING =
            "{\"Statement\":{\"Effect\":\"Allow\",\"Action\":\"*\",\"Resource\":\"*\"}}";

    private final KeyPolicies policies = new KeyPolicies();
    private final boolean enforced;

    KeyAccess(Settings settings) {
        this.enforced = settings.flag("ENFORCE_IAM", false) && !settings.flag("IAM_SOFT_MODE", false);
    }

    /**
     * Throws AWS's error unless the policy is well formed and leaves the caller able to change it again. Where policies are not
     * enforced callers have no identity worth asking for, and it is enough that the policy leaves someone able to.
     *
     * @param keyArn the key, or the pattern of a key that does not exist yet
     * @param bypassLockoutSafetyCheck whether the caller takes the risk
     */
    void validatePolicy(String policy, String keyArn, boolean bypassLockoutSafetyCheck, CallContext call) {
        policies.validate(policy);
        PolicyDocument document = parse(policy, PolicyKind.RESOURCE);
        if (bypassLockoutSafetyCheck) {
            return;
        }
        boolean safe = enforced
                ? mayPutPolicy(document, keyArn, call)
                : GrantedServices.grantsAction(document, KeyOperation.PutKeyPolicy.action());
        if (!safe) {
            throw KmsErrors.malformedPolicy(
                    "The new key policy will not allow you to update the key policy in the future.");
        }
    }

    private static PolicyDocument parse(String policy, PolicyKind kind) {
        try {
            return PolicyDocument.parse(policy, kind);
        } catch (MalformedPolicyException e) {
            throw KmsErrors.malformedPolicy(e.getMessage());
        }
    }

    private static boolean mayPutPolicy(PolicyDocument policy, String keyArn, CallContext call) {
        Caller caller = call.caller();
        RequestContext context = RequestContext.builder()
                .with("kms:CallerAccount", caller.account().id())
                .with("aws:PrincipalAccount", caller.account().id())
                .with("aws:PrincipalArn", Subject.of(caller).issuerArn())
                .build();
        AccessRequest request = new AccessRequest(
                Subject.of(caller),
                KeyOperation.PutKeyPolicy.action(),
                keyArn,
                call.account().id(),
                context);
        // the caller's own policies are beside the point: it is the key that must not be lost
        PolicySet own = new PolicySet(
                List.of(new AttachedPolicy(
                        AttachedPolicy.Place.IDENTITY, "everything", parse(EVERYTHING, PolicyKind.IDENTITY))),
                Optional.empty(),
                List.of(),
                Optional.empty(),
                PolicySet.ResourceRule.REQUIRED);
        AttachedPolicy ofKey = new AttachedPolicy(AttachedPolicy.Place.RESOURCE, keyArn, policy);
        return PolicyEvaluation.decide(request, own.withResource(ofKey, PolicySet.ResourceRule.REQUIRED))
                .isAllowed();
    }

    /** Throws AWS's error if one of the tokens is no grant token. */
    void requireTokens(List<String> grantTokens) {
        for (String token : grantTokens) {
            GrantToken.decode(token);
        }
    }
}
