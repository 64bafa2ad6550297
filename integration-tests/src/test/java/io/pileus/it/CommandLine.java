package io.pileus.it;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Runs a program as a user would, with credentials and region in its environment. */
public final class CommandLine {
    private CommandLine() {}

    /** Whether the program is there and runs. */
    public static boolean has(String... command) {
        try {
            return run(Map.of(), command).exitCode() == 0;
        } catch (IOException e) {
            return false;
        }
    }

    /** What a program printed, errors included, and how it ended. */
    public record Outcome(int exitCode, String output) {}

    public static Outcome run(Map<String, String> environment, String... command) throws IOException {
        Path output = Files.createTempFile("output", ".txt");
        try {
            ProcessBuilder builder = new ProcessBuilder(List.of(command))
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile());
            builder.environment()
                    .putAll(Map.of(
                            "AWS_ACCESS_KEY_ID",
                            "test",
                            "AWS_SECRET_ACCESS_KEY",
                            "test",
                            "AWS_DEFAULT_REGION",
                            "us-east-1",
                            "AWS_PAGER",
                            ""));
            builder.environment().putAll(environment);
            Process process = builder.start();
            if (!process.waitFor(180, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new IOException("the program did not end: " + String.join(" ", command));
            }
            return new Outcome(process.exitValue(), Files.readString(output, StandardCharsets.UTF_8));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        } finally {
            Files.deleteIfExists(output);
        }
    }
}
