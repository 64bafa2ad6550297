package io.pileus.lambda.executor;

import io.pileus.core.identity.AccountId;
import io.pileus.core.identity.Region;
import io.pileus.core.shape.Blob;
import io.pileus.lambda.model.FunctionConfiguration;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * One run of a function.
 *
 * @param functionArn the function's ARN without qualifier
 * @param invokedArn the ARN it is invoked by, qualifier included
 * @param configuration the version that runs
 * @param zip its code; empty where there is none
 * @param layers the archives of its layers, the first one lowest
 * @param clientContext the client context as JSON
 * @param traceId X-Ray's trace header
 * @param sink takes the response where the caller wants it in pieces
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
        List<Blob> layers,
        Blob payload,
        Optional<String> clientContext,
        String traceId,
        Optional<ResponseSink> sink) {

    public String version() {
        String version = configuration.version();
        return version == null ? "$LATEST" : version;
    }

    public Duration timeout() {
        Integer seconds = configuration.timeout();
        return Duration.ofSeconds(seconds == null ? 3 : seconds);
    }

    /** In MB. */
    int memorySize() {
        Integer size = configuration.memorySize();
        return size == null ? 128 : size;
    }

    String runtime() {
        return String.valueOf(configuration.runtime());
    }
}
