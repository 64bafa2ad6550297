package io.pileus.lambda;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.pileus.core.http.Headers;
import io.pileus.core.http.HttpRequest;
import io.pileus.core.http.HttpResponse;
import io.pileus.core.identity.AccountId;
import io.pileus.core.identity.Region;
import io.pileus.core.service.CallContext;
import io.pileus.core.service.HttpRoute;
import io.pileus.core.service.Scopes;
import io.pileus.core.shape.JsonTrees;
import io.pileus.lambda.state.Code;
import io.pileus.lambda.state.Function;
import io.pileus.lambda.state.LambdaState;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Lambda's endpoints beside the API: scripts, events, logs, archives, and function URLs by a path. */
final class Endpoints {
    private static final Set<String> ANY_METHOD = Set.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS");

    private final Scopes<LambdaState> scopes;
    private final Executors executors;
    private final FunctionLogs logs;
    private final UrlEndpoint urls;

    Endpoints(Scopes<LambdaState> scopes, Executors executors, FunctionLogs logs, UrlEndpoint urls) {
        this.scopes = scopes;
        this.executors = executors;
        this.logs = logs;
        this.urls = urls;
    }

    List<HttpRoute> routes() {
        HttpRoute.Endpoint url = (request, labels, call) -> {
            String id = labels.getOrDefault("id", "");
            return urls.serve(request, id, UrlEndpoint.pathAfter(request.path(), id), call);
        };
        return List.of(
                HttpRoute.post("/_pileus/lambda/{function}/script", this::script),
                HttpRoute.get("/_pileus/lambda/{function}/events", this::events),
                HttpRoute.get("/_pileus/lambda/{account}/{region}/{function}/code", this::code),
                HttpRoute.get("/_pileus/lambda/{account}/{region}/{function}/logs", this::logs),
                HttpRoute.get("/_pileus/lambda/{account}/{region}/{layer}/layer/{version}", this::layer),
                new HttpRoute(ANY_METHOD, "/_aws/lambda-url/{id}", url),
                new HttpRoute(ANY_METHOD, "/_aws/lambda-url/{id}/{path+}", url));
    }

    private CompletionStage<HttpResponse> script(HttpRequest request, Map<String, String> labels, CallContext call) {
        try {
            JsonNode results = JsonTrees.mapper().readTree(request.body().bytes());
            if (results == null || !results.isArray() || results.size() > 10_000) {
                return json(400, "{\"message\":\"The body must be a list of at most 10,000 results.\"}");
            }
            List<JsonNode> list = new ArrayList<>();
            results.forEach(list::add);
            executors.script(labels.getOrDefault("function", ""), list);
            return json(200, "{\"results\":" + list.size() + "}");
        } catch (IOException e) {
            return json(400, "{\"message\":\"The body is not JSON.\"}");
        }
    }

    private CompletionStage<HttpResponse> events(HttpRequest request, Map<String, String> labels, CallContext call) {
        ObjectNode answer = JsonTrees.mapper().createObjectNode();
        var events = answer.putArray("events");
        executors
                .script(labels.getOrDefault("function", ""))
                .ifPresent(script -> script.events().forEach(event -> events.add(AsyncInvocations.json(event))));
        return json(200, answer.toString());
    }

    private CompletionStage<HttpResponse> code(HttpRequest request, Map<String, String> labels, CallContext call) {
        String version = request.query().startsWith("version=")
                ? request.query().substring("version=".length()).replace("%24", "$")
                : Function.LATEST;
        return archive(state(labels)
                .flatMap(state -> state.locked(
                        () -> Optional.ofNullable(state.functions().get(labels.getOrDefault("function", "")))
                                .flatMap(function -> function.version(version))
                                .map(Function.Version::code))));
    }

    private CompletionStage<HttpResponse> layer(HttpRequest request, Map<String, String> labels, CallContext call) {
        String version = labels.getOrDefault("version", "");
        return archive(state(labels)
                .filter(state -> version.matches("[0-9]{1,18}"))
                .flatMap(state ->
                        state.locked(() -> Optional.ofNullable(state.layers().get(labels.getOrDefault("layer", "")))
                                .map(layer -> layer.versions().get(Long.parseLong(version)))
                                .map(found -> found.code()))));
    }

    private CompletionStage<HttpResponse> logs(HttpRequest request, Map<String, String> labels, CallContext call) {
        return state(labels)
                .flatMap(state -> state.function(labels.getOrDefault("function", "")))
                .map(function -> CompletableFuture.completedStage(
                        HttpResponse.of(200, "text/plain; charset=utf-8", logs.of(function.arn()))))
                .orElseGet(() -> json(404, "{\"message\":\"There is no such function.\"}"));
    }

    private Optional<LambdaState> state(Map<String, String> labels) {
        String account = labels.getOrDefault("account", "");
        try {
            return AccountId.isValid(account)
                    ? scopes.find(new AccountId(account), new Region(labels.getOrDefault("region", "")))
                    : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static CompletionStage<HttpResponse> archive(Optional<Code> code) {
        return code.map(found -> CompletableFuture.completedStage(HttpResponse.of(
                        200,
                        Headers.of("Content-Type", "application/zip"),
                        found.zip().bytes())))
                .orElseGet(() -> json(404, "{\"message\":\"There is no such version.\"}"));
    }

    private static CompletionStage<HttpResponse> json(int status, String body) {
        return CompletableFuture.completedStage(HttpResponse.json(status, body));
    }
}
