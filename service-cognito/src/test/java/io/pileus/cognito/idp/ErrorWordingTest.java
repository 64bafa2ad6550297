package io.pileus.cognito.idp;

import static io.pileus.cognito.idp.Cognito.PASSWORD;
import static io.pileus.cognito.idp.Cognito.attribute;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pileus.cognito.idp.model.*;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Errors in the words that AWS's own clients have reported. */
class ErrorWordingTest {
    private final Cognito cognito = Cognito.fresh();

    private UpdateUserAttributesResponse update(String accessToken, AttributeType... attributes) {
        return cognito.service.updateUserAttributes(
                UpdateUserAttributesRequest.builder()
                        .accessToken(accessToken)
                        .userAttributes(List.of(attributes))
                        .build(),
                cognito.call());
    }

    private static SignUpRequest.Builder signUp(String client) {
        return SignUpRequest.builder().clientId(client).username("alice").password(PASSWORD);
    }

    /** aws-amplify/amplify-flutter#509 and #1531. */
    @Test
    void allAttributesThatTheSchemaLacksAreNamedAtOnce() {
        String pool = cognito.pool();
        String client = cognito.client(pool);
        assertThatThrownBy(() -> cognito.service.signUp(
                        signUp(client)
                                .userAttributes(List.of(attribute("custom:a", "1"), attribute("b", "2")))
                                .build(),
                        cognito.call()))
                .isInstanceOf(InvalidParameterException.class)
                .hasMessage("Attributes did not conform to the schema: b: Attribute does not exist in the schema.\n"
                        + "custom:a: Attribute does not exist in the schema.\n");
        cognito.user(client, "alice");
        String token =
                cognito.signIn(client, "alice", PASSWORD).authenticationResult().accessToken();
        assertThatThrownBy(() -> update(token, attribute("custom:a", "1"), attribute("custom:b", "2")))
                .isInstanceOf(InvalidParameterException.class)
                .hasMessage("user.custom:a: Attribute does not exist in the schema.\n"
                        + "user.custom:b: Attribute does not exist in the schema.\n");
    }

    /** aws-amplify/aws-sdk-ios#4251. */
    @Test
    void aRequiredAttributeCannotBeTakenAway() {
        String pool = cognito.pool(p -> p.schema_(List.of(SchemaAttributeType.builder()
                .name("email")
                .attributeDataType("String")
                .required(true)
                .mutable(true)
                .build())));
        String client = cognito.client(pool);
        cognito.signUp(client, "alice");
        cognito.service.adminConfirmSignUp(
                AdminConfirmSignUpRequest.builder()
                        .userPoolId(pool)
                        .username("alice")
                        .build(),
                cognito.call());
        String token =
                cognito.signIn(client, "alice", PASSWORD).authenticationResult().accessToken();
        assertThatThrownBy(() -> update(token, attribute("email", "")))
                .isInstanceOf(InvalidParameterException.class)
                .hasMessage("user.email: Required attribute cannot be deleted.");
    }

    /** aws-samples/aws-amplify-auth-starters#15, aws/aws-sdk-js-v3#4645. */
    @Test
    void softwareTokensAreRefusedByTheStepThatIsMissing() {
        String pool = cognito.pool();
        cognito.service.setUserPoolMfaConfig(
                SetUserPoolMfaConfigRequest.builder()
                        .userPoolId(pool)
                        .mfaConfiguration("OPTIONAL")
                        .softwareTokenMfaConfiguration(SoftwareTokenMfaConfigType.builder()
                                .enabled(true)
                                .build())
                        .build(),
                cognito.call());
        String client = cognito.client(pool);
        cognito.user(client, "alice");
        String token =
                cognito.signIn(client, "alice", PASSWORD).authenticationResult().accessToken();
        SetUserMFAPreferenceRequest prefer = SetUserMFAPreferenceRequest.builder()
                .accessToken(token)
                .softwareTokenMfaSettings(
                        SoftwareTokenMfaSettingsType.builder().enabled(true).build())
                .build();
        assertThatThrownBy(() -> cognito.service.setUserMFAPreference(prefer, cognito.call()))
                .hasMessage("User does not have delivery config set to turn on SOFTWARE_TOKEN_MFA");
        cognito.service.associateSoftwareToken(
                AssociateSoftwareTokenRequest.builder().accessToken(token).build(), cognito.call());
        assertThatThrownBy(() -> cognito.service.setUserMFAPreference(prefer, cognito.call()))
                .hasMessage("User has not verified software token mfa");
        assertThatThrownBy(() -> cognito.service.verifySoftwareToken(
                        VerifySoftwareTokenRequest.builder()
                                .accessToken(token)
                                .userCode("000000")
                                .build(),
                        cognito.call()))
                .isInstanceOf(EnableSoftwareTokenMFAException.class)
                .hasMessage("Code mismatch and fail enable Software Token MFA");
    }

