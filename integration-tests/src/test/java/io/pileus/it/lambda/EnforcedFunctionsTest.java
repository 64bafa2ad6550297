package io.pileus.it.lambda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.pileus.server.Pileus;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.core.client.config.SdkAdvancedClientOption;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.lambda.model.FunctionUrlAuthType;
import software.amazon.awssdk.services.lambda.model.LambdaException;
import software.amazon.awssdk.services.lambda.model.Runtime;
import software.amazon.awssdk.services.sfn.SfnClient;
import software.amazon.awssdk.services.sfn.model.StateMachineType;
import software.amazon.awssdk.services.sts.StsClient;

/** Policies are enforced: who may invoke a function, by which way. */
class EnforcedFunctionsTest {
    private static final String OWNER = "111111111111";
    private static final String STRANGER = "222222222222";
    private static final String ARN = "arn:aws:lambda:us-east-1:" + OWNER + ":function:";

    private static Pileus pileus;
    private static LambdaClient lambda;

    @BeforeAll
    static void start() throws IOException {
        pileus = Pileus.builder().port(0).setting("ENFORCE_IAM", "1").start();
        lambda = client(LambdaClient.builder(), OWNER);
    }

    @AfterAll
    static void stop() {
        lambda.close();
        pileus.close();
    }

    private static <B extends AwsClientBuilder<B, C>, C> C client(B builder, String account) {
        return client(builder, StaticCredentialsProvider.create(AwsBasicCredentials.create(account, "test")));
    }

    private static <B extends AwsClientBuilder<B, C>, C> C client(B builder, StaticCredentialsProvider credentials) {
        return builder.endpointOverride(pileus.endpoint())
                .region(Region.US_EAST_1)
                .credentialsProvider(credentials)
                .build();
    }

