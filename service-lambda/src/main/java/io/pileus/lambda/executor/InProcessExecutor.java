package io.pileus.lambda.executor;

import io.pileus.core.shape.Blob;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Function;

/** Runs a Java function that a test or an embedder has registered. */
public final class InProcessExecutor implements FunctionExecutor {
    private final Function<Blob, Blob> function;
    private final Executor workers;

    public InProcessExecutor(Function<Blob, Blob> function, Executor workers) {
        this.function = function;
        this.workers = workers;
    }

    @Override
    public CompletionStage<Outcome> run(Invocation invocation) {
        return CompletableFuture.supplyAsync(
                () -> {
                    try {
                        return new Outcome.Returned(function.apply(invocation.payload()), "");
                    } catch (RuntimeException | AssertionError | StackOverflowError e) {
                        return Outcome.failed(e);
                    }
                },
                workers);
    }
}
