package io.pileus.core.dispatch;

import io.pileus.core.service.AwsException;
import io.pileus.core.service.CallContext;
import io.pileus.core.service.Operation;
import io.pileus.core.service.ServiceModel;
import io.pileus.core.shape.Shape;

/**
 * Decides whether a caller may do what it asks for. The service that knows of policies provides one through
 * {@link io.pileus.core.port.Ports}; without one everything is allowed.
 */
@FunctionalInterface
public interface Authorizer {

    /** @throws AwsException when the caller may not, with AWS's code and words */
    void authorize(ServiceModel service, Operation operation, Shape input, CallContext call);
}
