package io.pileus.server.control;

import io.pileus.core.http.HttpRequest;
import io.pileus.core.http.HttpResponse;
import io.pileus.core.identity.Ids;
import io.pileus.core.service.HttpRoute;
import io.pileus.core.service.Settings;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/** The table of the server's own endpoints. */
public final class ControlEndpoints {

    /** Answers a request; may take its time. */
    @FunctionalInterface
    private interface Action {
        HttpResponse answer(HttpRequest request, Map<String, String> labels);
    }

    private final Emulator emulator;
    private final Settings settings;
    private final LocalStackEndpoints localStack;

    public ControlEndpoints(Emulator emulator, Settings settings, Ids ids) {
        this.emulator = emulator;
        this.settings = settings;
        this.localStack = new LocalStackEndpoints(emulator, settings, ids);
    }

    public List<HttpRoute> routes() {
        return List.of(
                get("/_pileus/clock", (r, l) -> clock().read()),
                post("/_pileus/clock", (r, l) -> clock().change(r)),
                post("/_pileus/reset", (r, l) -> resets().reset(r)),
                get("/_pileus/settings", (r, l) -> changeable().read()),
                post("/_pileus/settings", (r, l) -> changeable().change(r)),
                get("/_pileus/faults", (r, l) -> faults().list()),
                post("/_pileus/faults", (r, l) -> faults().add(r)),
                on("DELETE", "/_pileus/faults", (r, l) -> faults().removeAll()),
                get("/_pileus/faults/{id}", (r, l) -> faults().one(l.getOrDefault("id", ""))),
                on("DELETE", "/_pileus/faults/{id}", (r, l) -> faults().remove(l.getOrDefault("id", ""))),
                get("/_pileus/state", (r, l) -> states().all(r)),
                get("/_pileus/state/{service}", (r, l) -> states().one(r, l.getOrDefault("service", ""))),
                post("/_pileus/state/save", (r, l) -> snapshots().saveState()),
                post("/_pileus/state/load", (r, l) -> snapshots().loadState()),
                get("/_pileus/snapshots", (r, l) -> snapshots().list()),
                post("/_pileus/snapshots/{name}", (r, l) -> snapshots().save(l.getOrDefault("name", ""))),
                post("/_pileus/snapshots/{name}/load", (r, l) -> snapshots().load(l.getOrDefault("name", ""))),
                on("DELETE", "/_pileus/snapshots/{name}", (r, l) -> snapshots().delete(l.getOrDefault("name", ""))),
                get("/_pileus/snapshots/{name}", (r, l) -> snapshots().download(l.getOrDefault("name", ""))),
                on("PUT", "/_pileus/snapshots/{name}", (r, l) -> snapshots().upload(l.getOrDefault("name", ""), r)),
                get("/", (r, l) -> Console.landing(r)),
                get("/_pileus/console", (r, l) -> Console.page()),
                get("/_pileus/console/{file}", (r, l) -> Console.file(l.getOrDefault("file", ""))),
                get("/_pileus/openapi.json", (r, l) -> OpenApi.json()),
                get("/openapi.yaml", (r, l) -> OpenApi.yaml()),
                get("/_localstack/swagger", (r, l) -> OpenApi.page()),
                get("/_pileus/requests", (r, l) -> requests().list(r)),
                get("/_pileus/requests/{number}", (r, l) -> requests().one(r, l.getOrDefault("number", ""))),
                on("DELETE", "/_pileus/requests", (r, l) -> requests().forget()),
                get("/_localstack/health", (r, l) -> localStack.health()),
                post("/_localstack/health", (r, l) -> localStack.act(r)),
                on("PUT", "/_localstack/health", (r, l) -> localStack.note(r)),
                get("/health", (r, l) -> localStack.health()),
                get("/_localstack/info", (r, l) -> localStack.info()),
                get("/_localstack/init", (r, l) -> localStack.init()),
                get("/_localstack/init/{stage}", (r, l) -> localStack.init(l.getOrDefault("stage", ""))),
                get("/_localstack/plugins", (r, l) -> localStack.plugins()),
                get("/_localstack/diagnose", (r, l) -> localStack.diagnose()),
                get("/_localstack/usage", (r, l) -> localStack.usage()),
                get("/_localstack/config", (r, l) -> localStack.config()),
                post("/_localstack/config", (r, l) -> localStack.configure(r)),
                post("/_localstack/state/save", (r, l) -> snapshots().saveState()),
                post("/_localstack/state/load", (r, l) -> snapshots().loadState()),
                post("/_localstack/state/reset", (r, l) -> resets().resetAll()),
                post(
                        "/_localstack/state/{service}/reset",
                        (r, l) -> resets().resetService(l.getOrDefault("service", ""))),
                get("/_aws/lambda/runtimes", (r, l) -> LambdaRuntimes.list(r)),
                post("/moto-api/reset", (r, l) -> resets().resetAll()));
    }

    private ClockEndpoint clock() {
        return new ClockEndpoint(emulator.time());
    }

    private SettingsEndpoint changeable() {
        return new SettingsEndpoint(emulator, settings);
    }

    private FaultsEndpoint faults() {
        return new FaultsEndpoint(emulator);
    }

    private StateEndpoint states() {
        return new StateEndpoint(emulator);
    }

    private SnapshotsEndpoint snapshots() {
        return new SnapshotsEndpoint(emulator);
    }

    private ResetEndpoint resets() {
        return new ResetEndpoint(emulator);
    }

    private RequestsEndpoint requests() {
        return new RequestsEndpoint(emulator.requests());
    }

    private HttpRoute get(String path, Action action) {
        return HttpRoute.get(path, endpoint(action));
    }

    private HttpRoute post(String path, Action action) {
        return HttpRoute.post(path, endpoint(action));
    }

    private HttpRoute on(String method, String path, Action action) {
        return new HttpRoute(Set.of(method), path, endpoint(action));
    }

    /** Off the event loop: an advance runs whatever falls due, and a reset may have much to forget. */
    private HttpRoute.Endpoint endpoint(Action action) {
        return (request, labels, call) -> {
            CompletableFuture<HttpResponse> answer = new CompletableFuture<>();
            emulator.execute(() -> {
                try {
                    answer.complete(action.answer(request, labels));
                } catch (Json.BadRequest e) {
                    answer.complete(Json.error(400, String.valueOf(e.getMessage())));
                } catch (RuntimeException | Error e) {
                    answer.completeExceptionally(e);
                }
            });
            return answer;
        };
    }
}
