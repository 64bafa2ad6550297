package io.pileus.kms.crypto;

/**
 * The secret of a KMS key. What a kind of material can do is in the capabilities it implements: {@link SymmetricMaterial}
 * encrypts with associated data, {@link HmacMaterial} makes MACs, and key pairs sign, encrypt or agree. Material never
 * changes and is safe for concurrent use; its {@code toString} tells no secret.
 */
public sealed interface KeyMaterial permits SymmetricMaterial, HmacMaterial, KeyMaterial.Pair {

    KeySpec spec();

    /** The secret as it is imported: raw bytes of a symmetric key, PKCS #8 of a private key. The array must not be changed. */
    byte[] secret();

    /** A key pair. */
    sealed interface Pair extends KeyMaterial permits RsaMaterial, EllipticMaterial, EdwardsMaterial, MlDsaMaterial {

        /** The public key as DER-encoded X.509 SubjectPublicKeyInfo. The array must not be changed. */
        byte[] publicKey();
    }

    /** Material that signs. */
    sealed interface Signing permits RsaMaterial, EllipticMaterial, EdwardsMaterial, MlDsaMaterial {

        /** Signs; the algorithm, the message's type and its length fit the key (the caller has checked). */
        byte[] sign(SigningAlgorithm algorithm, MessageType type, byte[] message);

        /** Whether the signature is the message's; false for anything malformed. */
        boolean verify(SigningAlgorithm algorithm, MessageType type, byte[] message, byte[] signature);
    }

    /** Material that encrypts without associated data. */
    sealed interface Encrypting permits RsaMaterial, Sm2Material {

        byte[] encrypt(EncryptionAlgorithm algorithm, byte[] plaintext);

        /** @throws InvalidCiphertext if the ciphertext is not one of this key and algorithm */
        byte[] decrypt(EncryptionAlgorithm algorithm, byte[] ciphertext) throws InvalidCiphertext;
    }

    /** Material that agrees on a secret with a peer. */
    sealed interface Agreeing permits EcMaterial, Sm2Material {

        /**
         * The raw shared secret: the x-coordinate, as long as the field.
         *
         * @throws InvalidKeyMaterial if the peer's key is not a point on the same curve
         */
        byte[] agree(byte[] peerPublicKey) throws InvalidKeyMaterial;
    }

    /** A ciphertext that this key did not make, or that was changed. */
    final class InvalidCiphertext extends Exception {
        public InvalidCiphertext() {
            super("not a ciphertext of this key", null, false, false);
        }
    }

    /** Bytes that are not a key of the spec that was asked for. */
    final class InvalidKeyMaterial extends Exception {
        public InvalidKeyMaterial(String message) {
            super(message, null, false, false);
        }
    }
}
