package io.pileus.junit5;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pileus.client.Fault;
import io.pileus.core.dispatch.RequestLog;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.cognitoidentityprovider.CognitoIdentityProviderClient;
import software.amazon.awssdk.services.cognitoidentityprovider.model.AttributeType;
import software.amazon.awssdk.services.cognitoidentityprovider.model.AuthFlowType;
import software.amazon.awssdk.services.cognitoidentityprovider.model.ExplicitAuthFlowsType;
import software.amazon.awssdk.services.cognitoidentityprovider.model.MessageActionType;
import software.amazon.awssdk.services.cognitoidentityprovider.model.TooManyRequestsException;
import software.amazon.awssdk.services.cognitoidentityprovider.model.VerifiedAttributeType;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.services.kms.model.KmsException;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.sfn.SfnClient;
import software.amazon.awssdk.services.sns.SnsClient;
import software.amazon.awssdk.services.sqs.SqsClient;

/** What a test can look at, and what it can make happen. */
@PileusTest
class InsideTest {

    @Test
    void messagesAreLookedAtWithoutReceivingThem(SqsClient sqs, PileusClient pileus) {
        String url = sqs.createQueue(q -> q.queueName("orders")).queueUrl();
        sqs.sendMessage(m -> m.queueUrl(url).messageBody("hello").delaySeconds(60));

        assertThat(pileus.messages("orders")).singleElement().satisfies(message -> {
            assertThat(message.body()).isEqualTo("hello");
            assertThat(message.delayed()).isTrue();
        });
        assertThat(pileus.messages(url)).hasSize(1);
    }

    @Test
    void cognitosLastCodeConfirmsAUser(CognitoIdentityProviderClient cognito, PileusClient pileus) {
        String pool = cognito.createUserPool(
                        p -> p.poolName("people").autoVerifiedAttributes(VerifiedAttributeType.EMAIL))
                .userPool()
                .id();
        String client = cognito.createUserPoolClient(c -> c.userPoolId(pool).clientName("app"))
                .userPoolClient()
                .clientId();
        cognito.signUp(s -> s.clientId(client)
                .username("alice")
                .password("Passw0rd!")
                .userAttributes(AttributeType.builder()
                        .name("email")
                        .value("alice@example.com")
                        .build()));

        cognito.confirmSignUp(
                c -> c.clientId(client).username("alice").confirmationCode(pileus.lastCode(pool, "alice")));

        assertThat(pileus.cognitoMessages(pool, "alice"))
                .singleElement()
                .satisfies(message -> assertThat(message.destination()).isEqualTo("alice@example.com"));
        assertThatThrownBy(() -> pileus.lastCode(pool, "bob")).hasMessageContaining("bob");
    }

    @Test
    void cognitosUnsignedCallsBelongToTheAccountOfTheirPool(
            CognitoIdentityProviderClient cognito, PileusClient pileus) {
        String pool =
                cognito.createUserPool(p -> p.poolName("people")).userPool().id();
        String client = cognito.createUserPoolClient(c -> c.userPoolId(pool)
                        .clientName("app")
                        .explicitAuthFlows(ExplicitAuthFlowsType.ALLOW_USER_PASSWORD_AUTH))
                .userPoolClient()
                .clientId();
        cognito.adminCreateUser(u -> u.userPoolId(pool).username("alice").messageAction(MessageActionType.SUPPRESS));
        cognito.adminSetUserPassword(
                u -> u.userPoolId(pool).username("alice").password("Passw0rd!").permanent(true));
        Map<String, String> alice = Map.of("USERNAME", "alice", "PASSWORD", "Passw0rd!");
        String token = cognito.initiateAuth(a -> a.clientId(client)
                        .authFlow(AuthFlowType.USER_PASSWORD_AUTH)
                        .authParameters(alice))
                .authenticationResult()
                .accessToken();

        pileus.add(Fault.on("cognito-idp").operation("GetUser").error("InternalErrorException", 500, "broken"));
        assertThatThrownBy(() -> cognito.getUser(u -> u.accessToken(token))).hasMessageContaining("broken");
        pileus.add(Fault.on("cognito-idp").operation("InitiateAuth").throttle());
        assertThatThrownBy(() -> cognito.initiateAuth(a -> a.clientId(client)
                        .authFlow(AuthFlowType.USER_PASSWORD_AUTH)
                        .authParameters(alice)))
                .isInstanceOf(TooManyRequestsException.class);

        assertThat(pileus.requests()).extracting(RequestLog.Entry::operation).contains("InitiateAuth", "GetUser");
    }

