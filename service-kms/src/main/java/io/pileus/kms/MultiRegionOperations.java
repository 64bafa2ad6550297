package io.pileus.kms;

import io.pileus.core.identity.Region;
import io.pileus.core.service.AwsException;
import io.pileus.core.service.CallContext;
import io.pileus.kms.model.ReplicateKeyRequest;
import io.pileus.kms.model.ReplicateKeyResponse;
import io.pileus.kms.model.UpdatePrimaryRegionRequest;
import io.pileus.kms.model.UpdatePrimaryRegionResponse;
import io.pileus.kms.state.Key;
import io.pileus.kms.state.KeyOperation;
import java.time.Duration;
import java.util.Map;

/**
 * Multi-Region keys.
 *
 * @see <a href="https://docs.aws.amazon.com/kms/latest/developerguide/multi-region-keys-overview.html">Multi-Region keys</a>
 */
final class MultiRegionOperations {
    private final KeyLookup lookup;
    private final KeyAccess access;
    private final Duration transition;

    /** @param transition how long keys stay Creating and Updating */
    MultiRegionOperations(KeyLookup lookup, KeyAccess access, Duration transition) {
        this.lookup = lookup;
        this.access = access;
        this.transition = transition;
    }

    ReplicateKeyResponse replicateKey(ReplicateKeyRequest input, CallContext call) {
        Key key = lookup.customerKey(input.keyId(), KeyOperation.ReplicateKey, call);
        Region region = new Region(input.replicaRegion());
        if (!region.partition().equals(call.region().partition())) {
            throw KmsErrors.validation(
                    "Region " + region + " is not in partition " + call.region().partition());
        }
        String policy = input.policy();
        if (policy == null) {
            policy = KeyPolicies.ofCustomerKey(key.account(), region);
        } else {
            access.validatePolicy(policy, key.arn(), Boolean.TRUE.equals(input.bypassPolicyLockoutSafetyCheck()), call);
        }
        Map<String, String> tags = Tags.of(input.tags());
        Key replica = key.multiRegion()
                .replicate(
                        region,
                        input.description() == null ? "" : input.description(),
                        policy,
                        tags,
                        transition,
                        call.receivedAt());
        try {
            lookup.ring(key.account(), region).add(replica);
        } catch (AwsException e) {
            replica.detach(); // the Region is full, or has an unrelated key of a chosen id
            throw e;
        }
        return ReplicateKeyResponse.builder()
                .replicaKeyMetadata(KeyMetadataView.of(replica, call.receivedAt()))
                .replicaPolicy(policy)
                .replicaTags(Tags.list(replica.tags()))
                .build();
    }

    UpdatePrimaryRegionResponse updatePrimaryRegion(UpdatePrimaryRegionRequest input, CallContext call) {
        Key key = lookup.customerKey(input.keyId(), KeyOperation.UpdatePrimaryRegion, call);
        key.multiRegion().updatePrimaryRegion(new Region(input.primaryRegion()), transition, call.receivedAt());
        return UpdatePrimaryRegionResponse.builder().build();
    }
}
