package io.pileus.cognito.idp.saml;

/**
 * What a provider calls a user's session with it, for signing out there later.
 *
 * @param nameIdFormat the format of the name; empty where the provider said none
 * @param sessionIndex the first statement's session; empty where the provider said none
 */
public record SamlSession(String nameId, String nameIdFormat, String sessionIndex) {}
