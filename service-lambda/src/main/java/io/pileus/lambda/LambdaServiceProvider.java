package io.pileus.lambda;

import io.pileus.core.service.EmulatedService;
import io.pileus.core.service.EmulatedServiceProvider;
import io.pileus.core.service.ServiceEnvironment;
import java.util.List;

/** Makes the Lambda service. */
public final class LambdaServiceProvider implements EmulatedServiceProvider {
    @Override
    public List<String> names() {
        return List.of("lambda");
    }

    @Override
    public EmulatedService create(ServiceEnvironment environment) {
        return new LambdaService(environment);
    }
}
