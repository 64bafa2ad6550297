package io.pileus.cognito.idp.saml;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** What a service provider asks an identity provider for. */
public sealed interface SamlRequest {

    String xml();

    /** A request to sign a user in. */
    record SignIn(String id, Instant issuedAt, String destination, String callback, String serviceProvider)
            implements SamlRequest {
        @Override
        public String xml() {
            return "<samlp:AuthnRequest" + head(id, issuedAt, destination) + " AssertionConsumerServiceURL=\""
                    + escape(callback) + "\" ProtocolBinding=\"urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST\">"
                    + issuer(serviceProvider) + "</samlp:AuthnRequest>";
        }
    }

    /**
     * A request to sign a user out.
     *
     * @param session whom, and which of their sessions
     */
    record SignOut(String id, Instant issuedAt, String destination, String serviceProvider, SamlSession session)
            implements SamlRequest {
        @Override
        public String xml() {
            String format =
                    session.nameIdFormat().isEmpty() ? "" : " Format=\"" + escape(session.nameIdFormat()) + "\"";
            String index = session.sessionIndex().isEmpty()
                    ? ""
                    : "<samlp:SessionIndex>" + escape(session.sessionIndex()) + "</samlp:SessionIndex>";
            return "<samlp:LogoutRequest" + head(id, issuedAt, destination) + ">" + issuer(serviceProvider)
                    + "<saml:NameID xmlns:saml=\"urn:oasis:names:tc:SAML:2.0:assertion\"" + format + ">"
                    + escape(session.nameId()) + "</saml:NameID>" + index + "</samlp:LogoutRequest>";
        }
    }

    private static String head(String id, Instant issuedAt, String destination) {
        return " xmlns:samlp=\"urn:oasis:names:tc:SAML:2.0:protocol\" ID=\"" + id + "\" Version=\"2.0\" IssueInstant=\""
                + issuedAt.truncatedTo(ChronoUnit.SECONDS) + "\" Destination=\"" + escape(destination) + "\"";
    }

    private static String issuer(String serviceProvider) {
        return "<saml:Issuer xmlns:saml=\"urn:oasis:names:tc:SAML:2.0:assertion\">" + escape(serviceProvider)
                + "</saml:Issuer>";
    }

    private static String escape(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace("\"", "&quot;");
    }
}
