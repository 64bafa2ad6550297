package io.pileus.it.cognito;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.oauth2.sdk.AuthorizationCode;
import com.nimbusds.oauth2.sdk.AuthorizationCodeGrant;
import com.nimbusds.oauth2.sdk.AuthorizationGrant;
import com.nimbusds.oauth2.sdk.ClientCredentialsGrant;
import com.nimbusds.oauth2.sdk.OAuth2Error;
import com.nimbusds.oauth2.sdk.RefreshTokenGrant;
import com.nimbusds.oauth2.sdk.ResponseType;
import com.nimbusds.oauth2.sdk.Scope;
import com.nimbusds.oauth2.sdk.TokenRequest;
import com.nimbusds.oauth2.sdk.TokenRevocationRequest;
import com.nimbusds.oauth2.sdk.auth.ClientAuthentication;
import com.nimbusds.oauth2.sdk.auth.ClientSecretBasic;
import com.nimbusds.oauth2.sdk.auth.ClientSecretPost;
import com.nimbusds.oauth2.sdk.auth.Secret;
import com.nimbusds.oauth2.sdk.id.ClientID;
import com.nimbusds.oauth2.sdk.id.Issuer;
import com.nimbusds.oauth2.sdk.id.State;
import com.nimbusds.oauth2.sdk.pkce.CodeChallengeMethod;
import com.nimbusds.oauth2.sdk.pkce.CodeVerifier;
import com.nimbusds.oauth2.sdk.token.BearerAccessToken;
import com.nimbusds.oauth2.sdk.token.RefreshToken;
import com.nimbusds.openid.connect.sdk.AuthenticationErrorResponse;
import com.nimbusds.openid.connect.sdk.AuthenticationRequest;
import com.nimbusds.openid.connect.sdk.AuthenticationResponse;
import com.nimbusds.openid.connect.sdk.AuthenticationResponseParser;
import com.nimbusds.openid.connect.sdk.Nonce;
import com.nimbusds.openid.connect.sdk.OIDCTokenResponse;
import com.nimbusds.openid.connect.sdk.OIDCTokenResponseParser;
import com.nimbusds.openid.connect.sdk.Prompt;
import com.nimbusds.openid.connect.sdk.UserInfoRequest;
import com.nimbusds.openid.connect.sdk.UserInfoResponse;
import com.nimbusds.openid.connect.sdk.claims.IDTokenClaimsSet;
import com.nimbusds.openid.connect.sdk.op.OIDCProviderMetadata;
import com.nimbusds.openid.connect.sdk.validators.IDTokenValidator;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.security.oauth2.jwt.BadJwtException;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtIssuerValidator;
import org.springframework.security.oauth2.jwt.JwtTimestampValidator;
import org.springframework.security.oauth2.jwt.JwtValidationException;
import org.springframework.security.oauth2.jwt.JwtValidators;
import org.springframework.security.oauth2.jwt.NimbusJwtDecoder;
import software.amazon.awssdk.services.cognitoidentityprovider.CognitoIdentityProviderClient;
import software.amazon.awssdk.services.cognitoidentityprovider.model.ExplicitAuthFlowsType;
import software.amazon.awssdk.services.cognitoidentityprovider.model.FeatureType;
import software.amazon.awssdk.services.cognitoidentityprovider.model.MessageActionType;
import software.amazon.awssdk.services.cognitoidentityprovider.model.OAuthFlowType;
import software.amazon.awssdk.services.cognitoidentityprovider.model.UserPoolClientType;

/**
 * An application by Nimbus's OAuth2 and OpenID Connect library, and an API by Spring Security's JWT decoder, as they are used
 * with any provider: all they are told is the issuer.
 */
class OAuthClientsTest {
    private static final URI CALLBACK = URI.create("https://app.test/callback");

    private final CognitoServer server = new CognitoServer();
    private final CognitoIdentityProviderClient admin = server.admin();
    private final PagesBrowser browser = new PagesBrowser(server.pileus.endpoint(), CALLBACK.toString());
    private String pool = "";
    private ClientID clientId;
    private ClientAuthentication authentication;
    private OIDCProviderMetadata provider;

    @BeforeEach
    void anApplicationWithAUser() throws Exception {
        pool = admin.createUserPool(p -> p.poolName("pool")).userPool().id();
        admin.adminCreateUser(u -> u.userPoolId(pool)
                .username("alice")
                .messageAction(MessageActionType.SUPPRESS)
                .userAttributes(a -> a.name("email").value("alice@example.com")));
        admin.adminSetUserPassword(
                p -> p.userPoolId(pool).username("alice").password("Passw0rd!").permanent(true));
        UserPoolClientType client = admin.createUserPoolClient(c -> c.userPoolId(pool)
                        .clientName("app")
                        .generateSecret(true)
                        .explicitAuthFlows(ExplicitAuthFlowsType.ALLOW_USER_SRP_AUTH)
                        .refreshTokenRotation(
                                r -> r.feature(FeatureType.ENABLED).retryGracePeriodSeconds(30))
                        .allowedOAuthFlowsUserPoolClient(true)
                        .allowedOAuthFlows(OAuthFlowType.CODE)
                        .allowedOAuthScopes("openid", "email")
                        .callbackURLs(CALLBACK.toString()))
                .userPoolClient();
        clientId = new ClientID(client.clientId());
        authentication = new ClientSecretBasic(clientId, new Secret(client.clientSecret()));
        provider = OIDCProviderMetadata.resolve(new Issuer(server.pileus.endpoint() + "/" + pool));
    }

