package io.pileus.cognito.idp.state;

import java.time.Instant;

/**
 * A user's identity at an identity provider, as the {@code identities} attribute shows it.
 *
 * @param attributeName the provider's attribute that the id is in; {@code Cognito_Subject} for its own subject
 */
public record LinkedIdentity(
        String userId,
        String providerName,
        String providerType,
        String issuer,
        String attributeName,
        boolean primary,
        Instant dateCreated) {}
