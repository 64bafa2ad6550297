package io.pileus.cognito.idp;

import io.pileus.cognito.idp.saml.SamlDocuments;
import io.pileus.cognito.idp.tokens.SigningCertificate;
import io.pileus.cognito.idp.tokens.SigningKeys;
import java.io.ByteArrayInputStream;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;

/** A SAML identity provider of a test, which reads requests and writes responses. */
final class SamlProvider {
    private final SigningKeys keys = new SigningKeys();
    private final Instant now;
    private int assertions;

    SamlProvider(Instant now) {
        this.now = now;
    }

    String metadata() {
        return "<md:EntityDescriptor xmlns:md=\"urn:oasis:names:tc:SAML:2.0:metadata\" entityID=\"https://idp.test\">"
                + "<md:IDPSSODescriptor><md:KeyDescriptor use=\"signing\"><ds:KeyInfo"
                + " xmlns:ds=\"http://www.w3.org/2000/09/xmldsig#\"><ds:X509Data><ds:X509Certificate>"
                + SigningCertificate.base64(keys.idTokenKey(), "us-east-1_idp", now)
                + "</ds:X509Certificate></ds:X509Data></ds:KeyInfo></md:KeyDescriptor>"
                + service("SingleLogoutService", "slo") + service("SingleSignOnService", "sso")
                + "</md:IDPSSODescriptor></md:EntityDescriptor>";
    }

    private static String service(String name, String path) {
        return "<md:" + name + " Binding=\"urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect\""
                + " Location=\"https://idp.test/" + path + "\"/>";
    }

    /** A request that came by redirect: its parameters, with the XML in the place of its encoding. */
    static Map<String, String> request(String url) throws Exception {
        Map<String, String> parameters = new LinkedHashMap<>();
        for (String pair : url.substring(url.indexOf('?') + 1).split("&")) {
            String[] parts = pair.split("=", 2);
            parameters.put(parts[0], URLDecoder.decode(parts[1], StandardCharsets.UTF_8));
        }
        byte[] deflated = Base64.getDecoder().decode(parameters.get("SAMLRequest"));
        try (InflaterInputStream in = new InflaterInputStream(new ByteArrayInputStream(deflated), new Inflater(true))) {
            parameters.put("SAMLRequest", new String(in.readAllBytes(), StandardCharsets.UTF_8));
        }
        return parameters;
    }

    static String id(String request) {
        return request.replaceAll("(?s).* ID=\"([^\"]*)\".*", "$1");
    }

    /** Whether the redirect's signature is by the key of the certificate. */
    static boolean signed(String url, String certificate) throws Exception {
        String signed = url.substring(url.indexOf('?') + 1, url.indexOf("&Signature="));
        Signature signature = Signature.getInstance("SHA256withRSA");
        signature.initVerify(key(certificate));
        signature.update(signed.getBytes(StandardCharsets.US_ASCII));
        return signature.verify(Base64.getDecoder().decode(request(url).get("Signature")));
    }

    private static PublicKey key(String certificate) throws Exception {
        return CertificateFactory.getInstance("X.509")
                .generateCertificate(
                        new ByteArrayInputStream(Base64.getDecoder().decode(certificate)))
                .getPublicKey();
    }

    /**
     * A signed response in base64.
     *
     * @param certificate the certificate to encrypt the assertion for; empty for none
     */
    String response(
            String pool,
            String nameId,
            String inResponseTo,
            Map<String, String> attributes,
            Optional<String> certificate)
            throws Exception {
        StringBuilder values = new StringBuilder();
        attributes.forEach((name, value) -> values.append("<saml:Attribute Name=\"" + name + "\"><saml:AttributeValue>"
                + value + "</saml:AttributeValue></saml:Attribute>"));
        String until = now.plusSeconds(86_400) + "";
        String assertion = "<saml:Assertion xmlns:saml=\"urn:oasis:names:tc:SAML:2.0:assertion\" ID=\"_a"
                + ++assertions
                + "\" Version=\"2.0\"><saml:Issuer>https://idp.test</saml:Issuer><saml:Subject><saml:NameID"
                + " Format=\"urn:oasis:names:tc:SAML:2.0:nameid-format:persistent\">" + nameId
                + "</saml:NameID><saml:SubjectConfirmation><saml:SubjectConfirmationData"
                + (inResponseTo.isEmpty() ? "" : " InResponseTo=\"" + inResponseTo + "\"")
                + " Recipient=\"http://localhost:4566/saml2/idpresponse\" NotOnOrAfter=\"" + until
                + "\"/></saml:SubjectConfirmation></saml:Subject><saml:Conditions NotOnOrAfter=\"" + until
                + "\"><saml:AudienceRestriction><saml:Audience>urn:amazon:cognito:sp:" + pool + "</saml:Audience>"
                + "</saml:AudienceRestriction></saml:Conditions><saml:AuthnStatement SessionIndex=\"_s1\"/>"
                + "<saml:AttributeStatement>" + values + "</saml:AttributeStatement></saml:Assertion>";
        String signed = SamlDocuments.signed(assertion, "Assertion", keys.idTokenKey());
        String content = certificate.isEmpty()
                ? signed
                : SamlDocuments.encrypted(
                        signed, key(certificate.get()), "2009/xmlenc11#aes256-gcm", "2001/04/xmlenc#rsa-oaep-mgf1p");
        return base64("<samlp:Response xmlns:samlp=\"urn:oasis:names:tc:SAML:2.0:protocol\" ID=\"_r\">" + status()
                + content + "</samlp:Response>");
    }

    private static String status() {
        return "<samlp:Status><samlp:StatusCode Value=\"urn:oasis:names:tc:SAML:2.0:status:Success\"/></samlp:Status>";
    }

    static String logoutResponse(String inResponseTo) {
        return base64("<samlp:LogoutResponse xmlns:samlp=\"urn:oasis:names:tc:SAML:2.0:protocol\" ID=\"_l\""
                + " InResponseTo=\"" + inResponseTo + "\">" + status() + "</samlp:LogoutResponse>");
    }

    private static String base64(String xml) {
        return Base64.getEncoder().encodeToString(xml.getBytes(StandardCharsets.UTF_8));
    }
}
