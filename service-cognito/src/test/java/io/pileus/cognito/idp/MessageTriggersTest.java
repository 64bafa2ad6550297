package io.pileus.cognito.idp;

import static io.pileus.cognito.idp.Cognito.PASSWORD;
import static io.pileus.cognito.idp.Cognito.attribute;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.pileus.cognito.idp.model.*;
import io.pileus.core.identity.AccountId;
import io.pileus.core.identity.Region;
import io.pileus.core.port.FunctionInvoker;
import io.pileus.core.port.KeyService;
import io.pileus.core.shape.Blob;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Whatever is sent, and why: the custom message trigger words it, a custom sender is handed its code. */
class MessageTriggersTest {
    private static final Map<String, String> METADATA = Map.of("a", "b");
    private static final SmsConfigurationType SMS = SmsConfigurationType.builder()
            .snsCallerArn("arn:aws:iam::123456789012:role/sms")
            .externalId("x")
            .build();

    private final Cognito cognito = Cognito.fresh();
    private final FakeFunctions functions = new FakeFunctions();
    private String pool = "";
    private String client = "";

    @BeforeEach
    void aPoolWithAllThreeTriggers() {
        cognito.env.ports().provide(FunctionInvoker.class, functions);
        cognito.env.ports().provide(KeyService.class, new FakeKeys());
        String message = functions.add(
                "message",
                event -> ((ObjectNode) event.get("response"))
                        .put(
                                "emailMessage",
                                "mail for " + event.get("triggerSource").asText() + " {####} {username}")
                        .put("emailSubject", "subject")
                        .put(
                                "smsMessage",
                                "text for " + event.get("triggerSource").asText() + " {####} {username}"));
        String sender = functions.addPlain("sender");
        pool = cognito.pool(p -> p.autoVerifiedAttributes(List.of("email", "phone_number"))
                .smsConfiguration(SMS)
                .mfaConfiguration("OPTIONAL")
                .userAttributeUpdateSettings(UserAttributeUpdateSettingsType.builder()
                        .attributesRequireVerificationBeforeUpdate(List.of("email", "phone_number"))
                        .build())
                .lambdaConfig(LambdaConfigType.builder()
                        .customMessage(message)
                        .kmsKeyID("arn:aws:kms:us-east-1:000000000000:key/1")
                        .customEmailSender(CustomEmailLambdaVersionConfigType.builder()
                                .lambdaArn(sender)
                                .lambdaVersion("V1_0")
                                .build())
                        .customSMSSender(CustomSMSLambdaVersionConfigType.builder()
                                .lambdaArn(sender)
                                .lambdaVersion("V1_0")
                                .build())
                        .build()));
        client = cognito.client(pool);
    }

    private void signUp(String name) {
        cognito.service.signUp(
                SignUpRequest.builder()
                        .clientId(client)
                        .username(name)
                        .password(PASSWORD)
                        .userAttributes(List.of(attribute("email", name + "@example.com")))
                        .clientMetadata(METADATA)
                        .build(),
                cognito.call());
    }

    /** The last message has the words for this reason, and its code was handed to the sender. */
    private void assertSent(String reason, String medium, Map<String, String> metadata) {
        Outbox.Message sent =
                cognito.service.realm().outbox().messages(m -> true).getLast();
        assertThat(sent.medium()).isEqualTo(medium);
        assertThat(sent.body())
                .startsWith((medium.equals("EMAIL") ? "mail" : "text") + " for CustomMessage_" + reason + " "
                        + sent.code());
        assertThat(sent.subject()).isEqualTo(medium.equals("EMAIL") ? "subject" : "");
        JsonNode asked = functions.event("CustomMessage_" + reason);
        assertThat(asked.at("/request/codeParameter").asText()).isEqualTo("{####}");
        String sender = medium.equals("EMAIL") ? "CustomEmailSender" : "CustomSMSSender";
        ObjectNode handed = functions.event(sender + "_" + reason);
        assertThat(handed.at("/request/type").asText())
                .isEqualTo(medium.equals("EMAIL") ? "customEmailSenderRequestV1" : "customSMSSenderRequestV1");
        assertThat(handed.at("/request/code").asText()).isNotEmpty().doesNotContain(sent.code());
        for (JsonNode event : List.of(asked, handed)) {
            JsonNode shown = event.at("/request/clientMetadata");
            assertThat(shown.isMissingNode()).isEqualTo(metadata.isEmpty());
            metadata.forEach(
                    (name, value) -> assertThat(shown.path(name).asText()).isEqualTo(value));
            assertThat(event.at("/request/userAttributes/sub").asText()).isNotEmpty();
        }
    }

