package io.pileus.lambda;

import com.fasterxml.jackson.databind.JsonNode;
import io.pileus.core.http.client.OutboundHttp;
import io.pileus.core.service.NotImplemented;
import io.pileus.core.service.ServiceEnvironment;
import io.pileus.core.shape.Blob;
import io.pileus.core.time.Activity;
import io.pileus.lambda.executor.*;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Chooses who runs a function: registered Java code, a script, a remote endpoint, or a local process, in this order. */
final class Executors {
    private final ServiceEnvironment env;
    private final Map<String, FunctionExecutor> registered = new ConcurrentHashMap<>();
    private final Map<String, ScriptedExecutor> scripts = new ConcurrentHashMap<>();
    private final Map<String, FunctionExecutor> remote = new ConcurrentHashMap<>();
    private final Optional<ProcessExecutor> processes;

    Executors(ServiceEnvironment env) {
        this.env = env;
        boolean off = env.settings().get("LAMBDA_EXECUTOR", "process").equalsIgnoreCase("none");
        this.processes = off ? Optional.empty() : Optional.of(new ProcessExecutor(env));
        OutboundHttp http = new OutboundHttp(env.workers());
        for (String entry : env.settings().get("LAMBDA_REMOTE_ENDPOINTS", "").split(",")) {
            // a name or an ARN, then the endpoint
            int at = entry.indexOf('=');
            if (at > 0) {
                remote.put(
                        entry.substring(0, at).trim(),
                        new RemoteExecutor(
                                http,
                                env.ports().find(Activity.class).orElseGet(Activity::new),
                                URI.create(entry.substring(at + 1).trim())));
            }
        }
    }

    void register(String name, Function<Blob, Blob> function) {
        registered.put(name, new InProcessExecutor(function, env));
    }

    void script(String name, List<JsonNode> results) {
        if (results.isEmpty()) {
            scripts.remove(name);
        } else {
            scripts.put(name, new ScriptedExecutor(env, results));
        }
    }

    Optional<ScriptedExecutor> script(String name) {
        return Optional.ofNullable(scripts.get(name));
    }

    /** @param functionArn the function's ARN without qualifier */
    FunctionExecutor of(String name, String functionArn) {
        for (FunctionExecutor executor : new @Nullable FunctionExecutor[] {
            registered.get(name), scripts.get(name), remote.get(functionArn), remote.get(name)
        }) {
            if (executor != null) {
                return executor;
            }
        }
        if (processes.isPresent()) {
            return processes.get();
        }
        return invocation -> CompletableFuture.completedStage(new Outcome.Refused(
                NotImplemented.feature("Running functions as local processes is switched off; it")));
    }

    void retire(String functionArn) {
        processes.ifPresent(executor -> executor.retire(functionArn));
    }

    void forgetScripts() {
        scripts.clear();
    }

    void close() {
        processes.ifPresent(ProcessExecutor::close);
    }
}
