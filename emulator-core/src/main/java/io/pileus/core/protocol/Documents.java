package io.pileus.core.protocol;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.util.TokenBuffer;
import io.pileus.core.service.Operation;
import io.pileus.core.service.ServiceApi;
import io.pileus.core.shape.MalformedInputException;
import io.pileus.core.shape.Shape;
import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * Inputs and outputs as JSON documents with the model's own member names, for calls inside the process. The first
 * letter's case does not count in what is read. Timestamps are read in any format and written in ISO 8601; blobs are base64.
 */
public final class Documents {
    private Documents() {}

    /** @throws MalformedInputException when the document has a value of the wrong type */
    public static Shape readInput(ServiceApi api, Operation operation, JsonNode document) {
        JsonShapeReader reader = new JsonShapeReader(document.traverse(Json.Tree.MAPPER), JsonDialect.PARAMETERS);
        reader.start();
        return api.readInput(operation, reader);
    }

    /**
     * The output of an operation from a document that a service keeps; members the output does not have are left out.
     *
     * @throws MalformedInputException when the document has a value of the wrong type
     */
    public static Shape readOutput(ServiceApi api, Operation operation, JsonNode document) {
        JsonShapeReader reader = new JsonShapeReader(document.traverse(Json.Tree.MAPPER), JsonDialect.DOCUMENT);
        reader.start();
        return api.readOutput(operation, reader);
    }

    public static JsonNode write(Shape shape) {
        try (TokenBuffer buffer = new TokenBuffer(Json.Tree.MAPPER, false)) {
            shape.write(new JsonShapeWriter(buffer, JsonDialect.DOCUMENT));
            return Json.Tree.MAPPER.readTree(buffer.asParser());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
