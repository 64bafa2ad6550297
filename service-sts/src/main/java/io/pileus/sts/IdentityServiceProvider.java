package io.pileus.sts;

import io.pileus.core.service.EmulatedService;
import io.pileus.core.service.EmulatedServiceProvider;
import io.pileus.core.service.ServiceEnvironment;
import java.util.List;

/** Makes STS and IAM. */
public final class IdentityServiceProvider implements EmulatedServiceProvider {

    @Override
    public List<String> names() {
        return List.of("sts", "iam");
    }

    @Override
    public EmulatedService create(ServiceEnvironment environment) {
        return new IdentityService(environment);
    }
}
