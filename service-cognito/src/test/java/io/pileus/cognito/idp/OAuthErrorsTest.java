package io.pileus.cognito.idp;

import static io.pileus.cognito.idp.Cognito.PASSWORD;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.nimbusds.jwt.SignedJWT;
import io.pileus.cognito.idp.model.CreateResourceServerRequest;
import io.pileus.cognito.idp.model.DescribeUserPoolClientRequest;
import io.pileus.cognito.idp.model.ResourceServerScopeType;
import io.pileus.core.http.Headers;
import io.pileus.core.http.HttpResponse;
import io.pileus.core.shape.JsonTrees;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the OAuth2 endpoints refuse, and how: words and places are those of AWS. */
class OAuthErrorsTest {
    private static final String CALLBACK = "https://app.example.com/callback";
    private final Cognito cognito = Cognito.fresh();
    private final HostedBrowser browser = new HostedBrowser(cognito);
    private String pool = "";
    private String client = "";

    @BeforeEach
    void aUserOfAClientWithACodeFlow() {
        pool = cognito.pool();
        client = cognito.client(
                pool,
                c -> c.allowedOAuthFlowsUserPoolClient(true)
                        .allowedOAuthFlows(List.of("code", "implicit"))
                        .allowedOAuthScopes(List.of("openid", "email"))
                        .callbackURLs(List.of(CALLBACK, CALLBACK + "2")));
        cognito.user(client, "alice");
    }

    private static String encoded(Map<String, String> values) {
        StringBuilder text = new StringBuilder();
        values.forEach((name, value) -> text.append(text.isEmpty() ? "" : "&")
                .append(name)
                .append('=')
                .append(URLEncoder.encode(value, StandardCharsets.UTF_8)));
        return text.toString();
    }

    private String authorize(Map<String, String> changes) {
        Map<String, String> values = new LinkedHashMap<>(Map.of(
                "response_type", "code", "client_id", client, "redirect_uri", CALLBACK, "scope", "openid email"));
        values.put("state", "s 1");
        values.putAll(changes);
        values.values().removeIf(String::isEmpty);
        return "/oauth2/authorize?" + encoded(values);
    }

    private String code(Map<String, String> changes) {
        browser.open(authorize(changes));
        if (browser.left.isEmpty()) {
            browser.submit(Map.of("username", "alice", "password", PASSWORD));
        }
        return browser.left.replaceAll(".*[?&]code=([^&]*).*", "$1");
    }

