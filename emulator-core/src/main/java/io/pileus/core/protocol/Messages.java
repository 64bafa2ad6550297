package io.pileus.core.protocol;

import com.fasterxml.jackson.core.JsonGenerator;
import io.pileus.core.http.HttpRequest;
import io.pileus.core.service.AwsException;
import io.pileus.core.shape.MalformedInputException;
import io.pileus.core.shape.Schema;
import io.pileus.core.shape.Shape;
import java.io.IOException;

/** What all protocols do alike. */
final class Messages {
    /** The header that carries the request id. */
    static final String REQUEST_ID = "x-amzn-RequestId";

    /** The header that carries an error's Query code where a service once spoke Query. */
    static final String QUERY_ERROR = "x-amzn-query-error";

    private Messages() {}

    /** The whole body of a message that is no stream. */
    static byte[] body(HttpRequest request) {
        if (request.body().size() > Json.BODY_BYTES_MAX) {
            throw new MalformedInputException("The message is too large");
        }
        return request.body().bytes();
    }

    /** The message where the error's own members do not carry it; otherwise empty. */
    static String messageBeside(AwsException error, Shape shape) {
        Schema schema = shape.schema();
        boolean carried = schema.named("message") != null || schema.named("Message") != null;
        return carried || error.getMessage() == null ? "" : error.getMessage();
    }

    /** {@code Code;Sender} or {@code Code;Receiver}. */
    static String queryError(AwsException error) {
        return error.queryCode() + (error.senderFault() ? ";Sender" : ";Receiver");
    }

    /** An error as an object that says its type and message, and whatever else the model gives it. */
    static void writeError(JsonGenerator generator, JsonDialect dialect, String type, AwsException error)
            throws IOException {
        if (error instanceof Shape shape) {
            shape.write(new JsonShapeWriter(generator, dialect, type, messageBeside(error, shape)));
            return;
        }
        generator.writeStartObject();
        generator.writeStringField("__type", type);
        if (error.getMessage() != null) {
            generator.writeStringField(
                    error instanceof SerializationException ? "Message" : "message", error.getMessage());
        }
        generator.writeEndObject();
    }
}
