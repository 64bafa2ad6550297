package io.pileus.core.dispatch;

import com.fasterxml.jackson.databind.JsonNode;
import io.pileus.core.identity.Caller;
import io.pileus.core.identity.Region;
import io.pileus.core.port.Deliveries;
import io.pileus.core.port.OperationCaller;
import io.pileus.core.protocol.Documents;
import io.pileus.core.service.AwsException;
import io.pileus.core.service.CallContext;
import io.pileus.core.service.NotImplemented;
import io.pileus.core.service.Operation;
import io.pileus.core.service.ServiceApi;
import io.pileus.core.service.ServiceEnvironment;
import io.pileus.core.shape.MalformedInputException;
import io.pileus.core.shape.Member;
import io.pileus.core.shape.Schema;
import io.pileus.core.shape.Shape;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Calls operations inside the process, on the same way as over HTTP but for bytes and signatures. */
public final class OperationCalls implements OperationCaller {
    private static final Logger log = LoggerFactory.getLogger(OperationCalls.class);

    private final ServiceDirectory services;
    private final ServiceEnvironment environment;
    private final Supplier<String> endpoint;
    private final Conditions conditions;

    /**
     * @param endpoint where clients reach this server, for URLs in answers
     * @param conditions shared with the dispatcher, so that a fault hits these calls too
     */
    public OperationCalls(
            ServiceDirectory services,
            ServiceEnvironment environment,
            Supplier<String> endpoint,
            Conditions conditions) {
        this.services = services;
        this.environment = environment;
        this.endpoint = endpoint;
        this.conditions = conditions;
    }

    @Override
    public boolean knows(String service, String operation) {
        HostedService hosted = services.named(service);
        return hosted != null && hosted.operation(operation) != null;
    }

    @Override
    public Optional<InputMembers> inputMembers(String service, String operation) {
        HostedService hosted = services.named(service);
        Operation known = hosted == null ? null : hosted.operation(operation);
        if (known == null) {
            return Optional.empty();
        }
        Schema input = hosted.api().inputSchema(known);
        return Optional.of(new InputMembers(
                input.members().stream().map(Member::name).toList(),
                input.required().stream().map(Member::name).toList()));
    }

    @Override
    public Optional<String> outputProblem(String service, String operation, JsonNode output, boolean whole) {
        HostedService hosted = services.named(service);
        Operation known = hosted == null ? null : hosted.operation(operation);
        if (known == null) {
            return Optional.empty();
        }
        if (!output.isObject()) {
            return Optional.of("Expected an object");
        }
        try {
            Documents.readOutput(hosted.api(), known, output);
        } catch (MalformedInputException e) {
            return Optional.of(text(e.getMessage()));
        }
        if (!whole) {
            return Optional.empty();
        }
        Set<String> names = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        output.fieldNames().forEachRemaining(names::add);
        return hosted.api().outputSchema(known).required().stream()
                .map(Member::name)
                .filter(name -> !names.contains(name))
                .findFirst()
                .map(name -> "The field '" + name + "' is required but was missing");
    }

    @Override
    public List<String> services() {
        return services.all().stream().map(HostedService::name).toList();
    }

    @Override
    public CompletionStage<Result> call(
            String service, String operation, JsonNode input, Caller caller, Region region, int hops) {
        HostedService hosted = services.named(service);
        Operation known = hosted == null ? null : hosted.operation(operation);
        if (known == null) {
            return CompletableFuture.completedStage(failed(NotImplemented.operation(service, operation)));
        }
        if (hops > Deliveries.MAX_HOPS) {
            return CompletableFuture.completedStage(
                    new Failed("Loop", "the call has passed through too many services", 400));
        }
        hosted.markUsed(caller.account(), region);
        Call call = new Call(hosted, known, input, caller, region, hops, new CompletableFuture<>());
        try {
            Instant now = environment.clock().instant();
            Fault fault = conditions
                    .faults()
                    .meet(hosted.name(), known.name(), caller.account().id(), region.id(), now);
            if (fault == null || fault.latency().isZero()) {
                dispatch(call, fault);
            } else {
                environment.timers().at(now.plus(fault.latency()), () -> dispatch(call, fault));
            }
        } catch (Throwable e) {
            call.fail(e);
        }
        return call.result();
    }

    /** Goes on where an operation of this kind may run. */
    private void dispatch(Call call, @Nullable Fault fault) {
        if (call.operation().mode() != Operation.Mode.OFFLOADED) {
            answer(call, fault);
            return;
        }
        try {
            environment.workers().execute(() -> answer(call, fault));
        } catch (RejectedExecutionException e) {
            call.result().complete(failed(FrameErrors.internalFailure()));
        }
    }

    private void answer(Call call, @Nullable Fault fault) {
        if (fault != null && fault.error().isPresent()) {
            call.result().complete(failed(fault.error().get()));
            return;
        }
        if (call.result().isCancelled()) {
            return;
        }
        try {
            ServiceApi api = call.service().api();
            Shape input = Documents.readInput(api, call.operation(), call.document());
            Object output = Calls.call(environment.ports(), api, call.operation(), input, context(call));
            if (output instanceof Shape shape) {
                call.result().complete(new Answered(Documents.write(shape)));
            } else {
                await((CompletionStage<?>) output, call);
            }
        } catch (Throwable e) {
            call.fail(e);
        }
    }

    private CallContext context(Call call) {
        String requestId = environment.ids().uuid();
        return new CallContext(
                requestId,
                call.caller(),
                call.caller().account(),
                call.region(),
                environment.clock().instant(),
                endpoint.get(),
                call.hops(),
                what -> {
                    log.warn("not emulated: {}: {} (request {})", call.name(), what, requestId);
                    if (conditions.strict()) {
                        throw NotImplemented.feature(what);
                    }
                });
    }

    private static void await(CompletionStage<?> stage, Call call) {
        stage.whenComplete((output, failure) -> {
            if (call.result().isCancelled()) {
                return;
            }
            try {
                if (failure != null) {
                    call.fail(failure);
                } else {
                    call.result().complete(new Answered(Documents.write((Shape) output)));
                }
            } catch (Throwable e) {
                call.fail(e);
            }
        });
        call.result().whenComplete((answer, failure) -> {
            if (call.result().isCancelled()) {
                stage.toCompletableFuture().cancel(false);
            }
        });
    }

    /** One call on its way. */
    private record Call(
            HostedService service,
            Operation operation,
            JsonNode document,
            Caller caller,
            Region region,
            int hops,
            CompletableFuture<Result> result) {

        /** Answers with AWS's error where the failure is one, else with a fault that the log explains. */
        void fail(Throwable failure) {
            result.complete(
                    switch (cause(failure)) {
                        case AwsException error -> failed(error);
                        case MalformedInputException malformed ->
                            new Failed("SerializationException", text(malformed.getMessage()), 400);
                        case Throwable other -> {
                            log.error("{} failed", name(), other);
                            yield failed(FrameErrors.internalFailure());
                        }
                    });
        }

        String name() {
            return service.name() + "." + operation.name();
        }
    }

    private static Throwable cause(Throwable failure) {
        return failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
    }

    private static Failed failed(AwsException error) {
        return new Failed(error.code(), error.queryCode(), text(error.getMessage()), error.httpStatus());
    }

    private static String text(@Nullable String message) {
        return message == null ? "" : message;
    }
}
