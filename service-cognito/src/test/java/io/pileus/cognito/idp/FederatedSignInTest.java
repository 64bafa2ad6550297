package io.pileus.cognito.idp;

import static io.pileus.cognito.idp.Cognito.attribute;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.pileus.cognito.idp.model.AdminCreateUserRequest;
import io.pileus.cognito.idp.model.AdminGetUserRequest;
import io.pileus.cognito.idp.model.AdminGetUserResponse;
import io.pileus.cognito.idp.model.AdminLinkProviderForUserRequest;
import io.pileus.cognito.idp.model.AttributeType;
import io.pileus.cognito.idp.model.CreateIdentityProviderRequest;
import io.pileus.cognito.idp.model.DescribeIdentityProviderRequest;
import io.pileus.cognito.idp.model.GetSigningCertificateRequest;
import io.pileus.cognito.idp.model.InboundFederationLambdaType;
import io.pileus.cognito.idp.model.LambdaConfigType;
import io.pileus.cognito.idp.model.ProviderUserIdentifierType;
import io.pileus.cognito.idp.model.SchemaAttributeType;
import io.pileus.core.port.FunctionInvoker;
import io.pileus.core.shape.JsonTrees;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Users who come from a SAML provider: the messages both ways, and what becomes of them in the pool. */
class FederatedSignInTest {
    private static final String CALLBACK = "https://app.example.com/callback";
    private static final String BYE = "https://app.example.com/bye";
    private final Cognito cognito = Cognito.fresh();
    private final HostedBrowser browser = new HostedBrowser(cognito);
    private final FakeFunctions functions = new FakeFunctions();
    private final SamlProvider idp = new SamlProvider(cognito.call().receivedAt());
    private String pool = "";
    private String client = "";

    @BeforeEach
    void provideFunctions() {
        cognito.env.ports().provide(FunctionInvoker.class, functions);
    }

    private void poolWithProvider(
            UnaryOperator<LambdaConfigType.Builder> lambda, List<SchemaAttributeType> schema, String... details) {
        pool = cognito.pool(p ->
                p.lambdaConfig(lambda.apply(LambdaConfigType.builder()).build()).schema_(schema));
        Map<String, String> all = new LinkedHashMap<>();
        all.put("MetadataFile", idp.metadata());
        for (int i = 0; i < details.length; i += 2) {
            all.put(details[i], details[i + 1]);
        }
        cognito.service.createIdentityProvider(
                CreateIdentityProviderRequest.builder()
                        .userPoolId(pool)
                        .providerName("Corp")
                        .providerType("SAML")
                        .providerDetails(all)
                        .attributeMapping(Map.of("email", "mail", "given_name", "first"))
                        .build(),
                cognito.call());
        client = cognito.client(
                pool,
                c -> c.allowedOAuthFlowsUserPoolClient(true)
                        .allowedOAuthFlows(List.of("code"))
                        .allowedOAuthScopes(List.of("openid"))
                        .callbackURLs(List.of(CALLBACK))
                        .logoutURLs(List.of(BYE))
                        .supportedIdentityProviders(List.of("COGNITO", "Corp")));
    }

    private void poolWithProvider(String... details) {
        poolWithProvider(l -> l, List.of(), details);
    }

