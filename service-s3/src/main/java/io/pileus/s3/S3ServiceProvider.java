package io.pileus.s3;

import io.pileus.core.service.EmulatedService;
import io.pileus.core.service.EmulatedServiceProvider;
import io.pileus.core.service.ServiceEnvironment;
import java.util.List;

/** Makes S3. */
public final class S3ServiceProvider implements EmulatedServiceProvider {
    @Override
    public List<String> names() {
        return List.of("s3");
    }

    @Override
    public EmulatedService create(ServiceEnvironment environment) {
        return new S3Service(environment);
    }
}
