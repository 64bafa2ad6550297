package io.pileus.sts;

import io.pileus.core.policy.RequestContext;
import io.pileus.iam.SamlMetadata;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.cert.X509Certificate;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import javax.xml.crypto.MarshalException;
import javax.xml.crypto.dsig.XMLSignature;
import javax.xml.crypto.dsig.XMLSignatureException;
import javax.xml.crypto.dsig.XMLSignatureFactory;
import javax.xml.crypto.dsig.dom.DOMValidateContext;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

/**
 * A SAML 2.0 assertion whose signature has been checked. Only what the signature covers is read: the signed element is
 * the assertion itself or the response it is in, and the signature must refer to that very element, so that nothing can
 * be wrapped around it.
 *
 * @see <a href="https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_providers_create_saml_assertions.html">SAML assertions for AWS</a>
 */
final class SamlAssertion {
    private static final String ASSERTION = "urn:oasis:names:tc:SAML:2.0:assertion";
    private static final String PROTOCOL = "urn:oasis:names:tc:SAML:2.0:protocol";
    private static final String ATTRIBUTES = "https://aws.amazon.com/SAML/Attributes/";
    private static final Duration REDEEM_WITHIN = Duration.ofMinutes(5);
    private static final Pattern RECIPIENT = Pattern.compile(
            "https://([a-z0-9-]{1,40}\\.)?signin\\.(aws\\.amazon|amazonaws-us-gov)\\.(com|cn)/saml(/.*)?"
                    + "|https?://[^/]{1,200}/saml");

    private final Element assertion;

    private SamlAssertion(Element assertion) {
        this.assertion = assertion;
    }

    /**
     * Reads and verifies a response.
     *
     * @param base64 the response as the browser posted it
     * @param metadata the provider's metadata document
     */
    static SamlAssertion verified(String base64, String metadata) {
        try {
            SamlMetadata provider = SamlMetadata.parse(metadata);
            String xml = new String(Base64.getMimeDecoder().decode(base64), StandardCharsets.UTF_8);
            Document document = SamlMetadata.safeParser(xml);
            Element root = document.getDocumentElement();
            List<Element> assertions =
                    root.getLocalName().equals("Assertion") ? List.of(root) : children(root, ASSERTION, "Assertion");
            if (assertions.size() != 1) {
                throw invalid("Invalid SAML response: it must hold exactly one unencrypted assertion");
            }
            Element assertion = assertions.getFirst();
            markIds(root);
            if (!isSigned(root, provider) && !isSigned(assertion, provider)) {
                throw invalid("Response signature invalid");
            }
            checkStatus(root);
            SamlAssertion verified = new SamlAssertion(assertion);
            if (!verified.issuer().equals(provider.entityId())) {
                throw invalid("Issuer not present in specified provider");
            }
            return verified;
        } catch (SamlMetadata.InvalidMetadata | SAXException | IllegalArgumentException e) {
            throw invalid("Invalid base64 SAMLResponse or malformed XML");
        }
    }

    private static RuntimeException invalid(String message) {
        return StsErrors.invalidToken(message);
    }

    /** Tells the parser which attributes are ids, of the response and of its assertion only. */
    private static void markIds(Element root) {
        if (root.hasAttribute("ID")) {
            root.setIdAttribute("ID", true);
        }
        for (Element child : children(root, ASSERTION, "Assertion")) {
            if (child.hasAttribute("ID")) {
                child.setIdAttribute("ID", true);
            }
        }
    }

    private static boolean isSigned(Element element, SamlMetadata provider) {
        List<Element> signatures = children(element, XMLSignature.XMLNS, "Signature");
        if (signatures.size() != 1) {
            return false;
        }
        for (X509Certificate certificate : provider.signingCertificates()) {
            try {
                DOMValidateContext context = new DOMValidateContext(certificate.getPublicKey(), signatures.getFirst());
                context.setProperty("org.jcp.xml.dsig.secureValidation", Boolean.TRUE);
                XMLSignature signature = XMLSignatureFactory.getInstance("DOM").unmarshalXMLSignature(context);
                boolean refersToElement =
                        signature.getSignedInfo().getReferences().size() == 1
                                && signature
                                        .getSignedInfo()
                                        .getReferences()
                                        .getFirst()
                                        .getURI()
                                        .equals("#" + element.getAttribute("ID"));
                if (refersToElement && !element.getAttribute("ID").isEmpty() && signature.validate(context)) {
                    return true;
                }
            } catch (MarshalException | XMLSignatureException | ClassCastException | NullPointerException e) {
                // a signature that cannot be read is none
            }
        }
        return false;
    }

