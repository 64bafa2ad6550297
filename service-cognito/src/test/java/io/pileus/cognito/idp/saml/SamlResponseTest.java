package io.pileus.cognito.idp.saml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.jwk.RSAKey;
import io.pileus.cognito.idp.tokens.SigningCertificate;
import io.pileus.cognito.idp.tokens.SigningKeys;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import javax.xml.crypto.dsig.CanonicalizationMethod;
import javax.xml.crypto.dsig.DigestMethod;
import javax.xml.crypto.dsig.Reference;
import javax.xml.crypto.dsig.SignedInfo;
import javax.xml.crypto.dsig.Transform;
import javax.xml.crypto.dsig.XMLSignatureFactory;
import javax.xml.crypto.dsig.dom.DOMSignContext;
import javax.xml.crypto.dsig.spec.C14NMethodParameterSpec;
import javax.xml.crypto.dsig.spec.TransformParameterSpec;
import javax.xml.transform.TransformerFactory;
import javax.xml.transform.dom.DOMSource;
import javax.xml.transform.stream.StreamResult;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

class SamlResponseTest {
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final String AUDIENCE = "urn:amazon:cognito:sp:us-east-1_p";
    private static final String RECIPIENT = "http://localhost:4566/saml2/idpresponse";
    private static final SigningKeys KEYS = new SigningKeys();

    private static SamlMetadata metadata(RSAKey key) throws InvalidSamlException {
        return SamlMetadata.parse(
                "<md:EntityDescriptor xmlns:md=\"urn:oasis:names:tc:SAML:2.0:metadata\" entityID=\"idp\">"
                        + "<md:IDPSSODescriptor><md:KeyDescriptor use=\"signing\"><ds:KeyInfo"
                        + " xmlns:ds=\"http://www.w3.org/2000/09/xmldsig#\"><ds:X509Data><ds:X509Certificate>"
                        + SigningCertificate.base64(key, "us-east-1_idp", NOW)
                        + "</ds:X509Certificate></ds:X509Data></ds:KeyInfo></md:KeyDescriptor><md:SingleSignOnService"
                        + " Binding=\"urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect\" Location=\"https://idp/sso\"/>"
                        + "</md:IDPSSODescriptor></md:EntityDescriptor>");
    }

    private static SamlResponse.Expected expected() throws InvalidSamlException {
        return new SamlResponse.Expected(metadata(KEYS.idTokenKey()), AUDIENCE, RECIPIENT::equals, NOW);
    }

    private static String assertion(String id, String nameId, String audience) {
        return "<saml:Assertion xmlns:saml=\"urn:oasis:names:tc:SAML:2.0:assertion\" ID=\"" + id
                + "\" Version=\"2.0\"><saml:Issuer>idp</saml:Issuer><saml:Subject><saml:NameID>" + nameId
                + "</saml:NameID><saml:SubjectConfirmation><saml:SubjectConfirmationData Recipient=\"" + RECIPIENT
                + "\" InResponseTo=\"_r1\" NotOnOrAfter=\"2026-01-01T00:05:00Z\"/></saml:SubjectConfirmation>"
                + "</saml:Subject><saml:Conditions NotBefore=\"2025-12-31T23:59:00Z\""
                + " NotOnOrAfter=\"2026-01-01T00:05:00Z\"><saml:AudienceRestriction><saml:Audience>" + audience
                + "</saml:Audience></saml:AudienceRestriction></saml:Conditions><saml:AttributeStatement>"
                + "<saml:Attribute Name=\"mail\"><saml:AttributeValue>a@example.com</saml:AttributeValue>"
                + "</saml:Attribute></saml:AttributeStatement></saml:Assertion>";
    }

    private static String response(String content) {
        return "<samlp:Response xmlns:samlp=\"urn:oasis:names:tc:SAML:2.0:protocol\" ID=\"_resp\"><samlp:Status>"
                + "<samlp:StatusCode Value=\"urn:oasis:names:tc:SAML:2.0:status:Success\"/></samlp:Status>" + content
                + "</samlp:Response>";
    }

