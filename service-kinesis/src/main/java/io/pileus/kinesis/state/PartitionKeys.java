package io.pileus.kinesis.state;

import io.pileus.core.shape.Blob;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * Where the partition keys seen lately land. Those of a stream come again and again, and their MD5s are the larger part of what
 * it takes to put a record. A key has one slot, and gives it up to the next that has the same. For any number of threads.
 */
public final class PartitionKeys {
    private static final int SLOTS_LOG2 = 10;

    private final AtomicReferenceArray<Key> slots = new AtomicReferenceArray<>(1 << SLOTS_LOG2);

    /** A partition key, its UTF-8 bytes, and where it lands. */
    public record Key(String text, Blob utf8, HashKey hashKey) {}

    PartitionKeys() {}

    public Key of(String text) {
        // Fibonacci hashing: the upper bits of the product depend on all bits of the factor.
        int slot = text.hashCode() * 0x9E3779B1 >>> Integer.SIZE - SLOTS_LOG2;
        Key known = slots.get(slot);
        if (known != null && known.text.equals(text)) {
            return known;
        }
        Key key = new Key(text, Blob.ofUtf8(text), HashKey.of(text));
        slots.set(slot, key);
        return key;
    }
}
