package io.pileus.sqs;

import io.pileus.core.service.EmulatedService;
import io.pileus.core.service.EmulatedServiceProvider;
import io.pileus.core.service.ServiceEnvironment;
import java.util.List;

/** Makes SQS; named in META-INF/services. */
public final class SqsProvider implements EmulatedServiceProvider {
    @Override
    public List<String> names() {
        return List.of("sqs");
    }

    @Override
    public EmulatedService create(ServiceEnvironment environment) {
        return new SqsService(environment);
    }
}
