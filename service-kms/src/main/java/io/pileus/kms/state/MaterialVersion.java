package io.pileus.kms.state;

import io.pileus.kms.crypto.KeyMaterial;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * One of the key materials that a KMS key has had.
 *
 * @param id 64 hexadecimal digits, derived from key id and material, so that the same material always has the same id
 * @param material the material, where KMS keeps it; null for imported material, which each Region holds for itself
 * @param rotationDate when the key was rotated to it; null for the first
 * @param rotationType why the key was rotated to it; null for the first
 */
public record MaterialVersion(
        String id,
        @Nullable KeyMaterial material,
        @Nullable Instant rotationDate,
        @Nullable RotationType rotationType) {

    /** Why a key was rotated. */
    public enum RotationType {
        AUTOMATIC,
        ON_DEMAND
    }

    static MaterialVersion first(String keyId, KeyMaterial material) {
        return new MaterialVersion(idOf(keyId, material), material, null, null);
    }

    static MaterialVersion rotated(String keyId, KeyMaterial material, Instant date, RotationType type) {
        return new MaterialVersion(idOf(keyId, material), material, date, type);
    }

    /** The id of this material in this key. */
    public static String idOf(String keyId, KeyMaterial material) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(material.secret(), "HmacSHA256"));
            mac.update("key material id".getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(mac.doFinal(keyId.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
