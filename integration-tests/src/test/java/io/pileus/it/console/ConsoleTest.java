package io.pileus.it.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.pileus.it.CommandLine;
import io.pileus.server.ClockSetting;
import io.pileus.server.Pileus;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The console in Chromium, by {@code browser/console.mjs}; skipped where {@code browser/install} has not been run. */
class ConsoleTest {
    private static final Path SCRIPTS = Path.of("browser").toAbsolutePath();

    @Test
    void theConsoleShowsWhatThereIsAndMovesTheClock() throws Exception {
        assumeTrue(
                Files.exists(SCRIPTS.resolve("node_modules/playwright-core")),
                "no playwright: run integration-tests/browser/install");
        assumeTrue(CommandLine.has("chromium", "--version"), "no Chromium: run integration-tests/browser/install");
        Path screenshots = Files.createDirectories(Path.of("target", "screenshots"));
        try (Pileus pileus = Pileus.builder()
                .port(0)
                .clock(ClockSetting.parse("manual:2026-01-01T00:00:00Z"))
                .start()) {
            String base = pileus.endpoint().toString();
            sqs(base, "CreateQueue", "{\"QueueName\": \"orders\"}");
            String url = base + "/000000000000/orders";
            sqs(
                    base,
                    "SendMessage",
                    "{\"QueueUrl\": \"" + url + "\", \"MessageBody\": \"<img src=x onerror=alert(1)>\"}");
            sqs(base, "PurgeQueue", "{\"QueueUrl\": \"" + base + "/000000000000/none\"}");

            CommandLine.Outcome outcome = CommandLine.run(
                    Map.of("BASE", base, "SHOTS", screenshots.toAbsolutePath().toString()),
                    "node",
                    SCRIPTS.resolve("console.mjs").toString());

            assertThat(outcome.exitCode()).as(outcome.output()).isZero();
        }
    }

    private static void sqs(String base, String operation, String body) throws Exception {
        try (HttpClient client = HttpClient.newHttpClient()) {
            client.send(
                    HttpRequest.newBuilder(URI.create(base))
                            .header("X-Amz-Target", "AmazonSQS." + operation)
                            .header("Content-Type", "application/x-amz-json-1.0")
                            .POST(HttpRequest.BodyPublishers.ofString(body))
                            .build(),
                    BodyHandlers.discarding());
        }
    }
}