    /** The response with its assertion signed. */
    private static String signed(String xml, RSAKey key) throws Exception {
        Document document = SafeXml.parse(xml.getBytes(StandardCharsets.UTF_8));
        Element assertion = SafeXml.descendants(document, "urn:oasis:names:tc:SAML:2.0:assertion", "Assertion")
                .getFirst();
        assertion.setIdAttribute("ID", true);
        XMLSignatureFactory factory = XMLSignatureFactory.getInstance("DOM");
        Reference reference = factory.newReference(
                "#" + assertion.getAttribute("ID"),
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
        DOMSignContext context = new DOMSignContext(key.toRSAPrivateKey(), assertion);
        factory.newXMLSignature(info, null).sign(context);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        TransformerFactory.newInstance().newTransformer().transform(new DOMSource(document), new StreamResult(out));
        return out.toString(StandardCharsets.UTF_8);
    }

    private static SamlResponse parse(String xml) throws InvalidSamlException {
        return SamlResponse.parse(xml.getBytes(StandardCharsets.UTF_8), expected());
    }

    @Test
    void aSignedAssertionIsBelieved() throws Exception {
        SamlResponse response = parse(signed(response(assertion("_a", "alice", AUDIENCE)), KEYS.idTokenKey()));
        assertThat(response.nameId()).isEqualTo("alice");
        assertThat(response.inResponseTo()).isEqualTo("_r1");
        assertThat(response.attributes()).containsEntry("mail", "a@example.com");
    }

    @Test
    void whatIsNotSignedOrSignedByAnotherOrChangedIsRefused() throws Exception {
        String good = signed(response(assertion("_a", "alice", AUDIENCE)), KEYS.idTokenKey());
        assertThatThrownBy(() -> parse(response(assertion("_a", "alice", AUDIENCE))))
                .hasMessage("The response is not signed by the provider");
        assertThatThrownBy(() -> parse(good.replace("alice", "admin")))
                .hasMessage("The response is not signed by the provider");
        String foreign = signed(response(assertion("_a", "alice", AUDIENCE)), KEYS.accessTokenKey());
        assertThatThrownBy(() -> parse(foreign)).hasMessage("The response is not signed by the provider");
    }

    @Test
    void aSecondAssertionBesideTheSignedOneIsRefused() throws Exception {
        String good = signed(response(assertion("_a", "alice", AUDIENCE)), KEYS.idTokenKey());
        String forged = good.replace("</samlp:Response>", assertion("_b", "admin", AUDIENCE) + "</samlp:Response>");
        assertThatThrownBy(() -> parse(forged)).hasMessage("The response must have one assertion");
        String signedElement = good.substring(good.indexOf("<saml:Assertion"), good.indexOf("</samlp:Response>"));
        String wrapped = good.replace(
                signedElement,
                assertion("_b", "admin", AUDIENCE).replace("</saml:Assertion>", signedElement + "</saml:Assertion>"));
        assertThatThrownBy(() -> parse(wrapped)).hasMessage("The response must have one assertion");
    }

    @Test
    void anAssertionForSomeoneElseOrOfAnotherTimeIsRefused() throws Exception {
        String other = signed(response(assertion("_a", "alice", "urn:other")), KEYS.idTokenKey());
        assertThatThrownBy(() -> parse(other)).hasMessage("Audience restriction was not met");
        String good = signed(response(assertion("_a", "alice", AUDIENCE)), KEYS.idTokenKey());
        SamlResponse.Expected later = new SamlResponse.Expected(
                metadata(KEYS.idTokenKey()), AUDIENCE, RECIPIENT::equals, NOW.plusSeconds(600));
        assertThatThrownBy(() -> SamlResponse.parse(good.getBytes(StandardCharsets.UTF_8), later))
                .hasMessage("The assertion has expired");
    }

    @Test
    void aDocumentTypeIsRefused() {
        assertThatThrownBy(() -> parse("<!DOCTYPE x [<!ENTITY e SYSTEM \"file:///etc/passwd\">]><x>&e;</x>"))
                .hasMessage("The document is not well-formed");
    }
}
