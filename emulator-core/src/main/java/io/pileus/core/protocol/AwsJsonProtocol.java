package io.pileus.core.protocol;

import com.fasterxml.jackson.core.JsonFactory;
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
 * awsJson1_0, awsJson1_1 and the older JSON-as-CBOR: the operation stands in X-Amz-Target, the input is one object.
 *
 * @see <a href="https://smithy.io/2.0/aws/protocols/aws-json-1_0-protocol.html">AWS JSON 1.0</a>
 */
final class AwsJsonProtocol implements Protocol {
    private static final byte[] EMPTY_OBJECT = {'{', '}'};

    private final WireProtocol wire;
    private final JsonFactory factory;
    private final JsonDialect dialect;
    private final String contentType;

    private AwsJsonProtocol(WireProtocol wire, JsonFactory factory, JsonDialect dialect, String contentType) {
        this.wire = wire;
        this.factory = factory;
        this.dialect = dialect;
        this.contentType = contentType;
    }

    static AwsJsonProtocol json10() {
        return new AwsJsonProtocol(
                WireProtocol.AWS_JSON_1_0, Json.Text.FACTORY, JsonDialect.AWS_JSON, "application/x-amz-json-1.0");
    }

    static AwsJsonProtocol json11() {
        return new AwsJsonProtocol(
                WireProtocol.AWS_JSON_1_1, Json.Text.FACTORY, JsonDialect.AWS_JSON, "application/x-amz-json-1.1");
    }

    static AwsJsonProtocol cbor11() {
        return new AwsJsonProtocol(
                WireProtocol.AWS_CBOR_1_1, Json.Cbor.FACTORY, JsonDialect.AWS_CBOR, "application/x-amz-cbor-1.1");
    }

    @Override
    public WireProtocol wire() {
        return wire;
    }

    /** A request without a body is read as one with an empty object, as some small clients send it. */
    @Override
    public Shape readInput(ServiceApi api, Operation operation, HttpRequest request, Map<String, String> labels) {
        byte[] body = Messages.body(request);
        JsonShapeReader reader;
        if (body.length == 0) {
            reader = new JsonShapeReader(Json.parser(Json.Text.FACTORY, EMPTY_OBJECT), dialect);
        } else {
            reader = new JsonShapeReader(Json.parser(factory, body), dialect);
        }
        reader.start();
        return api.readInput(operation, reader);
    }

    @Override
    public HttpResponse writeOutput(ServiceApi api, Operation operation, Shape output, String requestId) {
        Headers headers = headers(requestId);
        if (operation.outputEventStream() != null) {
            return EventStreams.response(api, operation, output, this::writeShape, contentType, headers);
        }
        return HttpResponse.of(200, headers, writeShape(output));
    }

    private byte[] writeShape(Shape shape) {
        return Json.write(factory, generator -> shape.write(new JsonShapeWriter(generator, dialect)));
    }

    @Override
    public HttpResponse writeError(
            ServiceApi api, @Nullable Operation operation, AwsException error, String requestId, HttpRequest request) {
        Headers headers = headers(requestId);
        if (api.model().queryCompatible()) {
            headers.add(Messages.QUERY_ERROR, Messages.queryError(error));
        }
        byte[] body = Json.write(factory, generator -> Messages.writeError(generator, dialect, type(error), error));
        return HttpResponse.of(error.httpStatus(), headers, body);
    }

    /**
     * How the error calls itself: with its namespace in JSON 1.0 ({@code com.amazonaws.sqs#QueueDoesNotExist}, as the SQS
     * reference shows it), by its short name in JSON 1.1 (as KMS and Cognito answer). Errors that the model does not have
     * come from the framework that AWS's services are built on, and bear its namespaces.
     */
    private String type(AwsException error) {
        if (wire != WireProtocol.AWS_JSON_1_0) {
            return error.code();
        }
        if (error instanceof Shape shape) {
            return shape.schema().namespace() + "#" + error.code();
        }
        return (error.code().equals("ValidationException") ? "com.amazon.coral.validate#" : "com.amazon.coral.service#")
                + error.code();
    }

    @Override
    public AwsException malformed(MalformedInputException cause) {
        return SerializationException.of(cause);
    }

    private Headers headers(String requestId) {
        return Headers.of(Messages.REQUEST_ID, requestId, "Content-Type", contentType);
    }
}
