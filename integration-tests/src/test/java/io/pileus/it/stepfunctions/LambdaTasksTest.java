package io.pileus.it.stepfunctions;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.lambda.model.Runtime;
import software.amazon.awssdk.services.sfn.model.ExecutionStatus;
import software.amazon.awssdk.services.sfn.model.StartSyncExecutionResponse;

class LambdaTasksTest {
    private final Workflows workflows = new Workflows();
    private final LambdaClient lambda = workflows.client(LambdaClient.builder());

    @AfterEach
    void close() {
        lambda.close();
        workflows.close();
    }

    private String function(String name, String code) {
        return lambda.createFunction(f -> f.functionName(name)
                        .runtime(Runtime.PYTHON3_12)
                        .handler("index.handler")
                        .role(Workflows.ROLE)
                        .timeout(30)
                        .code(c -> c.zipFile(SdkBytes.fromByteArray(zip(code)))))
                .functionArn();
    }

    private String scripted(String name, String answers) {
        String arn = function(name, "def handler(event, context): return None\n");
        workflows.script(name, answers);
        return arn;
    }

    private static byte[] zip(String code) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            zip.putNextEntry(new ZipEntry("index.py"));
            zip.write(code.getBytes(StandardCharsets.UTF_8));
            zip.closeEntry();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        return bytes.toByteArray();
    }

    @Test
    void aPythonFunctionIsInvokedByItsArnAndItsAnswerIsTheResult() {
        String arn = function("double", "def handler(event, context):\n    return {'twice': event['n'] * 2}\n");

        StartSyncExecutionResponse answer =
                workflows.runSync(Workflows.task(arn, "\"ResultPath\":\"$.result\""), "{\"n\":21}");

        assertThat(Workflows.output(answer)).isEqualTo(Workflows.json("{\"n\":21,\"result\":{\"twice\":42}}"));
    }

    @Test
    void anExceptionOfAPythonFunctionIsCaughtByItsTypeAndTellsItsMessage() {
        String arn = function("refuses", """
                class OrderRejected(Exception):
                    pass

                def handler(event, context):
                    raise OrderRejected('no stock')
                """);
        String definition = """
                {"StartAt":"T","States":{
                 "T":{"Type":"Task","Resource":"%s","Catch":[{"ErrorEquals":["OrderRejected"],"Next":"C"}],"End":true},
                 "C":{"Type":"Pass","End":true}}}""".formatted(arn);

        JsonNode output = Workflows.output(workflows.runSync(definition, "{}"));

        assertThat(output.get("Error").textValue()).isEqualTo("OrderRejected");
        JsonNode cause = Workflows.json(output.get("Cause").textValue());
        assertThat(cause.get("errorMessage").textValue()).isEqualTo("no stock");
        assertThat(cause.get("errorType").textValue()).isEqualTo("OrderRejected");
        assertThat(cause.get("stackTrace").isArray()).isTrue();
    }

    @Test
    void theOptimizedIntegrationAnswersLikeInvoke() {
        scripted("greet", "[{\"payload\":{\"hello\":\"world\"}}]");

        String execution = workflows.run(
                Workflows.task(
                        "arn:aws:states:::lambda:invoke",
                        "\"Parameters\":{\"FunctionName\":\"greet:$LATEST\",\"Payload.$\":\"$\"}"),
                "{}");

        JsonNode output = workflows.output(execution);
        assertThat(output.get("Payload")).isEqualTo(Workflows.json("{\"hello\":\"world\"}"));
        assertThat(output.get("ExecutedVersion").textValue()).isEqualTo("$LATEST");
        assertThat(output.get("StatusCode").intValue()).isEqualTo(200);
        assertThat(output.at("/SdkHttpMetadata/HttpStatusCode").intValue()).isEqualTo(200);
    }

    @Test
    void aThrottledFunctionIsTriedAgainLaterAsTheRetrierSays() {
        String arn = scripted("busy", "[{\"throttle\":true},{\"throttle\":true},{\"payload\":\"done\"}]");
        String definition = Workflows.task(
                arn,
                "\"Retry\":[{\"ErrorEquals\":[\"Lambda.TooManyRequestsException\"],\"IntervalSeconds\":10,"
                        + "\"BackoffRate\":2,\"MaxAttempts\":2}]");

        String execution = workflows.run(definition, "{}");
        workflows.advance(Duration.ofSeconds(29));
        assertThat(workflows.describe(execution).status()).isEqualTo(ExecutionStatus.RUNNING);
        workflows.advance(Duration.ofSeconds(1));

        assertThat(workflows.output(execution).textValue()).isEqualTo("done");
        assertThat(workflows.types(execution))
                .containsExactly(
                        "ExecutionStarted",
                        "TaskStateEntered",
                        "LambdaFunctionScheduled",
                        "LambdaFunctionStarted",
                        "LambdaFunctionFailed",
                        "LambdaFunctionScheduled",
                        "LambdaFunctionStarted",
                        "LambdaFunctionFailed",
                        "LambdaFunctionScheduled",
                        "LambdaFunctionStarted",
                        "LambdaFunctionSucceeded",
                        "TaskStateExited",
                        "ExecutionSucceeded");
    }

    @Test
    void aFunctionThatDoesNotExistFailsWithTheServicesError() {
        String execution = workflows.run(
                Workflows.task("arn:aws:states:::lambda:invoke", "\"Parameters\":{\"FunctionName\":\"nobody\"}"), "{}");

        assertThat(workflows.describe(execution).error()).isEqualTo("Lambda.ResourceNotFoundException");
        assertThat(workflows.describe(execution).cause())
                .startsWith("Function not found: arn:aws:lambda:us-east-1:" + Workflows.ACCOUNT + ":function:nobody"
                        + " (Service: Lambda, Status Code: 404, Request ID: ");
    }

    @Test
    void aFunctionThatIsTooSlowTimesOutByItsStateOrByItself() {
        String arn = scripted("slow", "[{\"payload\":1,\"delayMillis\":3600000}]");
        String byState = workflows.run(Workflows.task(arn, "\"TimeoutSeconds\":5"), "{}");
        String byItself = workflows.run(Workflows.task(arn, ""), "{}");

        workflows.advance(Duration.ofSeconds(5));
        assertThat(workflows.describe(byState).error()).isEqualTo("States.Timeout");
        assertThat(workflows.types(byState)).contains("LambdaFunctionTimedOut");
        workflows.advance(Duration.ofSeconds(25));
        assertThat(workflows.describe(byItself).error()).isEqualTo("Sandbox.Timedout");
        assertThat(workflows.describe(byItself).cause()).contains("Task timed out after 30.00 seconds");
    }

    @Test
    void aCallbackFunctionGetsTheTokenAndTheExecutionWaitsForIt() throws IOException {
        scripted("work", "[{\"payload\":null}]");
        String execution = workflows.run(
                Workflows.task(
                        "arn:aws:states:::lambda:invoke.waitForTaskToken",
                        "\"Parameters\":{\"FunctionName\":\"work\",\"Payload\":{\"token.$\":\"$$.Task.Token\"}}"),
                "{}");
        String token = workflows.history(execution).stream()
                .filter(e -> e.taskScheduledEventDetails() != null)
                .map(e -> Workflows.json(e.taskScheduledEventDetails().parameters())
                        .at("/Payload/token")
                        .textValue())
                .findFirst()
                .orElseThrow();
        assertThat(workflows.types(execution)).endsWith("TaskSubmitted");

        workflows.sfn.sendTaskSuccess(s -> s.taskToken(token).output("{\"ok\":true}"));

        assertThat(workflows.output(execution)).isEqualTo(Workflows.json("{\"ok\":true}"));
    }

    @Test
    void aTaskRunsAsTheRoleInItsCredentials() {
        String arn = scripted("any", "[{\"payload\":1}]");
        String role = "arn:aws:iam::" + Workflows.ACCOUNT + ":role/other";
        String execution = workflows.run(Workflows.task(arn, "\"Credentials\":{\"RoleArn\":\"" + role + "\"}"), "{}");

        assertThat(workflows.history(execution).stream()
                        .filter(e -> e.lambdaFunctionScheduledEventDetails() != null)
                        .map(e -> e.lambdaFunctionScheduledEventDetails()
                                .taskCredentials()
                                .roleArn()))
                .containsExactly(role);
        assertThat(Map.of("status", workflows.describe(execution).statusAsString()))
                .containsEntry("status", "SUCCEEDED");
    }
}
