package io.pileus.it.cognito;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.amazonaws.encryptionsdk.AwsCrypto;
import com.amazonaws.encryptionsdk.CommitmentPolicy;
import com.amazonaws.encryptionsdk.kmssdkv2.KmsMasterKeyProvider;
import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.cognitoidentityprovider.CognitoIdentityProviderClient;
import software.amazon.awssdk.services.cognitoidentityprovider.model.*;
import software.amazon.awssdk.services.kms.KmsClient;

/** Triggers through the Lambda service, and what a custom sender receives. */
class TriggersOverHttpTest {

    private static String client(
            CognitoIdentityProviderClient admin, UnaryOperator<LambdaConfigType.Builder> triggers) {
        String pool = admin.createUserPool(p -> p.poolName("pool")
                        .autoVerifiedAttributes(VerifiedAttributeType.EMAIL, VerifiedAttributeType.PHONE_NUMBER)
                        .smsConfiguration(sms -> sms.snsCallerArn("arn:aws:iam::111111111111:role/sms"))
                        .lambdaConfig(triggers.apply(LambdaConfigType.builder()).build()))
                .userPool()
                .id();
        return admin.createUserPoolClient(c -> c.userPoolId(pool).clientName("app"))
                .userPoolClient()
                .clientId();
    }

    private static SignUpResponse signUp(CognitoIdentityProviderClient app, String client) {
        return signUp(app, client, "email", "alice@example.com");
    }

    private static SignUpResponse signUp(
            CognitoIdentityProviderClient app, String client, String attribute, String value) {
        return app.signUp(s -> s.clientId(client)
                .username("alice")
                .password("Passw0rd!")
                .userAttributes(a -> a.name(attribute).value(value)));
    }

    @ParameterizedTest
    @CsvSource({"Email, email, alice@example.com", "SMS, phone_number, +15555550100"})
    void aCustomSenderReadsTheCodeWithTheEncryptionSdk(String medium, String attribute, String value) {
        try (CognitoServer server = new CognitoServer();
                CognitoIdentityProviderClient admin = server.admin();
                CognitoIdentityProviderClient app = server.app();
                KmsClient kms = server.client(KmsClient.builder(), CognitoServer.root())) {
            String key = kms.createKey().keyMetadata().arn();
            String function = server.scriptedFunction("sender", "[{\"payload\":{}}]");
            String client = client(
                    admin,
                    l -> l.kmsKeyID(key)
                            .customEmailSender(s -> s.lambdaArn(function).lambdaVersion("V1_0"))
                            .customSMSSender(s -> s.lambdaArn(function).lambdaVersion("V1_0")));

            signUp(app, client, attribute, value);

            JsonNode event = server.events("sender").path(0);
            assertThat(event.path("triggerSource").asText()).isEqualTo("Custom" + medium + "Sender_SignUp");
            assertThat(event.path("request").path("type").asText()).isEqualTo("custom" + medium + "SenderRequestV1");
            byte[] encrypted = Base64.getDecoder()
                    .decode(event.path("request").path("code").asText());
            KmsMasterKeyProvider provider = KmsMasterKeyProvider.builder()
                    .customRegionalClientSupplier(region -> server.client(KmsClient.builder(), CognitoServer.root()))
                    .buildStrict(key);
            byte[] code = AwsCrypto.builder()
                    .withCommitmentPolicy(CommitmentPolicy.ForbidEncryptAllowDecrypt)
                    .build()
                    .decryptData(provider, encrypted)
                    .getResult();
            assertThat(new String(code, StandardCharsets.UTF_8))
                    .isEqualTo(server.lastCode("alice"))
                    .matches("[0-9]{6}");
        }
    }

    @Test
    void whatAFunctionAnswersOrThrowsIsWhatTheCallerSees() {
        try (CognitoServer server = new CognitoServer();
                CognitoIdentityProviderClient admin = server.admin();
                CognitoIdentityProviderClient app = server.app()) {
            String function = server.scriptedFunction(
                    "pre",
                    "[{\"error\":{\"errorMessage\":\"not today\",\"errorType\":\"Error\"}},{\"payload\":\"nonsense\"},"
                            + "{\"payload\":{\"response\":{\"autoConfirmUser\":true,\"autoVerifyEmail\":true}}}]");
            String client = client(admin, l -> l.preSignUp(function));

            assertThatThrownBy(() -> signUp(app, client))
                    .isInstanceOf(UserLambdaValidationException.class)
                    .hasMessageStartingWith("PreSignUp failed with error not today.");
            assertThatThrownBy(() -> signUp(app, client))
                    .isInstanceOf(InvalidLambdaResponseException.class)
                    .hasMessageStartingWith("Unrecognizable lambda output");
            assertThat(signUp(app, client).userConfirmed()).isTrue();
            String missing = client(admin, l -> l.preSignUp(function + "missing"));
            assertThatThrownBy(() -> signUp(app, missing))
                    .isInstanceOf(UnexpectedLambdaException.class)
                    .hasMessageStartingWith("PreSignUp invocation failed due to error ResourceNotFoundException.");
        }
    }
}
