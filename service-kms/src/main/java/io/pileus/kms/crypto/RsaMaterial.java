package io.pileus.kms.crypto;

import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.SignatureException;
import java.security.interfaces.RSAPrivateCrtKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.PSSParameterSpec;
import java.security.spec.RSAKeyGenParameterSpec;
import java.security.spec.RSAPublicKeySpec;
import javax.crypto.Cipher;
import javax.crypto.spec.OAEPParameterSpec;
import javax.crypto.spec.PSource;
import org.bouncycastle.crypto.CipherParameters;
import org.bouncycastle.crypto.CryptoException;
import org.bouncycastle.crypto.Digest;
import org.bouncycastle.crypto.Signer;
import org.bouncycastle.crypto.digests.NullDigest;
import org.bouncycastle.crypto.engines.RSABlindedEngine;
import org.bouncycastle.crypto.params.ParametersWithRandom;
import org.bouncycastle.crypto.params.RSAKeyParameters;
import org.bouncycastle.crypto.params.RSAPrivateCrtKeyParameters;
import org.bouncycastle.crypto.signers.PSSSigner;
import org.bouncycastle.crypto.signers.RSADigestSigner;

/**
 * An RSA key pair. Whole messages go through the JDK, which is a little faster; the JDK cannot sign a ready-made digest,
 * so those go through Bouncy Castle. The salt of PSS is as long as the digest.
 */
public final class RsaMaterial implements KeyMaterial.Pair, KeyMaterial.Signing, KeyMaterial.Encrypting {
    private final KeySpec spec;
    private final RSAPrivateCrtKey privateKey;
    private final RSAPublicKey publicKey;
    private final byte[] secret;
    private final byte[] spki;

    private RsaMaterial(KeySpec spec, RSAPrivateCrtKey privateKey, RSAPublicKey publicKey) {
        this.spec = spec;
        this.privateKey = privateKey;
        this.publicKey = publicKey;
        this.secret = privateKey.getEncoded();
        this.spki = publicKey.getEncoded();
    }

