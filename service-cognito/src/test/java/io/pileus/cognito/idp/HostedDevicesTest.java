package io.pileus.cognito.idp;

import static io.pileus.cognito.idp.Cognito.PASSWORD;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.nimbusds.jwt.SignedJWT;
import io.pileus.cognito.idp.model.*;
import io.pileus.cognito.idp.oidc.PagesState;
import io.pileus.core.http.Headers;
import io.pileus.core.http.HttpResponse;
import io.pileus.core.shape.JsonTrees;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Browsers that pools remember as devices: who comes back with one is not asked for a second factor. */
class HostedDevicesTest {
    private static final String CALLBACK = "https://app.example.com/callback";
    private static final SmsConfigurationType SMS = SmsConfigurationType.builder()
            .snsCallerArn("arn:aws:iam::123456789012:role/sms")
            .externalId("x")
            .build();

    private final Cognito cognito = Cognito.fresh();
    private final PagesState state = new PagesState(cognito.service.realm());
    private HostedBrowser browser = new HostedBrowser(cognito, state, Map.of());
    private String pool = "";
    private String client = "";

    private void poolThatRemembers(boolean onlyOnPrompt) {
        pool = cognito.pool(p -> p.smsConfiguration(SMS)
                .mfaConfiguration("ON")
                .deviceConfiguration(DeviceConfigurationType.builder()
                        .challengeRequiredOnNewDevice(true)
                        .deviceOnlyRememberedOnUserPrompt(onlyOnPrompt)
                        .build()));
        client = cognito.client(
                pool,
                c -> c.allowedOAuthFlowsUserPoolClient(true)
                        .allowedOAuthFlows(List.of("code"))
                        .allowedOAuthScopes(List.of("openid", "aws.cognito.signin.user.admin"))
                        .callbackURLs(List.of(CALLBACK)));
        for (String name : List.of("alice", "bob")) {
            cognito.service.adminCreateUser(
                    AdminCreateUserRequest.builder()
                            .userPoolId(pool)
                            .username(name)
                            .userAttributes(List.of(
                                    Cognito.attribute("phone_number", "+15555550100"),
                                    Cognito.attribute("phone_number_verified", "true")))
                            .build(),
                    cognito.call());
            cognito.service.adminSetUserPassword(
                    AdminSetUserPasswordRequest.builder()
                            .userPoolId(pool)
                            .username(name)
                            .password(PASSWORD)
                            .permanent(true)
                            .build(),
                    cognito.call());
        }
    }

    /** Names oneself, after any session of the browser has ended. */
    private void login(String username) {
        cognito.advance(Duration.ofHours(1));
        browser.open("/oauth2/authorize?response_type=code&client_id=" + client
                + "&redirect_uri=https%3A%2F%2Fapp.example.com%2Fcallback"
                + "&scope=openid+aws.cognito.signin.user.admin&state=s");
        browser.submit(Map.of("username", username, "password", PASSWORD));
    }

    private void code(Map<String, String> more) {
        assertThat(browser.page).contains("A code has been sent");
        Map<String, String> form = new java.util.HashMap<>(more);
        form.put("answer", cognito.lastCode());
        browser.submit(form);
        assertThat(browser.left).startsWith(CALLBACK + "?code=");
    }

    private String accessToken() throws Exception {
        HttpResponse response = browser.send(
                "POST",
                "/oauth2/token",
                new Headers(),
                "grant_type=authorization_code&client_id=" + client
                        + "&redirect_uri=https%3A%2F%2Fapp.example.com%2Fcallback&code="
                        + browser.left.replaceAll(".*[?&]code=([^&]*).*", "$1"));
        JsonNode answer = JsonTrees.mapper()
                .readTree(((HttpResponse.Complete) response.body()).payload().bytes());
        return answer.path("access_token").asText();
    }

    private List<DeviceType> devices(String username) {
        return cognito.service
                .adminListDevices(
                        AdminListDevicesRequest.builder()
                                .userPoolId(pool)
                                .username(username)
                                .build(),
                        cognito.call())
                .devices();
    }

    @Test
    void aBrowserIsRememberedForItsUserUntilTheDeviceIsForgotten() throws Exception {
        poolThatRemembers(false);
        login("alice");
        assertThat(browser.page).doesNotContain("Remember this device");
        code(Map.of());
        String key = devices("alice").getFirst().deviceKey();
        String token = accessToken();
        assertThat(SignedJWT.parse(token).getJWTClaimsSet().getClaim("device_key"))
                .isEqualTo(key);

        login("alice");
        assertThat(browser.left).as("the device is enough").startsWith(CALLBACK + "?code=");
        assertThat(devices("alice")).hasSize(1);
        login("bob");
        code(Map.of());

        cognito.service.adminForgetDevice(
                AdminForgetDeviceRequest.builder()
                        .userPoolId(pool)
                        .username("alice")
                        .deviceKey(key)
                        .build(),
                cognito.call());
        login("alice");
        code(Map.of());
        assertThat(devices("alice")).extracting(DeviceType::deviceKey).doesNotContain(key);
    }

    @Test
    void whereUsersAreAskedADeviceIsRememberedWhenTheyWantIt() {
        poolThatRemembers(true);
        login("alice");
        assertThat(browser.page).contains("Remember this device");
        code(Map.of());
        login("alice");
        code(Map.of("rememberDevice", "on"));
        assertThat(devices("alice")).as("the browser was known already").hasSize(1);

        login("alice");

        assertThat(browser.left).startsWith(CALLBACK + "?code=");
    }

    @Test
    void aCookieWithAnotherPasswordIsNoDevice() {
        poolThatRemembers(false);
        login("alice");
        code(Map.of());
        Map<String, String> cookies = new java.util.HashMap<>(browser.cookies());
        cookies.replaceAll((name, value) -> name.startsWith("cognito-device-") ? value + "x" : value);
        browser = new HostedBrowser(cognito, state, cookies);

        login("alice");

        code(Map.of());
        assertThat(devices("alice")).hasSize(2);
    }
}
