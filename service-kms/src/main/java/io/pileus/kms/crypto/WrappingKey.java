package io.pileus.kms.crypto;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.interfaces.RSAPrivateKey;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PKCS8EncodedKeySpec;
import javax.crypto.Cipher;
import javax.crypto.spec.OAEPParameterSpec;
import javax.crypto.spec.PSource;
import org.bouncycastle.crypto.InvalidCipherTextException;
import org.bouncycastle.crypto.engines.AESEngine;
import org.bouncycastle.crypto.engines.RFC5649WrapEngine;
import org.bouncycastle.crypto.params.KeyParameter;

/**
 * The key pair under which a user wraps key material on its way into KMS.
 *
 * @see <a href="https://docs.aws.amazon.com/kms/latest/developerguide/importing-keys-get-public-key-and-token.html">Download
 *     the wrapping public key and import token</a>
 */
public record WrappingKey(KeyMaterial.Pair pair, Algorithm algorithm) {

    /** How key material is wrapped. */
    public enum Algorithm {
        RSAES_OAEP_SHA_1,
        RSAES_OAEP_SHA_256,
        /** A fresh AES key wraps the material (RFC 5649); OAEP wraps that key and stands in front. */
        RSA_AES_KEY_WRAP_SHA_1,
        RSA_AES_KEY_WRAP_SHA_256,
        SM2PKE;

        /** Whether material of this spec may be wrapped so under a wrapping key of that spec. */
        public boolean suits(KeySpec material, KeySpec wrapping) {
            boolean sm2 = wrapping == KeySpec.SM2;
            return switch (this) {
                case SM2PKE -> sm2 && material.kind() != KeySpec.Kind.RSA;
                case RSA_AES_KEY_WRAP_SHA_1, RSA_AES_KEY_WRAP_SHA_256 -> !sm2 && material.isAsymmetric();
                case RSAES_OAEP_SHA_1, RSAES_OAEP_SHA_256 ->
                    !sm2
                            && material.kind() != KeySpec.Kind.RSA
                            && material.kind() != KeySpec.Kind.ML_DSA
                            && !(wrapping == KeySpec.RSA_2048 && material == KeySpec.ECC_NIST_P521);
            };
        }
    }

    /** The material that was wrapped. */
    public byte[] unwrap(byte[] wrapped) throws KeyMaterial.InvalidCiphertext {
        return switch (algorithm) {
            case RSAES_OAEP_SHA_1 -> oaep("SHA-1", MGF1ParameterSpec.SHA1, wrapped);
            case RSAES_OAEP_SHA_256 -> oaep("SHA-256", MGF1ParameterSpec.SHA256, wrapped);
            case RSA_AES_KEY_WRAP_SHA_1 -> aesKeyWrap("SHA-1", MGF1ParameterSpec.SHA1, wrapped);
            case RSA_AES_KEY_WRAP_SHA_256 -> aesKeyWrap("SHA-256", MGF1ParameterSpec.SHA256, wrapped);
            case SM2PKE -> ((KeyMaterial.Encrypting) pair).decrypt(EncryptionAlgorithm.SM2PKE, wrapped);
        };
    }

    private byte[] aesKeyWrap(String hash, MGF1ParameterSpec mask, byte[] wrapped)
            throws KeyMaterial.InvalidCiphertext {
        int length = pair.spec().size() / 8;
        if (wrapped.length <= length) {
            throw new KeyMaterial.InvalidCiphertext();
        }
        byte[] aesKey = oaep(hash, mask, java.util.Arrays.copyOf(wrapped, length));
        if (aesKey.length != 16 && aesKey.length != 24 && aesKey.length != 32) {
            throw new KeyMaterial.InvalidCiphertext();
        }
        RFC5649WrapEngine engine = new RFC5649WrapEngine(AESEngine.newInstance());
        engine.init(false, new KeyParameter(aesKey));
        try {
            return engine.unwrap(wrapped, length, wrapped.length - length);
        } catch (InvalidCipherTextException | RuntimeException e) {
            throw new KeyMaterial.InvalidCiphertext();
        }
    }

    private byte[] oaep(String hash, MGF1ParameterSpec mask, byte[] wrapped) throws KeyMaterial.InvalidCiphertext {
        try {
            RSAPrivateKey key = (RSAPrivateKey)
                    KeyFactory.getInstance("RSA").generatePrivate(new PKCS8EncodedKeySpec(pair.secret()));
            Cipher cipher = Cipher.getInstance("RSA/ECB/OAEPPadding");
            cipher.init(
                    Cipher.DECRYPT_MODE, key, new OAEPParameterSpec(hash, "MGF1", mask, PSource.PSpecified.DEFAULT));
            return cipher.doFinal(wrapped);
        } catch (GeneralSecurityException e) {
            throw new KeyMaterial.InvalidCiphertext();
        }
    }
}
