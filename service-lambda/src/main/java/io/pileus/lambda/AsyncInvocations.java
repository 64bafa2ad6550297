package io.pileus.lambda;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.pileus.core.http.Payload;
import io.pileus.core.identity.Arn;
import io.pileus.core.identity.Caller;
import io.pileus.core.port.Deliveries;
import io.pileus.core.port.Delivery;
import io.pileus.core.port.DeliveryResult;
import io.pileus.core.port.DeliveryTarget;
import io.pileus.core.port.ObjectStore;
import io.pileus.core.service.AwsException;
import io.pileus.core.service.Scopes.Scope;
import io.pileus.core.service.ServiceEnvironment;
import io.pileus.core.shape.Blob;
import io.pileus.core.shape.JsonTrees;
import io.pileus.core.state.StateSink;
import io.pileus.core.state.StateSource;
import io.pileus.lambda.executor.Outcome;
import io.pileus.lambda.model.FunctionEventInvokeConfig;
import io.pileus.lambda.state.Function;
import io.pileus.lambda.state.LambdaState;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Asynchronous invocations: run at once, retried after one and two minutes, given up when too old; then the function's
 * destination or dead-letter queue is told.
 *
 * @see <a href="https://docs.aws.amazon.com/lambda/latest/dg/invocation-async.html">Asynchronous invocation</a>
 */
