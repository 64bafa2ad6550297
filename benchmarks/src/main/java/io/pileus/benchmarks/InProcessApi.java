package io.pileus.benchmarks;

import io.pileus.core.identity.AccountId;
import io.pileus.core.identity.Caller;
import io.pileus.core.identity.Region;
import io.pileus.core.identity.SecureIds;
import io.pileus.core.port.Ports;
import io.pileus.core.service.CallContext;
import io.pileus.core.service.EmulatedServiceProvider;
import io.pileus.core.service.Operation;
import io.pileus.core.service.ServiceApi;
import io.pileus.core.service.ServiceEnvironment;
import io.pileus.core.service.Settings;
import io.pileus.core.shape.Shape;
import io.pileus.core.time.Activity;
import io.pileus.core.time.EmulatedTime;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletionStage;

/** A service without HTTP and protocols around it, under the real clock. */
final class InProcessApi implements AutoCloseable {
    private final EmulatedTime time = EmulatedTime.real(new Activity());
    private final ServiceEnvironment environment =
            new ServiceEnvironment(time, time, new SecureIds(), Runnable::run, new Ports(), new Settings(Map.of()));
    private final ServiceApi api;

    InProcessApi(EmulatedServiceProvider module) {
        api = module.create(environment).apis().getFirst();
    }

    Operation operation(String name) {
        return Objects.requireNonNull(api.operation(name));
    }

    /** Calls an operation; one that waits must be done at once. */
    Object call(Operation operation, Shape input) {
        CallContext call = new CallContext(
                "benchmark",
                Caller.root(AccountId.DEFAULT, "test"),
                AccountId.DEFAULT,
                Region.US_EAST_1,
                time.instant(),
                "http://localhost:4566",
                0,
                what -> {});
        Object output = api.call(operation, input, call);
        return output instanceof CompletionStage<?> stage
                ? stage.toCompletableFuture().join()
                : output;
    }

    @Override
    public void close() {
        time.close();
    }
}
