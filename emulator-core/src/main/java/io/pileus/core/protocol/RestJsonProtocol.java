package io.pileus.core.protocol;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import io.pileus.core.http.Headers;
import io.pileus.core.http.HttpRequest;
import io.pileus.core.http.HttpResponse;
import io.pileus.core.service.AwsException;
import io.pileus.core.service.Operation;
import io.pileus.core.service.ServiceApi;
import io.pileus.core.service.WireProtocol;
import io.pileus.core.shape.MalformedInputException;
import io.pileus.core.shape.Member;
import io.pileus.core.shape.Schema;
import io.pileus.core.shape.Shape;
import io.pileus.core.shape.ShapeReader;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * restJson1: HTTP bindings with JSON bodies.
 *
 * @see <a href="https://smithy.io/2.0/aws/protocols/aws-restjson1-protocol.html">AWS restJson1</a>
 */
final class RestJsonProtocol extends RestProtocol {
    private static final String CONTENT_TYPE = "application/json";
    private static final String ERROR_TYPE = "x-amzn-ErrorType";

    @Override
    public WireProtocol wire() {
        return WireProtocol.REST_JSON_1;
    }

    @Override
    String contentType() {
        return CONTENT_TYPE;
    }

    @Override
    HttpBindingReader.BodyFormat bodyFormat() {
        return RestJsonProtocol::reader;
    }

    private static ShapeReader reader(byte[] body, @Nullable Schema root) {
        JsonShapeReader reader = new JsonShapeReader(Json.parser(Json.Text.FACTORY, body), JsonDialect.REST_JSON, root);
        reader.start();
        return reader;
    }

    private static byte[] write(Shape shape) {
        return Json.write(
                Json.Text.FACTORY, generator -> shape.write(new JsonShapeWriter(generator, JsonDialect.REST_JSON)));
    }

    private enum Payloads implements HttpBindingWriter.PayloadFormat {
        JSON;

        @Override
        public String contentType() {
            return CONTENT_TYPE;
        }

        @Override
        public byte[] shape(Member member, Shape shape) {
            return write(shape);
        }

        @Override
        public byte[] document(JsonNode document) {
            return Json.write(Json.Text.FACTORY, generator -> Json.Tree.MAPPER.writeTree(generator, document));
        }
    }

    @Override
    Body body(ServiceApi api, Shape shape, Headers headers, int status) {
        return body(shape, headers, status, "");
    }

    /** @param message what the body says as {@code message} besides the shape's members; empty for nothing */
    private static Body body(Shape shape, Headers headers, int status, String message) {
        Schema schema = shape.schema();
        boolean hasBody = !schema.isUnit() && schema.payload() == null && status != 204;
        HttpBindingWriter[] writer = new HttpBindingWriter[1];
        byte[] bytes = Json.write(Json.Text.FACTORY, generator -> {
            writer[0] = new HttpBindingWriter(
                    new JsonShapeWriter(generator, JsonDialect.REST_JSON, "", message),
                    hasBody,
                    headers,
                    status,
                    Payloads.JSON);
            shape.write(writer[0]);
        });
        return new Body(writer[0], bytes);
    }

    @Override
    public HttpResponse writeOutput(ServiceApi api, Operation operation, Shape output, String requestId) {
        Headers headers = Headers.of(Messages.REQUEST_ID, requestId);
        if (operation.outputEventStream() != null) {
            body(api, output, headers, operation.status());
            return EventStreams.eventsOnly(api, operation, output, RestJsonProtocol::write, CONTENT_TYPE, headers);
        }
        return response(api, output, headers, operation.status());
    }

    @Override
    public HttpResponse writeError(
            ServiceApi api, @Nullable Operation operation, AwsException error, String requestId, HttpRequest request) {
        Headers headers =
                Headers.of(Messages.REQUEST_ID, requestId, ERROR_TYPE, error.code(), "Content-Type", CONTENT_TYPE);
        if (error instanceof Shape shape) {
            Body body = body(shape, headers, error.httpStatus(), Messages.messageBeside(error, shape));
            return HttpResponse.of(error.httpStatus(), headers, body.bytes());
        }
        byte[] body = Json.write(Json.Text.FACTORY, generator -> writeMessage(generator, error));
        return HttpResponse.of(error.httpStatus(), headers, body);
    }

    private static void writeMessage(JsonGenerator generator, AwsException error) throws IOException {
        generator.writeStartObject();
        if (error.getMessage() != null) {
            generator.writeStringField("message", error.getMessage());
        }
        generator.writeEndObject();
    }

    @Override
    public AwsException malformed(MalformedInputException cause) {
        return SerializationException.of(cause);
    }
}
