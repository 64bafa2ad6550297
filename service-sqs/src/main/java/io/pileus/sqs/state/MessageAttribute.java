package io.pileus.sqs.state;

import io.pileus.core.shape.Blob;

/**
 * A message attribute.
 *
 * @param dataType {@code String}, {@code Number} or {@code Binary}, with a custom label after a dot or without
 * @param value the value; UTF-8 text unless the type is Binary
 */
public record MessageAttribute(String dataType, Blob value) {

    public static MessageAttribute string(String value) {
        return new MessageAttribute("String", Blob.ofUtf8(value));
    }

    public boolean isBinary() {
        return dataType.startsWith("Binary");
    }
}
