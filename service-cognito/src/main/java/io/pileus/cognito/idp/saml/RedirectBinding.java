package io.pileus.cognito.idp.saml;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Signature;
import java.util.Base64;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;

/**
 * A SAML request in the query of a redirect: deflated, in base64, and signed over the query itself where a key is given.
 *
 * @see <a href="https://docs.oasis-open.org/security/saml/v2.0/saml-bindings-2.0-os.pdf">Bindings for SAML 2.0, 3.4</a>
 */
public final class RedirectBinding {
    private static final String RSA_SHA256 = "http://www.w3.org/2001/04/xmldsig-more#rsa-sha256";

    private RedirectBinding() {}

    /** The address that carries the request. */
    public static String url(String location, String xml, String relayState) {
        return join(location, query(xml, relayState));
    }

    /** As {@link #url}, signed with SHA-256 and RSA. */
    public static String signedUrl(String location, String xml, String relayState, PrivateKey key) {
        String query = query(xml, relayState) + "&SigAlg=" + encode(RSA_SHA256);
        try {
            Signature signature = Signature.getInstance("SHA256withRSA");
            signature.initSign(key);
            signature.update(query.getBytes(StandardCharsets.US_ASCII));
            return join(
                    location, query + "&Signature=" + encode(Base64.getEncoder().encodeToString(signature.sign())));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String join(String location, String query) {
        return location + (location.indexOf('?') < 0 ? "?" : "&") + query;
    }

    private static String query(String xml, String relayState) {
        return "SAMLRequest=" + encode(deflated(xml)) + "&RelayState=" + encode(relayState);
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private static String deflated(String xml) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DeflaterOutputStream deflate =
                new DeflaterOutputStream(bytes, new Deflater(Deflater.DEFAULT_COMPRESSION, true))) {
            deflate.write(xml.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Base64.getEncoder().encodeToString(bytes.toByteArray());
    }
}
