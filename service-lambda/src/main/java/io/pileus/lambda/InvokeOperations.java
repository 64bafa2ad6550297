package io.pileus.lambda;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.pileus.core.service.CallContext;
import io.pileus.core.service.NotImplemented;
import io.pileus.core.shape.Blob;
import io.pileus.core.shape.JsonTrees;
import io.pileus.lambda.executor.Outcome;
import io.pileus.lambda.model.*;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Invocation over the API: synchronous, asynchronous, as a dry run. */
final class InvokeOperations {
    /** The largest event of a synchronous invocation. */
    private static final int SYNC_BYTES_MAX = 6 * 1024 * 1024;

    /** The largest event of an asynchronous invocation: 1 MB since October 2025. */
    private static final int ASYNC_BYTES_MAX = 1024 * 1024;

    private final Invoker invoker;
    private final AsyncInvocations async;

    InvokeOperations(Invoker invoker, AsyncInvocations async) {
        this.invoker = invoker;
        this.async = async;
    }

    CompletionStage<InvocationResponse> invoke(InvocationRequest input, CallContext call) {
        if (input.durableExecutionName() != null || input.tenantId() != null) {
            throw NotImplemented.feature("Durable executions and tenants");
        }
        FunctionReference reference = Functions.reference(input.functionName(), input.qualifier(), call);
        Blob payload = payload(input.payload());
        String type = input.invocationType() == null ? "RequestResponse" : input.invocationType();
        Invoker.Extras extras = new Invoker.Extras(
                Optional.ofNullable(input.clientContext()).map(InvokeOperations::clientContext),
                Optional.ofNullable(input.traceId()).filter(InvokeOperations::isTrace),
                Optional.empty());
        switch (type) {
            case "DryRun" -> {
                Invoker.Target target = invoker.target(reference);
                return CompletableFuture.completedStage(InvocationResponse.builder()
                        .statusCode(204)
                        .executedVersion(target.version().configuration().version())
                        .build());
            }
            case "Event" -> {
                checkSize(payload, type, ASYNC_BYTES_MAX);
                async.submit(reference, payload, call.requestId(), extras, call.hops());
                return CompletableFuture.completedStage(
                        InvocationResponse.builder().statusCode(202).build());
            }
            default -> {
                checkSize(payload, type, SYNC_BYTES_MAX);
                boolean tail = "Tail".equals(input.logType());
                return invoker.run(reference, payload, call.requestId(), extras)
                        .thenApply(answer -> answer(answer, tail));
            }
        }
    }

    private static InvocationResponse answer(Invoker.Answer answer, boolean tail) {
        InvocationResponse.Builder response = InvocationResponse.builder()
                .statusCode(200)
                .executedVersion(answer.executedVersion())
                .traceId(answer.traceId());
        String log = switch (answer.outcome()) {
            case Outcome.Returned returned -> {
                response.payload(returned.payload());
                yield returned.log();
            }
            case Outcome.Failed failed -> {
                response.functionError("Unhandled").payload(failed.payload());
                yield failed.log();
            }
            case Outcome.Refused refused -> throw refused.error();
        };
        if (tail) {
            response.logResult(logResult(log));
        }
        return response.build();
    }

    CompletionStage<InvokeWithResponseStreamResponse> invokeWithResponseStream(
            InvokeWithResponseStreamRequest input, CallContext call) {
        if (input.tenantId() != null) {
            throw NotImplemented.feature("Tenants");
        }
        FunctionReference reference = Functions.reference(input.functionName(), input.qualifier(), call);
        Blob payload = payload(input.payload());
        checkSize(payload, "RequestResponse", SYNC_BYTES_MAX);
        Optional<String> context = Optional.ofNullable(input.clientContext()).map(InvokeOperations::clientContext);
        String version = String.valueOf(
                invoker.target(reference).version().configuration().version());
        StreamedAnswer answer = new StreamedAnswer(version, "Tail".equals(input.logType()));
        if ("DryRun".equals(input.invocationType())) {
            answer.begin("application/json");
            answer.endWithoutEvents();
            return answer.stage();
        }
        invoker.run(
                        reference,
                        payload,
                        call.requestId(),
                        new Invoker.Extras(context, Optional.empty(), Optional.of(answer)))
                .whenComplete((done, failure) -> {
                    if (failure != null) {
                        answer.fail(failure);
                    } else {
                        answer.end(done.outcome());
                    }
                });
        return answer.stage();
    }

    CompletionStage<InvokeAsyncResponse> invokeAsync(InvokeAsyncRequest input, CallContext call) {
        FunctionReference reference = Functions.reference(input.functionName(), null, call);
        Blob payload = payload(
                input.invokeArgs() == null ? null : Blob.of(input.invokeArgs().bytes()));
        checkSize(payload, "Event", ASYNC_BYTES_MAX);
        async.submit(reference, payload, call.requestId(), Invoker.Extras.NONE, call.hops());
        return CompletableFuture.completedStage(
                InvokeAsyncResponse.builder().status(202).build());
    }

    /** The end of a log, as answers carry it. */
    static String logResult(String log) {
        return Base64.getEncoder().encodeToString(Invoker.tail(log).getBytes(StandardCharsets.UTF_8));
    }

    private static Blob payload(@org.jspecify.annotations.Nullable Blob given) {
        if (given == null || given.size() == 0) {
            return Blob.ofUtf8("{}");
        }
        try {
            JsonTrees.mapper().readTree(given.bytes());
            return given;
        } catch (JsonProcessingException e) {
            throw LambdaErrors.notJson(e.getOriginalMessage());
        } catch (IOException e) {
            throw LambdaErrors.notJson(e.getMessage());
        }
    }

    private static void checkSize(Blob payload, String type, int limit) {
        if (payload.size() > limit) {
            throw LambdaErrors.tooLarge(payload.size(), type, limit);
        }
    }

    private static boolean isTrace(String header) {
        return header.matches("Root=1-[0-9a-f]{8}-[0-9a-f]{24}(;[A-Za-z]+=[A-Za-z0-9:.-]{1,64}){0,8}");
    }

    private static String clientContext(String base64) {
        try {
            String text = new String(Base64.getDecoder().decode(base64), StandardCharsets.UTF_8);
            JsonTrees.mapper().readTree(text);
            return text.replaceAll("[\\r\\n]", " ");
        } catch (IllegalArgumentException | IOException e) {
            throw InvalidRequestContentException.builder()
                    .message("Client context must be a valid Base64-encoded JSON object.")
                    .type("User")
                    .build();
        }
    }
}
