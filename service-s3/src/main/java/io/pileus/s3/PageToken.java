package io.pileus.s3;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.zip.CRC32;

/** A continuation token: where a list goes on, and a checksum, so that one which nobody was given is refused. */
final class PageToken {
    private PageToken() {}

    /** The token for going on after a name. */
    static String after(String last) {
        byte[] name = last.getBytes(StandardCharsets.UTF_8);
        byte[] bytes = ByteBuffer.allocate(Integer.BYTES + name.length)
                .putInt(checksum(name))
                .put(name)
                .array();
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /** The name to go on after. */
    static String read(String token) {
        try {
            ByteBuffer bytes = ByteBuffer.wrap(Base64.getUrlDecoder().decode(token));
            if (bytes.remaining() > Integer.BYTES) {
                int checksum = bytes.getInt();
                byte[] name = new byte[bytes.remaining()];
                bytes.get(name);
                if (checksum == checksum(name)) {
                    return new String(name, StandardCharsets.UTF_8);
                }
            }
        } catch (IllegalArgumentException e) {
            // Refused below like any other that is none of ours.
        }
        throw S3Errors.invalidArgument("The continuation token provided is incorrect", "continuation-token", null);
    }

    private static int checksum(byte[] name) {
        CRC32 crc = new CRC32();
        crc.update(name);
        return (int) crc.getValue();
    }
}
