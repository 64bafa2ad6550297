package io.pileus.s3;

import io.pileus.core.service.EmulatedService;
import io.pileus.core.service.ServiceApi;
import io.pileus.core.state.StateSink;
import java.util.List;

/** Saves a service, and does something between its telling and the storing of what it told. */
record Interrupted(EmulatedService service, Runnable meanwhile) implements EmulatedService {
    @Override
    public List<ServiceApi> apis() {
        return service.apis();
    }

    @Override
    public void reset(io.pileus.core.service.ResetScope scope) {
        service.reset(scope);
    }

    @Override
    public void save(StateSink sink) {
        service.save(sink);
        meanwhile.run();
    }

    @Override
    public void saved() {
        service.saved();
    }
}
