package io.pileus.cognito.idp;

import static io.pileus.cognito.idp.Cognito.PASSWORD;
import static io.pileus.cognito.idp.Cognito.attribute;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import io.pileus.cognito.idp.model.*;
import io.pileus.core.http.Headers;
import io.pileus.core.http.HttpResponse;
import io.pileus.core.port.Delivery;
import io.pileus.core.port.DeliveryResult;
import io.pileus.core.port.FunctionInvoker;
import io.pileus.core.shape.Blob;
import io.pileus.core.shape.JsonTrees;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The events that triggers receive, with the names and nesting that AWS documents, and what their failures become. */
class TriggerEventsTest {
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

    private static JsonNode json(String text) throws Exception {
        return JsonTrees.mapper().readTree(text.replace('\'', '"'));
    }

    @Test
    void signingUpSendsPreSignUpCustomMessageAndPostConfirmation() throws Exception {
        String any = functions.addPlain("any");
        String pool = pool(l -> l.preSignUp(any).customMessage(any).postConfirmation(any));
        String client = cognito.client(pool);
        SignUpResponse signUp = cognito.service.signUp(
                SignUpRequest.builder()
                        .clientId(client)
                        .username("alice")
                        .password(PASSWORD)
                        .userAttributes(List.of(attribute("email", "alice@example.com")))
                        .validationData(List.of(attribute("captcha", "7")))
                        .clientMetadata(Map.of("campaign", "spring"))
                        .build(),
                cognito.call());
        cognito.confirm(client, "alice");

        assertThat(functions.event("PreSignUp_SignUp"))
                .isEqualTo(json("{'version':'1','triggerSource':'PreSignUp_SignUp','region':'us-east-1','userPoolId':'"
                        + pool + "','userName':'alice','callerContext':{'awsSdkVersion':'aws-sdk-unknown-unknown',"
                        + "'clientId':'" + client + "'},'request':{'userAttributes':{'email':'alice@example.com'},"
                        + "'validationData':{'captcha':'7'},'clientMetadata':{'campaign':'spring'}},"
                        + "'response':{'autoConfirmUser':false,'autoVerifyEmail':false,'autoVerifyPhone':false}}"));
        ObjectNode message = functions.event("CustomMessage_SignUp");
        assertThat(message.get("request"))
                .isEqualTo(
                        json(
                                "{'userAttributes':{'cognito:user_status':'UNCONFIRMED','email':'alice@example.com',"
                                        + "'email_verified':'false','sub':'" + signUp.userSub()
                                        + "'},'codeParameter':'{####}',"
                                        + "'linkParameter':'{##Click Here##}','usernameParameter':null,'clientMetadata':{'campaign':'spring'}}"));
        assertThat(message.get("response"))
                .isEqualTo(json("{'smsMessage':null,'emailMessage':null,'emailSubject':null}"));
        ObjectNode confirmed = functions.event("PostConfirmation_ConfirmSignUp");
        assertThat(confirmed.get("request"))
                .isEqualTo(json("{'userAttributes':{'cognito:user_status':'CONFIRMED','email':'alice@example.com',"
                        + "'email_verified':'true','sub':'" + signUp.userSub() + "'}}"));
        assertThat(confirmed.get("response")).isEqualTo(json("{}"));
    }

    @Test
    void aFunctionWhosePolicyKeepsThePoolOutIsNotInvoked() throws Exception {
        String any = functions.addPlain("any");
        String pool = pool(l -> l.preSignUp(any));
        String client = cognito.client(pool);
        List<Delivery> asked = new ArrayList<>();
        cognito.env.ports().deliveries().guard(delivery -> {
            asked.add(delivery);
            return Optional.of(new DeliveryResult.Refused("AccessDeniedException", "", false));
        });

        assertThatThrownBy(() -> cognito.service.signUp(
                        SignUpRequest.builder()
                                .clientId(client)
                                .username("alice")
                                .password(PASSWORD)
                                .build(),
                        cognito.call()))
                .isInstanceOf(UnexpectedLambdaException.class)
                .hasMessageContaining("AccessDeniedException");
        assertThat(asked).singleElement().satisfies(delivery -> {
            assertThat(delivery.target().toString()).isEqualTo(any);
            assertThat(delivery.source().toString()).endsWith(":userpool/" + pool);
            assertThat(delivery.sender().principalArn()).isEqualTo("cognito-idp.amazonaws.com");
        });
    }

