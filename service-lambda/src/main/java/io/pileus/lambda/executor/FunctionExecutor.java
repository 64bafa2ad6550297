package io.pileus.lambda.executor;

import java.util.concurrent.CompletionStage;

/** Runs invocations. Never blocks its caller for long; answers when the function has. */
public interface FunctionExecutor {

    CompletionStage<Outcome> run(Invocation invocation);
}
