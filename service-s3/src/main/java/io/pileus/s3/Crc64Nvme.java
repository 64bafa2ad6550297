package io.pileus.s3;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.zip.Checksum;

/** CRC-64/NVME: reflected polynomial 0x9A6C9329AC4BC9B5, all ones before and after; eight bytes a step. */
final class Crc64Nvme implements Checksum {
    static final long POLYNOMIAL = 0x9A6C9329AC4BC9B5L;
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long[][] TABLES = tables();

    private long crc = -1L;

    private static long[][] tables() {
        long[][] tables = new long[8][256];
        for (int i = 0; i < 256; i++) {
            long c = i;
            for (int k = 0; k < 8; k++) {
                c = (c & 1) != 0 ? (c >>> 1) ^ POLYNOMIAL : c >>> 1;
            }
            tables[0][i] = c;
        }
        for (int t = 1; t < 8; t++) {
            for (int i = 0; i < 256; i++) {
                long c = tables[t - 1][i];
                tables[t][i] = tables[0][(int) c & 0xff] ^ (c >>> 8);
            }
        }
        return tables;
    }

    @Override
    public void update(int b) {
        crc = TABLES[0][(int) (crc ^ b) & 0xff] ^ (crc >>> 8);
    }

    @Override
    public void update(byte[] bytes, int offset, int length) {
        long c = crc;
        int at = offset;
        int end = offset + length;
        for (; at <= end - 8; at += 8) {
            c ^= (long) LONG.get(bytes, at);
            c = TABLES[7][(int) c & 0xff]
                    ^ TABLES[6][(int) (c >>> 8) & 0xff]
                    ^ TABLES[5][(int) (c >>> 16) & 0xff]
                    ^ TABLES[4][(int) (c >>> 24) & 0xff]
                    ^ TABLES[3][(int) (c >>> 32) & 0xff]
                    ^ TABLES[2][(int) (c >>> 40) & 0xff]
                    ^ TABLES[1][(int) (c >>> 48) & 0xff]
                    ^ TABLES[0][(int) (c >>> 56)];
        }
        for (; at < end; at++) {
            c = TABLES[0][(int) (c ^ bytes[at]) & 0xff] ^ (c >>> 8);
        }
        crc = c;
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
