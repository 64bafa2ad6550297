package io.pileus.lambda.executor;

import io.pileus.core.port.ServerAddress;
import io.pileus.core.service.AwsException;
import io.pileus.core.service.NotImplemented;
import io.pileus.core.service.ServiceEnvironment;
import io.pileus.core.time.Activity;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Runs functions as local processes, each behind a Runtime API of its own, and keeps idle ones for the next invocation.
 * Time-outs are in real time: a real process does real work, however fast the emulator's clock runs.
 */
public final class ProcessExecutor implements FunctionExecutor, AutoCloseable {
    private static final Duration IDLE_MAX = Duration.ofMinutes(15);

    private final ServiceEnvironment env;
    private final int processesMax;
    private final Map<String, Deque<Sandbox>> idle = new HashMap<>();
    private final Set<Sandbox> all = new HashSet<>();
    private boolean closed;

    public ProcessExecutor(ServiceEnvironment env) {
        this.env = env;
        this.processesMax = env.settings().number("LAMBDA_PROCESSES_MAX", 32);
    }

    @Override
    public CompletionStage<Outcome> run(Invocation invocation) {
        String runtime = String.valueOf(invocation.configuration().runtime());
        if (!Sandbox.canRun(runtime)) {
            return CompletableFuture.completedStage(new Outcome.Refused(
                    NotImplemented.feature("Running " + runtime + " functions as local processes")));
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
        sandbox.run(invocation).whenComplete((outcome, failure) -> {
            // given back first, so that who sees the answer finds the environment warm
            giveBack(sandbox);
            if (failure != null) {
                result.completeExceptionally(failure);
            } else {
                result.complete(outcome);
            }
        });
    }

    private static String key(Invocation invocation) {
        return invocation.functionArn() + " " + invocation.configuration().revisionId();
    }

    private Sandbox take(Invocation invocation) throws IOException {
        synchronized (all) {
            if (closed) {
                throw new AwsException("ServiceException", 500, "The server is going down.");
            }
            Deque<Sandbox> waiting = idle.getOrDefault(key(invocation), new ArrayDeque<>());
            for (Sandbox sandbox = waiting.pollLast(); sandbox != null; sandbox = waiting.pollLast()) {
                if (sandbox.alive()) {
                    return sandbox;
                }
            }
            if (all.size() >= processesMax && !endAnIdleOne()) {
                throw new AwsException("TooManyRequestsException", 429, "Rate Exceeded.");
            }
        }
        String endpoint = env.ports()
                .find(ServerAddress.class)
                .map(ServerAddress::endpoint)
                .orElse("");
        Sandbox sandbox = Sandbox.start(key(invocation), invocation, endpoint, this::ended);
        boolean late;
        synchronized (all) {
            late = closed;
            all.add(sandbox);
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
                all.remove(sandbox);
                sandbox.end();
                return true;
            }
        }
        return false;
    }

    private void giveBack(Sandbox sandbox) {
        synchronized (all) {
            if (sandbox.alive() && !closed && all.contains(sandbox)) {
                idle.computeIfAbsent(sandbox.key(), k -> new ArrayDeque<>()).addLast(sandbox);
                long uses = sandbox.uses();
                env.timers().at(env.clock().instant().plus(IDLE_MAX), () -> endIfUnused(sandbox, uses));
                return;
            }
        }
        sandbox.end();
    }

    private void endIfUnused(Sandbox sandbox, long uses) {
        synchronized (all) {
            Deque<Sandbox> waiting = idle.get(sandbox.key());
            if (sandbox.uses() != uses || waiting == null || !waiting.remove(sandbox)) {
                return;
            }
            if (waiting.isEmpty()) {
                idle.remove(sandbox.key());
            }
        }
        sandbox.end();
    }

    private void ended(Sandbox sandbox) {
        synchronized (all) {
            all.remove(sandbox);
            Deque<Sandbox> waiting = idle.get(sandbox.key());
            if (waiting != null) {
                waiting.remove(sandbox);
            }
        }
    }

    /** Ends a function's idle processes; busy ones end when they have answered. */
    public void retire(String functionArn) {
        List<Sandbox> old = new ArrayList<>();
        synchronized (all) {
            idle.entrySet().removeIf(entry -> {
                boolean its = entry.getKey().startsWith(functionArn + " ");
                if (its) {
                    old.addAll(entry.getValue());
                }
                return its;
            });
            all.removeIf(sandbox -> sandbox.key().startsWith(functionArn + " "));
        }
        old.forEach(Sandbox::end);
    }

    /** How many processes there are. */
    public int processes() {
        synchronized (all) {
            return all.size();
        }
    }

    @Override
    public void close() {
        List<Sandbox> rest;
        synchronized (all) {
            closed = true;
            rest = List.copyOf(all);
            all.clear();
            idle.clear();
        }
        rest.forEach(Sandbox::end);
    }
}