    static RsaMaterial generate(KeySpec spec, SecureRandom random) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(new RSAKeyGenParameterSpec(spec.size(), RSAKeyGenParameterSpec.F4), random);
            KeyPair pair = generator.generateKeyPair();
            return new RsaMaterial(spec, (RSAPrivateCrtKey) pair.getPrivate(), (RSAPublicKey) pair.getPublic());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    static RsaMaterial of(KeySpec spec, byte[] pkcs8) throws InvalidKeyMaterial {
        try {
            KeyFactory factory = KeyFactory.getInstance("RSA");
            if (!(factory.generatePrivate(new PKCS8EncodedKeySpec(pkcs8)) instanceof RSAPrivateCrtKey key)) {
                throw new InvalidKeyMaterial("the RSA private key lacks its primes");
            }
            if (key.getModulus().bitLength() != spec.size()) {
                throw new InvalidKeyMaterial("the modulus of an " + spec + " key has " + spec.size() + " bits");
            }
            if (!key.getPrimeP().multiply(key.getPrimeQ()).equals(key.getModulus())) {
                throw new InvalidKeyMaterial("the RSA private key is inconsistent");
            }
            RSAPublicKey publicKey = (RSAPublicKey)
                    factory.generatePublic(new RSAPublicKeySpec(key.getModulus(), key.getPublicExponent()));
            return new RsaMaterial(spec, key, publicKey);
        } catch (GeneralSecurityException e) {
            throw new InvalidKeyMaterial("not an RSA private key in PKCS #8");
        }
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
        try {
            if (type == MessageType.DIGEST) {
                Signer signer = digestSigner(algorithm);
                signer.init(true, new ParametersWithRandom(privateParameters(), new SecureRandom()));
                signer.update(message, 0, message.length);
                return signer.generateSignature();
            }
            Signature signature = signature(algorithm);
            signature.initSign(privateKey);
            signature.update(message);
            return signature.sign();
        } catch (GeneralSecurityException | CryptoException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public boolean verify(SigningAlgorithm algorithm, MessageType type, byte[] message, byte[] signed) {
        try {
            if (type == MessageType.DIGEST) {
                Signer signer = digestSigner(algorithm);
                signer.init(false, new RSAKeyParameters(false, publicKey.getModulus(), publicKey.getPublicExponent()));
                signer.update(message, 0, message.length);
                return signed.length == spec.size() / 8 && signer.verifySignature(signed);
            }
            Signature signature = signature(algorithm);
            signature.initVerify(publicKey);
            signature.update(message);
            return signature.verify(signed);
        } catch (SignatureException e) {
            return false; // the JDK's answer to a signature of the wrong length or form
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Signature signature(SigningAlgorithm algorithm) throws GeneralSecurityException {
        Hash hash = algorithm.hash();
        if (!algorithm.isPss()) {
            return Signature.getInstance(hash.jcaName().replace("-", "") + "withRSA");
        }
        Signature signature = Signature.getInstance("RSASSA-PSS");
        signature.setParameter(new PSSParameterSpec(
                hash.jcaName(),
                "MGF1",
                new MGF1ParameterSpec(hash.jcaName()),
                hash.length(),
                PSSParameterSpec.TRAILER_FIELD_BC));
        return signature;
    }

    private static Signer digestSigner(SigningAlgorithm algorithm) {
        Hash hash = algorithm.hash();
        if (!algorithm.isPss()) {
            return new RSADigestSigner(new NullDigest(), hash.oid());
        }
        Digest digest = hash.bouncyCastle();
        return PSSSigner.createRawSigner(
                new RSABlindedEngine(), digest, hash.bouncyCastle(), hash.length(), PSSSigner.TRAILER_IMPLICIT);
    }

    private CipherParameters privateParameters() {
        return new RSAPrivateCrtKeyParameters(
                privateKey.getModulus(),
                privateKey.getPublicExponent(),
                privateKey.getPrivateExponent(),
                privateKey.getPrimeP(),
                privateKey.getPrimeQ(),
                privateKey.getPrimeExponentP(),
                privateKey.getPrimeExponentQ(),
                privateKey.getCrtCoefficient());
    }

    @Override
    public byte[] encrypt(EncryptionAlgorithm algorithm, byte[] plaintext) {
        try {
            Cipher cipher = Cipher.getInstance("RSA/ECB/OAEPPadding");
            cipher.init(Cipher.ENCRYPT_MODE, publicKey, oaep(algorithm));
            return cipher.doFinal(plaintext);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public byte[] decrypt(EncryptionAlgorithm algorithm, byte[] ciphertext) throws InvalidCiphertext {
        if (ciphertext.length != spec.size() / 8) {
            throw new InvalidCiphertext();
        }
        try {
            Cipher cipher = Cipher.getInstance("RSA/ECB/OAEPPadding");
            cipher.init(Cipher.DECRYPT_MODE, privateKey, oaep(algorithm));
            return cipher.doFinal(ciphertext);
        } catch (InvalidKeyException e) {
            throw new IllegalStateException(e);
        } catch (GeneralSecurityException e) {
            throw new InvalidCiphertext();
        }
    }

    private static OAEPParameterSpec oaep(EncryptionAlgorithm algorithm) {
        return switch (algorithm) {
            case RSAES_OAEP_SHA_1 ->
                new OAEPParameterSpec("SHA-1", "MGF1", MGF1ParameterSpec.SHA1, PSource.PSpecified.DEFAULT);
            case RSAES_OAEP_SHA_256 ->
                new OAEPParameterSpec("SHA-256", "MGF1", MGF1ParameterSpec.SHA256, PSource.PSpecified.DEFAULT);
            case SYMMETRIC_DEFAULT, SM2PKE -> throw new IllegalArgumentException("not an RSA algorithm: " + algorithm);
        };
    }

    @Override
    public String toString() {
        return "RsaMaterial[" + spec + "]";
    }
}
