package io.pileus.it.cognito;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.source.JWKSourceBuilder;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import com.nimbusds.jwt.proc.JWTClaimsSetAwareJWSKeySelector;
import io.pileus.cognito.idp.crypto.Totp;
import java.net.URI;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.cognitoidentityprovider.CognitoIdentityProviderClient;
import software.amazon.awssdk.services.cognitoidentityprovider.model.*;

class UserPoolJavaSdkTest {
    private static final String PASSWORD = "Passw0rd!";

    private final CognitoServer server = new CognitoServer();
    private final CognitoIdentityProviderClient admin = server.admin();
    private final CognitoIdentityProviderClient app = server.app();

    @AfterEach
    void close() {
        admin.close();
        app.close();
        server.close();
    }

    private String pool() {
        return admin.createUserPool(p -> p.poolName("pool").autoVerifiedAttributes(VerifiedAttributeType.EMAIL))
                .userPool()
                .id();
    }

    private String client(String pool) {
        return admin.createUserPoolClient(c -> c.userPoolId(pool)
                        .clientName("app")
                        .explicitAuthFlows(
                                ExplicitAuthFlowsType.ALLOW_USER_PASSWORD_AUTH,
                                ExplicitAuthFlowsType.ALLOW_USER_SRP_AUTH,
                                ExplicitAuthFlowsType.ALLOW_ADMIN_USER_PASSWORD_AUTH,
                                ExplicitAuthFlowsType.ALLOW_REFRESH_TOKEN_AUTH))
                .userPoolClient()
                .clientId();
    }

    private void signUp(String client, String username) {
        app.signUp(s -> s.clientId(client)
                .username(username)
                .password(PASSWORD)
                .userAttributes(attribute("email", username + "@example.com")));
    }

    private void user(String client, String username) {
        signUp(client, username);
        app.confirmSignUp(c -> c.clientId(client).username(username).confirmationCode(server.lastCode(username)));
    }

    private static AttributeType attribute(String name, String value) {
        return AttributeType.builder().name(name).value(value).build();
    }

    private InitiateAuthResponse signIn(String client, String username, String password) {
        return app.initiateAuth(a -> a.clientId(client)
                .authFlow(AuthFlowType.USER_PASSWORD_AUTH)
                .authParameters(Map.of("USERNAME", username, "PASSWORD", password)));
    }

    /** What a resource server does: finds the keys by the issuer, and believes nothing else. Its clock is the real one. */
    private JWTClaimsSet verified(String token) throws Exception {
        DefaultJWTProcessor<SecurityContext> processor = new DefaultJWTProcessor<>();
        processor.setJWTClaimsSetAwareJWSKeySelector((JWTClaimsSetAwareJWSKeySelector<SecurityContext>)
                (header, claims, context) -> {
                    try {
                        URI keys = URI.create(
                                server.json(URI.create(claims.getIssuer() + "/.well-known/openid-configuration"))
                                        .path("jwks_uri")
                                        .asText());
                        return new JWSVerificationKeySelector<>(
                                        JWSAlgorithm.RS256,
                                        JWKSourceBuilder.create(keys.toURL()).build())
                                .selectJWSKeys(header, context);
                    } catch (java.net.MalformedURLException e) {
                        throw new IllegalStateException(e);
                    }
                });
        return processor.process(token, null);
    }

