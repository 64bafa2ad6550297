package io.pileus.kms.state;

import io.pileus.core.shape.Blob;
import io.pileus.kms.crypto.KeyGenerator;
import io.pileus.kms.crypto.KeyMaterial;
import io.pileus.kms.crypto.KeySpec;
import org.jspecify.annotations.Nullable;

/** Key materials and their secrets, as they are saved. */
final class Materials {
    private Materials() {}

    static @Nullable Blob secret(@Nullable KeyMaterial material) {
        return material == null ? null : Blob.of(material.secret());
    }

    /** @throws IllegalArgumentException when the secret is none of a key of this spec */
    static @Nullable KeyMaterial of(KeySpec spec, @Nullable Blob secret) {
        return secret == null ? null : required(spec, secret);
    }

    static KeyMaterial required(KeySpec spec, Blob secret) {
        try {
            return KeyGenerator.parse(spec, secret.bytes());
        } catch (KeyMaterial.InvalidKeyMaterial e) {
            throw new IllegalArgumentException("not the secret of a key of spec " + spec, e);
        }
    }
}
