package io.pileus.firehose;

import io.pileus.core.service.EmulatedService;
import io.pileus.core.service.EmulatedServiceProvider;
import io.pileus.core.service.ServiceEnvironment;
import java.util.List;

/** Makes the Firehose service. */
public final class FirehoseServiceProvider implements EmulatedServiceProvider {
    @Override
    public List<String> names() {
        return List.of("firehose");
    }

    @Override
    public EmulatedService create(ServiceEnvironment environment) {
        return new FirehoseService(environment);
    }
}
