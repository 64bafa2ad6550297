package io.pileus.kms.crypto;

import java.util.Set;

/**
 * A signature algorithm.
 *
 * @see <a href="https://docs.aws.amazon.com/kms/latest/APIReference/API_Sign.html">Sign</a>
 */
public enum SigningAlgorithm {
    RSASSA_PSS_SHA_256(Hash.SHA_256, MessageType.RAW, MessageType.DIGEST),
    RSASSA_PSS_SHA_384(Hash.SHA_384, MessageType.RAW, MessageType.DIGEST),
    RSASSA_PSS_SHA_512(Hash.SHA_512, MessageType.RAW, MessageType.DIGEST),
    RSASSA_PKCS1_V1_5_SHA_256(Hash.SHA_256, MessageType.RAW, MessageType.DIGEST),
    RSASSA_PKCS1_V1_5_SHA_384(Hash.SHA_384, MessageType.RAW, MessageType.DIGEST),
    RSASSA_PKCS1_V1_5_SHA_512(Hash.SHA_512, MessageType.RAW, MessageType.DIGEST),
    ECDSA_SHA_256(Hash.SHA_256, MessageType.RAW, MessageType.DIGEST),
    ECDSA_SHA_384(Hash.SHA_384, MessageType.RAW, MessageType.DIGEST),
    ECDSA_SHA_512(Hash.SHA_512, MessageType.RAW, MessageType.DIGEST),
    SM2DSA(Hash.SM3, MessageType.RAW, MessageType.DIGEST),
    ML_DSA_SHAKE_256(Hash.SHAKE_256, MessageType.RAW, MessageType.EXTERNAL_MU),
    /** Pure Ed25519: the whole message is signed. */
    ED25519_SHA_512(Hash.SHA_512, MessageType.RAW),
    /** Ed25519ph: what is given as digest is hashed once more, as FIPS 186-5, 7.8.1 has it. */
    ED25519_PH_SHA_512(Hash.SHA_512, MessageType.DIGEST);

    private final Hash hash;
    private final Set<MessageType> messageTypes;

    SigningAlgorithm(Hash hash, MessageType... messageTypes) {
        this.hash = hash;
        this.messageTypes = Set.of(messageTypes);
    }

    public Hash hash() {
        return hash;
    }

    public boolean accepts(MessageType type) {
        return messageTypes.contains(type);
    }

    /** The exact length in bytes of a message of this type, or -1 when any length will do. */
    public int messageLength(MessageType type) {
        return switch (type) {
            case RAW -> -1;
            case DIGEST -> hash.length();
            case EXTERNAL_MU -> 64;
        };
    }

    boolean isPss() {
        return this == RSASSA_PSS_SHA_256 || this == RSASSA_PSS_SHA_384 || this == RSASSA_PSS_SHA_512;
    }
}
