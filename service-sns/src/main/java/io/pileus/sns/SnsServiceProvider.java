package io.pileus.sns;

import io.pileus.core.service.EmulatedService;
import io.pileus.core.service.EmulatedServiceProvider;
import io.pileus.core.service.ServiceEnvironment;
import java.util.List;

/** Makes SNS. */
public final class SnsServiceProvider implements EmulatedServiceProvider {
    @Override
    public List<String> names() {
        return List.of("sns");
    }

    @Override
    public EmulatedService create(ServiceEnvironment environment) {
        return new SnsService(environment);
    }
}