    @Test
    void metadataOfTheFirstCallReachesOnlyPreAuthentication() throws Exception {
        String any = functions.addPlain("any");
        String client = cognito.client(
                pool(l -> l.preAuthentication(any).postAuthentication(any).preTokenGeneration(any)));
        cognito.user(client, "alice");

        cognito.service.initiateAuth(
                InitiateAuthRequest.builder()
                        .clientId(client)
                        .authFlow("USER_PASSWORD_AUTH")
                        .authParameters(Map.of("USERNAME", "alice", "PASSWORD", PASSWORD))
                        .clientMetadata(Map.of("a", "b"))
                        .build(),
                cognito.call());

        assertThat(functions.event("PreAuthentication_Authentication").at("/request/validationData"))
                .isEqualTo(json("{'a':'b'}"));
        assertThat(functions
                        .event("PostAuthentication_Authentication")
                        .get("request")
                        .has("clientMetadata"))
                .isFalse();
        assertThat(functions.event("PostAuthentication_Authentication").at("/request/newDeviceUsed"))
                .isEqualTo(json("false"));
        ObjectNode tokens = functions.event("TokenGeneration_Authentication");
        assertThat(tokens.get("request").has("clientMetadata")).isFalse();
        assertThat(tokens.at("/request/groupConfiguration"))
                .isEqualTo(json("{'groupsToOverride':[],'iamRolesToOverride':[],'preferredRole':null}"));
        assertThat(tokens.get("response")).isEqualTo(json("{'claimsOverrideDetails':null}"));
    }

    @Test
    void eachWayToGetTokensNamesItsSource() {
        String any = functions.addPlain("any");
        String pool = pool(l -> l.preTokenGeneration(any));
        String client = cognito.client(pool);
        cognito.service.adminCreateUser(
                AdminCreateUserRequest.builder()
                        .userPoolId(pool)
                        .username("bob")
                        .temporaryPassword("Temp0rary!")
                        .build(),
                cognito.call());
        String session = cognito.signIn(client, "bob", "Temp0rary!").session();
        AuthenticationResultType tokens = cognito.service
                .respondToAuthChallenge(
                        RespondToAuthChallengeRequest.builder()
                                .clientId(client)
                                .challengeName("NEW_PASSWORD_REQUIRED")
                                .session(session)
                                .challengeResponses(Map.of("USERNAME", "bob", "NEW_PASSWORD", PASSWORD))
                                .clientMetadata(Map.of("step", "2"))
                                .build(),
                        cognito.call())
                .authenticationResult();
        cognito.initiate(client, "REFRESH_TOKEN_AUTH", Map.of("REFRESH_TOKEN", tokens.refreshToken()));

        assertThat(functions
                        .event("TokenGeneration_NewPasswordChallenge")
                        .at("/request/clientMetadata/step")
                        .asText())
                .isEqualTo("2");
        assertThat(functions
                        .event("TokenGeneration_RefreshTokens")
                        .get("userName")
                        .asText())
                .isEqualTo("bob");
    }

