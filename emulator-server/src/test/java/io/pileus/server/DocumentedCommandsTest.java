package io.pileus.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Runs the commands of the documentation, so that they cannot rot: every block of shell in README.md and docs that does not
 * start a server or a build, page by page against a fresh server, with its port in the place of 4566. Each command must succeed.
 */
@EnabledIf("hasTools")
@Timeout(300)
class DocumentedCommandsTest {
    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

    static boolean hasTools() {
        return Files.isExecutable(Path.of("/bin/bash")) && Files.isExecutable(Path.of("/usr/bin/curl"));
    }

    /** Every page that has commands. */
    static List<Path> pages() throws IOException {
        try (Stream<Path> docs = Files.walk(ROOT.resolve("docs"))) {
            return Stream.concat(Stream.of(ROOT.resolve("README.md")), docs)
                    .filter(page -> page.toString().endsWith(".md")
                            && !blocks(text(page)).isEmpty())
                    .map(ROOT::relativize)
                    .sorted()
                    .toList();
        }
    }

    private static String text(Path page) {
        try {
            return Files.readString(page);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @ParameterizedTest
    @MethodSource("pages")
    void everyCommandSucceeds(Path page, @TempDir Path folder) throws Exception {
        List<String> blocks = blocks(text(ROOT.resolve(page)));
        Files.writeString(folder.resolve("report.pdf"), "a file that the S3 page copies");
        try (Pileus pileus =
                Pileus.builder().port(0).persistence(folder.resolve("state")).start()) {
            String text = run(script(blocks, pileus), folder);

            assertThat(text).as(page.toString()).endsWith("all commands succeeded\n");
        }
    }

    private static List<String> blocks(String page) {
        List<String> blocks = new ArrayList<>();
        String[] parts = page.split("```");
        for (int i = 1; i < parts.length; i += 2) {
            String block = parts[i];
            if (block.startsWith("sh\n") && block.lines().noneMatch(DocumentedCommandsTest::startsOrBuilds)) {
                blocks.add(block.substring(3));
            }
        }
        return blocks;
    }

    private static boolean startsOrBuilds(String line) {
        return line.equals("./pileus")
                || line.startsWith("./pileus --")
                || line.startsWith("docker ")
                || line.startsWith("mvn ");
    }

    /** The programs as a user has them: curl that fails on errors, an AWS CLI of version 2, and the launcher. */
    private static String script(List<String> blocks, Pileus pileus) {
        boolean aws = Stream.of(System.getenv().getOrDefault("PATH", "").split(":"))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, "aws")));
        String java = "'" + System.getProperty("java.home") + "/bin/java' -XX:TieredStopAtLevel=1 -cp '"
                + System.getProperty("java.class.path") + "' io.pileus.server.Main";
        String endpoint = "http://localhost:" + pileus.port();
        return "set -euo pipefail\n"
                + "export PILEUS_ENDPOINT=" + endpoint + " AWS_ENDPOINT_URL=" + endpoint + " AWS_ACCESS_KEY_ID=test"
                + " AWS_SECRET_ACCESS_KEY=test AWS_DEFAULT_REGION=us-east-1 AWS_EC2_METADATA_DISABLED=true\n"
                + "curl() { command curl -fsS \"$@\"; echo; }\n"
                + (aws
                        ? "aws() { command aws --endpoint-url " + endpoint + " \"$@\"; }\n"
                        : "aws() { echo 'no AWS CLI here'; }\n")
                + "pileus() { " + java + " \"$@\"; }\n"
                + "set -x\n"
                + String.join("\n", blocks)
                        .replace("./pileus ", "pileus ")
                        .replace("localhost:4566", "localhost:" + pileus.port())
                        .replace("aws --endpoint-url http://localhost:" + pileus.port(), "aws")
                + "\nset +x\necho all commands succeeded\n";
    }

    private static String run(String script, Path folder) throws IOException, InterruptedException {
        Path file = Files.writeString(folder.resolve("commands.sh"), script);
        Path output = folder.resolve("output");
        Process process = new ProcessBuilder("/bin/bash", file.toString())
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        if (!process.waitFor(240, TimeUnit.SECONDS)) {
            process.destroyForcibly();
        }
        return Files.readString(output, StandardCharsets.UTF_8);
    }
}
