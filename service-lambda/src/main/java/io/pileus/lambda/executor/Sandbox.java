package io.pileus.lambda.executor;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.pileus.core.shape.Blob;
import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A local process that runs a function, one invocation at a time, and the Runtime API that it asks for work: an HTTP server
 * on the loopback address with a port of its own. Its threads are virtual: a process that waits for work holds none.
 *
 * @see <a href="https://docs.aws.amazon.com/lambda/latest/dg/runtimes-api.html">Runtime API</a>
 */
final class Sandbox {
    private static final int LOG_BYTES_MAX = 64 * 1024;

    /** How long a process may take, besides the function's time-out, until it asks for work. */
    private static final long INIT_SECONDS_MAX = 30;

    private final String key;
    private final Path folder;
    private final Path log;
    private final HttpServer server;
    private final ExecutorService threads;
    private final Consumer<Sandbox> onEnd;
    private final BlockingQueue<Run> work = new ArrayBlockingQueue<>(1);
    private final AtomicLong uses = new AtomicLong();
    private final AtomicBoolean ended = new AtomicBoolean();
    private volatile @Nullable Process process;
    private volatile @Nullable Run current;
    private volatile long startedNanos;

    /** An invocation under way. */
    private record Run(Invocation invocation, CompletableFuture<Outcome> result) {}

    private Sandbox(String key, Path folder, Consumer<Sandbox> onEnd) throws IOException {
        this.key = key;
        this.folder = folder;
        this.log = folder.resolve("log");
        this.onEnd = onEnd;
        this.threads = Executors.newVirtualThreadPerTaskExecutor();
        this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/2018-06-01/runtime/", this::serve);
    }

    static boolean canRun(String runtime) {
        return runtime.startsWith("python3") || runtime.startsWith("nodejs") || runtime.startsWith("provided");
    }

    /** Unpacks the code and starts the process. */
    static Sandbox start(String key, Invocation invocation, String endpoint, Consumer<Sandbox> onEnd)
            throws IOException {
        Path folder = Files.createTempDirectory("pileus-lambda-");
        Sandbox sandbox = new Sandbox(key, folder, onEnd);
        try {
            Path task = Files.createDirectory(folder.resolve("task"));
            CodeArchive.unpack(invocation.zip(), task);
            sandbox.server.start();
            ProcessBuilder builder = new ProcessBuilder(command(invocation, folder, task));
            builder.directory(task.toFile()).redirectErrorStream(true);
            builder.redirectOutput(ProcessBuilder.Redirect.appendTo(sandbox.log.toFile()));
            builder.redirectInput(ProcessBuilder.Redirect.from(new java.io.File("/dev/null")));
            environment(builder.environment(), invocation, task, endpoint, sandbox.server.getAddress());
            Process process = builder.start();
            sandbox.startedNanos = System.nanoTime();
            sandbox.process = process;
            process.onExit().thenAccept(p -> sandbox.exited(p.exitValue()));
            return sandbox;
        } catch (IOException | RuntimeException e) {
            sandbox.end();
            throw e;
        }
    }

    private static List<String> command(Invocation invocation, Path folder, Path task) throws IOException {
        String runtime = String.valueOf(invocation.configuration().runtime());
        if (runtime.startsWith("python")) {
            return List.of("python3", "-u", resource("bootstrap.py", folder).toString());
        }
        if (runtime.startsWith("nodejs")) {
            return List.of("node", resource("bootstrap.mjs", folder).toString());
        }
        Path bootstrap = task.resolve("bootstrap");
        if (!Files.isRegularFile(bootstrap)) {
            throw new IOException("Couldn't find valid bootstrap(s): [/var/task/bootstrap /opt/bootstrap]");
        }
        return List.of(bootstrap.toString());
    }

