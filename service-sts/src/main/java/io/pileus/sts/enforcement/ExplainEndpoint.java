package io.pileus.sts.enforcement;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.pileus.core.http.HttpRequest;
import io.pileus.core.http.HttpResponse;
import io.pileus.core.identity.AccountId;
import io.pileus.core.identity.Arn;
import io.pileus.core.identity.Caller;
import io.pileus.core.policy.AccessRequest;
import io.pileus.core.policy.Decision;
import io.pileus.core.policy.RequestContext;
import io.pileus.core.service.CallContext;
import io.pileus.core.service.HttpRoute;
import io.pileus.sts.CallerPolicies;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.UnaryOperator;

/**
 * {@code GET /_pileus/iam/explain}: why a request was or would be allowed or denied. Either {@code requestId} names a
 * request that has been decided, or {@code principal} (an ARN), {@code action}, {@code resource} and any number of
 * {@code context.<key>=<value>} describe one. It works whether or not policies are enforced.
 */
public final class ExplainEndpoint {
    private final Enforcement enforcement;
    private final CallerPolicies callerPolicies;
    private final Decisions decisions;
    private final UnaryOperator<String> encode;

    /** @param encode makes the encoded message that DecodeAuthorizationMessage takes */
    public ExplainEndpoint(
            Enforcement enforcement, CallerPolicies callerPolicies, Decisions decisions, UnaryOperator<String> encode) {
        this.enforcement = enforcement;
        this.callerPolicies = callerPolicies;
        this.decisions = decisions;
        this.encode = encode;
    }

    public List<HttpRoute> routes() {
        return List.of(HttpRoute.get("/_pileus/iam/explain", this::explain));
    }

    private CompletionStage<HttpResponse> explain(HttpRequest request, Map<String, String> labels, CallContext call) {
        Map<String, String> query = query(request.query());
        String requestId = query.getOrDefault("requestId", "");
        if (!requestId.isEmpty()) {
            return answer(decisions.of(requestId));
        }
        String action = query.getOrDefault("action", "");
        String resource = query.getOrDefault("resource", "*");
        Optional<Caller> caller = principal(query.getOrDefault("principal", ""), call);
        if (caller.isEmpty() || action.indexOf(':') <= 0) {
            return CompletableFuture.completedFuture(HttpResponse.json(
                    400, "{\"message\":\"name a requestId, or principal (an ARN), action and resource\"}"));
        }
        CallContext asCaller = new CallContext(
                call.requestId(),
                caller.get(),
                caller.get().account(),
                call.region(),
                call.receivedAt(),
                call.endpoint(),
                call.hops(),
                call.client(),
                call.notEmulated());
        RequestContext.Builder context = callerPolicies.context(asCaller);
        query.forEach((name, value) -> {
            if (name.startsWith("context.")) {
                context.add(name.substring("context.".length()), value);
            }
        });
        String owner = Arn.parse(resource)
                .map(Arn::account)
                .filter(AccountId::isValid)
                .orElse(caller.get().account().id());
        AccessRequest asked =
                new AccessRequest(callerPolicies.subject(caller.get()), action, resource, owner, context.build());
        Decision decision = enforcement.decide(asked, caller.get(), call.region());
        return answer(Optional.of(Decisions.json(asked, decision)));
    }

    private CompletionStage<HttpResponse> answer(Optional<ObjectNode> json) {
        if (json.isEmpty()) {
            return CompletableFuture.completedFuture(
                    HttpResponse.json(404, "{\"message\":\"no decision is remembered for this request\"}"));
        }
        ObjectNode whole = json.get().deepCopy();
        if (!whole.path("allowed").asBoolean()) {
            whole.put("encodedAuthorizationMessage", encode.apply(json.get().toString()));
        }
        return CompletableFuture.completedFuture(HttpResponse.json(200, whole.toPrettyString()));
    }

    /** The caller that an ARN of root, a user, a role or a role session stands for. */
    private static Optional<Caller> principal(String text, CallContext call) {
        Optional<Arn> arn = Arn.parse(text).filter(a -> AccountId.isValid(a.account()));
        if (arn.isEmpty()) {
            return Optional.empty();
        }
        AccountId account = new AccountId(arn.get().account());
        String resource = arn.get().resource();
        String name = resource.substring(resource.lastIndexOf('/') + 1);
        if (resource.equals("root")) {
            return Optional.of(Caller.root(account, ""));
        }
        if (resource.startsWith("user/")) {
            return Optional.of(new Caller(account, text, "", "", Caller.Kind.USER, Map.of()));
        }
        if (resource.startsWith("role/")) {
            return Optional.of(new Caller(
                    account,
                    "arn:aws:sts::" + account + ":assumed-role/" + name + "/explain",
                    "",
                    "",
                    Caller.Kind.ASSUMED_ROLE,
                    Map.of()));
        }
        return resource.startsWith("assumed-role/")
                ? Optional.of(new Caller(account, text, "", "", Caller.Kind.ASSUMED_ROLE, Map.of()))
                : Optional.empty();
    }

    private static Map<String, String> query(String query) {
        Map<String, String> values = new LinkedHashMap<>();
        for (String pair : query.split("&")) {
            int equals = pair.indexOf('=');
            if (equals > 0) {
                try {
                    values.put(
                            URLDecoder.decode(pair.substring(0, equals), StandardCharsets.UTF_8),
                            URLDecoder.decode(pair.substring(equals + 1), StandardCharsets.UTF_8));
                } catch (IllegalArgumentException e) {
                    // a pair that cannot be read is none
                }
            }
        }
        return values;
    }
}