    private Map<String, String> authorize() {
        browser.open("/oauth2/authorize?response_type=code&client_id=" + client
                + "&redirect_uri=https%3A%2F%2Fapp.example.com%2Fcallback&scope=openid&state=s&identity_provider=Corp");
        assertThat(browser.left).startsWith("https://idp.test/sso?SAMLRequest=");
        try {
            return SamlProvider.request(browser.left);
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private Map<String, String> providerDetails() {
        return cognito.service
                .describeIdentityProvider(
                        DescribeIdentityProviderRequest.builder()
                                .userPoolId(pool)
                                .providerName("Corp")
                                .build(),
                        cognito.call())
                .identityProvider()
                .providerDetails();
    }

    private void answer(Map<String, String> request, String nameId, Map<String, String> attributes) throws Exception {
        Optional<String> certificate = Optional.ofNullable(providerDetails().get("ActiveEncryptionCertificate"));
        String response =
                idp.response(pool, nameId, SamlProvider.id(request.get("SAMLRequest")), attributes, certificate);
        browser.post("/saml2/idpresponse", Map.of("SAMLResponse", response, "RelayState", request.get("RelayState")));
    }

    private void signIn(String nameId, Map<String, String> attributes) throws Exception {
        answer(authorize(), nameId, attributes);
    }

    private String certificate() {
        return cognito.service
                .getSigningCertificate(
                        GetSigningCertificateRequest.builder().userPoolId(pool).build(), cognito.call())
                .certificate();
    }

    private AdminGetUserResponse user(String username) {
        return cognito.service.adminGetUser(
                AdminGetUserRequest.builder()
                        .userPoolId(pool)
                        .username(username)
                        .build(),
                cognito.call());
    }

    private String attributeOf(String username, String name) {
        return user(username).userAttributes().stream()
                .filter(a -> a.name().equals(name))
                .map(AttributeType::value)
                .findFirst()
                .orElse("");
    }

    @Test
    void requestsAreSignedAndResponsesEncryptedWhereTheProviderSaysSo() throws Exception {
        poolWithProvider("RequestSigningAlgorithm", "rsa-sha256", "EncryptedResponses", "true");

        Map<String, String> request = authorize();
        assertThat(request.get("SAMLRequest"))
                .contains("AssertionConsumerServiceURL=\"http://localhost:4566/saml2/idpresponse\"")
                .contains("urn:amazon:cognito:sp:" + pool);
        assertThat(SamlProvider.signed(browser.left, certificate())).isTrue();
        answer(request, "alice", Map.of("mail", "alice@example.com"));

        assertThat(browser.left).startsWith(CALLBACK + "?code=").endsWith("&state=s");
        assertThat(attributeOf("Corp_alice", "email")).isEqualTo("alice@example.com");
        String plain = idp.response(pool, "alice", "", Map.of(), Optional.empty());
        browser.post(
                "/saml2/idpresponse",
                Map.of("SAMLResponse", plain, "RelayState", authorize().get("RelayState")));
        assertThat(browser.left)
                .isEqualTo(CALLBACK + "?error_description=Invalid+SAML+response+received%3A+The+assertion+is+not"
                        + "+encrypted.+&state=s&error=server_error");
    }

    @Test
    void withoutThoseSettingsRequestsAreNotSigned() throws Exception {
        poolWithProvider();

        assertThat(authorize()).doesNotContainKey("Signature");
        assertThat(providerDetails())
                .containsEntry("SSORedirectBindingURI", "https://idp.test/sso")
                .containsEntry("SLORedirectBindingURI", "https://idp.test/slo")
                .containsEntry("IDPSignout", "false")
                .doesNotContainKey("ActiveEncryptionCertificate");
    }

    @Test
    void aResponseAnswersItsRequestOnce() throws Exception {
        poolWithProvider();
        Map<String, String> request = authorize();
        Map<String, String> other = authorize();

        answer(Map.of("SAMLRequest", request.get("SAMLRequest"), "RelayState", other.get("RelayState")), "a", Map.of());
        assertThat(browser.left).contains("Invalid+InResponseTo");
        answer(request, "alice", Map.of());
        assertThat(browser.left).startsWith(CALLBACK + "?code=");
        answer(request, "alice", Map.of());

        assertThat(browser.left).isEmpty();
        assertThat(browser.page).contains("Invalid relayState from identity provider");
    }

    @Test
    void aProviderBeginsByItselfOnlyWhereItMay() throws Exception {
        String relayState = "&redirect_uri=https%3A%2F%2Fapp.example.com%2Fcallback&response_type=code&scope=openid"
                + "&identity_provider=Corp&client_id=";
        poolWithProvider();
        browser.post(
                "/saml2/idpresponse",
                Map.of(
                        "SAMLResponse",
                        idp.response(pool, "alice", "", Map.of(), Optional.empty()),
                        "RelayState",
                        relayState + client));
        assertThat(browser.left).contains("Invalid+samlResponse+or+relayState+from+identity+provider");

        poolWithProvider("IDPInit", "true");
        browser.post(
                "/saml2/idpresponse",
                Map.of(
                        "SAMLResponse",
                        idp.response(pool, "alice", "", Map.of(), Optional.empty()),
                        "RelayState",
                        relayState + client));
        assertThat(browser.left).startsWith(CALLBACK + "?code=");
    }

    @Test
    void anAssertionThatNobodyAskedForSignsInOnce() throws Exception {
        poolWithProvider("IDPInit", "true");
        Map<String, String> form = Map.of(
                "SAMLResponse",
                idp.response(pool, "alice", "", Map.of(), Optional.empty()),
                "RelayState",
                "redirect_uri=https%3A%2F%2Fapp.example.com%2Fcallback&response_type=code&scope=openid"
                        + "&identity_provider=Corp&client_id=" + client);
        browser.post("/saml2/idpresponse", form);
        assertThat(browser.left).startsWith(CALLBACK + "?code=");

        for (Duration later : List.of(Duration.ZERO, Duration.ofDays(1).plusMinutes(2))) {
            cognito.advance(later);
            browser.post("/saml2/idpresponse", form);
            assertThat(browser.left).contains("The+assertion+has+been+used+before");
        }

        cognito.advance(Duration.ofMinutes(1));
        browser.post("/saml2/idpresponse", form);
        assertThat(browser.left).contains("The+assertion+has+expired");
    }

    @Test
    void signingOutAlsoEndsTheProvidersSession() throws Exception {
        poolWithProvider("IDPSignout", "true");
        signIn("alice", Map.of());

        String logout = "/logout?client_id=" + client + "&logout_uri=https%3A%2F%2Fapp.example.com%2Fbye";
        browser.open(logout);

        assertThat(browser.left).startsWith("https://idp.test/slo?SAMLRequest=");
        assertThat(SamlProvider.signed(browser.left, certificate())).isTrue();
        Map<String, String> request = SamlProvider.request(browser.left);
        assertThat(request.get("SAMLRequest"))
                .contains(">alice</saml:NameID>")
                .contains("Format=\"urn:oasis:names:tc:SAML:2.0:nameid-format:persistent\"")
                .contains("<samlp:SessionIndex>_s1</samlp:SessionIndex>");
        browser.post(
                "/saml2/logout",
                Map.of(
                        "SAMLResponse",
                        SamlProvider.logoutResponse(SamlProvider.id(request.get("SAMLRequest"))),
                        "RelayState",
                        request.get("RelayState")));
        assertThat(browser.left).isEqualTo(BYE);
        // The session here ended with the first step.
        browser.open(logout);
        assertThat(browser.left).isEqualTo(BYE);
    }

    @Test
    void aSignOutIsAnsweredByItsOwnResponseOnly() throws Exception {
        poolWithProvider("IDPSignout", "true");
        signIn("alice", Map.of());
        browser.open("/logout?client_id=" + client + "&logout_uri=https%3A%2F%2Fapp.example.com%2Fbye");
        String relayState = SamlProvider.request(browser.left).get("RelayState");

        browser.post(
                "/saml2/logout",
                Map.of("SAMLResponse", SamlProvider.logoutResponse("_other"), "RelayState", relayState));
        assertThat(browser.page).contains("Invalid SAML response received");
        browser.post("/saml2/logout", Map.of("SAMLResponse", "x", "RelayState", "unknown"));
        assertThat(browser.page).contains("Invalid relayState from identity provider");
    }

    @Test
    void attributesAreTakenOverAtEachSignIn() throws Exception {
        poolWithProvider();
        signIn("alice", Map.of("mail", "old@example.com", "first", "Al", "unmapped", "x"));
        assertThat(user("Corp_alice").userStatus()).isEqualTo("EXTERNAL_PROVIDER");
        assertThat(attributeOf("Corp_alice", "email_verified")).isEqualTo("false");

        signIn("alice", Map.of("mail", "new@example.com"));

        assertThat(attributeOf("Corp_alice", "email")).isEqualTo("new@example.com");
        assertThat(attributeOf("Corp_alice", "given_name")).isEqualTo("Al");
        JsonNode identity = JsonTrees.mapper()
                .readTree(attributeOf("Corp_alice", "identities"))
                .get(0);
        assertThat(identity.path("userId").asText()).isEqualTo("alice");
        assertThat(identity.path("providerName").asText()).isEqualTo("Corp");
        assertThat(identity.path("providerType").asText()).isEqualTo("SAML");
        assertThat(identity.path("issuer").isNull()).isTrue();
        assertThat(identity.path("primary").asBoolean()).isTrue();
    }

    @Test
    void whatThePoolDemandsOfAttributesHoldsForProvidersToo() throws Exception {
        poolWithProvider(
                l -> l,
                List.of(SchemaAttributeType.builder()
                        .name("email")
                        .attributeDataType("String")
                        .required(true)
                        .mutable(false)
                        .build()));
        signIn("alice", Map.of("first", "Al"));
        assertThat(browser.left).contains("email%3A+The+attribute+is+required").endsWith("&error=server_error");

        signIn("alice", Map.of("mail", "alice@example.com"));
        assertThat(browser.left).startsWith(CALLBACK + "?code=");
        signIn("alice", Map.of("mail", "alice@example.com"));

        assertThat(browser.left).contains("user.email%3A+Attribute+cannot+be+updated.");
    }

    private void localUser(String username) {
        cognito.service.adminCreateUser(
                AdminCreateUserRequest.builder()
                        .userPoolId(pool)
                        .username(username)
                        .messageAction("SUPPRESS")
                        .userAttributes(List.of(attribute("email", username + "@example.com")))
                        .build(),
                cognito.call());
    }

    private void link(String username, String attribute, String value) {
        cognito.service.adminLinkProviderForUser(
                AdminLinkProviderForUserRequest.builder()
                        .userPoolId(pool)
                        .destinationUser(ProviderUserIdentifierType.builder()
                                .providerName("Cognito")
                                .providerAttributeValue(username)
                                .build())
                        .sourceUser(ProviderUserIdentifierType.builder()
                                .providerName("Corp")
                                .providerAttributeName(attribute)
                                .providerAttributeValue(value)
                                .build())
                        .build(),
                cognito.call());
    }

    @Test
    void whoIsLinkedSignsInAsTheUserOfThePool() throws Exception {
        poolWithProvider();
        localUser("bob");
        localUser("carol");
        link("bob", "Cognito_Subject", "idp-bob");
        link("carol", "mail", "carol@corp.example.com");

        signIn("idp-bob", Map.of("mail", "bob@corp.example.com"));
        assertThat(browser.left).startsWith(CALLBACK + "?code=");
        signIn("idp-carol", Map.of("mail", "carol@corp.example.com"));
        assertThat(browser.left).startsWith(CALLBACK + "?code=");
        signIn("carol@corp.example.com", Map.of("mail", "eve@corp.example.com"));

        assertThat(attributeOf("bob", "email")).isEqualTo("bob@corp.example.com");
        assertThat(attributeOf("carol", "email")).isEqualTo("carol@corp.example.com");
        assertThat(user("Corp_carol@corp.example.com").userStatus())
                .as("a subject that looks like carol's address is not carol")
                .isEqualTo("EXTERNAL_PROVIDER");
    }

    @Test
    void theTriggersOfAFirstSignInAreOthersThanThoseOfALaterOne() throws Exception {
        String any = functions.addPlain("any");
        poolWithProvider(
                l -> l.preSignUp(any)
                        .postConfirmation(any)
                        .preAuthentication(any)
                        .postAuthentication(any)
                        .inboundFederation(InboundFederationLambdaType.builder()
                                .lambdaArn(any)
                                .lambdaVersion("V1_0")
                                .build()),
                List.of());

        signIn("alice", Map.of("mail", "alice@example.com"));

        assertThat(functions.events)
                .extracting(event -> event.path("triggerSource").asText())
                .containsExactly(
                        "InboundFederation_ExternalProvider",
                        "PreSignUp_ExternalProvider",
                        "PostConfirmation_ConfirmSignUp");
        ObjectNode inbound = functions.event("InboundFederation_ExternalProvider");
        assertThat(inbound.get("request"))
                .isEqualTo(JsonTrees.mapper()
                        .readTree("{\"providerName\":\"Corp\",\"providerType\":\"SAML\",\"attributes\":"
                                + "{\"samlResponse\":{\"mail\":\"alice@example.com\"}}}"));
        assertThat(inbound.get("response")).isEqualTo(JsonTrees.mapper().readTree("{\"userAttributesToMap\":{}}"));
        ObjectNode signUp = functions.event("PreSignUp_ExternalProvider");
        assertThat(signUp.path("userName").asText()).isEqualTo("Corp_alice");
        assertThat(signUp.get("request"))
                .isEqualTo(JsonTrees.mapper()
                        .readTree("{\"userAttributes\":{\"cognito:email_alias\":\"\","
                                + "\"cognito:phone_number_alias\":\"\",\"email\":\"alice@example.com\","
                                + "\"email_verified\":\"false\"},\"validationData\":{}}"));
        functions.events.clear();
        signIn("alice", Map.of("mail", "alice@example.com"));
        assertThat(functions.events)
                .extracting(event -> event.path("triggerSource").asText())
                .containsExactly(
                        "InboundFederation_ExternalProvider",
                        "PreAuthentication_Authentication",
                        "PostAuthentication_Authentication");
    }

    @Test
    void inboundFederationReplacesWhatTheProviderSaid() throws Exception {
        String change = functions.add(
                "change",
                event -> ((ObjectNode) event.get("response"))
                        .putObject("userAttributesToMap")
                        .put("mail", "changed@example.com"));
        poolWithProvider(
                l -> l.inboundFederation(InboundFederationLambdaType.builder()
                        .lambdaArn(change)
                        .lambdaVersion("V1_0")
                        .build()),
                List.of());

        signIn("alice", Map.of("mail", "alice@example.com", "first", "Al"));

        assertThat(attributeOf("Corp_alice", "email")).isEqualTo("changed@example.com");
        assertThat(attributeOf("Corp_alice", "given_name")).isEmpty();
    }

    @Test
    void aTriggerThatRefusesIsHeardAtTheApplication() throws Exception {
        String refuse = functions.add("refuse", event -> {
            throw new IllegalStateException("Invalid email domain");
        });
        poolWithProvider(l -> l.preSignUp(refuse), List.of());

        signIn("alice", Map.of("mail", "alice@example.com"));

        assertThat(browser.left)
                .isEqualTo(CALLBACK + "?error_description=Invalid+SAML+response+received%3A+PreSignUp+failed+with"
                        + "+error+Invalid+email+domain.+&state=s&error=server_error");
    }

    @Test
    void aTriggerMayLinkTheUserWhileTheySignUp() throws Exception {
        String link = functions.add("link", event -> {
            if (event.path("triggerSource").asText().equals("PreSignUp_ExternalProvider")) {
                link("bob", "Cognito_Subject", "idp-bob");
            }
        });
        poolWithProvider(l -> l.preSignUp(link), List.of());
        localUser("bob");

        signIn("idp-bob", Map.of("mail", "bob@corp.example.com"));

        assertThat(browser.left).startsWith(CALLBACK + "?code=");
        assertThat(attributeOf("bob", "email")).isEqualTo("bob@corp.example.com");
    }
}