    @Test
    void aUserSignsUpConfirmsAndSignsIn() throws Exception {
        String pool = pool();
        String client = client(pool);

        SignUpResponse signUp = app.signUp(s -> s.clientId(client)
                .username("alice")
                .password(PASSWORD)
                .userAttributes(attribute("email", "alice@example.com")));
        assertThat(signUp.userConfirmed()).isFalse();
        assertThat(signUp.codeDeliveryDetails().destination()).isEqualTo("a***@e***");
        assertThat(signUp.codeDeliveryDetails().deliveryMedium()).isEqualTo(DeliveryMediumType.EMAIL);
        assertThatThrownBy(() -> signIn(client, "alice", PASSWORD))
                .isInstanceOf(UserNotConfirmedException.class)
                .hasMessageStartingWith("User is not confirmed.");
        assertThatThrownBy(() -> app.confirmSignUp(
                        c -> c.clientId(client).username("alice").confirmationCode("000000")))
                .isInstanceOf(CodeMismatchException.class);
        app.confirmSignUp(c -> c.clientId(client).username("alice").confirmationCode(server.lastCode("alice")));

        AuthenticationResultType tokens = signIn(client, "alice", PASSWORD).authenticationResult();
        assertThat(tokens.tokenType()).isEqualTo("Bearer");
        assertThat(tokens.expiresIn()).isEqualTo(3600);
        JWTClaimsSet id = verified(tokens.idToken());
        assertThat(id.getAudience()).containsExactly(client);
        assertThat(id.getSubject()).isEqualTo(signUp.userSub());
        assertThat(id.getStringClaim("token_use")).isEqualTo("id");
        assertThat(id.getBooleanClaim("email_verified")).isTrue();
        JWTClaimsSet access = verified(tokens.accessToken());
        assertThat(access.getStringClaim("client_id")).isEqualTo(client);
        assertThat(access.getStringClaim("scope")).isEqualTo("aws.cognito.signin.user.admin");
        GetUserResponse me = app.getUser(g -> g.accessToken(tokens.accessToken()));
        assertThat(me.username()).isEqualTo("alice");
        assertThat(me.userAttributes()).contains(attribute("email", "alice@example.com"));
    }

    @Test
    void srpProvesThePasswordAndRefusesAnother() throws Exception {
        String pool = pool();
        String client = client(pool);
        user(client, "alice");
        SrpClient srp = new SrpClient(pool);
        String timestamp = "Thu Jan 1 00:00:00 UTC 2026";

        InitiateAuthResponse challenge = srp(client, srp);
        assertThat(challenge.challengeName()).isEqualTo(ChallengeNameType.PASSWORD_VERIFIER);
        AuthenticationResultType tokens = app.respondToAuthChallenge(r -> r.clientId(client)
                        .challengeName(ChallengeNameType.PASSWORD_VERIFIER)
                        .challengeResponses(srp.responses(challenge.challengeParameters(), PASSWORD, timestamp)))
                .authenticationResult();
        assertThat(verified(tokens.idToken()).getStringClaim("cognito:username"))
                .isEqualTo("alice");

        InitiateAuthResponse second = srp(client, srp);
        assertThatThrownBy(() -> app.respondToAuthChallenge(r -> r.clientId(client)
                        .challengeName(ChallengeNameType.PASSWORD_VERIFIER)
                        .challengeResponses(srp.responses(second.challengeParameters(), "Passw0rd?", timestamp))))
                .isInstanceOf(NotAuthorizedException.class)
                .hasMessageStartingWith("Incorrect username or password.");
    }

    private InitiateAuthResponse srp(String client, SrpClient srp) {
        return app.initiateAuth(a -> a.clientId(client)
                .authFlow(AuthFlowType.USER_SRP_AUTH)
                .authParameters(Map.of("USERNAME", "alice", "SRP_A", srp.srpA())));
    }

    @Test
    void aCodeOfAnAppIsASecondFactor() throws Exception {
        String pool = pool();
        String client = client(pool);
        user(client, "alice");
        admin.setUserPoolMfaConfig(m -> m.userPoolId(pool)
                .mfaConfiguration(UserPoolMfaType.OPTIONAL)
                .softwareTokenMfaConfiguration(s -> s.enabled(true)));
        String access = signIn(client, "alice", PASSWORD).authenticationResult().accessToken();
        String secret = app.associateSoftwareToken(a -> a.accessToken(access)).secretCode();
        assertThat(app.verifySoftwareToken(v -> v.accessToken(access).userCode(Totp.codeAt(secret, server.now())))
                        .status())
                .isEqualTo(VerifySoftwareTokenResponseType.SUCCESS);
        app.setUserMFAPreference(p -> p.accessToken(access)
                .softwareTokenMfaSettings(s -> s.enabled(true).preferredMfa(true)));
        server.advance(Duration.ofMinutes(1));

        InitiateAuthResponse challenge = signIn(client, "alice", PASSWORD);
        assertThat(challenge.challengeName()).isEqualTo(ChallengeNameType.SOFTWARE_TOKEN_MFA);
        assertThat(challenge.authenticationResult()).isNull();
        assertThatThrownBy(() -> answer(client, challenge, "123"))
                .isInstanceOf(CodeMismatchException.class)
                .hasMessageStartingWith("Invalid code received for user");
        InitiateAuthResponse again = signIn(client, "alice", PASSWORD);
        AuthenticationResultType tokens =
                answer(client, again, Totp.codeAt(secret, server.now())).authenticationResult();

        assertThat(tokens.refreshToken()).isNotNull();
        assertThat(app.getUser(g -> g.accessToken(tokens.accessToken())).userMFASettingList())
                .containsExactly("SOFTWARE_TOKEN_MFA");
    }

