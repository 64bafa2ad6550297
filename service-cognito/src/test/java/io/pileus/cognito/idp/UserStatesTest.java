package io.pileus.cognito.idp;

import static io.pileus.cognito.idp.Cognito.PASSWORD;
import static io.pileus.cognito.idp.Cognito.attribute;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pileus.cognito.idp.model.*;
import io.pileus.cognito.idp.state.User;
import io.pileus.cognito.idp.state.UserPool;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What users in each state are told, and what a client that must not learn about users is told instead. */
class UserStatesTest {
    private final Cognito cognito = Cognito.fresh();
    private final String pool = cognito.pool();
    private final String client = cognito.client(pool);
    private final String discreet = cognito.client(pool, c -> c.preventUserExistenceErrors("ENABLED"));

    private void reset(String username) {
        cognito.service.adminResetUserPassword(
                AdminResetUserPasswordRequest.builder()
                        .userPoolId(pool)
                        .username(username)
                        .build(),
                cognito.call());
    }

    private void disable(String username) {
        cognito.service.adminDisableUser(
                AdminDisableUserRequest.builder()
                        .userPoolId(pool)
                        .username(username)
                        .build(),
                cognito.call());
    }

    private ForgotPasswordResponse forgot(String clientId, String username) {
        return cognito.service.forgotPassword(
                ForgotPasswordRequest.builder()
                        .clientId(clientId)
                        .username(username)
                        .build(),
                cognito.call());
    }

    /** amazon-archives/amazon-cognito-identity-js#288, aws/aws-sdk-js#4608. */
    @Test
    void anUnconfirmedUserIsToldSoWhateverThePassword() {
        cognito.signUp(client, "alice");
        assertThatThrownBy(() -> cognito.signIn(client, "alice", "wrong"))
                .isInstanceOf(UserNotConfirmedException.class)
                .hasMessage("User is not confirmed.");
    }

    @Test
    void aUserWhoMustResetThePasswordIsToldSoWhateverThePassword() {
        cognito.user(client, "alice");
        reset("alice");
        assertThatThrownBy(() -> cognito.signIn(client, "alice", "wrong"))
                .isInstanceOf(PasswordResetRequiredException.class)
                .hasMessage("Password reset required for the user");
        assertThatThrownBy(() -> cognito.signIn(discreet, "alice", "wrong"))
                .isInstanceOf(NotAuthorizedException.class)
                .hasMessage("Incorrect username or password.");
        assertThatThrownBy(() -> cognito.signIn(discreet, "alice", PASSWORD))
                .isInstanceOf(PasswordResetRequiredException.class);
    }

    /** Imported users have no password at all; the developer guide says what either kind of client learns. */
    @Test
    void anImportedUserMustResetThePasswordUnlessTheClientMustNotLearnThat() {
        UserPool state = cognito.service.realm().pool(pool, cognito.call());
        User.Draft draft = new User.Draft("anna", "00000000-0000-0000-0000-000000000001", cognito.env.now());
        draft.status = UserStatusType.RESET_REQUIRED;
        state.users().add(draft);
        assertThatThrownBy(() -> cognito.signIn(client, "anna", PASSWORD))
                .isInstanceOf(PasswordResetRequiredException.class);
        assertThatThrownBy(() -> cognito.signIn(discreet, "anna", PASSWORD))
                .isInstanceOf(NotAuthorizedException.class)
                .hasMessage("Incorrect username or password.");
    }

    @Test
    void aPasswordLetsAFederatedUserSignInNatively() {
        UserPool state = cognito.service.realm().pool(pool, cognito.call());
        User.Draft draft = new User.Draft("Google_1", "00000000-0000-0000-0000-000000000002", cognito.env.now());
        draft.status = UserStatusType.EXTERNAL_PROVIDER;
        state.users().add(draft);
        cognito.service.adminSetUserPassword(
                AdminSetUserPasswordRequest.builder()
                        .userPoolId(pool)
                        .username("Google_1")
                        .password(PASSWORD)
                        .permanent(true)
                        .build(),
                cognito.call());
        assertThat(state.users().named("Google_1").orElseThrow().status()).isEqualTo(UserStatusType.CONFIRMED);
        assertThat(cognito.signIn(client, "Google_1", PASSWORD).authenticationResult())
                .isNotNull();
    }

