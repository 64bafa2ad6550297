package io.pileus.cognito.idp;

import static io.pileus.cognito.idp.Cognito.PASSWORD;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.pileus.cognito.idp.model.SetUserPoolMfaConfigRequest;
import io.pileus.cognito.idp.model.SignInPolicyType;
import io.pileus.cognito.idp.model.UserPoolPolicyType;
import io.pileus.cognito.idp.model.WebAuthnConfigurationType;
import io.pileus.core.shape.JsonTrees;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The pages of a pool whose users choose among first factors. */
class HostedChoiceTest {
    private static final String CALLBACK = "https://app.example.com/callback";
    private final Cognito cognito = Cognito.fresh();
    private final HostedBrowser browser = new HostedBrowser(cognito);
    private String pool = "";
    private String client = "";

    @BeforeEach
    void aPoolWithPasswordsPasskeysAndCodes() {
        pool = cognito.pool(p -> p.autoVerifiedAttributes(List.of("email"))
                .policies(UserPoolPolicyType.builder()
                        .signInPolicy(SignInPolicyType.builder()
                                .allowedFirstAuthFactors(List.of("PASSWORD", "WEB_AUTHN", "EMAIL_OTP"))
                                .build())
                        .build()));
        cognito.service.setUserPoolMfaConfig(
                SetUserPoolMfaConfigRequest.builder()
                        .userPoolId(pool)
                        .webAuthnConfiguration(WebAuthnConfigurationType.builder()
                                .relyingPartyId("localhost")
                                .build())
                        .build(),
                cognito.call());
        client = cognito.client(
                pool,
                c -> c.allowedOAuthFlowsUserPoolClient(true)
                        .allowedOAuthFlows(List.of("code"))
                        .allowedOAuthScopes(List.of("openid"))
                        .callbackURLs(List.of(CALLBACK)));
        cognito.user(client, "alice");
    }

    private String url(String path) {
        return path + "?response_type=code&client_id=" + client
                + "&redirect_uri=https%3A%2F%2Fapp.example.com%2Fcallback&scope=openid&state=s";
    }

    private void name(String username) {
        browser.open(url("/oauth2/authorize"));
        assertThat(browser.page).contains("Next").doesNotContain("type=\"password\"");
        browser.submit(Map.of("username", username));
    }

    private JsonNode options() throws Exception {
        Matcher options = Pattern.compile("name=\"options\" value=\"([^\"]*)\"").matcher(browser.page);
        assertThat(options.find()).as(browser.page).isTrue();
        return JsonTrees.mapper().readTree(options.group(1).replace("&quot;", "\""));
    }

    @Test
    void aPasswordIsAskedForWhenItIsChosen() {
        name("alice");
        assertThat(browser.page)
                .contains("Sign in with password", "Email a code")
                .doesNotContain("PASSWORD_SRP");
        browser.submit(Map.of("answer", "PASSWORD"));
        browser.submit(Map.of("answer", "Wrong0ne!"));
        assertThat(browser.page).contains("Incorrect username or password.");

        name("alice");
        browser.submit(Map.of("answer", "PASSWORD"));
        browser.submit(Map.of("answer", PASSWORD));

        assertThat(browser.left).startsWith(CALLBACK + "?code=");
    }

    @Test
    void aCodeThatWasSentSignsIn() {
        name("alice");
        browser.submit(Map.of("answer", "EMAIL_OTP"));
        assertThat(browser.page).contains("A code has been sent to a***@e***");
        browser.submit(Map.of("answer", "nonsense"));
        assertThat(browser.page).contains("Invalid code or auth state for the user.");
        browser.submit(Map.of("answer", cognito.lastCode()));

        assertThat(browser.left).startsWith(CALLBACK + "?code=");
    }

    @Test
    void whoIsSignedInAddsAPasskeyAndSignsInWithIt() throws Exception {
        SoftAuthenticator authenticator = new SoftAuthenticator("http://localhost:4566");
        browser.open(url("/passkeys/add"));
        assertThat(browser.page).as("without a session, sign in first").contains("Next");
        aCodeThatWasSentSignsIn();

        browser.open(url("/passkeys/add"));
        browser.submit(Map.of("answer", "{}"));
        assertThat(browser.page).contains("The credential is not supported.");
        browser.submit(Map.of("answer", authenticator.create(options()).toString()));
        assertThat(browser.left).startsWith(CALLBACK + "?code=");

        browser.open(url("/logout"));
        name("alice");
        browser.submit(Map.of("answer", "WEB_AUTHN"));
        browser.submit(Map.of("answer", authenticator.get(options()).toString()));
        assertThat(browser.left).startsWith(CALLBACK + "?code=");
    }

    @Test
    void aUserWithoutAPasswordSignsUpAndHasNothingToChoose() {
        browser.open(url("/signup"));
        browser.submit(Map.of("username", "bob", "userAttributes.email", "bob@example.com", "password", ""));
        browser.submit(Map.of("username", "bob", "code", cognito.lastCode()));
        assertThat(browser.left).startsWith(CALLBACK + "?code=");

        browser.open(url("/logout"));
        name("bob");

        assertThat(browser.page).contains("A code has been sent to b***@e***");
    }

    @Test
    void anUnknownUserIsSaidToBeUnknownUnlessTheClientHidesIt() {
        name("nobody");
        assertThat(browser.page).contains("User does not exist.");
        client = cognito.client(
                pool,
                c -> c.preventUserExistenceErrors("ENABLED")
                        .allowedOAuthFlowsUserPoolClient(true)
                        .allowedOAuthFlows(List.of("code"))
                        .allowedOAuthScopes(List.of("openid"))
                        .callbackURLs(List.of(CALLBACK)));

        name("nobody");

        assertThat(browser.page).contains("Password").doesNotContain("does not exist");
        browser.submit(Map.of("answer", PASSWORD));
        assertThat(browser.page).contains("Incorrect username or password.");
    }

    @Test
    void onlyThePagesOfPasskeysRunAScript() {
        name("alice");
        assertThat(browser.page).doesNotContain("<script");
        browser.submit(Map.of("answer", "EMAIL_OTP"));
        assertThat(browser.page).doesNotContain("<script");
    }
}
