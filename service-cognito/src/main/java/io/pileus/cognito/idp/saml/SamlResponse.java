package io.pileus.cognito.idp.saml;

import java.security.PublicKey;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import javax.xml.crypto.MarshalException;
import javax.xml.crypto.dsig.Reference;
import javax.xml.crypto.dsig.XMLSignature;
import javax.xml.crypto.dsig.XMLSignatureException;
import javax.xml.crypto.dsig.XMLSignatureFactory;
import javax.xml.crypto.dsig.dom.DOMValidateContext;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

/**
 * A SAML response whose signature, audience, recipient and times have been checked.
 *
 * <p>The signature must be on the response or on its one assertion, refer to just that element by its ID, and the content
 * is read from that very element: so nothing that is not signed is ever believed.
 *
 * @param inResponseTo the request that it answers; empty when the provider began by itself
 */
public record SamlResponse(String nameId, String inResponseTo, Map<String, String> attributes) {
    private static final String PROTOCOL = "urn:oasis:names:tc:SAML:2.0:protocol";
    private static final String ASSERTION = "urn:oasis:names:tc:SAML:2.0:assertion";
    private static final String SUCCESS = "urn:oasis:names:tc:SAML:2.0:status:Success";
    private static final Duration SKEW = Duration.ofMinutes(3);

    /**
     * What a response must fit.
     *
     * @param recipient which addresses it may have been sent to
     */
    public record Expected(SamlMetadata provider, String audience, Predicate<String> recipient, Instant now) {}

    public SamlResponse {
        attributes = Map.copyOf(attributes);
    }

    public static SamlResponse parse(byte[] xml, Expected expected) throws InvalidSamlException {
        Document document = SafeXml.parse(xml);
        Element response = document.getDocumentElement();
        if (!PROTOCOL.equals(response.getNamespaceURI()) || !"Response".equals(response.getLocalName())) {
            throw new InvalidSamlException("The document is not a SAML response");
        }
        checkStatus(response);
        List<Element> assertions = SafeXml.children(response, ASSERTION, "Assertion");
        if (assertions.size() != 1
                || SafeXml.descendants(document, ASSERTION, "Assertion").size() != 1) {
            throw new InvalidSamlException("The response must have one assertion");
        }
        Element assertion = assertions.getFirst();
        if (!signed(response, expected.provider()) && !signed(assertion, expected.provider())) {
            throw new InvalidSamlException("The response is not signed by the provider");
        }
        checkConditions(assertion, expected);
        String inResponseTo = checkSubject(assertion, expected);
        String issuer = text(assertion, "Issuer");
        if (!issuer.equals(expected.provider().entityId())) {
            throw new InvalidSamlException("The issuer is not the provider");
        }
        Element subject = SafeXml.children(assertion, ASSERTION, "Subject").getFirst();
        return new SamlResponse(text(subject, "NameID"), inResponseTo, attributes(assertion));
    }

    private static void checkStatus(Element response) throws InvalidSamlException {
        boolean success = SafeXml.children(response, PROTOCOL, "Status").stream()
                .flatMap(status -> SafeXml.children(status, PROTOCOL, "StatusCode").stream())
                .anyMatch(code -> code.getAttribute("Value").equals(SUCCESS));
        if (!success) {
            throw new InvalidSamlException("The provider did not sign the user in");
        }
    }

    /** Whether one of the provider's keys has signed just this element. */
    private static boolean signed(Element element, SamlMetadata provider) throws InvalidSamlException {
        List<Element> signatures = SafeXml.children(element, SamlMetadata.SIGNATURE, "Signature");
        String id = element.getAttribute("ID");
        if (signatures.size() != 1 || id.isEmpty()) {
            return false;
        }
        element.setIdAttribute("ID", true);
        for (PublicKey key : provider.keys()) {
            DOMValidateContext context = new DOMValidateContext(key, signatures.getFirst());
            context.setProperty("org.jcp.xml.dsig.secureValidation", Boolean.TRUE);
            context.setIdAttributeNS(element, null, "ID");
            try {
                XMLSignature signature = XMLSignatureFactory.getInstance("DOM").unmarshalXMLSignature(context);
                List<Reference> references = signature.getSignedInfo().getReferences();
                boolean refersHere = references.size() == 1
                        && ("#" + id).equals(references.getFirst().getURI());
                if (refersHere && signature.validate(context)) {
                    return true;
                }
            } catch (MarshalException | XMLSignatureException e) {
                throw new InvalidSamlException("The signature cannot be checked");
            }
        }
        return false;
    }

