package io.pileus.iam;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.StringReader;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;

/**
 * What a SAML identity provider says of itself: its name and the certificates that it signs with.
 *
 * @param entityId the issuer that its assertions name
 */
public record SamlMetadata(String entityId, List<X509Certificate> signingCertificates) {
    private static final String METADATA = "urn:oasis:names:tc:SAML:2.0:metadata";
    private static final String DSIG = "http://www.w3.org/2000/09/xmldsig#";

    /** The text is no metadata of an identity provider. */
    public static final class InvalidMetadata extends Exception {
        private static final long serialVersionUID = 1;

        InvalidMetadata(String message) {
            super(message);
        }
    }

    public SamlMetadata {
        signingCertificates = List.copyOf(signingCertificates);
    }

    public static SamlMetadata parse(String text) throws InvalidMetadata {
        Document document;
        try {
            document = safeParser(text);
        } catch (SAXException e) {
            throw new InvalidMetadata("not well-formed XML");
        }
        Element root = document.getDocumentElement();
        NodeList providers = document.getElementsByTagNameNS(METADATA, "IDPSSODescriptor");
        if (!"EntityDescriptor".equals(root.getLocalName()) || providers.getLength() == 0) {
            throw new InvalidMetadata("no EntityDescriptor with an IDPSSODescriptor");
        }
        List<X509Certificate> certificates = new ArrayList<>();
        NodeList keys = ((Element) providers.item(0)).getElementsByTagNameNS(METADATA, "KeyDescriptor");
        for (int i = 0; i < keys.getLength(); i++) {
            Element key = (Element) keys.item(i);
            if (!"encryption".equals(key.getAttribute("use"))) {
                NodeList texts = key.getElementsByTagNameNS(DSIG, "X509Certificate");
                for (int j = 0; j < texts.getLength(); j++) {
                    certificates.add(certificate(texts.item(j).getTextContent()));
                }
            }
        }
        if (certificates.isEmpty()) {
            throw new InvalidMetadata("no certificate for signing");
        }
        return new SamlMetadata(root.getAttribute("entityID"), certificates);
    }

    private static X509Certificate certificate(String base64) throws InvalidMetadata {
        try {
            byte[] der = Base64.getMimeDecoder().decode(base64.trim());
            return (X509Certificate)
                    CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(der));
        } catch (CertificateException | IllegalArgumentException e) {
            throw new InvalidMetadata("not an X.509 certificate");
        }
    }

    /** XML without document types, entities and external resources of any kind. */
    public static Document safeParser(String text) throws SAXException {
        try {
            DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
            factory.setNamespaceAware(true);
            factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
            factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
            factory.setFeature("http://xml.org/sax/features/external-general-entities", false);
            factory.setFeature("http://xml.org/sax/features/external-parameter-entities", false);
            factory.setAttribute(XMLConstants.ACCESS_EXTERNAL_DTD, "");
            factory.setAttribute(XMLConstants.ACCESS_EXTERNAL_SCHEMA, "");
            factory.setXIncludeAware(false);
            factory.setExpandEntityReferences(false);
            var builder = factory.newDocumentBuilder();
            builder.setErrorHandler(null);
            return builder.parse(new InputSource(new StringReader(text)));
        } catch (ParserConfigurationException | IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