    private static JsonNode json(HttpResponse response) {
        try {
            return JsonTrees.mapper()
                    .readTree(
                            ((HttpResponse.Complete) response.body()).payload().bytes());
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private HttpResponse token(Map<String, String> form) {
        return browser.send("POST", "/oauth2/token", new Headers(), encoded(form));
    }

    private String tokenError(Map<String, String> form) {
        HttpResponse response = token(form);
        assertThat(response.status()).isEqualTo(400);
        return json(response).toString();
    }

    private Map<String, String> exchange(String code, Map<String, String> changes) {
        Map<String, String> form = new LinkedHashMap<>(Map.of(
                "grant_type", "authorization_code", "client_id", client, "redirect_uri", CALLBACK, "code", code));
        form.putAll(changes);
        form.values().removeIf(String::isEmpty);
        return form;
    }

    @ParameterizedTest
    @CsvSource({
        "response_type, '', error=invalid_request",
        "response_type, id_token, error=invalid_request",
        "scope, openid phone, error_description=invalid_scope&state=s+1&error=invalid_request",
        "code_challenge_method, plain, error=invalid_request",
        "code_challenge_method, S256, error=invalid_request",
        "code_challenge, E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM, error=invalid_request",
        "resource, http://api.example.com, error_description=invalid_resource&state=s+1&error=invalid_request",
        "prompt, none, error=login_required"
    })
    void whatIsWrongWithARequestIsSaidAtItsRedirectUri(String name, String value, String expected) {
        browser.open(authorize(Map.of(name, value)));

        assertThat(browser.left).startsWith(CALLBACK + "?").endsWith(expected).contains("state=s+1&");
    }

    @Test
    void aFlowThatTheClientLacksIsSaidInTheFragmentOfAnImplicitRequest() {
        String only = cognito.client(
                pool,
                c -> c.allowedOAuthFlowsUserPoolClient(true)
                        .allowedOAuthFlows(List.of("code"))
                        .allowedOAuthScopes(List.of("openid"))
                        .callbackURLs(List.of(CALLBACK)));

        browser.open(authorize(Map.of("client_id", only, "response_type", "token", "scope", "")));

        assertThat(browser.left)
                .isEqualTo(CALLBACK + "#error_description=unauthorized_client&state=s+1&error=invalid_request");
    }

    @ParameterizedTest
    @CsvSource({
        "client_id, '', Required String parameter &#39;client_id&#39; is not present",
        "client_id, unknown, Client does not exist",
        "redirect_uri, '', Required String parameter &#39;redirect_uri&#39; is not present",
        "redirect_uri, https://app.example.com/callback/, redirect_mismatch",
        "identity_provider, Nobody, invalid_request"
    })
    void aRequestWhoseApplicationIsInDoubtEndsOnTheErrorPage(String name, String value, String expected) {
        browser.open(authorize(Map.of(name, value)));

        assertThat(browser.left).isEmpty();
        assertThat(browser.page)
                .contains("An error was encountered with the requested page.")
                .contains(expected);
    }

    @Test
    void whoIsSignedInIsAskedAgainByPromptLoginOnly() {
        code(Map.of());
        browser.open(authorize(Map.of("prompt", "none")));
        assertThat(browser.left).contains("code=");

        browser.open(authorize(Map.of("prompt", "login consent", "login_hint", "alice@\"")));

        assertThat(browser.left).isEmpty();
        assertThat(browser.page).contains("value=\"alice@&quot;\"");
    }

    @Test
    void aResourceIsTheAudienceOfTheAccessTokenAlsoAfterARefresh() throws Exception {
        JsonNode tokens = json(token(exchange(code(Map.of("resource", "https://api.example.com/v1")), Map.of())));
        JsonNode fresh = json(token(Map.of(
                "grant_type",
                "refresh_token",
                "client_id",
                client,
                "refresh_token",
                tokens.path("refresh_token").asText())));

        for (JsonNode answer : List.of(tokens, fresh)) {
            assertThat(SignedJWT.parse(answer.path("access_token").asText())
                            .getJWTClaimsSet()
                            .getAudience())
                    .containsExactly("https://api.example.com/v1");
            assertThat(SignedJWT.parse(answer.path("id_token").asText())
                            .getJWTClaimsSet()
                            .getAudience())
                    .containsExactly(client);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "grant_type, '', invalid_request",
        "grant_type, password, unsupported_grant_type",
        "client_id, '', invalid_request",
        "client_id, unknown, invalid_client",
        "client_secret, needless, invalid_client",
        "code, '', invalid_request",
        "code, never-given, invalid_grant",
        "redirect_uri, '', invalid_request",
        "redirect_uri, https://app.example.com/callback2, invalid_grant",
        "redirect_uri, https://app.example.com/callback/, unauthorized_client",
        "code_verifier, unasked-for-unasked-for-unasked-for-unasked-for, invalid_grant"
    })
    void aTokenRequestIsRefusedWithTheErrorThatFits(String name, String value, String error) {
        assertThat(tokenError(exchange(code(Map.of()), Map.of(name, value))))
                .isEqualTo("{\"error\":\"" + error + "\"}");
    }

    @Test
    void aCodeWorksOnceWithinFiveMinutesAndForItsClient() {
        String other = cognito.client(
                pool,
                c -> c.allowedOAuthFlowsUserPoolClient(true)
                        .allowedOAuthFlows(List.of("code"))
                        .allowedOAuthScopes(List.of("openid"))
                        .callbackURLs(List.of(CALLBACK)));
        String late = code(Map.of());
        cognito.advance(Duration.ofMinutes(5));
        assertThat(tokenError(exchange(late, Map.of()))).isEqualTo("{\"error\":\"invalid_grant\"}");
        assertThat(tokenError(exchange(code(Map.of()), Map.of("client_id", other))))
                .isEqualTo("{\"error\":\"invalid_grant\"}");
        Map<String, String> once = exchange(code(Map.of()), Map.of());
        assertThat(token(once).status()).isEqualTo(200);
        assertThat(tokenError(once)).isEqualTo("{\"error\":\"invalid_grant\"}");
    }

    @Test
    void aClientThatMayNotRefreshIsUnauthorized() {
        String never = cognito.client(
                pool,
                c -> c.explicitAuthFlows(List.of("ALLOW_USER_SRP_AUTH"))
                        .allowedOAuthFlowsUserPoolClient(true)
                        .allowedOAuthFlows(List.of("code"))
                        .allowedOAuthScopes(List.of("openid"))
                        .callbackURLs(List.of(CALLBACK)));
        assertThat(tokenError(Map.of("grant_type", "refresh_token", "client_id", client)))
                .isEqualTo("{\"error\":\"invalid_request\"}");
        assertThat(tokenError(Map.of("grant_type", "refresh_token", "client_id", client, "refresh_token", "x")))
                .isEqualTo("{\"error\":\"invalid_grant\"}");
        assertThat(tokenError(Map.of("grant_type", "refresh_token", "client_id", never, "refresh_token", "x")))
                .isEqualTo("{\"error\":\"unauthorized_client\"}");
    }

    /** A client for machines; its id and secret. */
    private Map<String, String> machine() {
        cognito.service.createResourceServer(
                CreateResourceServerRequest.builder()
                        .userPoolId(pool)
                        .identifier("api")
                        .name("api")
                        .scopes(List.of(ResourceServerScopeType.builder()
                                .scopeName("read")
                                .scopeDescription("reads")
                                .build()))
                        .build(),
                cognito.call());
        String id = cognito.client(
                pool,
                c -> c.generateSecret(true)
                        .allowedOAuthFlowsUserPoolClient(true)
                        .allowedOAuthFlows(List.of("client_credentials"))
                        .allowedOAuthScopes(List.of("api/read")));
        String secret = cognito.service
                .describeUserPoolClient(
                        DescribeUserPoolClientRequest.builder()
                                .userPoolId(pool)
                                .clientId(id)
                                .build(),
                        cognito.call())
                .userPoolClient()
                .clientSecret();
        return Map.of("client_id", id, "client_secret", secret);
    }

    private HttpResponse machineToken(String basic, Map<String, String> form) {
        Headers headers = basic.isEmpty()
                ? new Headers()
                : Headers.of(
                        "Authorization",
                        "Basic " + Base64.getEncoder().encodeToString(basic.getBytes(StandardCharsets.UTF_8)));
        return browser.send("POST", "/oauth2/token", headers, encoded(form));
    }

    @Test
    void aMachineShowsItsSecretByHeaderOrForm() {
        Map<String, String> machine = machine();
        String basic = machine.get("client_id") + ":" + machine.get("client_secret");
        Map<String, String> form = new LinkedHashMap<>(machine);
        form.put("grant_type", "client_credentials");

        assertThat(json(machineToken("", form)).path("token_type").asText()).isEqualTo("Bearer");
        assertThat(machineToken(basic, Map.of("grant_type", "client_credentials"))
                        .status())
                .isEqualTo(200);
        assertThat(json(machineToken(basic, Map.of("grant_type", "client_credentials", "client_id", client))))
                .hasToString("{\"error\":\"invalid_client\"}");
        assertThat(json(machineToken(basic + "x", Map.of("grant_type", "client_credentials"))))
                .hasToString("{\"error\":\"invalid_client\"}");
        assertThat(json(machineToken(basic, Map.of("grant_type", "client_credentials", "scope", "api/read api/write"))))
                .hasToString("{\"error\":\"invalid_scope\"}");
        assertThat(json(machineToken(
                        basic, Map.of("grant_type", "authorization_code", "code", "x", "redirect_uri", CALLBACK))))
                .hasToString("{\"error\":\"unauthorized_client\"}");
        assertThat(tokenError(Map.of("grant_type", "client_credentials", "client_id", client)))
                .isEqualTo("{\"error\":\"unauthorized_client\"}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Basic", "Basic !", "Basic bm9jb2xvbg==", "Basic OnNlY3JldA=="})
    void anAuthorizationThatCannotBeReadIsAnInvalidClient(String header) {
        HttpResponse response = browser.send(
                "POST",
                "/oauth2/token",
                Headers.of("Authorization", header),
                "grant_type=client_credentials&client_id=" + (header.equals("Basic") ? "unknown" : ""));

        assertThat(json(response)).hasToString("{\"error\":\"invalid_client\"}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/oauth2/token", "/oauth2/revoke", "/_aws/cognito-idp/oauth2/token"})
    void tokensAreNotForGet(String path) {
        HttpResponse response = browser.send("GET", path, new Headers(), "");

        assertThat(response.status()).isEqualTo(405);
        assertThat(response.headers().get("Allow")).isEqualTo("POST");
    }

    @Test
    void revocationSaysWhatItCannotRevoke() {
        JsonNode tokens = json(token(exchange(code(Map.of()), Map.of())));
        HttpResponse nothing = revoke(Map.of("client_id", client));
        HttpResponse stranger = revoke(Map.of("client_id", "unknown", "token", "x"));
        HttpResponse access = revoke(
                Map.of("client_id", client, "token", tokens.path("access_token").asText()));
        HttpResponse unknown = revoke(Map.of("client_id", client, "token", "never-issued"));
        HttpResponse refresh = revoke(Map.of(
                "client_id", client, "token", tokens.path("refresh_token").asText()));

        assertThat(nothing.status()).isEqualTo(400);
        assertThat(json(nothing)).hasToString("{\"error\":\"invalid_request\"}");
        assertThat(stranger.status()).isEqualTo(401);
        assertThat(json(stranger)).hasToString("{\"error\":\"invalid_client\"}");
        assertThat(access.status()).isEqualTo(400);
        assertThat(json(access)).hasToString("{\"error\":\"unsupported_token_type\"}");
        assertThat(unknown.status()).isEqualTo(200);
        assertThat(refresh.status()).isEqualTo(200);
        HttpResponse info = userInfo("Bearer " + tokens.path("access_token").asText());
        assertThat(info.status()).isEqualTo(401);
        assertThat(info.headers().get("WWW-Authenticate"))
                .isEqualTo("error=\"invalid_token\", error_description=\"Access token is expired, disabled, or"
                        + " deleted, or the user has globally signed out.\"");
    }

    private HttpResponse revoke(Map<String, String> form) {
        return browser.send("POST", "/oauth2/revoke", new Headers(), encoded(form));
    }

    private HttpResponse userInfo(String authorization) {
        return browser.send("GET", "/oauth2/userInfo", Headers.of("Authorization", authorization), "");
    }

    @Test
    void userInfoWantsABearerOfTheOpenidScope() {
        HttpResponse missing = userInfo("");
        assertThat(missing.status()).isEqualTo(400);
        assertThat(missing.headers().get("WWW-Authenticate"))
                .isEqualTo("error=\"invalid_request\", error_description=\"Bad OAuth2 request at UserInfo Endpoint\"");
        assertThat(userInfo("Bearer nonsense").status()).isEqualTo(401);
        JsonNode tokens = json(token(exchange(code(Map.of("scope", "email")), Map.of())));
        assertThat(tokens.has("id_token")).isFalse();
        assertThat(json(userInfo("Bearer " + tokens.path("access_token").asText())))
                .hasToString("{\"error\":\"invalid_token\",\"error_description\":\"Access token does not contain openid"
                        + " scope\"}");
    }
}
