package io.pileus.cognito.idp;

import static io.pileus.cognito.idp.Cognito.PASSWORD;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pileus.cognito.idp.crypto.Totp;
import io.pileus.cognito.idp.model.*;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class HostedChallengesTest {
    private static final String CALLBACK = "https://app.example.com/callback";
    private final Cognito cognito = Cognito.fresh();
    private final HostedBrowser browser = new HostedBrowser(cognito);
    private String pool = "";
    private String client = "";

    @BeforeEach
    void aClientWithACodeFlow() {
        pool = cognito.pool(p -> p.autoVerifiedAttributes(List.of("email"))
                .schema_(List.of(SchemaAttributeType.builder()
                        .name("given_name")
                        .attributeDataType("String")
                        .required(true)
                        .build())));
        client = cognito.client(
                pool,
                c -> c.allowedOAuthFlowsUserPoolClient(true)
                        .generateSecret(true)
                        .allowedOAuthFlows(List.of("code"))
                        .allowedOAuthScopes(List.of("openid"))
                        .callbackURLs(List.of(CALLBACK)));
    }

    private void invited(String username) {
        cognito.service.adminCreateUser(
                AdminCreateUserRequest.builder()
                        .userPoolId(pool)
                        .username(username)
                        .temporaryPassword("Temp0rary!")
                        .build(),
                cognito.call());
    }

    private void settled(String username) {
        invited(username);
        cognito.service.adminSetUserPassword(
                AdminSetUserPasswordRequest.builder()
                        .userPoolId(pool)
                        .username(username)
                        .password(PASSWORD)
                        .permanent(true)
                        .build(),
                cognito.call());
    }

    private void login(String username, String password) {
        browser.open("/oauth2/authorize?response_type=code&client_id=" + client
                + "&redirect_uri=https%3A%2F%2Fapp.example.com%2Fcallback&scope=openid&state=s");
        browser.submit(Map.of("username", username, "password", password));
    }

    private UserType user(String username) {
        return cognito.service
                .listUsers(
                        ListUsersRequest.builder()
                                .userPoolId(pool)
                                .filter("username = \"" + username + "\"")
                                .build(),
                        cognito.call())
                .users()
                .getFirst();
    }

    @Test
    void aTemporaryPasswordIsReplacedAndMissingAttributesAreAskedFor() {
        invited("bob");

        login("bob", "Temp0rary!");
        assertThat(browser.page).contains("New password").contains("Given name");
        browser.submit(Map.of("answer", "short", "userAttributes.given_name", "Bob"));
        assertThat(browser.page).contains("Password not long enough").contains("Given name");
        browser.submit(Map.of("answer", PASSWORD, "userAttributes.given_name", "Bob"));

        assertThat(browser.left).startsWith(CALLBACK + "?code=").endsWith("&state=s");
        assertThat(user("bob").userStatus()).isEqualTo("CONFIRMED");
        assertThat(user("bob").attributes()).contains(Cognito.attribute("given_name", "Bob"));
    }

    @Test
    void aChallengeCannotBeAnsweredForSomebodyElse() {
        settled("alice");
        invited("mallory");

        login("mallory", "Temp0rary!");
        browser.submit(Map.of("answer", PASSWORD, "userAttributes.given_name", "M", "username", "alice"));

        assertThat(browser.left).isEmpty();
        assertThat(browser.page).contains("Invalid session for the user.");
        assertThat(user("mallory").userStatus()).isEqualTo("FORCE_CHANGE_PASSWORD");
    }

    @Test
    void anAnswerThatNamesAnotherUserIsRefusedByTheApiToo() {
        settled("alice");
        invited("mallory");
        String plain = cognito.client(pool);
        String session = cognito.signIn(plain, "mallory", "Temp0rary!").session();

        assertThatThrownBy(() -> cognito.respond(
                        plain,
                        "NEW_PASSWORD_REQUIRED",
                        session,
                        Map.of("USERNAME", "alice", "NEW_PASSWORD", PASSWORD, "userAttributes.given_name", "M")))
                .isInstanceOf(NotAuthorizedException.class)
                .hasMessage("Invalid session for the user.");
    }

    private void authenticatorAppsRequired() {
        cognito.service.setUserPoolMfaConfig(
                SetUserPoolMfaConfigRequest.builder()
                        .userPoolId(pool)
                        .mfaConfiguration("ON")
                        .softwareTokenMfaConfiguration(SoftwareTokenMfaConfigType.builder()
                                .enabled(true)
                                .build())
                        .build(),
                cognito.call());
    }

    @Test
    void whoSignsUpWhereASecondFactorIsRequiredSetsItUp() {
        authenticatorAppsRequired();
        browser.open("/signup?response_type=code&client_id=" + client
                + "&redirect_uri=https%3A%2F%2Fapp.example.com%2Fcallback&scope=openid&state=s");
        browser.submit(Map.of(
                "username",
                "eve",
                "password",
                PASSWORD,
                "userAttributes.email",
                "eve@example.com",
                "userAttributes.given_name",
                "Eve"));
        browser.submit(Map.of("username", "eve", "code", cognito.lastCode()));
        assertThat(browser.page).contains("Set up your authenticator app");

        Matcher key = Pattern.compile("<code>([A-Z2-7]+)</code>").matcher(browser.page);
        assertThat(key.find()).isTrue();
        browser.submit(Map.of("answer", Totp.codeAt(key.group(1), cognito.env.now())));

        assertThat(browser.left).startsWith(CALLBACK + "?code=");
    }

    @Test
    void anAuthenticatorAppIsSetUpOnThePageAndAskedForLater() {
        settled("alice");
        authenticatorAppsRequired();

        login("alice", PASSWORD);
        Matcher key = Pattern.compile("<code>([A-Z2-7]+)</code>").matcher(browser.page);
        assertThat(key.find()).isTrue();
        browser.submit(Map.of("answer", "nonsense"));
        assertThat(browser.page).contains("Code mismatch").contains(key.group(1));
        browser.submit(Map.of("answer", Totp.codeAt(key.group(1), cognito.env.now())));
        assertThat(browser.left).startsWith(CALLBACK);

        cognito.advance(Duration.ofHours(2));
        login("alice", PASSWORD);
        assertThat(browser.page).contains("authenticator app shows");
        browser.submit(Map.of("answer", "nonsense"));
        assertThat(browser.page).contains("Invalid code received for user");
        browser.submit(Map.of("answer", Totp.codeAt(key.group(1), cognito.env.now())));
        assertThat(browser.left).startsWith(CALLBACK);
    }
}
