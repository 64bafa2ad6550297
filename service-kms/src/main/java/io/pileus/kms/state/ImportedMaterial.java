package io.pileus.kms.state;

import io.pileus.kms.crypto.KeyMaterial;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What one Region has of an imported key material.
 *
 * @param material null once it expired or was deleted
 * @param validTo when it expires; null when it does not
 * @param description what the importer wrote; survives expiry and deletion
 */
record ImportedMaterial(
        @Nullable KeyMaterial material,
        @Nullable Instant validTo,
        @Nullable String description) {

    boolean isPresent() {
        return material != null;
    }

    ImportedMaterial withoutMaterial() {
        return new ImportedMaterial(null, null, description);
    }
}
