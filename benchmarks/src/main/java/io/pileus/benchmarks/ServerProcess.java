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
    private static final Pattern PORT = Pattern.compile("(?:Listening on |127\\.0\\.0\\.1:|localhost:)(\\d+)");

    private final Process process;
    private final int port;
    private final long startedNanos;

    private ServerProcess(Process process, int port, long startedNanos) {
        this.process = process;
        this.port = port;
        this.startedNanos = startedNanos;
    }

    /** Starts a server of this module and waits until it says its port. */
    static ServerProcess ofThisModule(Class<?> main, List<String> arguments) throws IOException {
        return start(List.of("-Xmx256m", "-cp", System.getProperty("java.class.path")), main.getName(), arguments);
    }

    /** Starts Pileus as built by {@code ./pileus}, from its jars and with its AOT cache where there is one. */
    static ServerProcess pileus(Path dist) throws IOException {
        return pileus(dist, List.of("-Xmx1g", "-XX:MaxDirectMemorySize=256m"));
    }

    /** The same with other limits of memory. */
    static ServerProcess pileus(Path dist, List<String> memory) throws IOException {
        List<String> options = new ArrayList<>(memory);
        Path lib = dist.resolve("lib");
        options.addAll(List.of("-Xss512k", "-XX:+UseCompactObjectHeaders", "-Djava.library.path=" + lib));
        options.addAll(List.of("-cp", lib.resolve("pileus.jar").toString()));
        Path cache = dist.resolve("pileus.aot");
        if (Files.exists(cache)) {
            options.addAll(List.of("-XX:AOTCache=" + cache, "-XX:AOTMode=auto"));
        }
        return start(options, "io.pileus.server.Main", List.of("--port", "0"));
    }

    private static ServerProcess start(List<String> options, String mainClass, List<String> arguments)
            throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(
                List.of("--enable-native-access=ALL-UNNAMED", "-Dio.netty.jfr.enabled=false", "-XX:+UseSerialGC"));
        command.addAll(options);
        command.add(mainClass);
        command.addAll(arguments);
        long start = System.nanoTime();
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("PILEUS_SNS_FILTER_POLICIES_PER_TOPIC", "10000");
        Process process = builder.start();
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
        throw new IOException(mainClass + " did not start:\n" + seen);
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
