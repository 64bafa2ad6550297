package io.pileus.kinesis;

import io.pileus.core.service.EmulatedService;
import io.pileus.core.service.EmulatedServiceProvider;
import io.pileus.core.service.ServiceEnvironment;
import java.util.List;

/** Makes the Kinesis service. */
public final class KinesisServiceProvider implements EmulatedServiceProvider {
    @Override
    public List<String> names() {
        return List.of("kinesis");
    }

    @Override
    public EmulatedService create(ServiceEnvironment environment) {
        return new KinesisService(environment);
    }
}
