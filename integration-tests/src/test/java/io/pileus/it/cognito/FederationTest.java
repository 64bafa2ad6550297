package io.pileus.it.cognito;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.io.IOException;
import java.net.CookieManager;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.cognitoidentityprovider.CognitoIdentityProviderClient;
import software.amazon.awssdk.services.cognitoidentityprovider.model.*;

/** Sign-ins at a pool by way of other providers: another pool as an OpenID Connect or social provider, and SAML. */
class FederationTest {
    private static final String APP = "https://app.test/callback";

    private final CognitoServer server = new CognitoServer();
    private final CognitoIdentityProviderClient admin = server.admin();
    private final HttpClient browser =
            HttpClient.newBuilder().cookieHandler(new CookieManager()).build();

    @AfterEach
    void close() {
        admin.close();
        server.close();
    }

    private String base() {
        return server.pileus.endpoint().toString();
    }

    private String pool(String name) {
        return admin.createUserPool(p -> p.poolName(name)).userPool().id();
    }

    private UserPoolClientType client(String pool, String callback, String... providers) {
        return admin.createUserPoolClient(c -> c.userPoolId(pool)
                        .clientName("app")
                        .generateSecret(true)
                        .allowedOAuthFlowsUserPoolClient(true)
                        .allowedOAuthFlows(OAuthFlowType.CODE)
                        .allowedOAuthScopes("openid", "email")
                        .callbackURLs(callback)
                        .supportedIdentityProviders(providers))
                .userPoolClient();
    }

    /** A pool with a user, and a client of it that our federated pool is. */
    private UserPoolClientType elsewhere() {
        String pool = pool("elsewhere");
        admin.adminCreateUser(u -> u.userPoolId(pool)
                .username("alice")
                .messageAction(MessageActionType.SUPPRESS)
                .userAttributes(AttributeType.builder()
                        .name("email")
                        .value("alice@example.com")
                        .build()));
        admin.adminSetUserPassword(
                p -> p.userPoolId(pool).username("alice").password("Passw0rd!").permanent(true));
        // Its keys are made now, and not while our pool waits for its tokens.
        assertThat(server.json("/" + pool + "/.well-known/jwks.json").path("keys"))
                .hasSize(2);
        return client(pool, base() + "/oauth2/idpresponse", "COGNITO");
    }

    private Map<String, String> details(UserPoolClientType client) {
        return Map.of(
                "client_id",
                client.clientId(),
                "client_secret",
                client.clientSecret(),
                "authorize_scopes",
                "openid email",
                "attributes_request_method",
                "GET",
                "oidc_issuer",
                base() + "/" + client.userPoolId());
    }

    private String authorizeUrl(UserPoolClientType client, String provider) {
        return base() + "/oauth2/authorize?response_type=code&client_id=" + client.clientId() + "&redirect_uri="
                + encode(APP) + "&scope=openid+email&state=s1&identity_provider=" + provider;
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    /** Follows redirects among the pages until one leads to the application or a page is shown. */
    private HttpResponse<String> send(HttpRequest request) throws IOException, InterruptedException {
        HttpResponse<String> response = browser.send(request, HttpResponse.BodyHandlers.ofString());
        String location = response.headers().firstValue("location").orElse("");
        return location.isEmpty() || location.startsWith(APP)
                ? response
                : send(HttpRequest.newBuilder(server.pileus.endpoint().resolve(location))
                        .build());
    }

    private static HttpRequest form(URI uri, Map<String, String> values) {
        StringBuilder body = new StringBuilder();
        values.forEach((name, value) -> body.append(body.isEmpty() ? "" : "&")
                .append(encode(name))
                .append('=')
                .append(encode(value)));
        return HttpRequest.newBuilder(uri)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(body.toString()))
                .build();
    }

    /** Signs alice in on the page that is shown. */
    private String signIn(HttpResponse<String> page) throws IOException, InterruptedException {
        Matcher action = Pattern.compile("action=\"([^\"]*)\"").matcher(page.body());
        Matcher csrf = Pattern.compile("name=\"_csrf\" value=\"([^\"]*)\"").matcher(page.body());
        assertThat(action.find() && csrf.find()).as(page.body()).isTrue();
        Map<String, String> values = new LinkedHashMap<>();
        values.put("_csrf", csrf.group(1));
        values.put("username", "alice");
        values.put("password", "Passw0rd!");
        URI target = server.pileus.endpoint().resolve(action.group(1).replace("&amp;", "&"));
        return send(form(target, values)).headers().firstValue("location").orElseThrow();
    }

    private JWTClaimsSet idToken(UserPoolClientType client, String callback) throws Exception {
        assertThat(callback).startsWith(APP + "?code=").endsWith("&state=s1");
        String code = callback.substring((APP + "?code=").length(), callback.indexOf('&'));
        HttpResponse<String> tokens = browser.send(
                form(
                        URI.create(base() + "/oauth2/token"),
                        Map.of(
                                "grant_type",
                                "authorization_code",
                                "client_id",
                                client.clientId(),
                                "client_secret",
                                client.clientSecret(),
                                "redirect_uri",
                                APP,
                                "code",
                                code)),
                HttpResponse.BodyHandlers.ofString());
        return SignedJWT.parse(new ObjectMapper()
                        .readTree(tokens.body())
                        .path("id_token")
                        .asText())
                .getJWTClaimsSet();
    }

