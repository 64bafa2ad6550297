package io.pileus.cognito.idp;

import static io.pileus.cognito.idp.Cognito.PASSWORD;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import io.pileus.cognito.idp.model.*;
import io.pileus.core.port.FunctionInvoker;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TriggersTest {
    private final Cognito cognito = Cognito.fresh();
    private final FakeFunctions functions = new FakeFunctions();

    @BeforeEach
    void provideFunctions() {
        cognito.env.ports().provide(FunctionInvoker.class, functions);
    }

    private String pool(UnaryOperator<LambdaConfigType.Builder> lambda) {
        return cognito.pool(p -> p.autoVerifiedAttributes(List.of("email"))
                .lambdaConfig(lambda.apply(LambdaConfigType.builder()).build()));
    }

    private static ObjectNode response(ObjectNode event) {
        return (ObjectNode) event.get("response");
    }

    @Test
    void preSignUpMayConfirmAndVerify() {
        String function = functions.add(
                "pre", event -> response(event).put("autoConfirmUser", true).put("autoVerifyEmail", true));
        String client = cognito.client(pool(l -> l.preSignUp(function)));
        assertThat(cognito.signUp(client, "alice").userConfirmed()).isTrue();
        assertThat(cognito.signIn(client, "alice", PASSWORD).authenticationResult())
                .isNotNull();
        ObjectNode event = functions.events.getFirst();
        assertThat(event.get("triggerSource").asText()).isEqualTo("PreSignUp_SignUp");
        assertThat(event.get("callerContext").get("clientId").asText()).isEqualTo(client);
        assertThat(event.at("/request/userAttributes/email").asText()).isEqualTo("alice@example.com");
    }

    @Test
    void anErrorOfAFunctionIsTheUsersError() {
        String function = functions.add("pre", event -> {
            throw new IllegalStateException("not you");
        });
        String client = cognito.client(pool(l -> l.preSignUp(function)));
        assertThatThrownBy(() -> cognito.signUp(client, "alice"))
                .isInstanceOf(UserLambdaValidationException.class)
                .hasMessage("PreSignUp failed with error not you.");
    }

    @Test
    void aFunctionThatIsNotThereIsAnErrorAndNeverSkipped() {
        String client =
                cognito.client(pool(l -> l.preSignUp("arn:aws:lambda:us-east-1:000000000000:function:missing")));
        assertThatThrownBy(() -> cognito.signUp(client, "alice"))
                .isInstanceOf(UnexpectedLambdaException.class)
                .hasMessage("PreSignUp invocation failed due to error ResourceNotFoundException.");
    }

    @Test
    void aCustomMessageReplacesTheText() {
        String function = functions.add(
                "message",
                event -> response(event)
                        .put("emailSubject", "Welcome")
                        .put(
                                "emailMessage",
                                "Dear "
                                        + event.get("userName").asText() + ", "
                                        + event.at("/request/codeParameter").asText()));
        String client = cognito.client(pool(l -> l.customMessage(function)));
        cognito.signUp(client, "alice");
        Outbox.Message sent =
                cognito.service.realm().outbox().messages(m -> true).getLast();
        assertThat(sent.subject()).isEqualTo("Welcome");
        assertThat(sent.body()).isEqualTo("Dear alice, " + sent.code());
        assertThat(functions.events.getFirst().get("triggerSource").asText()).isEqualTo("CustomMessage_SignUp");
    }

    @Test
    void theSecondVersionOfPreTokenGenerationChangesBothTokensAndScopes() throws Exception {
        String function = functions.add("tokens", event -> {
            ObjectNode details = response(event).putObject("claimsAndScopeOverrideDetails");
            details.putObject("idTokenGeneration")
                    .putObject("claimsToAddOrOverride")
                    .put("tenant", "t1")
                    .put("sub", "forged");
            ObjectNode access = details.putObject("accessTokenGeneration");
            access.putObject("claimsToAddOrOverride").put("plan", "gold");
            access.putArray("scopesToAdd").add("api/read");
        });
        String pool = pool(l -> l.preTokenGenerationConfig(PreTokenGenerationVersionConfigType.builder()
                .lambdaArn(function)
                .lambdaVersion("V2_0")
                .build()));
        String client = cognito.client(pool);
        cognito.user(client, "alice");
        AuthenticationResultType tokens =
                cognito.signIn(client, "alice", PASSWORD).authenticationResult();
        JWTClaimsSet id = SignedJWT.parse(tokens.idToken()).getJWTClaimsSet();
        JWTClaimsSet access = SignedJWT.parse(tokens.accessToken()).getJWTClaimsSet();
        assertThat(id.getClaim("tenant")).isEqualTo("t1");
        assertThat(id.getSubject()).isNotEqualTo("forged").isEqualTo(access.getSubject());
        assertThat(access.getClaim("plan")).isEqualTo("gold");
        assertThat(access.getClaim("scope")).isEqualTo("aws.cognito.signin.user.admin api/read");
        ObjectNode event = functions.events.getLast();
        assertThat(event.get("version").asText()).isEqualTo("2");
        assertThat(event.at("/request/scopes/0").asText()).isEqualTo("aws.cognito.signin.user.admin");
    }

    @Test
    void theAudienceOfAnAccessTokenMayBeItsClientOnly() throws Exception {
        List<String> audiences = new ArrayList<>();
        String function = functions.add("tokens", event -> {
            String audience =
                    audiences.isEmpty() ? event.at("/callerContext/clientId").asText() : audiences.getFirst();
            ObjectNode details = response(event).putObject("claimsAndScopeOverrideDetails");
            details.putObject("idTokenGeneration")
                    .putObject("claimsToAddOrOverride")
                    .put("aud", "https://other.test");
            ObjectNode access = details.putObject("accessTokenGeneration");
            access.putObject("claimsToAddOrOverride").put("aud", audience).put("scope", "everything");
            access.putArray("scopesToAdd").add("aws.cognito.signin.user.admin").add("api/read");
            access.putArray("scopesToSuppress").add("aws.cognito.signin.user.admin");
        });
        String client =
                cognito.client(pool(l -> l.preTokenGenerationConfig(PreTokenGenerationVersionConfigType.builder()
                        .lambdaArn(function)
                        .lambdaVersion("V3_0")
                        .build())));
        cognito.user(client, "alice");
        AuthenticationResultType own = cognito.signIn(client, "alice", PASSWORD).authenticationResult();
        audiences.add("https://other.test");
        AuthenticationResultType other =
                cognito.signIn(client, "alice", PASSWORD).authenticationResult();

        assertThat(SignedJWT.parse(own.accessToken()).getJWTClaimsSet().getAudience())
                .containsExactly(client);
        assertThat(SignedJWT.parse(own.accessToken()).getJWTClaimsSet().getClaim("scope"))
                .as("neither by the claim nor one that is Cognito's own")
                .isEqualTo("api/read");
        assertThat(SignedJWT.parse(own.idToken()).getJWTClaimsSet().getAudience())
                .containsExactly(client);
        assertThat(SignedJWT.parse(other.accessToken()).getJWTClaimsSet().getAudience())
                .isEmpty();
    }

    @Test
    void threeFunctionsMakeACustomChallenge() {
        String define = functions.add("define", event -> {
            var session = event.at("/request/session");
            boolean solved = session.size() > 0
                    && session.get(session.size() - 1).get("challengeResult").asBoolean();
            response(event)
                    .put("issueTokens", solved)
                    .put("failAuthentication", session.size() >= 3 && !solved)
                    .put("challengeName", "CUSTOM_CHALLENGE");
        });
        String create = functions.add("create", event -> {
            response(event).putObject("publicChallengeParameters").put("question", "2+2");
            response(event).putObject("privateChallengeParameters").put("answer", "4");
            response(event).put("challengeMetadata", "MATHS");
        });
        String verify = functions.add(
                "verify",
                event -> response(event)
                        .put(
                                "answerCorrect",
                                event.at("/request/privateChallengeParameters/answer")
                                        .asText()
                                        .equals(event.at("/request/challengeAnswer")
                                                .asText())));
        String client = cognito.client(pool(
                l -> l.defineAuthChallenge(define).createAuthChallenge(create).verifyAuthChallengeResponse(verify)));
        cognito.user(client, "alice");
        InitiateAuthResponse asked = cognito.initiate(client, "CUSTOM_AUTH", Map.of("USERNAME", "alice"));
        assertThat(asked.challengeParameters()).containsEntry("question", "2+2").doesNotContainKey("answer");
        RespondToAuthChallengeResponse again = cognito.respond(
                client, "CUSTOM_CHALLENGE", asked.session(), Map.of("USERNAME", "alice", "ANSWER", "5"));
        assertThat(again.challengeName()).isEqualTo("CUSTOM_CHALLENGE");
        RespondToAuthChallengeResponse done = cognito.respond(
                client, "CUSTOM_CHALLENGE", again.session(), Map.of("USERNAME", "alice", "ANSWER", "4"));
        assertThat(done.authenticationResult()).isNotNull();
    }

    @Test
    void aMigratedUserSignsInAtOnce() {
        String function = functions.add("migrate", event -> {
            ObjectNode answer = response(event);
            if (event.at("/request/password").asText().equals("0ldPassw0rd!")) {
                answer.putObject("userAttributes")
                        .put("email", "old@example.com")
                        .put("email_verified", "true");
                answer.put("finalUserStatus", "CONFIRMED").put("messageAction", "SUPPRESS");
            }
        });
        String client = cognito.client(pool(l -> l.userMigration(function)));
        assertThatThrownBy(() -> cognito.signIn(client, "old", "wrong")).isInstanceOf(UserNotFoundException.class);
        assertThat(cognito.signIn(client, "old", "0ldPassw0rd!").authenticationResult())
                .isNotNull();
    }
}
