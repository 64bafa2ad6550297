package io.pileus.lambda.executor;

import io.pileus.core.shape.Blob;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * An execution environment: a local process that runs a function, one invocation at a time, the Runtime API that it asks for
 * work, and its folder.
 *
 * <pre>
 *   start  --&gt; busy                     the process has been started for an invocation
 *   busy   --&gt; idle    the runtime answers; run() makes it busy again
 *   any    --&gt; ended   the process exits, fails to begin, takes too long or too much, or end() is called
 * </pre>
 */
final class Sandbox implements RuntimeApi.Listener {
    /** How long a process may take, besides the function's time-out, until it asks for work. */
    private static final long INIT_SECONDS_MAX = 30;

    /** How long a killed child is waited for, which whoever inherits it may never bury. */
    private static final long CHILD_MILLIS_MAX = 1000;

    private static final long MEMORY_CHECK_MILLIS = 100;

    private final String key;
    private final Workspace workspace;
    private final ExecutionRoles.Credentials credentials;
    private final RuntimeApi api;
    private final Consumer<Sandbox> onEnd;
    private final AtomicBoolean ended = new AtomicBoolean();
    private final CompletableFuture<Void> gone = new CompletableFuture<>();
    private volatile @Nullable Process process;
    private volatile @Nullable ProcessLog log;
    private volatile @Nullable Run current;
    private volatile long startedNanos;
    private volatile long takenNanos;
    private volatile boolean begun;
    private volatile long uses;
    private volatile long peakMegabytes;

    /** An invocation under way. */
    private record Run(Invocation invocation, CompletableFuture<Outcome> result) {}

    private Sandbox(String key, Workspace workspace, ExecutionRoles.Credentials credentials, Consumer<Sandbox> onEnd)
            throws IOException {
        this.key = key;
        this.workspace = workspace;
        this.credentials = credentials;
        this.onEnd = onEnd;
        this.api = new RuntimeApi(this);
    }

    /** Unpacks the code and starts the process. */
    static Sandbox start(
            String key,
            Invocation invocation,
            ExecutionRoles.Credentials credentials,
            String endpoint,
            Consumer<Sandbox> onEnd)
            throws IOException {
        Workspace workspace = Workspace.create(invocation);
        Sandbox sandbox = new Sandbox(key, workspace, credentials, onEnd);
        try {
            sandbox.api.start();
            Launch launch = new Launch(invocation, workspace, credentials, endpoint, sandbox.api.address());
            ProcessBuilder builder = new ProcessBuilder(launch.command())
                    .directory(workspace.task().toFile())
                    .redirectErrorStream(true)
                    .redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")));
            launch.environment(builder.environment());
            Process process = builder.start();
            sandbox.startedNanos = System.nanoTime();
            sandbox.log = new ProcessLog(process.getInputStream());
            sandbox.process = process;
            process.onExit().thenAccept(p -> sandbox.exited(p.exitValue()));
            return sandbox;
        } catch (IOException | RuntimeException e) {
            sandbox.end();
            throw e;
        }
    }

    String key() {
        return key;
    }

    long uses() {
        return uses;
    }

    boolean alive() {
        return !ended.get() && isRunning();
    }

    /** Whether its credentials, which a process cannot exchange, are good until then. */
    boolean mayCallUntil(Instant end) {
        return credentials.expiration().isAfter(end);
    }

    private boolean isRunning() {
        Process running = process;
        return running != null && running.isAlive();
    }

    /** Completes when the process is gone and its folder deleted. */
    CompletionStage<Void> gone() {
        return gone;
    }

    // ---- invocations ------------------------------------------------------------------------------------------------

