package io.pileus.kms;

import io.pileus.kms.crypto.KeySpec;
import io.pileus.kms.crypto.KeyUsage;
import io.pileus.kms.model.KeyMetadata;
import io.pileus.kms.model.MultiRegionConfiguration;
import io.pileus.kms.model.MultiRegionKey;
import io.pileus.kms.model.XksKeyConfigurationType;
import io.pileus.kms.state.CustomKeyStore;
import io.pileus.kms.state.Deletion;
import io.pileus.kms.state.Key;
import io.pileus.kms.state.KeyState;
import io.pileus.kms.state.Origin;
import java.time.Instant;
import java.util.List;

/** A key as DescribeKey shows it: members that do not go with the kind of key are absent. */
final class KeyMetadataView {
    private KeyMetadataView() {}

    static KeyMetadata of(Key key, Instant now) {
        KeyState state = key.state(now);
        KeyMetadata.Builder metadata = KeyMetadata.builder()
                .awsAccountId(key.account().id())
                .keyId(key.id())
                .arn(key.arn())
                .creationDate(key.creationDate())
                .enabled(state == KeyState.Enabled)
                .description(key.description())
                .keyUsage(key.usage().name())
                .keyState(state.name())
                .origin(key.origin().name())
                .keyManager(key.manager().name())
                .customerMasterKeySpec(key.spec().name())
                .keySpec(key.spec().name())
                .multiRegion(key.isMultiRegion());
        switch (key.usage()) {
            case ENCRYPT_DECRYPT ->
                metadata.encryptionAlgorithms(names(key.spec().encryptionAlgorithms()));
            case SIGN_VERIFY -> metadata.signingAlgorithms(names(key.spec().signingAlgorithms()));
            case GENERATE_VERIFY_MAC -> metadata.macAlgorithms(names(key.spec().macAlgorithms()));
            case KEY_AGREEMENT -> metadata.keyAgreementAlgorithms(List.of("ECDH"));
        }
        switch (key.deletion(now)) {
            case Deletion.Scheduled d -> metadata.deletionDate(d.deletionDate());
            case Deletion.AfterReplicas d ->
                metadata.pendingDeletionWindowInDays((int) d.waitingPeriod().toDays());
            case Deletion.NotScheduled d -> {}
            case Deletion.Deleted d -> {}
        }
        if (key.origin() == Origin.EXTERNAL && key.imports().isAnyHeld(now)) {
            key.imports().validTo(now).ifPresent(metadata::validTo);
            metadata.expirationModel(
                    key.imports().validTo(now).isPresent() ? "KEY_MATERIAL_EXPIRES" : "KEY_MATERIAL_DOES_NOT_EXPIRE");
        }
        if (key.hasKeyMaterialId()) {
            key.rotation().currentMaterialId().ifPresent(metadata::currentKeyMaterialId);
        }
        key.store().ifPresent(store -> {
            metadata.customKeyStoreId(store.id());
            if (store.backing() instanceof CustomKeyStore.CloudHsm hsm) {
                metadata.cloudHsmClusterId(hsm.clusterId());
            }
        });
        key.xksKeyId()
                .ifPresent(id -> metadata.xksKeyConfiguration(
                        XksKeyConfigurationType.builder().id(id).build()));
        if (key.isMultiRegion()) {
            metadata.multiRegionConfiguration(multiRegion(key, now));
        }
        return metadata.build();
    }

    private static MultiRegionConfiguration multiRegion(Key key, Instant now) {
        return MultiRegionConfiguration.builder()
                .multiRegionKeyType(key.multiRegion().isPrimary() ? "PRIMARY" : "REPLICA")
                .primaryKey(relative(key.multiRegion().primary()))
                .replicaKeys(key.multiRegion().replicas(now).stream()
                        .map(KeyMetadataView::relative)
                        .toList())
                .build();
    }

    private static MultiRegionKey relative(Key key) {
        return MultiRegionKey.builder().arn(key.arn()).region(key.region().id()).build();
    }

    static List<String> names(List<? extends Enum<?>> values) {
        return values.stream().map(Enum::name).toList();
    }

    /** The algorithms that a key of this spec and usage has; empty lists for the other usages. */
    static boolean isSymmetricEncryption(Key key) {
        return key.spec() == KeySpec.SYMMETRIC_DEFAULT && key.usage() == KeyUsage.ENCRYPT_DECRYPT;
    }
}
