package io.pileus.sts;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import java.util.function.Supplier;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/** Texts that only we can make and read: AES-256-GCM under a key of this process, in base64. */
final class Seal {
    private static final int NONCE_BYTES = 12;

    private volatile SecretKeySpec key;
    private final Supplier<byte[]> nonces;

    Seal(byte[] key, Supplier<byte[]> nonces) {
        this.key = new SecretKeySpec(key, "AES");
        this.nonces = nonces;
    }

    /** The key, to be saved. */
    byte[] key() {
        return key.getEncoded();
    }

    /** Goes on with a key that was saved, so that what was sealed with it opens again. */
    void restore(byte[] savedKey) {
        key = new SecretKeySpec(savedKey, "AES");
    }

    /** @param purpose what the text is for; it opens only for the same */
    String seal(String purpose, String content) {
        byte[] nonce = nonces.get();
        byte[] sealed = run(Cipher.ENCRYPT_MODE, nonce, purpose, content.getBytes(StandardCharsets.UTF_8))
                .orElseThrow();
        byte[] all = Arrays.copyOf(nonce, nonce.length + sealed.length);
        System.arraycopy(sealed, 0, all, nonce.length, sealed.length);
        return Base64.getEncoder().encodeToString(all);
    }

    /** The content; empty when the text was not sealed here for this purpose, or has been changed. */
    Optional<String> open(String purpose, String text) {
        byte[] all;
        try {
            all = Base64.getDecoder().decode(text);
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
        if (all.length <= NONCE_BYTES) {
            return Optional.empty();
        }
        return run(
                        Cipher.DECRYPT_MODE,
                        Arrays.copyOf(all, NONCE_BYTES),
                        purpose,
                        Arrays.copyOfRange(all, NONCE_BYTES, all.length))
                .map(bytes -> new String(bytes, StandardCharsets.UTF_8));
    }

    private Optional<byte[]> run(int mode, byte[] nonce, String purpose, byte[] input) {
        try {
            Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
            cipher.init(mode, key, new GCMParameterSpec(128, nonce));
            cipher.updateAAD(purpose.getBytes(StandardCharsets.UTF_8));
            return Optional.of(cipher.doFinal(input));
        } catch (GeneralSecurityException e) {
            return Optional.empty();
        }
    }
}
