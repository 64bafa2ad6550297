package io.pileus.core.protocol;

import com.fasterxml.jackson.core.JacksonException;
import io.pileus.core.service.AwsException;
import io.pileus.core.shape.MalformedInputException;
import org.jspecify.annotations.Nullable;

/**
 * What AWS answers a message with that it cannot read. It says why where a value has the wrong type, and nothing where
 * the message is no JSON or CBOR at all (seen from Kinesis: {@code {"__type":"SerializationException"}}).
 */
final class SerializationException extends AwsException {
    private static final String CODE = "SerializationException";

    private SerializationException(@Nullable String message) {
        super(CODE, 400, true, message, null, 400);
    }

    static SerializationException of(MalformedInputException cause) {
        return new SerializationException(cause.getCause() instanceof JacksonException ? null : cause.getMessage());
    }
}
