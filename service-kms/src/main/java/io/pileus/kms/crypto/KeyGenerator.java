package io.pileus.kms.crypto;

import java.security.SecureRandom;

/** Makes key material: at random, or from what a user brings. */
public final class KeyGenerator {
    private static final int RESERVE_BYTES = 3_072;

    private final SecureRandom random = new SecureRandom();
    private final ThreadLocal<Reserve> reserves = ThreadLocal.withInitial(Reserve::new);

    /** Generates material. RSA takes from tens of milliseconds to seconds: never on an event loop. */
    public KeyMaterial generate(KeySpec spec) {
        return switch (spec.kind()) {
            case SYMMETRIC -> SymmetricMaterial.generate(random);
            case HMAC -> HmacMaterial.generate(spec, random);
            case RSA -> RsaMaterial.generate(spec, random);
            case NIST_CURVE, SECG_CURVE, SM2 -> EllipticMaterial.generate(spec, random);
            case EDWARDS_CURVE -> EdwardsMaterial.generate(random);
            case ML_DSA -> MlDsaMaterial.generate(spec, random);
        };
    }

    /**
     * Key material from its secret: raw bytes for symmetric and HMAC keys, PKCS #8 (DER) for private keys.
     *
     * @throws KeyMaterial.InvalidKeyMaterial if it is not a key of this spec
     */
    public static KeyMaterial parse(KeySpec spec, byte[] secret) throws KeyMaterial.InvalidKeyMaterial {
        return switch (spec.kind()) {
            case SYMMETRIC -> SymmetricMaterial.of(secret);
            case HMAC -> HmacMaterial.of(spec, secret);
            case RSA -> RsaMaterial.of(spec, secret);
            case NIST_CURVE, SECG_CURVE, SM2 -> EllipticMaterial.of(spec, secret);
            case EDWARDS_CURVE -> EdwardsMaterial.of(secret);
            case ML_DSA -> MlDsaMaterial.of(spec, secret);
        };
    }

    /** Random bytes for data keys and callers. */
    public byte[] randomBytes(int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }

    /** Fills part of an array with random bytes that are no secret, such as an initialization vector. */
    public void fill(byte[] bytes, int at, int length) {
        reserves.get().take(bytes, at, length);
    }

    /** Random bytes drawn ahead: the system's source is asked once for hundreds of initialization vectors. Of one thread. */
    private final class Reserve {
        private final byte[] bytes = new byte[RESERVE_BYTES];
        private int used = RESERVE_BYTES;

        void take(byte[] into, int at, int length) {
            if (length > RESERVE_BYTES) {
                throw new IllegalArgumentException("more than the reserve holds: " + length);
            }
            if (used + length > RESERVE_BYTES) {
                random.nextBytes(bytes);
                used = 0;
            }
            System.arraycopy(bytes, used, into, at, length);
            used += length;
        }
    }
}
