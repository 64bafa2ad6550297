package io.pileus.cognito.idp;

import static io.pileus.cognito.idp.Cognito.PASSWORD;
import static io.pileus.cognito.idp.Cognito.attribute;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.pileus.cognito.idp.model.*;
import io.pileus.core.port.FunctionInvoker;
import io.pileus.core.shape.JsonTrees;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Users whom the migration trigger brings: what it answers decides what they are. */
class UserMigrationTest {
    private static final SmsConfigurationType SMS = SmsConfigurationType.builder()
            .snsCallerArn("arn:aws:iam::123456789012:role/sms")
            .externalId("x")
            .build();

    private final Cognito cognito = Cognito.fresh();
    private final FakeFunctions functions = new FakeFunctions();
    private String pool = "";

    @BeforeEach
    void provideFunctions() {
        cognito.env.ports().provide(FunctionInvoker.class, functions);
    }

    /** A client of a pool whose trigger knows everybody and answers this, in single quotes. */
    private String client(String answer, UnaryOperator<CreateUserPoolRequest.Builder> settings) {
        String function = functions.add("migrate", event -> event.set("response", json(answer)));
        pool = cognito.pool(p -> settings.apply(p.lambdaConfig(
                LambdaConfigType.builder().userMigration(function).build())));
        return cognito.client(pool);
    }

    private String client(String answer) {
        return client(answer, p -> p);
    }

    private static ObjectNode json(String text) {
        try {
            return (ObjectNode) JsonTrees.mapper().readTree(text.replace('\'', '"'));
        } catch (JsonProcessingException e) {
            throw new AssertionError(e);
        }
    }

    private AdminGetUserResponse user(String name) {
        return cognito.service.adminGetUser(
                AdminGetUserRequest.builder().userPoolId(pool).username(name).build(), cognito.call());
    }

    private List<Outbox.Message> outbox() {
        return cognito.service.realm().outbox().messages(message -> true);
    }

    @Test
    void theUserSignsInAtOnceUnlessThePasswordMustBeReset() {
        String at = client("{'userAttributes':{'email':'a@example.com'},'messageAction':'SUPPRESS'}");
        assertThat(cognito.signIn(at, "alice", "any").authenticationResult()).isNotNull();
        assertThat(user("alice").userStatus()).isEqualTo("CONFIRMED");

        String reset = client("{'userAttributes':{'email':'a@example.com'},'messageAction':'SUPPRESS',"
                + "'finalUserStatus':'RESET_REQUIRED'}");
        assertThatThrownBy(() -> cognito.signIn(reset, "alice", "any"))
                .isInstanceOf(PasswordResetRequiredException.class);
    }

    @Test
    void whoHasForgottenAPasswordIsMigratedAndSetsANewOne() {
        String client = client("{'userAttributes':{'email':'a@example.com','email_verified':'true'},"
                + "'messageAction':'SUPPRESS','finalUserStatus':'CONFIRMED'}");
        ForgotPasswordResponse sent = cognito.service.forgotPassword(
                ForgotPasswordRequest.builder()
                        .clientId(client)
                        .username("alice")
                        .clientMetadata(Map.of("from", "mobile"))
                        .build(),
                cognito.call());
        assertThat(sent.codeDeliveryDetails().destination()).isEqualTo("a***@e***");
        assertThat(user("alice").userStatus()).isEqualTo("RESET_REQUIRED");
        assertThat(functions.event("UserMigration_ForgotPassword").get("request"))
                .isEqualTo(json("{'clientMetadata':{'from':'mobile'}}"));

        cognito.service.confirmForgotPassword(
                ConfirmForgotPasswordRequest.builder()
                        .clientId(client)
                        .username("alice")
                        .confirmationCode(cognito.lastCode())
                        .password(PASSWORD)
                        .build(),
                cognito.call());

        assertThat(cognito.signIn(client, "alice", PASSWORD).authenticationResult())
                .isNotNull();
        assertThat(functions.events).as("the trigger knows them no more").hasSize(1);
    }

