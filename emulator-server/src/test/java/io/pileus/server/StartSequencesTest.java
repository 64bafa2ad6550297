package io.pileus.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.pileus.client.RemotePileus;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

/**
 * The ways in which Testcontainers' LocalStack modules start their container and find out that it is ready, replayed with the
 * image's entrypoint and a process in the place of the container.
 */
@EnabledIf("hasBash")
@Timeout(120)
class StartSequencesTest {
    private static final Path ENTRYPOINT =
            Path.of("..", "docker", "docker-entrypoint.sh").toAbsolutePath().normalize();

    @TempDir
    private Path home;

    private final List<Process> processes = new ArrayList<>();
    private final List<String> output = new ArrayList<>();

    static boolean hasBash() {
        return Files.isExecutable(Path.of("/bin/bash"));
    }

    @BeforeEach
    void makeTheImagesFolder() throws IOException {
        Path java = Files.createDirectories(home.resolve("java/bin")).resolve("java");
        Files.writeString(java, "#!/bin/sh\nexec '" + System.getProperty("java.home") + "/bin/java' \"$@\"\n");
        assertThat(java.toFile().setExecutable(true)).isTrue();
        Files.writeString(
                home.resolve("java.options"),
                "-XX:+UseSerialGC -XX:TieredStopAtLevel=1 -cp \"" + System.getProperty("java.class.path") + "\"\n");
    }

    @AfterEach
    void end() throws InterruptedException {
        for (Process process : processes) {
            process.descendants().forEach(ProcessHandle::destroy);
            process.destroy();
            process.waitFor(20, TimeUnit.SECONDS);
        }
    }

    private Process start(Map<String, String> environment, String... command) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        Map<String, String> all = new LinkedHashMap<>(Map.of(
                "PATH",
                "/usr/bin:/bin",
                "PILEUS_HOME",
                home.toString(),
                "GATEWAY_LISTEN",
                "127.0.0.1:0",
                "PILEUS_INIT_DIRECTORY",
                home.resolve("init").toString()));
        all.putAll(environment);
        builder.environment().clear();
        builder.environment().putAll(all);
        Process process = builder.start();
        processes.add(process);
        return process;
    }

    /** Waits for the line that all modules but Go's wait for, and answers where the server listens. */
    private RemotePileus ready(Process process) throws IOException {
        BufferedReader lines =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            output.add(line);
            if (line.equals("Ready.")) {
                return RemotePileus.at(endpoint());
            }
        }
        throw new AssertionError("it ended before it was ready: " + output);
    }

    private URI endpoint() {
        String line = output.stream()
                .filter(text -> text.contains(" listens on "))
                .findFirst()
                .orElseThrow();
        return URI.create(line.substring(line.indexOf("http")).replace("localhost", "127.0.0.1"));
    }

    private static String queueUrl(RemotePileus pileus) {
        return pileus.post("/?Action=CreateQueue&QueueName=orders&Version=2012-11-05", "");
    }

    /** The container waits for a script that is copied in once its ports are known. */
    @Test
    void javasContainerWaitsForItsStartScript() throws IOException {
        Path script = home.resolve("testcontainers_start.sh");
        Process container = start(
                Map.of("SERVICES", "sqs", "EAGER_SERVICE_LOADING", "1", "LOCALSTACK_HOST", "localhost"),
                "sh",
                "-c",
                "while [ ! -f " + script + " ]; do sleep 0.1; done; " + script);
        Path draft = Files.writeString(home.resolve("draft"), """
                #!/bin/bash
                export LAMBDA_DOCKER_FLAGS="-l org.testcontainers.sessionId=1"
                export ECS_DOCKER_FLAGS="-l org.testcontainers.sessionId=1"
                export EC2_DOCKER_FLAGS="-l org.testcontainers.sessionId=1"
                export BATCH_DOCKER_FLAGS="-l org.testcontainers.sessionId=1"
                %s
                """.formatted(ENTRYPOINT));
        assertThat(draft.toFile().setExecutable(true)).isTrue();
        Files.move(draft, script);

        RemotePileus pileus = ready(container);

        assertThat(pileus.services()).containsEntry("sqs", "running").containsEntry("sns", "disabled");
        assertThat(output).anyMatch(line -> line.contains("LAMBDA_DOCKER_FLAGS has no effect"));
        assertThat(output).filteredOn("Ready."::equals).hasSize(1);
        // A bare LOCALSTACK_HOST says nothing of the mapped port, so the URL follows the request.
        assertThat(queueUrl(pileus)).contains("<QueueUrl>" + pileus.endpoint() + "/000000000000/orders</QueueUrl>");
    }

    @Test
    void pythonsContainerIsReadyWhenItSaysSo() throws IOException {
        RemotePileus pileus = ready(start(
                Map.of(
                        "SERVICES", "sqs",
                        "AWS_DEFAULT_REGION", "us-west-1",
                        "AWS_ACCESS_KEY_ID", "testcontainers-localstack",
                        "AWS_SECRET_ACCESS_KEY", "testcontainers-localstack"),
                ENTRYPOINT.toString()));

        assertThat(pileus.services()).containsEntry("sqs", "available");
    }

    /** Go's and the oldest Java module name the host in their own way; Go's waits for HTTP 200. */
    @Test
    void gosContainerAnswersItsHealthCheck() throws IOException {
        RemotePileus pileus =
                ready(start(Map.of("SERVICES", "sqs", "HOSTNAME_EXTERNAL", "docker-host"), ENTRYPOINT.toString()));

        assertThat(pileus.get("/_localstack/health")).contains("\"sqs\": \"available\"");
        assertThat(output).anyMatch(line -> line.contains("HOSTNAME_EXTERNAL is taken as LOCALSTACK_HOST"));
        assertThat(queueUrl(pileus)).contains(pileus.endpoint() + "/000000000000/orders");
    }

    /** What the hooks made is there when the container is ready; Node's waits for the word alone. */
    @Test
    void nodesContainerIsReadyAfterItsHooks() throws IOException {
        Path hook = Files.createDirectories(home.resolve("init/ready.d")).resolve("seed.sh");
        Files.writeString(hook, """
                exec 3<>/dev/tcp/127.0.0.1/${AWS_ENDPOINT_URL##*:}
                printf 'POST /?Action=CreateQueue&QueueName=seeded HTTP/1.0\\r\\nHost: localhost\\r\\n\\r\\n' >&3
                cat <&3 > /dev/null
                """.indent(0).replaceFirst("^", "#!/bin/bash\n"));

        RemotePileus pileus = ready(start(
                Map.of("SERVICES", "sqs", "LAMBDA_DOCKER_FLAGS", "-l org.testcontainers.session-id=1"),
                ENTRYPOINT.toString()));

        assertThat(pileus.get("/_localstack/init/ready"))
                .isEqualTo("{\"completed\": true, \"scripts\": [{\"stage\": \"READY\", \"name\": \"seed.sh\", "
                        + "\"state\": \"SUCCESSFUL\"}]}");
        assertThat(pileus.state("sqs")).contains("/000000000000/seeded");
    }
}
