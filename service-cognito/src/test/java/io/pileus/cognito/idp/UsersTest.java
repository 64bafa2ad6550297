package io.pileus.cognito.idp;

import static io.pileus.cognito.idp.Cognito.PASSWORD;
import static io.pileus.cognito.idp.Cognito.attribute;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pileus.cognito.idp.model.*;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class UsersTest {
    private final Cognito cognito = Cognito.fresh();

    @Test
    void aNewPoolHasTheTwentyStandardAttributesAndAwsDefaults() {
        UserPoolType pool = cognito.service
                .createUserPool(CreateUserPoolRequest.builder().poolName("p").build(), cognito.call())
                .userPool();
        assertThat(pool.schemaAttributes()).hasSize(20);
        assertThat(pool.schemaAttributes())
                .filteredOn(a -> a.name().equals("birthdate"))
                .singleElement()
                .satisfies(a ->
                        assertThat(a.stringAttributeConstraints().minLength()).isEqualTo("10"));
        assertThat(pool.policies().passwordPolicy().minimumLength()).isEqualTo(8);
        assertThat(pool.policies().signInPolicy().allowedFirstAuthFactors()).containsExactly("PASSWORD");
        assertThat(pool.creationDate()).isEqualTo(cognito.env.now());
        assertThat(pool.lastModifiedDate()).isEqualTo(cognito.env.now());
        assertThat(pool.userPoolTier()).isEqualTo("ESSENTIALS");
        assertThat(pool.mfaConfiguration()).isEqualTo("OFF");
        assertThat(pool.arn()).isEqualTo("arn:aws:cognito-idp:us-east-1:000000000000:userpool/" + pool.id());
    }

    @Test
    void aTagGivesAPoolItsId() {
        String id = cognito.pool(p -> p.userPoolTags(java.util.Map.of("_custom_id_", "us-east-1_myid123")));
        assertThat(id).isEqualTo("us-east-1_myid123");
    }

    @Test
    void anUnknownPoolIsNamedInTheError() {
        assertThatThrownBy(() -> cognito.service.describeUserPool(
                        DescribeUserPoolRequest.builder()
                                .userPoolId("us-east-1_none")
                                .build(),
                        cognito.call()))
                .isInstanceOf(ResourceNotFoundException.class)
                .hasMessage("User pool us-east-1_none does not exist.");
    }

    @Test
    void aPasswordThatIsTooWeakIsRefusedInTheOrderOfThePolicy() {
        String client = cognito.client(cognito.pool());
        for (String[] expected : new String[][] {
            {"Aa1!", "Password not long enough"},
            {"aaaaaaa1!", "Password must have uppercase characters"},
            {"AAAAAAA1!", "Password must have lowercase characters"},
            {"AAAAaaaa!", "Password must have numeric characters"},
            {"AAAAaaaa1", "Password must have symbol characters"}
        }) {
            assertThatThrownBy(() -> cognito.service.signUp(
                            SignUpRequest.builder()
                                    .clientId(client)
                                    .username("x")
                                    .password(expected[0])
                                    .build(),
                            cognito.call()))
                    .isInstanceOf(InvalidPasswordException.class)
                    .hasMessage("Password did not conform with policy: " + expected[1]);
        }
    }

    @Test
    void aNameIsTakenOnce() {
        String client = cognito.client(cognito.pool());
        cognito.signUp(client, "alice");
        assertThatThrownBy(() -> cognito.signUp(client, "alice"))
                .isInstanceOf(UsernameExistsException.class)
                .hasMessage("User already exists");
    }

    @Test
    void aConfirmationCodeIsCheckedAndExpiresAfterADay() {
        String client = cognito.client(cognito.pool());
        CodeDeliveryDetailsType sent = cognito.signUp(client, "alice").codeDeliveryDetails();
        assertThat(sent.destination()).isEqualTo("a***@e***");
        assertThat(sent.deliveryMedium()).isEqualTo("EMAIL");
        assertThatThrownBy(() -> cognito.service.confirmSignUp(
                        ConfirmSignUpRequest.builder()
                                .clientId(client)
                                .username("alice")
                                .confirmationCode("wrong")
                                .build(),
                        cognito.call()))
                .isInstanceOf(CodeMismatchException.class)
                .hasMessage("Invalid verification code provided, please try again.");
        cognito.advance(Duration.ofHours(24));
        assertThatThrownBy(() -> cognito.confirm(client, "alice"))
                .isInstanceOf(ExpiredCodeException.class)
                .hasMessage("Invalid code provided, please request a code again.");
        cognito.service.resendConfirmationCode(
                ResendConfirmationCodeRequest.builder()
                        .clientId(client)
                        .username("alice")
                        .build(),
                cognito.call());
        cognito.confirm(client, "alice");
        assertThatThrownBy(() -> cognito.confirm(client, "alice"))
                .hasMessage("User cannot be confirmed. Current status is CONFIRMED");
    }

    @Test
    void aForgottenPasswordIsReplacedWithACode() {
        String client = cognito.client(cognito.pool());
        cognito.user(client, "alice");
        cognito.service.forgotPassword(
                ForgotPasswordRequest.builder()
                        .clientId(client)
                        .username("alice")
                        .build(),
                cognito.call());
        cognito.service.confirmForgotPassword(
                ConfirmForgotPasswordRequest.builder()
                        .clientId(client)
                        .username("alice")
                        .confirmationCode(cognito.lastCode())
                        .password("An0ther!pass")
                        .build(),
                cognito.call());
        assertThat(cognito.signIn(client, "alice", "An0ther!pass").authenticationResult())
                .isNotNull();
        assertThatThrownBy(() -> cognito.signIn(client, "alice", PASSWORD)).isInstanceOf(NotAuthorizedException.class);
    }

    @Test
    void guessingCodesEndsInALimit() {
        String client = cognito.client(cognito.pool());
        cognito.signUp(client, "alice");
        ConfirmSignUpRequest guess = ConfirmSignUpRequest.builder()
                .clientId(client)
                .username("alice")
                .confirmationCode("guess")
                .build();
        for (int i = 0; i < 20; i++) {
            assertThatThrownBy(() -> cognito.service.confirmSignUp(guess, cognito.call()))
                    .isInstanceOf(CodeMismatchException.class);
        }
        assertThatThrownBy(() -> cognito.service.confirmSignUp(guess, cognito.call()))
                .isInstanceOf(LimitExceededException.class)
                .hasMessage("Attempt limit exceeded, please try after some time.");
        cognito.advance(Duration.ofHours(1));
        cognito.confirm(client, "alice");
    }

    @Test
    void anEmailAddressInThePlaceOfANameBelongsToOneUser() {
        String pool =
                cognito.pool(p -> p.usernameAttributes(List.of("email")).autoVerifiedAttributes(List.of("email")));
        String client = cognito.client(pool);
        assertThatThrownBy(() -> cognito.service.signUp(
                        SignUpRequest.builder()
                                .clientId(client)
                                .username("alice")
                                .password(PASSWORD)
                                .build(),
                        cognito.call()))
                .hasMessage("Username should be an email.");
        SignUpResponse made = cognito.service.signUp(
                SignUpRequest.builder()
                        .clientId(client)
                        .username("alice@example.com")
                        .password(PASSWORD)
                        .build(),
                cognito.call());
        cognito.confirm(client, "alice@example.com");
        assertThatThrownBy(() -> cognito.service.signUp(
                        SignUpRequest.builder()
                                .clientId(client)
                                .username("alice@example.com")
                                .password(PASSWORD)
                                .build(),
                        cognito.call()))
                .isInstanceOf(UsernameExistsException.class);
        assertThat(cognito.signIn(client, "alice@example.com", PASSWORD).authenticationResult())
                .isNotNull();
        assertThat(cognito.service
                        .adminGetUser(
                                AdminGetUserRequest.builder()
                                        .userPoolId(pool)
                                        .username("alice@example.com")
                                        .build(),
                                cognito.call())
                        .username())
                .isEqualTo(made.userSub());
    }

    @Test
    void usersAreListedInPagesAndByFilter() {
        String pool = cognito.pool();
        for (int i = 0; i < 5; i++) {
            cognito.service.adminCreateUser(
                    AdminCreateUserRequest.builder()
                            .userPoolId(pool)
                            .username("user" + i)
                            .temporaryPassword("Temp0rary!")
                            .userAttributes(List.of(attribute("email", "user" + i + "@example.com")))
                            .build(),
                    cognito.call());
        }
        ListUsersResponse first = cognito.service.listUsers(
                ListUsersRequest.builder().userPoolId(pool).limit(3).build(), cognito.call());
        assertThat(first.users()).hasSize(3);
        ListUsersResponse second = cognito.service.listUsers(
                ListUsersRequest.builder()
                        .userPoolId(pool)
                        .limit(3)
                        .paginationToken(first.paginationToken())
                        .build(),
                cognito.call());
        assertThat(second.users()).extracting(UserType::username).containsExactly("user3", "user4");
        assertThat(second.paginationToken()).isNull();
        for (String filter : List.of("email = \"user2@example.com\"", "username = \"user2\"", "email ^= \"user2\"")) {
            assertThat(cognito.service
                            .listUsers(
                                    ListUsersRequest.builder()
                                            .userPoolId(pool)
                                            .filter(filter)
                                            .attributesToGet(List.of("email"))
                                            .build(),
                                    cognito.call())
                            .users())
                    .singleElement()
                    .satisfies(user ->
                            assertThat(user.attributes()).containsExactly(attribute("email", "user2@example.com")));
        }
    }

    @Test
    void groupsShowUpInTokensWithThePreferredRoleOfTheLowestPrecedence() throws Exception {
        String pool = cognito.pool();
        String client = cognito.client(pool);
        cognito.user(client, "alice");
        for (int i = 1; i <= 2; i++) {
            cognito.service.createGroup(
                    CreateGroupRequest.builder()
                            .userPoolId(pool)
                            .groupName("g" + i)
                            .precedence(10 - i)
                            .roleArn("arn:aws:iam::000000000000:role/r" + i)
                            .build(),
                    cognito.call());
            cognito.service.adminAddUserToGroup(
                    AdminAddUserToGroupRequest.builder()
                            .userPoolId(pool)
                            .groupName("g" + i)
                            .username("alice")
                            .build(),
                    cognito.call());
        }
        var claims = com.nimbusds.jwt.SignedJWT.parse(cognito.signIn(client, "alice", PASSWORD)
                        .authenticationResult()
                        .idToken())
                .getJWTClaimsSet();
        assertThat(claims.getStringListClaim("cognito:groups")).containsExactly("g2", "g1");
        assertThat(claims.getClaim("cognito:preferred_role")).isEqualTo("arn:aws:iam::000000000000:role/r2");
    }

    @Test
    void aChangedAddressIsUnverifiedUntilItsCodeComesBack() {
        String client = cognito.client(cognito.pool());
        cognito.user(client, "alice");
        String token =
                cognito.signIn(client, "alice", PASSWORD).authenticationResult().accessToken();
        cognito.service.updateUserAttributes(
                UpdateUserAttributesRequest.builder()
                        .accessToken(token)
                        .userAttributes(List.of(attribute("email", "new@example.com")))
                        .build(),
                cognito.call());
        assertThat(attributes(token)).contains(attribute("email_verified", "false"));
        cognito.service.verifyUserAttribute(
                VerifyUserAttributeRequest.builder()
                        .accessToken(token)
                        .attributeName("email")
                        .code_(cognito.lastCode())
                        .build(),
                cognito.call());
        assertThat(attributes(token))
                .contains(attribute("email_verified", "true"), attribute("email", "new@example.com"));
    }

    private List<AttributeType> attributes(String token) {
        return cognito.service
                .getUser(GetUserRequest.builder().accessToken(token).build(), cognito.call())
                .userAttributes();
    }

    @Test
    void aGlobalSignOutRevokesEveryAccessToken() {
        String client = cognito.client(cognito.pool());
        cognito.user(client, "alice");
        String token =
                cognito.signIn(client, "alice", PASSWORD).authenticationResult().accessToken();
        cognito.service.globalSignOut(
                GlobalSignOutRequest.builder().accessToken(token).build(), cognito.call());
        assertThatThrownBy(() -> attributes(token))
                .isInstanceOf(NotAuthorizedException.class)
                .hasMessage("Access Token has been revoked");
        assertThatThrownBy(() -> attributes("e30.e30.e30")).hasMessage("Invalid Access Token");
    }
}