    private static Path resource(String name, Path folder) throws IOException {
        Path file = folder.resolve(name);
        try (InputStream in = Sandbox.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IOException("missing resource " + name);
            }
            Files.copy(in, file);
        }
        return file;
    }

    private static void environment(
            Map<String, String> variables,
            Invocation invocation,
            Path task,
            String endpoint,
            InetSocketAddress runtimeApi) {
        // the emulator's own environment may hold secrets: only what programs need to be found is handed on
        variables.keySet().retainAll(List.of("PATH", "LANG", "LC_ALL", "TMPDIR", "HOME"));
        variables.put("TZ", ":UTC");
        if (!endpoint.isEmpty()) {
            variables.put("AWS_ENDPOINT_URL", endpoint);
        }
        if (invocation.configuration().environment() != null) {
            variables.putAll(invocation.configuration().environment().variables());
        }
        String region = invocation.region().id();
        variables.put("AWS_LAMBDA_RUNTIME_API", "127.0.0.1:" + runtimeApi.getPort());
        variables.put("AWS_LAMBDA_FUNCTION_NAME", invocation.name());
        variables.put("AWS_LAMBDA_FUNCTION_VERSION", invocation.version());
        variables.put(
                "AWS_LAMBDA_FUNCTION_MEMORY_SIZE",
                String.valueOf(invocation.configuration().memorySize()));
        variables.put("AWS_LAMBDA_LOG_GROUP_NAME", "/aws/lambda/" + invocation.name());
        variables.put("AWS_LAMBDA_LOG_STREAM_NAME", invocation.requestId());
        variables.put("AWS_LAMBDA_INITIALIZATION_TYPE", "on-demand");
        variables.put(
                "AWS_EXECUTION_ENV", "AWS_Lambda_" + invocation.configuration().runtime());
        variables.put("AWS_REGION", region);
        variables.put("AWS_DEFAULT_REGION", region);
        variables.put("AWS_ACCESS_KEY_ID", invocation.account().id());
        variables.put("AWS_SECRET_ACCESS_KEY", "test");
        variables.put("LAMBDA_TASK_ROOT", task.toString());
        variables.put("LAMBDA_RUNTIME_DIR", task.getParent().toString());
        variables.put("_HANDLER", String.valueOf(invocation.configuration().handler()));
    }

    String key() {
        return key;
    }

    long uses() {
        return uses.get();
    }

    boolean alive() {
        Process running = process;
        return !ended.get() && running != null && running.isAlive();
    }

    /** Hands an invocation to the process; one at a time. */
    CompletionStage<Outcome> run(Invocation invocation) {
        Run run = new Run(invocation, new CompletableFuture<>());
        uses.incrementAndGet();
        current = run;
        after(INIT_SECONDS_MAX + invocation.timeout().toSeconds(), run);
        if (!work.offer(run) || !alive()) {
            exited(1);
        }
        return run.result();
    }

    /** Ends the process when the run has not ended after some (real) seconds. */
    private void after(long seconds, Run run) {
        CompletableFuture.delayedExecutor(seconds, TimeUnit.SECONDS, threads).execute(() -> {
            if (!run.result().isDone()) {
                Outcome outcome = Outcome.timedOut(run.invocation(), takeLog(run.invocation()));
                end();
                run.result().complete(outcome);
            }
        });
    }

    private void exited(int status) {
        Run run = current;
        String text = run == null ? "" : takeLog(run.invocation());
        end();
        if (run != null) {
            run.result()
                    .complete(Outcome.failed(
                            "Runtime.ExitError",
                            "RequestId: " + run.invocation().requestId()
                                    + " Error: Runtime exited with error: exit status " + status,
                            text));
        }
    }

    private void serve(HttpExchange exchange) throws IOException {
        try (exchange) {
            String path = exchange.getRequestURI().getPath();
            Run run = current;
            if (path.endsWith("/invocation/next")) {
                next(exchange);
            } else if (path.endsWith("/init/error")) {
                byte[] body = body(exchange);
                answer(exchange, 202, "{\"status\":\"OK\"}");
                if (run != null) {
                    String text = takeLog(run.invocation());
                    end();
                    run.result().complete(new Outcome.Failed(Blob.of(body), text));
                }
            } else if (run != null
                    && path.endsWith("/invocation/" + run.invocation().requestId() + "/response")) {
                finish(exchange, run, false);
            } else if (run != null
                    && path.endsWith("/invocation/" + run.invocation().requestId() + "/error")) {
                finish(exchange, run, true);
            } else {
                answer(exchange, 400, "{\"errorType\":\"InvalidRequestID\",\"errorMessage\":\"Invalid request ID\"}");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void next(HttpExchange exchange) throws IOException, InterruptedException {
        Run run = work.take();
        Invocation invocation = run.invocation();
        long timeout = invocation.timeout().toSeconds();
        var headers = exchange.getResponseHeaders();
        headers.set("Content-Type", "application/json");
        headers.set("Lambda-Runtime-Aws-Request-Id", invocation.requestId());
        headers.set("Lambda-Runtime-Invoked-Function-Arn", invocation.invokedArn());
        headers.set(
                "Lambda-Runtime-Trace-Id",
                "Root=1-00000000-" + invocation.requestId().replace("-", "").substring(0, 24) + ";Sampled=0");
        long now = hostMillis();
        headers.set("Lambda-Runtime-Deadline-Ms", String.valueOf(now + timeout * 1000));
        invocation.clientContext().ifPresent(context -> headers.set("Lambda-Runtime-Client-Context", context));
        after(timeout, run);
        byte[] event = invocation.payload().bytes();
        exchange.sendResponseHeaders(200, event.length == 0 ? -1 : event.length);
        exchange.getResponseBody().write(event);
    }

    private void finish(HttpExchange exchange, Run run, boolean error) throws IOException {
        byte[] body = body(exchange);
        answer(exchange, 202, "{\"status\":\"OK\"}");
        current = null;
        String text = takeLog(run.invocation());
        if (body.length > 6 * 1024 * 1024 + 1024) {
            run.result()
                    .complete(Outcome.failed(
                            "Function.ResponseSizeTooLarge",
                            "Response payload size exceeded maximum allowed payload size (6291556 bytes).",
                            text));
        } else {
            run.result()
                    .complete(
                            error
                                    ? new Outcome.Failed(Blob.of(body), text)
                                    : new Outcome.Returned(Blob.of(body), text));
        }
    }

    private static byte[] body(HttpExchange exchange) throws IOException {
        return exchange.getRequestBody().readNBytes(6 * 1024 * 1024 + 2048);
    }

    private static void answer(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    /** What the process has written since the last time, its end if it is long, between Lambda's own lines. */
    private String takeLog(Invocation invocation) {
        String written = "";
        try (RandomAccessFile file = new RandomAccessFile(log.toFile(), "rw")) {
            long size = file.length();
            file.seek(Math.max(0, size - LOG_BYTES_MAX));
            byte[] tail = new byte[(int) Math.min(size, LOG_BYTES_MAX)];
            file.readFully(tail);
            written = new String(tail, StandardCharsets.UTF_8);
            // the process appends, so that its next line is the file's first
            file.setLength(0);
        } catch (IOException e) {
            // no log is no reason to fail
        }
        String id = invocation.requestId();
        return "START RequestId: " + id + " Version: " + invocation.version() + "\n" + written
                + (written.isEmpty() || written.endsWith("\n") ? "" : "\n") + "END RequestId: " + id
                + "\nREPORT RequestId: "
                + id + "\tMemory Size: " + invocation.configuration().memorySize() + " MB\n";
    }

    /** Ends the process and what it has started, and removes its folder. */
    void end() {
        if (!ended.compareAndSet(false, true)) {
            return;
        }
        Process running = process;
        if (running != null) {
            List<ProcessHandle> children = running.descendants().toList();
            running.destroyForcibly();
            children.forEach(ProcessHandle::destroyForcibly);
        }
        threads.execute(() -> {
            server.stop(0);
            delete(folder);
        });
        threads.shutdown();
        onEnd.accept(this);
        Run run = current;
        if (run != null && running != null) {
            running.onExit()
                    .thenAccept(p -> run.result()
                            .complete(Outcome.failed(
                                    "Runtime.ExitError",
                                    "RequestId: " + run.invocation().requestId() + " Error: Runtime exited",
                                    "")));
        }
    }

    private static void delete(Path folder) {
        try {
            Files.walkFileTree(folder, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                    Files.deleteIfExists(file);
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult postVisitDirectory(Path directory, @Nullable IOException failure)
                        throws IOException {
                    Files.deleteIfExists(directory);
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (IOException e) {
            // the operating system clears its temporary folder
        }
    }

    /** The host's time, by which a runtime judges its deadline: a real process cannot live on the emulator's clock. */
    private long hostMillis() {
        Process running = process;
        long started = running == null
                ? 0
                : running.info()
                        .startInstant()
                        .map(java.time.Instant::toEpochMilli)
                        .orElse(0L);
        return started + java.util.concurrent.TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - startedNanos);
    }
}
