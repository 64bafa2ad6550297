package io.pileus.sqs.state;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** An MD5 digest (RFC 1321), as SQS shows it: 32 lower-case hexadecimal digits. Kept as two numbers to stay small. */
public record Md5(long high, long low) {

    public static Md5 of(byte[] bytes) {
        return fromBytes(digest().digest(bytes));
    }

    static Md5 of(MessageDigest digest) {
        return fromBytes(digest.digest());
    }

    private static Md5 fromBytes(byte[] sixteen) {
        ByteBuffer buffer = ByteBuffer.wrap(sixteen);
        return new Md5(buffer.getLong(), buffer.getLong());
    }

    static MessageDigest digest() {
        try {
            return MessageDigest.getInstance("MD5");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has MD5", e);
        }
    }

    public String hex() {
        return HexFormat.of().toHexDigits(high) + HexFormat.of().toHexDigits(low);
    }

    @Override
    public String toString() {
        return hex();
    }
}
