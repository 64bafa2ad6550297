package io.pileus.kinesis.state;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * Spells the sequence numbers of one shard that follow each other: from one to the next it is an addition, where each on its own
 * would be a long division of 186 bits. Seven numbers of eight decimal digits make the 56. Not to be shared between threads.
 */
final class SequenceDigits {
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final int DIGITS = 8;
    private static final int LIMB = 100_000_000;

    /** 2^80, by which the numbers of two neighbours of the same millisecond differ. */
    private static final int[] PLACE = {0, 0, 0, 1, 20_892_581, 96_146_291, 74_706_176};

    /** 2^36, the weight of a millisecond, and how many of them may be added at once. */
    private static final long MILLISECOND = 1L << 36;

    private static final long MILLISECONDS_MAX = 1L << 26;

    private final int[] limbs = new int[7];
    private final byte[] text = new byte[7 * DIGITS];
    private long place = Long.MIN_VALUE;
    private long millis;

    String of(SequenceNumber number) {
        long later = number.millis() - millis;
        boolean follows = number.place() == place + 1 && later >= 0 && later <= MILLISECONDS_MAX;
        place = number.place();
        millis = number.millis();
        return follows ? further(later * MILLISECOND) : anew(number.toString());
    }

    private String anew(String digits) {
        System.arraycopy(digits.getBytes(StandardCharsets.ISO_8859_1), 0, text, 0, text.length);
        for (int i = 0; i < limbs.length; i++) {
            limbs[i] = Integer.parseInt(digits, i * DIGITS, (i + 1) * DIGITS, 10);
        }
        return digits;
    }

    /** The next place, so much further; the upper digits seldom change. */
    private String further(long weight) {
        long carry = weight;
        for (int i = limbs.length - 1; i >= 0 && (PLACE[i] != 0 || carry != 0); i--) {
            long sum = limbs[i] + PLACE[i] + carry;
            carry = sum / LIMB;
            limbs[i] = (int) (sum - carry * LIMB);
            LONG.set(text, i * DIGITS, spelled(limbs[i]));
        }
        return new String(text, StandardCharsets.ISO_8859_1);
    }

    /**
     * Eight digits as eight characters, the first in the lowest byte. They are parted three times, all parts at once: into
     * halves of four digits, quarters of two, and digits. 10,486 / 2^20 is a hundredth, and 103 / 2^10 a tenth, as exactly as
     * numbers of so few digits need.
     */
    private static long spelled(int number) {
        long halves = number / 10_000 | (long) (number % 10_000) << 32;
        long hundreds = (halves * 10_486 >>> 20) & 0x7f_0000_007fL;
        long quarters = hundreds | (halves - 100 * hundreds) << 16;
        long tens = (quarters * 103 >>> 10) & 0xf_000f_000f_000fL;
        long digits = tens | (quarters - 10 * tens) << 8;
        return digits | 0x3030_3030_3030_3030L;
    }
}
