package io.pileus.cognito.idp;

import static io.pileus.cognito.idp.Cognito.PASSWORD;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import io.pileus.cognito.idp.model.*;
import io.pileus.cognito.idp.oidc.PagesState;
import io.pileus.cognito.idp.state.PoolsState;
import io.pileus.core.http.Headers;
import io.pileus.core.http.HttpResponse;
import io.pileus.core.service.EmulatedService;
import io.pileus.core.service.ResetScope;
import io.pileus.core.service.ServiceApi;
import io.pileus.core.shape.JsonTrees;
import io.pileus.core.state.StateSink;
import io.pileus.core.state.StateSource;
import io.pileus.core.testkit.SavedStates;
import io.pileus.core.testkit.TestEnvironment;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A restart in the midst of a sign-in by the pages, which then goes on as if nothing had been. */
class SavedPagesTest {
    private static final String CALLBACK = "https://app.example.com/callback";

    private final TestEnvironment env = TestEnvironment.fresh();
    private Cognito cognito = new Cognito(env);
    private PagesState state = new PagesState(cognito.service.realm());
    private HostedBrowser browser = new HostedBrowser(cognito, state, Map.of());
    private final SamlProvider idp = new SamlProvider(cognito.call().receivedAt());
    private String pool = "";
    private String client = "";

    @BeforeEach
    void aUserOfAClient() {
        pool = cognito.pool();
        cognito.service.createIdentityProvider(
                CreateIdentityProviderRequest.builder()
                        .userPoolId(pool)
                        .providerName("Corp")
                        .providerType("SAML")
                        .providerDetails(Map.of("MetadataFile", idp.metadata(), "IDPInit", "true"))
                        .build(),
                cognito.call());
        client = cognito.client(
                pool,
                c -> c.allowedOAuthFlowsUserPoolClient(true)
                        .allowedOAuthFlows(List.of("code"))
                        .allowedOAuthScopes(List.of("openid", "email"))
                        .callbackURLs(List.of(CALLBACK))
                        .supportedIdentityProviders(List.of("COGNITO", "Corp")));
        cognito.user(client, "alice");
    }

    /** The parts of the service that the pages need, as the whole saves them. */
    private record Saved(Realm realm, PagesState pages) implements EmulatedService {
        @Override
        public List<ServiceApi> apis() {
            return List.of();
        }

        @Override
        public void reset(ResetScope scope) {
            throw new AssertionError("not used");
        }

        @Override
        public void save(StateSink sink) {
            new PoolsState(realm.pools()).save(sink);
            pages.save(sink);
        }

        @Override
        public void load(StateSource source) {
            new PoolsState(realm.pools()).load(source);
            pages.load(source);
        }
    }

    private void restart() {
        SavedStates saved = SavedStates.of(new Saved(cognito.service.realm(), state));
        cognito = new Cognito(env);
        state = new PagesState(cognito.service.realm());
        saved.loadInto(new Saved(cognito.service.realm(), state));
        String left = browser.left;
        browser = new HostedBrowser(cognito, state, browser.cookies());
        browser.left = left;
    }

    private String authorize(String more) {
        return "/oauth2/authorize?response_type=code&client_id=" + client
                + "&redirect_uri=https%3A%2F%2Fapp.example.com%2Fcallback&scope=openid&state=s&nonce=n" + more;
    }

    private HttpResponse exchange() {
        String code = browser.left.replaceAll(".*[?&]code=([^&]*).*", "$1");
        return browser.send(
                "POST",
                "/oauth2/token",
                new Headers(),
                "grant_type=authorization_code&client_id=" + client
                        + "&redirect_uri=https%3A%2F%2Fapp.example.com%2Fcallback&code=" + code);
    }

    private static JWTClaimsSet idToken(HttpResponse response) throws Exception {
        JsonNode answer = JsonTrees.mapper()
                .readTree(((HttpResponse.Complete) response.body()).payload().bytes());
        return SignedJWT.parse(answer.path("id_token").asText()).getJWTClaimsSet();
    }

    @Test
    void aCodeAndTheSessionOfItsBrowserOutliveARestart() throws Exception {
        browser.open(authorize(""));
        browser.submit(Map.of("username", "alice", "password", PASSWORD));
        Instant signedIn = cognito.call().receivedAt();
        restart();

        assertThat(idToken(exchange()).getClaim("nonce")).isEqualTo("n");
        assertThat(exchange().status()).as("a code works once").isEqualTo(400);
        restart();
        assertThat(exchange().status()).as("nor after the next restart").isEqualTo(400);

        cognito.advance(Duration.ofMinutes(59));
        browser.open(authorize(""));
        assertThat(browser.left).startsWith(CALLBACK + "?code=");
        assertThat(idToken(exchange()).getClaim("auth_time"))
                .as("when the user signed in, not when the browser came back")
                .isEqualTo(signedIn.getEpochSecond());
        cognito.advance(Duration.ofMinutes(1));
        browser.open(authorize(""));
        assertThat(browser.left).isEmpty();
    }

    @Test
    void aSignInThatIsUnderWayElsewhereComesBackToTheNextEmulator() throws Exception {
        browser.open(authorize("&identity_provider=Corp"));
        Map<String, String> request = SamlProvider.request(browser.left);
        restart();

        String response =
                idp.response(pool, "bob", SamlProvider.id(request.get("SAMLRequest")), Map.of(), Optional.empty());
        browser.post("/saml2/idpresponse", Map.of("SAMLResponse", response, "RelayState", request.get("RelayState")));

        assertThat(browser.left).startsWith(CALLBACK + "?code=").endsWith("&state=s");
        assertThat(idToken(exchange()).getClaim("cognito:username")).isEqualTo("Corp_bob");
    }

    @Test
    void anAssertionIsNotTakenAgainAfterARestart() throws Exception {
        Map<String, String> form = Map.of(
                "SAMLResponse",
                idp.response(pool, "bob", "", Map.of(), Optional.empty()),
                "RelayState",
                "redirect_uri=https%3A%2F%2Fapp.example.com%2Fcallback&response_type=code&scope=openid"
                        + "&identity_provider=Corp&client_id=" + client);
        browser.post("/saml2/idpresponse", form);
        assertThat(browser.left).startsWith(CALLBACK + "?code=");
        restart();

        browser.post("/saml2/idpresponse", form);

        assertThat(browser.left).contains("The+assertion+has+been+used+before");
    }

    @Test
    void whatBelongsToAForgottenPoolIsForgotten() {
        browser.open(authorize(""));
        browser.submit(Map.of("username", "alice", "password", PASSWORD));

        state.forget(pool::equals);

        assertThat(exchange().status()).isEqualTo(400);
    }
}
