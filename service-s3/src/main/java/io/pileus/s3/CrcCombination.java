package io.pileus.s3;

import java.nio.ByteBuffer;

/**
 * Makes the CRC of bytes from those of their parts. A CRC is linear: what the second part does to that of the first is what
 * as many zeros would do, and each zero bit is one and the same matrix over GF(2), so that a million of them is some twenty
 * squares of it.
 *
 * @param polynomial the CRC's polynomial with its bits in reverse order, as these CRCs take bytes
 * @param bytes the CRC's size
 * @see <a href="https://docs.aws.amazon.com/AmazonS3/latest/userguide/checking-object-integrity-upload.html">Full object checksums</a>
 */
record CrcCombination(long polynomial, int bytes) {

    static CrcCombination of(String algorithm) {
        return switch (algorithm) {
            case "CRC32" -> new CrcCombination(0xEDB88320L, 4);
            case "CRC32C" -> new CrcCombination(0x82F63B78L, 4);
            case "CRC64NVME" -> new CrcCombination(Crc64Nvme.POLYNOMIAL, 8);
            default -> throw new IllegalArgumentException(algorithm + " cannot be put together");
        };
    }

    /** The CRC of two pieces, the second of so many bytes; the CRC of nothing is zero. */
    byte[] append(byte[] first, byte[] second, long secondBytes) {
        long both = afterZeros(number(first), secondBytes) ^ number(second);
        return bytes == 8
                ? ByteBuffer.allocate(8).putLong(both).array()
                : ByteBuffer.allocate(4).putInt((int) both).array();
    }

    /** What a CRC is after so many more bytes that are zero. */
    private long afterZeros(long crc, long zeroBytes) {
        long after = crc;
        long[] zeros = oneZeroByte();
        for (long left = zeroBytes; left > 0; left >>>= 1) {
            if ((left & 1) != 0) {
                after = times(zeros, after);
            }
            zeros = squared(zeros);
        }
        return after;
    }

    /** The matrix of two to the given power bytes that are zero, for {@link #times}. */
    long[] zeros(int powerOfTwo) {
        long[] zeros = oneZeroByte();
        for (int i = 0; i < powerOfTwo; i++) {
            zeros = squared(zeros);
        }
        return zeros;
    }

    private static long number(byte[] sum) {
        long number = 0;
        for (byte b : sum) {
            number = number << 8 | b & 0xff;
        }
        return number;
    }

    private long[] oneZeroByte() {
        return squared(squared(squared(oneZeroBit())));
    }

    /** What one zero bit does to a CRC, as what it does to each of the CRC's bits. */
    private long[] oneZeroBit() {
        long[] columns = new long[8 * bytes];
        columns[0] = polynomial;
        for (int i = 1; i < columns.length; i++) {
            columns[i] = 1L << (i - 1);
        }
        return columns;
    }

    private static long[] squared(long[] matrix) {
        long[] square = new long[matrix.length];
        for (int i = 0; i < matrix.length; i++) {
            square[i] = times(matrix, matrix[i]);
        }
        return square;
    }

    static long times(long[] matrix, long vector) {
        long product = 0;
        int i = 0;
        for (long left = vector; left != 0; left >>>= 1) {
            if ((left & 1) != 0) {
                product ^= matrix[i];
            }
            i++;
        }
        return product;
    }
}
