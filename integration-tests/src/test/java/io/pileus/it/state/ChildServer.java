package io.pileus.it.state;

import io.pileus.client.RemotePileus;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The program in a process of its own, which can be killed. */
final class ChildServer implements AutoCloseable {
    private final Process process;
    private final URI endpoint;
    private final List<String> output = new ArrayList<>();

    /** Starts it with a directory for its state; returns when it is ready. */
    ChildServer(Path directory, String... options) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                "io.pileus.server.Main",
                "--port",
                "0",
                "--persistence",
                "--data-dir",
                directory.toString()));
        command.addAll(List.of(options));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().keySet().removeIf(name -> name.startsWith("AWS_") || name.startsWith("LOCALSTACK_"));
        builder.environment()
                .putAll(Map.of(
                        "PILEUS_INIT_DIRECTORY", directory.resolve("none").toString()));
        process = builder.start();
        endpoint = ready();
    }

    private URI ready() throws IOException {
        BufferedReader lines =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        String listens = "";
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            output.add(line);
            if (line.contains(" listens on ")) {
                listens = line.substring(line.indexOf("http")).replace("localhost", "127.0.0.1");
            }
            if (line.equals("Ready.")) {
                Thread.ofVirtual().start(() -> lines.lines().forEach(ignored -> {}));
                return URI.create(listens);
            }
        }
        throw new AssertionError("it ended before it was ready: " + output);
    }

    RemotePileus remote() {
        return RemotePileus.at(endpoint);
    }

    /** As {@code kill -9} does it: nothing in the process runs any more. */
    void kill() throws InterruptedException {
        process.destroyForcibly();
        await();
    }

    /** As {@code kill} and {@code docker stop} do it. */
    void terminate() throws InterruptedException {
        process.destroy();
        await();
    }

    private void await() throws InterruptedException {
        if (!process.waitFor(30, TimeUnit.SECONDS)) {
            throw new AssertionError("it does not end");
        }
    }

    /** What it said until it was ready. */
    List<String> output() {
        return output;
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
