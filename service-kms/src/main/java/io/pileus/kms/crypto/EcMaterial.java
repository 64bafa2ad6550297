package io.pileus.kms.crypto;

import java.io.IOException;
import java.math.BigInteger;
import java.security.SecureRandom;
import org.bouncycastle.crypto.params.ECPrivateKeyParameters;
import org.bouncycastle.crypto.params.ECPublicKeyParameters;
import org.bouncycastle.crypto.params.ParametersWithRandom;
import org.bouncycastle.crypto.signers.ECDSASigner;
import org.bouncycastle.crypto.signers.StandardDSAEncoding;

/** A key pair on a NIST curve or secp256k1: ECDSA (signatures in DER) and Diffie-Hellman. */
public final class EcMaterial extends EllipticMaterial implements KeyMaterial.Agreeing {

    EcMaterial(KeySpec spec, ECPrivateKeyParameters privateKey, ECPublicKeyParameters publicKey) {
        super(spec, privateKey, publicKey);
    }

    @Override
    public byte[] sign(SigningAlgorithm algorithm, MessageType type, byte[] message) {
        ECDSASigner signer = new ECDSASigner();
        signer.init(true, new ParametersWithRandom(privateKey, new SecureRandom()));
        BigInteger[] rs = signer.generateSignature(digest(algorithm, type, message));
        try {
            return StandardDSAEncoding.INSTANCE.encode(signer.getOrder(), rs[0], rs[1]);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public boolean verify(SigningAlgorithm algorithm, MessageType type, byte[] message, byte[] signature) {
        ECDSASigner signer = new ECDSASigner();
        signer.init(false, publicKey);
        BigInteger[] rs;
        try {
            rs = StandardDSAEncoding.INSTANCE.decode(signer.getOrder(), signature);
        } catch (IOException | RuntimeException e) {
            return false; // not the DER of two integers in range
        }
        return signer.verifySignature(digest(algorithm, type, message), rs[0], rs[1]);
    }

    private static byte[] digest(SigningAlgorithm algorithm, MessageType type, byte[] message) {
        return type == MessageType.DIGEST ? message : algorithm.hash().of(message);
    }

    @Override
    public byte[] agree(byte[] peerPublicKey) throws InvalidKeyMaterial {
        return diffieHellman(peerPublicKey);
    }
}
