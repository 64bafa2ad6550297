package io.pileus.kms.state;

/** Where a key's material comes from. */
public enum Origin {
    AWS_KMS,
    EXTERNAL,
    AWS_CLOUDHSM,
    EXTERNAL_KEY_STORE;

    public boolean isCustomKeyStore() {
        return this == AWS_CLOUDHSM || this == EXTERNAL_KEY_STORE;
    }
}
