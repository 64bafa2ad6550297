package io.pileus.kms;

import io.pileus.core.identity.Ids;
import io.pileus.core.service.CallContext;
import io.pileus.core.shape.Blob;
import io.pileus.kms.crypto.KeyGenerator;
import io.pileus.kms.crypto.KeyMaterial;
import io.pileus.kms.crypto.KeySpec;
import io.pileus.kms.crypto.KeyUsage;
import io.pileus.kms.model.CancelKeyDeletionRequest;
import io.pileus.kms.model.CancelKeyDeletionResponse;
import io.pileus.kms.model.CreateKeyRequest;
import io.pileus.kms.model.CreateKeyResponse;
import io.pileus.kms.model.DescribeKeyRequest;
import io.pileus.kms.model.DescribeKeyResponse;
import io.pileus.kms.model.DisableKeyRequest;
import io.pileus.kms.model.DisableKeyResponse;
import io.pileus.kms.model.EnableKeyRequest;
import io.pileus.kms.model.EnableKeyResponse;
import io.pileus.kms.model.GetKeyLastUsageRequest;
import io.pileus.kms.model.GetKeyLastUsageResponse;
import io.pileus.kms.model.GetPublicKeyRequest;
import io.pileus.kms.model.GetPublicKeyResponse;
import io.pileus.kms.model.KeyLastUsageData;
import io.pileus.kms.model.KeyListEntry;
import io.pileus.kms.model.ListKeysRequest;
import io.pileus.kms.model.ListKeysResponse;
import io.pileus.kms.model.ScheduleKeyDeletionRequest;
import io.pileus.kms.model.ScheduleKeyDeletionResponse;
import io.pileus.kms.model.UpdateKeyDescriptionRequest;
import io.pileus.kms.model.UpdateKeyDescriptionResponse;
import io.pileus.kms.model.XksKeyAlreadyInUseException;
import io.pileus.kms.state.CustomKeyStore;
import io.pileus.kms.state.Key;
import io.pileus.kms.state.KeyOperation;
import io.pileus.kms.state.KeyRing;
import io.pileus.kms.state.Origin;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The life of keys, and what can be known of them. */
final class KeyOperations {
    private static final int LIMIT_DEFAULT = 100;
    private static final int LIMIT_MAX = 1000;

    private final KeyLookup lookup;
    private final KeyAccess access;
    private final KeyGenerator generator;
    private final Ids ids;

    KeyOperations(KeyLookup lookup, KeyAccess access, KeyGenerator generator, Ids ids) {
        this.lookup = lookup;
        this.access = access;
        this.generator = generator;
        this.ids = ids;
    }

    CreateKeyResponse createKey(CreateKeyRequest input, CallContext call) {
        KeySpec spec = spec(input);
        KeyUsage usage = usage(input, spec);
        Origin origin = input.origin() == null ? Origin.AWS_KMS : Origin.valueOf(input.origin());
        boolean multiRegion = Boolean.TRUE.equals(input.multiRegion());
        CustomKeyStore store = store(input, origin, spec, multiRegion, call);
        Map<String, String> tags = Tags.of(input.tags());
        CustomKeyTags custom = CustomKeyTags.of(tags);
        String policy = input.policy();
        if (policy == null) {
            policy = KeyPolicies.ofCustomerKey(call.account(), call.region());
        } else {
            access.validatePolicy(
                    policy,
                    "arn:" + call.region().partition() + ":kms:" + call.region() + ":" + call.account() + ":key/*",
                    Boolean.TRUE.equals(input.bypassPolicyLockoutSafetyCheck()),
                    call);
        }
        KeyMaterial material =
                origin == Origin.EXTERNAL ? null : custom.material(spec).orElseGet(() -> generator.generate(spec));
        Key key = lookup.ring(call)
                .create(
                        new Key.Definition(
                                custom.id().orElseGet(() -> newKeyId(multiRegion)),
                                call.account(),
                                call.region(),
                                spec,
                                usage,
                                origin,
                                Key.Manager.CUSTOMER,
                                call.receivedAt(),
                                store,
                                input.xksKeyId()),
                        multiRegion,
                        material,
                        generator,
                        input.description() == null ? "" : input.description(),
                        policy,
                        custom.visibleTags());
        return CreateKeyResponse.builder()
                .keyMetadata(KeyMetadataView.of(key, call.receivedAt()))
                .build();
    }

    private String newKeyId(boolean multiRegion) {
        return multiRegion ? "mrk-" + ids.hex(32) : ids.uuid();
    }

