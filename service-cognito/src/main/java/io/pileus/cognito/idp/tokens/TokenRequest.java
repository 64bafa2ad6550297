package io.pileus.cognito.idp.tokens;

import io.pileus.cognito.idp.state.AppClient;
import io.pileus.cognito.idp.state.User;
import io.pileus.cognito.idp.state.UserPool;
import io.pileus.core.service.CallContext;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A sign-in that has succeeded and shall have tokens.
 *
 * @param authTime when the user proved who they are
 * @param source what the pre token generation trigger is told, without its prefix: {@code Authentication}, {@code HostedAuth} …
 * @param scopes the scopes of the access token
 * @param oauth whether the OAuth2 pages issue the tokens
 * @param nonce the nonce of the authorization request
 * @param resource the resource that the authorization request binds the access token to
 */
public record TokenRequest(
        UserPool pool,
        AppClient client,
        User user,
        Instant authTime,
        String source,
        List<String> scopes,
        boolean oauth,
        Optional<String> nonce,
        Optional<String> resource,
        Optional<String> deviceKey,
        Map<String, String> clientMetadata,
        CallContext call) {
    /** The scope of access tokens that the API issues: everything a user may do to itself. */
    public static final String ADMIN_SCOPE = "aws.cognito.signin.user.admin";
}
