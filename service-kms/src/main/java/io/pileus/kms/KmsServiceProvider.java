package io.pileus.kms;

import io.pileus.core.service.EmulatedService;
import io.pileus.core.service.EmulatedServiceProvider;
import io.pileus.core.service.ServiceEnvironment;
import java.util.List;

/** Makes {@link KmsService}. */
public final class KmsServiceProvider implements EmulatedServiceProvider {

    @Override
    public List<String> names() {
        return List.of("kms");
    }

    @Override
    public EmulatedService create(ServiceEnvironment environment) {
        return new KmsService(environment);
    }
}