    private static void checkStatus(Element root) {
        for (Element status : children(root, PROTOCOL, "Status")) {
            for (Element code : children(status, PROTOCOL, "StatusCode")) {
                if (!code.getAttribute("Value").endsWith(":Success")) {
                    throw invalid("The SAML response does not report a success");
                }
            }
        }
    }

    void checkTimes(Instant now) {
        Instant issued = time(assertion.getAttribute("IssueInstant"));
        if (issued.plus(REDEEM_WITHIN).isBefore(now)) {
            throw StsErrors.expiredToken("Token must be redeemed within 5 minutes of issuance");
        }
        for (Element conditions : children(assertion, ASSERTION, "Conditions")) {
            checkWindow(conditions, now);
            for (Element restriction : children(conditions, ASSERTION, "AudienceRestriction")) {
                boolean ours = children(restriction, ASSERTION, "Audience").stream()
                        .map(a -> a.getTextContent().trim())
                        .anyMatch(a -> a.equals("urn:amazon:webservices")
                                || RECIPIENT.matcher(a).matches());
                if (!ours) {
                    throw invalid("Invalid audience in the SAML assertion");
                }
            }
        }
        Element confirmation =
                confirmationData().orElseThrow(() -> invalid("The SAML assertion has no SubjectConfirmationData"));
        checkWindow(confirmation, now);
        if (!RECIPIENT.matcher(confirmation.getAttribute("Recipient")).matches()) {
            throw invalid("Invalid recipient in the SAML assertion");
        }
    }

    private static void checkWindow(Element element, Instant now) {
        if (element.hasAttribute("NotBefore")
                && time(element.getAttribute("NotBefore")).isAfter(now.plus(REDEEM_WITHIN))) {
            throw invalid("The SAML assertion is not valid yet");
        }
        if (element.hasAttribute("NotOnOrAfter")
                && !time(element.getAttribute("NotOnOrAfter")).isAfter(now)) {
            throw StsErrors.expiredToken("Response has expired");
        }
    }

    private static Instant time(String text) {
        try {
            return OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeException e) {
            throw invalid("Invalid time in the SAML assertion");
        }
    }

    /** The Role attribute must pair the role with the provider, in either order. */
    void checkRole(String roleArn, String providerArn) {
        boolean paired = values(ATTRIBUTES + "Role").stream().anyMatch(v -> {
            String[] pair = v.split(",", 2);
            return pair.length == 2
                    && (pair[0].trim().equals(roleArn) && pair[1].trim().equals(providerArn)
                            || pair[1].trim().equals(roleArn) && pair[0].trim().equals(providerArn));
        });
        if (!paired) {
            throw StsErrors.notAuthorizedToAssume("sts:AssumeRoleWithSAML");
        }
    }

    String sessionName() {
        String name =
                values(ATTRIBUTES + "RoleSessionName").stream().findFirst().orElse("");
        if (!name.matches("[\\w+=,.@-]{2,64}")) {
            throw invalid("RoleSessionName is required in AuthnResponse");
        }
        return name;
    }

    Optional<Duration> sessionDuration() {
        return values(ATTRIBUTES + "SessionDuration").stream().findFirst().map(text -> {
            if (!text.matches("[0-9]{3,5}")) {
                throw invalid("Invalid SessionDuration in the SAML assertion");
            }
            return Duration.ofSeconds(Integer.parseInt(text));
        });
    }

    /** How long the provider's own session still lasts. */
    Optional<Duration> sessionLeft(Instant now) {
        return children(assertion, ASSERTION, "AuthnStatement").stream()
                .filter(s -> s.hasAttribute("SessionNotOnOrAfter"))
                .map(s -> Duration.between(now, time(s.getAttribute("SessionNotOnOrAfter"))))
                .findFirst();
    }

