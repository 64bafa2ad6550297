package io.pileus.lambda.executor;

import static io.pileus.lambda.LambdaFixture.json;
import static io.pileus.lambda.LambdaFixture.log;
import static io.pileus.lambda.LambdaFixture.zip;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.pileus.lambda.LambdaFixture;
import io.pileus.lambda.model.Environment;
import io.pileus.lambda.model.InvocationResponse;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Python functions as local processes. */
class PythonFunctionTest {
    private final LambdaFixture lambda = new LambdaFixture();

    @AfterEach
    void close() {
        lambda.close();
    }

    @Test
    void aFunctionIsGivenItsEventAndItsResultIsAnswered() {
        lambda.python("f", "def handler(event, context):\n    return {'sum': event['a'] + 1, 'text': 'grüße'}\n");

        InvocationResponse answer = lambda.invoke("f", "{\"a\":41}");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.functionError()).isNull();
        assertThat(answer.executedVersion()).isEqualTo("$LATEST");
        assertThat(answer.payload().utf8()).isEqualTo("{\"sum\": 42, \"text\": \"grüße\"}");
    }

    @Test
    void aFunctionFindsItsContextAndEnvironment() {
        lambda.create(
                "f",
                "python3.12",
                zip("app.py", """
                        import os
                        def handler(event, context):
                            return {
                                'own': os.environ['COLOUR'],
                                'name': context.function_name,
                                'version': context.function_version,
                                'memory': context.memory_limit_in_mb,
                                'arn': context.invoked_function_arn,
                                'id': context.aws_request_id,
                                'left': context.get_remaining_time_in_millis(),
                                'custom': context.client_context.custom,
                                'region': os.environ['AWS_REGION'],
                                'handler': os.environ['_HANDLER'],
                                'group': context.log_group_name,
                                'trace': os.environ['_X_AMZN_TRACE_ID'],
                                'root': os.path.exists(os.path.join(os.environ['LAMBDA_TASK_ROOT'], 'app.py')),
                                'secret': os.environ.get('PILEUS_TEST_SECRET'),
                            }
                        """),
                r -> r.memorySize(256)
                        .environment(Environment.builder()
                                .variables(Map.of("COLOUR", "blue"))
                                .build()));

        JsonNode seen = json(lambda.invoke(
                "f",
                "{}",
                r -> r.clientContext(Base64.getEncoder()
                        .encodeToString("{\"custom\":{\"k\":\"v\"}}".getBytes(StandardCharsets.UTF_8)))));

        assertThat(seen.path("own").asText()).isEqualTo("blue");
        assertThat(seen.path("name").asText()).isEqualTo("f");
        assertThat(seen.path("version").asText()).isEqualTo("$LATEST");
        assertThat(seen.path("memory").asText()).isEqualTo("256");
        assertThat(seen.path("arn").asText()).isEqualTo(LambdaFixture.ARN + "f");
        assertThat(seen.path("id").asText()).hasSize(36);
        assertThat(seen.path("left").asInt()).isBetween(1, 30_000);
        assertThat(seen.path("custom").path("k").asText()).isEqualTo("v");
        assertThat(seen.path("region").asText()).isEqualTo("us-east-1");
        assertThat(seen.path("handler").asText()).isEqualTo("app.handler");
        assertThat(seen.path("group").asText()).isEqualTo("/aws/lambda/f");
        assertThat(seen.path("trace").asText())
                .matches("Root=1-[0-9a-f]{8}-[0-9a-f]{24};Parent=[0-9a-f]{16};Sampled=0");
        assertThat(seen.path("root").asBoolean()).isTrue();
        assertThat(seen.path("secret").isNull()).isTrue();
    }

    @Test
    void anExceptionIsAnErrorWithItsTypeMessageAndTrace() {
        lambda.python("f", "def handler(event, context):\n    raise ValueError('no luck')\n");

        InvocationResponse answer = lambda.invoke("f", "{}", r -> r.logType("Tail"));

        JsonNode error = json(answer);
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.functionError()).isEqualTo("Unhandled");
        assertThat(error.path("errorType").asText()).isEqualTo("ValueError");
        assertThat(error.path("errorMessage").asText()).isEqualTo("no luck");
        assertThat(error.path("requestId").asText()).hasSize(36);
        assertThat(error.path("stackTrace").get(0).asText())
                .contains("app.py\", line 2, in handler\n    raise ValueError('no luck')\n");
        assertThat(log(answer)).contains("[ERROR] ValueError: no luck\nTraceback (most recent call last):\n  File ");
    }

    @Test
    void aModuleThatIsNotThereIsAnImportError() {
        lambda.python("f", "import nowhere\ndef handler(event, context):\n    return 1\n");

        JsonNode error = lambda.failure("f", "{}");

        assertThat(error.path("errorType").asText()).isEqualTo("Runtime.ImportModuleError");
        assertThat(error.path("errorMessage").asText())
                .isEqualTo("Unable to import module 'app': No module named 'nowhere'");
        assertThat(error.path("stackTrace").isArray()).isTrue();
    }

    @Test
    void aHandlerThatIsNotThereIsNotFound() {
        lambda.python("f", "def other(event, context):\n    return 1\n");

        JsonNode error = lambda.failure("f", "{}");

        assertThat(error.path("errorType").asText()).isEqualTo("Runtime.HandlerNotFound");
        assertThat(error.path("errorMessage").asText()).isEqualTo("Handler 'handler' missing on module 'app'");
    }

    @Test
    void codeThatIsNoPythonIsASyntaxError() {
        lambda.python("f", "def handler(event, context)\n    return 1\n");

        JsonNode error = lambda.failure("f", "{}");

        assertThat(error.path("errorType").asText()).isEqualTo("Runtime.UserCodeSyntaxError");
        assertThat(error.path("errorMessage").asText()).startsWith("Syntax error in module 'app': ");
    }

    @Test
    void aResultThatIsNoJsonCannotBeMarshalled() {
        lambda.python("f", "def handler(event, context):\n    return {1, 2}\n");

        JsonNode error = lambda.failure("f", "{}");

        assertThat(error.path("errorType").asText()).isEqualTo("Runtime.MarshalError");
        assertThat(error.path("errorMessage").asText())
                .isEqualTo("Unable to marshal response: Object of type set is not JSON serializable");
    }

    @Test
    void aFunctionThatExitsIsAnExitErrorAndRunsAnewTheNextTime() {
        lambda.python("f", """
                import sys
                def handler(event, context):
                    if event.get('exit') is not None:
                        sys.exit(event['exit'])
                    return 'here'
                """);

        JsonNode error = lambda.failure("f", "{\"exit\":3}");
        JsonNode quiet = lambda.failure("f", "{\"exit\":0}");

        assertThat(error.path("errorType").asText()).isEqualTo("Runtime.ExitError");
        assertThat(error.path("errorMessage").asText())
                .matches("RequestId: [0-9a-f-]{36} Error: Runtime exited with error: exit status 3");
        assertThat(quiet.path("errorMessage").asText()).endsWith("Error: Runtime exited without providing a reason");
        assertThat(lambda.invoke("f", "{}").payload().utf8()).isEqualTo("\"here\"");
    }

    @Test
    void theEndOfTheLogIsAnsweredWhenAskedFor() {
        lambda.python("f", """
                import logging
                logging.getLogger().setLevel('INFO')
                def handler(event, context):
                    print('hello from print')
                    logging.info('hello from a logger')
                """);

        InvocationResponse first = lambda.invoke("f", "{}", r -> r.logType("Tail"));
        InvocationResponse second = lambda.invoke("f", "{}", r -> r.logType("Tail"));

        String id = "[0-9a-f-]{36}";
        assertThat(log(first))
                .matches("(?s)START RequestId: " + id + " Version: \\$LATEST\nhello from print\n"
                        + "\\[INFO\\]\t\\d{4}-\\d\\d-\\d\\dT[0-9:.]+Z\t" + id + "\thello from a logger\n"
                        + "END RequestId: " + id + "\nREPORT RequestId: " + id
                        + "\tDuration: [0-9.]+ ms\tBilled Duration: \\d+ ms\tMemory Size: 128 MB"
                        + "\tMax Memory Used: \\d+ MB\tInit Duration: [0-9.]+ ms\t\n");
        assertThat(log(second)).containsOnlyOnce("hello from print").doesNotContain("Init Duration");
        assertThat(lambda.invoke("f", "{}").logResult()).isNull();
    }

    @Test
    void whatAModuleHoldsStaysForTheNextInvocation() {
        lambda.python("f", """
                count = 0
                def handler(event, context):
                    global count
                    count += 1
                    return count
                """);

        assertThat(lambda.invoke("f", "{}").payload().utf8()).isEqualTo("1");
        assertThat(lambda.invoke("f", "{}").payload().utf8()).isEqualTo("2");
    }

    @Test
    void handlersInFoldersAreFound() {
        lambda.create(
                "f",
                "python3.12",
                zip("src/deep.py", "def run(event, context):\n    return 'deep'\n"),
                r -> r.handler("src/deep.run"));

        assertThat(lambda.invoke("f", "{}").payload().utf8()).isEqualTo("\"deep\"");
    }

    @Test
    void theCallersTraceGoesOn() {
        lambda.python("f", "import os\ndef handler(event, context):\n    return os.environ['_X_AMZN_TRACE_ID']\n");
        String trace = "Root=1-5759e988-bd862e3fe1be46a994272793;Parent=53995c3f42cd8ad8;Sampled=1";

        InvocationResponse given = lambda.invoke("f", "{}", r -> r.traceId(trace));
        InvocationResponse nonsense = lambda.invoke("f", "{}", r -> r.traceId("nonsense"));

        assertThat(given.payload().utf8()).isEqualTo("\"" + trace + "\"");
        assertThat(given.traceId()).isEqualTo(trace);
        assertThat(nonsense.payload().utf8()).isEqualTo("\"" + nonsense.traceId() + "\"");
    }
}
