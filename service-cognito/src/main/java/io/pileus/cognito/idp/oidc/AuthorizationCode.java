package io.pileus.cognito.idp.oidc;

import java.util.List;
import java.util.Optional;

/** What an authorization code stands for. */
record AuthorizationCode(
        String poolId,
        String clientId,
        String sub,
        String redirectUri,
        List<String> scopes,
        Optional<String> nonce,
        Optional<String> codeChallenge,
        Optional<String> resource) {}