    private static void checkConditions(Element assertion, Expected expected) throws InvalidSamlException {
        List<Element> conditions = SafeXml.children(assertion, ASSERTION, "Conditions");
        if (conditions.size() != 1) {
            throw new InvalidSamlException("The assertion must have conditions");
        }
        Element condition = conditions.getFirst();
        checkTimes(condition, expected.now());
        boolean forUs = SafeXml.children(condition, ASSERTION, "AudienceRestriction").stream()
                .flatMap(restriction -> SafeXml.children(restriction, ASSERTION, "Audience").stream())
                .anyMatch(audience -> audience.getTextContent().trim().equals(expected.audience()));
        if (!forUs) {
            throw new InvalidSamlException("Audience restriction was not met");
        }
    }

    private static void checkTimes(Element element, Instant now) throws InvalidSamlException {
        Optional<Instant> from = time(element, "NotBefore");
        Optional<Instant> until = time(element, "NotOnOrAfter");
        if (from.isPresent() && now.plus(SKEW).isBefore(from.get())) {
            throw new InvalidSamlException("The assertion is not valid yet");
        }
        if (until.isPresent() && !now.minus(SKEW).isBefore(until.get())) {
            throw new InvalidSamlException("The assertion has expired");
        }
    }

    private static Optional<Instant> time(Element element, String name) throws InvalidSamlException {
        String value = element.getAttribute(name);
        try {
            return value.isEmpty() ? Optional.empty() : Optional.of(Instant.parse(value));
        } catch (DateTimeException e) {
            throw new InvalidSamlException("The assertion has a time that cannot be read");
        }
    }

    private static String checkSubject(Element assertion, Expected expected) throws InvalidSamlException {
        for (Element subject : SafeXml.children(assertion, ASSERTION, "Subject")) {
            for (Element confirmation : SafeXml.children(subject, ASSERTION, "SubjectConfirmation")) {
                for (Element data : SafeXml.children(confirmation, ASSERTION, "SubjectConfirmationData")) {
                    if (expected.recipient().test(data.getAttribute("Recipient"))) {
                        checkTimes(data, expected.now());
                        return data.getAttribute("InResponseTo");
                    }
                }
            }
        }
        throw new InvalidSamlException("The assertion is not for this recipient");
    }

    private static String text(Element parent, String name) throws InvalidSamlException {
        return SafeXml.children(parent, ASSERTION, name).stream()
                .map(element -> element.getTextContent().trim())
                .findFirst()
                .orElseThrow(() -> new InvalidSamlException("The assertion has no " + name));
    }

    /** The attributes by name; several values become a list in brackets, as Cognito writes them. */
    private static Map<String, String> attributes(Element assertion) {
        Map<String, String> attributes = new LinkedHashMap<>();
        for (Element statement : SafeXml.children(assertion, ASSERTION, "AttributeStatement")) {
            for (Element attribute : SafeXml.children(statement, ASSERTION, "Attribute")) {
                List<String> values = SafeXml.children(attribute, ASSERTION, "AttributeValue").stream()
                        .map(value -> value.getTextContent().trim())
                        .toList();
                if (!values.isEmpty()) {
                    attributes.put(
                            attribute.getAttribute("Name"),
                            values.size() == 1 ? values.getFirst() : "[" + String.join(",", values) + "]");
                }
            }
        }
        return attributes;
    }
}
