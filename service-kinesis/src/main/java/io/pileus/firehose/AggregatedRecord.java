package io.pileus.firehose;

import io.pileus.core.shape.Blob;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The format in which the Kinesis Producer Library packs many user records into one: four magic bytes, a Protocol Buffers message,
 * its MD5 digest. Firehose unpacks what it reads from a data stream.
 *
 * @see <a href="https://github.com/awslabs/amazon-kinesis-producer/blob/master/aggregation-format.md">KPL aggregated record
 *     format</a>
 */
final class AggregatedRecord {
    private static final byte[] MAGIC = {(byte) 0xf3, (byte) 0x89, (byte) 0x9a, (byte) 0xc2};
    private static final int DIGEST_BYTES = 16;
    private static final int RECORDS_FIELD = 3;
    private static final int DATA_FIELD = 3;
    private static final int VARINT = 0;
    private static final int FIXED_64 = 1;
    private static final int BYTES = 2;
    private static final int FIXED_32 = 5;

    private AggregatedRecord() {}

    /** The user records in it; the record itself if it is not aggregated, or not well formed. */
    static List<Blob> userRecords(Blob record) {
        byte[] bytes = record.bytes();
        int end = bytes.length - DIGEST_BYTES;
        if (end <= MAGIC.length || !Arrays.equals(bytes, 0, MAGIC.length, MAGIC, 0, MAGIC.length)) {
            return List.of(record);
        }
        MessageDigest md5 = md5();
        md5.update(bytes, MAGIC.length, end - MAGIC.length);
        if (!Arrays.equals(md5.digest(), Arrays.copyOfRange(bytes, end, bytes.length))) {
            return List.of(record);
        }
        try {
            List<Blob> records = new ArrayList<>();
            for (ByteBuffer message : values(ByteBuffer.wrap(bytes, MAGIC.length, end - MAGIC.length), RECORDS_FIELD)) {
                for (ByteBuffer data : values(message, DATA_FIELD)) {
                    byte[] copy = new byte[data.remaining()];
                    data.get(copy);
                    records.add(Blob.of(copy));
                }
            }
            return records;
        } catch (MalformedException e) {
            return List.of(record);
        }
    }

    private static final class MalformedException extends Exception {
        private static final long serialVersionUID = 1L;
    }

    /** The length-delimited values of one field of a message, in order. */
    private static List<ByteBuffer> values(ByteBuffer message, int field) throws MalformedException {
        List<ByteBuffer> values = new ArrayList<>();
        while (message.hasRemaining()) {
            long tag = varint(message);
            switch ((int) (tag & 7)) {
                case VARINT -> varint(message);
                case FIXED_64 -> skip(message, Long.BYTES);
                case FIXED_32 -> skip(message, Integer.BYTES);
                case BYTES -> {
                    long length = varint(message);
                    if (length < 0 || length > message.remaining()) {
                        throw new MalformedException();
                    }
                    if (tag >>> 3 == field) {
                        values.add(message.slice(message.position(), (int) length));
                    }
                    skip(message, (int) length);
                }
                default -> throw new MalformedException();
            }
        }
        return values;
    }

    private static long varint(ByteBuffer message) throws MalformedException {
        long value = 0;
        for (int shift = 0; shift < Long.SIZE; shift += 7) {
            if (!message.hasRemaining()) {
                throw new MalformedException();
            }
            byte next = message.get();
            value |= (long) (next & 0x7f) << shift;
            if (next >= 0) {
                return value;
            }
        }
        throw new MalformedException();
    }

    private static void skip(ByteBuffer message, int count) throws MalformedException {
        if (count > message.remaining()) {
            throw new MalformedException();
        }
        message.position(message.position() + count);
    }

    private static MessageDigest md5() {
        try {
            return MessageDigest.getInstance("MD5");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has MD5", e);
        }
    }
}
