package io.pileus.s3;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.zip.Checksum;

/**
 * CRC-64/NVME: reflected polynomial 0x9A6C9329AC4BC9B5, all ones before and after.
 *
 * <p>Eight bytes a step; but each step waits for the one before. So three stretches of a long piece are summed side by side,
 * in half the time, and their sums are put together: what a stretch does to the sum before it, zeros would do too.
 */
final class Crc64Nvme implements Checksum {
    static final long POLYNOMIAL = 0x9A6C9329AC4BC9B5L;
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    /** What a byte does to the sum that so many bytes follow: eight tables, one after the other. */
    private static final long[] TABLES = tables();

    private static final int STRETCH_LOG2 = 13;
    private static final int STRETCH_BYTES = 1 << STRETCH_LOG2;
    private static final long[] STRETCH_OF_ZEROS = new CrcCombination(POLYNOMIAL, 8).zeros(STRETCH_LOG2);

    private long crc = -1L;

    private static long[] tables() {
        long[] tables = new long[8 * 256];
        for (int i = 0; i < 256; i++) {
            long c = i;
            for (int k = 0; k < 8; k++) {
                c = (c & 1) != 0 ? (c >>> 1) ^ POLYNOMIAL : c >>> 1;
            }
            tables[i] = c;
        }
        for (int i = 256; i < tables.length; i++) {
            long c = tables[i - 256];
            tables[i] = tables[(int) c & 0xff] ^ (c >>> 8);
        }
        return tables;
    }

    @Override
    public void update(int b) {
        crc = TABLES[(int) (crc ^ b) & 0xff] ^ (crc >>> 8);
    }

    @Override
    public void update(byte[] bytes, int offset, int length) {
        int at = offset;
        int end = offset + length;
        for (; at <= end - 3 * STRETCH_BYTES; at += 3 * STRETCH_BYTES) {
            crc = afterThreeStretches(crc, bytes, at);
        }
        long c = crc;
        for (; at <= end - 8; at += 8) {
            c = afterEightBytes(c ^ (long) LONG.get(bytes, at));
        }
        for (; at < end; at++) {
            c = TABLES[(int) (c ^ bytes[at]) & 0xff] ^ (c >>> 8);
        }
        crc = c;
    }

    private static long afterThreeStretches(long crc, byte[] bytes, int offset) {
        long first = crc;
        long second = 0;
        long third = 0;
        for (int at = offset; at < offset + STRETCH_BYTES; at += 8) {
            first = afterEightBytes(first ^ (long) LONG.get(bytes, at));
            second = afterEightBytes(second ^ (long) LONG.get(bytes, at + STRETCH_BYTES));
            third = afterEightBytes(third ^ (long) LONG.get(bytes, at + 2 * STRETCH_BYTES));
        }
        long two = CrcCombination.times(STRETCH_OF_ZEROS, first) ^ second;
        return CrcCombination.times(STRETCH_OF_ZEROS, two) ^ third;
    }

    private static long afterEightBytes(long c) {
        return TABLES[7 * 256 + ((int) c & 0xff)]
                ^ TABLES[6 * 256 + ((int) (c >>> 8) & 0xff)]
                ^ TABLES[5 * 256 + ((int) (c >>> 16) & 0xff)]
                ^ TABLES[4 * 256 + ((int) (c >>> 24) & 0xff)]
                ^ TABLES[3 * 256 + ((int) (c >>> 32) & 0xff)]
                ^ TABLES[2 * 256 + ((int) (c >>> 40) & 0xff)]
                ^ TABLES[256 + ((int) (c >>> 48) & 0xff)]
                ^ TABLES[(int) (c >>> 56)];
    }

    @Override
    public long getValue() {
        return ~crc;
    }

    @Override
    public void reset() {
        crc = -1L;
    }
}
