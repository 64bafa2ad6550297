package io.pileus.lambda.mapping;

import io.pileus.core.identity.Arn;
import io.pileus.core.identity.Caller;
import io.pileus.core.port.FunctionInvoker;
import io.pileus.core.service.AwsException;
import io.pileus.core.service.ServiceEnvironment;
import io.pileus.core.shape.Blob;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the loops need of the world around them. */
record Surroundings(ServiceEnvironment env, FunctionInvoker invoker, MappedFunction.Finder functions) {
    private static final Logger log = LoggerFactory.getLogger(Surroundings.class);
    private static final String SERVICE = "lambda.amazonaws.com";

    /** The most that an invocation's event may hold: 6 MB. */
    static final int PAYLOAD_BYTES_MAX = 6 * 1024 * 1024;

    /** What surrounds the records of an event. */
    static final int ENVELOPE_BYTES = 1024;

    Instant now() {
        return env.clock().instant();
    }

    MappedFunction function(Mapping mapping) {
        return functions.find(mapping.functionArn(), mapping.account(), mapping.region());
    }

    boolean hasFunction(Mapping mapping) {
        try {
            function(mapping);
            return true;
        } catch (AwsException e) {
            return false;
        }
    }

    Caller caller(Mapping mapping) {
        return Caller.service(mapping.account(), SERVICE);
    }

    /** Invokes the mapping's function; the result comes on some thread, perhaps on this one. */
    void invoke(Mapping mapping, Blob event, Consumer<FunctionInvoker.Result> then) {
        Arn function = Arn.parse(mapping.functionArn()).orElseThrow();
        CompletionStage<FunctionInvoker.Result> running;
        try {
            running = invoker.invoke(function, event, caller(mapping), 1);
        } catch (RuntimeException e) {
            running = CompletableFuture.failedStage(e);
        }
        running.whenComplete((result, failure) -> then.accept(failure == null ? result : broken(failure)));
    }

    /** What came instead of a result: a bug here, which the mapping treats as a fault of the service. */
    private static FunctionInvoker.Result broken(Throwable failure) {
        log.error("a function could not be invoked", failure);
        return new FunctionInvoker.Refused("ServiceException", "An internal error occurred.", 500);
    }

    /**
     * How long to wait before what failed is tried again: 1 second, 2, 4 and so on, at most a minute. AWS does not publish its
     * own times.
     *
     * @param failures how often it has failed, at least 1
     */
    static Duration backoff(int failures) {
        return Duration.ofSeconds(failures > 6 ? 60 : 1L << (failures - 1));
    }
}
