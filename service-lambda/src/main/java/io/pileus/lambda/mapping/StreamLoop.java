package io.pileus.lambda.mapping;

import io.pileus.core.identity.AccountId;
import io.pileus.core.identity.Region;
import io.pileus.core.port.FunctionInvoker;
import io.pileus.core.service.NotImplemented;
import io.pileus.core.service.ServiceEnvironment;
import io.pileus.lambda.model.EventSourceMappingConfiguration;
import java.util.function.Supplier;

/** Not there yet: refuses to start. */
final class StreamLoop implements Mapping.Loop {
    StreamLoop(
            ServiceEnvironment env,
            FunctionInvoker invoker,
            AccountId account,
            Region region,
            Supplier<EventSourceMappingConfiguration> configuration) {}

    @Override
    public void start() {
        throw NotImplemented.feature("Polling this event source");
    }

    @Override
    public void stop() {}
}
