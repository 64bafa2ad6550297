package io.pileus.kinesis.state;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * A sequence number: 56 decimal digits that grow within a shard, and from a shard to its children.
 *
 * <p>AWS does not publish its layout, but the Kinesis Client Library checks what it knows of it: 186 bits, with the version 2 in the
 * lowest four and the shard above. This one has these and is else our own:
 *
 * <pre>
 *   bit 185: 1 | 148–183: the shard's epoch | 80–143: place | 36–79: milliseconds since 1970 | 4–35: shard | 0–3: 2
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

    private static final int DIGITS = 56;
    private static final long BILLION = 1_000_000_000;
    private static final long LOW_32 = 0xffff_ffffL;
    private static final int EPOCH_BITS = 36;
    private static final int MILLIS_BITS = 44;
    private static final int VERSION = 2;

    public SequenceNumber {
        if (epoch < 0 || epoch >>> EPOCH_BITS != 0 || place < 0 || shardIndex < 0) {
            throw new IllegalArgumentException("not a sequence number: " + epoch + " " + place + " " + shardIndex);
        }
        millis = Math.max(0, millis) & (1L << MILLIS_BITS) - 1;
    }

    /** The sequence number that the digits spell; empty when they are not of our making. */
    public static Optional<SequenceNumber> parse(String digits) {
        if (digits.length() != DIGITS) {
            return Optional.empty();
        }
        BigInteger number = new BigInteger(digits);
        long gap = number.shiftRight(144).longValue() & 0xf
                | number.shiftRight(184).longValue() & 1;
        int version = number.intValue() & 0xf;
        if (!number.shiftRight(185).equals(BigInteger.ONE) || gap != 0 || version != VERSION) {
            return Optional.empty();
        }
        long epoch = number.shiftRight(148).longValue() & (1L << EPOCH_BITS) - 1;
        long place = number.shiftRight(80).longValue();
        long millis = number.shiftRight(36).longValue() & (1L << MILLIS_BITS) - 1;
        int shard = number.shiftRight(4).intValue();
        return place < 0 || shard < 0 ? Optional.empty() : Optional.of(new SequenceNumber(epoch, place, millis, shard));
    }

    /** The 56 digits: six words of 32 bits, divided by 10^9 seven times, which costs a fraction of a BigInteger's way. */
    @Override
    public String toString() {
        long[] words = {
            1L << 25 | epoch >>> 12,
            (epoch & 0xfff) << 20 | place >>> 48,
            place >>> 16 & LOW_32,
            (place & 0xffff) << 16 | millis >>> 28,
            millis << 4 & LOW_32 | shardIndex >>> 28,
            ((long) shardIndex << 4 | VERSION) & LOW_32
        };
        byte[] digits = new byte[DIGITS];
        int first = 0;
        for (int end = DIGITS; end > 0; end -= 9) {
            long rest = 0;
            for (int i = first; i < words.length; i++) {
                long dividend = rest << 32 | words[i];
                words[i] = dividend / BILLION;
                rest = dividend % BILLION;
            }
            while (first < words.length - 1 && words[first] == 0) {
                first++;
            }
            int chunk = (int) rest;
            for (int i = end - 1; i >= Math.max(0, end - 9); i--) {
                digits[i] = (byte) ('0' + chunk % 10);
                chunk /= 10;
            }
        }
        return new String(digits, StandardCharsets.ISO_8859_1);
    }
}
