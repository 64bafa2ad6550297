package io.pileus.cognito.idp.saml;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.PublicKey;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

/**
 * What an identity provider says of itself.
 *
 * @param singleSignOn where sign-in requests go by redirect; empty where it takes none
 * @param singleLogout where sign-out requests go by redirect; empty where it takes none
 * @param keys the keys that may sign its responses
 */
public record SamlMetadata(String entityId, String singleSignOn, String singleLogout, List<PublicKey> keys) {
    static final String METADATA = "urn:oasis:names:tc:SAML:2.0:metadata";
    static final String SIGNATURE = "http://www.w3.org/2000/09/xmldsig#";
    private static final String REDIRECT = "urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect";

    public SamlMetadata {
        keys = List.copyOf(keys);
    }

    /** The metadata of a provider that people are sent to by redirect. */
    public static SamlMetadata parse(String xml) throws InvalidSamlException {
        SamlMetadata metadata = ofIssuer(xml);
        if (metadata.singleSignOn().isEmpty()) {
            throw new InvalidSamlException("The metadata has no redirect binding");
        }
        return metadata;
    }

    /** The metadata of a provider whose assertions are taken wherever they were asked for. */
    public static SamlMetadata ofIssuer(String xml) throws InvalidSamlException {
        Document document = SafeXml.parse(xml.getBytes(StandardCharsets.UTF_8));
        List<Element> entities = SafeXml.descendants(document, METADATA, "EntityDescriptor");
        if (entities.isEmpty()) {
            throw new InvalidSamlException("The metadata has no EntityDescriptor");
        }
        Element entity = entities.getFirst();
        List<Element> descriptors = SafeXml.descendants(entity, METADATA, "IDPSSODescriptor");
        if (descriptors.isEmpty()) {
            throw new InvalidSamlException("The metadata has no IDPSSODescriptor");
        }
        Element descriptor = descriptors.getFirst();
        List<PublicKey> keys = new ArrayList<>();
        for (Element key : SafeXml.children(descriptor, METADATA, "KeyDescriptor")) {
            if (!key.getAttribute("use").equals("encryption")) {
                for (Element certificate : SafeXml.descendants(key, SIGNATURE, "X509Certificate")) {
                    keys.add(key(certificate.getTextContent()));
                }
            }
        }
        if (keys.isEmpty()) {
            throw new InvalidSamlException("The metadata has no signing certificate");
        }
        return new SamlMetadata(
                entity.getAttribute("entityID"),
                location(descriptor, "SingleSignOnService"),
                location(descriptor, "SingleLogoutService"),
                keys);
    }

    private static String location(Element descriptor, String name) {
        return SafeXml.children(descriptor, METADATA, name).stream()
                .filter(service -> service.getAttribute("Binding").equals(REDIRECT))
                .map(service -> service.getAttribute("Location"))
                .findFirst()
                .orElse("");
    }

    private static PublicKey key(String base64) throws InvalidSamlException {
        try {
            byte[] der = Base64.getMimeDecoder().decode(base64.trim());
            return CertificateFactory.getInstance("X.509")
                    .generateCertificate(new ByteArrayInputStream(der))
                    .getPublicKey();
        } catch (CertificateException | IllegalArgumentException e) {
            throw new InvalidSamlException("A certificate of the metadata cannot be read");
        }
    }
}
