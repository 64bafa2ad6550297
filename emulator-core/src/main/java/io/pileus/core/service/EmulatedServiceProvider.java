package io.pileus.core.service;

import java.util.List;

/** Makes the service, or services, of a module. Must be cheap to construct. */
public interface EmulatedServiceProvider {

    /** The names under which users enable and see the services of the module, such as {@code kinesis} and {@code firehose}. */
    List<String> names();

    EmulatedService create(ServiceEnvironment environment);
}
