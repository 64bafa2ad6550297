package io.pileus.kinesis.state;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.security.DigestException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** A hash key: an unsigned number of 128 bits, written in decimal. */
public record HashKey(long high, long low) implements Comparable<HashKey> {
    public static final HashKey ZERO = new HashKey(0, 0);
    public static final HashKey MAX = new HashKey(-1, -1);
    private static final int BITS = 128;

    /** Where a partition key lands: its MD5 digest, taken over its UTF-8 bytes. */
    public static HashKey of(String partitionKey) {
        return new Hash().of(partitionKey.getBytes(StandardCharsets.UTF_8));
    }

    /** Tells where one partition key after the other lands; not to be shared between threads. */
    public static final class Hash {
        private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

        private final MessageDigest md5;
        private final byte[] digest = new byte[BITS / 8];

        public Hash() {
            try {
                md5 = MessageDigest.getInstance("MD5");
            } catch (NoSuchAlgorithmException e) {
                throw new IllegalStateException("every Java platform has MD5", e);
            }
        }

        /** Where a partition key of these UTF-8 bytes lands. */
        public HashKey of(byte[] partitionKey) {
            md5.update(partitionKey);
            try {
                md5.digest(digest, 0, digest.length);
            } catch (DigestException e) {
                throw new IllegalStateException("an MD5 has 128 bits", e);
            }
            return new HashKey((long) LONG.get(digest, 0), (long) LONG.get(digest, 8));
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