final class AsyncInvocations implements DeliveryTarget {
    private static final DateTimeFormatter TIMESTAMP =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);
    private static final DateTimeFormatter RECORD_TIME =
            DateTimeFormatter.ofPattern("uuuu/MM/dd/uuuu-MM-dd'T'HH.mm.ss").withZone(ZoneOffset.UTC);
    private static final Duration AGE_MAX = Duration.ofHours(6);

    private final Functions functions;
    private final Invoker invoker;
    private final ServiceEnvironment env;

    /** The events that are not done with, by request id. */
    private final Map<String, Pending> pending = new ConcurrentHashMap<>();

    /** The attempt that an event waits for, or that is being made. */
    private record Pending(Event event, int attempt, int throttles, Instant due) {}

    /** An event that waits, as it is saved. */
    record SavedEvent(
            String function,
            Optional<String> qualifier,
            Blob payload,
            Optional<String> clientContext,
            Optional<String> traceId,
            Instant since,
            int hops,
            int attempt,
            int throttles,
            Instant due) {}

    AsyncInvocations(Functions functions, Invoker invoker, ServiceEnvironment env) {
        this.functions = functions;
        this.invoker = invoker;
        this.env = env;
    }

    /** An event that waits for its success. */
    private record Event(
            FunctionReference reference,
            LambdaState state,
            Blob payload,
            String requestId,
            Invoker.Extras extras,
            Instant since,
            int hops) {}

    /**
     * Takes an event; the first attempt is made at once.
     *
     * @throws AwsException when there is no such function
     */
    void submit(FunctionReference reference, Blob payload, String requestId, Invoker.Extras extras, int hops) {
        invoker.target(reference);
        Event event = new Event(
                reference,
                functions.state(reference),
                payload,
                requestId,
                extras,
                env.clock().instant(),
                hops);
        attempt(event, 1, 0);
    }

    @Override
    public CompletionStage<DeliveryResult> deliver(Delivery delivery) {
        String id = env.ids().uuid();
        try {
            submit(Invoker.reference(delivery.target()), delivery.body(), id, Invoker.Extras.NONE, delivery.hops());
            return CompletableFuture.completedStage(new DeliveryResult.Delivered(id));
        } catch (AwsException e) {
            return CompletableFuture.completedStage(
                    e.httpStatus() == 404
                            ? new DeliveryResult.NoSuchTarget()
                            : new DeliveryResult.Refused(e.code(), String.valueOf(e.getMessage()), false));
        }
    }

    void save(StateSink sink) {
        pending.forEach((requestId, waiting) -> {
            FunctionReference reference = waiting.event().reference();
            sink.put(
                    new Scope(reference.account(), reference.region()),
                    "event",
                    requestId,
                    waiting,
                    () -> saved(waiting));
        });
    }

    private static SavedEvent saved(Pending waiting) {
        Event event = waiting.event();
        return new SavedEvent(
                event.reference().name(),
                event.reference().qualifier(),
                event.payload(),
                event.extras().clientContext(),
                event.extras().traceId(),
                event.since(),
                event.hops(),
                waiting.attempt(),
                waiting.throttles(),
                waiting.due());
    }

    void load(StateSource source) {
        source.each("event", SavedEvent.class, (scope, requestId, saved) -> {
            FunctionReference reference =
                    new FunctionReference(scope.account(), scope.region(), saved.function(), saved.qualifier());
            Event event = new Event(
                    reference,
                    functions.state(reference),
                    saved.payload(),
                    requestId,
                    new Invoker.Extras(saved.clientContext(), saved.traceId(), Optional.empty()),
                    saved.since(),
                    saved.hops());
            pending.put(requestId, new Pending(event, saved.attempt(), saved.throttles(), saved.due()));
        });
    }

    /** Attempts that were under way are made again. */
    void resume() {
        pending.values()
                .forEach(waiting -> env.timers()
                        .at(waiting.due(), () -> attempt(waiting.event(), waiting.attempt(), waiting.throttles())));
    }

    /** Forgets the events of states that have been closed. */
    void forgetClosed() {
        pending.values().removeIf(waiting -> waiting.event().state().closed());
    }

    private void attempt(Event event, int attempt, int throttles) {
        if (event.state().closed()) {
            pending.remove(event.requestId());
            return;
        }
        pending.put(
                event.requestId(),
                new Pending(event, attempt, throttles, env.clock().instant()));
        try {
            invoker.run(event.reference(), event.payload(), event.requestId(), event.extras())
                    .thenAccept(answer -> done(event, attempt, throttles, answer));
        } catch (AwsException e) {
            // the function has been deleted meanwhile: so is its queue of events
            pending.remove(event.requestId());
        }
    }

    private void done(Event event, int attempt, int throttles, Invoker.Answer answer) {
        Optional<FunctionEventInvokeConfig> config = config(event);
        switch (answer.outcome()) {
            case Outcome.Returned returned -> {
                pending.remove(event.requestId());
                destination(config, true)
                        .ifPresent(arn -> tell(
                                event,
                                arn,
                                "Success",
                                attempt,
                                answer.executedVersion(),
                                Optional.of(returned.payload())));
            }
            case Outcome.Failed failed -> {
                int retries = config.map(FunctionEventInvokeConfig::maximumRetryAttempts)
                        .orElse(2);
                if (attempt > retries) {
                    giveUp(
                            event,
                            config,
                            "RetriesExhausted",
                            attempt,
                            answer.executedVersion(),
                            Optional.of(failed.payload()));
                } else {
                    later(
                            event,
                            config,
                            attempt,
                            Duration.ofMinutes(attempt),
                            answer,
                            Optional.of(failed.payload()),
                            0);
                }
            }
            case Outcome.Refused refused
            when reservesNothing(event) ->
                giveUp(
                        event,
                        config,
                        "ZeroReservedConcurrency",
                        attempt - 1,
                        answer.executedVersion(),
                        Optional.empty());
            case Outcome.Refused refused -> {
                // throttles and system errors are tried again for as long as the event may wait, ever less often
                Duration delay = Duration.ofSeconds(Math.min(300, 1L << Math.min(throttles, 9)));
                later(event, config, attempt - 1, delay, answer, Optional.empty(), throttles + 1);
            }
        }
    }

    private void later(
            Event event,
            Optional<FunctionEventInvokeConfig> config,
            int attempts,
            Duration delay,
            Invoker.Answer answer,
            Optional<Blob> payload,
            int throttles) {
        Duration age = config.map(FunctionEventInvokeConfig::maximumEventAgeInSeconds)
                .map(Duration::ofSeconds)
                .orElse(AGE_MAX);
        Instant next = env.clock().instant().plus(delay);
        if (next.isAfter(event.since().plus(age))) {
            giveUp(event, config, "EventAgeExceeded", attempts, answer.executedVersion(), payload);
        } else {
            pending.put(event.requestId(), new Pending(event, attempts + 1, throttles, next));
            env.timers().at(next, () -> attempt(event, attempts + 1, throttles));
        }
    }

    private Optional<FunctionEventInvokeConfig> config(Event event) {
        return event.state()
                .function(event.reference().name())
                .flatMap(function -> event.state()
                        .locked(() -> Optional.ofNullable(function.eventInvokeConfigs()
                                .get(event.reference().qualifier().orElse(Function.LATEST)))));
    }

    private static Optional<String> destination(Optional<FunctionEventInvokeConfig> config, boolean success) {
        return config.map(FunctionEventInvokeConfig::destinationConfig)
                .map(destinations -> success
                        ? destinations.onSuccess() == null
                                ? null
                                : destinations.onSuccess().destination()
                        : destinations.onFailure() == null
                                ? null
                                : destinations.onFailure().destination())
                .filter(arn -> !arn.isEmpty());
    }

    private void giveUp(
            Event event,
            Optional<FunctionEventInvokeConfig> config,
            String condition,
            int attempts,
            String version,
            Optional<Blob> payload) {
        pending.remove(event.requestId());
        destination(config, false).ifPresent(arn -> tell(event, arn, condition, attempts, version, payload));
        event.state()
                .function(event.reference().name())
                .map(function -> event.state()
                        .locked(() -> function.latest().configuration().deadLetterConfig()))
                .ifPresent(deadLetters ->
                        deadLetter(event, String.valueOf(deadLetters.targetArn()), payload.orElse(Blob.EMPTY)));
    }

    private void tell(
            Event event, String destination, String condition, int attempts, String version, Optional<Blob> response) {
        ObjectNode node = JsonTrees.mapper().createObjectNode();
        node.put("version", "1.0");
        node.put("timestamp", TIMESTAMP.format(env.clock().instant()));
        ObjectNode request = node.putObject("requestContext");
        request.put("requestId", event.requestId());
        request.put(
                "functionArn",
                event.reference().functionArn() + ":"
                        + event.reference().qualifier().orElse(Function.LATEST));
        request.put("condition", condition);
        request.put("approximateInvokeCount", attempts);
        node.set("requestPayload", json(event.payload()));
        // there is no response of an event that was never run
        response.ifPresent(payload -> {
            ObjectNode context = node.putObject("responseContext");
            context.put("statusCode", 200);
            context.put("executedVersion", version);
            if (!condition.equals("Success")) {
                context.put("functionError", "Unhandled");
            }
            node.set("responsePayload", json(payload));
        });
        Blob record = Blob.ofUtf8(node.toString());
        if (Arn.parse(destination).filter(arn -> arn.service().equals("s3")).isPresent()) {
            store(event, destination.substring(destination.lastIndexOf(':') + 1), record);
        } else {
            send(event, destination, record, Map.of());
        }
    }

    /** @see <a href="https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-retain-records.html">Keys of records</a> */
    private void store(Event event, String bucket, Blob record) {
        String key = "aws/lambda/async/" + event.reference().name() + "/"
                + RECORD_TIME.format(env.clock().instant()) + "-" + env.ids().uuid();
        env.ports()
                .find(ObjectStore.class)
                .ifPresent(store -> store.put(bucket, key, Payload.of(record.bytes()), Map.of(), "application/json"));
    }

    private boolean reservesNothing(Event event) {
        return event.state()
                .function(event.reference().name())
                .flatMap(function -> event.state().locked(function::reservedConcurrency))
                .filter(reserved -> reserved == 0)
                .isPresent();
    }

    private void deadLetter(Event event, String target, Blob response) {
        String message = json(response).path("errorMessage").asText("");
        send(
                event,
                target,
                event.payload(),
                Map.of(
                        "RequestID", new Delivery.Attribute("String", Blob.ofUtf8(event.requestId())),
                        "ErrorCode", new Delivery.Attribute("Number", Blob.ofUtf8("200")),
                        "ErrorMessage",
                                new Delivery.Attribute(
                                        "String",
                                        Blob.ofUtf8(message.substring(0, Math.min(1024, message.length()))))));
    }

    private void send(Event event, String destination, Blob body, Map<String, Delivery.Attribute> attributes) {
        Optional<Arn> target = Arn.parse(destination);
        Optional<Arn> source = Arn.parse(event.reference().functionArn());
        if (target.isEmpty() || source.isEmpty()) {
            return;
        }
        Deliveries deliveries = env.ports().deliveries();
        deliveries.deliver(new Delivery(
                target.get(),
                source.get(),
                Caller.service(event.reference().account(), "lambda.amazonaws.com"),
                body,
                attributes,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                env.clock().instant(),
                event.hops() + 1));
    }

    static JsonNode json(Blob payload) {
        try {
            JsonNode node = JsonTrees.mapper().readTree(payload.bytes());
            return node == null || node.isMissingNode()
                    ? JsonTrees.mapper().getNodeFactory().nullNode()
                    : node;
        } catch (IOException e) {
            return JsonTrees.mapper().getNodeFactory().textNode(payload.utf8());
        }
    }
}
