package io.pileus.it.cognito;

import io.pileus.cognito.idp.tokens.SigningCertificate;
import io.pileus.cognito.idp.tokens.SigningKeys;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
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
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.transform.TransformerFactory;
import javax.xml.transform.dom.DOMSource;
import javax.xml.transform.stream.StreamResult;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

/** A SAML identity provider of a test: its metadata, and signed responses about users. */
final class SignedSaml {
    private static final String ASSERTION = "urn:oasis:names:tc:SAML:2.0:assertion";
    private final SigningKeys keys = new SigningKeys();
    private final Instant now;

    SignedSaml(Instant now) {
        this.now = now;
    }

    /** Longer than the thousand characters that IAM asks of a metadata document. */
    String metadata() {
        return "<md:EntityDescriptor xmlns:md=\"urn:oasis:names:tc:SAML:2.0:metadata\" entityID=\"https://idp.test\">"
                + "<md:IDPSSODescriptor protocolSupportEnumeration=\"urn:oasis:names:tc:SAML:2.0:protocol\">"
                + "<md:KeyDescriptor use=\"signing\"><ds:KeyInfo xmlns:ds=\"http://www.w3.org/2000/09/xmldsig#\">"
                + "<ds:X509Data><ds:X509Certificate>"
                + SigningCertificate.base64(keys.idTokenKey(), "us-east-1_idp", now)
                + "</ds:X509Certificate></ds:X509Data></ds:KeyInfo></md:KeyDescriptor><md:SingleSignOnService"
                + " Binding=\"urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST\" Location=\"https://idp.test/sso\"/>"
                + "</md:IDPSSODescriptor></md:EntityDescriptor>";
    }

    /** A response for AWS, in base64 as a browser posts it. */
    String response(String nameId) throws Exception {
        String until = now.plusSeconds(300).toString();
        String xml = "<samlp:Response xmlns:samlp=\"urn:oasis:names:tc:SAML:2.0:protocol\" ID=\"_r\"><samlp:Status>"
                + "<samlp:StatusCode Value=\"urn:oasis:names:tc:SAML:2.0:status:Success\"/></samlp:Status>"
                + "<saml:Assertion xmlns:saml=\"" + ASSERTION + "\" ID=\"_a\" Version=\"2.0\" IssueInstant=\"" + now
                + "\"><saml:Issuer>https://idp.test</saml:Issuer><saml:Subject><saml:NameID>" + nameId
                + "</saml:NameID><saml:SubjectConfirmation><saml:SubjectConfirmationData"
                + " Recipient=\"https://signin.aws.amazon.com/saml\" NotOnOrAfter=\"" + until
                + "\"/></saml:SubjectConfirmation></saml:Subject><saml:Conditions NotOnOrAfter=\"" + until
                + "\"><saml:AudienceRestriction><saml:Audience>urn:amazon:webservices</saml:Audience>"
                + "</saml:AudienceRestriction></saml:Conditions></saml:Assertion></samlp:Response>";
        return Base64.getEncoder().encodeToString(signed(xml));
    }

    private byte[] signed(String xml) throws Exception {
        DocumentBuilderFactory documents = DocumentBuilderFactory.newInstance();
        documents.setNamespaceAware(true);
        Document document =
                documents.newDocumentBuilder().parse(new ByteArrayInputStream(xml.getBytes(StandardCharsets.UTF_8)));
        Element assertion = (Element)
                document.getElementsByTagNameNS(ASSERTION, "Assertion").item(0);
        assertion.setIdAttribute("ID", true);
        XMLSignatureFactory factory = XMLSignatureFactory.getInstance("DOM");
        Reference reference = factory.newReference(
                "#_a",
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
        factory.newXMLSignature(info, null)
                .sign(new DOMSignContext(keys.idTokenKey().toRSAPrivateKey(), assertion));
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        TransformerFactory.newInstance().newTransformer().transform(new DOMSource(document), new StreamResult(out));
        return out.toByteArray();
    }
}
