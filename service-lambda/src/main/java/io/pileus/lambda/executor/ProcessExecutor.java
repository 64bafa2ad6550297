package io.pileus.lambda.executor;

import io.pileus.core.port.ServerAddress;
import io.pileus.core.service.AwsException;
import io.pileus.core.service.NotImplemented;
import io.pileus.core.service.ServiceEnvironment;
import io.pileus.core.time.Activity;
import io.pileus.core.time.Timers;
import io.pileus.lambda.LambdaErrors;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Runs functions as local processes, each behind a Runtime API of its own, and keeps idle ones for the next invocation.
 *
 * <p>A function ends at its time-out in real time: a process does real work, however fast the emulator's clock runs. It also
 * ends when the time-out has passed on the emulator's clock, which a test may move, but never before it had
 * {@link #GRACE real seconds}.
 *
 * <p>Processes end with the executor, at the latest when the Java virtual machine does.
 */
public final class ProcessExecutor implements FunctionExecutor, AutoCloseable {
    /** How long an idle environment is kept, on the emulator's clock. AWS does not document it. */
    private static final Duration IDLE_MAX = Duration.ofMinutes(15);

    /** As long as time waits for work in flight when it is moved. */
    private static final Duration GRACE = Duration.ofSeconds(10);

    private static final Duration END_MAX = Duration.ofSeconds(10);

    private final ServiceEnvironment env;
    private final ExecutionRoles roles;
    private final int processesMax;

    /** Guards the rest. */
    private final Object lock = new Object();

    private final Map<String, Deque<Sandbox>> idle = new HashMap<>();
    private final Map<Sandbox, Timers.Timer> idleTimers = new HashMap<>();
    private final Set<Sandbox> all = new HashSet<>();
    private final Set<Sandbox> retired = new HashSet<>();
    private int starting;
    private boolean closed;
    private @Nullable Thread hook;

    public ProcessExecutor(ServiceEnvironment env) {
        this.env = env;
        this.roles = new ExecutionRoles(env.ports());
        this.processesMax = env.settings().number("LAMBDA_PROCESSES_MAX", 32);
    }

    @Override
    public CompletionStage<Outcome> run(Invocation invocation) {
        if ("Image".equals(invocation.configuration().packageType())) {
            return CompletableFuture.completedStage(new Outcome.Refused(NotImplemented.feature(
                    "Running container images (name a container of the image in LAMBDA_REMOTE_ENDPOINTS)")));
        }
        if (!Launch.canRun(invocation.runtime())) {
            return CompletableFuture.completedStage(new Outcome.Refused(
                    NotImplemented.feature("Running " + invocation.runtime() + " functions as local processes")));
        }
        Activity activity = env.ports().find(Activity.class).orElseGet(Activity::new);
        activity.begin();
        CompletableFuture<Outcome> result = new CompletableFuture<>();
        env.workers().execute(() -> {
            try {
                runIn(take(invocation), invocation, result);
            } catch (AwsException e) {
                result.complete(new Outcome.Refused(e));
            } catch (IOException | RuntimeException e) {
                result.complete(Outcome.failed(
                        "Runtime.InvalidEntrypoint",
                        "RequestId: " + invocation.requestId() + " Error: " + e.getMessage(),
                        ""));
            }
        });
        return endingAfterwards(result, activity);
    }

    /** What follows from an answer belongs to the work that time waits for: it ends when all who wait have been told. */
    private static CompletionStage<Outcome> endingAfterwards(CompletableFuture<Outcome> result, Activity activity) {
        CompletableFuture<Outcome> answer = new CompletableFuture<>();
        result.whenComplete((outcome, failure) -> {
            try {
                if (failure == null) {
                    answer.complete(outcome);
                } else {
                    answer.completeExceptionally(failure);
                }
            } finally {
                activity.end();
            }
        });
        return answer;
    }

    private void runIn(Sandbox sandbox, Invocation invocation, CompletableFuture<Outcome> result) {
        long began = System.nanoTime();
        Timers.Timer deadline = env.timers()
                .at(env.clock().instant().plus(invocation.timeout()), () -> overdue(sandbox, invocation, began));
        sandbox.run(invocation).whenComplete((outcome, failure) -> {
            deadline.cancel();
            // given back first, so that who sees the answer finds the environment warm
            giveBack(sandbox);
            if (failure != null) {
                result.completeExceptionally(
                        failure instanceof CompletionException && failure.getCause() != null
                                ? failure.getCause()
                                : failure);
            } else {
                result.complete(outcome);
            }
        });
    }

    /** The time-out has passed on the emulator's clock. */
    private void overdue(Sandbox sandbox, Invocation invocation, long began) {
        Duration least = invocation.timeout().compareTo(GRACE) < 0 ? invocation.timeout() : GRACE;
        long left = least.toNanos() - (System.nanoTime() - began);
        if (left <= 0) {
            sandbox.timeOut(invocation);
        } else {
            CompletableFuture.delayedExecutor(left, TimeUnit.NANOSECONDS, env.workers())
                    .execute(() -> sandbox.timeOut(invocation));
        }
    }

    private static String key(Invocation invocation) {
        return invocation.functionArn() + " " + invocation.configuration().revisionId();
    }

    private Sandbox take(Invocation invocation) throws IOException {
        Instant end = env.clock().instant().plus(invocation.timeout());
        synchronized (lock) {
            if (closed) {
                throw new AwsException("ServiceException", 500, "The server is going down.");
            }
            Deque<Sandbox> waiting = idle.getOrDefault(key(invocation), new ArrayDeque<>());
            for (Sandbox sandbox = waiting.pollLast(); sandbox != null; sandbox = waiting.pollLast()) {
                cancelTimer(sandbox);
                if (sandbox.alive() && sandbox.mayCallUntil(end)) {
                    return sandbox;
                }
                sandbox.end();
            }
            if (all.size() + starting >= processesMax && !endAnIdleOne()) {
                throw LambdaErrors.throttled("ConcurrentInvocationLimitExceeded");
            }
            starting++;
            hookUp();
        }
        try {
            return start(invocation);
        } finally {
            synchronized (lock) {
                starting--;
            }
        }
    }

    private Sandbox start(Invocation invocation) throws IOException {
        String endpoint = env.ports()
                .find(ServerAddress.class)
                .map(ServerAddress::endpoint)
                .orElse("");
        Sandbox sandbox =
                Sandbox.start(key(invocation), invocation, roles.credentials(invocation), endpoint, this::ended);
        boolean late;
        synchronized (lock) {
            late = closed;
            if (sandbox.alive()) {
                all.add(sandbox);
            }
        }
        if (late) {
            sandbox.end();
        }
        return sandbox;
    }

    private boolean endAnIdleOne() {
        for (Deque<Sandbox> waiting : idle.values()) {
            Sandbox sandbox = waiting.pollFirst();
            if (sandbox != null) {
                cancelTimer(sandbox);
                all.remove(sandbox);
                sandbox.end();
                return true;
            }
        }
        return false;
    }

    private void giveBack(Sandbox sandbox) {
        synchronized (lock) {
            if (sandbox.alive() && !closed && all.contains(sandbox) && !retired.contains(sandbox)) {
                idle.computeIfAbsent(sandbox.key(), k -> new ArrayDeque<>()).addLast(sandbox);
                long uses = sandbox.uses();
                idleTimers.put(
                        sandbox,
                        env.timers().at(env.clock().instant().plus(IDLE_MAX), () -> endIfUnused(sandbox, uses)));
                return;
            }
        }
        sandbox.end();
    }

    private void cancelTimer(Sandbox sandbox) {
        Timers.Timer timer = idleTimers.remove(sandbox);
        if (timer != null) {
            timer.cancel();
        }
    }

    private void endIfUnused(Sandbox sandbox, long uses) {
        synchronized (lock) {
            Deque<Sandbox> waiting = idle.get(sandbox.key());
            if (sandbox.uses() != uses || waiting == null || !waiting.remove(sandbox)) {
                return;
            }
        }
        sandbox.end();
    }

    private void ended(Sandbox sandbox) {
        synchronized (lock) {
            all.remove(sandbox);
            retired.remove(sandbox);
            cancelTimer(sandbox);
            Deque<Sandbox> waiting = idle.get(sandbox.key());
            if (waiting != null) {
                waiting.remove(sandbox);
                if (waiting.isEmpty()) {
                    idle.remove(sandbox.key());
                }
            }
        }
    }

    /** Ends a function's idle processes; busy ones end when they have answered. */
    public void retire(String functionArn) {
        List<Sandbox> old = new ArrayList<>();
        synchronized (lock) {
            idle.entrySet().removeIf(entry -> {
                boolean its = entry.getKey().startsWith(functionArn + " ");
                if (its) {
                    old.addAll(entry.getValue());
                }
                return its;
            });
            all.stream()
                    .filter(sandbox -> sandbox.key().startsWith(functionArn + " "))
                    .forEach(retired::add);
        }
        old.forEach(Sandbox::end);
    }

    /** How many processes there are. */
    public int processes() {
        synchronized (lock) {
            return all.size();
        }
    }

    /** Ends every process and waits until they and their folders are gone. */
    @Override
    public void close() {
        List<Sandbox> rest;
        Thread hooked;
        synchronized (lock) {
            closed = true;
            rest = List.copyOf(all);
            hooked = hook;
            hook = null;
        }
        rest.forEach(Sandbox::end);
        awaitEnds(rest);
        if (hooked != null && hooked != Thread.currentThread()) {
            try {
                Runtime.getRuntime().removeShutdownHook(hooked);
            } catch (IllegalStateException e) {
                // the virtual machine is going down already
            }
        }
    }

    private static void awaitEnds(List<Sandbox> sandboxes) {
        CompletableFuture<?>[] ends =
                sandboxes.stream().map(s -> s.gone().toCompletableFuture()).toArray(CompletableFuture[]::new);
        try {
            CompletableFuture.allOf(ends).get(END_MAX.toSeconds(), TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException e) {
            // killed they are; what is left of their folders goes at the next start
        }
    }

    /** With the first process: whoever forgets to close the server leaves none behind. */
    private void hookUp() {
        if (hook == null) {
            Workspace.sweep();
            hook = new Thread(this::close, "pileus-lambda-shutdown");
            try {
                Runtime.getRuntime().addShutdownHook(hook);
            } catch (IllegalStateException e) {
                throw new AwsException("ServiceException", 500, "The server is going down.");
            }
        }
    }
}