    /** Hands an invocation to the process; one at a time. */
    CompletionStage<Outcome> run(Invocation invocation) {
        Run run = new Run(invocation, new CompletableFuture<>());
        uses++;
        takenNanos = System.nanoTime();
        current = run;
        after(TimeUnit.SECONDS.toMillis(INIT_SECONDS_MAX) + invocation.timeout().toMillis(), run, () -> timeOut(run));
        ProcessLog output = log;
        if (output != null) {
            api.threads().execute(output::follow);
        }
        Process running = process;
        if (!api.offer(invocation) || !alive()) {
            exited(running == null || running.isAlive() ? 1 : running.exitValue());
        } else {
            watchMemory(run);
        }
        return run.result();
    }

    @Override
    public void taken(Invocation invocation) {
        Run run = current;
        takenNanos = System.nanoTime();
        begun = true;
        if (run != null) {
            after(invocation.timeout().toMillis(), run, () -> timeOut(run));
        }
    }

    @Override
    public long deadlineMillis(Invocation invocation) {
        return hostMillis() + invocation.timeout().toMillis();
    }

    @Override
    public void done(Invocation invocation, Outcome outcome) {
        Run run = current;
        if (run == null || run.invocation() != invocation) {
            return;
        }
        current = null;
        String text = report(run, "");
        run.result()
                .complete(
                        switch (outcome) {
                            case Outcome.Returned returned -> new Outcome.Returned(returned.payload(), text);
                            case Outcome.Failed failed -> new Outcome.Failed(failed.payload(), text);
                            case Outcome.Refused refused -> refused;
                        });
    }

    @Override
    public void initFailed(Blob error) {
        fail(run -> new Outcome.Failed(error, report(run, "\tStatus: error")));
    }

    /** Ends an invocation that takes too long, with its process; does nothing when it has ended. */
    void timeOut(Invocation invocation) {
        Run run = current;
        if (run != null && run.invocation() == invocation) {
            timeOut(run);
        }
    }

    private void timeOut(Run run) {
        if (run == current && !run.result().isDone()) {
            fail(timedOut -> {
                String text = report(timedOut, "\tStatus: timeout");
                String seconds = timedOut.invocation().timeout().toSeconds() + ".00";
                return Outcome.timedOut(
                        timedOut.invocation(),
                        text + Instant.ofEpochMilli(hostMillis()) + " "
                                + timedOut.invocation().requestId() + " Task timed out after " + seconds
                                + " seconds\n\n");
            });
        }
    }

    private void exited(int status) {
        fail(run -> Outcome.failed(
                "Runtime.ExitError",
                "RequestId: " + run.invocation().requestId() + " Error: " + reason(status),
                report(run, "\tStatus: error\tError Type: Runtime.ExitError")));
        end();
    }

    private static String reason(int status) {
        return switch (status) {
            case 0 -> "Runtime exited without providing a reason";
            case 137 -> "Runtime exited with error: signal: killed";
            case 139 -> "Runtime exited with error: signal: segmentation fault";
            default -> "Runtime exited with error: exit status " + status;
        };
    }

    /** Ends the process first, so that whoever sees the outcome knows that it does no more. */
    private void fail(java.util.function.Function<Run, Outcome> outcome) {
        Run run = current;
        if (run == null) {
            return;
        }
        current = null;
        end();
        run.result().complete(outcome.apply(run));
    }

    /** Does something later in real time, unless the run ends before. */
    private void after(long millis, Run run, Runnable action) {
        CompletableFuture<Void> later =
                new CompletableFuture<Void>().completeOnTimeout(null, millis, TimeUnit.MILLISECONDS);
        later.thenRunAsync(action, api.threads());
        run.result().whenComplete((outcome, failure) -> later.cancel(false));
    }

    // ---- memory -----------------------------------------------------------------------------------------------------

    /** Ends the process when it holds more memory than the function may; where the system tells (Linux). */
    private void watchMemory(Run run) {
        after(MEMORY_CHECK_MILLIS, run, () -> {
            if (run != current || run.result().isDone()) {
                return;
            }
            if (memoryMegabytes() > run.invocation().memorySize()) {
                fail(over -> Outcome.failed(
                        "Runtime.OutOfMemory",
                        "RequestId: " + over.invocation().requestId()
                                + " Error: Runtime exited with error: signal: killed",
                        report(over, "\tStatus: error\tError Type: Runtime.OutOfMemory")));
            } else {
                watchMemory(run);
            }
        });
    }

