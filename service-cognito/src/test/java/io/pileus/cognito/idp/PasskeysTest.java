package io.pileus.cognito.idp;

import static io.pileus.cognito.idp.Cognito.PASSWORD;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.pileus.cognito.idp.model.*;
import io.pileus.core.shape.JsonTrees;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PasskeysTest {
    private final Cognito cognito = Cognito.fresh();
    private String pool;
    private String client;
    private String token;

    @BeforeEach
    void aPoolWithPasskeys() {
        pool = cognito.pool(p -> p.autoVerifiedAttributes(List.of("email"))
                .policies(UserPoolPolicyType.builder()
                        .signInPolicy(SignInPolicyType.builder()
                                .allowedFirstAuthFactors(List.of("PASSWORD", "WEB_AUTHN"))
                                .build())
                        .build()));
        cognito.service.setUserPoolMfaConfig(
                SetUserPoolMfaConfigRequest.builder()
                        .userPoolId(pool)
                        .webAuthnConfiguration(WebAuthnConfigurationType.builder()
                                .relyingPartyId("example.com")
                                .userVerification("required")
                                .build())
                        .build(),
                cognito.call());
        client = cognito.client(pool);
        cognito.user(client, "alice");
        token = cognito.signIn(client, "alice", PASSWORD).authenticationResult().accessToken();
    }

    private JsonNode options() {
        return cognito.service
                .startWebAuthnRegistration(
                        StartWebAuthnRegistrationRequest.builder()
                                .accessToken(token)
                                .build(),
                        cognito.call())
                .credentialCreationOptions();
    }

    private void complete(JsonNode credential) {
        cognito.service.completeWebAuthnRegistration(
                CompleteWebAuthnRegistrationRequest.builder()
                        .accessToken(token)
                        .credential(credential)
                        .build(),
                cognito.call());
    }

    @Test
    void aRegisteredPasskeySignsIn() throws Exception {
        SoftAuthenticator authenticator = new SoftAuthenticator("https://login.example.com");
        complete(authenticator.create(options()));
        assertThat(cognito.service
                        .listWebAuthnCredentials(
                                ListWebAuthnCredentialsRequest.builder()
                                        .accessToken(token)
                                        .build(),
                                cognito.call())
                        .credentials())
                .singleElement()
                .satisfies(key -> assertThat(key.relyingPartyId()).isEqualTo("example.com"));

        InitiateAuthResponse challenge = challenge();
        assertThat(challenge.challengeName()).isEqualTo("WEB_AUTHN");
        assertThat(respond(challenge, authenticator).authenticationResult().accessToken())
                .isNotEmpty();
        assertThatThrownBy(() -> respond(challenge(), new SoftAuthenticator("https://login.example.com")))
                .isInstanceOf(NotAuthorizedException.class)
                .hasMessage("Incorrect username or password.");
    }

    private InitiateAuthResponse challenge() {
        return cognito.initiate(client, "USER_AUTH", Map.of("USERNAME", "alice", "PREFERRED_CHALLENGE", "WEB_AUTHN"));
    }

    private RespondToAuthChallengeResponse respond(InitiateAuthResponse challenge, SoftAuthenticator authenticator)
            throws Exception {
        JsonNode options =
                JsonTrees.mapper().readTree(challenge.challengeParameters().get("CREDENTIAL_REQUEST_OPTIONS"));
        return cognito.respond(
                client,
                "WEB_AUTHN",
                challenge.session(),
                Map.of(
                        "USERNAME",
                        "alice",
                        "CREDENTIAL",
                        authenticator.get(options).toString()));
    }

    @Test
    void aRegistrationFromAnotherSiteIsRefused() throws Exception {
        SoftAuthenticator evil = new SoftAuthenticator("https://example.com.evil.org");
        JsonNode credential = evil.create(options());
        assertThatThrownBy(() -> complete(credential)).isInstanceOf(WebAuthnOriginNotAllowedException.class);
    }

    @Test
    void aRegistrationAnswersItsOwnChallengeOnly() throws Exception {
        SoftAuthenticator authenticator = new SoftAuthenticator("https://example.com");
        JsonNode credential = authenticator.create(options());
        options();
        assertThatThrownBy(() -> complete(credential)).isInstanceOf(WebAuthnChallengeNotFoundException.class);
    }

    private void requireMfa(String factorConfiguration) {
        cognito.service.setUserPoolMfaConfig(
                SetUserPoolMfaConfigRequest.builder()
                        .userPoolId(pool)
                        .mfaConfiguration("ON")
                        .softwareTokenMfaConfiguration(SoftwareTokenMfaConfigType.builder()
                                .enabled(true)
                                .build())
                        .webAuthnConfiguration(WebAuthnConfigurationType.builder()
                                .relyingPartyId("example.com")
                                .userVerification("preferred")
                                .factorConfiguration(factorConfiguration)
                                .build())
                        .build(),
                cognito.call());
    }

    private void preferPasskeyMfa(boolean sms) {
        cognito.service.adminSetUserMFAPreference(
                AdminSetUserMFAPreferenceRequest.builder()
                        .userPoolId(pool)
                        .username("alice")
                        .smsMfaSettings(
                                SMSMfaSettingsType.builder().enabled(sms).build())
                        .webAuthnMfaSettings(
                                WebAuthnMfaSettingsType.builder().enabled(true).build())
                        .build(),
                cognito.call());
    }

    @Test
    void whereASecondFactorIsRequiredAPasskeyMustStandForBoth() throws Exception {
        SoftAuthenticator authenticator = new SoftAuthenticator("https://login.example.com");
        complete(authenticator.create(options()));
        cognito.service.adminUpdateUserAttributes(
                AdminUpdateUserAttributesRequest.builder()
                        .userPoolId(pool)
                        .username("alice")
                        .userAttributes(List.of(Cognito.attribute("phone_number", "+15551234567")))
                        .build(),
                cognito.call());
        requireMfa("SINGLE_FACTOR");
        assertThat(challenge().availableChallenges()).doesNotContain("WEB_AUTHN");

        requireMfa("MULTI_FACTOR_WITH_USER_VERIFICATION");
        assertThat(challenge().availableChallenges()).doesNotContain("WEB_AUTHN");
        assertThatThrownBy(() -> preferPasskeyMfa(false)).isInstanceOf(InvalidParameterException.class);
        preferPasskeyMfa(true);

        InitiateAuthResponse challenge = challenge();
        assertThat(challenge.challengeParameters().get("CREDENTIAL_REQUEST_OPTIONS"))
                .contains("\"userVerification\":\"required\"");
        assertThat(respond(challenge, authenticator).authenticationResult().accessToken())
                .isNotEmpty();
    }
}
