package io.pileus.kms.crypto;

import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.concurrent.atomic.AtomicReference;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/** A 256-bit key for AES-GCM. */
public final class SymmetricMaterial implements KeyMaterial {
    public static final int KEY_BYTES = 32;
    public static final int IV_BYTES = 12;
    public static final int TAG_BYTES = 16;

    private final byte[] secret;
    private final SecretKeySpec key;

    /**
     * A cipher of each mode that was used last, for the next who wants it: it has the key's schedule already. Whoever finds none
     * makes one, so no caller waits for another.
     */
    private final AtomicReference<Cipher> encryptor = new AtomicReference<>();

    private final AtomicReference<Cipher> decryptor = new AtomicReference<>();

    private SymmetricMaterial(byte[] secret) {
        this.secret = secret;
        this.key = new SecretKeySpec(secret, "AES");
    }

    public static SymmetricMaterial generate(SecureRandom random) {
        byte[] secret = new byte[KEY_BYTES];
        random.nextBytes(secret);
        return new SymmetricMaterial(secret);
    }

    public static SymmetricMaterial of(byte[] secret) throws InvalidKeyMaterial {
        if (secret.length != KEY_BYTES) {
            throw new InvalidKeyMaterial("a symmetric encryption key has 256 bits");
        }
        return new SymmetricMaterial(secret.clone());
    }

    @Override
    public KeySpec spec() {
        return KeySpec.SYMMETRIC_DEFAULT;
    }

    @Override
    public byte[] secret() {
        return secret;
    }

    /**
     * Writes ciphertext and tag behind what the output already holds.
     *
     * @param iv holds the 12-byte initialization vector at {@code ivAt}
     * @param output takes {@code plaintext.length + 16} bytes from {@code at}
     */
    public void encrypt(byte[] iv, int ivAt, byte[] aad, byte[] plaintext, byte[] output, int at) {
        try {
            Cipher cipher = take(encryptor);
            cipher.init(Cipher.ENCRYPT_MODE, key, parameters(iv, ivAt));
            cipher.updateAAD(aad);
            cipher.doFinal(plaintext, 0, plaintext.length, output, at);
            encryptor.set(cipher);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Decrypts {@code length} bytes of ciphertext and tag. */
    public byte[] decrypt(byte[] iv, int ivAt, byte[] aad, byte[] input, int at, int length) throws InvalidCiphertext {
        try {
            Cipher cipher = take(decryptor);
            cipher.init(Cipher.DECRYPT_MODE, key, parameters(iv, ivAt));
            cipher.updateAAD(aad);
            byte[] plaintext = cipher.doFinal(input, at, length);
            decryptor.set(cipher);
            return plaintext;
        } catch (AEADBadTagException e) {
            throw new InvalidCiphertext();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Cipher take(AtomicReference<Cipher> slot) throws GeneralSecurityException {
        Cipher idle = slot.getAndSet(null);
        return idle == null ? Cipher.getInstance("AES/GCM/NoPadding") : idle;
    }

    private static GCMParameterSpec parameters(byte[] iv, int ivAt) {
        return new GCMParameterSpec(TAG_BYTES * 8, iv, ivAt, IV_BYTES);
    }

    @Override
    public String toString() {
        return "SymmetricMaterial";
    }
}
