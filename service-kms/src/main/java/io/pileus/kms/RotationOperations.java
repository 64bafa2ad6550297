package io.pileus.kms;

import io.pileus.core.service.CallContext;
import io.pileus.kms.model.DisableKeyRotationRequest;
import io.pileus.kms.model.DisableKeyRotationResponse;
import io.pileus.kms.model.EnableKeyRotationRequest;
import io.pileus.kms.model.EnableKeyRotationResponse;
import io.pileus.kms.model.GetKeyRotationStatusRequest;
import io.pileus.kms.model.GetKeyRotationStatusResponse;
import io.pileus.kms.model.ListKeyRotationsRequest;
import io.pileus.kms.model.ListKeyRotationsResponse;
import io.pileus.kms.model.RotateKeyOnDemandRequest;
import io.pileus.kms.model.RotateKeyOnDemandResponse;
import io.pileus.kms.model.RotationsListEntry;
import io.pileus.kms.state.Key;
import io.pileus.kms.state.KeyImport;
import io.pileus.kms.state.KeyOperation;
import io.pileus.kms.state.KeyRotation;
import io.pileus.kms.state.MaterialVersion;
import io.pileus.kms.state.Origin;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;

/** Rotation of key material. */
final class RotationOperations {
    private static final int LIMIT_DEFAULT = 100;
    private static final int LIMIT_MAX = 1000;

    private final KeyLookup lookup;

    RotationOperations(KeyLookup lookup) {
        this.lookup = lookup;
    }

    EnableKeyRotationResponse enableKeyRotation(EnableKeyRotationRequest input, CallContext call) {
        Key key = lookup.customerKey(input.keyId(), KeyOperation.EnableKeyRotation, call);
        int days = input.rotationPeriodInDays() == null
                ? KmsLimits.ROTATION_PERIOD_DAYS_DEFAULT
                : input.rotationPeriodInDays();
        key.rotation().enable(days, call.receivedAt());
        return EnableKeyRotationResponse.builder().build();
    }

    DisableKeyRotationResponse disableKeyRotation(DisableKeyRotationRequest input, CallContext call) {
        lookup.customerKey(input.keyId(), KeyOperation.DisableKeyRotation, call)
                .rotation()
                .disable(call.receivedAt());
        return DisableKeyRotationResponse.builder().build();
    }

    RotateKeyOnDemandResponse rotateKeyOnDemand(RotateKeyOnDemandRequest input, CallContext call) {
        Key key = lookup.customerKey(input.keyId(), KeyOperation.RotateKeyOnDemand, call);
        key.rotation().rotateOnDemand(call.receivedAt());
        return RotateKeyOnDemandResponse.builder().keyId(key.arn()).build();
    }

    /** Keys that cannot be rotated at all (asymmetric, HMAC) answer that they are not; those of custom key stores refuse. */
    GetKeyRotationStatusResponse getKeyRotationStatus(GetKeyRotationStatusRequest input, CallContext call) {
        Key key = lookup.key(input.keyId(), call);
        if (key.origin().isCustomKeyStore()) {
            throw KmsErrors.originNotValid(key.arn(), key.origin());
        }
        GetKeyRotationStatusResponse.Builder status =
                GetKeyRotationStatusResponse.builder().keyId(key.arn()).keyRotationEnabled(false);
        key.rotation()
                .schedule(call.receivedAt())
                .ifPresent(schedule -> status.keyRotationEnabled(true)
                        .rotationPeriodInDays(schedule.periodDays())
                        .nextRotationDate(schedule.nextRotation()));
        return status.build();
    }

    ListKeyRotationsResponse listKeyRotations(ListKeyRotationsRequest input, CallContext call) {
        Key key = lookup.key(input.keyId(), call);
        if (!key.hasKeyMaterialId()) {
            throw KmsErrors.notRotatable(key.arn());
        }
        boolean all = "ALL_KEY_MATERIAL".equals(input.includeKeyMaterial());
        NavigableMap<String, RotationsListEntry> entries = new TreeMap<>();
        List<KeyRotation.Material> materials = key.rotation().materials(call.receivedAt());
        for (int i = 0; i < materials.size(); i++) {
            if (all || materials.get(i).version().rotationDate() != null) {
                entries.put(number(i), entry(key, materials.get(i), call));
            }
        }
        Page<RotationsListEntry> page =
                Page.of(entries, Page.limit(input.limit(), LIMIT_DEFAULT, LIMIT_MAX), input.marker());
        return ListKeyRotationsResponse.builder()
                .rotations(page.items())
                .nextMarker(page.marker())
                .truncated(page.truncated())
                .build();
    }

    /** So that the order of texts is that of the numbers. */
    private static String number(int i) {
        return Integer.toString(1_000_000_000 + i);
    }

    private static RotationsListEntry entry(Key key, KeyRotation.Material material, CallContext call) {
        MaterialVersion version = material.version();
        RotationsListEntry.Builder entry = RotationsListEntry.builder()
                .keyId(key.arn())
                .keyMaterialId(version.id())
                .keyMaterialState(material.standing().name())
                .rotationDate(version.rotationDate())
                .rotationType(
                        version.rotationType() == null
                                ? null
                                : version.rotationType().name());
        if (key.origin() == Origin.EXTERNAL) {
            KeyImport.Held held = key.imports().held(version.id(), call.receivedAt());
            entry.importState(held.present() ? "IMPORTED" : "PENDING_IMPORT");
            held.description().ifPresent(entry::keyMaterialDescription);
            if (held.present()) {
                entry.expirationModel(
                        held.validTo().isPresent() ? "KEY_MATERIAL_EXPIRES" : "KEY_MATERIAL_DOES_NOT_EXPIRE");
                held.validTo().ifPresent(entry::validTo);
            }
        }
        return entry.build();
    }
}
