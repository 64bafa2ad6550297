package io.pileus.server.control;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.pileus.core.dispatch.RequestLog;
import io.pileus.core.http.HttpRequest;
import io.pileus.core.http.HttpResponse;
import io.pileus.core.identity.Ids;
import io.pileus.core.service.ResetScope;
import io.pileus.core.service.Settings;
import io.pileus.server.Version;
import io.pileus.server.hooks.InitScript;
import io.pileus.server.hooks.InitStage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The endpoints under {@code /_localstack} that tools and scripts made for LocalStack ask, in the shapes they expect. */
final class LocalStackEndpoints {
    private static final int FEATURES_MAX = 1_000;

    /** Settings that are read each time they count. */
    private static final List<String> CHANGEABLE = List.of(
            "COGNITO_RATE_LIMITS", "PILEUS_KINESIS_QUOTAS", "PILEUS_KMS_QUOTAS", "PILEUS_SQS_QUOTAS", "PILEUS_STRICT");

    /** What Docker and podman leave in a container. */
    private static final List<Path> CONTAINER_MARKS = List.of(Path.of("/.dockerenv"), Path.of("/run/.containerenv"));

    private final Emulator emulator;
    private final Settings settings;
    private final Map<String, JsonNode> features = new ConcurrentHashMap<>();
    private final long startNanos;
    private final String sessionId;

    LocalStackEndpoints(Emulator emulator, Settings settings, Ids ids) {
        this.sessionId = ids.uuid();
        this.emulator = emulator;
        this.settings = settings;
        this.startNanos = emulator.time().nanoTime();
    }

    // ---- health -----------------------------------------------------------------------------------------------------

    HttpResponse health() {
        ObjectNode health = Json.object();
        ObjectNode services = health.putObject("services");
        emulator.services()
                .forEach((name, state) -> services.put(name, state.name().toLowerCase(Locale.ROOT)));
        health.put("edition", "community").put("version", Version.LOCALSTACK);
        features.forEach((key, value) -> {
            int colon = key.indexOf(':');
            if (colon > 0) {
                health.withObject("/" + key.substring(0, colon)).set(key.substring(colon + 1), value);
            } else if (!health.has(key)) {
                health.set(key, value);
            }
        });
        return Json.spaced(health);
    }

    /** {@code restart} forgets all state, which is what users mean by it; {@code kill} ends the server. */
    HttpResponse act(HttpRequest request) {
        String action = Json.body(request, Set.of("action")).path("action").asText();
        switch (action) {
            case "restart" -> emulator.reset(Optional.empty(), ResetScope.EVERYTHING);
            case "kill" -> emulator.kill();
            default -> throw new Json.BadRequest("an action is 'restart' or 'kill'");
        }
        return HttpResponse.of(200, "text/plain", "ok");
    }

    /** Scripts leave notes here for other scripts. */
    HttpResponse note(HttpRequest request) {
        Json.body(request, Set.of()).properties().forEach(field -> {
            if (features.size() < FEATURES_MAX && field.getKey().indexOf('/') < 0) {
                features.put(field.getKey(), field.getValue());
            }
        });
        return Json.spaced(Json.object().put("status", "OK"));
    }

    // ---- what this is -----------------------------------------------------------------------------------------------

    HttpResponse info() {
        return Json.spaced(session());
    }

    private ObjectNode session() {
        DateTimeFormatter seconds = DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss", Locale.ROOT);
        long uptime = Duration.ofNanos(emulator.time().nanoTime() - startNanos).toSeconds();
        return Json.object()
                .put("version", Version.LOCALSTACK + ":pileus-" + Version.PILEUS)
                .put("edition", "community")
                .put("is_license_activated", false)
                .put("session_id", sessionId)
                .put("machine_id", "pileus_" + sessionId.substring(0, 8))
                .put("system", System.getProperty("os.name", "unknown").toLowerCase(Locale.ROOT))
                .put("is_docker", CONTAINER_MARKS.stream().anyMatch(Files::exists))
                .put(
                        "server_time_utc",
                        emulator.time().instant().atOffset(ZoneOffset.UTC).format(seconds))
                .put("uptime", uptime);
    }

    HttpResponse plugins() {
        ObjectNode plugins = Json.object();
        ArrayNode providers = plugins.putArray("localstack.aws.provider");
        emulator.services()
                .forEach((name, state) -> providers
                        .addObject()
                        .put("name", name + ":default")
                        .put("is_initialized", state != Emulator.State.DISABLED)
                        .put("is_loaded", state == Emulator.State.RUNNING));
        return Json.spaced(plugins);
    }

