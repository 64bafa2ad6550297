package io.pileus.cognito.idp;

import static io.pileus.cognito.idp.Cognito.PASSWORD;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.nimbusds.jwt.SignedJWT;
import io.pileus.cognito.identity.CognitoIdentityService;
import io.pileus.cognito.idp.crypto.Digests;
import io.pileus.cognito.idp.model.*;
import io.pileus.cognito.idp.oidc.CognitoRoutes;
import io.pileus.cognito.idp.oidc.PagesState;
import io.pileus.core.http.Headers;
import io.pileus.core.http.HttpRequest;
import io.pileus.core.http.HttpResponse;
import io.pileus.core.http.Payload;
import io.pileus.core.service.HttpRoute;
import io.pileus.core.shape.JsonTrees;
import java.io.IOException;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class OAuthTest {
    private static final String CALLBACK = "https://app.example.com/callback";
    private final Cognito cognito = Cognito.fresh();
    private final CognitoRoutes routes = new CognitoRoutes(
            cognito.service,
            new CognitoIdentityService(cognito.service.realm(), cognito.service.accessTokens()),
            new PagesState(cognito.service.realm()));
    private String pool;
    private String client;

    @BeforeEach
    void aClientWithACodeFlow() {
        pool = cognito.pool();
        client = cognito.client(
                pool,
                c -> c.allowedOAuthFlowsUserPoolClient(true)
                        .allowedOAuthFlows(List.of("code", "implicit"))
                        .allowedOAuthScopes(List.of("openid", "email"))
                        .callbackURLs(List.of(CALLBACK))
                        .logoutURLs(List.of("https://app.example.com/bye"))
                        .supportedIdentityProviders(List.of("COGNITO")));
        cognito.user(client, "alice");
    }

    private HttpResponse send(String method, String target, Headers headers, String body) {
        URI uri = URI.create("http://localhost:4566" + target);
        HttpRequest request = new HttpRequest(
                method,
                uri.getRawPath(),
                uri.getRawQuery() == null ? "" : uri.getRawQuery(),
                "http",
                "localhost:4566",
                headers,
                Payload.ofUtf8(body),
                null);
        for (HttpRoute route : routes.all()) {
            if (route.methods().contains(method) && route.template().equals(uri.getRawPath())) {
                return route.endpoint()
                        .handle(request, Map.of(), cognito.call())
                        .toCompletableFuture()
                        .join();
            }
            if (route.methods().contains(method)
                    && uri.getRawPath().equals(route.template().replace("{pool}", pool))) {
                return route.endpoint()
                        .handle(request, Map.of("pool", pool), cognito.call())
                        .toCompletableFuture()
                        .join();
            }
        }
        throw new AssertionError("no route for " + target);
    }

    private HttpResponse get(String target) {
        return send("GET", target, new Headers(), "");
    }

    private static String body(HttpResponse response) {
        return new String(((HttpResponse.Complete) response.body()).payload().bytes(), StandardCharsets.UTF_8);
    }

    private static JsonNode json(HttpResponse response) {
        try {
            return JsonTrees.mapper().readTree(body(response));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static Map<String, String> query(String url) {
        Map<String, String> values = new LinkedHashMap<>();
        for (String pair : url.split("[?#]", 2)[1].split("&")) {
            String[] parts = pair.split("=", 2);
            values.put(parts[0], URLDecoder.decode(parts[1], StandardCharsets.UTF_8));
        }
        return values;
    }

    private String authorizeUrl(String more) {
        return "/oauth2/authorize?response_type=code&client_id=" + client + "&redirect_uri="
                + CALLBACK.replace("/", "%2F").replace(":", "%3A") + "&scope=openid+email&state=s1" + more;
    }

    /** Goes through the sign-in page and returns where it sends the browser. */
    private HttpResponse signInOnPage(String authorize, String password) {
        HttpResponse redirect = get(authorize);
        assertThat(redirect.status()).isEqualTo(302);
        String login = redirect.headers().get("Location");
        assertThat(login).startsWith("/login?");
        HttpResponse page = get(login);
        Matcher token = Pattern.compile("name=\"_csrf\" value=\"([^\"]+)\"").matcher(body(page));
        assertThat(token.find()).isTrue();
        return send(
                "POST",
                login,
                Headers.of("Cookie", "XSRF-TOKEN=" + token.group(1)),
                "_csrf=" + token.group(1) + "&username=alice&password=" + password.replace("!", "%21"));
    }

    @Test
    void aCodeWithPkceBecomesTokens() throws Exception {
        String verifier = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
        String challenge =
                Base64.getUrlEncoder().withoutPadding().encodeToString(Digests.sha256(Digests.utf8(verifier)));
        HttpResponse back =
                signInOnPage(authorizeUrl("&code_challenge_method=S256&code_challenge=" + challenge), PASSWORD);
        String location = back.headers().get("Location");
        assertThat(location).startsWith(CALLBACK + "?");
        assertThat(query(location)).containsEntry("state", "s1");
        String form = "grant_type=authorization_code&client_id=" + client + "&redirect_uri=" + CALLBACK + "&code="
                + query(location).get("code") + "&code_verifier=" + verifier;
        HttpResponse answer = send("POST", "/oauth2/token", new Headers(), form);
        assertThat(answer.status()).isEqualTo(200);
        JsonNode tokens = json(answer);
        assertThat(tokens.get("token_type").asText()).isEqualTo("Bearer");
        assertThat(tokens.hasNonNull("refresh_token")).isTrue();
        var claims = SignedJWT.parse(tokens.get("id_token").asText()).getJWTClaimsSet();
        assertThat(claims.getClaim("at_hash")).isNotNull();
        assertThat(claims.getClaim("email")).isEqualTo("alice@example.com");
        assertThat(SignedJWT.parse(tokens.get("access_token").asText())
                        .getJWTClaimsSet()
                        .getClaim("scope"))
                .isEqualTo("openid email");
        assertThat(json(send("POST", "/oauth2/token", new Headers(), form))
                        .get("error")
                        .asText())
                .isEqualTo("invalid_grant");

        HttpResponse info = send(
                "GET",
                "/oauth2/userInfo",
                Headers.of(
                        "Authorization", "Bearer " + tokens.get("access_token").asText()),
                "");
        assertThat(json(info).get("username").asText()).isEqualTo("alice");
        assertThat(json(info).get("email_verified").asText()).isEqualTo("true");
    }

    @Test
    void aCodeWithoutItsVerifierIsWorthNothing() {
        HttpResponse back = signInOnPage(
                authorizeUrl("&code_challenge_method=S256&code_challenge=E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"),
                PASSWORD);
        String form = "grant_type=authorization_code&client_id=" + client + "&redirect_uri=" + CALLBACK + "&code="
                + query(back.headers().get("Location")).get("code");
        assertThat(json(send("POST", "/oauth2/token", new Headers(), form))
                        .get("error")
                        .asText())
                .isEqualTo("invalid_grant");
    }

    @Test
    void aWrongPasswordShowsThePageAgain() {
        HttpResponse page = signInOnPage(authorizeUrl(""), "Wrong0ne!");
        assertThat(page.status()).isEqualTo(200);
        assertThat(body(page)).contains("Incorrect username or password.");
    }

    @Test
    void aFormWithoutTheTokenOfItsCookieIsRefused() {
        String login = get(authorizeUrl("")).headers().get("Location");
        assertThat(send("POST", login, new Headers(), "username=alice&password=x")
                        .status())
                .isEqualTo(403);
    }

    @Test
    void anUnknownRedirectUriIsNeverRedirectedTo() {
        HttpResponse response = get("/oauth2/authorize?response_type=code&client_id=" + client
                + "&redirect_uri=https%3A%2F%2Fevil.example.com");
        assertThat(response.headers().get("Location")).isEqualTo("/error?error=redirect_mismatch&client_id=" + client);
        HttpResponse page = get(response.headers().get("Location"));
        assertThat(page.status()).isEqualTo(400);
        assertThat(body(page))
                .contains("An error was encountered with the requested page.")
                .contains("redirect_mismatch");
    }

    @Test
    void aScopeThatTheClientLacksIsAnErrorAtTheRedirectUri() {
        String location = get(authorizeUrl("").replace("openid+email", "openid+phone"))
                .headers()
                .get("Location");
        assertThat(query(location))
                .containsEntry("error", "invalid_request")
                .containsEntry("error_description", "invalid_scope")
                .containsEntry("state", "s1");
    }

    @Test
    void theImplicitFlowPutsTokensIntoTheFragment() {
        HttpResponse back =
                signInOnPage(authorizeUrl("").replace("response_type=code", "response_type=token"), PASSWORD);
        String location = back.headers().get("Location");
        assertThat(location).startsWith(CALLBACK + "#");
        assertThat(query(location)).containsKeys("id_token", "access_token").containsEntry("token_type", "Bearer");
    }

    @Test
    void clientCredentialsGiveTheScopesOfAResourceServer() throws Exception {
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
        UserPoolClientType machine = cognito.service
                .createUserPoolClient(
                        CreateUserPoolClientRequest.builder()
                                .userPoolId(pool)
                                .clientName("machine")
                                .generateSecret(true)
                                .allowedOAuthFlowsUserPoolClient(true)
                                .allowedOAuthFlows(List.of("client_credentials"))
                                .allowedOAuthScopes(List.of("api/read"))
                                .build(),
                        cognito.call())
                .userPoolClient();
        String basic = Base64.getEncoder()
                .encodeToString((machine.clientId() + ":" + machine.clientSecret()).getBytes(StandardCharsets.UTF_8));
        HttpResponse answer = send(
                "POST",
                "/oauth2/token",
                Headers.of("Authorization", "Basic " + basic),
                "grant_type=client_credentials&scope=api%2Fread");
        var claims = SignedJWT.parse(json(answer).get("access_token").asText()).getJWTClaimsSet();
        assertThat(claims.getSubject()).isEqualTo(machine.clientId());
        assertThat(claims.getClaim("scope")).isEqualTo("api/read");
        assertThat(json(answer).has("refresh_token")).isFalse();
        assertThat(json(send(
                                "POST",
                                "/oauth2/token",
                                new Headers(),
                                "grant_type=client_credentials&client_id=" + machine.clientId() + "&client_secret=no"))
                        .get("error")
                        .asText())
                .isEqualTo("invalid_client");
    }

    @Test
    void theConfigurationNamesTheKeySetBelowTheIssuer() {
        JsonNode configuration = json(get("/" + pool + "/.well-known/openid-configuration"));
        String issuer = "http://localhost:4566/" + pool;
        assertThat(configuration.get("issuer").asText()).isEqualTo(issuer);
        assertThat(configuration.get("jwks_uri").asText()).isEqualTo(issuer + "/.well-known/jwks.json");
        JsonNode keys = json(get("/" + pool + "/.well-known/jwks.json")).get("keys");
        assertThat(keys).hasSize(2);
        assertThat(keys.get(0).has("d")).isFalse();
    }

    @Test
    void signingOutLeadsOnlyToTheClientsUrls() {
        assertThat(get("/logout?client_id=" + client + "&logout_uri=https%3A%2F%2Fapp.example.com%2Fbye")
                        .headers()
                        .get("Location"))
                .isEqualTo("https://app.example.com/bye");
        assertThat(get("/logout?client_id=" + client + "&logout_uri=https%3A%2F%2Fevil.example.com")
                        .headers()
                        .get("Location"))
                .isEqualTo(
                        "/error?error=Required+String+parameter+%27redirect_uri%27+is+not+present&client_id=" + client);
        assertThat(get("/logout?logout_uri=https%3A%2F%2Fapp.example.com%2Fbye")
                        .headers()
                        .get("Location"))
                .isEqualTo("/error?error=Required+String+parameter+%27client_id%27+is+not+present");
        assertThat(get("/logout?" + authorizeUrl("").substring("/oauth2/authorize?".length()))
                        .headers()
                        .get("Location"))
                .startsWith("/login?client_id=" + client);
    }

    @Test
    void theOutboxShowsWhatWasSent() {
        JsonNode messages =
                json(get("/_pileus/cognito/messages?username=alice")).get("messages");
        assertThat(messages).hasSize(1);
        assertThat(messages.get(0).get("destination").asText()).isEqualTo("alice@example.com");
        assertThat(messages.get(0).get("code").asText()).hasSize(6);
    }
}
