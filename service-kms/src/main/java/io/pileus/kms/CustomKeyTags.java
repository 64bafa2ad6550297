package io.pileus.kms;

import io.pileus.kms.crypto.KeyGenerator;
import io.pileus.kms.crypto.KeyMaterial;
import io.pileus.kms.crypto.KeySpec;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The tags with which users of local AWS emulators choose a key's id and material ({@code _custom_id_} and
 * {@code _custom_key_material_}, and Floci's {@code floci:override-id}). The material does not stay among the tags.
 */
record CustomKeyTags(
        Map<String, String> visibleTags,
        Optional<String> id,
        @Nullable String encodedMaterial) {
    private static final String ID = "_custom_id_";
    private static final String FLOCI_ID = "floci:override-id";
    private static final String MATERIAL = "_custom_key_material_";
    private static final String ID_PATTERN = "[A-Za-z0-9_-]{1,128}";

    static CustomKeyTags of(Map<String, String> tags) {
        Map<String, String> visible = new HashMap<>(tags);
        String material = visible.remove(MATERIAL);
        String id = tags.getOrDefault(ID, tags.get(FLOCI_ID));
        if (id != null && !id.matches(ID_PATTERN)) {
            throw KmsErrors.validation("The tag " + ID + " must have the form of a key id: " + id);
        }
        return new CustomKeyTags(visible, Optional.ofNullable(id), material);
    }

    /** The material that the tag holds: base64 of raw bytes for symmetric and HMAC keys, of PKCS #8 (DER or PEM) for private keys. */
    Optional<KeyMaterial> material(KeySpec spec) {
        if (encodedMaterial == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(
                    KeyGenerator.parse(spec, withoutPem(Base64.getDecoder().decode(encodedMaterial.strip()))));
        } catch (IllegalArgumentException e) {
            throw KmsErrors.validation("The tag " + MATERIAL + " must hold base64");
        } catch (KeyMaterial.InvalidKeyMaterial e) {
            throw KmsErrors.validation(
                    "The tag " + MATERIAL + " does not hold a key of spec " + spec + ": " + e.getMessage());
        }
    }

    /** The DER inside a PEM text; the bytes themselves when they are no PEM. */
    static byte[] withoutPem(byte[] bytes) {
        String text = new String(bytes, StandardCharsets.ISO_8859_1);
        if (!text.stripLeading().startsWith("-----BEGIN ")) {
            return bytes;
        }
        return Base64.getMimeDecoder().decode(text.replaceAll("-----(BEGIN|END) [A-Z0-9 ]{1,40}-----", ""));
    }
}