    @Test
    void theFirstVersionOfPreTokenGenerationChangesTheIdTokenAndItsGroups() throws Exception {
        String function = functions.add("tokens", event -> {
            ObjectNode details = ((ObjectNode) event.get("response")).putObject("claimsOverrideDetails");
            details.putObject("claimsToAddOrOverride").put("tenant", "t1").put("iss", "forged");
            details.putArray("claimsToSuppress").add("email").add("sub");
            ObjectNode groups = details.putObject("groupOverrideDetails");
            groups.putArray("groupsToOverride").add("vip");
            groups.putArray("iamRolesToOverride").add("arn:aws:iam::123456789012:role/vip");
            groups.put("preferredRole", "arn:aws:iam::123456789012:role/vip");
        });
        String client = cognito.client(pool(l -> l.preTokenGeneration(function)));
        cognito.user(client, "alice");

        AuthenticationResultType tokens =
                cognito.signIn(client, "alice", PASSWORD).authenticationResult();

        JWTClaimsSet id = SignedJWT.parse(tokens.idToken()).getJWTClaimsSet();
        JWTClaimsSet access = SignedJWT.parse(tokens.accessToken()).getJWTClaimsSet();
        assertThat(id.getClaim("tenant")).isEqualTo("t1");
        assertThat(id.getIssuer()).isNotEqualTo("forged");
        assertThat(id.getClaim("email")).isNull();
        assertThat(id.getSubject()).isEqualTo(access.getSubject()).isNotNull();
        assertThat(id.getStringListClaim("cognito:groups")).containsExactly("vip");
        assertThat(id.getStringClaim("cognito:preferred_role")).isEqualTo("arn:aws:iam::123456789012:role/vip");
        assertThat(access.getStringListClaim("cognito:groups")).containsExactly("vip");
        assertThat(access.getClaim("tenant")).isNull();
    }

    @Test
    void definingAChallengeSeesTheChallengesBefore() throws Exception {
        String define = functions.add("define", event -> {
            boolean first = event.at("/request/session").isEmpty();
            ((ObjectNode) event.get("response"))
                    .put("issueTokens", !first)
                    .put("failAuthentication", false)
                    .put("challengeName", "CUSTOM_CHALLENGE");
        });
        String create = functions.add(
                "create",
                event -> ((ObjectNode) event.get("response"))
                        .put("challengeMetadata", "CAPTCHA")
                        .putObject("privateChallengeParameters")
                        .put("answer", "4"));
        String verify =
                functions.add("verify", event -> ((ObjectNode) event.get("response")).put("answerCorrect", true));
        String client = cognito.client(pool(
                l -> l.defineAuthChallenge(define).createAuthChallenge(create).verifyAuthChallengeResponse(verify)));
        cognito.user(client, "alice");
        InitiateAuthResponse asked = cognito.initiate(client, "CUSTOM_AUTH", Map.of("USERNAME", "alice"));
        assertThat(functions.event("DefineAuthChallenge_Authentication").get("response"))
                .isEqualTo(json("{'challengeName':null,'issueTokens':null,'failAuthentication':null}"));
        assertThat(functions.event("CreateAuthChallenge_Authentication").get("response"))
                .isEqualTo(json("{'publicChallengeParameters':null,'privateChallengeParameters':null,"
                        + "'challengeMetadata':null}"));

        cognito.respond(client, "CUSTOM_CHALLENGE", asked.session(), Map.of("USERNAME", "alice", "ANSWER", "4"));

        assertThat(functions
                        .event("VerifyAuthChallengeResponse_Authentication")
                        .at("/request/privateChallengeParameters"))
                .isEqualTo(json("{'answer':'4'}"));
        assertThat(functions.event("VerifyAuthChallengeResponse_Authentication").at("/request/challengeAnswer"))
                .isEqualTo(json("'4'"));
        assertThat(functions.event("DefineAuthChallenge_Authentication").at("/request/session"))
                .isEqualTo(json("[{'challengeName':'CUSTOM_CHALLENGE','challengeResult':true,"
                        + "'challengeMetadata':'CAPTCHA'}]"));
    }

