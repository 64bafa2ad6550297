package io.pileus.kms.crypto;

import java.io.IOException;
import java.security.SecureRandom;
import org.bouncycastle.crypto.CryptoException;
import org.bouncycastle.crypto.Signer;
import org.bouncycastle.crypto.params.Ed25519PrivateKeyParameters;
import org.bouncycastle.crypto.params.Ed25519PublicKeyParameters;
import org.bouncycastle.crypto.signers.Ed25519Signer;
import org.bouncycastle.crypto.signers.Ed25519phSigner;
import org.bouncycastle.crypto.util.PrivateKeyFactory;
import org.bouncycastle.crypto.util.PrivateKeyInfoFactory;
import org.bouncycastle.crypto.util.SubjectPublicKeyInfoFactory;

/** An Ed25519 key pair: pure and pre-hashed signatures. */
public final class EdwardsMaterial implements KeyMaterial.Pair, KeyMaterial.Signing {
    private final Ed25519PrivateKeyParameters privateKey;
    private final Ed25519PublicKeyParameters publicKey;
    private final byte[] secret;
    private final byte[] spki;

    private EdwardsMaterial(Ed25519PrivateKeyParameters privateKey) {
        this.privateKey = privateKey;
        this.publicKey = privateKey.generatePublicKey();
        try {
            // the first version of PKCS #8, without the public key, as other tools write it
            this.secret = PrivateKeyInfoFactory.createPrivateKeyInfo(privateKey).getEncoded("DER");
            this.spki = SubjectPublicKeyInfoFactory.createSubjectPublicKeyInfo(publicKey)
                    .getEncoded("DER");
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    static EdwardsMaterial generate(SecureRandom random) {
        return new EdwardsMaterial(new Ed25519PrivateKeyParameters(random));
    }

    static EdwardsMaterial of(byte[] pkcs8) throws InvalidKeyMaterial {
        try {
            if (PrivateKeyFactory.createKey(pkcs8) instanceof Ed25519PrivateKeyParameters key) {
                return new EdwardsMaterial(key);
            }
        } catch (IOException | RuntimeException e) {
            // said below
        }
        throw new InvalidKeyMaterial("not an Ed25519 private key in PKCS #8");
    }

    @Override
    public KeySpec spec() {
        return KeySpec.ECC_NIST_EDWARDS25519;
    }

    @Override
    public byte[] secret() {
        return secret;
    }

    @Override
    public byte[] publicKey() {
        return spki;
    }

    @Override
    public byte[] sign(SigningAlgorithm algorithm, MessageType type, byte[] message) {
        Signer signer = signer(algorithm);
        signer.init(true, privateKey);
        signer.update(message, 0, message.length);
        try {
            return signer.generateSignature();
        } catch (CryptoException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public boolean verify(SigningAlgorithm algorithm, MessageType type, byte[] message, byte[] signature) {
        Signer signer = signer(algorithm);
        signer.init(false, publicKey);
        signer.update(message, 0, message.length);
        return signer.verifySignature(signature);
    }

    private static Signer signer(SigningAlgorithm algorithm) {
        return algorithm == SigningAlgorithm.ED25519_PH_SHA_512
                ? new Ed25519phSigner(new byte[0])
                : new Ed25519Signer();
    }

    @Override
    public String toString() {
        return "EdwardsMaterial";
    }
}
