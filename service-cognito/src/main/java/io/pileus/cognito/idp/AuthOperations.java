package io.pileus.cognito.idp;

import io.pileus.cognito.idp.auth.AuthFlows;
import io.pileus.cognito.idp.auth.AuthStep;
import io.pileus.cognito.idp.auth.SignIn;
import io.pileus.cognito.idp.auth.ThreatProtection;
import io.pileus.cognito.idp.model.*;
import io.pileus.cognito.idp.model.UnsupportedOperationException;
import io.pileus.cognito.idp.state.AppClient;
import io.pileus.cognito.idp.state.TokenFamily;
import io.pileus.cognito.idp.state.UserPool;
import io.pileus.cognito.idp.tokens.AccessTokens;
import io.pileus.cognito.idp.tokens.TokenIssuer;
import io.pileus.core.service.CallContext;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Signing in and out: InitiateAuth, RespondToAuthChallenge, their admin twins, refresh, revocation. */
final class AuthOperations {
    private final Realm realm;
    private final AuthFlows flows;
    private final AccessTokens accessTokens;

    AuthOperations(Realm realm, AuthFlows flows, AccessTokens accessTokens) {
        this.realm = realm;
        this.flows = flows;
        this.accessTokens = accessTokens;
    }

    InitiateAuthResponse initiateAuth(InitiateAuthRequest input, CallContext call) {
        UserPool pool = realm.poolOfClient(input.clientId());
        SignIn signIn = new SignIn(
                pool,
                realm.client(pool, input.clientId()),
                input.authParameters(),
                input.clientMetadata(),
                Map.of(),
                orEmpty(input.session()),
                false,
                ipAddress(realm.client(pool, input.clientId()), input.userContextData()),
                SignIn.API,
                call);
        ThreatProtection.checkAddress(realm, signIn);
        return switch (flows.initiate(signIn, input.authFlow())) {
            case AuthStep.Authenticated done ->
                InitiateAuthResponse.builder()
                        .authenticationResult(done.result())
                        .challengeParameters(Map.of())
                        .build();
            case AuthStep.Challenge challenge ->
                InitiateAuthResponse.builder()
                        .challengeName(challenge.name())
                        .session(orNull(challenge.session()))
                        .challengeParameters(challenge.parameters())
                        .availableChallenges(orNull(challenge.available()))
                        .build();
        };
    }

    AdminInitiateAuthResponse adminInitiateAuth(AdminInitiateAuthRequest input, CallContext call) {
        UserPool pool = realm.pool(input.userPoolId(), call);
        SignIn signIn = new SignIn(
                pool,
                realm.client(pool, input.clientId()),
                input.authParameters(),
                input.clientMetadata(),
                Map.of(),
                orEmpty(input.session()),
                true,
                input.contextData() == null ? "" : orEmpty(input.contextData().ipAddress()),
                SignIn.API,
                call);
        ThreatProtection.checkAddress(realm, signIn);
        return switch (flows.initiate(signIn, input.authFlow())) {
            case AuthStep.Authenticated done ->
                AdminInitiateAuthResponse.builder()
                        .authenticationResult(done.result())
                        .challengeParameters(Map.of())
                        .build();
            case AuthStep.Challenge challenge ->
                AdminInitiateAuthResponse.builder()
                        .challengeName(challenge.name())
                        .session(orNull(challenge.session()))
                        .challengeParameters(challenge.parameters())
                        .availableChallenges(orNull(challenge.available()))
                        .build();
        };
    }

    RespondToAuthChallengeResponse respondToAuthChallenge(RespondToAuthChallengeRequest input, CallContext call) {
        UserPool pool = realm.poolOfClient(input.clientId());
        SignIn signIn = new SignIn(
                pool,
                realm.client(pool, input.clientId()),
                input.challengeResponses(),
                Map.of(),
                input.clientMetadata(),
                orEmpty(input.session()),
                false,
                ipAddress(realm.client(pool, input.clientId()), input.userContextData()),
                SignIn.API,
                call);
        return switch (flows.respond(signIn, input.challengeName())) {
            case AuthStep.Authenticated done ->
                RespondToAuthChallengeResponse.builder()
                        .authenticationResult(done.result())
                        .challengeParameters(Map.of())
                        .build();
            case AuthStep.Challenge challenge ->
                RespondToAuthChallengeResponse.builder()
                        .challengeName(challenge.name())
                        .session(orNull(challenge.session()))
                        .challengeParameters(challenge.parameters())
                        .build();
        };
    }

