package io.pileus.lambda;

import io.pileus.core.identity.AccountId;
import io.pileus.core.identity.Region;
import io.pileus.lambda.mapping.MappedFunction;
import io.pileus.lambda.model.FunctionConfiguration;
import java.time.Duration;

/** Tells event source mappings of their functions. */
final class FunctionFinder implements MappedFunction.Finder {
    private static final int DEFAULT_TIMEOUT_SECONDS = 3;

    private final Invoker invoker;

    FunctionFinder(Invoker invoker) {
        this.invoker = invoker;
    }

    @Override
    public MappedFunction find(String name, AccountId account, Region region) {
        FunctionReference reference = FunctionReference.parse(name, null, account, region);
        FunctionConfiguration configuration =
                invoker.target(reference).version().configuration();
        Integer timeout = configuration.timeout();
        return new MappedFunction(
                reference.arn(),
                String.valueOf(configuration.version()),
                Duration.ofSeconds(timeout == null ? DEFAULT_TIMEOUT_SECONDS : timeout),
                String.valueOf(configuration.role()));
    }
}
