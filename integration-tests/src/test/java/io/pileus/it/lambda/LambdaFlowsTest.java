package io.pileus.it.lambda;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.cognitoidentityprovider.CognitoIdentityProviderClient;
import software.amazon.awssdk.services.cognitoidentityprovider.model.UserStatusType;
import software.amazon.awssdk.services.lambda.model.InvocationType;
import software.amazon.awssdk.services.lambda.model.InvokeResponse;
import software.amazon.awssdk.services.sfn.SfnClient;
import software.amazon.awssdk.services.sfn.model.ExecutionStatus;
import software.amazon.awssdk.services.sns.SnsClient;
import software.amazon.awssdk.services.sqs.SqsClient;

/** Functions as targets of the other services, and functions that a test answers for. */
class LambdaFlowsTest {
    private static final String QUEUE_ARN = "arn:aws:sqs:us-east-1:" + LambdaServer.ACCOUNT + ":";

    @Test
    void aPublishedMessageIsGivenToAFunctionWhoseResultGoesToAQueue() {
        try (LambdaServer server = new LambdaServer();
                SqsClient sqs = server.client(SqsClient.builder());
                SnsClient sns = server.client(SnsClient.builder())) {
            String results = sqs.createQueue(q -> q.queueName("results")).queueUrl();
            server.python("f", """
                    def handler(event, context):
                        record = event['Records'][0]
                        return [record['EventSource'], record['Sns']['Message'], record['Sns']['Subject']]
                    """);
            server.lambda.putFunctionEventInvokeConfig(c ->
                    c.functionName("f").destinationConfig(d -> d.onSuccess(s -> s.destination(QUEUE_ARN + "results"))));
            String topic = sns.createTopic(t -> t.name("orders")).topicArn();
            sns.subscribe(s -> s.topicArn(topic).protocol("lambda").endpoint(LambdaServer.ARN + "f"));

            sns.publish(p -> p.topicArn(topic).message("hello").subject("greeting"));
            server.pileus.time().settle();

            assertThat(sqs.receiveMessage(r -> r.queueUrl(results)).messages())
                    .singleElement()
                    .satisfies(message -> assertThat(message.body())
                            .contains("\"condition\":\"Success\"")
                            .contains("\"responsePayload\":[\"aws:sns\",\"hello\",\"greeting\"]"));
        }
    }

    @Test
    void aWorkflowsTaskIsAFunction() {
        try (LambdaServer server = new LambdaServer();
                SfnClient sfn = server.client(SfnClient.builder())) {
            server.python("double", "def handler(event, context):\n    return event['n'] * 2\n");
            String machine = sfn.createStateMachine(m -> m.name("doubling")
                            .roleArn(LambdaServer.ROLE)
                            .definition("{\"StartAt\":\"Double\",\"States\":{\"Double\":{\"Type\":\"Task\","
                                    + "\"Resource\":\"" + LambdaServer.ARN + "double\",\"ResultPath\":\"$.doubled\","
                                    + "\"End\":true}}}"))
                    .stateMachineArn();

            String execution = sfn.startExecution(
                            e -> e.stateMachineArn(machine).input("{\"n\":21}"))
                    .executionArn();
            server.pileus.time().settle();

            var described = sfn.describeExecution(d -> d.executionArn(execution));
            assertThat(described.status()).isEqualTo(ExecutionStatus.SUCCEEDED);
            assertThat(described.output()).isEqualTo("{\"n\":21,\"doubled\":42}");
        }
    }

    @Test
    void aTriggerConfirmsWhoeverSignsUp() {
        try (LambdaServer server = new LambdaServer();
                CognitoIdentityProviderClient cognito = server.client(CognitoIdentityProviderClient.builder())) {
            server.python("confirm", """
                    def handler(event, context):
                        assert event['triggerSource'] == 'PreSignUp_SignUp'
                        event['response']['autoConfirmUser'] = True
                        return event
                    """);
            String pool = cognito.createUserPool(
                            p -> p.poolName("users").lambdaConfig(l -> l.preSignUp(LambdaServer.ARN + "confirm")))
                    .userPool()
                    .id();
            String client = cognito.createUserPoolClient(c -> c.userPoolId(pool).clientName("app"))
                    .userPoolClient()
                    .clientId();

            var signedUp =
                    cognito.signUp(s -> s.clientId(client).username("ada").password("Correct-Horse-1"));

            assertThat(signedUp.userConfirmed()).isTrue();
            assertThat(cognito.adminGetUser(u -> u.userPoolId(pool).username("ada"))
                            .userStatus())
                    .isEqualTo(UserStatusType.CONFIRMED);
        }
    }

