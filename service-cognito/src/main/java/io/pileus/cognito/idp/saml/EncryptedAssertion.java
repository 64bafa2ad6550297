package io.pileus.cognito.idp.saml;

import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.spec.MGF1ParameterSpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.OAEPParameterSpec;
import javax.crypto.spec.PSource;
import javax.crypto.spec.SecretKeySpec;
import org.w3c.dom.Element;

/**
 * Opens an encrypted assertion: AES in CBC or GCM, under a key that RSA-OAEP carries. The JDK signs XML but does not
 * encrypt it. RSA with PKCS #1 v1.5 padding is refused, because an answer to it may give the plaintext away; all that
 * goes wrong is said in the same words for the same reason.
 *
 * @see <a href="https://www.w3.org/TR/xmlenc-core1/">XML Encryption Syntax and Processing</a>
 */
final class EncryptedAssertion {
    private static final String ENCRYPTION = "http://www.w3.org/2001/04/xmlenc#";
    private static final String ENCRYPTION_11 = "http://www.w3.org/2009/xmlenc11#";
    private static final int IV_CBC = 16;
    private static final int IV_GCM = 12;
    private static final int TAG_BITS = 128;

    private EncryptedAssertion() {}

    /** The assertion as XML. */
    static byte[] open(Element encrypted, PrivateKey key) throws InvalidSamlException {
        Element data = only(SafeXml.children(encrypted, ENCRYPTION, "EncryptedData"));
        // The key is inside the data or beside it.
        Element encryptedKey = only(SafeXml.descendants(encrypted, ENCRYPTION, "EncryptedKey"));
        try {
            return decrypt(data, unwrap(encryptedKey, key));
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw cannot();
        }
    }

    private static InvalidSamlException cannot() {
        return new InvalidSamlException("The assertion cannot be decrypted");
    }

    private static Element only(List<Element> elements) throws InvalidSamlException {
        if (elements.size() != 1) {
            throw cannot();
        }
        return elements.getFirst();
    }

    private static Element method(Element encrypted) throws InvalidSamlException {
        return only(SafeXml.children(encrypted, ENCRYPTION, "EncryptionMethod"));
    }

    private static byte[] cipherValue(Element encrypted) throws InvalidSamlException {
        Element data = only(SafeXml.children(encrypted, ENCRYPTION, "CipherData"));
        String base64 = only(SafeXml.children(data, ENCRYPTION, "CipherValue")).getTextContent();
        return Base64.getMimeDecoder().decode(base64);
    }

    private static byte[] unwrap(Element encryptedKey, PrivateKey key)
            throws InvalidSamlException, GeneralSecurityException {
        Element method = method(encryptedKey);
        String algorithm = method.getAttribute("Algorithm");
        boolean fixedMask = algorithm.equals(ENCRYPTION + "rsa-oaep-mgf1p");
        if (!fixedMask && !algorithm.equals(ENCRYPTION_11 + "rsa-oaep")) {
            throw cannot();
        }
        List<Element> digests = SafeXml.children(method, SamlMetadata.SIGNATURE, "DigestMethod");
        String digest = digests.isEmpty() ? "SHA-1" : digest(digests.getFirst().getAttribute("Algorithm"));
        List<Element> masks = SafeXml.children(method, ENCRYPTION_11, "MGF");
        String mask =
                fixedMask || masks.isEmpty() ? "SHA-1" : mask(masks.getFirst().getAttribute("Algorithm"));
        Cipher cipher = Cipher.getInstance("RSA/ECB/OAEPPadding");
        cipher.init(
                Cipher.DECRYPT_MODE,
                key,
                new OAEPParameterSpec(digest, "MGF1", new MGF1ParameterSpec(mask), PSource.PSpecified.DEFAULT));
        return cipher.doFinal(cipherValue(encryptedKey));
    }

    private static String digest(String algorithm) throws InvalidSamlException {
        return switch (algorithm) {
            case "http://www.w3.org/2000/09/xmldsig#sha1" -> "SHA-1";
            case "http://www.w3.org/2001/04/xmlenc#sha256" -> "SHA-256";
            case "http://www.w3.org/2001/04/xmldsig-more#sha384" -> "SHA-384";
            case "http://www.w3.org/2001/04/xmlenc#sha512" -> "SHA-512";
            default -> throw cannot();
        };
    }

    private static String mask(String algorithm) throws InvalidSamlException {
        return switch (algorithm) {
            case ENCRYPTION_11 + "mgf1sha1" -> "SHA-1";
            case ENCRYPTION_11 + "mgf1sha256" -> "SHA-256";
            case ENCRYPTION_11 + "mgf1sha384" -> "SHA-384";
            case ENCRYPTION_11 + "mgf1sha512" -> "SHA-512";
            default -> throw cannot();
        };
    }

    private static byte[] decrypt(Element data, byte[] key) throws InvalidSamlException, GeneralSecurityException {
        byte[] value = cipherValue(data);
        return switch (method(data).getAttribute("Algorithm")) {
            case ENCRYPTION + "aes128-cbc" -> cbc(value, key, 16);
            case ENCRYPTION + "aes192-cbc" -> cbc(value, key, 24);
            case ENCRYPTION + "aes256-cbc" -> cbc(value, key, 32);
            case ENCRYPTION_11 + "aes128-gcm" -> gcm(value, key, 16);
            case ENCRYPTION_11 + "aes192-gcm" -> gcm(value, key, 24);
            case ENCRYPTION_11 + "aes256-gcm" -> gcm(value, key, 32);
            default -> throw cannot();
        };
    }

    /** The padding is any bytes, of which only the last counts: how many there are. */
    private static byte[] cbc(byte[] value, byte[] key, int keyBytes)
            throws InvalidSamlException, GeneralSecurityException {
        if (key.length != keyBytes || value.length < 2 * IV_CBC) {
            throw cannot();
        }
        Cipher cipher = Cipher.getInstance("AES/CBC/NoPadding");
        cipher.init(Cipher.DECRYPT_MODE, new SecretKeySpec(key, "AES"), new IvParameterSpec(value, 0, IV_CBC));
        byte[] padded = cipher.doFinal(value, IV_CBC, value.length - IV_CBC);
        int padding = padded[padded.length - 1];
        if (padding < 1 || padding > IV_CBC) {
            throw cannot();
        }
        return Arrays.copyOf(padded, padded.length - padding);
    }

    private static byte[] gcm(byte[] value, byte[] key, int keyBytes)
            throws InvalidSamlException, GeneralSecurityException {
        if (key.length != keyBytes || value.length < IV_GCM + TAG_BITS / 8) {
            throw cannot();
        }
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(
                Cipher.DECRYPT_MODE, new SecretKeySpec(key, "AES"), new GCMParameterSpec(TAG_BITS, value, 0, IV_GCM));
        return cipher.doFinal(value, IV_GCM, value.length - IV_GCM);
    }
}