    private static KeySpec spec(CreateKeyRequest input) {
        if (input.keySpec() != null && input.customerMasterKeySpec() != null) {
            throw KmsErrors.validation("You cannot specify KeySpec and CustomerMasterKeySpec in the same request. "
                    + "CustomerMasterKeySpec is deprecated.");
        }
        String name = input.keySpec() != null ? input.keySpec() : input.customerMasterKeySpec();
        KeySpec spec = name == null ? KeySpec.SYMMETRIC_DEFAULT : KeySpec.of(name);
        if (spec == null) {
            throw KmsErrors.unsupported("KeySpec " + name + " is not supported");
        }
        return spec;
    }

    private static KeyUsage usage(CreateKeyRequest input, KeySpec spec) {
        if (input.keyUsage() == null) {
            KeyUsage usage = spec.defaultUsage();
            if (usage == null) {
                throw KmsErrors.validation(
                        "You must specify a KeyUsage value for all KMS keys except for symmetric encryption keys.");
            }
            return usage;
        }
        KeyUsage usage = KeyUsage.valueOf(input.keyUsage());
        if (!spec.allows(usage)) {
            throw KmsErrors.validation("KeyUsage " + usage + " is not compatible with KeySpec " + spec);
        }
        return usage;
    }

    private @Nullable CustomKeyStore store(
            CreateKeyRequest input, Origin origin, KeySpec spec, boolean multiRegion, CallContext call) {
        if (!origin.isCustomKeyStore()) {
            if (input.customKeyStoreId() != null) {
                throw KmsErrors.validation("CustomKeyStoreId is not valid for a KMS key with origin " + origin);
            }
            if (input.xksKeyId() != null) {
                throw KmsErrors.validation("XksKeyId is not valid for a KMS key with origin " + origin);
            }
            return null;
        }
        if (input.customKeyStoreId() == null) {
            throw KmsErrors.validation("CustomKeyStoreId is required for a KMS key with origin " + origin);
        }
        if (spec != KeySpec.SYMMETRIC_DEFAULT || multiRegion) {
            throw KmsErrors.unsupported("A custom key store holds only single-Region symmetric encryption keys");
        }
        if ((origin == Origin.EXTERNAL_KEY_STORE) != (input.xksKeyId() != null)) {
            throw KmsErrors.validation(
                    "XksKeyId is required for a KMS key with origin EXTERNAL_KEY_STORE, and not valid for any other");
        }
        KeyRing ring = lookup.ring(call);
        CustomKeyStore store = ring.store(input.customKeyStoreId())
                .orElseThrow(() -> KmsErrors.customKeyStoreNotFound(input.customKeyStoreId()));
        if ((store.backing() instanceof CustomKeyStore.External) != (origin == Origin.EXTERNAL_KEY_STORE)) {
            throw KmsErrors.unsupported("The custom key store does not hold keys with origin " + origin);
        }
        CustomKeyStore.ConnectionState state = store.connectionState(call.receivedAt());
        if (state != CustomKeyStore.ConnectionState.CONNECTED) {
            throw KmsErrors.customKeyStoreState(store.id(), state);
        }
        if (input.xksKeyId() != null
                && ring.keys(call.receivedAt()).values().stream()
                        .anyMatch(k -> k.store().filter(s -> s == store).isPresent()
                                && k.xksKeyId().filter(input.xksKeyId()::equals).isPresent())) {
            throw XksKeyAlreadyInUseException.of(
                    "The external key " + input.xksKeyId() + " is already associated with another KMS key");
        }
        return store;
    }

    DescribeKeyResponse describeKey(DescribeKeyRequest input, CallContext call) {
        access.requireTokens(input.grantTokens());
        Key key = lookup.keyOrAlias(input.keyId(), call);
        return DescribeKeyResponse.builder()
                .keyMetadata(KeyMetadataView.of(key, call.receivedAt()))
                .build();
    }

    ListKeysResponse listKeys(ListKeysRequest input, CallContext call) {
        Page<Key> page = Page.of(
                lookup.ring(call).keys(call.receivedAt()),
                Page.limit(input.limit(), LIMIT_DEFAULT, LIMIT_MAX),
                input.marker());
        return ListKeysResponse.builder()
                .keys(page.items().stream()
                        .map(k -> KeyListEntry.builder()
                                .keyId(k.id())
                                .keyArn(k.arn())
                                .build())
                        .toList())
                .nextMarker(page.marker())
                .truncated(page.truncated())
                .build();
    }

    EnableKeyResponse enableKey(EnableKeyRequest input, CallContext call) {
        lookup.customerKey(input.keyId(), KeyOperation.EnableKey, call).enable(call.receivedAt());
        return EnableKeyResponse.builder().build();
    }