    /** boto/boto3#3213: an administrator's word takes the alias from whoever has it. */
    @Test
    void anAdministratorMovesAVerifiedAliasFromOneUserToAnother() {
        String pool = cognito.pool(p -> p.aliasAttributes(List.of("email")).autoVerifiedAttributes(List.of("email")));
        String client = cognito.client(pool);
        cognito.user(client, "alice");
        cognito.user(client, "bob");
        cognito.service.adminUpdateUserAttributes(
                AdminUpdateUserAttributesRequest.builder()
                        .userPoolId(pool)
                        .username("bob")
                        .userAttributes(
                                List.of(attribute("email", "alice@example.com"), attribute("email_verified", "true")))
                        .build(),
                cognito.call());
        AdminGetUserResponse byAlias = cognito.service.adminGetUser(
                AdminGetUserRequest.builder()
                        .userPoolId(pool)
                        .username("alice@example.com")
                        .build(),
                cognito.call());
        assertThat(byAlias.username()).isEqualTo("bob");
        AdminGetUserResponse alice = cognito.service.adminGetUser(
                AdminGetUserRequest.builder().userPoolId(pool).username("alice").build(), cognito.call());
        assertThat(alice.userAttributes()).contains(attribute("email_verified", "false"));
    }

    @Test
    void writeAttributesAreRefusedInTheWordsOfWhatWasAsked() {
        String pool = cognito.pool();
        String client = cognito.client(pool);
        assertThatThrownBy(() -> cognito.client(pool, c -> c.writeAttributes(List.of("custom:none"))))
                .hasMessage("Invalid write attributes specified while creating a client");
        assertThatThrownBy(() -> cognito.service.updateUserPoolClient(
                        UpdateUserPoolClientRequest.builder()
                                .userPoolId(pool)
                                .clientId(client)
                                .writeAttributes(List.of("custom:none"))
                                .build(),
                        cognito.call()))
                .hasMessage("Invalid write attributes specified while updating a client");
    }

    @Test
    void aNewPasswordThatBreaksThePolicyKeepsTheChallengeOpen() {
        String pool = cognito.pool();
        String client = cognito.client(pool);
        cognito.service.adminCreateUser(
                AdminCreateUserRequest.builder()
                        .userPoolId(pool)
                        .username("alice")
                        .temporaryPassword(PASSWORD)
                        .messageAction("SUPPRESS")
                        .build(),
                cognito.call());
        String session = cognito.signIn(client, "alice", PASSWORD).session();
        assertThatThrownBy(() -> cognito.respond(
                        client,
                        "NEW_PASSWORD_REQUIRED",
                        session,
                        Map.of("USERNAME", "alice", "NEW_PASSWORD", "alllower1!")))
                .isInstanceOf(InvalidPasswordException.class)
                .hasMessage("Password does not conform to policy: Password must have uppercase characters");
        assertThat(cognito.respond(
                                client,
                                "NEW_PASSWORD_REQUIRED",
                                session,
                                Map.of("USERNAME", "alice", "NEW_PASSWORD", "Better1!pass"))
                        .authenticationResult())
                .isNotNull();
    }

