package io.pileus.cognito.idp.triggers;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.pileus.cognito.idp.model.InvalidLambdaResponseException;
import io.pileus.cognito.idp.model.UnexpectedLambdaException;
import io.pileus.cognito.idp.model.UserLambdaValidationException;
import io.pileus.cognito.idp.state.LinkedIdentity;
import io.pileus.cognito.idp.state.User;
import io.pileus.cognito.idp.state.UserPool;
import io.pileus.core.identity.Arn;
import io.pileus.core.identity.Caller;
import io.pileus.core.port.Delivery;
import io.pileus.core.port.FunctionInvoker;
import io.pileus.core.service.AwsException;
import io.pileus.core.service.CallContext;
import io.pileus.core.service.ServiceEnvironment;
import io.pileus.core.shape.Blob;
import io.pileus.core.shape.JsonTrees;
import io.pileus.core.time.Timers;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/**
 * Calls a pool's Lambda functions and waits for their answers. Every operation that may come here is run on the worker
 * pool. A trigger that is configured and cannot run is an error; none is ever skipped.
 *
 * @see <a href="https://docs.aws.amazon.com/cognito/latest/developerguide/cognito-user-pools-working-with-lambda-triggers.html">Customizing
 *     user pool workflows with Lambda triggers</a>
 */
public final class Triggers {
    private static final String PRINCIPAL = "cognito-idp.amazonaws.com";

    /** How long Cognito waits for a function, and how often it tries. */
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private static final int ATTEMPTS = 3;

    private final ServiceEnvironment env;

    public Triggers(ServiceEnvironment env) {
        this.env = env;
    }

    /** An event to send: the request part may be filled further before {@link #call}. */
    public record Event(
            UserPool pool, String source, String username, String clientId, ObjectNode request, ObjectNode response) {

        /** An event about a user, whose attributes the request shows. */
        public static Event about(UserPool pool, String source, User user, String clientId) {
            Event event = named(pool, source, user.username(), clientId);
            Map<String, String> attributes = userAttributes(user);
            for (String alias : List.of("email", "phone_number")) {
                if (pool.hasAlias(alias) && attributes.containsKey(alias)) {
                    attributes.put("cognito:" + alias + "_alias", attributes.get(alias));
                }
            }
            event.put("userAttributes", attributes);
            return event;
        }

        public static Event named(UserPool pool, String source, String username, String clientId) {
            return new Event(
                    pool,
                    source,
                    username,
                    clientId,
                    JsonTrees.mapper().createObjectNode(),
                    JsonTrees.mapper().createObjectNode());
        }

        public Event put(String name, Map<String, String> values) {
            ObjectNode node = request.putObject(name);
            new TreeMap<>(values).forEach(node::put);
            return this;
        }

        /** As {@link #put}, but left out when there are none, as AWS leaves out absent metadata. */
        public Event putUnlessEmpty(String name, Map<String, String> values) {
            return values.isEmpty() ? this : put(name, values);
        }

        String json(String version) {
            ObjectNode event = JsonTrees.mapper().createObjectNode();
            event.put("version", version);
            event.put("triggerSource", source);
            event.put("region", pool.region().id());
            event.put("userPoolId", pool.id());
            event.put("userName", username);
            ObjectNode context = event.putObject("callerContext");
            context.put("awsSdkVersion", "aws-sdk-unknown-unknown");
            context.put("clientId", clientId);
            event.set("request", request);
            event.set("response", response);
            return event.toString();
        }
    }

    /** The attributes as triggers see them: with sub, status and linked identities. */
    public static Map<String, String> userAttributes(User user) {
        Map<String, String> all = new TreeMap<>(user.attributes());
        all.put("sub", user.sub());
        all.put("cognito:user_status", user.status().wire());
        if (!user.identities().isEmpty()) {
            all.put("identities", identitiesJson(user));
        }
        return all;
    }

    /** The value of the {@code identities} attribute. */
    public static String identitiesJson(User user) {
        var list = JsonTrees.mapper().createArrayNode();
        for (LinkedIdentity identity : user.identities()) {
            ObjectNode node = list.addObject();
            node.put("userId", identity.userId());
            node.put("providerName", identity.providerName());
            node.put("providerType", identity.providerType());
            if (identity.issuer().isEmpty()) {
                node.putNull("issuer");
            } else {
                node.put("issuer", identity.issuer());
            }
            node.put("primary", identity.primary());
            node.put("dateCreated", identity.dateCreated().toEpochMilli());
        }
        return list.toString();
    }

