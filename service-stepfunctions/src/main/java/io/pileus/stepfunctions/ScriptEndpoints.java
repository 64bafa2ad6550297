package io.pileus.stepfunctions;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.pileus.core.http.HttpRequest;
import io.pileus.core.http.HttpResponse;
import io.pileus.core.identity.AccountId;
import io.pileus.core.service.CallContext;
import io.pileus.core.service.HttpRoute;
import io.pileus.stepfunctions.asl.Json;
import io.pileus.stepfunctions.integration.ScriptedTasks;
import io.pileus.stepfunctions.integration.ScriptedTasks.Place;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Where tests say what the tasks of a state give, and see what they were given. */
final class ScriptEndpoints {
    private static final String STATE = "/_pileus/stepfunctions/{account}/{stateMachine}/{state}";

    private final ScriptedTasks scripts;

    ScriptEndpoints(ScriptedTasks scripts) {
        this.scripts = scripts;
    }

    List<HttpRoute> routes() {
        return List.of(
                HttpRoute.post(STATE + "/script", this::script),
                HttpRoute.get(STATE + "/invocations", this::invocations));
    }

    private CompletionStage<HttpResponse> script(HttpRequest request, Map<String, String> labels, CallContext call) {
        Optional<Place> place = place(labels);
        if (place.isEmpty()) {
            return refused("The account is not an id of 12 digits.");
        }
        try {
            var results = ScriptedTasks.read(Json.read(new String(request.body().bytes(), StandardCharsets.UTF_8)));
            scripts.script(place.get(), results);
            return answer(200, Json.object().put("results", results.size()));
        } catch (JsonProcessingException e) {
            return refused("The body is not JSON: " + e.getOriginalMessage());
        } catch (IllegalArgumentException e) {
            return refused(String.valueOf(e.getMessage()));
        }
    }

    private CompletionStage<HttpResponse> invocations(
            HttpRequest request, Map<String, String> labels, CallContext call) {
        ObjectNode answer = Json.object();
        ArrayNode list = answer.putArray("invocations");
        place(labels).ifPresent(place -> scripts.invocations(place).forEach(list::add));
        return answer(200, answer);
    }

    private static Optional<Place> place(Map<String, String> labels) {
        String account = labels.getOrDefault("account", "");
        return AccountId.isValid(account)
                ? Optional.of(new Place(
                        new AccountId(account),
                        labels.getOrDefault("stateMachine", ""),
                        labels.getOrDefault("state", "")))
                : Optional.empty();
    }

    private static CompletionStage<HttpResponse> refused(String why) {
        ObjectNode body = Json.object();
        body.set("message", TextNode.valueOf(why));
        return answer(400, body);
    }

    private static CompletionStage<HttpResponse> answer(int status, ObjectNode body) {
        return CompletableFuture.completedStage(HttpResponse.json(status, body.toString()));
    }
}
