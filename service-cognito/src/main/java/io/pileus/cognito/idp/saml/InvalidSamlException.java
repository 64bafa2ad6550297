package io.pileus.cognito.idp.saml;

/** A SAML document that cannot be trusted or understood; the message says why. */
public final class InvalidSamlException extends Exception {
    private static final long serialVersionUID = 1L;

    public InvalidSamlException(String message) {
        super(message, null, false, false);
    }
}
