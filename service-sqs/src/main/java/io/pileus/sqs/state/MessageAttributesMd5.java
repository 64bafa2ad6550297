package io.pileus.sqs.state;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The digest over message attributes that SDKs check: attributes sorted by name; of each the name, the data type and the
 * value, every one with its length before it (four bytes, big-endian), and between type and value one byte that tells the
 * value's kind (1 text, 2 binary).
 *
 * @see <a href="https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-message-metadata.html#sqs-attributes-md5-message-digest-calculation">Calculating
 *     the MD5 message digest for message attributes</a>
 */
public final class MessageAttributesMd5 {
    private static final byte TEXT = 1;
    private static final byte BINARY = 2;

    private MessageAttributesMd5() {}

    public static Md5 of(Map<String, MessageAttribute> attributes) {
        MessageDigest digest = Md5.digest();
        SortedMap<String, MessageAttribute> sorted = new TreeMap<>(attributes);
        sorted.forEach((name, attribute) -> {
            update(digest, name.getBytes(StandardCharsets.UTF_8));
            update(digest, attribute.dataType().getBytes(StandardCharsets.UTF_8));
            digest.update(attribute.isBinary() ? BINARY : TEXT);
            update(digest, attribute.value().bytes());
        });
        return Md5.of(digest);
    }

    private static void update(MessageDigest digest, byte[] bytes) {
        digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(0, bytes.length));
        digest.update(bytes);
    }
}