    DisableKeyResponse disableKey(DisableKeyRequest input, CallContext call) {
        lookup.customerKey(input.keyId(), KeyOperation.DisableKey, call).disable(call.receivedAt());
        return DisableKeyResponse.builder().build();
    }

    ScheduleKeyDeletionResponse scheduleKeyDeletion(ScheduleKeyDeletionRequest input, CallContext call) {
        int days =
                input.pendingWindowInDays() == null ? KmsLimits.DELETION_WAITING_DAYS_MAX : input.pendingWindowInDays();
        if (days < KmsLimits.DELETION_WAITING_DAYS_MIN || days > KmsLimits.DELETION_WAITING_DAYS_MAX) {
            throw KmsErrors.validation("PendingWindowInDays must be between " + KmsLimits.DELETION_WAITING_DAYS_MIN
                    + " and " + KmsLimits.DELETION_WAITING_DAYS_MAX);
        }
        Key key = lookup.customerKey(input.keyId(), KeyOperation.ScheduleKeyDeletion, call);
        Key.ScheduledDeletion deletion = key.scheduleDeletion(days, call.receivedAt());
        return ScheduleKeyDeletionResponse.builder()
                .keyId(key.arn())
                .deletionDate(deletion.deletionDate())
                .keyState(deletion.state().name())
                .pendingWindowInDays(days)
                .build();
    }

    CancelKeyDeletionResponse cancelKeyDeletion(CancelKeyDeletionRequest input, CallContext call) {
        Key key = lookup.customerKey(input.keyId(), KeyOperation.CancelKeyDeletion, call);
        key.cancelDeletion(call.receivedAt());
        return CancelKeyDeletionResponse.builder().keyId(key.arn()).build();
    }

    UpdateKeyDescriptionResponse updateKeyDescription(UpdateKeyDescriptionRequest input, CallContext call) {
        lookup.customerKey(input.keyId(), KeyOperation.UpdateKeyDescription, call)
                .describe(input.description(), call.receivedAt());
        return UpdateKeyDescriptionResponse.builder().build();
    }

    GetPublicKeyResponse getPublicKey(GetPublicKeyRequest input, CallContext call) {
        access.requireTokens(input.grantTokens());
        Key key = lookup.keyOrAlias(input.keyId(), call);
        if (!key.spec().isAsymmetric()) {
            throw KmsErrors.unsupported(key.arn() + " is not an asymmetric KMS key");
        }
        KeyMaterial material = key.currentMaterial(KeyOperation.GetPublicKey, call.receivedAt())
                .material();
        GetPublicKeyResponse.Builder response = GetPublicKeyResponse.builder()
                .keyId(key.arn())
                .publicKey(Blob.of(((KeyMaterial.Pair) material).publicKey()))
                .customerMasterKeySpec(key.spec().name())
                .keySpec(key.spec().name())
                .keyUsage(key.usage().name());
        switch (key.usage()) {
            case ENCRYPT_DECRYPT ->
                response.encryptionAlgorithms(KeyMetadataView.names(key.spec().encryptionAlgorithms()));
            case SIGN_VERIFY ->
                response.signingAlgorithms(KeyMetadataView.names(key.spec().signingAlgorithms()));
            case KEY_AGREEMENT -> response.keyAgreementAlgorithms(List.of("ECDH"));
            case GENERATE_VERIFY_MAC -> throw new IllegalStateException("a MAC key is not asymmetric");
        }
        return response.build();
    }

    GetKeyLastUsageResponse getKeyLastUsage(GetKeyLastUsageRequest input, CallContext call) {
        Key key = lookup.key(input.keyId(), call);
        GetKeyLastUsageResponse.Builder response = GetKeyLastUsageResponse.builder()
                .keyId(key.arn())
                .trackingStartDate(key.creationDate())
                .keyCreationDate(key.creationDate());
        key.lastUsage()
                .ifPresent(usage -> response.keyLastUsage(KeyLastUsageData.builder()
                        .operation(usage.operation())
                        .timestamp(usage.timestamp())
                        .cloudTrailEventId(eventId(usage.requestId()))
                        .kmsRequestId(usage.requestId())
                        .build()));
        return response.build();
    }

    /** There is no CloudTrail here; its event id is derived from the request's, so that it stays the same. */
    private static String eventId(String requestId) {
        return UUID.nameUUIDFromBytes(("CloudTrail " + requestId).getBytes(StandardCharsets.UTF_8))
                .toString();
    }
}