    private HttpResponse<String> open(String url) throws IOException, InterruptedException {
        return send(HttpRequest.newBuilder(URI.create(url)).build());
    }

    @Test
    void aUserOfAnOpenIdConnectProviderBecomesAUserOfThePool() throws Exception {
        UserPoolClientType there = elsewhere();
        String pool = pool("federated");
        admin.createIdentityProvider(p -> p.userPoolId(pool)
                .providerName("Partner")
                .providerType(IdentityProviderTypeType.OIDC)
                .providerDetails(details(there))
                .attributeMapping(Map.of("email", "email")));
        UserPoolClientType here = client(pool, APP, "Partner");

        JWTClaimsSet claims = idToken(here, signIn(open(authorizeUrl(here, "Partner"))));

        String sub =
                admin.adminGetUser(g -> g.userPoolId(there.userPoolId()).username("alice")).userAttributes().stream()
                        .filter(a -> a.name().equals("sub"))
                        .findFirst()
                        .orElseThrow()
                        .value();
        assertThat(claims.getStringClaim("cognito:username")).isEqualTo("Partner_" + sub);
        assertThat(claims.getStringClaim("email")).isEqualTo("alice@example.com");
        assertThat(claims.getStringListClaim("cognito:groups")).containsExactly(pool + "_Partner");
        assertThat(claims.getClaim("identities").toString()).contains("Partner").contains(sub);
        assertThat(admin.adminGetUser(g -> g.userPoolId(pool).username("Partner_" + sub))
                        .userStatus())
                .isEqualTo(UserStatusType.EXTERNAL_PROVIDER);
        // A disabled user does not come back in, though the provider still vouches for them.
        admin.adminDisableUser(d -> d.userPoolId(pool).username("Partner_" + sub));
        assertThat(open(authorizeUrl(here, "Partner")).headers().firstValue("location"))
                .hasValueSatisfying(
                        location -> assertThat(location).contains("error=").contains("state=s1"));
    }

    @Test
    void aSocialProviderMayBeStoodInFor() throws Exception {
        UserPoolClientType there = elsewhere();
        String pool = pool("federated");
        Map<String, String> details = new LinkedHashMap<>(details(there));
        details.put("authorize_url", base() + "/oauth2/authorize");
        details.put("token_url", base() + "/oauth2/token");
        details.put("attributes_url", base() + "/oauth2/userInfo?");
        details.put("jwks_uri", base() + "/" + there.userPoolId() + "/.well-known/jwks.json");
        admin.createIdentityProvider(p -> p.userPoolId(pool)
                .providerName("Google")
                .providerType(IdentityProviderTypeType.GOOGLE)
                .providerDetails(details)
                .attributeMapping(Map.of("email", "email", "username", "sub")));
        UserPoolClientType here = client(pool, APP, "COGNITO", "Google");

        JWTClaimsSet claims = idToken(here, signIn(open(authorizeUrl(here, "Google"))));

        assertThat(claims.getStringClaim("cognito:username")).startsWith("Google_");
        assertThat(claims.getStringClaim("email")).isEqualTo("alice@example.com");
    }

    @Test
    void aSamlProviderMayBeginByItselfWhereItIsAllowedTo() throws Exception {
        String pool = pool("federated");
        SignedSaml idp = new SignedSaml(server.now());
        admin.createIdentityProvider(p -> p.userPoolId(pool)
                .providerName("Corp")
                .providerType(IdentityProviderTypeType.SAML)
                .providerDetails(Map.of("MetadataFile", idp.metadata(), "IDPInit", "true"))
                .attributeMapping(Map.of("email", "mail")));
        UserPoolClientType here = client(pool, APP, "Corp");
        String recipient = base() + "/saml2/idpresponse";
        String relayState = "identity_provider=Corp&client_id=" + here.clientId() + "&redirect_uri=" + encode(APP)
                + "&response_type=code&scope=openid+email&state=s1";
        String response = idp.response("alice", "urn:amazon:cognito:sp:" + pool, recipient);

        String callback = send(form(URI.create(recipient), Map.of("SAMLResponse", response, "RelayState", relayState)))
                .headers()
                .firstValue("location")
                .orElseThrow();

        JWTClaimsSet claims = idToken(here, callback);
        assertThat(claims.getStringClaim("cognito:username")).isEqualTo("Corp_alice");
        assertThat(claims.getStringClaim("email")).isEqualTo("alice@example.com");
        String another = idp.response("alice", "urn:amazon:cognito:sp:us-east-1_other", recipient);
        assertThat(send(form(URI.create(recipient), Map.of("SAMLResponse", another, "RelayState", relayState)))
                        .headers()
                        .firstValue("location"))
                .hasValueSatisfying(location -> assertThat(location).contains("error="));
    }
}
