package io.pileus.cognito.idp;

import static io.pileus.cognito.idp.Cognito.PASSWORD;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import io.pileus.cognito.idp.crypto.SecretHash;
import io.pileus.cognito.idp.crypto.SrpClient;
import io.pileus.cognito.idp.crypto.Totp;
import io.pileus.cognito.idp.model.*;
import io.pileus.core.testkit.TestCalls;
import io.pileus.core.testkit.TestEnvironment;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SignInTest {
    private final Cognito cognito = Cognito.fresh();

    @Test
    void aPasswordGivesTokensThatTheKeySetVerifies() throws Exception {
        String pool = cognito.pool();
        String client = cognito.client(pool);
        cognito.user(client, "alice");

        AuthenticationResultType tokens =
                cognito.signIn(client, "alice", PASSWORD).authenticationResult();

        assertThat(tokens.tokenType()).isEqualTo("Bearer");
        assertThat(tokens.expiresIn()).isEqualTo(3600);
        JWKSet keys = JWKSet.parse(cognito.service
                .realm()
                .pools()
                .withId(pool)
                .orElseThrow()
                .signingKeys()
                .jwks());
        for (String token : List.of(tokens.idToken(), tokens.accessToken())) {
            SignedJWT jwt = SignedJWT.parse(token);
            assertThat(jwt.verify(new RSASSAVerifier(
                            keys.getKeyByKeyId(jwt.getHeader().getKeyID()).toRSAKey())))
                    .isTrue();
        }
        JWTClaimsSet id = SignedJWT.parse(tokens.idToken()).getJWTClaimsSet();
        assertThat(id.getIssuer()).isEqualTo(TestCalls.ENDPOINT + "/" + pool);
        assertThat(id.getAudience()).containsExactly(client);
        assertThat(id.getClaim("cognito:username")).isEqualTo("alice");
        assertThat(id.getClaim("email")).isEqualTo("alice@example.com");
        assertThat(id.getClaim("email_verified")).isEqualTo(true);
        assertThat(id.getClaim("token_use")).isEqualTo("id");
        JWTClaimsSet access = SignedJWT.parse(tokens.accessToken()).getJWTClaimsSet();
        assertThat(access.getClaim("scope")).isEqualTo("aws.cognito.signin.user.admin");
        assertThat(access.getClaim("client_id")).isEqualTo(client);
        assertThat(access.getClaim("username")).isEqualTo("alice");
        assertThat(access.getClaim("origin_jti")).isEqualTo(id.getClaim("origin_jti"));
        assertThat(access.getAudience()).isEmpty();
        assertThat(access.getClaim("email")).isNull();
    }

    @Test
    void srpProvesThePasswordWithoutSendingIt() {
        String pool = cognito.pool();
        String client = cognito.client(pool);
        cognito.user(client, "alice");
        assertThat(srp(pool, client, PASSWORD).authenticationResult().accessToken())
                .isNotEmpty();
        assertThatThrownBy(() -> srp(pool, client, "Wrong0ne!"))
                .isInstanceOf(NotAuthorizedException.class)
                .hasMessage("Incorrect username or password.");
    }

    private RespondToAuthChallengeResponse srp(String pool, String client, String password) {
        SrpClient srp = new SrpClient();
        InitiateAuthResponse challenge =
                cognito.initiate(client, "USER_SRP_AUTH", Map.of("USERNAME", "alice", "SRP_A", srp.publicHex()));
        assertThat(challenge.challengeName()).isEqualTo("PASSWORD_VERIFIER");
        Map<String, String> given = challenge.challengeParameters();
        String now = "Thu Jan 1 00:00:00 UTC 2026";
        String signature = srp.signature(
                pool.substring(pool.indexOf('_') + 1),
                given.get("USER_ID_FOR_SRP"),
                password,
                given.get("SALT"),
                given.get("SRP_B"),
                given.get("SECRET_BLOCK"),
                now);
        return cognito.respond(
                client,
                "PASSWORD_VERIFIER",
                null,
                Map.of(
                        "USERNAME",
                        given.get("USER_ID_FOR_SRP"),
                        "PASSWORD_CLAIM_SECRET_BLOCK",
                        given.get("SECRET_BLOCK"),
                        "PASSWORD_CLAIM_SIGNATURE",
                        signature,
                        "TIMESTAMP",
                        now));
    }

    @Test
    void aClientThatHidesUsersAnswersAlikeForUnknownOnes() {
        String pool = cognito.pool();
        String open = cognito.client(pool);
        String hiding = cognito.client(pool, c -> c.preventUserExistenceErrors("ENABLED"));
        assertThatThrownBy(() -> cognito.signIn(open, "nobody", PASSWORD))
                .isInstanceOf(UserNotFoundException.class)
                .hasMessage("User does not exist.");
        assertThatThrownBy(() -> cognito.signIn(hiding, "nobody", PASSWORD))
                .isInstanceOf(NotAuthorizedException.class)
                .hasMessage("Incorrect username or password.");
        InitiateAuthResponse one =
                cognito.initiate(hiding, "USER_SRP_AUTH", Map.of("USERNAME", "nobody", "SRP_A", "abc"));
        InitiateAuthResponse two =
                cognito.initiate(hiding, "USER_SRP_AUTH", Map.of("USERNAME", "nobody", "SRP_A", "abc"));
        assertThat(one.challengeParameters().get("SALT"))
                .isEqualTo(two.challengeParameters().get("SALT"));
    }

    @Test
    void wrongPasswordsLockTheUserForAWhile() {
        String client = cognito.client(cognito.pool());
        cognito.user(client, "alice");
        for (int i = 0; i < 5; i++) {
            assertThatThrownBy(() -> cognito.signIn(client, "alice", "Wrong0ne!"))
                    .hasMessage("Incorrect username or password.");
        }
        assertThatThrownBy(() -> cognito.signIn(client, "alice", PASSWORD)).hasMessage("Password attempts exceeded");
        cognito.advance(Duration.ofSeconds(1));
        assertThat(cognito.signIn(client, "alice", PASSWORD).authenticationResult())
                .isNotNull();
    }

    @Test
    void lockoutCanBeSwitchedOff() {
        Cognito lax = new Cognito(TestEnvironment.with("COGNITO_RATE_LIMITS", "0"));
        String client = lax.client(lax.pool());
        lax.user(client, "alice");
        for (int i = 0; i < 30; i++) {
            assertThatThrownBy(() -> lax.signIn(client, "alice", "Wrong0ne!"))
                    .hasMessage("Incorrect username or password.");
        }
        assertThat(lax.signIn(client, "alice", PASSWORD).authenticationResult()).isNotNull();
    }

    @Test
    void aClientWithASecretWantsItsHash() {
        String pool = cognito.pool();
        UserPoolClientType client = cognito.service
                .createUserPoolClient(
                        CreateUserPoolClientRequest.builder()
                                .userPoolId(pool)
                                .clientName("server")
                                .generateSecret(true)
                                .explicitAuthFlows(List.of("ALLOW_USER_PASSWORD_AUTH"))
                                .build(),
                        cognito.call())
                .userPoolClient();
        String plain = cognito.client(pool);
        cognito.user(plain, "alice");
        assertThatThrownBy(() -> cognito.signIn(client.clientId(), "alice", PASSWORD))
                .hasMessage(
                        "Client " + client.clientId() + " is configured with secret but SECRET_HASH was not received");
        assertThatThrownBy(() -> cognito.initiate(
                        client.clientId(),
                        "USER_PASSWORD_AUTH",
                        Map.of("USERNAME", "alice", "PASSWORD", PASSWORD, "SECRET_HASH", "bm8=")))
                .hasMessage("Unable to verify secret hash for client " + client.clientId());
        String hash = SecretHash.of(client.clientSecret(), "alice", client.clientId());
        assertThat(cognito.initiate(
                                client.clientId(),
                                "USER_PASSWORD_AUTH",
                                Map.of("USERNAME", "alice", "PASSWORD", PASSWORD, "SECRET_HASH", hash))
                        .authenticationResult())
                .isNotNull();
    }

    @Test
    void aUserMadeByAnAdministratorMustSetANewPassword() {
        String pool = cognito.pool();
        String client = cognito.client(pool);
        cognito.service.adminCreateUser(
                AdminCreateUserRequest.builder()
                        .userPoolId(pool)
                        .username("bob")
                        .temporaryPassword("Temp0rary!")
                        .messageAction("SUPPRESS")
                        .build(),
                cognito.call());
        InitiateAuthResponse challenge = cognito.signIn(client, "bob", "Temp0rary!");
        assertThat(challenge.challengeName()).isEqualTo("NEW_PASSWORD_REQUIRED");
        assertThat(challenge.challengeParameters()).containsEntry("requiredAttributes", "[]");
        assertThatThrownBy(() -> cognito.respond(
                        client,
                        "NEW_PASSWORD_REQUIRED",
                        challenge.session(),
                        Map.of("USERNAME", "bob", "NEW_PASSWORD", "short")))
                .isInstanceOf(InvalidPasswordException.class);
        RespondToAuthChallengeResponse done = cognito.respond(
                client,
                "NEW_PASSWORD_REQUIRED",
                challenge.session(),
                Map.of("USERNAME", "bob", "NEW_PASSWORD", PASSWORD));
        assertThat(done.authenticationResult().idToken()).isNotEmpty();
        assertThatThrownBy(() -> cognito.respond(
                        client,
                        "NEW_PASSWORD_REQUIRED",
                        challenge.session(),
                        Map.of("USERNAME", "bob", "NEW_PASSWORD", PASSWORD)))
                .hasMessage("Invalid session for the user, session can only be used once.");
        assertThat(cognito.service
                        .adminGetUser(
                                AdminGetUserRequest.builder()
                                        .userPoolId(pool)
                                        .username("bob")
                                        .build(),
                                cognito.call())
                        .userStatus())
                .isEqualTo("CONFIRMED");
    }

    @Test
    void aTemporaryPasswordExpires() {
        String pool = cognito.pool();
        String client = cognito.client(pool);
        cognito.service.adminCreateUser(
                AdminCreateUserRequest.builder()
                        .userPoolId(pool)
                        .username("bob")
                        .temporaryPassword("Temp0rary!")
                        .build(),
                cognito.call());
        cognito.advance(Duration.ofDays(7));
        assertThatThrownBy(() -> cognito.signIn(client, "bob", "Temp0rary!"))
                .hasMessage("Temporary password has expired and must be reset by an administrator.");
    }

    @Test
    void aSessionExpiresAfterThreeMinutes() {
        String pool = cognito.pool();
        String client = cognito.client(pool);
        cognito.service.adminCreateUser(
                AdminCreateUserRequest.builder()
                        .userPoolId(pool)
                        .username("bob")
                        .temporaryPassword("Temp0rary!")
                        .build(),
                cognito.call());
        String session = cognito.signIn(client, "bob", "Temp0rary!").session();
        cognito.advance(Duration.ofMinutes(3));
        assertThatThrownBy(() -> cognito.respond(
                        client, "NEW_PASSWORD_REQUIRED", session, Map.of("USERNAME", "bob", "NEW_PASSWORD", PASSWORD)))
                .hasMessage("Invalid session for the user, session is expired.");
    }

    @Test
    void aRefreshTokenGivesNewTokensUntilItIsRevokedOrExpires() {
        String client = cognito.client(cognito.pool());
        cognito.user(client, "alice");
        AuthenticationResultType first =
                cognito.signIn(client, "alice", PASSWORD).authenticationResult();
        Map<String, String> refresh = Map.of("REFRESH_TOKEN", first.refreshToken());
        AuthenticationResultType second =
                cognito.initiate(client, "REFRESH_TOKEN_AUTH", refresh).authenticationResult();
        assertThat(second.accessToken()).isNotEqualTo(first.accessToken());
        assertThat(second.refreshToken()).isNull();
        cognito.service.revokeToken(
                RevokeTokenRequest.builder()
                        .clientId(client)
                        .token(first.refreshToken())
                        .build(),
                cognito.call());
        assertThatThrownBy(() -> cognito.initiate(client, "REFRESH_TOKEN_AUTH", refresh))
                .isInstanceOf(NotAuthorizedException.class)
                .hasMessage("Refresh Token has been revoked");
        assertThatThrownBy(() -> cognito.initiate(client, "REFRESH_TOKEN_AUTH", Map.of("REFRESH_TOKEN", "never")))
                .hasMessage("Invalid Refresh Token");
        assertThatThrownBy(() -> cognito.service.getUser(
                        GetUserRequest.builder()
                                .accessToken(second.accessToken())
                                .build(),
                        cognito.call()))
                .hasMessage("Access Token has been revoked");

        AuthenticationResultType third =
                cognito.signIn(client, "alice", PASSWORD).authenticationResult();
        cognito.advance(Duration.ofDays(30));
        assertThatThrownBy(() ->
                        cognito.initiate(client, "REFRESH_TOKEN_AUTH", Map.of("REFRESH_TOKEN", third.refreshToken())))
                .hasMessage("Refresh Token has expired");
        assertThatThrownBy(() -> cognito.service.getUser(
                        GetUserRequest.builder()
                                .accessToken(third.accessToken())
                                .build(),
                        cognito.call()))
                .hasMessage("Access Token has expired");
    }

    @Test
    void rotationReplacesTheRefreshTokenAndNoticesReuse() {
        String pool = cognito.pool();
        String client = cognito.client(
                pool,
                c -> c.explicitAuthFlows(List.of("ALLOW_USER_PASSWORD_AUTH"))
                        .refreshTokenRotation(RefreshTokenRotationType.builder()
                                .feature("ENABLED")
                                .retryGracePeriodSeconds(10)
                                .build()));
        cognito.user(client, "alice");
        String first =
                cognito.signIn(client, "alice", PASSWORD).authenticationResult().refreshToken();
        String second = refreshed(client, first);
        assertThat(second).isNotNull().isNotEqualTo(first);
        assertThat(refreshed(client, first)).isNotNull();
        cognito.advance(Duration.ofSeconds(10));
        assertThatThrownBy(() -> refreshed(client, first)).isInstanceOf(RefreshTokenReuseException.class);
        assertThat(refreshed(client, second)).isNotNull();
    }

    private String refreshed(String client, String token) {
        return cognito.service
                .getTokensFromRefreshToken(
                        GetTokensFromRefreshTokenRequest.builder()
                                .clientId(client)
                                .refreshToken(token)
                                .build(),
                        cognito.call())
                .authenticationResult()
                .refreshToken();
    }

    @Test
    void aRequiredSecondFactorIsSetUpAndThenAskedFor() {
        String pool = cognito.pool();
        String client = cognito.client(pool);
        cognito.user(client, "alice");
        cognito.service.setUserPoolMfaConfig(
                SetUserPoolMfaConfigRequest.builder()
                        .userPoolId(pool)
                        .mfaConfiguration("ON")
                        .softwareTokenMfaConfiguration(SoftwareTokenMfaConfigType.builder()
                                .enabled(true)
                                .build())
                        .build(),
                cognito.call());
        InitiateAuthResponse setup = cognito.signIn(client, "alice", PASSWORD);
        assertThat(setup.challengeName()).isEqualTo("MFA_SETUP");
        assertThat(setup.challengeParameters()).containsEntry("MFAS_CAN_SETUP", "[\"SOFTWARE_TOKEN_MFA\"]");
        AssociateSoftwareTokenResponse associated = cognito.service.associateSoftwareToken(
                AssociateSoftwareTokenRequest.builder().session(setup.session()).build(), cognito.call());
        VerifySoftwareTokenResponse verified = cognito.service.verifySoftwareToken(
                VerifySoftwareTokenRequest.builder()
                        .session(associated.session())
                        .userCode(Totp.codeAt(associated.secretCode(), cognito.env.now()))
                        .build(),
                cognito.call());
        assertThat(verified.status()).isEqualTo("SUCCESS");
        assertThat(cognito.respond(client, "MFA_SETUP", verified.session(), Map.of("USERNAME", "alice"))
                        .authenticationResult())
                .isNotNull();

        InitiateAuthResponse asked = cognito.signIn(client, "alice", PASSWORD);
        assertThat(asked.challengeName()).isEqualTo("SOFTWARE_TOKEN_MFA");
        String used = Totp.codeAt(associated.secretCode(), cognito.env.now());
        assertThatThrownBy(() -> answerTotp(client, asked.session(), used))
                .isInstanceOf(ExpiredCodeException.class)
                .hasMessage("Your software token has already been used once.");
        cognito.advance(Duration.ofSeconds(30));
        assertThatThrownBy(() -> answerTotp(client, asked.session(), "000000"))
                .isInstanceOf(CodeMismatchException.class);
        String fresh = Totp.codeAt(associated.secretCode(), cognito.env.now());
        assertThat(answerTotp(client, asked.session(), fresh).authenticationResult())
                .isNotNull();
    }

    private RespondToAuthChallengeResponse answerTotp(String client, String session, String code) {
        return cognito.respond(
                client, "SOFTWARE_TOKEN_MFA", session, Map.of("USERNAME", "alice", "SOFTWARE_TOKEN_MFA_CODE", code));
    }

    @Test
    void aRememberedDeviceStandsInForTheSecondFactor() {
        String pool = cognito.pool(p -> p.autoVerifiedAttributes(List.of("email"))
                .deviceConfiguration(DeviceConfigurationType.builder()
                        .challengeRequiredOnNewDevice(true)
                        .deviceOnlyRememberedOnUserPrompt(false)
                        .build()));
        String client = cognito.client(pool);
        cognito.user(client, "alice");
        AuthenticationResultType tokens =
                cognito.signIn(client, "alice", PASSWORD).authenticationResult();
        String key = tokens.newDeviceMetadata().deviceKey();
        String group = tokens.newDeviceMetadata().deviceGroupKey();
        String[] verifier = SrpClient.deviceVerifier(group, key, "device-password");
        cognito.service.confirmDevice(
                ConfirmDeviceRequest.builder()
                        .accessToken(tokens.accessToken())
                        .deviceKey(key)
                        .deviceSecretVerifierConfig(DeviceSecretVerifierConfigType.builder()
                                .salt(verifier[0])
                                .passwordVerifier(verifier[1])
                                .build())
                        .build(),
                cognito.call());

        InitiateAuthResponse challenge = cognito.initiate(
                client, "USER_PASSWORD_AUTH", Map.of("USERNAME", "alice", "PASSWORD", PASSWORD, "DEVICE_KEY", key));
        assertThat(challenge.challengeName()).isEqualTo("DEVICE_SRP_AUTH");
        SrpClient srp = new SrpClient();
        RespondToAuthChallengeResponse next = cognito.respond(
                client,
                "DEVICE_SRP_AUTH",
                challenge.session(),
                Map.of("USERNAME", "alice", "DEVICE_KEY", key, "SRP_A", srp.publicHex()));
        assertThat(next.challengeName()).isEqualTo("DEVICE_PASSWORD_VERIFIER");
        String block = next.challengeParameters().get("SECRET_BLOCK");
        String now = "Thu Jan 1 00:00:00 UTC 2026";
        String signature = srp.signature(
                group,
                key,
                "device-password",
                next.challengeParameters().get("SALT"),
                next.challengeParameters().get("SRP_B"),
                block,
                now);
        RespondToAuthChallengeResponse done = cognito.respond(
                client,
                "DEVICE_PASSWORD_VERIFIER",
                next.session(),
                Map.of(
                        "USERNAME",
                        "alice",
                        "DEVICE_KEY",
                        key,
                        "TIMESTAMP",
                        now,
                        "PASSWORD_CLAIM_SECRET_BLOCK",
                        block,
                        "PASSWORD_CLAIM_SIGNATURE",
                        signature));
        assertThat(done.authenticationResult().newDeviceMetadata()).isNull();
        assertThat(done.authenticationResult().accessToken()).isNotEmpty();
    }

    @Test
    void aUserMayChooseACodeInThePlaceOfAPassword() {
        String pool = cognito.pool(p -> p.autoVerifiedAttributes(List.of("email"))
                .policies(UserPoolPolicyType.builder()
                        .signInPolicy(SignInPolicyType.builder()
                                .allowedFirstAuthFactors(List.of("PASSWORD", "EMAIL_OTP"))
                                .build())
                        .build()));
        String client = cognito.client(pool);
        cognito.user(client, "alice");
        InitiateAuthResponse choice = cognito.initiate(client, "USER_AUTH", Map.of("USERNAME", "alice"));
        assertThat(choice.challengeName()).isEqualTo("SELECT_CHALLENGE");
        assertThat(choice.availableChallenges()).containsExactly("PASSWORD_SRP", "PASSWORD", "EMAIL_OTP");
        RespondToAuthChallengeResponse sent = cognito.respond(
                client, "SELECT_CHALLENGE", choice.session(), Map.of("USERNAME", "alice", "ANSWER", "EMAIL_OTP"));
        assertThat(sent.challengeName()).isEqualTo("EMAIL_OTP");
        assertThat(sent.challengeParameters()).containsEntry("CODE_DELIVERY_DESTINATION", "a***@e***");
        assertThatThrownBy(() -> cognito.respond(
                        client, "EMAIL_OTP", sent.session(), Map.of("USERNAME", "alice", "EMAIL_OTP_CODE", "nonsense")))
                .hasMessage("Invalid code or auth state for the user.");
        assertThat(cognito.lastCode()).hasSize(8);
        assertThat(cognito.respond(
                                client,
                                "EMAIL_OTP",
                                sent.session(),
                                Map.of("USERNAME", "alice", "EMAIL_OTP_CODE", cognito.lastCode()))
                        .authenticationResult())
                .isNotNull();
    }
}
