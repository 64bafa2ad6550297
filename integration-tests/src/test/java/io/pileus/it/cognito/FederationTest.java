package io.pileus.it.cognito;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.cognitoidentityprovider.CognitoIdentityProviderClient;
import software.amazon.awssdk.services.cognitoidentityprovider.model.*;

/** Sign-ins at a pool by way of other providers: another pool as an OpenID Connect or social provider, and SAML. */
class FederationTest {
    private static final String APP = "https://app.test/callback";

    private final CognitoServer server = new CognitoServer();
    private final CognitoIdentityProviderClient admin = server.admin();
    private final PagesBrowser browser = new PagesBrowser(server.pileus.endpoint(), APP);

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
                + PagesBrowser.encode(APP) + "&scope=openid+email&state=s1&identity_provider=" + provider;
    }

    private String signIn(HttpResponse<String> page) throws IOException, InterruptedException {
        return browser.signIn(page, "alice", "Passw0rd!");
    }

    private JWTClaimsSet idToken(UserPoolClientType client, String callback) throws Exception {
        assertThat(callback).startsWith(APP + "?code=").endsWith("&state=s1");
        String code = callback.substring((APP + "?code=").length(), callback.indexOf('&'));
        HttpResponse<String> tokens = browser.post(
                "/oauth2/token",
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
                        code));
        return SignedJWT.parse(new ObjectMapper()
                        .readTree(tokens.body())
                        .path("id_token")
                        .asText())
                .getJWTClaimsSet();
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

        JWTClaimsSet claims = idToken(here, signIn(browser.open(authorizeUrl(here, "Partner"))));

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
        assertThat(PagesBrowser.location(browser.open(authorizeUrl(here, "Partner"))))
                .contains("error=")
                .contains("state=s1");
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

        JWTClaimsSet claims = idToken(here, signIn(browser.open(authorizeUrl(here, "Google"))));

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
        String relayState = "identity_provider=Corp&client_id=" + here.clientId() + "&redirect_uri="
                + PagesBrowser.encode(APP) + "&response_type=code&scope=openid+email&state=s1";
        String response = idp.response("alice", "urn:amazon:cognito:sp:" + pool, recipient);

        String callback = PagesBrowser.location(
                browser.post(recipient, Map.of("SAMLResponse", response, "RelayState", relayState)));

        JWTClaimsSet claims = idToken(here, callback);
        assertThat(claims.getStringClaim("cognito:username")).isEqualTo("Corp_alice");
        assertThat(claims.getStringClaim("email")).isEqualTo("alice@example.com");
        String another = idp.response("alice", "urn:amazon:cognito:sp:us-east-1_other", recipient);
        assertThat(PagesBrowser.location(
                        browser.post(recipient, Map.of("SAMLResponse", another, "RelayState", relayState))))
                .contains("error=");
    }
}
