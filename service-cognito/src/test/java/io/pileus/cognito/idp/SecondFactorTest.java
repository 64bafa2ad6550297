package io.pileus.cognito.idp;

import static io.pileus.cognito.idp.Cognito.PASSWORD;
import static io.pileus.cognito.idp.Cognito.attribute;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pileus.cognito.idp.model.*;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SecondFactorTest {
    private static final SmsConfigurationType SMS = SmsConfigurationType.builder()
            .snsCallerArn("arn:aws:iam::123456789012:role/sms")
            .externalId("pool")
            .build();

    private final Cognito cognito = Cognito.fresh();
    private String pool = "";
    private String client = "";

    @BeforeEach
    void aUserWhoIsAskedForACodeBySms() {
        pool = cognito.pool(p -> p.smsConfiguration(SMS).mfaConfiguration("OPTIONAL"));
        client = cognito.client(pool);
        cognito.service.adminCreateUser(
                AdminCreateUserRequest.builder()
                        .userPoolId(pool)
                        .username("alice")
                        .userAttributes(List.of(attribute("phone_number", "+15555550100")))
                        .build(),
                cognito.call());
        cognito.service.adminSetUserPassword(
                AdminSetUserPasswordRequest.builder()
                        .userPoolId(pool)
                        .username("alice")
                        .password(PASSWORD)
                        .permanent(true)
                        .build(),
                cognito.call());
        cognito.service.adminSetUserMFAPreference(
                AdminSetUserMFAPreferenceRequest.builder()
                        .userPoolId(pool)
                        .username("alice")
                        .smsMfaSettings(SMSMfaSettingsType.builder()
                                .enabled(true)
                                .preferredMfa(true)
                                .build())
                        .build(),
                cognito.call());
    }

    private RespondToAuthChallengeResponse answer(String session, String code) {
        return cognito.respond(client, "SMS_MFA", session, Map.of("USERNAME", "alice", "SMS_MFA_CODE", code));
    }

    private List<AttributeType> attributes() {
        return cognito.service
                .adminGetUser(
                        AdminGetUserRequest.builder()
                                .userPoolId(pool)
                                .username("alice")
                                .build(),
                        cognito.call())
                .userAttributes();
    }

    @Test
    void aCodeThatWasSentVerifiesTheNumber() {
        InitiateAuthResponse challenge = cognito.signIn(client, "alice", PASSWORD);
        assertThat(challenge.challengeName()).isEqualTo("SMS_MFA");
        assertThat(challenge.challengeParameters())
                .containsEntry("CODE_DELIVERY_DELIVERY_MEDIUM", "SMS")
                .containsEntry("CODE_DELIVERY_DESTINATION", "+*******0100");

        answer(challenge.session(), cognito.lastCode());

        assertThat(attributes()).contains(attribute("phone_number_verified", "true"));
    }

    @Test
    void wrongCodesLockTheUserEvenBetweenRightPasswords() {
        for (int i = 0; i < 5; i++) {
            String session = cognito.signIn(client, "alice", PASSWORD).session();
            assertThatThrownBy(() -> answer(session, "nonsense"))
                    .isInstanceOf(CodeMismatchException.class)
                    .hasMessage("Invalid code or auth state for the user.");
        }

        assertThatThrownBy(() -> cognito.signIn(client, "alice", PASSWORD))
                .isInstanceOf(NotAuthorizedException.class)
                .hasMessage("Password attempts exceeded");
        cognito.advance(Duration.ofSeconds(1));
        String session = cognito.signIn(client, "alice", PASSWORD).session();
        assertThat(answer(session, cognito.lastCode()).authenticationResult()).isNotNull();
        String next = cognito.signIn(client, "alice", PASSWORD).session();
        assertThatThrownBy(() -> answer(next, "nonsense")).isInstanceOf(CodeMismatchException.class);
        assertThat(answer(next, cognito.lastCode()).authenticationResult()).isNotNull();
    }
}