    private RespondToAuthChallengeResponse answer(String client, InitiateAuthResponse challenge, String code) {
        return app.respondToAuthChallenge(r -> r.clientId(client)
                .challengeName(challenge.challengeName())
                .session(challenge.session())
                .challengeResponses(Map.of("USERNAME", "alice", "SOFTWARE_TOKEN_MFA_CODE", code)));
    }

    @Test
    void aRefreshTokenLastsUntilItIsRevoked() throws Exception {
        String pool = pool();
        String client = client(pool);
        user(client, "alice");
        AuthenticationResultType tokens = signIn(client, "alice", PASSWORD).authenticationResult();
        server.advance(Duration.ofHours(2));
        assertThatThrownBy(() -> app.getUser(g -> g.accessToken(tokens.accessToken())))
                .isInstanceOf(NotAuthorizedException.class)
                .hasMessageStartingWith("Access Token has expired");

        AuthenticationResultType fresh = refresh(client, tokens).authenticationResult();
        assertThat(fresh.refreshToken()).isNull();
        assertThat(app.getUser(g -> g.accessToken(fresh.accessToken())).username())
                .isEqualTo("alice");
        app.revokeToken(r -> r.clientId(client).token(tokens.refreshToken()));

        assertThatThrownBy(() -> refresh(client, tokens))
                .isInstanceOf(NotAuthorizedException.class)
                .hasMessageStartingWith("Refresh Token has been revoked");
        assertThatThrownBy(() -> app.getUser(g -> g.accessToken(fresh.accessToken())))
                .isInstanceOf(NotAuthorizedException.class)
                .hasMessageStartingWith("Access Token has been revoked");
    }

    private InitiateAuthResponse refresh(String client, AuthenticationResultType tokens) {
        return app.initiateAuth(a -> a.clientId(client)
                .authFlow(AuthFlowType.REFRESH_TOKEN_AUTH)
                .authParameters(Map.of("REFRESH_TOKEN", tokens.refreshToken())));
    }

    @Test
    void anAdministratorLooksAfterUsers() {
        String pool = pool();
        String client = client(pool);
        UserType bob = admin.adminCreateUser(u -> u.userPoolId(pool)
                        .username("bob")
                        .temporaryPassword("Temp0rary!")
                        .messageAction(MessageActionType.SUPPRESS)
                        .userAttributes(attribute("email", "bob@example.com")))
                .user();
        assertThat(bob.userStatus()).isEqualTo(UserStatusType.FORCE_CHANGE_PASSWORD);
        AdminInitiateAuthResponse challenge = admin.adminInitiateAuth(a -> a.userPoolId(pool)
                .clientId(client)
                .authFlow(AuthFlowType.ADMIN_USER_PASSWORD_AUTH)
                .authParameters(Map.of("USERNAME", "bob", "PASSWORD", "Temp0rary!")));
        assertThat(challenge.challengeName()).isEqualTo(ChallengeNameType.NEW_PASSWORD_REQUIRED);
        admin.adminRespondToAuthChallenge(r -> r.userPoolId(pool)
                .clientId(client)
                .challengeName(ChallengeNameType.NEW_PASSWORD_REQUIRED)
                .session(challenge.session())
                .challengeResponses(Map.of("USERNAME", "bob", "NEW_PASSWORD", PASSWORD)));
        assertThat(admin.adminGetUser(g -> g.userPoolId(pool).username("bob")).userStatus())
                .isEqualTo(UserStatusType.CONFIRMED);

        admin.createGroup(g -> g.userPoolId(pool).groupName("staff"));
        admin.adminAddUserToGroup(g -> g.userPoolId(pool).username("bob").groupName("staff"));
        assertThat(admin.listUsersInGroup(l -> l.userPoolId(pool).groupName("staff"))
                        .users())
                .extracting(UserType::username)
                .containsExactly("bob");
        assertThat(admin.listUsers(l -> l.userPoolId(pool).filter("email = \"bob@example.com\""))
                        .users())
                .extracting(UserType::username)
                .containsExactly("bob");
        admin.adminDisableUser(d -> d.userPoolId(pool).username("bob"));
        assertThatThrownBy(() -> signIn(client, "bob", PASSWORD))
                .isInstanceOf(NotAuthorizedException.class)
                .hasMessageStartingWith("User is disabled.");
        admin.adminDeleteUser(d -> d.userPoolId(pool).username("bob"));
        assertThatThrownBy(() -> admin.adminGetUser(g -> g.userPoolId(pool).username("bob")))
                .isInstanceOf(UserNotFoundException.class)
                .hasMessageStartingWith("User does not exist.");
    }

