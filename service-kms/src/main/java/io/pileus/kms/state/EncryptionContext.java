package io.pileus.kms.state;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;

/**
 * An encryption context: name-value pairs that are authenticated with a ciphertext and are not in it. Its canonical bytes do
 * not depend on the order of the pairs, and no two contexts share them: pairs are sorted by name, and every text is preceded
 * by its length.
 */
public record EncryptionContext(Map<String, String> pairs) {
    public static final EncryptionContext EMPTY = new EncryptionContext(Map.of());

    public EncryptionContext {
        pairs = Map.copyOf(pairs);
    }

    public static EncryptionContext of(Map<String, String> pairs) {
        return pairs.isEmpty() ? EMPTY : new EncryptionContext(pairs);
    }

    /** Writes the canonical form behind what the stream holds. */
    void writeTo(ByteArrayOutputStream out) {
        if (pairs.isEmpty()) {
            return;
        }
        for (Map.Entry<String, String> pair : new TreeMap<>(pairs).entrySet()) {
            write(out, pair.getKey());
            write(out, pair.getValue());
        }
    }

    private static void write(ByteArrayOutputStream out, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        out.write(bytes.length >>> 24);
        out.write(bytes.length >>> 16);
        out.write(bytes.length >>> 8);
        out.write(bytes.length);
        out.writeBytes(bytes);
    }

    public boolean isEmpty() {
        return pairs.isEmpty();
    }

    /** Whether every pair of the other context is here too. */
    public boolean includes(Map<String, String> others) {
        return pairs.entrySet().containsAll(others.entrySet());
    }
}
