package io.pileus.lambda.executor;

import static io.pileus.lambda.LambdaFixture.assertRefused;
import static io.pileus.lambda.LambdaFixture.await;
import static io.pileus.lambda.LambdaFixture.json;
import static io.pileus.lambda.LambdaFixture.log;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.pileus.core.service.AwsException;
import io.pileus.core.shape.Blob;
import io.pileus.lambda.LambdaFixture;
import io.pileus.lambda.model.DeleteFunctionRequest;
import io.pileus.lambda.model.FunctionCode;
import io.pileus.lambda.model.InvocationResponse;
import io.pileus.lambda.model.PutFunctionConcurrencyRequest;
import io.pileus.lambda.model.TooManyRequestsException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a process may take: time, memory, output, places; and that it leaves nothing behind. */
class ProcessLimitsTest {
    private static final String HANDLER = "def handler(event, context):\n";

    @TempDir
    Path folder;

    private LambdaFixture lambda = new LambdaFixture();

    @AfterEach
    void close() {
        lambda.close();
    }

    private void with(String... settings) {
        lambda.close();
        lambda = new LambdaFixture(settings);
    }

    private static List<Path> workspaces() throws IOException {
        try (Stream<Path> files = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
            String own = "pileus-lambda-" + ProcessHandle.current().pid() + "-";
            return files.filter(file -> file.getFileName().toString().startsWith(own))
                    .toList();
        }
    }

    @Test
    void aFunctionIsEndedAtItsTimeOut() {
        lambda.create(
                "f",
                "python3.12",
                LambdaFixture.zip(
                        "app.py",
                        "import os, time\n" + HANDLER
                                + "    open('" + folder.resolve("pid") + "', 'w').write(str(os.getpid()))\n"
                                + "    print('asleep')\n    time.sleep(60)\n"),
                r -> r.timeout(1));

        InvocationResponse answer = lambda.invoke("f", "{}", r -> r.logType("Tail"));

        JsonNode error = json(answer);
        assertThat(answer.functionError()).isEqualTo("Unhandled");
        assertThat(error.path("errorType").asText()).isEqualTo("Sandbox.Timedout");
        assertThat(error.path("errorMessage").asText())
                .matches("RequestId: [0-9a-f-]{36} Error: Task timed out after 1.00 seconds");
        assertThat(log(answer))
                .contains("asleep\n")
                .containsPattern("Z [0-9a-f-]{36} Task timed out after 1.00 seconds");
        assertThat(isAlive(folder.resolve("pid"))).isFalse();
    }

