package io.pileus.core.identity;

import java.nio.charset.StandardCharsets;

/** Ids made of random bits, wherever those come from. */
abstract sealed class RandomIds implements Ids permits SeededIds, SecureIds {
    private static final byte[] HEX = ascii("0123456789abcdef");
    private static final byte[] UPPER = ascii("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789");
    private static final byte[] MIXED = ascii("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789");
    private static final byte[] DIGITS = ascii("0123456789");

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    /** 64 random bits. */
    abstract long next();

    @Override
    public String uuid() {
        long high = next() & 0xffff_ffff_ffff_0fffL | 0x4000L;
        long low = next() & 0x3fff_ffff_ffff_ffffL | 0x8000_0000_0000_0000L;
        byte[] text = new byte[36];
        hex(text, 0, high >>> 32, 8);
        text[8] = '-';
        hex(text, 9, high >>> 16, 4);
        text[13] = '-';
        hex(text, 14, high, 4);
        text[18] = '-';
        hex(text, 19, low >>> 48, 4);
        text[23] = '-';
        hex(text, 24, low, 12);
        return new String(text, StandardCharsets.ISO_8859_1);
    }

    private static void hex(byte[] text, int from, long value, int digits) {
        long rest = value;
        for (int i = from + digits - 1; i >= from; i--) {
            text[i] = HEX[(int) (rest & 15)];
            rest >>>= 4;
        }
    }

    @Override
    public String hex(int length) {
        return text(HEX, length);
    }

    @Override
    public String upperAlphanumeric(int length) {
        return text(UPPER, length);
    }

    @Override
    public String alphanumeric(int length) {
        return text(MIXED, length);
    }

    @Override
    public String digits(int length) {
        return text(DIGITS, length);
    }

    private String text(byte[] alphabet, int length) {
        byte[] text = new byte[length];
        for (int i = 0; i < length; i++) {
            text[i] = alphabet[below(alphabet.length)];
        }
        return new String(text, StandardCharsets.ISO_8859_1);
    }

    @Override
    public byte[] bytes(int length) {
        byte[] bytes = new byte[length];
        for (int i = 0; i < length; i += 8) {
            long bits = next();
            for (int j = i; j < Math.min(length, i + 8); j++) {
                bytes[j] = (byte) bits;
                bits >>>= 8;
            }
        }
        return bytes;
    }

    /** Lemire's way: the high half of a 32 × 32 bit product, drawing again where it would be uneven. */
    @Override
    public int below(int bound) {
        if (bound <= 0) {
            throw new IllegalArgumentException("a bound is positive: " + bound);
        }
        long product = (next() >>> 32) * bound;
        if ((product & 0xffff_ffffL) < bound) {
            long uneven = (0x1_0000_0000L - bound) % bound;
            while ((product & 0xffff_ffffL) < uneven) {
                product = (next() >>> 32) * bound;
            }
        }
        return (int) (product >>> 32);
    }

    @Override
    public double fraction() {
        return (next() >>> 11) * 0x1p-53;
    }
}
