package io.pileus.sts;

import static io.pileus.sts.Identity.ACCOUNT;
import static io.pileus.sts.Identity.refused;
import static io.pileus.sts.Identity.trusting;
import static org.assertj.core.api.Assertions.assertThat;

import io.pileus.iam.SamlMetadata;
import io.pileus.iam.model.CreateSAMLProviderRequest;
import io.pileus.sts.model.AssumeRoleWithSAMLRequest;
import io.pileus.sts.model.AssumeRoleWithSAMLResponse;
import java.io.StringWriter;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import javax.xml.crypto.dsig.CanonicalizationMethod;
import javax.xml.crypto.dsig.DigestMethod;
import javax.xml.crypto.dsig.Transform;
import javax.xml.crypto.dsig.XMLSignatureFactory;
import javax.xml.crypto.dsig.dom.DOMSignContext;
import javax.xml.crypto.dsig.spec.C14NMethodParameterSpec;
import javax.xml.crypto.dsig.spec.TransformParameterSpec;
import javax.xml.transform.TransformerFactory;
import javax.xml.transform.dom.DOMSource;
import javax.xml.transform.stream.StreamResult;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

class SamlTest {
    private static final String PROVIDER = "arn:aws:iam::" + ACCOUNT + ":saml-provider/idp";
    private static KeyPair keys;
    private static String metadata;

    private final Identity identity = new Identity();
    private String role;