    @Test
    void anInvitationAndAForgottenPasswordHaveMessagesOfTheirOwn() {
        String any = functions.addPlain("any");
        String pool = pool(l -> l.customMessage(any).preSignUp(any).postConfirmation(any));
        String client = cognito.client(pool);
        cognito.service.adminCreateUser(
                AdminCreateUserRequest.builder()
                        .userPoolId(pool)
                        .username("bob")
                        .userAttributes(
                                List.of(attribute("email", "bob@example.com"), attribute("email_verified", "true")))
                        .build(),
                cognito.call());
        assertThat(functions
                        .event("PreSignUp_AdminCreateUser")
                        .at("/callerContext/clientId")
                        .asText())
                .isEqualTo("CLIENT_ID_NOT_APPLICABLE");
        assertThat(functions
                        .event("CustomMessage_AdminCreateUser")
                        .at("/request/usernameParameter")
                        .asText())
                .isEqualTo("{username}");
        cognito.service.adminSetUserPassword(
                AdminSetUserPasswordRequest.builder()
                        .userPoolId(pool)
                        .username("bob")
                        .password(PASSWORD)
                        .permanent(true)
                        .build(),
                cognito.call());

        cognito.service.forgotPassword(
                ForgotPasswordRequest.builder().clientId(client).username("bob").build(), cognito.call());
        cognito.service.confirmForgotPassword(
                ConfirmForgotPasswordRequest.builder()
                        .clientId(client)
                        .username("bob")
                        .confirmationCode(cognito.lastCode())
                        .password("Passw0rd!2")
                        .build(),
                cognito.call());

        assertThat(functions
                        .event("CustomMessage_ForgotPassword")
                        .get("userName")
                        .asText())
                .isEqualTo("bob");
        assertThat(functions
                        .event("PostConfirmation_ConfirmForgotPassword")
                        .get("userName")
                        .asText())
                .isEqualTo("bob");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "null",
                "\"text\"",
                "[]",
                "{}",
                "{\"response\":null}",
                "{\"response\":1}",
                "no json",
                "{\"response\":{\"autoConfirmUser\":{}}}"
            })
    void anAnswerThatIsNoEventIsRefused(String answer) {
        String function = functions.addRaw(
                "strange",
                () -> CompletableFuture.completedStage(new FunctionInvoker.Returned(Blob.ofUtf8(answer), "$LATEST")));
        String client = cognito.client(pool(l -> l.preSignUp(function)));

        assertThatThrownBy(() -> cognito.signUp(client, "alice"))
                .isInstanceOf(InvalidLambdaResponseException.class)
                .hasMessage("Unrecognizable lambda output");
    }

    @Test
    void aMachinesTokenHasWhatTheThirdVersionSays() throws Exception {
        String function = functions.add("tokens", event -> {
            ObjectNode access = ((ObjectNode) event.get("response"))
                    .putObject("claimsAndScopeOverrideDetails")
                    .putObject("accessTokenGeneration");
            access.putObject("claimsToAddOrOverride")
                    .put("tenant", event.at("/request/clientMetadata/tenant").asText())
                    .put("client_id", "forged")
                    .putArray("plans")
                    .add("gold");
            access.putArray("claimsToSuppress").add("auth_time").add("version");
            access.putArray("scopesToAdd").add("other/write");
            access.putArray("scopesToSuppress").add("api/read");
        });
        String pool = pool(l -> l.preTokenGenerationConfig(version(function, "V3_0")));
        Map<String, String> machine = machine(pool);

        JWTClaimsSet claims = machineToken(machine);

        assertThat(functions.event("TokenGeneration_ClientCredentials"))
                .isEqualTo(json("{'version':'3','triggerSource':'TokenGeneration_ClientCredentials',"
                        + "'region':'us-east-1','userPoolId':'" + pool + "','userName':'" + machine.get("client_id")
                        + "','callerContext':{'awsSdkVersion':'aws-sdk-unknown-unknown','clientId':'"
                        + machine.get("client_id") + "'},'request':{'userAttributes':{},"
                        + "'clientMetadata':{'tenant':'t1'},'scopes':['api/read','api/write']},"
                        + "'response':{'claimsAndScopeOverrideDetails':null}}"));
        assertThat(claims.getClaim("tenant")).isEqualTo("t1");
        assertThat(claims.getStringListClaim("plans")).containsExactly("gold");
        assertThat(claims.getClaim("client_id")).isEqualTo(machine.get("client_id"));
        assertThat(claims.getClaim("auth_time")).isNotNull();
        assertThat(claims.getClaim("scope")).isEqualTo("api/write other/write");
    }

    @Test
    void earlierVersionsAreNotAskedAboutMachines() throws Exception {
        String function = functions.addPlain("tokens");
        for (String version : List.of("V1_0", "V2_0")) {
            String pool = pool(l -> l.preTokenGenerationConfig(version(function, version)));
            assertThat(machineToken(machine(pool)).getClaim("scope")).isEqualTo("api/read api/write");
        }
        assertThat(functions.events).isEmpty();
    }

    private static PreTokenGenerationVersionConfigType version(String function, String version) {
        return PreTokenGenerationVersionConfigType.builder()
                .lambdaArn(function)
                .lambdaVersion(version)
                .build();
    }

    /** A client for machines; its id and secret. */
    private Map<String, String> machine(String pool) {
        cognito.service.createResourceServer(
                CreateResourceServerRequest.builder()
                        .userPoolId(pool)
                        .identifier("api")
                        .name("api")
                        .scopes(Stream.of("read", "write")
                                .map(scope -> ResourceServerScopeType.builder()
                                        .scopeName(scope)
                                        .scopeDescription(scope)
                                        .build())
                                .toList())
                        .build(),
                cognito.call());
        String id = cognito.client(
                pool,
                c -> c.generateSecret(true)
                        .allowedOAuthFlowsUserPoolClient(true)
                        .allowedOAuthFlows(List.of("client_credentials"))
                        .allowedOAuthScopes(List.of("api/read", "api/write")));
        String secret = cognito.service
                .describeUserPoolClient(
                        DescribeUserPoolClientRequest.builder()
                                .userPoolId(pool)
                                .clientId(id)
                                .build(),
                        cognito.call())
                .userPoolClient()
                .clientSecret();
        return Map.of("client_id", id, "client_secret", secret);
    }

    private JWTClaimsSet machineToken(Map<String, String> machine) throws Exception {
        HttpResponse response = new HostedBrowser(cognito)
                .send(
                        "POST",
                        "/oauth2/token",
                        new Headers(),
                        "grant_type=client_credentials&aws_client_metadata=%7B%22tenant%22%3A%22t1%22%7D&client_id="
                                + machine.get("client_id") + "&client_secret=" + machine.get("client_secret"));
        JsonNode answer = JsonTrees.mapper()
                .readTree(((HttpResponse.Complete) response.body()).payload().bytes());
        return SignedJWT.parse(answer.path("access_token").asText()).getJWTClaimsSet();
    }

    @Test
    void aFunctionThatLambdaRefusesToRunIsUnexpected() {
        String function = functions.addRaw(
                "throttled",
                () -> CompletableFuture.completedStage(
                        new FunctionInvoker.Refused("TooManyRequestsException", "Rate exceeded", 429)));
        String client = cognito.client(pool(l -> l.postConfirmation(function)));
        cognito.signUp(client, "alice");

        assertThatThrownBy(() -> cognito.confirm(client, "alice"))
                .isInstanceOf(UnexpectedLambdaException.class)
                .hasMessage("PostConfirmation invocation failed due to error TooManyRequestsException.");
    }

    @Test
    void aFunctionThatNeverAnswersIsCalledThreeTimesAndGivenUp() throws Exception {
        Semaphore calls = new Semaphore(0);
        String function = functions.addRaw("slow", () -> {
            calls.release();
            return new CompletableFuture<>();
        });
        String client = cognito.client(pool(l -> l.preSignUp(function)));
        CompletableFuture<SignUpResponse> signUp =
                CompletableFuture.supplyAsync(() -> cognito.signUp(client, "alice"), Thread::startVirtualThread);

        for (int attempt = 0; attempt < 3; attempt++) {
            calls.acquire();
            cognito.advance(Duration.ofSeconds(5));
        }

        assertThatThrownBy(signUp::get)
                .isInstanceOf(ExecutionException.class)
                .hasCauseInstanceOf(UnexpectedLambdaException.class)
                .hasRootCauseMessage(
                        "PreSignUp invocation failed due to error Socket timeout while invoking Lambda function.");
        assertThat(calls.availablePermits()).isZero();
    }
}