    @Test
    void signingUpAndAskingForAnotherCode() {
        signUp("alice");
        assertSent("SignUp", "EMAIL", METADATA);

        cognito.service.resendConfirmationCode(
                ResendConfirmationCodeRequest.builder()
                        .clientId(client)
                        .username("alice")
                        .clientMetadata(METADATA)
                        .build(),
                cognito.call());
        assertSent("ResendCode", "EMAIL", METADATA);
    }

    @Test
    void anInvitationNamesTheUserAndIsSentByEachMedium() {
        cognito.service.adminCreateUser(
                AdminCreateUserRequest.builder()
                        .userPoolId(pool)
                        .username("bob")
                        .temporaryPassword("Temp0rary!")
                        .desiredDeliveryMediums(List.of("SMS", "EMAIL"))
                        .userAttributes(List.of(
                                attribute("email", "bob@example.com"), attribute("phone_number", "+15555550100")))
                        .clientMetadata(METADATA)
                        .build(),
                cognito.call());

        assertSent("AdminCreateUser", "EMAIL", METADATA);
        assertThat(cognito.service.realm().outbox().messages(m -> true))
                .extracting(Outbox.Message::body)
                .containsExactly(
                        "text for CustomMessage_AdminCreateUser Temp0rary! bob",
                        "mail for CustomMessage_AdminCreateUser Temp0rary! bob");
        assertThat(functions
                        .event("CustomSMSSender_AdminCreateUser")
                        .at("/callerContext/clientId")
                        .asText())
                .isEqualTo("CLIENT_ID_NOT_APPLICABLE");
    }

    @Test
    void aMessageWithoutItsCodeIsRefused() {
        functions.add("message", event -> ((ObjectNode) event.get("response")).put("smsMessage", "no parameters"));
        assertThatThrownBy(() -> cognito.service.adminCreateUser(
                        AdminCreateUserRequest.builder()
                                .userPoolId(pool)
                                .username("bob")
                                .userAttributes(List.of(attribute("phone_number", "+15555550100")))
                                .build(),
                        cognito.call()))
                .isInstanceOf(InvalidLambdaResponseException.class);
    }

    @Test
    void aForgottenPasswordAndACodeToSignInWith() {
        signUp("alice");
        cognito.confirm(client, "alice");
        cognito.service.forgotPassword(
                ForgotPasswordRequest.builder()
                        .clientId(client)
                        .username("alice")
                        .clientMetadata(METADATA)
                        .build(),
                cognito.call());
        assertSent("ForgotPassword", "EMAIL", METADATA);

        cognito.service.adminUpdateUserAttributes(
                AdminUpdateUserAttributesRequest.builder()
                        .userPoolId(pool)
                        .username("alice")
                        .userAttributes(List.of(
                                attribute("phone_number", "+15555550100"), attribute("phone_number_verified", "true")))
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
        assertThat(cognito.signIn(client, "alice", PASSWORD).challengeName()).isEqualTo("SMS_MFA");
        assertSent("Authentication", "SMS", Map.of());
    }

    @Test
    void aNewAddressAndItsVerification() {
        signUp("alice");
        cognito.confirm(client, "alice");
        String token =
                cognito.signIn(client, "alice", PASSWORD).authenticationResult().accessToken();
        cognito.service.updateUserAttributes(
                UpdateUserAttributesRequest.builder()
                        .accessToken(token)
                        .userAttributes(List.of(attribute("phone_number", "+15555550100")))
                        .clientMetadata(METADATA)
                        .build(),
                cognito.call());
        assertSent("UpdateUserAttribute", "SMS", METADATA);

        cognito.service.getUserAttributeVerificationCode(
                GetUserAttributeVerificationCodeRequest.builder()
                        .accessToken(token)
                        .attributeName("email")
                        .clientMetadata(METADATA)
                        .build(),
                cognito.call());
        assertSent("VerifyUserAttribute", "EMAIL", METADATA);
    }

    /** One data key for everybody. */
    private static final class FakeKeys implements KeyService {
        private static final Blob KEY = Blob.of(new byte[32]);

        @Override
        public Check check(AccountId account, Region region, String keyId) {
            return new Usable(keyId);
        }

        @Override
        public Result generateDataKey(
                AccountId account, Region region, String keyId, Map<String, String> encryptionContext) {
            return new Done(KEY, KEY, keyId);
        }

        @Override
        public Result encrypt(
                AccountId account, Region region, String keyId, Blob plaintext, Map<String, String> encryptionContext) {
            throw new AssertionError("not used");
        }

        @Override
        public Result decrypt(
                AccountId account, Region region, Blob ciphertext, Map<String, String> encryptionContext) {
            throw new AssertionError("not used");
        }
    }
}
