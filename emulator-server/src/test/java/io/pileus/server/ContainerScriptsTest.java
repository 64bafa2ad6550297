package io.pileus.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

/** The scripts of the container image, run here with a program in the place of Java that tells how it was called. */
@EnabledIf("hasBash")
@Timeout(60)
class ContainerScriptsTest {
    private static final Path SCRIPTS = Path.of("..", "docker").toAbsolutePath().normalize();

    @TempDir
    private Path home;

    static boolean hasBash() {
        return Files.isExecutable(Path.of("/bin/bash"));
    }

    /** Puts a program there that prints its process, its environment and its arguments. */
    private void teller(String path) throws IOException {
        Path file = home.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, "#!/bin/sh\necho \"pid=$$\"\nenv\nprintf 'argument=%s\\n' \"$@\"\n");
        assertThat(file.toFile().setExecutable(true)).isTrue();
    }

    private List<String> run(String script, Map<String, String> environment, String... arguments)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(SCRIPTS.resolve(script).toString());
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().clear();
        builder.environment().put("PATH", home.resolve("bin") + ":/usr/bin:/bin");
        builder.environment().put("PILEUS_HOME", home.toString());
        builder.environment().putAll(environment);
        Process process = builder.start();
        List<String> lines = new ArrayList<>(new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
                .lines()
                .toList());
        lines.add("status=" + process.waitFor());
        lines.replaceAll(line -> line.equals("pid=" + process.pid()) ? "the same process" : line);
        return lines;
    }

    @Test
    void theOldFolderOfInitScriptsIsNotPassedOverInSilence() throws Exception {
        teller("java/bin/java");
        Files.writeString(home.resolve("java.options"), "");
        Files.createDirectories(home.resolve("old"));

        assertThat(run(
                        "docker-entrypoint.sh",
                        Map.of("PILEUS_OLD_INIT", home.resolve("old").toString())))
                .first()
                .asString()
                .contains("/etc/localstack/init/ready.d");
    }

    @Test
    void theServerTakesTheScriptsPlaceAndGetsItsArguments() throws Exception {
        teller("java/bin/java");

        List<String> lines = run(
                "docker-entrypoint.sh",
                Map.of("PILEUS_JAVA_OPTS", "-Xmx64m -Da=b"),
                "--services",
                "sqs,sns",
                "--strict");

        assertThat(lines).contains("the same process", "GATEWAY_LISTEN=0.0.0.0:4566");
        assertThat(lines)
                .endsWith(
                        "argument=@" + home + "/java.options",
                        "argument=-Djava.io.tmpdir=/tmp",
                        "argument=-Xmx64m",
                        "argument=-Da=b",
                        "argument=io.pileus.server.Main",
                        "argument=--services",
                        "argument=sqs,sns",
                        "argument=--strict",
                        "status=0");
    }

    @Test
    void aVariableWithLocalStacksPrefixIsGivenWithoutIt() throws Exception {
        teller("java/bin/java");

        List<String> lines = run(
                "docker-entrypoint.sh",
                Map.of(
                        "LOCALSTACK_SERVICES", "sqs, sns; `echo x` $HOME",
                        "LOCALSTACK_DEBUG", "1",
                        "DEBUG", "0",
                        "LOCALSTACK_GATEWAY_LISTEN", "0.0.0.0:4570",
                        "LOCALSTACK_UID", "12"));

        assertThat(lines)
                .contains(
                        "SERVICES=sqs, sns; `echo x` $HOME",
                        "LOCALSTACK_SERVICES=sqs, sns; `echo x` $HOME",
                        "DEBUG=1",
                        "GATEWAY_LISTEN=0.0.0.0:4570",
                        "status=0");
    }

    @Test
    void itsHostNamesAndWhatKubernetesSetsKeepTheirNames() throws Exception {
        teller("java/bin/java");

        List<String> lines = run(
                "docker-entrypoint.sh",
                Map.of("LOCALSTACK_HOST", "a", "LOCALSTACK_HOSTNAME", "b", "LOCALSTACK_4566_PORT", "c"));

        assertThat(lines)
                .contains("LOCALSTACK_HOST=a", "LOCALSTACK_HOSTNAME=b", "LOCALSTACK_4566_PORT=c")
                .doesNotContain("HOST=a", "HOSTNAME=b", "4566_PORT=c");
    }

    @Test
    void theOldVariablesOfThePortStillMoveIt() throws Exception {
        teller("java/bin/java");

        assertThat(run("docker-entrypoint.sh", Map.of("EDGE_PORT", "4571"))).contains("GATEWAY_LISTEN=0.0.0.0:4571");
    }

    @Test
    void filesLieInTheVolumeWhereNothingElseCanBeWritten() throws Exception {
        teller("java/bin/java");
        Path left = home.resolve("volume/tmp/c0ffee/pileus-s3-1");
        Files.createDirectories(left);

        List<String> lines = run(
                "docker-entrypoint.sh",
                Map.of(
                        "TMPDIR", home.resolve("not-there").toString(),
                        "LOCALSTACK_VOLUME_DIR", home.resolve("volume").toString(),
                        "HOSTNAME", "c0ffee"));

        assertThat(lines).contains("argument=-Djava.io.tmpdir=" + left.getParent(), "status=0");
        assertThat(left).doesNotExist();
        assertThat(left.getParent()).isDirectory();
    }

    @Test
    void aCommandIsRunInsteadOfTheServer() throws Exception {
        assertThat(run("docker-entrypoint.sh", Map.of(), "echo", "hello")).containsExactly("hello", "status=0");
    }

    @Test
    void awslocalPointsTheCommandLineAtTheServer() throws Exception {
        teller("bin/aws");

        assertThat(run("awslocal", Map.of(), "sqs", "list-queues"))
                .contains("AWS_ACCESS_KEY_ID=test", "AWS_SECRET_ACCESS_KEY=test", "AWS_DEFAULT_REGION=us-east-1")
                .endsWith(
                        "argument=--endpoint-url",
                        "argument=http://localhost:4566",
                        "argument=sqs",
                        "argument=list-queues",
                        "status=0");
        assertThat(run("awslocal", Map.of("AWS_REGION", "eu-west-1", "AWS_ENDPOINT_URL", "http://x:1"), "s3", "ls"))
                .contains("AWS_DEFAULT_REGION=eu-west-1", "argument=http://x:1");
    }
}