    /** A cognitect-labs/aws-api session on SignUp, aws-amplify/amplify-android#2504 on InitiateAuth. */
    @Test
    void aMissingSecretHashIsMissedInTheWordsOfTheOperation() {
        String client = cognito.client(cognito.pool(), c -> c.generateSecret(true));
        assertThatThrownBy(() -> cognito.signUp(client, "alice"))
                .isInstanceOf(NotAuthorizedException.class)
                .hasMessage("Client " + client + " is configured for secret but secret was not received");
        assertThatThrownBy(() -> cognito.signIn(client, "alice", PASSWORD))
                .isInstanceOf(NotAuthorizedException.class)
                .hasMessage("Client " + client + " is configured with secret but SECRET_HASH was not received");
    }

    @Test
    void aPublicClientGetsNoSecret() {
        String pool = cognito.pool();
        String client = cognito.client(pool);
        assertThatThrownBy(() -> cognito.service.addUserPoolClientSecret(
                        AddUserPoolClientSecretRequest.builder()
                                .userPoolId(pool)
                                .clientId(client)
                                .build(),
                        cognito.call()))
                .isInstanceOf(InvalidParameterException.class);
    }

    /** aws-amplify/amplify-js#1669. */
    @Test
    void aPreferredUsernameThatIsAnAliasWaitsForTheConfirmation() {
        String pool = cognito.pool(p -> p.aliasAttributes(List.of("preferred_username")));
        String client = cognito.client(pool);
        SignUpRequest named = signUp(client)
                .userAttributes(List.of(attribute("preferred_username", "ally")))
                .build();
        assertThatThrownBy(() -> cognito.service.signUp(named, cognito.call()))
                .isInstanceOf(InvalidParameterException.class)
                .hasMessage("Preferred username cannot be provided for unconfirmed account, since user pool is"
                        + " configured for preferred username alias.");
    }

    /** kdgregory/example-cognito-java#1. */
    @Test
    void aNewPasswordWantsTheAttributesThatAreMissing() {
        String pool = cognito.pool(p -> p.schema_(List.of(SchemaAttributeType.builder()
                .name("given_name")
                .attributeDataType("String")
                .required(true)
                .build())));
        String client = cognito.client(pool);
        cognito.service.adminCreateUser(
                AdminCreateUserRequest.builder()
                        .userPoolId(pool)
                        .username("alice")
                        .temporaryPassword(PASSWORD)
                        .messageAction("SUPPRESS")
                        .build(),
                cognito.call());
        String session = cognito.signIn(client, "alice", PASSWORD).session();
        assertThatThrownBy(() -> cognito.respond(
                        client,
                        "NEW_PASSWORD_REQUIRED",
                        session,
                        Map.of("USERNAME", "alice", "NEW_PASSWORD", "Better1!pass")))
                .isInstanceOf(InvalidParameterException.class)
                .hasMessage("Invalid attributes given, given_name is missing");
        assertThat(cognito.respond(
                                client,
                                "NEW_PASSWORD_REQUIRED",
                                session,
                                Map.of(
                                        "USERNAME", "alice",
                                        "NEW_PASSWORD", "Better1!pass",
                                        "userAttributes.given_name", "Alice"))
                        .authenticationResult())
                .isNotNull();
    }

    /** aws/aws-cli#3179, aws-amplify/amplify-cli#8266, hashicorp/terraform-provider-aws#4815. */
    @Test
    void identityProvidersAreRefusedByWhatTheyLack() {
        String pool = cognito.pool();
        assertThatThrownBy(() -> provider(pool, "NameOfGP", "Google", Map.of()))
                .isInstanceOf(InvalidParameterException.class)
                .hasMessage("Provider NameOfGP cannot be of type Google.");
        assertThatThrownBy(() -> provider(pool, "Google", "Google", Map.of("client_id", "x")))
                .isInstanceOf(InvalidParameterException.class)
                .hasMessage("client_id, client_secret and authorize_scopes are all required idp details");
        assertThatThrownBy(() -> provider(pool, "Azure", "SAML", Map.of()))
                .isInstanceOf(InvalidParameterException.class)
                .hasMessage("At least one of the MetadataURL or MetadataFile should be provided.");
    }

    private void provider(String pool, String name, String type, Map<String, String> details) {
        cognito.service.createIdentityProvider(
                CreateIdentityProviderRequest.builder()
                        .userPoolId(pool)
                        .providerName(name)
                        .providerType(type)
                        .providerDetails(details)
                        .build(),
                cognito.call());
    }
}
