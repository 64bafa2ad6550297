package io.pileus.kinesis;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.Optional;
import java.util.function.Supplier;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Makes texts that clients hand back but can neither read nor change (shard iterators, next tokens): AES-GCM under a key of this
 * emulator, in base64.
 */
final class Seal {
    private static final int IV_BYTES = 12;
    private static final int TAG_BITS = 128;

    /** AWS's shard iterators begin with eight bytes of version too, which in base64 look like {@code AAAAAAAAAAF}. */
    private static final long VERSION = 1;

    private volatile SecretKeySpec key;
    private final Supplier<byte[]> ivs;

    /**
     * @param key 32 bytes
     * @param ivs gives 12 bytes, never the same twice
     */
    Seal(byte[] key, Supplier<byte[]> ivs) {
        this.key = new SecretKeySpec(key, "AES");
        this.ivs = ivs;
    }

    /** The key's 32 bytes. */
    byte[] key() {
        return key.getEncoded();
    }

    /** Goes on with another key: what was sealed under it can be opened, what was sealed before can not. */
    void key(byte[] newKey) {
        key = new SecretKeySpec(newKey, "AES");
    }

    String seal(String text) {
        byte[] iv = ivs.get();
        byte[] sealed = run(Cipher.ENCRYPT_MODE, iv, text.getBytes(StandardCharsets.UTF_8))
                .orElseThrow(() -> new IllegalStateException("this platform has no AES-GCM"));
        byte[] all = ByteBuffer.allocate(Long.BYTES + iv.length + sealed.length)
                .putLong(VERSION)
                .put(iv)
                .put(sealed)
                .array();
        return Base64.getEncoder().encodeToString(all);
    }

    /** What was sealed; empty if the text is not ours or was changed. */
    Optional<String> open(String sealed) {
        byte[] all;
        try {
            all = Base64.getDecoder().decode(sealed);
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
        if (all.length < Long.BYTES + IV_BYTES || ByteBuffer.wrap(all).getLong() != VERSION) {
            return Optional.empty();
        }
        byte[] iv = new byte[IV_BYTES];
        System.arraycopy(all, Long.BYTES, iv, 0, IV_BYTES);
        byte[] body = new byte[all.length - Long.BYTES - IV_BYTES];
        System.arraycopy(all, Long.BYTES + IV_BYTES, body, 0, body.length);
        return run(Cipher.DECRYPT_MODE, iv, body).map(bytes -> new String(bytes, StandardCharsets.UTF_8));
    }

    private Optional<byte[]> run(int mode, byte[] iv, byte[] input) {
        try {
            Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
            cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, iv));
            return Optional.of(cipher.doFinal(input));
        } catch (GeneralSecurityException e) {
            return Optional.empty();
        }
    }
}
