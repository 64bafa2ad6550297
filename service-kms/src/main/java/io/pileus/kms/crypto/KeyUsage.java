package io.pileus.kms.crypto;

/** What a KMS key may be used for; fixed when the key is created. */
public enum KeyUsage {
    ENCRYPT_DECRYPT,
    SIGN_VERIFY,
    GENERATE_VERIFY_MAC,
    KEY_AGREEMENT
}
