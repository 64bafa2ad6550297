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

/** Functions that bring their runtime: a bootstrap in shell against the Runtime API. */
class CustomRuntimeTest {
    private static final String NEXT = """
            #!/bin/sh
            API="http://$AWS_LAMBDA_RUNTIME_API/2018-06-01/runtime"
            while true; do
              HEADERS="$(mktemp)"
              EVENT=$(curl -sS -LD "$HEADERS" "$API/invocation/next") || exit 1
              ID=$(grep -i Lambda-Runtime-Aws-Request-Id "$HEADERS" | tr -d '[:space:]' | cut -d: -f2)
            """;

    private final LambdaFixture lambda = new LambdaFixture();

    @BeforeAll
    static void curlIsThere() {
        assumeTrue(Programs.has("curl"));
    }

    @AfterEach
    void close() {
        lambda.close();
    }

    @Test
    void aBootstrapInShellAnswersOneInvocationAfterTheOther() {
        lambda.shell("f", NEXT + """
                  echo "event $EVENT of $_HANDLER"
                  curl -sS -X POST "$API/invocation/$ID/response" -d "{\\"echo\\":$EVENT}" > /dev/null
                done
                """);

        InvocationResponse first = lambda.invoke("f", "{\"n\":1}", r -> r.logType("Tail"));
        InvocationResponse second = lambda.invoke("f", "{\"n\":2}");

        assertThat(json(first).path("echo").path("n").asInt()).isEqualTo(1);
        assertThat(json(second).path("echo").path("n").asInt()).isEqualTo(2);
        assertThat(log(first)).contains("\nevent {\"n\":1} of app.handler\n");
    }

    @Test
    void anErrorThatTheRuntimeReportsIsTheFunctionsError() {
        lambda.shell("f", NEXT + """
                  curl -sS -X POST "$API/invocation/$ID/error" -H 'Lambda-Runtime-Function-Error-Type: App.Broken' \\
                    -d '{"errorType":"App.Broken","errorMessage":"by itself","stackTrace":[]}' > /dev/null
                done
                """);

        JsonNode error = lambda.failure("f", "{}");

        assertThat(error.path("errorType").asText()).isEqualTo("App.Broken");
        assertThat(error.path("errorMessage").asText()).isEqualTo("by itself");
    }

    @Test
    void aRuntimeThatCannotBeginSaysWhy() {
        lambda.shell("f", """
                #!/bin/sh
                curl -sS -X POST "http://$AWS_LAMBDA_RUNTIME_API/2018-06-01/runtime/init/error" \\
                  -d '{"errorType":"App.NoConfig","errorMessage":"nothing to begin with"}' > /dev/null
                exit 1
                """);

        JsonNode error = lambda.failure("f", "{}");

        assertThat(error.path("errorType").asText()).isEqualTo("App.NoConfig");
    }

    @Test
    void anAnswerToAnotherRequestIsRefused() {
        lambda.shell("f", NEXT + """
                  CODE=$(curl -sS -o /dev/null -w '%{http_code}' -X POST "$API/invocation/other/response" -d '1')
                  curl -sS -X POST "$API/invocation/$ID/response" -d "$CODE" > /dev/null
                done
                """);

        assertThat(lambda.invoke("f", "{}").payload().utf8()).isEqualTo("400");
    }

    @Test
    void anArchiveWithoutABootstrapIsAnInvalidEntryPoint() {
        lambda.create("f", "provided.al2023", zip("other", "#!/bin/sh\n"));

        JsonNode error = lambda.failure("f", "{}");

        assertThat(error.path("errorType").asText()).isEqualTo("Runtime.InvalidEntrypoint");
        assertThat(error.path("errorMessage").asText())
                .endsWith("Error: Couldn't find valid bootstrap(s): [/var/task/bootstrap /opt/bootstrap]");
    }

    @Test
    void aBootstrapThatEndsAtOnceIsAnExitError() {
        lambda.shell("f", "#!/bin/sh\necho on my way out\nexit 4\n");

        InvocationResponse answer = lambda.invoke("f", "{}", r -> r.logType("Tail"));

        assertThat(json(answer).path("errorMessage").asText())
                .endsWith("Error: Runtime exited with error: exit status 4");
        assertThat(log(answer)).contains("on my way out");
    }
}
