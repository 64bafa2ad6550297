package io.pileus.kinesis.state;

import java.math.BigInteger;
import java.util.Optional;

/**
 * A sequence number: 56 decimal digits that grow within a shard, and from a shard to its children.
 *
 * <p>Like AWS's, it is a number with bit 185 set (which makes its 56 digits begin with 49 or more) that carries when its shard began,
 * the record's place in the shard, and which shard it is. AWS does not publish its layout; this one is our own:
 *
 * <pre>
 *   bit 185: 1 | 149–184: the shard's epoch | 80–143: place | 32–79: milliseconds since 1970 | 0–31: shard
 * </pre>
 *
 * @param epoch when the shard was created, in seconds since 1970; a child's epoch is always later than its parents'
 * @param place 0 is the shard's beginning, n its n-th record, {@link #END} its end
 * @param millis when it was given
 * @param shardIndex the number in the shard's id
 */
public record SequenceNumber(long epoch, long place, long millis, int shardIndex) {
    /** The place behind all records of a closed shard. */
    public static final long END = Long.MAX_VALUE;

    private static final int EPOCH_BITS = 36;
    private static final int MILLIS_BITS = 48;

    public SequenceNumber {
        if (epoch < 0 || epoch >>> EPOCH_BITS != 0 || place < 0 || shardIndex < 0) {
            throw new IllegalArgumentException("not a sequence number: " + epoch + " " + place + " " + shardIndex);
        }
        millis = Math.max(0, millis) & (1L << MILLIS_BITS) - 1;
    }

    /** The sequence number that the digits spell; empty when they are not of our making. */
    public static Optional<SequenceNumber> parse(String digits) {
        if (digits.length() != 56) {
            return Optional.empty();
        }
        BigInteger number = new BigInteger(digits);
        long gap = number.shiftRight(144).longValue() & 0x1f;
        if (!number.shiftRight(185).equals(BigInteger.ONE) || gap != 0) {
            return Optional.empty();
        }
        long epoch = number.shiftRight(149).longValue() & (1L << EPOCH_BITS) - 1;
        long place = number.shiftRight(80).longValue();
        long millis = number.shiftRight(32).longValue() & (1L << MILLIS_BITS) - 1;
        int shard = number.intValue();
        return place < 0 || shard < 0 ? Optional.empty() : Optional.of(new SequenceNumber(epoch, place, millis, shard));
    }

    @Override
    public String toString() {
        // 186 bits as three words, the highest first, so that one BigInteger is made and no shift is done
        byte[] bytes = new byte[24];
        put(bytes, 0, 1L << 57 | epoch << 21 | place >>> 48);
        put(bytes, 8, place << 16 | millis >>> 32);
        put(bytes, 16, millis << 32 | shardIndex);
        return new BigInteger(1, bytes).toString();
    }

    private static void put(byte[] bytes, int at, long word) {
        for (int i = 0; i < 8; i++) {
            bytes[at + i] = (byte) (word >>> 56 - 8 * i);
        }
    }
}