    private static HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return HttpClient.newHttpClient().send(request.build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** A function that returns a list of one. */
    private static void function(String name) {
        try (IamClient iam = client(IamClient.builder(), OWNER)) {
            iam.createRole(r -> r.roleName(name).assumeRolePolicyDocument(trusting("lambda")));
        }
        lambda.createFunction(f -> f.functionName(name)
                .runtime(Runtime.PYTHON3_12)
                .role("arn:aws:iam::" + OWNER + ":role/" + name)
                .handler("app.handler")
                .publish(true)
                .code(c -> c.zipFile(LambdaServer.zip("app.py", "def handler(event, context): return [1]\n"))));
        send(HttpRequest.newBuilder(pileus.endpoint().resolve("/_pileus/lambda/" + name + "/script"))
                .POST(HttpRequest.BodyPublishers.ofString("[{\"payload\":[1]}]")));
    }

    private static String trusting(String service) {
        return "{\"Version\":\"2012-10-17\",\"Statement\":{\"Effect\":\"Allow\",\"Principal\":{\"Service\":\"" + service
                + ".amazonaws.com\"},\"Action\":\"sts:AssumeRole\"}}";
    }

    @Test
    void aPublicUrlTakesBothPermissions() {
        function("public");
        String url = lambda.createFunctionUrlConfig(
                        u -> u.functionName("public").authType(FunctionUrlAuthType.NONE))
                .functionUrl();
        String id = URI.create(url).getHost().split("\\.")[0];
        HttpRequest.Builder request = HttpRequest.newBuilder(pileus.endpoint().resolve("/_aws/lambda-url/" + id + "/"));

        HttpResponse<String> without = send(request);
        lambda.addPermission(p -> p.functionName("public")
                .statementId("url")
                .action("lambda:InvokeFunctionUrl")
                .principal("*")
                .functionUrlAuthType(FunctionUrlAuthType.NONE));
        HttpResponse<String> withOne = send(request);
        lambda.addPermission(p -> p.functionName("public")
                .statementId("invoke")
                .action("lambda:InvokeFunction")
                .principal("*")
                .invokedViaFunctionUrl(true));
        HttpResponse<String> withBoth = send(request);

        assertThat(without.statusCode()).isEqualTo(403);
        assertThat(without.body()).contains("Forbidden. For troubleshooting Function URL authorization issues, see:");
        assertThat(withOne.statusCode()).isEqualTo(403);
        assertThat(withBoth.statusCode()).isEqualTo(200);
        assertThat(withBoth.body()).isEqualTo("[1]");
    }

    @Test
    void anotherAccountInvokesOnlyTheAliasThatLetsIt() {
        function("shared");
        lambda.createAlias(a -> a.functionName("shared").name("live").functionVersion("1"));
        lambda.addPermission(p -> p.functionName("shared")
                .qualifier("live")
                .statementId("stranger")
                .action("lambda:InvokeFunction")
                .principal(STRANGER));
        try (LambdaClient stranger = client(LambdaClient.builder(), STRANGER)) {

            assertThat(stranger.invoke(i -> i.functionName(ARN + "shared").qualifier("live"))
                            .payload()
                            .asUtf8String())
                    .isEqualTo("[1]");
            assertThatThrownBy(() -> stranger.invoke(i -> i.functionName(ARN + "shared")))
                    .isInstanceOfSatisfying(LambdaException.class, e -> {
                        assertThat(e.statusCode()).isEqualTo(403);
                        assertThat(e.awsErrorDetails().errorCode()).isEqualTo("AccessDeniedException");
                        assertThat(e.awsErrorDetails().errorMessage())
                                .isEqualTo("User: arn:aws:iam::" + STRANGER
                                        + ":root is not authorized to perform: lambda:InvokeFunction on resource: "
                                        + ARN + "shared because no resource-based policy allows the"
                                        + " lambda:InvokeFunction action");
                    });
        }
    }

    @Test
    void aLayerOfAnotherAccountIsUsedByItsLeave() {
        function("layered");
        try (LambdaClient stranger = client(LambdaClient.builder(), STRANGER)) {
            String layer = stranger.publishLayerVersion(l ->
                            l.layerName("shared").content(c -> c.zipFile(LambdaServer.zip("python/shared.py", ""))))
                    .layerVersionArn();

            assertThatThrownBy(() -> lambda.updateFunctionConfiguration(
                            f -> f.functionName("layered").layers(layer)))
                    .hasMessageContaining("User: arn:aws:iam::" + OWNER
                            + ":root is not authorized to perform: lambda:GetLayerVersion on resource: " + layer
                            + " because no resource-based policy allows the lambda:GetLayerVersion action");
            stranger.addLayerVersionPermission(p -> p.layerName("shared")
                    .versionNumber(1L)
                    .statementId("owner")
                    .action("lambda:GetLayerVersion")
                    .principal(OWNER));

            assertThat(lambda.getLayerVersionByArn(l -> l.arn(layer)).version()).isEqualTo(1);
            assertThat(lambda.updateFunctionConfiguration(
                                    f -> f.functionName("layered").layers(layer))
                            .layers())
                    .hasSize(1);
        }
    }

    @Test
    void aFunctionIsItsRole() throws IOException {
        try (IamClient iam = client(IamClient.builder(), OWNER)) {
            iam.createRole(r -> r.roleName("execution").assumeRolePolicyDocument(trusting("lambda")));
            lambda.createFunction(f -> f.functionName("identity")
                    .runtime(Runtime.PYTHON3_12)
                    .role("arn:aws:iam::" + OWNER + ":role/execution")
                    .handler("app.handler")
                    .timeout(30)
                    .code(c -> c.zipFile(LambdaServer.zip(
                            "app.py", "import os\ndef handler(event, context): return dict(os.environ)\n"))));
            JsonNode environment = new ObjectMapper()
                    .readTree(lambda.invoke(i -> i.functionName("identity"))
                            .payload()
                            .asByteArray());
            StaticCredentialsProvider own = StaticCredentialsProvider.create(AwsSessionCredentials.create(
                    environment.path("AWS_ACCESS_KEY_ID").asText(),
                    environment.path("AWS_SECRET_ACCESS_KEY").asText(),
                    environment.path("AWS_SESSION_TOKEN").asText()));
            try (StsClient sts = client(StsClient.builder(), own);
                    LambdaClient itself = client(LambdaClient.builder(), own)) {

                assertThat(sts.getCallerIdentity().arn())
                        .isEqualTo("arn:aws:sts::" + OWNER + ":assumed-role/execution/identity");
                assertThatThrownBy(() -> itself.getFunction(g -> g.functionName("identity")))
                        .hasMessageContaining("is not authorized to perform: lambda:GetFunction");
                iam.putRolePolicy(r -> r.roleName("execution")
                        .policyName("get")
                        .policyDocument("{\"Version\":\"2012-10-17\",\"Statement\":{\"Effect\":\"Allow\",\"Action\":"
                                + "\"lambda:GetFunction\",\"Resource\":\"*\"}}"));
                assertThat(itself.getFunction(g -> g.functionName("identity"))
                                .configuration()
                                .functionName())
                        .isEqualTo("identity");
            }
        }
    }

    @Test
    void aRoleThatDoesNotTrustLambdaIsRefused() {
        try (IamClient iam = client(IamClient.builder(), OWNER)) {
            iam.createRole(r -> r.roleName("other").assumeRolePolicyDocument(trusting("ec2")));
        }
        function("trusted");

        assertThatThrownBy(() -> lambda.updateFunctionConfiguration(
                        f -> f.functionName("trusted").role("arn:aws:iam::" + OWNER + ":role/other")))
                .isInstanceOfSatisfying(LambdaException.class, e -> {
                    assertThat(e.awsErrorDetails().errorCode()).isEqualTo("InvalidParameterValueException");
                    assertThat(e.awsErrorDetails().errorMessage())
                            .isEqualTo("The role defined for the function cannot be assumed by Lambda.");
                });
    }

    @Test
    void aStateMachineInvokesWhatItsRoleMay() {
        function("task");
        try (IamClient iam = client(IamClient.builder(), OWNER);
                SfnClient states = client(
                        SfnClient.builder()
                                .overrideConfiguration(o -> o.putAdvancedOption(
                                        SdkAdvancedClientOption.DISABLE_HOST_PREFIX_INJECTION, true)),
                        OWNER)) {
            iam.createRole(r -> r.roleName("machine").assumeRolePolicyDocument(trusting("states")));
            String machine = states.createStateMachine(m -> m.name("m")
                            .type(StateMachineType.EXPRESS)
                            .roleArn("arn:aws:iam::" + OWNER + ":role/machine")
                            .definition("{\"StartAt\":\"T\",\"States\":{\"T\":{\"Type\":\"Task\",\"Resource\":\"" + ARN
                                    + "task\",\"End\":true}}}"))
                    .stateMachineArn();

            var without = states.startSyncExecution(x -> x.stateMachineArn(machine));
            iam.putRolePolicy(r -> r.roleName("machine")
                    .policyName("invoke")
                    .policyDocument("{\"Version\":\"2012-10-17\",\"Statement\":{\"Effect\":\"Allow\",\"Action\":"
                            + "\"lambda:InvokeFunction\",\"Resource\":\"" + ARN + "task\"}}"));
            var with = states.startSyncExecution(x -> x.stateMachineArn(machine));

            assertThat(without.cause())
                    .contains("is not authorized to perform: lambda:InvokeFunction on resource: " + ARN + "task because"
                            + " no identity-based policy allows the lambda:InvokeFunction action");
            assertThat(with.output()).isEqualTo("[1]");
        }
    }
}
