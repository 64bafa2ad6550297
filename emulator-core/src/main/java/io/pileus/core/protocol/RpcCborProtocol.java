package io.pileus.core.protocol;

import io.pileus.core.http.Headers;
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

/**
 * rpcv2Cbor: the operation stands in the path, input and output are CBOR maps.
 *
 * @see <a href="https://smithy.io/2.0/additional-specs/protocols/smithy-rpc-v2.html">Smithy RPC v2 CBOR</a>
 */
final class RpcCborProtocol implements Protocol {
    private static final String CONTENT_TYPE = "application/cbor";

    /** A map without entries. */
    private static final byte[] EMPTY_MAP = {(byte) 0xa0};

    @Override
    public WireProtocol wire() {
        return WireProtocol.RPC_V2_CBOR;
    }

    @Override
    public Shape readInput(ServiceApi api, Operation operation, HttpRequest request, Map<String, String> labels) {
        byte[] body = Messages.body(request);
        JsonShapeReader reader = new JsonShapeReader(
                Json.parser(Json.Cbor.FACTORY, body.length == 0 ? EMPTY_MAP : body), JsonDialect.RPC_CBOR);
        reader.start();
        return api.readInput(operation, reader);
    }

    private static byte[] write(Shape shape) {
        return Json.write(
                Json.Cbor.FACTORY, generator -> shape.write(new JsonShapeWriter(generator, JsonDialect.RPC_CBOR)));
    }

    private static Headers headers(String requestId) {
        return Headers.of(
                Messages.REQUEST_ID, requestId, "smithy-protocol", "rpc-v2-cbor", "Content-Type", CONTENT_TYPE);
    }

    @Override
    public HttpResponse writeOutput(ServiceApi api, Operation operation, Shape output, String requestId) {
        Headers headers = headers(requestId);
        if (operation.outputEventStream() != null) {
            return EventStreams.response(api, operation, output, RpcCborProtocol::write, CONTENT_TYPE, headers);
        }
        if (output.schema().isUnit()) {
            headers.remove("Content-Type");
            return HttpResponse.of(200, headers, new byte[0]);
        }
        return HttpResponse.of(200, headers, write(output));
    }

    @Override
    public HttpResponse writeError(
            ServiceApi api, @Nullable Operation operation, AwsException error, String requestId, HttpRequest request) {
        Headers headers = headers(requestId);
        if (api.model().queryCompatible()) {
            headers.add(Messages.QUERY_ERROR, Messages.queryError(error));
        }
        String namespace = error instanceof Shape shape
                ? shape.schema().namespace()
                : api.model().namespace();
        String type = namespace + "#" + error.code();
        byte[] body = Json.write(
                Json.Cbor.FACTORY, generator -> Messages.writeError(generator, JsonDialect.RPC_CBOR, type, error));
        return HttpResponse.of(error.httpStatus(), headers, body);
    }

    @Override
    public AwsException malformed(MalformedInputException cause) {
        return SerializationException.of(cause);
    }
}