    @Test
    void whatIsTheSecondFactorDoesNotRecoverThePassword() {
        String recovering = cognito.pool(p -> p.autoVerifiedAttributes(List.of("email"))
                .accountRecoverySetting(AccountRecoverySettingType.builder()
                        .recoveryMechanisms(List.of(
                                RecoveryOptionType.builder()
                                        .name("verified_phone_number")
                                        .priority(1)
                                        .build(),
                                RecoveryOptionType.builder()
                                        .name("verified_email")
                                        .priority(2)
                                        .build()))
                        .build()));
        String app = cognito.client(recovering);
        cognito.service.adminCreateUser(
                AdminCreateUserRequest.builder()
                        .userPoolId(recovering)
                        .username("bob")
                        .userAttributes(List.of(
                                attribute("email", "bob@example.com"),
                                attribute("email_verified", "true"),
                                attribute("phone_number", "+15551234567"),
                                attribute("phone_number_verified", "true")))
                        .build(),
                cognito.call());
        cognito.service.adminSetUserPassword(
                AdminSetUserPasswordRequest.builder()
                        .userPoolId(recovering)
                        .username("bob")
                        .password(PASSWORD)
                        .permanent(true)
                        .build(),
                cognito.call());
        assertThat(forgot(app, "bob").codeDeliveryDetails().attributeName()).isEqualTo("phone_number");
        cognito.service.adminSetUserMFAPreference(
                AdminSetUserMFAPreferenceRequest.builder()
                        .userPoolId(recovering)
                        .username("bob")
                        .smsMfaSettings(
                                SMSMfaSettingsType.builder().enabled(true).build())
                        .build(),
                cognito.call());
        assertThat(forgot(app, "bob").codeDeliveryDetails().attributeName()).isEqualTo("email");
    }

    @Test
    void aDiscreetClientSendsCodesToNobodyButSaysItDid() {
        cognito.signUp(client, "alice");
        disable("alice");
        int before = cognito.service.realm().outbox().messages(m -> true).size();
        for (String name : List.of("alice", "nobody")) {
            assertThat(cognito.service
                            .resendConfirmationCode(
                                    ResendConfirmationCodeRequest.builder()
                                            .clientId(discreet)
                                            .username(name)
                                            .build(),
                                    cognito.call())
                            .codeDeliveryDetails()
                            .destination())
                    .isEqualTo(name.charAt(0) + "***@e***");
            assertThat(forgot(discreet, name).codeDeliveryDetails().deliveryMedium())
                    .isEqualTo("EMAIL");
        }
        assertThat(cognito.service.realm().outbox().messages(m -> true)).hasSize(before);
    }

    @Test
    void wherePasswordsAreResetByAdministratorsNobodyLearnsWhoExists() {
        String adminOnly = cognito.pool(p -> p.accountRecoverySetting(AccountRecoverySettingType.builder()
                .recoveryMechanisms(List.of(RecoveryOptionType.builder()
                        .name("admin_only")
                        .priority(1)
                        .build()))
                .build()));
        String app = cognito.client(adminOnly, c -> c.preventUserExistenceErrors("ENABLED"));
        cognito.signUp(app, "alice");
        for (String name : List.of("alice", "nobody")) {
            assertThatThrownBy(() -> forgot(app, name))
                    .isInstanceOf(NotAuthorizedException.class)
                    .hasMessage("Contact administrator to reset password.");
        }
    }

    @Test
    void anUnknownUsersProofFailsAsAWrongPasswordDoes() {
        assertThatThrownBy(() -> cognito.initiate(
                        discreet, "USER_PASSWORD_AUTH", Map.of("USERNAME", "nobody", "PASSWORD", PASSWORD)))
                .isInstanceOf(NotAuthorizedException.class)
                .hasMessage("Incorrect username or password.");
        assertThatThrownBy(() -> cognito.initiate(
                        client, "USER_PASSWORD_AUTH", Map.of("USERNAME", "nobody", "PASSWORD", PASSWORD)))
                .isInstanceOf(UserNotFoundException.class)
                .hasMessage("User does not exist.");
    }

    @Test
    void aDisabledUserIsToldSoWhateverThePasswordAndByEveryToken() {
        cognito.user(client, "alice");
        String token =
                cognito.signIn(client, "alice", PASSWORD).authenticationResult().accessToken();
        disable("alice");
        assertThatThrownBy(() -> cognito.signIn(client, "alice", "wrong"))
                .isInstanceOf(NotAuthorizedException.class)
                .hasMessage("User is disabled.");
        assertThatThrownBy(() -> cognito.signIn(discreet, "alice", "wrong"))
                .hasMessage("Incorrect username or password.");
        assertThatThrownBy(() -> cognito.service.getUser(
                        GetUserRequest.builder().accessToken(token).build(), cognito.call()))
                .isInstanceOf(NotAuthorizedException.class)
                .hasMessage("User is disabled.");
    }

    @Test
    void attributesAreListedOnlyWhereEveryUserHasThem() {
        cognito.signUp(client, "alice");
        assertThat(list("email", null)).hasSize(1);
        assertThatThrownBy(() -> list("name", null))
                .isInstanceOf(InvalidParameterException.class)
                .hasMessage("One or more requested attributes do not exist.");
        assertThatThrownBy(() -> list("custom:none", null)).isInstanceOf(InvalidParameterException.class);
    }

    @Test
    void whatIsNoTokenOfOursIsNoPage() {
        for (String token : List.of("zzz", "%%%", "YWxpY2U")) {
            assertThatThrownBy(() -> list("email", token)).isInstanceOf(InvalidParameterException.class);
        }
    }

    private List<UserType> list(String attribute, @Nullable String token) {
        return cognito.service
                .listUsers(
                        ListUsersRequest.builder()
                                .userPoolId(pool)
                                .attributesToGet(List.of(attribute))
                                .paginationToken(token)
                                .build(),
                        cognito.call())
                .users();
    }
}
