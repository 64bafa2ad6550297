package io.pileus.s3;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.zip.Checksum;

/**
 * XXH64 with seed 0.
 *
 * @see <a href="https://github.com/Cyan4973/xxHash/blob/dev/doc/xxhash_spec.md">The algorithm</a>
 */
final class XxHash64 implements Checksum {
    private static final long P1 = 0x9E3779B185EBCA87L;
    private static final long P2 = 0xC2B2AE3D27D4EB4FL;
    private static final long P3 = 0x165667B19E3779F9L;
    private static final long P4 = 0x85EBCA77C2B2AE63L;
    private static final long P5 = 0x27D4EB2F165667C5L;
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

    private final long[] lanes = new long[4];
    private final byte[] pending = new byte[32];
    private int held;
    private long total;

    XxHash64() {
        reset();
    }

    @Override
    public void reset() {
        lanes[0] = P1 + P2;
        lanes[1] = P2;
        lanes[2] = 0;
        lanes[3] = -P1;
        held = 0;
        total = 0;
    }

    @Override
    public void update(int b) {
        update(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void update(byte[] bytes, int offset, int length) {
        total += length;
        int at = offset;
        int end = offset + length;
        if (held > 0) {
            int taken = Math.min(32 - held, length);
            System.arraycopy(bytes, at, pending, held, taken);
            held += taken;
            at += taken;
            if (held < 32) {
                return;
            }
            stripe(pending, 0);
            held = 0;
        }
        for (; at <= end - 32; at += 32) {
            stripe(bytes, at);
        }
        held = end - at;
        System.arraycopy(bytes, at, pending, 0, held);
    }

    private void stripe(byte[] bytes, int at) {
        for (int i = 0; i < 4; i++) {
            lanes[i] = round(lanes[i], (long) LONG.get(bytes, at + 8 * i));
        }
    }

    private static long round(long lane, long input) {
        return Long.rotateLeft(lane + input * P2, 31) * P1;
    }

    @Override
    public long getValue() {
        long h;
        if (total >= 32) {
            h = Long.rotateLeft(lanes[0], 1)
                    + Long.rotateLeft(lanes[1], 7)
                    + Long.rotateLeft(lanes[2], 12)
                    + Long.rotateLeft(lanes[3], 18);
            for (long lane : lanes) {
                h = (h ^ round(0, lane)) * P1 + P4;
            }
        } else {
            h = P5;
        }
        h += total;
        int at = 0;
        for (; at <= held - 8; at += 8) {
            h = Long.rotateLeft(h ^ round(0, (long) LONG.get(pending, at)), 27) * P1 + P4;
        }
        if (at <= held - 4) {
            h = Long.rotateLeft(h ^ ((int) INT.get(pending, at) & 0xFFFFFFFFL) * P1, 23) * P2 + P3;
            at += 4;
        }
        for (; at < held; at++) {
            h = Long.rotateLeft(h ^ (pending[at] & 0xFF) * P5, 11) * P1;
        }
        h = (h ^ (h >>> 33)) * P2;
        h = (h ^ (h >>> 29)) * P3;
        return h ^ (h >>> 32);
    }
}
