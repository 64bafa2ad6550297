package io.pileus.core.dispatch;

import io.pileus.core.http.HttpRequest;
import io.pileus.core.identity.Region;
import io.pileus.core.service.AwsException;
import io.pileus.core.service.Operation;
import io.pileus.core.service.WireProtocol;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Where a request goes. */
sealed interface Route {

    /**
     * To an operation.
     *
     * @param labels the labels of a REST path, still percent-encoded
     * @param request the request as the protocol shall read it: hints of path and host are moved to where it looks for them
     * @param region the region that path or host name; null when they name none
     */
    record ToOperation(
            HostedService service,
            Operation operation,
            WireProtocol protocol,
            Map<String, String> labels,
            HttpRequest request,
            @Nullable Region region)
            implements Route {}

    /**
     * Nowhere, for a reason that the client shall read.
     *
     * @param service the service, when that much is known
     * @param protocol the protocol the client seems to speak
     */
    record Refused(
            AwsException error,
            @Nullable HostedService service,
            WireProtocol protocol,
            String serviceName,
            String operationName)
            implements Route {}

    /** Nothing about the request names a service. */
    record Unknown() implements Route {}
}
