package io.pileus.cognito.idp.saml;

import org.w3c.dom.Element;

/** A provider's answer to a request to sign out. */
public final class LogoutResponse {
    private LogoutResponse() {}

    /** Checks that the provider has answered the request; a signature must be right where there is one. */
    public static void check(byte[] xml, SamlMetadata provider, String inResponseTo) throws InvalidSamlException {
        Element response = SafeXml.parse(xml).getDocumentElement();
        boolean fits = SamlResponse.PROTOCOL.equals(response.getNamespaceURI())
                && "LogoutResponse".equals(response.getLocalName())
                && response.getAttribute("InResponseTo").equals(inResponseTo);
        if (!fits) {
            throw new InvalidSamlException("The document does not answer the sign-out");
        }
        boolean signatures = !SafeXml.descendants(response, SamlMetadata.SIGNATURE, "Signature")
                .isEmpty();
        if (signatures && !SamlSignature.covers(response, provider)) {
            throw new InvalidSamlException("SAML Response signature is invalid");
        }
        SamlResponse.checkStatus(response);
    }
}
