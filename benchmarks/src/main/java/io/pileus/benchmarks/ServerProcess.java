package io.pileus.benchmarks;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A server in a process of its own, from its start to its end. */
final class ServerProcess implements AutoCloseable {
    private static final Path LAUNCHER = Path.of("pileus");
    private static final Pattern PORT = Pattern.compile("(?:Listening on |127\\.0\\.0\\.1:|localhost:)(\\d+)");

    private final Process process;
    private final int port;
    private final long startedNanos;

    private ServerProcess(Process process, int port, long startedNanos) {
        this.process = process;
        this.port = port;
        this.startedNanos = startedNanos;
    }

    /** Starts a server of this module, with the launcher's options as far as Netty minds them; waits until it says its port. */
    static ServerProcess ofThisModule(Class<?> main, List<String> arguments) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-XX:+UseSerialGC", "-Xmx256m", "-Dio.netty.jfr.enabled=false"));
        command.addAll(List.of(
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-Dio.netty.noUnsafe=false"));
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
        command.addAll(arguments);
        return start(new ProcessBuilder(command));
    }

    /** Starts Pileus by its launcher, as its users do. */
    static ServerProcess pileus() throws IOException {
        return pileus("-Xmx1g");
    }

    /** The same with further options of Java's. */
    static ServerProcess pileus(String javaOptions) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(LAUNCHER.toAbsolutePath().toString(), "--port", "0");
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        builder.environment().put("PILEUS_JAVA_OPTS", javaOptions);
        builder.environment().put("PILEUS_SNS_FILTER_POLICIES_PER_TOPIC", "10000");
        return start(builder);
    }

    private static ServerProcess start(ProcessBuilder builder) throws IOException {
        long start = System.nanoTime();
        Process process = builder.redirectErrorStream(true).start();
        BufferedReader out = process.inputReader(StandardCharsets.UTF_8);
        StringBuilder seen = new StringBuilder();
        for (String line = out.readLine(); line != null; line = out.readLine()) {
            seen.append(line).append('\n');
            Matcher port = PORT.matcher(line);
            if (port.find()) {
                Thread.ofVirtual().start(() -> out.lines().forEach(ignored -> {}));
                return new ServerProcess(process, Integer.parseInt(port.group(1)), start);
            }
        }
        throw new IOException(String.join(" ", builder.command()) + " did not start:\n" + seen);
    }

    int port() {
        return port;
    }

    /** From exec until now. */
    double secondsSinceStart() {
        return (System.nanoTime() - startedNanos) / 1e9;
    }

    /** The processor time used since the start, by all threads. */
    double cpuSeconds() {
        return process.info()
                .totalCpuDuration()
                .map(used -> used.toNanos() / 1e9)
                .orElse(Double.NaN);
    }

    double residentMebibytes() throws IOException {
        return mebibytes("VmRSS:");
    }

    /** The most that was ever resident. */
    double peakResidentMebibytes() throws IOException {
        return mebibytes("VmHWM:");
    }

    private double mebibytes(String name) throws IOException {
        for (String line : Files.readAllLines(Path.of("/proc", Long.toString(process.pid()), "status"))) {
            if (line.startsWith(name)) {
                return Long.parseLong(line.replaceAll("\\D", "")) / 1024.0;
            }
        }
        return Double.NaN;
    }

    @Override
    public void close() throws IOException {
        process.destroy();
        try {
            process.waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
