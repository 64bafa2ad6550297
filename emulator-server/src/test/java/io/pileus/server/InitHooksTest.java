package io.pileus.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@DisabledOnOs(OS.WINDOWS)
@Timeout(60)
class InitHooksTest {
    @TempDir
    private Path directory;

    private Path output;

    @BeforeEach
    void chooseOutput() {
        output = directory.resolve("output");
    }

    private Pileus start() throws IOException {
        return Pileus.builder()
                .port(0)
                .module(new ParrotProvider())
                .services("parrot")
                .region("eu-west-1")
                .initDirectory(directory)
                .start();
    }

    private Path script(String path, String text) throws IOException {
        Path file = directory.resolve(path);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, text.replace("$OUT", output.toString()));
    }

    private Path executable(String path, String text) throws IOException {
        Path file = script(path, text);
        assertThat(file.toFile().setExecutable(true)).isTrue();
        return file;
    }

    private List<String> lines() throws IOException {
        return Files.readAllLines(output);
    }

    @Test
    void scriptsRunByNameAndAFolderAfterTheFilesBesideIt() throws IOException {
        script("ready.d/b/1.sh", "echo b/1 >> $OUT");
        script("ready.d/a/z/1.sh", "echo a/z/1 >> $OUT");
        script("ready.d/a/9.sh", "echo a/9 >> $OUT");
        script("ready.d/c.sh", "echo c >> $OUT");
        script("ready.d/10.sh", "echo 10 >> $OUT");
        script("ready.d/notes.txt", "echo never >> $OUT");

        try (Pileus pileus = start()) {
            pileus.runReadyHooks();
        }

        assertThat(lines()).containsExactly("10", "c", "a/9", "a/z/1", "b/1");
    }

    @Test
    void aScriptIsRunByWhatItsFirstLineNames() throws IOException {
        executable("ready.d/1.sh", "#!/usr/bin/env bash\n[[ -n $BASH_VERSION ]] && echo executable >> $OUT\n");
        script("ready.d/2.sh", "#!/bin/bash\n[[ -n $BASH_VERSION ]] && echo not executable >> $OUT\n");
        executable("ready.d/3.sh", "echo without a first line >> $OUT\n");

        try (Pileus pileus = start()) {
            pileus.runReadyHooks();
        }

        assertThat(lines()).containsExactly("executable", "not executable", "without a first line");
    }

    @Test
    void aPythonProgramIsRunByPython() throws IOException {
        script("ready.d/seed.py", "open('$OUT', 'a').write('python\\n')");
        boolean here = Files.isExecutable(Path.of("/usr/bin/python3"))
                || Files.isExecutable(Path.of("/usr/local/bin/python3"));

        try (Pileus pileus = start()) {
            pileus.runReadyHooks();

            assertThat(Http.get(pileus, "/_localstack/init/ready").body())
                    .contains(here ? "\"state\": \"SUCCESSFUL\"" : "\"state\": \"ERROR\"");
        }
        assertThat(Files.exists(output)).isEqualTo(here);
    }

    @Test
    void aScriptThatFailsIsMarkedAndTheNextOneRuns() throws IOException {
        script("boot.d/0.sh", "exit 0");
        script("ready.d/1.sh", "exit 3");
        executable("ready.d/2.sh", "#!/no/such/interpreter\n");
        script("ready.d/3.sh", "echo third >> $OUT");
        script("shutdown.d/4.sh", "exit 0");

        try (Pileus pileus = start()) {
            assertThat(Http.get(pileus, "/_localstack/init/READY").body())
                    .isEqualTo("{\"completed\": false, \"scripts\": ["
                            + "{\"stage\": \"READY\", \"name\": \"1.sh\", \"state\": \"UNKNOWN\"}, "
                            + "{\"stage\": \"READY\", \"name\": \"2.sh\", \"state\": \"UNKNOWN\"}, "
                            + "{\"stage\": \"READY\", \"name\": \"3.sh\", \"state\": \"UNKNOWN\"}]}");

            pileus.runReadyHooks();

            assertThat(Http.get(pileus, "/_localstack/init").body())
                    .isEqualTo(
                            "{\"completed\": {\"BOOT\": true, \"START\": true, \"READY\": true, \"SHUTDOWN\": false}, "
                                    + "\"scripts\": [{\"stage\": \"BOOT\", \"name\": \"0.sh\", \"state\": \"SUCCESSFUL\"}, "
                                    + "{\"stage\": \"READY\", \"name\": \"1.sh\", \"state\": \"ERROR\"}, "
                                    + "{\"stage\": \"READY\", \"name\": \"2.sh\", \"state\": \"ERROR\"}, "
                                    + "{\"stage\": \"READY\", \"name\": \"3.sh\", \"state\": \"SUCCESSFUL\"}, "
                                    + "{\"stage\": \"SHUTDOWN\", \"name\": \"4.sh\", \"state\": \"UNKNOWN\"}]}");
        }
        assertThat(lines()).containsExactly("third");
    }

    @Test
    void theServerAnswersWhileAScriptRuns() throws Exception {
        Path started = pipe("started");
        Path goOn = pipe("go-on");
        script("ready.d/1.sh", "echo x > " + started + "\nread line < " + goOn);

        try (Pileus pileus = start()) {
            CompletableFuture<Void> hooks = CompletableFuture.runAsync(pileus::runReadyHooks);
            Files.readString(started);

            assertThat(Http.get(pileus, "/_localstack/init/ready").body())
                    .isEqualTo("{\"completed\": false, \"scripts\": "
                            + "[{\"stage\": \"READY\", \"name\": \"1.sh\", \"state\": \"RUNNING\"}]}");

            Files.writeString(goOn, "go on\n");
            hooks.get(30, TimeUnit.SECONDS);
            assertThat(Http.get(pileus, "/_localstack/init/ready").body()).contains("SUCCESSFUL");
        }
    }

    @Test
    void aServerThatEndsStopsTheScriptThatRuns() throws Exception {
        Path started = pipe("started");
        Path never = pipe("never");
        script("ready.d/1.sh", "echo x > " + started + "\nread line < " + never + "\necho survived >> $OUT");
        script("ready.d/2.sh", "echo too late >> $OUT");
        script("shutdown.d/1.sh", "echo the end >> $OUT");

        CompletableFuture<Void> hooks;
        try (Pileus pileus = start()) {
            hooks = CompletableFuture.runAsync(pileus::runReadyHooks);
            Files.readString(started);
        }

        hooks.get(30, TimeUnit.SECONDS);
        assertThat(lines()).containsExactly("the end");
    }

    private Path pipe(String name) throws IOException, InterruptedException {
        Path pipe = directory.resolve(name);
        assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor())
                .isZero();
        return pipe;
    }

    @Test
    void aScriptFindsTheEmulatorInItsEnvironment() throws IOException {
        script(
                "ready.d/1.sh",
                "echo $AWS_ENDPOINT_URL $AWS_ACCESS_KEY_ID $AWS_SECRET_ACCESS_KEY $AWS_DEFAULT_REGION >> $OUT");

        String endpoint;
        try (Pileus pileus = start()) {
            endpoint = pileus.endpoint().toString();
            pileus.runReadyHooks();
        }

        assertThat(lines())
                .containsExactly(String.join(
                        " ",
                        own("AWS_ENDPOINT_URL", endpoint),
                        own("AWS_ACCESS_KEY_ID", "test"),
                        own("AWS_SECRET_ACCESS_KEY", "test"),
                        own("AWS_DEFAULT_REGION", "eu-west-1")));
    }

    private static String own(String variable, String otherwise) {
        return System.getenv().getOrDefault(variable, otherwise);
    }

    @Test
    void theProgramSaysReadyAfterTheScriptsAndRunsTheLastOnesWhenItIsEnded() throws Exception {
        script("start.d/1.sh", "echo start hook");
        script("ready.d/1.sh", "echo ready hook");
        script("shutdown.d/1.sh", "echo shutdown hook");
        ProcessBuilder builder = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                "io.pileus.server.Main",
                "--port=0",
                "--services=sqs",
                "--log-level=error");
        builder.environment().put("PILEUS_INIT_DIRECTORY", directory.toString());
        Process program = builder.redirectError(ProcessBuilder.Redirect.DISCARD).start();
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(program.getInputStream(), StandardCharsets.UTF_8))) {
            assertThat(lines.readLine()).isEqualTo("start hook");
            assertThat(lines.readLine()).startsWith("Pileus ").contains(" listens on ");
            assertThat(lines.readLine()).isEqualTo("ready hook");
            assertThat(lines.readLine()).isEqualTo("Ready.");

            program.toHandle().destroy();

            assertThat(lines.readLine()).isEqualTo("shutdown hook");
            assertThat(lines.readLine()).isNull();
        } finally {
            program.destroyForcibly();
        }
    }
}
