package io.pileus.core.shape;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;

/** Bytes as a value: equal by content, never changed after they are handed over. */
public final class Blob {
    public static final Blob EMPTY = new Blob(new byte[0]);

    private final byte[] bytes;

    private Blob(byte[] bytes) {
        this.bytes = bytes;
    }

    /** Takes the array over; the caller must not change it afterwards. */
    public static Blob of(byte[] bytes) {
        return bytes.length == 0 ? EMPTY : new Blob(bytes);
    }

    public static Blob ofUtf8(String text) {
        return of(text.getBytes(StandardCharsets.UTF_8));
    }

    public static Blob ofBase64(String text) {
        return of(Base64.getDecoder().decode(text));
    }

    /** The array itself; it must not be changed. */
    public byte[] bytes() {
        return bytes;
    }

    public int size() {
        return bytes.length;
    }

    public String utf8() {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    public String base64() {
        return Base64.getEncoder().encodeToString(bytes);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Blob blob && Arrays.equals(bytes, blob.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    /** Tells the size only: a blob may be a secret. */
    @Override
    public String toString() {
        return "Blob[" + bytes.length + " bytes]";
    }
}
