package io.pileus.cognito.idp.saml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.jwk.RSAKey;
import io.pileus.cognito.idp.tokens.SigningCertificate;
import io.pileus.cognito.idp.tokens.SigningKeys;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

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
        return new SamlResponse.Expected(
                metadata(KEYS.idTokenKey()), AUDIENCE, RECIPIENT::equals, NOW, Optional.empty());
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

    private static String signed(String xml, RSAKey key) throws Exception {
        return SamlDocuments.signed(xml, "Assertion", key);
    }

    private static SamlResponse parse(String xml) throws InvalidSamlException {
        return SamlResponse.parse(xml.getBytes(StandardCharsets.UTF_8), expected());
    }

    @Test
    void aSignedAssertionIsBelieved() throws Exception {
        SamlResponse response = parse(signed(response(assertion("_a", "alice", AUDIENCE)), KEYS.idTokenKey()));
        assertThat(response.session().nameId()).isEqualTo("alice");
        assertThat(response.inResponseTo()).isEqualTo("_r1");
        assertThat(response.attributes()).containsEntry("mail", "a@example.com");
    }

    @Test
    void whatIsNotSignedOrSignedByAnotherOrChangedIsRefused() throws Exception {
        String good = signed(response(assertion("_a", "alice", AUDIENCE)), KEYS.idTokenKey());
        assertThatThrownBy(() -> parse(response(assertion("_a", "alice", AUDIENCE))))
                .hasMessage("SAML Assertion signature is invalid");
        assertThatThrownBy(() -> parse(good.replace("alice", "admin")))
                .hasMessage("SAML Assertion signature is invalid");
        String foreign = signed(response(assertion("_a", "alice", AUDIENCE)), KEYS.accessTokenKey());
        assertThatThrownBy(() -> parse(foreign)).hasMessage("SAML Assertion signature is invalid");
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
                metadata(KEYS.idTokenKey()), AUDIENCE, RECIPIENT::equals, NOW.plusSeconds(600), Optional.empty());
        assertThatThrownBy(() -> SamlResponse.parse(good.getBytes(StandardCharsets.UTF_8), later))
                .hasMessage("The assertion has expired");
    }

    @Test
    void aDocumentTypeIsRefused() {
        assertThatThrownBy(() -> parse("<!DOCTYPE x [<!ENTITY e SYSTEM \"file:///etc/passwd\">]><x>&e;</x>"))
                .hasMessage("The document is not well-formed");
    }

    @Test
    void aCommentDoesNotCutANameShort() throws Exception {
        String good = signed(response(assertion("_a", "alice@example.com.evil.org", AUDIENCE)), KEYS.idTokenKey());

        // Comments are not signed, so whoever holds the document may put some in.
        SamlResponse response = parse(good.replace("alice@example.com", "alice@example.com<!-- -->"));

        assertThat(response.session().nameId()).isEqualTo("alice@example.com.evil.org");
    }

    @Test
    void anAssertionIsNotBelievedForTheSignatureOfAnother() throws Exception {
        String good = signed(response(assertion("_a", "alice", AUDIENCE)), KEYS.idTokenKey());
        String signature =
                good.substring(good.indexOf("<Signature"), good.indexOf("</Signature>") + "</Signature>".length());
        String original = good.substring(good.indexOf("<saml:Assertion"), good.indexOf("</samlp:Response>"));
        String forged = assertion("_a", "admin", AUDIENCE);

        // The signature moved to a forged assertion with the same id, the original hidden where a signature may hold
        // any.
        for (String hidden : List.of(
                signature.replace("</Signature>", "<Object>" + original + "</Object></Signature>"),
                signature + "<samlp:Extensions>" + original + "</samlp:Extensions>",
                signature)) {
            String wrapped = response(forged.replace("</saml:Assertion>", hidden + "</saml:Assertion>"));
            assertThatThrownBy(() -> parse(wrapped)).isInstanceOf(InvalidSamlException.class);
        }
        // The signature of an assertion does not cover the response, whatever else stands in it.
        assertThatThrownBy(() -> parse(response(forged + signature))).isInstanceOf(InvalidSamlException.class);
    }

    @Test
    void aSignatureByASecretThatEverybodyKnowsIsRefused() throws Exception {
        String good = signed(response(assertion("_a", "alice", AUDIENCE)), KEYS.idTokenKey());

        assertThatThrownBy(() -> parse(good.replace(
                        "http://www.w3.org/2001/04/xmldsig-more#rsa-sha256",
                        "http://www.w3.org/2001/04/xmldsig-more#hmac-sha256")))
                .isInstanceOf(InvalidSamlException.class);
        assertThatThrownBy(() -> parse(good.replace(
                        "http://www.w3.org/2001/10/xml-exc-c14n#\"/></Transforms>",
                        "http://www.w3.org/TR/1999/REC-xslt-19991116\"/></Transforms>")))
                .isInstanceOf(InvalidSamlException.class);
    }

    @Test
    void aResponseMayBeSignedAsAWhole() throws Exception {
        String whole =
                SamlDocuments.signed(response(assertion("_a", "alice", AUDIENCE)), "Response", KEYS.idTokenKey());

        assertThat(parse(whole).session().nameId()).isEqualTo("alice");
        assertThatThrownBy(() -> parse(whole.replace("alice", "admin")))
                .hasMessage("SAML Assertion signature is invalid");
    }

    private static SamlResponse parseEncrypted(String xml) throws Exception {
        return SamlResponse.parse(
                xml.getBytes(StandardCharsets.UTF_8),
                new SamlResponse.Expected(
                        metadata(KEYS.idTokenKey()),
                        AUDIENCE,
                        RECIPIENT::equals,
                        NOW,
                        Optional.of(SigningKeys.privateKey(KEYS.accessTokenKey()))));
    }

    private static String encrypted(String assertion, String algorithm, String wrapping) throws Exception {
        return SamlDocuments.encrypted(assertion, KEYS.accessTokenKey().toRSAPublicKey(), algorithm, wrapping);
    }

    @ParameterizedTest
    @CsvSource({
        "2001/04/xmlenc#aes128-cbc, 2001/04/xmlenc#rsa-oaep-mgf1p",
        "2001/04/xmlenc#aes192-cbc, 2001/04/xmlenc#rsa-oaep-mgf1p",
        "2001/04/xmlenc#aes256-cbc, 2009/xmlenc11#rsa-oaep",
        "2009/xmlenc11#aes128-gcm, 2009/xmlenc11#rsa-oaep",
        "2009/xmlenc11#aes256-gcm, 2001/04/xmlenc#rsa-oaep-mgf1p"
    })
    void anEncryptedAssertionIsOpenedAndItsSignatureChecked(String algorithm, String wrapping) throws Exception {
        String assertion = SamlDocuments.signed(assertion("_a", "alice", AUDIENCE), "Assertion", KEYS.idTokenKey());

        assertThat(parseEncrypted(response(encrypted(assertion, algorithm, wrapping)))
                        .session()
                        .nameId())
                .isEqualTo("alice");
        // Or the response is signed around it.
        assertThat(parseEncrypted(SamlDocuments.signed(
                                response(encrypted(assertion("_a", "alice", AUDIENCE), algorithm, wrapping)),
                                "Response",
                                KEYS.idTokenKey()))
                        .session()
                        .nameId())
                .isEqualTo("alice");
        assertThatThrownBy(() ->
                        parseEncrypted(response(encrypted(assertion("_a", "alice", AUDIENCE), algorithm, wrapping))))
                .hasMessage("SAML Assertion signature is invalid");
    }

    @Test
    void anAssertionIsEncryptedWhereItMustBeAndNowhereElse() throws Exception {
        String assertion = SamlDocuments.signed(assertion("_a", "alice", AUDIENCE), "Assertion", KEYS.idTokenKey());
        String encrypted = encrypted(assertion, "2009/xmlenc11#aes256-gcm", "2001/04/xmlenc#rsa-oaep-mgf1p");

        assertThatThrownBy(() -> parseEncrypted(response(assertion))).hasMessage("The assertion is not encrypted");
        assertThatThrownBy(() -> parse(response(encrypted))).hasMessage("The assertion is encrypted");
        assertThatThrownBy(() -> parseEncrypted(response(encrypted + assertion)))
                .hasMessage("The response must have one assertion");
    }

    @Test
    void whatCannotBeDecryptedIsSaidInOneWayOnly() throws Exception {
        String assertion = SamlDocuments.signed(assertion("_a", "alice", AUDIENCE), "Assertion", KEYS.idTokenKey());
        String oaep = "2001/04/xmlenc#rsa-oaep-mgf1p";
        String good = encrypted(assertion, "2001/04/xmlenc#aes256-cbc", oaep);
        List<String> bad = List.of(
                encrypted(assertion, "2001/04/xmlenc#aes256-cbc", "2001/04/xmlenc#rsa-1_5"),
                encrypted(assertion, "2001/04/xmlenc#tripledes-cbc".replace("tripledes", "aes999"), oaep),
                encrypted("<other/>", "2009/xmlenc11#aes256-gcm", oaep),
                good.replace("<xenc:CipherValue>", "<xenc:CipherValue>AAAA"),
                good.replaceAll("<xenc:CipherValue>[^<]*", "<xenc:CipherValue>"),
                good.replace("xenc:EncryptedKey", "xenc:Nothing"),
                SamlDocuments.encrypted(
                        assertion, KEYS.idTokenKey().toRSAPublicKey(), "2001/04/xmlenc#aes256-cbc", oaep));
        for (String xml : bad) {
            assertThatThrownBy(() -> parseEncrypted(response(xml))).hasMessage("The assertion cannot be decrypted");
        }
    }

    @Property(tries = 300)
    void aChangedOrCutResponseIsRefusedAndNothingWorse(
            @ForAll @IntRange(min = 0, max = 4000) int position, @ForAll char replacement) throws Exception {
        String good = Holder.GOOD;
        int at = position % good.length();
        String changed = good.substring(0, at) + replacement + good.substring(at + 1);
        for (String xml : List.of(changed, good.substring(0, at))) {
            try {
                SamlResponse response = parse(xml);
                // Only what is not signed, such as the response's own id, may differ.
                assertThat(response.session().nameId()).isEqualTo("alice");
                assertThat(response.attributes()).containsExactly(Map.entry("mail", "a@example.com"));
            } catch (InvalidSamlException expected) {
                assertThat(expected.getMessage()).isNotBlank();
            }
        }
    }

    /** Signed once: a property runs its method often. */
    private static final class Holder {
        static final String GOOD;

        static {
            try {
                GOOD = signed(response(assertion("_a", "alice", AUDIENCE)), KEYS.idTokenKey());
            } catch (Exception e) {
                throw new AssertionError(e);
            }
        }
    }

    @Property(tries = 300)
    void anyBytesAreRefused(@ForAll byte[] bytes) {
        assertThatThrownBy(() -> SamlResponse.parse(bytes, expected())).isInstanceOf(InvalidSamlException.class);
        assertThatThrownBy(() -> SamlMetadata.parse(new String(bytes, StandardCharsets.UTF_8)))
                .isInstanceOf(InvalidSamlException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<!DOCTYPE x [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;&a;&a;&a;&a;\">]><x>&b;</x>",
                "<!DOCTYPE x SYSTEM \"http://localhost:1/x.dtd\"><x/>",
                "<!DOCTYPE x PUBLIC \"x\" \"file:///etc/passwd\"><x/>",
                "<x xmlns:xi=\"http://www.w3.org/2001/XInclude\"><xi:include href=\"file:///etc/passwd\" parse=\"text\"/></x>"
            })
    void nothingIsEverFetchedOrBlownUp(String xml) {
        assertThatThrownBy(() -> parse(xml)).isInstanceOf(InvalidSamlException.class);
        assertThatThrownBy(() -> SamlMetadata.parse(xml)).isInstanceOf(InvalidSamlException.class);
    }
}