    // ---- init stages ------------------------------------------------------------------------------------------------

    HttpResponse init() {
        ObjectNode answer = Json.object();
        ObjectNode completed = answer.putObject("completed");
        for (InitStage stage : InitStage.values()) {
            completed.put(stage.name(), emulator.hooks().isCompleted(stage));
        }
        ArrayNode scripts = answer.putArray("scripts");
        emulator.hooks().scripts().forEach(script -> add(script, scripts));
        return Json.spaced(answer);
    }

    HttpResponse init(String stageName) {
        InitStage stage = InitStage.of(stageName).orElse(null);
        if (stage == null) {
            return HttpResponse.of(404, "text/plain", "no such stage " + stageName);
        }
        ObjectNode answer = Json.object().put("completed", emulator.hooks().isCompleted(stage));
        ArrayNode scripts = answer.putArray("scripts");
        emulator.hooks().scripts().stream()
                .filter(script -> script.stage() == stage)
                .forEach(script -> add(script, scripts));
        return Json.spaced(answer);
    }

    private static void add(InitScript script, ArrayNode scripts) {
        scripts.addObject()
                .put("stage", script.stage().name())
                .put("name", script.name())
                .put("state", script.state().name());
    }

    // ---- for debugging ----------------------------------------------------------------------------------------------

    /** Only with DEBUG=1, as in LocalStack; tells no setting's value. */
    HttpResponse diagnose() {
        if (!settings.flag("DEBUG", false)) {
            return notFound();
        }
        ObjectNode answer = Json.object();
        answer.set("info", session());
        ObjectNode services = answer.putObject("services");
        emulator.services()
                .forEach((name, state) -> services.put(name, state.name().toLowerCase(Locale.ROOT)));
        answer.put("requests", emulator.requests().count());
        Runtime runtime = Runtime.getRuntime();
        answer.putObject("memory")
                .put("used", runtime.totalMemory() - runtime.freeMemory())
                .put("max", runtime.maxMemory());
        return Json.spaced(answer);
    }

    /** Only with DEBUG=1, as in LocalStack: how often each operation was called, as far as the request log remembers. */
    HttpResponse usage() {
        if (!settings.flag("DEBUG", false)) {
            return notFound();
        }
        ObjectNode usage = Json.object();
        for (RequestLog.Entry entry : emulator.requests().newestFirst()) {
            if (!entry.service().isEmpty()) {
                ObjectNode service = usage.withObject("/" + entry.service());
                service.put(entry.operation(), service.path(entry.operation()).asLong() + 1);
            }
        }
        return Json.spaced(usage);
    }

    /** Which settings can be changed, and their values. */
    HttpResponse config() {
        if (!settings.flag("ENABLE_CONFIG_UPDATES", false)) {
            return notFound();
        }
        ObjectNode answer = Json.object();
        for (String name : CHANGEABLE) {
            settings.get(name).ifPresent(value -> answer.put(name, value));
        }
        return Json.spaced(answer);
    }

    /** Most settings are read when services are made, so a change could not have its effect: refused, not swallowed. */
    HttpResponse configure(HttpRequest request) {
        if (!settings.flag("ENABLE_CONFIG_UPDATES", false)) {
            return notFound();
        }
        ObjectNode wanted = Json.body(request, Set.of("variable", "value"));
        String variable = wanted.path("variable").asText();
        if (!variable.matches("[_a-zA-Z0-9]+") || !wanted.has("value")) {
            throw new Json.BadRequest("a change has a 'variable' and a 'value'");
        }
        if (!CHANGEABLE.contains(variable)) {
            return Json.error(
                    501,
                    variable
                            + " cannot be changed while the emulator runs; restart it with the new value. These can be: "
                            + String.join(", ", CHANGEABLE));
        }
        JsonNode value = wanted.get("value");
        settings.change(variable, value.isBoolean() ? (value.asBoolean() ? "1" : "0") : value.asText());
        if (variable.equals("PILEUS_STRICT")) {
            emulator.conditions().strict(settings.flag(variable, false));
        }
        return Json.spaced(Json.object().put("variable", variable).<ObjectNode>set("value", value));
    }

    private static HttpResponse notFound() {
        return HttpResponse.of(404, "text/plain", "not found");
    }
}
