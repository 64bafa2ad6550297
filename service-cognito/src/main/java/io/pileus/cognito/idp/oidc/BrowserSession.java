package io.pileus.cognito.idp.oidc;

import java.time.Instant;
import java.util.Optional;

/**
 * Who a session cookie stands for.
 *
 * @param authTime when the user proved who they are
 * @param deviceKey the device that the browser is to the user, where the pool keeps devices
 * @param federated the session with a SAML provider that shall end with this one
 */
record BrowserSession(
        String poolId,
        String sub,
        Instant authTime,
        Optional<String> deviceKey,
        Optional<SamlFederation.Session> federated,
        Instant expiresAt)
        implements PagesState.Remembered {}