    /** The most that the process had for itself, as far as it was looked at; 0 where the system does not tell. */
    private long memoryMegabytes() {
        Process running = process;
        if (running == null) {
            return 0;
        }
        try {
            for (String line : Files.readAllLines(Path.of("/proc/" + running.pid() + "/status"))) {
                if (line.startsWith("RssAnon:")) {
                    peakMegabytes = Math.max(peakMegabytes, Long.parseLong(line.replaceAll("[^0-9]", "")) / 1024);
                }
            }
        } catch (IOException | NumberFormatException e) {
            // not Linux, or the process has just ended
        }
        return peakMegabytes;
    }

    // ---- the log ----------------------------------------------------------------------------------------------------

    /** What the process has written for the invocation, between Lambda's own lines. */
    private String report(Run run, String status) {
        Invocation invocation = run.invocation();
        long memory = memoryMegabytes();
        ProcessLog output = log;
        String written = output == null ? "" : ended.get() || !isRunning() ? output.takeLast() : output.take();
        double millis = (System.nanoTime() - takenNanos) / 1e6;
        StringBuilder text = new StringBuilder();
        String id = invocation.requestId();
        text.append("START RequestId: ").append(id).append(" Version: ").append(invocation.version());
        text.append('\n').append(written);
        if (!written.isEmpty() && !written.endsWith("\n")) {
            text.append('\n');
        }
        text.append("END RequestId: ").append(id).append("\nREPORT RequestId: ").append(id);
        text.append(String.format(
                Locale.ROOT, "\tDuration: %.2f ms\tBilled Duration: %d ms", millis, (long) Math.ceil(millis)));
        text.append("\tMemory Size: ").append(invocation.memorySize()).append(" MB");
        text.append("\tMax Memory Used: ").append(memory).append(" MB");
        if (uses == 1 && begun) {
            text.append(String.format(Locale.ROOT, "\tInit Duration: %.2f ms", (takenNanos - startedNanos) / 1e6));
        }
        return text.append(status).append("\t\n").toString();
    }

    // ---- the end ----------------------------------------------------------------------------------------------------

    /** Ends the process and what it has started, and removes its folder. */
    void end() {
        if (!ended.compareAndSet(false, true)) {
            return;
        }
        Process running = process;
        List<ProcessHandle> children =
                running == null ? List.of() : running.descendants().toList();
        if (running != null) {
            // to destroy a process closes its output, also that of one that has ended by itself
            ProcessLog output = log;
            if (output != null) {
                output.drain();
            }
            if (running.isAlive()) {
                running.destroyForcibly();
            }
            children.forEach(ProcessHandle::destroyForcibly);
        }
        onEnd.accept(this);
        // not on a thread of the Runtime API, which ends here
        Thread.ofVirtual().start(() -> {
            try {
                if (running != null) {
                    running.waitFor();
                }
                for (ProcessHandle child : children) {
                    child.onExit()
                            .completeOnTimeout(child, CHILD_MILLIS_MAX, TimeUnit.MILLISECONDS)
                            .join();
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } finally {
                api.stop();
                workspace.delete();
                gone.complete(null);
            }
        });
        Run run = current;
        if (run != null && current == run) {
            current = null;
            run.result()
                    .complete(Outcome.failed(
                            "Runtime.ExitError",
                            "RequestId: " + run.invocation().requestId() + " Error: " + reason(137),
                            ""));
        }
    }

    /** The host's time, by which a runtime judges its deadline: a real process cannot live on the emulator's clock. */
    private long hostMillis() {
        Process running = process;
        long started = running == null
                ? 0
                : running.info().startInstant().map(Instant::toEpochMilli).orElse(0L);
        return started + TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - startedNanos);
    }
}
