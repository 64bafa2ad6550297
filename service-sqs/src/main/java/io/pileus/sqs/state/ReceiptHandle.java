package io.pileus.sqs.state;

import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.Optional;
import java.util.zip.CRC32;

/**
 * A receipt handle: proof of one delivery of one message.
 *
 * @param queue the incarnation of the queue it came from; a queue of the same name made later is another
 * @param sequence the message's place in the queue
 * @param receiveCount which delivery of the message it was
 * @param receivedAtMillis when it was delivered
 */
public record ReceiptHandle(long queue, long sequence, int receiveCount, long receivedAtMillis) {
    /** Handles of AWS begin with AQEB, too. */
    private static final byte[] PREFIX = {1, 1, 1};

    private static final int CONTENT_BYTES = PREFIX.length + 3 * Long.BYTES + Integer.BYTES;
    private static final int SIZE_BYTES = CONTENT_BYTES + Integer.BYTES;

    /** The handle that the text spells, or empty when it is none of ours. */
    public static Optional<ReceiptHandle> parse(String text) {
        byte[] bytes;
        try {
            bytes = Base64.getDecoder().decode(text);
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
        if (bytes.length != SIZE_BYTES) {
            return Optional.empty();
        }
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        if (buffer.getInt(CONTENT_BYTES) != checksum(bytes)) {
            return Optional.empty();
        }
        buffer.position(PREFIX.length);
        return Optional.of(new ReceiptHandle(buffer.getLong(), buffer.getLong(), buffer.getInt(), buffer.getLong()));
    }

    /** The handle as consumers see it. */
    public String wire() {
        ByteBuffer buffer = ByteBuffer.allocate(SIZE_BYTES);
        buffer.put(PREFIX).putLong(queue).putLong(sequence).putInt(receiveCount).putLong(receivedAtMillis);
        buffer.putInt(checksum(buffer.array()));
        return Base64.getEncoder().encodeToString(buffer.array());
    }

    private static int checksum(byte[] bytes) {
        CRC32 crc = new CRC32();
        crc.update(bytes, 0, CONTENT_BYTES);
        return (int) crc.getValue();
    }
}
