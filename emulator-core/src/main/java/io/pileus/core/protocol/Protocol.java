package io.pileus.core.protocol;

import io.pileus.core.http.HttpRequest;
import io.pileus.core.http.HttpResponse;
import io.pileus.core.service.AwsException;
import io.pileus.core.service.Operation;
import io.pileus.core.service.ServiceApi;
import io.pileus.core.service.WireProtocol;
import io.pileus.core.shape.MalformedInputException;
import io.pileus.core.shape.Shape;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One wire protocol, for every service that speaks it. Stateless and safe for concurrent use. */
public interface Protocol {

    WireProtocol wire();

    /**
     * Reads an operation's input.
     *
     * @param labels the labels of the URI template, still percent-encoded; empty for the RPC protocols
     * @throws MalformedInputException when the request does not have the protocol's form
     */
    Shape readInput(ServiceApi api, Operation operation, HttpRequest request, Map<String, String> labels)
            throws MalformedInputException;

    /** Writes a success, the request id in the protocol's place included. */
    HttpResponse writeOutput(ServiceApi api, Operation operation, Shape output, String requestId);

    /**
     * Writes an error, the request id in the protocol's place included.
     *
     * @param operation the operation that failed; null when the request named none that exists
     * @param request what is answered, for protocols whose answer depends on it
     */
    HttpResponse writeError(
            ServiceApi api, @Nullable Operation operation, AwsException error, String requestId, HttpRequest request);

    /** The error that this protocol answers a request with that has not its form, such as a SerializationException. */
    AwsException malformed(MalformedInputException cause);
}
