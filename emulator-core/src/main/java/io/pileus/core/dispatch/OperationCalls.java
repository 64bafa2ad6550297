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
        CompletableFuture<Result> result = new CompletableFuture<>();
        if (known.mode() != Operation.Mode.OFFLOADED) {
            run(hosted, known, input, caller, region, hops, result);
            return result;
        }
        try {
            environment.workers().execute(() -> run(hosted, known, input, caller, region, hops, result));
        } catch (RejectedExecutionException e) {
            result.complete(failed(FrameErrors.internalFailure()));
        }
        return result;
    }

    private void run(
            HostedService service,
            Operation operation,
            JsonNode document,
            Caller caller,
            Region region,
            int hops,
            CompletableFuture<Result> result) {
        try {
            Fault fault = conditions
                    .faults()
                    .meet(
                            service.name(),
                            operation.name(),
                            caller.account().id(),
                            region.id(),
                            environment.clock().instant());
            if (fault == null) {
                serve(service, operation, document, caller, region, hops, result);
            } else if (fault.latency().isZero()) {
                serveBadly(fault, service, operation, document, caller, region, hops, result);
            } else {
                environment
                        .timers()
                        .at(
                                environment.clock().instant().plus(fault.latency()),
                                () -> serveBadly(fault, service, operation, document, caller, region, hops, result));
            }
        } catch (Throwable e) {
            result.complete(failure(service, operation, e));
        }
    }

    /** Refuses a call that a fault has hit, or serves it late. */
    private void serveBadly(
            Fault fault,
            HostedService service,
            Operation operation,
            JsonNode document,
            Caller caller,
            Region region,
            int hops,
            CompletableFuture<Result> result) {
        if (fault.error().isPresent()) {
            result.complete(failed(fault.error().get()));
        } else if (!result.isCancelled()) {
            serve(service, operation, document, caller, region, hops, result);
        }
    }

    private void serve(
            HostedService service,
            Operation operation,
            JsonNode document,
            Caller caller,
            Region region,
            int hops,
            CompletableFuture<Result> result) {
        try {
            ServiceApi api = service.api();
            Shape input = Documents.readInput(api, operation, document);
            CallContext call = context(service, operation, caller, region, hops);
            Object output = Calls.call(environment.ports(), api, operation, input, call);
            if (output instanceof Shape shape) {
                result.complete(new Answered(Documents.write(shape)));
            } else {
                await((CompletionStage<?>) output, service, operation, result);
            }
        } catch (Throwable e) {
            result.complete(failure(service, operation, e));
        }
    }

    private CallContext context(HostedService service, Operation operation, Caller caller, Region region, int hops) {
        String requestId = environment.ids().uuid();
        return new CallContext(
                requestId,
                caller,
                caller.account(),
                region,
                environment.clock().instant(),
                endpoint.get(),
                hops,
                what -> {
                    log.warn("not emulated: {} {}: {} (request {})", service, operation.name(), what, requestId);
                    if (conditions.strict()) {
                        throw NotImplemented.feature(what);
                    }
                });
    }

    private static void await(
            CompletionStage<?> stage, HostedService service, Operation operation, CompletableFuture<Result> result) {
        stage.whenComplete((output, failure) -> {
            if (result.isCancelled()) {
                return;
            }
            try {
                result.complete(
                        failure != null
                                ? failure(service, operation, failure)
                                : new Answered(Documents.write((Shape) output)));
            } catch (Throwable e) {
                result.complete(failure(service, operation, e));
            }
        });
        result.whenComplete((answer, failure) -> {
            if (result.isCancelled()) {
                stage.toCompletableFuture().cancel(false);
            }
        });
    }

    private static Failed failure(HostedService service, Operation operation, Throwable failure) {
        Throwable cause = cause(failure);
        if (cause instanceof AwsException error) {
            return failed(error);
        }
        if (cause instanceof MalformedInputException malformed) {
            return new Failed("SerializationException", text(malformed.getMessage()), 400);
        }
        log.error("{} {} failed", service, operation.name(), cause);
        return failed(FrameErrors.internalFailure());
    }

    private static Throwable cause(Throwable failure) {
        return failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
    }

    private static Failed failed(AwsException error) {
        return new Failed(error.code(), text(error.getMessage()), error.httpStatus());
    }

    private static String text(@Nullable String message) {
        return message == null ? "" : message;
    }
}
