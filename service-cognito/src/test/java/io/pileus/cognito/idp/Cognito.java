package io.pileus.cognito.idp;

import io.pileus.cognito.idp.model.*;
import io.pileus.core.service.CallContext;
import io.pileus.core.testkit.TestCalls;
import io.pileus.core.testkit.TestEnvironment;
import java.time.Duration;
import java.util.Map;
import java.util.function.UnaryOperator;

/** A user pool service in a test, with the calls that most tests make. */
final class Cognito {
    static final String PASSWORD = "Passw0rd!";

    final TestEnvironment env;
    final CognitoIdpService service;

    Cognito(TestEnvironment env) {
        this.env = env;
        this.service = new CognitoIdpService(Realm.of(env.services()));
    }

    static Cognito fresh() {
        return new Cognito(TestEnvironment.fresh());
    }

    CallContext call() {
        return TestCalls.call(env);
    }

    void advance(Duration by) {
        env.advance(by);
    }

    String pool(UnaryOperator<CreateUserPoolRequest.Builder> settings) {
        return service.createUserPool(
                        settings.apply(CreateUserPoolRequest.builder().poolName("pool"))
                                .build(),
                        call())
                .userPool()
                .id();
    }

    String pool() {
        return pool(p -> p.autoVerifiedAttributes(java.util.List.of("email")));
    }

    String client(String pool, UnaryOperator<CreateUserPoolClientRequest.Builder> settings) {
        return service.createUserPoolClient(
                        settings.apply(CreateUserPoolClientRequest.builder()
                                        .userPoolId(pool)
                                        .clientName("app")
                                        .explicitAuthFlows(java.util.List.of(
                                                "ALLOW_USER_PASSWORD_AUTH",
                                                "ALLOW_USER_SRP_AUTH",
                                                "ALLOW_REFRESH_TOKEN_AUTH",
                                                "ALLOW_CUSTOM_AUTH",
                                                "ALLOW_USER_AUTH",
                                                "ALLOW_ADMIN_USER_PASSWORD_AUTH")))
                                .build(),
                        call())
                .userPoolClient()
                .clientId();
    }

    String client(String pool) {
        return client(pool, c -> c);
    }

    static AttributeType attribute(String name, String value) {
        return AttributeType.builder().name(name).value(value).build();
    }

    SignUpResponse signUp(String client, String username) {
        return service.signUp(
                SignUpRequest.builder()
                        .clientId(client)
                        .username(username)
                        .password(PASSWORD)
                        .userAttributes(java.util.List.of(attribute("email", username + "@example.com")))
                        .build(),
                call());
    }

    String lastCode() {
        return service.realm().outbox().messages(m -> true).getLast().code();
    }

    void confirm(String client, String username) {
        service.confirmSignUp(
                ConfirmSignUpRequest.builder()
                        .clientId(client)
                        .username(username)
                        .confirmationCode(lastCode())
                        .build(),
                call());
    }

    /** A user who has signed up and confirmed. */
    void user(String client, String username) {
        signUp(client, username);
        confirm(client, username);
    }

    InitiateAuthResponse signIn(String client, String username, String password) {
        return initiate(client, "USER_PASSWORD_AUTH", Map.of("USERNAME", username, "PASSWORD", password));
    }

    InitiateAuthResponse initiate(String client, String flow, Map<String, String> parameters) {
        return service.initiateAuth(
                InitiateAuthRequest.builder()
                        .clientId(client)
                        .authFlow(flow)
                        .authParameters(parameters)
                        .build(),
                call());
    }

    RespondToAuthChallengeResponse respond(
            String client, String challenge, String session, Map<String, String> responses) {
        return service.respondToAuthChallenge(
                RespondToAuthChallengeRequest.builder()
                        .clientId(client)
                        .challengeName(challenge)
                        .session(session)
                        .challengeResponses(responses)
                        .build(),
                call());
    }
}
