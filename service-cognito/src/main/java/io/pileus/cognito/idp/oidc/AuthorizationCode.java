package io.pileus.cognito.idp.oidc;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What an authorization code stands for.
 *
 * @param authTime when the user proved who they are
 */
record AuthorizationCode(
        String poolId,
        String clientId,
        String sub,
        Instant authTime,
        String redirectUri,
        List<String> scopes,
        Optional<String> nonce,
        Optional<String> codeChallenge,
        Optional<String> resource,
        Optional<String> deviceKey,
        Instant expiresAt)
        implements PagesState.Remembered {}