    private static boolean isAlive(Path pidFile) {
        try {
            return ProcessHandle.of(Long.parseLong(Files.readString(pidFile)))
                    .map(ProcessHandle::isAlive)
                    .orElse(false);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void aFunctionThatTakesMoreThanItsMemoryIsKilled() {
        assumeTrue(Files.exists(Path.of("/proc/self/status")));
        lambda.python(
                "f",
                "import time\n" + HANDLER
                        + "    kept = []\n    while True:\n        kept.append(bytearray(8 * 1024 * 1024))\n"
                        + "        time.sleep(0.01)\n");

        JsonNode error = lambda.failure("f", "{}");

        assertThat(error.path("errorType").asText()).isEqualTo("Runtime.OutOfMemory");
        assertThat(error.path("errorMessage").asText()).endsWith("Runtime exited with error: signal: killed");
    }

    @Test
    void outputIsReadWhileTheFunctionRunsAndOnlyItsEndIsKept() {
        lambda.python(
                "f", HANDLER + "    for i in range(200000):\n        print('line', i, 'x' * 100)\n    return 'done'\n");

        InvocationResponse answer = lambda.invoke("f", "{}", r -> r.logType("Tail"));

        assertThat(answer.payload().utf8()).isEqualTo("\"done\"");
        assertThat(log(answer).length()).isLessThanOrEqualTo(4096);
        assertThat(log(answer)).contains("line 199999 xxx").contains("END RequestId");
    }

    @Test
    void aResponseOfMoreThanSixMegabytesIsAnError() {
        lambda.python("f", HANDLER + "    return 'x' * event\n");

        assertThat(lambda.invoke("f", String.valueOf(6 * 1024 * 1024)).payload().size())
                .isEqualTo(6 * 1024 * 1024 + 2);
        JsonNode error = lambda.failure("f", String.valueOf(6 * 1024 * 1024 + 100));

        assertThat(error.path("errorType").asText()).isEqualTo("Function.ResponseSizeTooLarge");
        assertThat(error.path("errorMessage").asText())
                .isEqualTo(
                        "Response payload size (6291558 bytes) exceeded maximum allowed payload size (6291556 bytes).");
        assertThat(lambda.invoke("f", "1").payload().utf8()).isEqualTo("\"x\"");
    }

    @Test
    void eventsAreBounded() {
        lambda.create("f");
        String six = "\"" + "x".repeat(6 * 1024 * 1024 - 1) + "\"";
        String one = "\"" + "x".repeat(1024 * 1024 - 1) + "\"";

        assertRefused(
                () -> lambda.invoke("f", six),
                "RequestTooLargeException",
                413,
                "6291457 byte payload is too large for the RequestResponse invocation type (limit 6291456 bytes)");
        assertRefused(
                () -> lambda.invoke("f", one, r -> r.invocationType("Event")),
                "RequestTooLargeException",
                413,
                "1048577 byte payload is too large for the Event invocation type (limit 1048576 bytes)");
        assertThat(lambda.invoke("f", "\"" + "x".repeat(6 * 1024 * 1024 - 2) + "\"")
                        .payload()
                        .size())
                .isEqualTo(6 * 1024 * 1024);
    }

    @Test
    void moreInvocationsThanAreReservedAreRefused() {
        Path go = folder.resolve("go");
        lambda.python(
                "f",
                "import os, time\n" + HANDLER + "    while not os.path.exists('" + go
                        + "'):\n        time.sleep(0.01)\n    return 'went'\n");
        lambda.lambda.putFunctionConcurrency(
                PutFunctionConcurrencyRequest.builder()
                        .functionName("f")
                        .reservedConcurrentExecutions(2)
                        .build(),
                lambda.call());
        CompletableFuture<InvocationResponse> one = lambda.start("f", "{}", r -> r);
        CompletableFuture<InvocationResponse> two = lambda.start("f", "{}", r -> r);

        assertThatThrownBy(() -> lambda.invoke("f", "{}")).isInstanceOfSatisfying(TooManyRequestsException.class, e -> {
            assertThat(e.httpStatus()).isEqualTo(429);
            assertThat(e.getMessage()).isEqualTo("Rate Exceeded.");
            assertThat(e.reason()).isEqualTo("ReservedFunctionConcurrentInvocationLimitExceeded");
        });
        create(go);

        assertThat(await(one).payload().utf8()).isEqualTo("\"went\"");
        assertThat(await(two).payload().utf8()).isEqualTo("\"went\"");
        assertThat(lambda.invoke("f", "{}").payload().utf8()).isEqualTo("\"went\"");
    }

    private static void create(Path file) {
        try {
            Files.createFile(file);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void moreProcessesThanAllowedAreRefusedUnlessAnIdleOneCanGo() {
        with("LAMBDA_PROCESSES_MAX", "1");
        lambda.create("a");
        lambda.create("b");
        lambda.python("waiting", "import time\n" + HANDLER + "    time.sleep(30)\n");

        assertThat(lambda.invoke("a", "1").payload().utf8()).isEqualTo("1");
        assertThat(lambda.invoke("b", "2").payload().utf8()).isEqualTo("2");
        lambda.start("waiting", "{}", r -> r);

        assertThatThrownBy(() -> lambda.invoke("a", "1"))
                .isInstanceOfSatisfying(
                        TooManyRequestsException.class,
                        e -> assertThat(e.reason()).isEqualTo("ConcurrentInvocationLimitExceeded"));
    }

    @Test
    void processesCanBeSwitchedOff() {
        with("LAMBDA_EXECUTOR", "none");
        lambda.create("f");

        assertThatThrownBy(() -> lambda.invoke("f", "{}")).isInstanceOfSatisfying(AwsException.class, e -> {
            assertThat(e.httpStatus()).isEqualTo(501);
            assertThat(e.getMessage()).contains("switched off");
        });
    }

    @Test
    void aRuntimeThatCannotRunHereSaysSo() {
        lambda.create("f", "ruby3.3", LambdaFixture.zip("app.rb", ""));

        assertThatThrownBy(() -> lambda.invoke("f", "{}")).isInstanceOfSatisfying(AwsException.class, e -> {
            assertThat(e.httpStatus()).isEqualTo(501);
            assertThat(e.getMessage()).contains("ruby3.3");
        });
    }

    @Test
    void anArchiveThatLeavesItsFolderIsRefused() {
        for (String name : List.of("../../evil.py", "/etc/evil", "a/../../evil", "a\\..\\evil")) {
            assertRefused(
                    () -> lambda.create("f", "python3.12", LambdaFixture.zip(name, "x")),
                    "InvalidParameterValueException",
                    400,
                    "Could not unzip uploaded file. Please check your file, then try to upload again.");
        }
    }

    @Test
    void anArchiveThatIsTooLargeUnzippedIsRefused() {
        String megabyte = "\0".repeat(1024 * 1024);
        List<String> files = new ArrayList<>();
        for (int i = 0; i < 251; i++) {
            files.add("file" + i);
            files.add(megabyte);
        }

        assertRefused(
                () -> lambda.create("f", "python3.12", LambdaFixture.zip(files.toArray(String[]::new))),
                "InvalidParameterValueException",
                400,
                "Unzipped size must be smaller than 262144000 bytes");
        assertRefused(
                () -> lambda.create("f", "python3.12", Blob.ofUtf8("this is not a zip at all, is it?")),
                "InvalidParameterValueException",
                400,
                "Could not unzip uploaded file. Please check your file, then try to upload again.");
        assertRefused(
                () -> lambda.create(
                        "f",
                        "python3.12",
                        Blob.EMPTY,
                        r -> r.code_(FunctionCode.builder().zipFile(Blob.EMPTY).build())),
                "InvalidParameterValueException",
                400,
                "Uploaded file must be a non-empty zip");
    }

    @Test
    void aThousandInvocationsLeaveNoProcessAndNoFolder() throws IOException {
        lambda.python("f", "import os\n" + HANDLER + "    return [event, os.getpid()]\n");

        List<Integer> answers = new ArrayList<>();
        List<Long> pids = new ArrayList<>();
        for (int i = 0; i < 1000; i++) {
            JsonNode answer = json(lambda.invoke("f", String.valueOf(i)));
            answers.add(answer.get(0).asInt());
            pids.add(answer.get(1).asLong());
        }
        lambda.close();

        assertThat(answers).hasSize(1000).isSorted().doesNotHaveDuplicates();
        assertThat(pids.stream().distinct()).hasSize(1);
        assertThat(pids.stream().distinct().map(ProcessHandle::of))
                .allMatch(process -> process.isEmpty() || !process.get().isAlive());
        assertThat(workspaces()).isEmpty();
        assertThat(ProcessHandle.current().children().filter(ProcessHandle::isAlive))
                .isEmpty();
    }

    @Test
    void anIdleProcessEndsAfterAWhileOnTheEmulatorsClock() {
        lambda.python("f", "import os\n" + HANDLER + "    return os.getpid()\n");
        String before = lambda.invoke("f", "{}").payload().utf8();
        lambda.advance(Duration.ofMinutes(10));
        String still = lambda.invoke("f", "{}").payload().utf8();

        lambda.advance(Duration.ofMinutes(16));

        assertThat(still).isEqualTo(before);
        assertThat(lambda.invoke("f", "{}").payload().utf8()).isNotEqualTo(before);
    }

    @Test
    void aDeletedFunctionsProcessEnds() {
        lambda.python("f", "import os\n" + HANDLER + "    return os.getpid()\n");
        long pid = Long.parseLong(lambda.invoke("f", "{}").payload().utf8());
        ProcessHandle process = ProcessHandle.of(pid).orElseThrow();

        lambda.lambda.deleteFunction(
                DeleteFunctionRequest.builder().functionName("f").build(), lambda.call());

        await(process.onExit().toCompletableFuture());
        assertThat(process.isAlive()).isFalse();
    }

    @Test
    void closingEndsAFunctionThatRuns() throws IOException {
        Path pid = folder.resolve("pid");
        lambda.python(
                "f",
                "import os, subprocess\n" + HANDLER
                        + "    child = subprocess.Popen(['sleep', '60'])\n"
                        + "    open('" + pid + ".new', 'w').write(str(child.pid))\n"
                        + "    os.rename('" + pid + ".new', '" + pid + "')\n"
                        + "    child.wait()\n");
        CompletableFuture<InvocationResponse> running = lambda.start("f", "{}", r -> r);
        while (!Files.exists(pid)) {
            Thread.onSpinWait();
        }

        lambda.close();

        assertThat(await(running).functionError()).isEqualTo("Unhandled");
        assertThat(isAlive(pid)).isFalse();
        assertThat(workspaces()).isEmpty();
    }
}
