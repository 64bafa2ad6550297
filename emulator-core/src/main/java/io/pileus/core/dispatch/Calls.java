package io.pileus.core.dispatch;

import io.pileus.core.port.Ports;
import io.pileus.core.protocol.Validation;
import io.pileus.core.service.AwsException;
import io.pileus.core.service.CallContext;
import io.pileus.core.service.NotImplemented;
import io.pileus.core.service.Operation;
import io.pileus.core.service.ServiceApi;
import io.pileus.core.shape.Shape;

/** The part of the way that calls over HTTP and calls inside the process share: validate, authorize, call. */
final class Calls {
    private Calls() {}

    /** The operation's output, or a stage of it. */
    static Object call(Ports ports, ServiceApi api, Operation operation, Shape input, CallContext call) {
        try {
            Validation.check(api, operation, input);
        } catch (AwsException invalid) {
            // Where the operation is not there, no input could mend that.
            throw api.implemented(operation)
                    ? invalid
                    : NotImplemented.operation(api.model().sdkId(), operation.name());
        }
        ports.find(Authorizer.class).ifPresent(a -> a.authorize(api.model(), operation, input, call));
        return api.call(operation, input, call);
    }
}