    @Test
    void pagesOfUsersComeByThePaginator() {
        String pool = pool();
        for (int i = 0; i < 5; i++) {
            String name = "user" + i;
            admin.adminCreateUser(u -> u.userPoolId(pool).username(name).messageAction(MessageActionType.SUPPRESS));
        }

        List<String> names = admin.listUsersPaginator(l -> l.userPoolId(pool).limit(2)).users().stream()
                .map(UserType::username)
                .toList();

        assertThat(names).containsExactlyInAnyOrder("user0", "user1", "user2", "user3", "user4");
    }

    @Test
    void aPoolHasTheFieldsThatTerraformReads() {
        UserPoolType pool = admin.describeUserPool(d -> d.userPoolId(pool())).userPool();

        assertThat(pool.creationDate()).isEqualTo(server.now().truncatedTo(ChronoUnit.MILLIS));
        assertThat(pool.lastModifiedDate()).isEqualTo(pool.creationDate());
        assertThat(pool.policies().passwordPolicy().minimumLength()).isEqualTo(8);
        assertThat(pool.policies().passwordPolicy().temporaryPasswordValidityDays())
                .isEqualTo(7);
        assertThat(pool.policies().signInPolicy().allowedFirstAuthFactors()).containsExactly(AuthFactorType.PASSWORD);
        assertThat(pool.schemaAttributes()).hasSize(20);
        assertThat(pool.adminCreateUserConfig().allowAdminCreateUserOnly()).isFalse();
        assertThat(pool.deletionProtection()).isEqualTo(DeletionProtectionType.INACTIVE);
        assertThat(pool.estimatedNumberOfUsers()).isZero();
        assertThat(pool.verificationMessageTemplate().defaultEmailOption())
                .isEqualTo(DefaultEmailOptionType.CONFIRM_WITH_CODE);
        assertThat(pool.userPoolTier()).isEqualTo(UserPoolTierType.ESSENTIALS);
        assertThat(admin.getUserPoolMfaConfig(g -> g.userPoolId(pool.id())).mfaConfiguration())
                .isEqualTo(UserPoolMfaType.OFF);
        UserPoolClientType client = admin.createUserPoolClient(
                        c -> c.userPoolId(pool.id()).clientName("plain"))
                .userPoolClient();
        assertThat(client.refreshTokenValidity()).isEqualTo(30);
        assertThat(client.tokenValidityUnits()).isNull();
        assertThat(client.enableTokenRevocation()).isTrue();
        assertThat(client.authSessionValidity()).isEqualTo(3);
        assertThat(client.clientSecret()).isNull();
        assertThat(client.allowedOAuthFlowsUserPoolClient()).isFalse();
        assertThat(admin.createGroup(g -> g.userPoolId(pool.id()).groupName("staff"))
                        .group()
                        .roleArn())
                .isNull();
        assertThat(admin.describeUserPoolDomain(d -> d.domain("none")).domainDescription())
                .isEqualTo(DomainDescriptionType.builder().build());
    }
}
