package io.pileus.lambda;

import io.pileus.core.identity.AccountId;
import io.pileus.core.identity.Arn;
import io.pileus.core.identity.Caller;
import io.pileus.core.identity.Ids;
import io.pileus.core.identity.Region;
import io.pileus.core.port.AccessGuard;
import io.pileus.core.port.FunctionInvoker;
import io.pileus.core.port.Ports;
import io.pileus.core.service.AwsException;
import io.pileus.core.service.CallContext;
import io.pileus.core.service.ServiceEnvironment;
import io.pileus.core.shape.Blob;
import io.pileus.core.time.EmulatorClock;
import io.pileus.lambda.executor.Invocation;
import io.pileus.lambda.executor.Outcome;
import io.pileus.lambda.executor.ResponseSink;
import io.pileus.lambda.model.AliasConfiguration;
import io.pileus.lambda.state.Code;
import io.pileus.lambda.state.Function;
import io.pileus.lambda.state.LambdaState;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;

/** Runs functions: finds the version, keeps to the reserved concurrency, hands the invocation to an executor. */
final class Invoker implements FunctionInvoker {
    private final Functions functions;
    private final Executors executors;
    private final Ids ids;
    private final EmulatorClock clock;
    private final FunctionLogs logs;
    private final Ports ports;

    Invoker(Functions functions, Executors executors, FunctionLogs logs, ServiceEnvironment env) {
        this.functions = functions;
        this.executors = executors;
        this.logs = logs;
        this.ids = env.ids();
        this.clock = env.clock();
        this.ports = env.ports();
    }

    /** A run and the version that ran. */
    record Answer(Outcome outcome, String executedVersion, String traceId) {}

    /**
     * What an invocation is given besides its event.
     *
     * @param clientContext the client context as JSON
     * @param traceId X-Ray's trace header, where the caller sent one
     * @param sink takes the response in pieces, where the function gives it so
     */
    record Extras(Optional<String> clientContext, Optional<String> traceId, Optional<ResponseSink> sink) {
        static final Extras NONE = new Extras(Optional.empty(), Optional.empty(), Optional.empty());
    }

    /** The function and the version to run, chosen by an alias's weights where it has them. */
    record Target(Function function, Function.Version version) {}

    Target target(FunctionReference reference) {
        return functions.state(reference).locked(() -> {
            Function function = functions.function(reference);
            AliasConfiguration alias =
                    function.aliases().get(reference.qualifier().orElse(""));
            if (alias != null && alias.routingConfig() != null) {
                double chance = ids.fraction();
                for (Map.Entry<String, Double> weight :
                        alias.routingConfig().additionalVersionWeights().entrySet()) {
                    chance -= weight.getValue();
                    Optional<Function.Version> other = function.version(weight.getKey());
                    if (chance < 0 && other.isPresent()) {
                        return new Target(function, other.get());
                    }
                }
            }
            return new Target(function, Functions.version(function, reference));
        });
    }

    /**
     * Runs the function.
     *
     * @throws AwsException when there is no such function
     */
    CompletionStage<Answer> run(FunctionReference reference, Blob payload, String requestId, Extras extras) {
        Target target = target(reference);
        Function function = target.function();
        String version = String.valueOf(target.version().configuration().version());
        String traceId = extras.traceId().orElseGet(this::traceId);
        LambdaState state = functions.state(reference);
        Optional<Integer> reserved = state.locked(function::reservedConcurrency);
        AtomicInteger running = reserved.isPresent() ? function.running() : state.runningUnreserved();
        int most = reserved.orElseGet(() -> state.locked(() -> unreserved(state)));
        if (running.incrementAndGet() > most) {
            running.decrementAndGet();
            return CompletableFuture.completedStage(new Answer(
                    new Outcome.Refused(LambdaErrors.throttled(
                            reserved.isPresent()
                                    ? "ReservedFunctionConcurrentInvocationLimitExceeded"
                                    : "ConcurrentInvocationLimitExceeded")),
                    version,
                    traceId));
        }
        Invocation invocation = new Invocation(
                requestId,
                reference.account(),
                reference.region(),
                function.name(),
                function.arn(),
                reference.arn(),
                target.version().configuration(),
                target.version().code().zip(),
                target.version().layers().stream().map(Code::zip).toList(),
                payload,
                extras.clientContext(),
                traceId,
                extras.sink());
        CompletionStage<Outcome> outcome;
        try {
            outcome = executors.of(function.name(), function.arn()).run(invocation);
        } catch (RuntimeException e) {
            running.decrementAndGet();
            throw e;
        }
        return outcome.whenComplete((done, failure) -> running.decrementAndGet())
                .thenApply(done -> {
                    logs.add(function.arn(), Outcome.log(done));
                    return new Answer(done, version, traceId);
                });
    }

    private static int unreserved(LambdaState state) {
        return LambdaState.CONCURRENT_EXECUTIONS
                - state.functions().values().stream()
                        .mapToInt(function -> function.reservedConcurrency().orElse(0))
                        .sum();
    }

    /** A trace that nobody samples. @see <a href="https://docs.aws.amazon.com/xray/latest/devguide/xray-concepts.html#xray-concepts-tracingheader">Tracing header</a> */
    private String traceId() {
        return "Root=1-" + String.format(Locale.ROOT, "%08x", clock.instant().getEpochSecond()) + "-" + ids.hex(24)
                + ";Parent=" + ids.hex(16) + ";Sampled=0";
    }

    @Override
    public CompletionStage<Result> invoke(Arn function, Blob payload, Caller caller, int hops) {
        try {
            FunctionReference reference = reference(function);
            requirePermission(function, caller, hops);
            return run(reference, payload, ids.uuid(), Extras.NONE).thenApply(Invoker::result);
        } catch (AwsException e) {
            return CompletableFuture.completedStage(refused(e));
        }
    }

    /** Who invokes with a role must be let by policies, where they are enforced. */
    private void requirePermission(Arn function, Caller caller, int hops) {
        CallContext call = new CallContext(
                ids.uuid(),
                caller,
                caller.account(),
                new Region(function.region()),
                clock.instant(),
                "",
                hops,
                what -> {});
        ports.find(AccessGuard.class)
                .flatMap(guard -> guard.refusal("lambda:InvokeFunction", function, Map.of(), call))
                .ifPresent(message -> {
                    throw LambdaErrors.accessDenied(message);
                });
    }

    static FunctionReference reference(Arn arn) {
        if (!arn.service().equals("lambda") || !AccountId.isValid(arn.account())) {
            throw LambdaErrors.functionNotFound(arn.toString());
        }
        return FunctionReference.parse(arn.toString(), null, new AccountId(arn.account()), new Region(arn.region()));
    }

    static Result result(Answer answer) {
        return switch (answer.outcome()) {
            case Outcome.Returned returned -> new Returned(returned.payload(), answer.executedVersion());
            case Outcome.Failed failed ->
                new Failed(
                        "Unhandled",
                        failed.payload(),
                        failed.log().isEmpty() ? Optional.empty() : Optional.of(tail(failed.log())));
            case Outcome.Refused refused -> refused(refused.error());
        };
    }

    private static Refused refused(AwsException e) {
        return new Refused(e.code(), String.valueOf(e.getMessage()), e.httpStatus());
    }

    /** The last 4 KB of a log. */
    static String tail(String log) {
        byte[] bytes = log.getBytes(StandardCharsets.UTF_8);
        return bytes.length <= 4096
                ? log
                : new String(Arrays.copyOfRange(bytes, bytes.length - 4096, bytes.length), StandardCharsets.UTF_8);
    }
}
