package io.pileus.firehose.jq;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;

/** An error of the language, which {@code try} and {@code ?} catch. */
public final class JqException extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final transient JsonNode value;

    JqException(JsonNode value) {
        super(value.isTextual() ? value.textValue() : "an error that is not a string", null, false, false);
        this.value = value;
    }

    JqException(String message) {
        this(TextNode.valueOf(message));
    }

    /** What {@code catch} is given. */
    JsonNode value() {
        return value;
    }
}