    @AfterEach
    void close() {
        admin.close();
        server.close();
    }

    private AuthenticationRequest.Builder authorization() {
        return new AuthenticationRequest.Builder(ResponseType.CODE, new Scope("openid", "email"), clientId, CALLBACK)
                .endpointURI(provider.getAuthorizationEndpointURI())
                .state(new State("s"));
    }

    private AuthenticationResponse answer(AuthenticationRequest request) throws Exception {
        var page = browser.open(request.toURI().toString());
        String location =
                page.statusCode() == 200 ? browser.signIn(page, "alice", "Passw0rd!") : PagesBrowser.location(page);
        AuthenticationResponse response = AuthenticationResponseParser.parse(URI.create(location));
        assertThat(response.getState()).isEqualTo(new State("s"));
        return response;
    }

    private TokenRequest tokenRequest(AuthorizationGrant grant) {
        return new TokenRequest.Builder(provider.getTokenEndpointURI(), authentication, grant).build();
    }

    private OIDCTokenResponse tokens(AuthorizationGrant grant) throws Exception {
        var response = OIDCTokenResponseParser.parse(
                tokenRequest(grant).toHTTPRequest().send());
        if (!response.indicatesSuccess()) {
            throw new AssertionError(response.toErrorResponse().getErrorObject().toJSONObject());
        }
        return (OIDCTokenResponse) response.toSuccessResponse();
    }

    private Object error(AuthorizationGrant grant) throws Exception {
        return OIDCTokenResponseParser.parse(tokenRequest(grant).toHTTPRequest().send())
                .toErrorResponse()
                .getErrorObject();
    }

    private OIDCTokenResponse signedIn() throws Exception {
        AuthorizationCode code =
                answer(authorization().build()).toSuccessResponse().getAuthorizationCode();
        return tokens(new AuthorizationCodeGrant(code, CALLBACK));
    }

    /** As an API does it that trusts the issuer; by the emulator's clock, which the tests move. */
    private NimbusJwtDecoder api() {
        NimbusJwtDecoder decoder = NimbusJwtDecoder.withIssuerLocation(
                        provider.getIssuer().getValue())
                .build();
        var timestamps = new JwtTimestampValidator(Duration.ZERO);
        timestamps.setClock(Clock.fixed(server.now(), ZoneOffset.UTC));
        decoder.setJwtValidator(JwtValidators.createDefaultWithValidators(
                List.of(timestamps, new JwtIssuerValidator(provider.getIssuer().getValue()))));
        return decoder;
    }

    @Test
    void aUserSignsInWithPkceAndNonceAndTheApplicationReadsWhoTheyAre() throws Exception {
        CodeVerifier verifier = new CodeVerifier();
        Nonce nonce = new Nonce();
        AuthenticationRequest request = authorization()
                .nonce(nonce)
                .codeChallenge(verifier, CodeChallengeMethod.S256)
                .build();
        AuthorizationCode code = answer(request).toSuccessResponse().getAuthorizationCode();

        OIDCTokenResponse answer = tokens(new AuthorizationCodeGrant(code, CALLBACK, verifier));

        IDTokenValidator validator = new IDTokenValidator(
                provider.getIssuer(),
                clientId,
                JWSAlgorithm.RS256,
                provider.getJWKSetURI().toURL());
        // The library reads the machine's clock; the emulator's stands still near it.
        validator.setMaxClockSkew((int) Duration.ofDays(3650).toSeconds());
        IDTokenClaimsSet claims = validator.validate(answer.getOIDCTokens().getIDToken(), nonce);
        assertThat(claims.getStringClaim("cognito:username")).isEqualTo("alice");
        assertThat(claims.getAccessTokenHash()).isNotNull();
        UserInfoResponse info = UserInfoResponse.parse(new UserInfoRequest(
                        provider.getUserInfoEndpointURI(),
                        answer.getOIDCTokens().getBearerAccessToken())
                .toHTTPRequest()
                .send());
        assertThat(info.toSuccessResponse().getUserInfo().getEmailAddress()).isEqualTo("alice@example.com");
        assertThat(info.toSuccessResponse().getUserInfo().getSubject()).isEqualTo(claims.getSubject());
        assertThat(error(new AuthorizationCodeGrant(code, CALLBACK, verifier)))
                .as("a code works once")
                .isEqualTo(OAuth2Error.INVALID_GRANT);
    }