    Map<String, String> tags() {
        Map<String, String> tags = new LinkedHashMap<>();
        String prefix = ATTRIBUTES + "PrincipalTag:";
        for (Element attribute : attributes()) {
            String name = attribute.getAttribute("Name");
            if (name.startsWith(prefix)) {
                tags.put(
                        name.substring(prefix.length()),
                        valuesOf(attribute).stream().findFirst().orElse(""));
            }
        }
        return tags;
    }

    List<String> transitiveTagKeys() {
        return values(ATTRIBUTES + "TransitiveTagKeys");
    }

    String sourceIdentity() {
        return values(ATTRIBUTES + "SourceIdentity").stream().findFirst().orElse("");
    }

    String issuer() {
        return children(assertion, ASSERTION, "Issuer").stream()
                .map(e -> e.getTextContent().trim())
                .findFirst()
                .orElse("");
    }

    String subject() {
        return nameId().map(e -> e.getTextContent().trim()).orElse("");
    }

    /** {@code persistent}, {@code transient} or the format's full name. */
    String subjectType() {
        String format = nameId().map(e -> e.getAttribute("Format")).orElse("");
        String prefix = "urn:oasis:names:tc:SAML:2.0:nameid-format:";
        return format.startsWith(prefix) ? format.substring(prefix.length()) : format;
    }

    String recipient() {
        return confirmationData().map(e -> e.getAttribute("Recipient")).orElse("");
    }

    /** The hash by which trust policies name a subject: SHA-1 of issuer, account and provider, as AWS documents it. */
    String nameQualifier(String account, String providerArn) {
        try {
            String name = providerArn.substring(providerArn.lastIndexOf('/') + 1);
            byte[] hash = MessageDigest.getInstance("SHA-1")
                    .digest((issuer() + account + "/" + name).getBytes(StandardCharsets.UTF_8));
            return Base64.getEncoder().encodeToString(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    void addTo(RequestContext.Builder keys, String account, String providerArn) {
        keys.with("saml:aud", recipient())
                .with("saml:iss", issuer())
                .with("saml:sub", subject())
                .with("saml:sub_type", subjectType())
                .with("saml:namequalifier", nameQualifier(account, providerArn))
                .with("saml:doc", account + "/" + providerArn.substring(providerArn.lastIndexOf('/') + 1));
    }

    // ---- reading ------------------------------------------------------------------------------------------------

    private Optional<Element> nameId() {
        return children(assertion, ASSERTION, "Subject").stream()
                .flatMap(s -> children(s, ASSERTION, "NameID").stream())
                .findFirst();
    }

    private Optional<Element> confirmationData() {
        return children(assertion, ASSERTION, "Subject").stream()
                .flatMap(s -> children(s, ASSERTION, "SubjectConfirmation").stream())
                .flatMap(c -> children(c, ASSERTION, "SubjectConfirmationData").stream())
                .findFirst();
    }

    private List<Element> attributes() {
        return children(assertion, ASSERTION, "AttributeStatement").stream()
                .flatMap(s -> children(s, ASSERTION, "Attribute").stream())
                .toList();
    }

    private List<String> values(String name) {
        return attributes().stream()
                .filter(a -> a.getAttribute("Name").equals(name))
                .flatMap(a -> valuesOf(a).stream())
                .toList();
    }

    private static List<String> valuesOf(Element attribute) {
        return children(attribute, ASSERTION, "AttributeValue").stream()
                .map(v -> v.getTextContent().trim())
                .toList();
    }

    private static List<Element> children(Element parent, String namespace, String name) {
        List<Element> found = new ArrayList<>();
        NodeList nodes = parent.getChildNodes();
        for (int i = 0; i < nodes.getLength(); i++) {
            Node node = nodes.item(i);
            if (node instanceof Element element
                    && name.equals(element.getLocalName())
                    && namespace.equals(element.getNamespaceURI())) {
                found.add(element);
            }
        }
        return found;
    }
}
