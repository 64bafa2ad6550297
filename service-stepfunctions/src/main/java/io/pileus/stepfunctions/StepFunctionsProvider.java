package io.pileus.stepfunctions;

import io.pileus.core.service.EmulatedService;
import io.pileus.core.service.EmulatedServiceProvider;
import io.pileus.core.service.ServiceEnvironment;
import java.util.List;

/** Makes Step Functions. */
public final class StepFunctionsProvider implements EmulatedServiceProvider {
    @Override
    public List<String> names() {
        return List.of("stepfunctions");
    }

    @Override
    public EmulatedService create(ServiceEnvironment environment) {
        return new StepFunctionsService(environment);
    }
}