    @Test
    void snsTellsWhatItDelivered(SnsClient sns, SqsClient sqs, PileusClient pileus) {
        String url = sqs.createQueue(q -> q.queueName("news")).queueUrl();
        String topic = sns.createTopic(t -> t.name("news")).topicArn();
        sns.subscribe(s -> s.topicArn(topic)
                .protocol("sqs")
                .endpoint("arn:aws:sqs:us-east-1:" + pileus.account() + ":news")
                .attributes(Map.of("FilterPolicy", "{\"kind\":[\"good\"]}")));

        sns.publish(p -> p.topicArn(topic).message("bad news"));
        sns.publish(p -> p.phoneNumber("+15555550100").message("ring"));

        assertThat(pileus.deliveries(topic))
                .singleElement()
                .satisfies(delivery -> assertThat(delivery.outcome()).isNotEqualTo("DELIVERED"));
        assertThat(pileus.messages(url)).isEmpty();
        assertThat(pileus.textMessages())
                .singleElement()
                .satisfies(text -> assertThat(text.message()).isEqualTo("ring"));
    }

    @Test
    void aFaultGoesWrongInTheAccountOfTheClassOnly(KmsClient kms, PileusClient pileus) {
        pileus.add(Fault.on("kms").operation("ListKeys").error("KMSInternalException", 500, "broken"));

        assertThatThrownBy(kms::listKeys)
                .isInstanceOfSatisfying(
                        KmsException.class,
                        error -> assertThat(error.awsErrorDetails().errorMessage())
                                .isEqualTo("broken"));
        pileus.removeFaults();
        assertThat(kms.listKeys().keys()).isEmpty();
    }

    @Test
    void aFunctionsCodeRunsInTheTest(LambdaClient lambda, PileusClient pileus) {
        pileus.function("inside-greet", event -> "{\"greeting\":\"hello\",\"to\":" + event + "}");

        String answer = lambda.invoke(i -> i.functionName("inside-greet").payload(SdkBytes.fromUtf8String("\"bob\"")))
                .payload()
                .asUtf8String();

        assertThat(answer).isEqualTo("{\"greeting\":\"hello\",\"to\":\"bob\"}");
    }

    @Test
    void aFunctionAnswersFromAList(LambdaClient lambda, PileusClient pileus) {
        pileus.functionAnswers("inside-listed", "[{\"payload\":1},{\"payload\":2}]");

        assertThat(invoke(lambda, "\"a\"")).isEqualTo("1");
        assertThat(invoke(lambda, "\"b\"")).isEqualTo("2");
        assertThat(pileus.functionEvents("inside-listed")).hasSize(2);
    }

    private static String invoke(LambdaClient lambda, String event) {
        return lambda.invoke(i -> i.functionName("inside-listed").payload(SdkBytes.fromUtf8String(event)))
                .payload()
                .asUtf8String();
    }

    @Test
    void stepFunctionsAnswerFromMocks(SfnClient sfn, PileusClient pileus) {
        pileus.stepFunctionsMocks("""
                {"StateMachines": {"inside": {"TestCases": {"Happy": {"Send": "Sent"}}}},
                 "MockedResponses": {"Sent": {"0": {"Return": {"MessageId": "mocked"}}}}}
                """);
        String machine = sfn.createStateMachine(m -> m.name("inside")
                        .roleArn("arn:aws:iam::" + pileus.account() + ":role/any")
                        .definition("""
                                {"StartAt": "Send", "States": {"Send": {"Type": "Task", "End": true,
                                 "Resource": "arn:aws:states:::sqs:sendMessage",
                                 "Parameters": {"QueueUrl": "http://nowhere/1/q", "MessageBody": "x"}}}}
                                """))
                .stateMachineArn();

        String execution = sfn.startExecution(
                        e -> e.stateMachineArn(machine + "#Happy").input("{}"))
                .executionArn();

        assertThat(sfn.describeExecution(e -> e.executionArn(execution)).output())
                .contains("mocked");
    }
}
