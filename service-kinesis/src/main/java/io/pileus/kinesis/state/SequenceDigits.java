package io.pileus.kinesis.state;

import java.nio.charset.StandardCharsets;

/**
 * Spells the sequence numbers of one shard that follow each other: from one to the next it is an addition, where each on its own
 * would be a long division of 186 bits. Four numbers of 14 decimal digits make the 56. Not to be shared between threads.
 */
final class SequenceDigits {
    private static final int DIGITS = 14;
    private static final long LIMB = 100_000_000_000_000L;

    /** 2^80, by which the numbers of two neighbours of the same millisecond differ. */
    private static final long PLACE_HIGH = 12_089_258_196L;

    private static final long PLACE_LOW = 14_629_174_706_176L;

    /** 2^36, the weight of a millisecond, and how many of them may be added at once. */
    private static final long MILLISECOND = 1L << 36;

    private static final long MILLISECONDS_MAX = 1L << 26;

    private final long[] limbs = new long[4];
    private final byte[] text = new byte[4 * DIGITS];
    private long place = Long.MIN_VALUE;
    private long millis;

    String of(SequenceNumber number) {
        long later = number.millis() - millis;
        if (number.place() == place + 1 && later >= 0 && later <= MILLISECONDS_MAX) {
            add(later * MILLISECOND);
        } else {
            String digits = number.toString();
            for (int i = 0; i < limbs.length; i++) {
                limbs[i] = Long.parseLong(digits, i * DIGITS, (i + 1) * DIGITS, 10);
            }
        }
        place = number.place();
        millis = number.millis();
        return spell();
    }

    /** The next place, so much further. */
    private void add(long low) {
        limbs[3] += PLACE_LOW + low % LIMB;
        limbs[2] += PLACE_HIGH + low / LIMB;
        for (int i = 3; i > 0; i--) {
            limbs[i - 1] += limbs[i] / LIMB;
            limbs[i] %= LIMB;
        }
    }

    private String spell() {
        for (int i = 0; i < limbs.length; i++) {
            int high = (int) (limbs[i] / 10_000_000);
            int low = (int) (limbs[i] % 10_000_000);
            spell(high, i * DIGITS);
            spell(low, i * DIGITS + 7);
        }
        return new String(text, StandardCharsets.ISO_8859_1);
    }

    /** Seven digits. */
    private void spell(int number, int from) {
        int rest = number;
        for (int at = from + 6; at >= from; at--) {
            text[at] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
    }
}
