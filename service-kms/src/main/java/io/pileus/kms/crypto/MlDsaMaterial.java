package io.pileus.kms.crypto;

import java.io.IOException;
import java.security.SecureRandom;
import org.bouncycastle.crypto.CryptoException;
import org.bouncycastle.crypto.DataLengthException;
import org.bouncycastle.crypto.generators.MLDSAKeyPairGenerator;
import org.bouncycastle.crypto.params.MLDSAKeyGenerationParameters;
import org.bouncycastle.crypto.params.MLDSAParameters;
import org.bouncycastle.crypto.params.MLDSAPrivateKeyParameters;
import org.bouncycastle.crypto.params.MLDSAPublicKeyParameters;
import org.bouncycastle.crypto.params.ParametersWithRandom;
import org.bouncycastle.crypto.signers.MLDSASigner;
import org.bouncycastle.crypto.util.PrivateKeyFactory;
import org.bouncycastle.crypto.util.PrivateKeyInfoFactory;
import org.bouncycastle.crypto.util.SubjectPublicKeyInfoFactory;

/** An ML-DSA key pair (FIPS 204): hedged signatures over a message or over its ready-made representative μ, empty context. */
public final class MlDsaMaterial implements KeyMaterial.Pair, KeyMaterial.Signing {
    private final KeySpec spec;
    private final MLDSAPrivateKeyParameters privateKey;
    private final MLDSAPublicKeyParameters publicKey;
    private final byte[] secret;
    private final byte[] spki;

    private MlDsaMaterial(KeySpec spec, MLDSAPrivateKeyParameters privateKey) {
        this.spec = spec;
        this.privateKey = privateKey;
        this.publicKey = privateKey.getPublicKeyParameters();
        try {
            this.secret = PrivateKeyInfoFactory.createPrivateKeyInfo(privateKey).getEncoded("DER");
            this.spki = SubjectPublicKeyInfoFactory.createSubjectPublicKeyInfo(publicKey)
                    .getEncoded("DER");
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    static MlDsaMaterial generate(KeySpec spec, SecureRandom random) {
        MLDSAKeyPairGenerator generator = new MLDSAKeyPairGenerator();
        generator.init(new MLDSAKeyGenerationParameters(random, parameters(spec)));
        return new MlDsaMaterial(
                spec, (MLDSAPrivateKeyParameters) generator.generateKeyPair().getPrivate());
    }

    static MlDsaMaterial of(KeySpec spec, byte[] pkcs8) throws InvalidKeyMaterial {
        try {
            if (PrivateKeyFactory.createKey(pkcs8) instanceof MLDSAPrivateKeyParameters key
                    && key.getParameters().equals(parameters(spec))) {
                return new MlDsaMaterial(spec, key);
            }
        } catch (IOException | RuntimeException e) {
            // said below
        }
        throw new InvalidKeyMaterial("not a private key of spec " + spec + " in PKCS #8");
    }

    private static MLDSAParameters parameters(KeySpec spec) {
        return switch (spec) {
            case ML_DSA_44 -> MLDSAParameters.ml_dsa_44;
            case ML_DSA_65 -> MLDSAParameters.ml_dsa_65;
            case ML_DSA_87 -> MLDSAParameters.ml_dsa_87;
            default -> throw new IllegalArgumentException("not ML-DSA: " + spec);
        };
    }

    @Override
    public KeySpec spec() {
        return spec;
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
        MLDSASigner signer = new MLDSASigner();
        signer.init(true, new ParametersWithRandom(privateKey, new SecureRandom()));
        try {
            if (type == MessageType.EXTERNAL_MU) {
                return signer.generateMuSignature(message);
            }
            signer.update(message, 0, message.length);
            return signer.generateSignature();
        } catch (CryptoException | DataLengthException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public boolean verify(SigningAlgorithm algorithm, MessageType type, byte[] message, byte[] signature) {
        MLDSASigner signer = new MLDSASigner();
        signer.init(false, publicKey);
        if (type == MessageType.EXTERNAL_MU) {
            return signer.verifyMuSignature(message, signature);
        }
        signer.update(message, 0, message.length);
        return signer.verifySignature(signature);
    }

    @Override
    public String toString() {
        return "MlDsaMaterial[" + spec + "]";
    }
}
