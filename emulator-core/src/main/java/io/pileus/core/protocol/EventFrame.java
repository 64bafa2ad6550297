package io.pileus.core.protocol;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;

/**
 * One message of {@code application/vnd.amazon.eventstream}: total length, length of the headers, checksum of these two,
 * headers, payload, checksum of it all; numbers are big-endian.
 *
 * @see <a href="https://smithy.io/2.0/aws/amazon-eventstream.html">Amazon Event Stream</a>
 */
final class EventFrame {
    private static final int PRELUDE = 12;
    private static final int TYPE_STRING = 7;

    private EventFrame() {}

    static ByteBuffer event(String name, String contentType, byte[] payload) {
        return frame(payload, ":message-type", "event", ":event-type", name, ":content-type", contentType);
    }

    /** A modelled error, which ends the stream. */
    static ByteBuffer exception(String name, String contentType, byte[] payload) {
        return frame(payload, ":message-type", "exception", ":exception-type", name, ":content-type", contentType);
    }

    /** An error that the model does not have, which ends the stream. */
    static ByteBuffer error(String code, String message) {
        return frame(new byte[0], ":message-type", "error", ":error-code", code, ":error-message", message);
    }

    private static ByteBuffer frame(byte[] payload, String... headers) {
        byte[] encoded = encode(headers);
        ByteBuffer frame = ByteBuffer.allocate(PRELUDE + encoded.length + payload.length + 4);
        frame.putInt(frame.capacity()).putInt(encoded.length);
        frame.putInt(checksum(frame));
        frame.put(encoded).put(payload);
        frame.putInt(checksum(frame));
        return frame.flip();
    }

    /** Of everything that is in the frame so far. */
    private static int checksum(ByteBuffer frame) {
        CRC32 crc = new CRC32();
        crc.update(frame.array(), 0, frame.position());
        return (int) crc.getValue();
    }

    private static byte[] encode(String... namesAndValues) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            byte[] name = namesAndValues[i].getBytes(StandardCharsets.UTF_8);
            byte[] value = namesAndValues[i + 1].getBytes(StandardCharsets.UTF_8);
            out.write(name.length);
            out.writeBytes(name);
            out.write(TYPE_STRING);
            out.write(value.length >> 8);
            out.write(value.length);
            out.writeBytes(value);
        }
        return out.toByteArray();
    }
}