    public boolean has(UserPool pool, Trigger trigger) {
        return trigger.function(pool.settings().lambdaConfig()).isPresent();
    }

    /** The response part of the function's answer; empty when the pool has no function for the trigger. */
    public Optional<JsonNode> call(Trigger trigger, Event event, CallContext call) {
        return call(trigger, event, "1", call);
    }

    public Optional<JsonNode> call(Trigger trigger, Event event, String version, CallContext call) {
        return trigger.function(event.pool().settings().lambdaConfig())
                .map(function -> response(trigger, invoke(trigger, function, event, version, call)));
    }

    /** Calls a function whose answer has no meaning, such as a sender of messages. */
    public void notify(Trigger trigger, Event event, CallContext call) {
        trigger.function(event.pool().settings().lambdaConfig())
                .ifPresent(function -> invoke(trigger, function, event, "1", call));
    }

    private Blob invoke(Trigger trigger, String function, Event event, String version, CallContext call) {
        Optional<Arn> arn = Arn.parse(function);
        Optional<FunctionInvoker> invoker = env.ports().find(FunctionInvoker.class);
        if (arn.isEmpty() || invoker.isEmpty()) {
            throw unexpected(trigger, "ResourceNotFoundException");
        }
        Caller caller = Caller.service(event.pool().account(), PRINCIPAL);
        Blob payload = Blob.ofUtf8(event.json(version));
        if (forbidden(event.pool(), arn.get(), caller, payload, call)) {
            throw unexpected(trigger, "AccessDeniedException");
        }
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            Optional<FunctionInvoker.Result> result =
                    answerInTime(trigger, () -> invoker.get().invoke(arn.get(), payload, caller, call.hops() + 1));
            if (result.isPresent()) {
                return switch (result.get()) {
                    case FunctionInvoker.Returned returned -> returned.payload();
                    case FunctionInvoker.Failed failed -> throw failed(trigger, failed.payload());
                    case FunctionInvoker.Refused refused -> throw unexpected(trigger, refused.code());
                };
            }
        }
        throw unexpected(trigger, "Socket timeout while invoking Lambda function");
    }

    /** Whether the function's own policy keeps the pool out, where policies are enforced. */
    private boolean forbidden(UserPool pool, Arn function, Caller caller, Blob payload, CallContext call) {
        return Arn.parse(pool.settings().arn())
                .flatMap(source -> env.ports()
                        .deliveries()
                        .refusal(Delivery.of(function, source, caller, payload, call.receivedAt(), call.hops() + 1)))
                .isPresent();
    }

    /** What the function answers; empty when it takes longer than Cognito waits. */
    private Optional<FunctionInvoker.Result> answerInTime(
            Trigger trigger, Supplier<CompletionStage<FunctionInvoker.Result>> invocation) {
        CompletableFuture<Optional<FunctionInvoker.Result>> answer = new CompletableFuture<>();
        Timers.Timer timer =
                env.timers().at(env.clock().instant().plus(PATIENCE), () -> answer.complete(Optional.empty()));
        invocation.get().whenComplete((result, failure) -> {
            if (failure == null) {
                answer.complete(Optional.of(result));
            } else {
                answer.completeExceptionally(failure);
            }
        });
        try {
            return answer.join();
        } catch (CompletionException e) {
            throw unexpected(trigger, "ServiceException");
        } finally {
            timer.cancel();
        }
    }

    private static JsonNode response(Trigger trigger, Blob payload) {
        try {
            JsonNode answer = JsonTrees.mapper().readTree(payload.bytes());
            JsonNode response = answer == null ? MissingNode.getInstance() : answer.path("response");
            if (trigger.answer().fits(response)) {
                return response;
            }
        } catch (IOException e) {
            throw invalidAnswer("Unrecognizable lambda output");
        }
        throw invalidAnswer("Unrecognizable lambda output");
    }

    private static AwsException failed(Trigger trigger, Blob payload) {
        String message;
        try {
            message = JsonTrees.mapper()
                    .readTree(payload.utf8())
                    .path("errorMessage")
                    .asText("");
        } catch (JsonProcessingException e) {
            message = payload.utf8();
        }
        String sentence = message.endsWith(".") ? message : message + ".";
        return UserLambdaValidationException.of(trigger.title() + " failed with error " + sentence);
    }

    private static AwsException unexpected(Trigger trigger, String code) {
        return UnexpectedLambdaException.of(trigger.title() + " invocation failed due to error " + code + ".");
    }

    /** The refusal of an answer that has not the shape AWS wants. */
    public static AwsException invalidAnswer(String message) {
        return InvalidLambdaResponseException.of(message);
    }
}
