package io.pileus.lambda.executor;

import static io.pileus.lambda.LambdaFixture.json;
import static io.pileus.lambda.LambdaFixture.log;
import static io.pileus.lambda.LambdaFixture.zip;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.pileus.lambda.LambdaFixture;
import io.pileus.lambda.model.InvocationResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Node.js functions as local processes. */
class NodeFunctionTest {
    private final LambdaFixture lambda = new LambdaFixture();

    @BeforeAll
    static void nodeIsThere() {
        assumeTrue(Programs.has("node"));
    }

    @AfterEach
    void close() {
        lambda.close();
    }

    @Test
    void anAsyncHandlerOfAModuleAnswers() {
        lambda.node("f", """
                export const handler = async (event, context) => {
                  console.log("seen", event.a);
                  return { doubled: event.a * 2, name: context.functionName, id: context.awsRequestId };
                };
                """);

        InvocationResponse answer = lambda.invoke("f", "{\"a\":21}", r -> r.logType("Tail"));

        assertThat(json(answer).path("doubled").asInt()).isEqualTo(42);
        assertThat(json(answer).path("name").asText()).isEqualTo("f");
        assertThat(log(answer)).containsPattern("Z\t[0-9a-f-]{36}\tINFO\tseen 21\n");
    }

    @Test
    void aCommonJsHandlerWithACallbackAnswers() {
        lambda.create(
                "f",
                "nodejs20.x",
                zip("app.js", "exports.handler = (event, context, callback) => callback(null, [event.a]);\n"));

        assertThat(lambda.invoke("f", "{\"a\":1}").payload().utf8()).isEqualTo("[1]");
    }

    @Test
    void aRejectionIsAnErrorWithItsTrace() {
        lambda.node("f", "export const handler = async () => { throw new TypeError('no luck'); };\n");

        JsonNode error = lambda.failure("f", "{}");

        assertThat(error.path("errorType").asText()).isEqualTo("TypeError");
        assertThat(error.path("errorMessage").asText()).isEqualTo("no luck");
        assertThat(error.path("trace").get(0).asText()).isEqualTo("TypeError: no luck");
        assertThat(error.path("trace").get(1).asText()).contains("app.mjs:1");
    }

    @Test
    void aModuleThatIsNotThereIsAnImportError() {
        lambda.create("f", "nodejs20.x", zip("other.js", "exports.handler = async () => 1;\n"));

        JsonNode error = lambda.failure("f", "{}");

        assertThat(error.path("errorType").asText()).isEqualTo("Runtime.ImportModuleError");
        assertThat(error.path("errorMessage").asText())
                .startsWith("Error: Cannot find module 'app'\nRequire stack:\n- ");
        assertThat(error.path("trace").get(0).asText()).startsWith("Runtime.ImportModuleError: Error: Cannot find");
    }

    @Test
    void aHandlerThatIsNotThereIsNotFound() {
        lambda.node("f", "export const other = 1;\n");

        JsonNode error = lambda.failure("f", "{}");

        assertThat(error.path("errorType").asText()).isEqualTo("Runtime.HandlerNotFound");
        assertThat(error.path("errorMessage").asText()).isEqualTo("app.handler is undefined or not exported");
    }

    @Test
    void aFunctionThatExitsIsAnExitError() {
        lambda.node("f", "export const handler = async () => { process.exit(7); };\n");

        JsonNode error = lambda.failure("f", "{}");

        assertThat(error.path("errorType").asText()).isEqualTo("Runtime.ExitError");
        assertThat(error.path("errorMessage").asText()).endsWith("Error: Runtime exited with error: exit status 7");
    }

    @Test
    void aRejectionThatNobodyHandlesEndsTheInvocation() {
        lambda.node("f", """
                export const handler = () => new Promise(() => { Promise.reject(new Error("forgotten")); });
                """);

        JsonNode error = lambda.failure("f", "{}");

        assertThat(error.path("errorType").asText()).isEqualTo("Runtime.UnhandledPromiseRejection");
        assertThat(error.path("errorMessage").asText()).isEqualTo("Error: forgotten");
    }
}