    @Test
    void aScriptFailsTwiceAndThenSucceedsOnTheClock() throws Exception {
        try (LambdaServer server = new LambdaServer();
                SqsClient sqs = server.client(SqsClient.builder())) {
            String results = sqs.createQueue(q -> q.queueName("results")).queueUrl();
            server.python("f", "def handler(event, context):\n    return 'never asked'\n");
            server.lambda.putFunctionEventInvokeConfig(c ->
                    c.functionName("f").destinationConfig(d -> d.onSuccess(s -> s.destination(QUEUE_ARN + "results"))));
            server.post("/_pileus/lambda/f/script", """
                    [{"error": {"errorType": "Boom", "errorMessage": "first"}},
                     {"throttle": true},
                     {"error": {"errorType": "Boom", "errorMessage": "second"}},
                     {"payload": {"done": true}}]
                    """);

            server.lambda.invoke(i -> i.functionName("f")
                    .invocationType(InvocationType.EVENT)
                    .payload(SdkBytes.fromUtf8String("{\"n\":1}")));
            server.pileus.time().advance(Duration.ofSeconds(59));
            assertThat(server.get("/_pileus/lambda/f/events").body()).isEqualTo("{\"events\":[{\"n\":1}]}");
            server.pileus.time().advance(Duration.ofMinutes(5));

            assertThat(sqs.receiveMessage(r -> r.queueUrl(results)).messages())
                    .singleElement()
                    .satisfies(message -> assertThat(message.body())
                            .contains("\"approximateInvokeCount\":3")
                            .contains("\"responsePayload\":{\"done\":true}"));
        }
    }

    @Test
    void aRemoteEndpointServesAFunction() throws Exception {
        List<String> seen = new CopyOnWriteArrayList<>();
        HttpServer remote = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        remote.createContext("/2015-03-31/functions/function/invocations", exchange -> {
            String event = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            seen.add(event);
            byte[] answer = (event.contains("bad")
                            ? "{\"errorType\":\"Remote\",\"errorMessage\":\"no luck\"}"
                            : "{\"from\":\"afar\"}")
                    .getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, answer.length);
            exchange.getResponseBody().write(answer);
            exchange.close();
        });
        remote.start();
        String at = "http://127.0.0.1:" + remote.getAddress().getPort();
        try (LambdaServer server =
                new LambdaServer("LAMBDA_REMOTE_ENDPOINTS", "near=" + at + "," + LambdaServer.ARN + "far=" + at)) {
            server.python("near", "def handler(event, context):\n    return 'never asked'\n");
            server.python("far", "def handler(event, context):\n    return 'never asked'\n");

            InvokeResponse near =
                    server.lambda.invoke(i -> i.functionName("near").payload(SdkBytes.fromUtf8String("{\"n\":1}")));
            InvokeResponse far =
                    server.lambda.invoke(i -> i.functionName("far").payload(SdkBytes.fromUtf8String("{\"bad\":1}")));

            assertThat(near.payload().asUtf8String()).isEqualTo("{\"from\":\"afar\"}");
            assertThat(near.functionError()).isNull();
            assertThat(far.functionError()).isEqualTo("Unhandled");
            assertThat(seen).containsExactly("{\"n\":1}", "{\"bad\":1}");
        } finally {
            remote.stop(0);
        }
    }

    @Test
    void aFunctionReachesTheOtherServices() {
        try (LambdaServer server = new LambdaServer()) {
            server.python("f", """
                    import os, urllib.request
                    def handler(event, context):
                        with urllib.request.urlopen(os.environ['AWS_ENDPOINT_URL'] + '/_localstack/health') as answer:
                            return answer.status
                    """);

            assertThat(server.lambda.invoke(i -> i.functionName("f")).payload().asUtf8String())
                    .isEqualTo("200");
        }
    }
}