    @Test
    void nobodyIsSignedInSilentlyBeforeTheyHaveSignedIn() throws Exception {
        AuthenticationRequest silent = authorization().prompt(Prompt.Type.NONE).build();

        AuthenticationErrorResponse refused = answer(silent).toErrorResponse();
        assertThat(refused.getErrorObject().getCode()).isEqualTo("login_required");
        signedIn();

        assertThat(answer(silent).indicatesSuccess()).isTrue();
    }

    @Test
    void aRefreshTokenIsRotatedAndTheOldOneWorksForItsGracePeriod() throws Exception {
        RefreshToken first = signedIn().getOIDCTokens().getRefreshToken();

        OIDCTokenResponse second = tokens(new RefreshTokenGrant(first));
        assertThat(second.getOIDCTokens().getRefreshToken()).isNotNull().isNotEqualTo(first);
        assertThat(second.getOIDCTokens().getIDTokenString()).isNotNull();
        server.advance(Duration.ofSeconds(29));
        tokens(new RefreshTokenGrant(first));
        server.advance(Duration.ofSeconds(1));

        assertThat(error(new RefreshTokenGrant(first))).isEqualTo(OAuth2Error.INVALID_GRANT);
    }

    @Test
    void aRevokedSignInIsOverForTheUserInfoToo() throws Exception {
        OIDCTokenResponse answer = signedIn();
        var revoked = new TokenRevocationRequest(
                        provider.getRevocationEndpointURI(),
                        authentication,
                        answer.getOIDCTokens().getRefreshToken())
                .toHTTPRequest()
                .send();
        assertThat(revoked.getStatusCode()).isEqualTo(200);

        // Not by the library: the JDK's older client, which it uses, cannot read the WWW-Authenticate that Cognito
        // sends.
        HttpResponse<String> info = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(provider.getUserInfoEndpointURI())
                                .header(
                                        "Authorization",
                                        answer.getOIDCTokens()
                                                .getBearerAccessToken()
                                                .toAuthorizationHeader())
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
        assertThat(info.statusCode()).isEqualTo(401);
        assertThat(info.body()).contains("invalid_token");
        assertThat(error(new RefreshTokenGrant(answer.getOIDCTokens().getRefreshToken())))
                .isEqualTo(OAuth2Error.INVALID_GRANT);
    }

    @Test
    void anApiBelievesTheAccessTokenUntilItExpiresAndNoOther() throws Exception {
        BearerAccessToken token = signedIn().getOIDCTokens().getBearerAccessToken();

        Jwt jwt = api().decode(token.getValue());

        assertThat(jwt.getClaimAsString("client_id")).isEqualTo(clientId.getValue());
        assertThat(jwt.getClaimAsString("token_use")).isEqualTo("access");
        assertThat(jwt.getClaimAsString("scope").split(" ")).containsExactlyInAnyOrder("openid", "email");
        assertThat(jwt.getClaimAsString("username")).isEqualTo("alice");
        String forged = token.getValue().substring(0, token.getValue().lastIndexOf('.') + 1) + "A".repeat(342);
        assertThatThrownBy(() -> api().decode(forged)).isInstanceOf(BadJwtException.class);
        server.advance(Duration.ofHours(1));
        assertThatThrownBy(() -> api().decode(token.getValue()))
                .isInstanceOf(JwtValidationException.class)
                .hasMessageContaining("expired");
    }

    @Test
    void aMachineGetsATokenForItsScopesAndForNoOthers() throws Exception {
        admin.createResourceServer(r -> r.userPoolId(pool)
                .identifier("https://api.test")
                .name("api")
                .scopes(s -> s.scopeName("read").scopeDescription("reads")));
        UserPoolClientType machine = admin.createUserPoolClient(c -> c.userPoolId(pool)
                        .clientName("machine")
                        .generateSecret(true)
                        .allowedOAuthFlowsUserPoolClient(true)
                        .allowedOAuthFlows(OAuthFlowType.CLIENT_CREDENTIALS)
                        .allowedOAuthScopes("https://api.test/read"))
                .userPoolClient();
        authentication = new ClientSecretPost(new ClientID(machine.clientId()), new Secret(machine.clientSecret()));

        OIDCTokenResponse answer = tokens(new ClientCredentialsGrant());

        Jwt jwt = api().decode(answer.getTokens().getAccessToken().getValue());
        assertThat(jwt.getSubject()).isEqualTo(machine.clientId());
        assertThat(jwt.getClaimAsString("scope")).isEqualTo("https://api.test/read");
        authentication = new ClientSecretBasic(new ClientID(machine.clientId()), new Secret("wrong"));
        assertThat(error(new ClientCredentialsGrant())).isEqualTo(OAuth2Error.INVALID_CLIENT);
    }
}
