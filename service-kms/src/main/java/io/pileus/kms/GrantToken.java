package io.pileus.kms;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.zip.CRC32C;

/** A grant token: names a grant and its key. Each CreateGrant gives a new one; all of a grant's tokens are as good. */
record GrantToken(String keyArn, String grantId) {
    private static final String PREFIX = "pg1";

    String encode(String nonce) {
        byte[] text = (PREFIX + "|" + keyArn + "|" + grantId + "|" + nonce).getBytes(StandardCharsets.UTF_8);
        ByteBuffer token = ByteBuffer.allocate(text.length + 4).put(text).putInt(checksum(text, text.length));
        return Base64.getEncoder().encodeToString(token.array());
    }

    /** @throws io.pileus.core.service.AwsException when the text is no grant token */
    static GrantToken decode(String token) {
        try {
            byte[] bytes = Base64.getDecoder().decode(token);
            int length = bytes.length - 4;
            if (length > 0 && ByteBuffer.wrap(bytes).getInt(length) == checksum(bytes, length)) {
                String[] parts = new String(bytes, 0, length, StandardCharsets.UTF_8).split("\\|", -1);
                if (parts.length == 4 && parts[0].equals(PREFIX)) {
                    return new GrantToken(parts[1], parts[2]);
                }
            }
        } catch (IllegalArgumentException e) {
            // said below
        }
        throw KmsErrors.invalidGrantToken();
    }

    private static int checksum(byte[] bytes, int length) {
        CRC32C checksum = new CRC32C();
        checksum.update(bytes, 0, length);
        return (int) checksum.getValue();
    }
}