    @Test
    void theWelcomeGoesByTheMediumsThatTheTriggerNamesAndKeepsThePasswordSecret() {
        String attributes = "'userAttributes':{'email':'a@example.com','phone_number':'+15555550100'}";
        cognito.signIn(client("{" + attributes + ",'messageAction':'SUPPRESS'}"), "alice", "0ldPassw0rd");
        assertThat(outbox()).isEmpty();

        cognito.signIn(client("{" + attributes + ",'desiredDeliveryMediums':['EMAIL']}"), "alice", "0ldPassw0rd");
        assertThat(outbox()).singleElement().satisfies(message -> {
            assertThat(message.kind()).isEqualTo("AdminCreateUser");
            assertThat(message.destination()).isEqualTo("a@example.com");
            assertThat(message.toString()).contains("alice").doesNotContain("0ldPassw0rd");
        });

        cognito.signIn(client("{" + attributes + "}"), "alice", "0ldPassw0rd");
        assertThat(outbox()).last().extracting(Outbox.Message::medium).isEqualTo("SMS");
    }

    @Test
    void anAliasIsTakenFromItsHolderByForceOnly() {
        String attributes =
                "'userAttributes':{'username':'alice','email':'shared@example.com','email_verified':'true'}";
        String polite =
                client("{" + attributes + ",'messageAction':'SUPPRESS'}", p -> p.aliasAttributes(List.of("email")));
        cognito.service.adminCreateUser(
                AdminCreateUserRequest.builder()
                        .userPoolId(pool)
                        .username("holder")
                        .userAttributes(
                                List.of(attribute("email", "shared@example.com"), attribute("email_verified", "true")))
                        .build(),
                cognito.call());
        assertThatThrownBy(() -> cognito.signIn(polite, "somebody", "any"))
                .isInstanceOf(UserNotFoundException.class)
                .hasMessage("Exception migrating user in app client " + polite);

        functions.add(
                "migrate",
                event -> event.set(
                        "response", json("{" + attributes + ",'messageAction':'SUPPRESS','forceAliasCreation':true}")));
        cognito.signIn(polite, "somebody", "any");

        assertThat(user("shared@example.com").username()).isEqualTo("alice");
        assertThat(user("holder").userAttributes()).contains(attribute("email_verified", "false"));
    }

    @Test
    void aCodeBySmsIsAskedForWhereTheTriggerDemandsIt() {
        String answer = "{'userAttributes':{'phone_number':'+15555550100'},'messageAction':'SUPPRESS',"
                + "'enableSMSMFA':true}";
        String client = client(answer, p -> p.smsConfiguration(SMS).mfaConfiguration("OPTIONAL"));
        assertThat(cognito.signIn(client, "alice", "any").challengeName()).isEqualTo("SMS_MFA");

        String withoutMfa = client(answer);
        assertThatThrownBy(() -> cognito.signIn(withoutMfa, "alice", "any"))
                .hasMessage("Exception migrating user in app client " + withoutMfa);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{'userAttributes':{}}",
                "{'userAttributes':{'plan':'gold'}}",
                "{'userAttributes':{'sub':'1'}}",
                "{'userAttributes':{'email':'nobody'}}",
                "{'userAttributes':{'email':'a@example.com'},'finalUserStatus':'ARCHIVED'}",
                "{'userAttributes':{'email':'a@example.com'},'messageAction':'RESEND'}"
            })
    void anAnswerThatMakesNoUserIsAMigrationThatFailed(String answer) {
        String client = client(answer);
        String discreet = cognito.client(pool, c -> c.preventUserExistenceErrors("ENABLED"));

        assertThatThrownBy(() -> cognito.signIn(client, "alice", "any"))
                .isInstanceOf(UserNotFoundException.class)
                .hasMessage("Exception migrating user in app client " + client);
        assertThatThrownBy(() -> cognito.signIn(discreet, "alice", "any"))
                .isInstanceOf(NotAuthorizedException.class)
                .hasMessage("Incorrect username or password.");
        assertThatThrownBy(() -> user("alice")).isInstanceOf(UserNotFoundException.class);
    }
}