    @BeforeAll
    static void makeProvider() throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(2048);
        keys = generator.generateKeyPair();
        Instant start = Instant.parse("2025-01-01T00:00:00Z");
        X500Name name = new X500Name("CN=idp");
        X509Certificate certificate = new JcaX509CertificateConverter()
                .getCertificate(new JcaX509v3CertificateBuilder(
                                name,
                                BigInteger.ONE,
                                Date.from(start),
                                Date.from(start.plus(Duration.ofDays(3650))),
                                name,
                                keys.getPublic())
                        .build(new JcaContentSignerBuilder("SHA256withRSA").build(keys.getPrivate())));
        metadata = "<EntityDescriptor xmlns=\"urn:oasis:names:tc:SAML:2.0:metadata\" entityID=\"https://idp.example\">"
                + "<IDPSSODescriptor protocolSupportEnumeration=\"urn:oasis:names:tc:SAML:2.0:protocol\">"
                + "<KeyDescriptor use=\"signing\"><KeyInfo xmlns=\"http://www.w3.org/2000/09/xmldsig#\"><X509Data>"
                + "<X509Certificate>" + Base64.getEncoder().encodeToString(certificate.getEncoded())
                + "</X509Certificate></X509Data></KeyInfo></KeyDescriptor>"
                + "</IDPSSODescriptor>" + "<!-- " + "x".repeat(1000) + " --></EntityDescriptor>";
    }

    @BeforeEach
    void registerProvider() {
        identity.iam.createSAMLProvider(
                CreateSAMLProviderRequest.builder()
                        .name("idp")
                        .samlMetadataDocument(metadata)
                        .build(),
                identity.root());
        role = identity.aRole(
                ACCOUNT,
                "sso",
                trusting(
                        "{\"Federated\":\"" + PROVIDER + "\"}",
                        "[\"sts:AssumeRoleWithSAML\",\"sts:TagSession\"]",
                        ",\"Condition\":{\"StringEquals\":{\"SAML:aud\":\"https://signin.aws.amazon.com/saml\"}}"));
    }

    private String response() {
        Instant now = identity.env.now();
        return "<samlp:Response xmlns:samlp=\"urn:oasis:names:tc:SAML:2.0:protocol\" ID=\"r1\" Version=\"2.0\">"
                + "<samlp:Status><samlp:StatusCode Value=\"urn:oasis:names:tc:SAML:2.0:status:Success\"/></samlp:Status>"
                + "<Assertion xmlns=\"urn:oasis:names:tc:SAML:2.0:assertion\" ID=\"a1\" Version=\"2.0\" IssueInstant=\""
                + now + "\"><Issuer>https://idp.example</Issuer><Subject>"
                + "<NameID Format=\"urn:oasis:names:tc:SAML:2.0:nameid-format:persistent\">alice@example</NameID>"
                + "<SubjectConfirmation Method=\"urn:oasis:names:tc:SAML:2.0:cm:bearer\"><SubjectConfirmationData"
                + " Recipient=\"https://signin.aws.amazon.com/saml\" NotOnOrAfter=\"" + now.plusSeconds(240) + "\"/>"
                + "</SubjectConfirmation></Subject><Conditions NotBefore=\"" + now.minusSeconds(5)
                + "\" NotOnOrAfter=\""
                + now.plusSeconds(240) + "\"><AudienceRestriction><Audience>urn:amazon:webservices</Audience>"
                + "</AudienceRestriction></Conditions><AttributeStatement>"
                + attribute("Role", role + "," + PROVIDER) + attribute("RoleSessionName", "alice")
                + attribute("PrincipalTag:team", "blue") + attribute("SessionDuration", "1800")
                + "</AttributeStatement></Assertion></samlp:Response>";
    }

    private static String attribute(String name, String value) {
        return "<Attribute Name=\"https://aws.amazon.com/SAML/Attributes/" + name + "\"><AttributeValue>" + value
                + "</AttributeValue></Attribute>";
    }

    private static String signed(String xml) throws Exception {
        Document document = SamlMetadata.safeParser(xml);
        Element assertion =
                (Element) document.getElementsByTagNameNS("*", "Assertion").item(0);
        assertion.setIdAttribute("ID", true);
        XMLSignatureFactory factory = XMLSignatureFactory.getInstance("DOM");
        var reference = factory.newReference(
                "#a1",
                factory.newDigestMethod(DigestMethod.SHA256, null),
                List.of(
                        factory.newTransform(Transform.ENVELOPED, (TransformParameterSpec) null),
                        factory.newTransform(CanonicalizationMethod.EXCLUSIVE, (TransformParameterSpec) null)),
                null,
                null);
        var info = factory.newSignedInfo(
                factory.newCanonicalizationMethod(CanonicalizationMethod.EXCLUSIVE, (C14NMethodParameterSpec) null),
                factory.newSignatureMethod("http://www.w3.org/2001/04/xmldsig-more#rsa-sha256", null),
                List.of(reference));
        factory.newXMLSignature(info, null)
                .sign(new DOMSignContext(
                        keys.getPrivate(),
                        assertion,
                        assertion.getElementsByTagNameNS("*", "Subject").item(0)));
        StringWriter text = new StringWriter();
        TransformerFactory.newInstance().newTransformer().transform(new DOMSource(document), new StreamResult(text));
        return text.toString();
    }

    private AssumeRoleWithSAMLResponse assume(String xml) {
        return identity.sts.assumeRoleWithSAML(
                AssumeRoleWithSAMLRequest.builder()
                        .roleArn(role)
                        .principalArn(PROVIDER)
                        .samlAssertion(Base64.getEncoder().encodeToString(xml.getBytes(StandardCharsets.UTF_8)))
                        .build(),
                identity.rootOf("000000000000"));
    }

    @Test
    void aSignedAssertionTakesOnTheRole() throws Exception {
        AssumeRoleWithSAMLResponse answer = assume(signed(response()));

        assertThat(answer.subject()).isEqualTo("alice@example");
        assertThat(answer.subjectType()).isEqualTo("persistent");
        assertThat(answer.issuer()).isEqualTo("https://idp.example");
        assertThat(answer.audience()).isEqualTo("https://signin.aws.amazon.com/saml");
        assertThat(answer.credentials().expiration())
                .isEqualTo(identity.env.now().plusSeconds(1800));
        assertThat(identity.as(answer.credentials()).caller().principalArn()).endsWith(":assumed-role/sso/alice");
        assertThat(identity.as(answer.credentials()).caller().sessionTags()).containsEntry("team", "blue");
    }

    @Test
    void anUnsignedOrChangedAssertionIsRefused() throws Exception {
        refused(() -> assume(response())).hasMessage("Response signature invalid");
        String changed = signed(response()).replace("alice@example", "eve@example");
        refused(() -> assume(changed))
                .hasMessage("Response signature invalid")
                .satisfies(e -> assertThat(e.queryCode()).isEqualTo("InvalidIdentityToken"));
    }

    @Test
    void aSignedAssertionThatIsWrappedAroundIsRefused() throws Exception {
        String good = signed(response());
        String assertion = good.substring(good.indexOf("<Assertion"), good.indexOf("</samlp:Response>"));
        String evil = assertion
                .replaceFirst("ID=\"a1\"", "ID=\"evil\"")
                .replace("alice@example", "eve@example")
                .replaceFirst("(?s)<Signature.*</Signature>", "");
        String wrapped = good.replace(
                assertion, evil.replace("</Assertion>", "<Extensions>" + assertion + "</Extensions></Assertion>"));

        refused(() -> assume(wrapped)).hasMessage("Response signature invalid");
        refused(() -> assume(good.replace(assertion, evil + assertion))).hasMessageContaining("exactly one");
    }

    @Test
    void documentTypesAndEntitiesAreRefused() {
        refused(() -> assume("<!DOCTYPE x [<!ENTITY e SYSTEM \"file:///etc/passwd\">]><x>&e;</x>"))
                .satisfies(e -> assertThat(e.queryCode()).isEqualTo("InvalidIdentityToken"));
    }

    @Test
    void anAssertionMustBeRedeemedInTime() throws Exception {
        String xml = signed(response());
        identity.env.advance(Duration.ofMinutes(6));

        refused(() -> assume(xml)).satisfies(e -> assertThat(e.queryCode()).isEqualTo("ExpiredTokenException"));
    }

    @Test
    void theRoleMustBePairedWithTheProvider() throws Exception {
        String xml = signed(response().replace(role + ",", "arn:aws:iam::" + ACCOUNT + ":role/other,"));

        refused(() -> assume(xml)).hasMessage("Not authorized to perform sts:AssumeRoleWithSAML");
    }
}
