package io.pileus.server;

import io.pileus.core.service.EmulatedService;
import io.pileus.core.service.EmulatedServiceProvider;
import io.pileus.core.service.ServiceEnvironment;
import io.pileus.core.testkit.NoteApi;
import java.util.List;

/** A service that is there in the tests of the server only. */
public final class ParrotProvider implements EmulatedServiceProvider {

    @Override
    public List<String> names() {
        return List.of("parrot");
    }

    @Override
    public EmulatedService create(ServiceEnvironment environment) {
        NoteApi parrot = NoteApi.parrot();
        environment.ports().provide(NoteApi.class, parrot);
        return parrot;
    }
}
