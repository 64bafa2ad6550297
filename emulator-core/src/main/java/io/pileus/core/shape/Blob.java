package io.pileus.core.shape;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Bytes as a value: equal by content, never changed after they are handed over. */
public final class Blob {
    public static final Blob EMPTY = new Blob(new byte[0], null);

    private final byte @Nullable [] bytes;
    private final @Nullable Later later;

    private Blob(byte @Nullable [] bytes, @Nullable Later later) {
        this.bytes = bytes;
        this.later = later;
    }

    /** Takes the array over; the caller must not change it afterwards. */
    public static Blob of(byte[] bytes) {
        return bytes.length == 0 ? EMPTY : new Blob(bytes, null);
    }

    /**
     * Bytes that are made when they are first asked for; until then only their number is known.
     *
     * @param size how many there will be
     * @param make makes them, once, on the thread that asks
     */
    public static Blob later(int size, Supplier<byte[]> make) {
        return new Blob(null, new Later(size, make));
    }

    public static Blob ofUtf8(String text) {
        return of(text.getBytes(StandardCharsets.UTF_8));
    }

    public static Blob ofBase64(String text) {
        return of(Base64.getDecoder().decode(text));
    }

    /** Whether it is of the kind that is made when it is first asked for. */
    public boolean isMadeLater() {
        return later != null;
    }

    /** The array itself; it must not be changed. */
    public byte[] bytes() {
        return bytes != null ? bytes : later.bytes();
    }

    public int size() {
        return bytes != null ? bytes.length : later.size;
    }

    public String utf8() {
        return new String(bytes(), StandardCharsets.UTF_8);
    }

    public String base64() {
        return Base64.getEncoder().encodeToString(bytes());
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Blob blob && Arrays.equals(bytes(), blob.bytes());
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes());
    }

    /** Tells the size only: a blob may be a secret. */
    @Override
    public String toString() {
        return "Blob[" + size() + " bytes]";
    }

    /** Bytes to be made. */
    private static final class Later {
        private final int size;
        private @Nullable Supplier<byte[]> make;
        private byte @Nullable [] made;

        Later(int size, Supplier<byte[]> make) {
            this.size = size;
            this.make = make;
        }

        synchronized byte[] bytes() {
            byte[] bytes = made;
            if (bytes == null) {
                bytes = make.get();
                if (bytes.length != size) {
                    throw new IllegalStateException("made " + bytes.length + " bytes instead of " + size);
                }
                made = bytes;
                make = null;
            }
            return bytes;
        }
    }
}
