package io.pileus.firehose.delivery;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** How objects are compressed. */
public enum Compression {
    UNCOMPRESSED(""),
    GZIP(".gz"),
    ZIP(".zip");

    private final String extension;

    Compression(String extension) {
        this.extension = extension;
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
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }
}
