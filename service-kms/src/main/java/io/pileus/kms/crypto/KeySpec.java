package io.pileus.kms.crypto;

import static io.pileus.kms.crypto.KeyUsage.ENCRYPT_DECRYPT;
import static io.pileus.kms.crypto.KeyUsage.GENERATE_VERIFY_MAC;
import static io.pileus.kms.crypto.KeyUsage.KEY_AGREEMENT;
import static io.pileus.kms.crypto.KeyUsage.SIGN_VERIFY;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The type of key material in a KMS key, with the usages and algorithms that AWS allows for it.
 *
 * @see <a href="https://docs.aws.amazon.com/kms/latest/developerguide/symm-asymm-choose-key-spec.html">Key spec reference</a>
 */
public enum KeySpec {
    SYMMETRIC_DEFAULT(Kind.SYMMETRIC, 256, ENCRYPT_DECRYPT),
    RSA_2048(Kind.RSA, 2048, ENCRYPT_DECRYPT, SIGN_VERIFY),
    RSA_3072(Kind.RSA, 3072, ENCRYPT_DECRYPT, SIGN_VERIFY),
    RSA_4096(Kind.RSA, 4096, ENCRYPT_DECRYPT, SIGN_VERIFY),
    ECC_NIST_P256(Kind.NIST_CURVE, 256, SIGN_VERIFY, KEY_AGREEMENT),
    ECC_NIST_P384(Kind.NIST_CURVE, 384, SIGN_VERIFY, KEY_AGREEMENT),
    ECC_NIST_P521(Kind.NIST_CURVE, 521, SIGN_VERIFY, KEY_AGREEMENT),
    ECC_SECG_P256K1(Kind.SECG_CURVE, 256, SIGN_VERIFY),
    ECC_NIST_EDWARDS25519(Kind.EDWARDS_CURVE, 256, SIGN_VERIFY),
    SM2(Kind.SM2, 256, ENCRYPT_DECRYPT, SIGN_VERIFY, KEY_AGREEMENT),
    HMAC_224(Kind.HMAC, 224, GENERATE_VERIFY_MAC),
    HMAC_256(Kind.HMAC, 256, GENERATE_VERIFY_MAC),
    HMAC_384(Kind.HMAC, 384, GENERATE_VERIFY_MAC),
    HMAC_512(Kind.HMAC, 512, GENERATE_VERIFY_MAC),
    ML_DSA_44(Kind.ML_DSA, 44, SIGN_VERIFY),
    ML_DSA_65(Kind.ML_DSA, 65, SIGN_VERIFY),
    ML_DSA_87(Kind.ML_DSA, 87, SIGN_VERIFY);

    /** The families of key specs. */
    public enum Kind {
        SYMMETRIC,
        HMAC,
        RSA,
        NIST_CURVE,
        SECG_CURVE,
        EDWARDS_CURVE,
        SM2,
        ML_DSA
    }

    private final Kind kind;
    private final int size;
    private final Set<KeyUsage> usages;

    KeySpec(Kind kind, int size, KeyUsage... usages) {
        this.kind = kind;
        this.size = size;
        this.usages = Set.of(usages);
    }

    public static @Nullable KeySpec of(String name) {
        for (KeySpec spec : values()) {
            if (spec.name().equals(name)) {
                return spec;
            }
        }
        return null;
    }

    public Kind kind() {
        return kind;
    }

    /** The size in bits of the key (of the modulus, of the field); the parameter set for ML-DSA. */
    public int size() {
        return size;
    }

    public boolean allows(KeyUsage usage) {
        return usages.contains(usage);
    }

    /** The usage of keys whose creator names none; null where one must be named. */
    public @Nullable KeyUsage defaultUsage() {
        return this == SYMMETRIC_DEFAULT ? ENCRYPT_DECRYPT : null;
    }

    public boolean isAsymmetric() {
        return kind != Kind.SYMMETRIC && kind != Kind.HMAC;
    }

    /** The algorithms that a key of this spec encrypts with, in the order DescribeKey has them. */
    public List<EncryptionAlgorithm> encryptionAlgorithms() {
        return switch (kind) {
            case SYMMETRIC -> List.of(EncryptionAlgorithm.SYMMETRIC_DEFAULT);
            case RSA -> List.of(EncryptionAlgorithm.RSAES_OAEP_SHA_1, EncryptionAlgorithm.RSAES_OAEP_SHA_256);
            case SM2 -> List.of(EncryptionAlgorithm.SM2PKE);
            case HMAC, NIST_CURVE, SECG_CURVE, EDWARDS_CURVE, ML_DSA -> List.of();
        };
    }

    /** The algorithms that a key of this spec signs with, in the order DescribeKey has them. */
    public List<SigningAlgorithm> signingAlgorithms() {
        return switch (kind) {
            case RSA ->
                List.of(
                        SigningAlgorithm.RSASSA_PKCS1_V1_5_SHA_256,
                        SigningAlgorithm.RSASSA_PKCS1_V1_5_SHA_384,
                        SigningAlgorithm.RSASSA_PKCS1_V1_5_SHA_512,
                        SigningAlgorithm.RSASSA_PSS_SHA_256,
                        SigningAlgorithm.RSASSA_PSS_SHA_384,
                        SigningAlgorithm.RSASSA_PSS_SHA_512);
            case NIST_CURVE, SECG_CURVE ->
                switch (size) {
                    case 384 -> List.of(SigningAlgorithm.ECDSA_SHA_384);
                    case 521 -> List.of(SigningAlgorithm.ECDSA_SHA_512);
                    default -> List.of(SigningAlgorithm.ECDSA_SHA_256);
                };
            case EDWARDS_CURVE -> List.of(SigningAlgorithm.ED25519_PH_SHA_512, SigningAlgorithm.ED25519_SHA_512);
            case SM2 -> List.of(SigningAlgorithm.SM2DSA);
            case ML_DSA -> List.of(SigningAlgorithm.ML_DSA_SHAKE_256);
            case SYMMETRIC, HMAC -> List.of();
        };
    }

    /** The algorithms that a key of this spec makes MACs with. */
    public List<MacAlgorithm> macAlgorithms() {
        return switch (this) {
            case HMAC_224 -> List.of(MacAlgorithm.HMAC_SHA_224);
            case HMAC_256 -> List.of(MacAlgorithm.HMAC_SHA_256);
            case HMAC_384 -> List.of(MacAlgorithm.HMAC_SHA_384);
            case HMAC_512 -> List.of(MacAlgorithm.HMAC_SHA_512);
            default -> List.of();
        };
    }

    /**
     * The most bytes that can be encrypted at once.
     *
     * @see <a href="https://docs.aws.amazon.com/kms/latest/APIReference/API_Encrypt.html">Encrypt</a>
     */
    public int plaintextBytesMax(EncryptionAlgorithm algorithm) {
        return switch (algorithm) {
            case SYMMETRIC_DEFAULT -> 4096;
            case RSAES_OAEP_SHA_1 -> size / 8 - 42;
            case RSAES_OAEP_SHA_256 -> size / 8 - 66;
            case SM2PKE -> 1024;
        };
    }
}
