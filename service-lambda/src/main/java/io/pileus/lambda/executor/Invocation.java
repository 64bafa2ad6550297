package io.pileus.lambda.executor;

import io.pileus.core.identity.AccountId;
import io.pileus.core.identity.Region;
import io.pileus.core.shape.Blob;
import io.pileus.lambda.model.FunctionConfiguration;
import java.time.Duration;
import java.util.Optional;

/**
 * One run of a function.
 *
 * @param functionArn the function's ARN without qualifier
 * @param invokedArn the ARN it is invoked by, qualifier included
 * @param configuration the version that runs
 * @param zip its code; empty where there is none
 * @param clientContext the client context as JSON
 */
public record Invocation(
        String requestId,
        AccountId account,
        Region region,
        String name,
        String functionArn,
        String invokedArn,
        FunctionConfiguration configuration,
        Blob zip,
        Blob payload,
        Optional<String> clientContext) {

    public String version() {
        String version = configuration.version();
        return version == null ? "$LATEST" : version;
    }

    public Duration timeout() {
        Integer seconds = configuration.timeout();
        return Duration.ofSeconds(seconds == null ? 3 : seconds);
    }
}
