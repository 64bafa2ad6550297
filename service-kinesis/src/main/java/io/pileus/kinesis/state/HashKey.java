package io.pileus.kinesis.state;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** A hash key: an unsigned number of 128 bits, written in decimal. */
public record HashKey(long high, long low) implements Comparable<HashKey> {
    public static final HashKey ZERO = new HashKey(0, 0);
    public static final HashKey MAX = new HashKey(-1, -1);
    private static final int BITS = 128;

    /** Where a partition key lands: its MD5 digest, taken over its UTF-8 bytes. */
    public static HashKey of(String partitionKey) {
        try {
            byte[] utf8 = partitionKey.getBytes(StandardCharsets.UTF_8);
            ByteBuffer digest = ByteBuffer.wrap(MessageDigest.getInstance("MD5").digest(utf8));
            return new HashKey(digest.getLong(), digest.getLong());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has MD5", e);
        }
    }

    /** @throws IllegalArgumentException if the number does not fit into 128 bits */
    public static HashKey of(BigInteger number) {
        if (number.signum() < 0 || number.bitLength() > BITS) {
            throw new IllegalArgumentException("a hash key has 128 bits: " + number);
        }
        return new HashKey(number.shiftRight(64).longValue(), number.longValue());
    }

    /** Whether the decimal text is a number of at most 128 bits. */
    public static boolean fits(String decimal) {
        return new BigInteger(decimal).bitLength() <= BITS;
    }

    /** @throws IllegalArgumentException if the text is no decimal number of at most 128 bits */
    public static HashKey parse(String decimal) {
        return of(new BigInteger(decimal));
    }

    public BigInteger number() {
        return new BigInteger(
                1, ByteBuffer.allocate(16).putLong(high).putLong(low).array());
    }

    public HashKey next() {
        return new HashKey(low == -1 ? high + 1 : high, low + 1);
    }

    public HashKey previous() {
        return new HashKey(low == 0 ? high - 1 : high, low - 1);
    }

    @Override
    public int compareTo(HashKey other) {
        int order = Long.compareUnsigned(high, other.high);
        return order != 0 ? order : Long.compareUnsigned(low, other.low);
    }

    /** The decimal digits, as they go over the wire. */
    @Override
    public String toString() {
        return number().toString();
    }
}
