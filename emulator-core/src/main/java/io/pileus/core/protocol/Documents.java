package io.pileus.core.protocol;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.util.TokenBuffer;
import io.pileus.core.service.Operation;
import io.pileus.core.service.ServiceApi;
import io.pileus.core.shape.MalformedInputException;
import io.pileus.core.shape.Shape;
import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * Inputs and outputs as JSON documents with the model's member names, for calls inside the process: timestamps as ISO 8601
 * text (epoch seconds are understood too), blobs as base64.
 */
public final class Documents {
    private Documents() {}

    /** @throws MalformedInputException when the document does not fit the operation's input */
    public static Shape readInput(ServiceApi api, Operation operation, JsonNode document) {
        JsonShapeReader reader = new JsonShapeReader(document.traverse(Json.Tree.MAPPER), JsonDialect.DOCUMENT);
        reader.start();
        Shape input = api.readInput(operation, reader);
        reader.end();
        return input;
    }

    public static JsonNode write(Shape shape) {
        try (TokenBuffer buffer = new TokenBuffer(Json.Tree.MAPPER, false)) {
            JsonGenerator generator = buffer;
            shape.write(new JsonShapeWriter(generator, JsonDialect.DOCUMENT));
            return Json.Tree.MAPPER.readTree(buffer.asParser());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
