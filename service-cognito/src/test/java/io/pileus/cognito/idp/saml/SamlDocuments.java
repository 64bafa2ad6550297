package io.pileus.cognito.idp.saml;

import com.nimbusds.jose.jwk.RSAKey;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.PublicKey;
import java.security.SecureRandom;
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
import javax.xml.crypto.dsig.CanonicalizationMethod;
import javax.xml.crypto.dsig.DigestMethod;
import javax.xml.crypto.dsig.Reference;
import javax.xml.crypto.dsig.SignedInfo;
import javax.xml.crypto.dsig.Transform;
import javax.xml.crypto.dsig.XMLSignatureFactory;
import javax.xml.crypto.dsig.dom.DOMSignContext;
import javax.xml.crypto.dsig.spec.C14NMethodParameterSpec;
import javax.xml.crypto.dsig.spec.TransformParameterSpec;
import javax.xml.transform.OutputKeys;
import javax.xml.transform.Transformer;
import javax.xml.transform.TransformerFactory;
import javax.xml.transform.dom.DOMSource;
import javax.xml.transform.stream.StreamResult;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

/** Signs and encrypts the documents of an identity provider, as one would. */
public final class SamlDocuments {
    private static final SecureRandom RANDOM = new SecureRandom();

    private SamlDocuments() {}

    /** The document with its first element of this name signed. */
    public static String signed(String xml, String name, RSAKey key) throws Exception {
        Document document = SafeXml.parse(xml.getBytes(StandardCharsets.UTF_8));
        Element element = (Element) document.getElementsByTagNameNS("*", name).item(0);
        element.setIdAttribute("ID", true);
        XMLSignatureFactory factory = XMLSignatureFactory.getInstance("DOM");
        Reference reference = factory.newReference(
                "#" + element.getAttribute("ID"),
                factory.newDigestMethod(DigestMethod.SHA256, null),
                List.of(
                        factory.newTransform(Transform.ENVELOPED, (TransformParameterSpec) null),
                        factory.newTransform(CanonicalizationMethod.EXCLUSIVE, (TransformParameterSpec) null)),
                null,
                null);
        SignedInfo info = factory.newSignedInfo(
                factory.newCanonicalizationMethod(CanonicalizationMethod.EXCLUSIVE, (C14NMethodParameterSpec) null),
                factory.newSignatureMethod("http://www.w3.org/2001/04/xmldsig-more#rsa-sha256", null),
                List.of(reference));
        DOMSignContext context = new DOMSignContext(key.toRSAPrivateKey(), element);
        factory.newXMLSignature(info, null).sign(context);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Transformer transformer = TransformerFactory.newInstance().newTransformer();
        transformer.setOutputProperty(OutputKeys.OMIT_XML_DECLARATION, "yes");
        transformer.transform(new DOMSource(document), new StreamResult(out));
        return out.toString(StandardCharsets.UTF_8);
    }

    /**
     * An assertion in its encryption.
     *
     * @param algorithm such as {@code xmlenc#aes256-cbc}
     * @param wrapping such as {@code xmlenc#rsa-oaep-mgf1p}
     */
    public static String encrypted(String assertion, PublicKey key, String algorithm, String wrapping)
            throws Exception {
        byte[] secret = new byte[algorithm.contains("128") ? 16 : algorithm.contains("192") ? 24 : 32];
        RANDOM.nextBytes(secret);
        boolean gcm = algorithm.endsWith("gcm");
        byte[] iv = new byte[gcm ? 12 : 16];
        RANDOM.nextBytes(iv);
        byte[] plaintext = assertion.getBytes(StandardCharsets.UTF_8);
        Cipher cipher = Cipher.getInstance(gcm ? "AES/GCM/NoPadding" : "AES/CBC/NoPadding");
        cipher.init(
                Cipher.ENCRYPT_MODE,
                new SecretKeySpec(secret, "AES"),
                gcm ? new GCMParameterSpec(128, iv) : new IvParameterSpec(iv));
        if (!gcm) {
            int padding = 16 - plaintext.length % 16;
            plaintext = Arrays.copyOf(plaintext, plaintext.length + padding);
            plaintext[plaintext.length - 1] = (byte) padding;
        }
        byte[] ciphertext = cipher.doFinal(plaintext);
        byte[] value = Arrays.copyOf(iv, iv.length + ciphertext.length);
        System.arraycopy(ciphertext, 0, value, iv.length, ciphertext.length);
        boolean sha256 = wrapping.endsWith("xmlenc11#rsa-oaep");
        String parameters = sha256
                ? "<ds:DigestMethod xmlns:ds=\"http://www.w3.org/2000/09/xmldsig#\""
                        + " Algorithm=\"http://www.w3.org/2001/04/xmlenc#sha256\"/><e11:MGF"
                        + " xmlns:e11=\"http://www.w3.org/2009/xmlenc11#\""
                        + " Algorithm=\"http://www.w3.org/2009/xmlenc11#mgf1sha256\"/>"
                : "";
        Cipher rsa = Cipher.getInstance(wrapping.endsWith("rsa-1_5") ? "RSA/ECB/PKCS1Padding" : "RSA/ECB/OAEPPadding");
        if (wrapping.endsWith("rsa-1_5")) {
            rsa.init(Cipher.ENCRYPT_MODE, key);
        } else {
            String digest = sha256 ? "SHA-256" : "SHA-1";
            rsa.init(
                    Cipher.ENCRYPT_MODE,
                    key,
                    new OAEPParameterSpec(digest, "MGF1", new MGF1ParameterSpec(digest), PSource.PSpecified.DEFAULT));
        }
        return "<saml:EncryptedAssertion xmlns:saml=\"urn:oasis:names:tc:SAML:2.0:assertion\"><xenc:EncryptedData"
                + " xmlns:xenc=\"http://www.w3.org/2001/04/xmlenc#\""
                + " Type=\"http://www.w3.org/2001/04/xmlenc#Element\"><xenc:EncryptionMethod Algorithm=\""
                + "http://www.w3.org/" + algorithm + "\"/><ds:KeyInfo xmlns:ds=\"http://www.w3.org/2000/09/xmldsig#\">"
                + "<xenc:EncryptedKey><xenc:EncryptionMethod Algorithm=\"http://www.w3.org/" + wrapping + "\">"
                + parameters + "</xenc:EncryptionMethod>" + cipherData(rsa.doFinal(secret))
                + "</xenc:EncryptedKey></ds:KeyInfo>" + cipherData(value)
                + "</xenc:EncryptedData></saml:EncryptedAssertion>";
    }

    private static String cipherData(byte[] value) {
        return "<xenc:CipherData><xenc:CipherValue>"
                + Base64.getMimeEncoder().encodeToString(value).replace("\r", "")
                + "</xenc:CipherValue></xenc:CipherData>";
    }
}
