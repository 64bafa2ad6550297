package io.pileus.sqs;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/** Chains of stages that can be given up from the end. */
final class Stages {
    private Stages() {}

    /**
     * The stage's value, made into another. Cancelling the result cancels the stage, too, so that a consumer that has gone
     * away is given no message.
     */
    static <A, B> CompletionStage<B> mapped(CompletionStage<A> stage, Function<A, B> function) {
        CompletableFuture<A> source = stage.toCompletableFuture();
        CompletableFuture<B> result = source.thenApply(function);
        if (!result.isDone()) {
            result.whenComplete((value, failure) -> {
                if (result.isCancelled()) {
                    source.cancel(false);
                }
            });
        }
        return result;
    }
}