    AdminRespondToAuthChallengeResponse adminRespondToAuthChallenge(
            AdminRespondToAuthChallengeRequest input, CallContext call) {
        UserPool pool = realm.pool(input.userPoolId(), call);
        SignIn signIn = new SignIn(
                pool,
                realm.client(pool, input.clientId()),
                input.challengeResponses(),
                Map.of(),
                input.clientMetadata(),
                orEmpty(input.session()),
                true,
                input.contextData() == null ? "" : orEmpty(input.contextData().ipAddress()),
                SignIn.API,
                call);
        return switch (flows.respond(signIn, input.challengeName())) {
            case AuthStep.Authenticated done ->
                AdminRespondToAuthChallengeResponse.builder()
                        .authenticationResult(done.result())
                        .challengeParameters(Map.of())
                        .build();
            case AuthStep.Challenge challenge ->
                AdminRespondToAuthChallengeResponse.builder()
                        .challengeName(challenge.name())
                        .session(orNull(challenge.session()))
                        .challengeParameters(challenge.parameters())
                        .build();
        };
    }

    GetTokensFromRefreshTokenResponse getTokensFromRefreshToken(
            GetTokensFromRefreshTokenRequest input, CallContext call) {
        UserPool pool = realm.poolOfClient(input.clientId());
        AppClient client = realm.client(pool, input.clientId());
        checkClientSecret(client, input.clientSecret());
        TokenFamily family = flows.refreshAuth().family(pool, client, input.refreshToken(), call);
        TokenIssuer.Issued issued =
                flows.refreshAuth().refresh(pool, client, input.refreshToken(), family, input.clientMetadata(), call);
        return GetTokensFromRefreshTokenResponse.builder()
                .authenticationResult(issued.result().build())
                .build();
    }

    static void checkClientSecret(AppClient client, @Nullable String secret) {
        if (client.hasSecret() && (secret == null || !client.secretIs(secret))) {
            throw CognitoErrors.notAuthorized("Client secret does not match for client: " + client.id());
        }
    }

    RevokeTokenResponse revokeToken(RevokeTokenRequest input, CallContext call) {
        UserPool pool =
                realm.pools().ofClient(input.clientId()).orElseThrow(() -> UnauthorizedException.of("Unauthorized"));
        AppClient client = realm.client(pool, input.clientId());
        if (client.hasSecret() && (input.clientSecret() == null || !client.secretIs(input.clientSecret()))) {
            throw UnauthorizedException.of("Unauthorized");
        }
        revoke(pool, client, input.token());
        return RevokeTokenResponse.builder().build();
    }

    /** Revokes a refresh token and all that came from it; a token that nobody knows is revoked already. */
    static void revoke(UserPool pool, AppClient client, String token) {
        if (!client.tokensRevocable()) {
            throw UnsupportedOperationException.of("Token revocation is not enabled for this client");
        }
        if (token.chars().filter(c -> c == '.').count() == 2) {
            throw UnsupportedTokenTypeException.of("Unsupported token type");
        }
        Optional<TokenFamily> family = pool.tokens().byRefreshToken(TokenIssuer.hash(token));
        if (family.filter(f -> !f.clientId().equals(client.id())).isPresent()) {
            throw UnauthorizedException.of("Unauthorized");
        }
        family.ifPresent(f -> pool.tokens().revoke(f.originJti()));
    }

    GlobalSignOutResponse globalSignOut(GlobalSignOutRequest input, CallContext call) {
        AccessTokens.Bearer bearer = accessTokens.self(input.accessToken(), call);
        bearer.pool().tokens().revokeAll(bearer.user().sub());
        return GlobalSignOutResponse.builder().build();
    }

    AdminUserGlobalSignOutResponse adminUserGlobalSignOut(AdminUserGlobalSignOutRequest input, CallContext call) {
        UserPool pool = realm.pool(input.userPoolId(), call);
        pool.tokens().revokeAll(realm.user(pool, input.username()).sub());
        return AdminUserGlobalSignOutResponse.builder().build();
    }

    /** Where the user is, which only a client that may say so says. */
    private static String ipAddress(AppClient client, @Nullable UserContextDataType context) {
        boolean told = Boolean.TRUE.equals(client.settings().enablePropagateAdditionalUserContextData());
        return told && context != null ? orEmpty(context.ipAddress()) : "";
    }

    private static String orEmpty(@Nullable String text) {
        return text == null ? "" : text;
    }

    private static @Nullable String orNull(String text) {
        return text.isEmpty() ? null : text;
    }

    private static @Nullable List<String> orNull(List<String> list) {
        return list.isEmpty() ? null : list;
    }
}
