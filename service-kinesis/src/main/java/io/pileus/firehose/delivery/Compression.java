package io.pileus.firehose.delivery;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Locale;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.iq80.snappy.Snappy;
import org.iq80.snappy.SnappyFramedOutputStream;

/** How objects are compressed. */
public enum Compression {
    UNCOMPRESSED(""),
    GZIP(".gz"),
    ZIP(".zip"),
    /** Snappy's framing format. */
    SNAPPY(".snappy"),
    /** Snappy as Hadoop's block streams have it. */
    HADOOP_SNAPPY(".hsnappy");

    /** How much one block of Hadoop's holds. */
    private static final int BLOCK = 256 * 1024;

    private final String extension;

    Compression(String extension) {
        this.extension = extension;
    }

    /** By the name that the API has for it. */
    static Compression of(String format) {
        return valueOf(format.toUpperCase(Locale.ROOT));
    }

    /** What object names end in. */
    String extension() {
        return extension;
    }

    byte[] compress(byte[] data, String name) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            switch (this) {
                case UNCOMPRESSED -> bytes.write(data);
                case GZIP -> {
                    try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
                        out.write(data);
                    }
                }
                case ZIP -> {
                    try (ZipOutputStream out = new ZipOutputStream(bytes)) {
                        out.putNextEntry(new ZipEntry(name));
                        out.write(data);
                        out.closeEntry();
                    }
                }
                case SNAPPY -> {
                    try (SnappyFramedOutputStream out = new SnappyFramedOutputStream(bytes)) {
                        out.write(data);
                    }
                }
                case HADOOP_SNAPPY -> {
                    DataOutputStream out = new DataOutputStream(bytes);
                    for (int from = 0; from < data.length; from += BLOCK) {
                        int length = Math.min(BLOCK, data.length - from);
                        byte[] block = Snappy.compress(Arrays.copyOfRange(data, from, from + length));
                        out.writeInt(length);
                        out.writeInt(block.length);
                        out.write(block);
                    }
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }
}
