package io.pileus.it.lambda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.pileus.it.CommandLine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code aws lambda}, as people type it. */
class LambdaCommandLineTest {
    @TempDir
    Path folder;

    @BeforeAll
    static void awsIsThere() {
        assumeTrue(CommandLine.has("aws", "--version"));
    }

    private static CommandLine.Outcome aws(LambdaServer server, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of("aws", "lambda"));
        command.addAll(List.of(arguments));
        return CommandLine.run(
                Map.of("AWS_ENDPOINT_URL", server.pileus.endpoint().toString()), command.toArray(String[]::new));
    }

    @Test
    void aFunctionIsDeployedInvokedAndChanged() throws IOException {
        Path zip = Files.write(
                folder.resolve("code.zip"),
                LambdaServer.zip("app.py", "import os\ndef handler(e, c):\n    return [e, os.environ.get('MODE')]\n")
                        .asByteArray());
        // both versions of the command line take bytes from a file as they are
        Path event = Files.writeString(folder.resolve("event.json"), "{\"n\":1}");
        Path out = folder.resolve("out.json");
        try (LambdaServer server = new LambdaServer()) {
            CommandLine.Outcome made = aws(
                    server,
                    "create-function",
                    "--function-name",
                    "f",
                    "--runtime",
                    "python3.12",
                    "--handler",
                    "app.handler",
                    "--role",
                    LambdaServer.ROLE,
                    "--timeout",
                    "30",
                    "--zip-file",
                    "fileb://" + zip,
                    "--query",
                    "State",
                    "--output",
                    "text");
            assertThat(made.output().trim()).isEqualTo("Pending");
            assertThat(aws(server, "wait", "function-active-v2", "--function-name", "f")
                            .exitCode())
                    .isZero();

            aws(
                    server,
                    "update-function-configuration",
                    "--function-name",
                    "f",
                    "--environment",
                    "Variables={MODE=fast}");
            CommandLine.Outcome invoked = aws(
                    server,
                    "invoke",
                    "--function-name",
                    "f",
                    "--payload",
                    "fileb://" + event,
                    "--query",
                    "StatusCode",
                    out.toString());

            assertThat(invoked.output().trim()).isEqualTo("200");
            assertThat(Files.readString(out)).isEqualTo("[{\"n\": 1}, \"fast\"]");
            assertThat(aws(server, "get-function", "--function-name", "nowhere").output())
                    .contains("(ResourceNotFoundException)")
                    .contains("Function not found: " + LambdaServer.ARN + "nowhere");
            assertThat(aws(server, "delete-function", "--function-name", "f").exitCode())
                    .isZero();
        }
    }
}
