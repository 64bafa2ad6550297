package io.pileus.core.protocol;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Tells text that stands in JSON as it is from text that needs escapes, eight bytes at a time. */
final class PlainText {
    private static final VarHandle EIGHT = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long ONES = 0x0101_0101_0101_0101L;
    private static final long HIGH_BITS = 0x8080_8080_8080_8080L;
    private static final long QUOTES = ONES * '"';
    private static final long BACKSLASHES = ONES * '\\';
    private static final long SPACES = ONES * ' ';

    private PlainText() {}

    /** Whether there is no quote, no backslash and no control character in the text. */
    static boolean isPlain(byte[] utf8) {
        int whole = utf8.length & ~7;
        for (int i = 0; i < whole; i += Long.BYTES) {
            long bytes = (long) EIGHT.get(utf8, i);
            if (((lessThanSpace(bytes) | zero(bytes ^ QUOTES) | zero(bytes ^ BACKSLASHES)) & HIGH_BITS) != 0) {
                return false;
            }
        }
        for (int i = whole; i < utf8.length; i++) {
            int b = utf8[i] & 0xff;
            if (b < ' ' || b == '"' || b == '\\') {
                return false;
            }
        }
        return true;
    }

    /** The high bit of some byte is set where a byte is below 0x20; bytes of 0x80 and more are not. */
    private static long lessThanSpace(long bytes) {
        return (bytes - SPACES) & ~bytes;
    }

    /** The high bit of some byte is set where a byte is zero. */
    private static long zero(long bytes) {
        return (bytes - ONES) & ~bytes;
    }
}
