package io.pileus.cognito.idp.saml;

import java.security.PrivateKey;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

/**
 * A SAML response whose signature, audience, recipient and times have been checked.
 *
 * <p>The signature must be on the response or on its one assertion, refer to just that element by its ID, and the content
 * is read from that very element: so nothing that is not signed is ever believed.
 *
 * @param assertionId the id that no other assertion of the provider's has
 * @param expiresAt from when on the assertion would be refused
 * @param session what the provider calls the session that has begun
 * @param inResponseTo the request that it answers; empty when the provider began by itself
 */
public record SamlResponse(
        String assertionId,
        Instant expiresAt,
        SamlSession session,
        String inResponseTo,
        Map<String, String> attributes) {
    static final String PROTOCOL = "urn:oasis:names:tc:SAML:2.0:protocol";
    private static final String ASSERTION = "urn:oasis:names:tc:SAML:2.0:assertion";
    private static final String SUCCESS = "urn:oasis:names:tc:SAML:2.0:status:Success";
    private static final Duration SKEW = Duration.ofMinutes(3);

    /** How long an assertion is thought to hold that does not say. */
    private static final Duration UNLIMITED = Duration.ofDays(3650);

    /**
     * What a response must fit.
     *
     * @param recipient which addresses it may have been sent to
     * @param decryption the key that its assertion is encrypted under; empty where it must not be encrypted
     */
    public record Expected(
            SamlMetadata provider,
            String audience,
            Predicate<String> recipient,
            Instant now,
            Optional<PrivateKey> decryption) {}

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
        Element carrier =
                onlyOne(document, response, expected.decryption().isPresent() ? "EncryptedAssertion" : "Assertion");
        boolean responseSigned = SamlSignature.covers(response, expected.provider());
        Element assertion = expected.decryption().isPresent()
                ? opened(carrier, expected.decryption().get())
                : carrier;
        if (!responseSigned && !SamlSignature.covers(assertion, expected.provider())) {
            // In the words of Cognito: https://github.com/aws/aws-sdk-js-v3/issues/6201
            throw new InvalidSamlException("SAML Assertion signature is invalid");
        }
        Instant conditionsEnd = checkConditions(assertion, expected);
        Element subject = subjectData(assertion, expected);
        Instant subjectEnd = checkTimes(subject, expected.now());
        String issuer = text(assertion, "Issuer");
        if (!issuer.equals(expected.provider().entityId())) {
            throw new InvalidSamlException("The issuer is not the provider");
        }
        return new SamlResponse(
                id(assertion),
                conditionsEnd.isBefore(subjectEnd) ? conditionsEnd : subjectEnd,
                session(assertion),
                subject.getAttribute("InResponseTo"),
                attributes(assertion));
    }

    /** The response's one assertion; another anywhere, of either kind, might be taken for it. */
    private static Element onlyOne(Document document, Element response, String kind) throws InvalidSamlException {
        List<Element> found = SafeXml.children(response, ASSERTION, kind);
        int all = SafeXml.descendants(document, ASSERTION, "Assertion").size()
                + SafeXml.descendants(document, ASSERTION, "EncryptedAssertion").size();
        if (found.size() != 1 || all != 1) {
            throw new InvalidSamlException(
                    found.isEmpty() && all == 1
                            ? kind.equals("Assertion") ? "The assertion is encrypted" : "The assertion is not encrypted"
                            : "The response must have one assertion");
        }
        return found.getFirst();
    }

    private static Element opened(Element encrypted, PrivateKey key) throws InvalidSamlException {
        Document document = SafeXml.parse(EncryptedAssertion.open(encrypted, key));
        Element assertion = document.getDocumentElement();
        boolean alone = ASSERTION.equals(assertion.getNamespaceURI())
                && "Assertion".equals(assertion.getLocalName())
                && SafeXml.descendants(document, ASSERTION, "Assertion").size() == 1;
        if (!alone) {
            throw new InvalidSamlException("The assertion cannot be decrypted");
        }
        return assertion;
    }

    private static String id(Element assertion) throws InvalidSamlException {
        String id = assertion.getAttribute("ID");
        if (id.isEmpty()) {
            throw new InvalidSamlException("The assertion has no ID");
        }
        return id;
    }

    private static SamlSession session(Element assertion) throws InvalidSamlException {
        Element subject = SafeXml.children(assertion, ASSERTION, "Subject").getFirst();
        String nameId = text(subject, "NameID");
        String format =
                SafeXml.children(subject, ASSERTION, "NameID").getFirst().getAttribute("Format");
        String index = SafeXml.children(assertion, ASSERTION, "AuthnStatement").stream()
                .map(statement -> statement.getAttribute("SessionIndex"))
                .findFirst()
                .orElse("");
        return new SamlSession(nameId, format, index);
    }

    static void checkStatus(Element response) throws InvalidSamlException {
        boolean success = SafeXml.children(response, PROTOCOL, "Status").stream()
                .flatMap(status -> SafeXml.children(status, PROTOCOL, "StatusCode").stream())
                .anyMatch(code -> code.getAttribute("Value").equals(SUCCESS));
        if (!success) {
            throw new InvalidSamlException("The provider did not sign the user in");
        }
    }

    private static Instant checkConditions(Element assertion, Expected expected) throws InvalidSamlException {
        List<Element> conditions = SafeXml.children(assertion, ASSERTION, "Conditions");
        if (conditions.size() != 1) {
            throw new InvalidSamlException("The assertion must have conditions");
        }
        Element condition = conditions.getFirst();
        Instant end = checkTimes(condition, expected.now());
        boolean forUs = SafeXml.children(condition, ASSERTION, "AudienceRestriction").stream()
                .flatMap(restriction -> SafeXml.children(restriction, ASSERTION, "Audience").stream())
                .anyMatch(audience -> audience.getTextContent().trim().equals(expected.audience()));
        if (!forUs) {
            throw new InvalidSamlException("Audience restriction was not met");
        }
        return end;
    }

    /** Answers from when on the element does not hold any more. */
    private static Instant checkTimes(Element element, Instant now) throws InvalidSamlException {
        Optional<Instant> from = time(element, "NotBefore");
        Optional<Instant> until = time(element, "NotOnOrAfter");
        if (from.isPresent() && now.plus(SKEW).isBefore(from.get())) {
            throw new InvalidSamlException("The assertion is not valid yet");
        }
        if (until.isPresent() && !now.minus(SKEW).isBefore(until.get())) {
            throw new InvalidSamlException("The assertion has expired");
        }
        return until.map(time -> time.plus(SKEW)).orElse(now.plus(UNLIMITED));
    }

    private static Optional<Instant> time(Element element, String name) throws InvalidSamlException {
        String value = element.getAttribute(name);
        try {
            return value.isEmpty() ? Optional.empty() : Optional.of(Instant.parse(value));
        } catch (DateTimeException e) {
            throw new InvalidSamlException("The assertion has a time that cannot be read");
        }
    }

    private static Element subjectData(Element assertion, Expected expected) throws InvalidSamlException {
        for (Element subject : SafeXml.children(assertion, ASSERTION, "Subject")) {
            for (Element confirmation : SafeXml.children(subject, ASSERTION, "SubjectConfirmation")) {
                for (Element data : SafeXml.children(confirmation, ASSERTION, "SubjectConfirmationData")) {
                    if (expected.recipient().test(data.getAttribute("Recipient"))) {
                        return data;
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
